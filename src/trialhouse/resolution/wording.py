"""Words as documents are compared by them."""


def folded(words: str | None) -> str | None:
    """In lower case, with one blank between words; None where nothing is said."""
    return None if words is None else " ".join(words.casefold().split())
