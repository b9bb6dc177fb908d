"""Numbers of things in words: "0 trials", "1 trial", "2 trials"."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """So many of what one is called; `many` where that is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
