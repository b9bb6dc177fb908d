"""Places where a word stands, found without an expression: making one for each name would cost more than its use."""

from collections.abc import Iterator


def word_places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """The places of a word as it is written, in order and without overlap, where it is no part of a longer one."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        whole = not (goes_on(text[start - 1 : start]) or goes_on(text[end : end + 1]))
        if whole:
            yield start, end
        start = text.find(word, end if whole else start + 1)


def in_lower_case(word: str) -> str:
    """A word that was found without regard to case, in lower case and in the letters of the expression that found it.

    The engine takes the long s for an s, and a capital I with a dot or a small one without for an i.
    """
    lower = word.lower()
    return lower if lower.isascii() else lower.replace("ſ", "s").replace("i\u0307", "i").replace("ı", "i")


def goes_on(character: str) -> bool:
    """Whether a word goes on with the character beside it; there is none at the ends of a text."""
    return character.isalnum() or character == "_"
