"""Authors and pages of a publication as records of many formats write them."""

from trialhouse.text.lazy_patterns import lazy_compile

_SIGNS_BETWEEN_AUTHORS = lazy_compile(r"[;|\n]")
_AND = lazy_compile(r" (?:and|AND) ")
_INITIALS = r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}"
_GIVEN_LAST = lazy_compile(rf"\S.*\s{_INITIALS}\.?")
_ONLY_INITIALS = lazy_compile(rf"{_INITIALS}\.?")
_GLUED = lazy_compile(r"(?<![^\W\d_])[^\W\d_a-z]\.(?=[^\W\d_a-z](?:[^\W\d_A-Z]|['’]))")


def one_line(words: str) -> str:
    """Words with every run of white space as one space, and none around."""
    return " ".join(words.split())


def pages_of(pages: str | None, start: str | None, end: str | None, article: str | None) -> str | None:
    """Pages as written, else from the first to the last page, else the number of the article."""
    if pages:
        return pages
    if start and end and start != end:
        # Some exporters repeat the whole span as its beginning.
        return start if "-" in start else f"{start}-{end}"
    return start or end or article


def authors_of(words: str) -> list[str]:
    """The names of a list of authors in one string, each as it is written.

    Lists are separated by ";", "|", "and" or lines ("Muster, A.; Beispiel, B."); by commas where each part ends in
    initials ("Muster A, Beispiel B") or is initials by itself ("Muster, A., Beispiel, B."); or by nothing but a dot
    ("Muster A.Beispiel B. C."). What is none of these is one name: a wrong cut would make names that nobody has.
    """
    if "\n" in words or "|" in words:
        parts = [one_line(part) for part in _SIGNS_BETWEEN_AUTHORS.split(words)]
    else:
        words = one_line(words)
        parts = words.split(";") if ";" in words else _AND.split(words) if " and " in words.lower() else [words]
    names = [name for part in parts if (name := part.strip(" ,"))]
    if len(names) > 1 and ("," not in names[0] or "," in names[-1]):
        return names
    # One list by commas, or "Muster A, Beispiel B and Vogel C".
    return [name for one in names for name in _by_commas(one)]


def _by_commas(words: str) -> list[str]:
    parts = [part.strip() for part in words.split(",")] if "," in words else []
    if len(parts) > 1 and all(_GIVEN_LAST.fullmatch(part) for part in parts):
        return parts
    if len(parts) > 2 and len(parts) % 2 == 0 and all(_ONLY_INITIALS.fullmatch(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return _by_dots(words)


def _by_dots(words: str) -> list[str]:
    places = [found.end() for found in _GLUED.finditer(words)]
    return [words[start:end] for start, end in zip([0, *places], [*places, len(words)], strict=True)]
