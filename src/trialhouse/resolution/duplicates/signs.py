"""Signs in titles that make two documents of one row of words: "age > 65" and "age < 65", "HER2+" and "HER2-"."""

import re

_SIGN = re.compile(
    r"[<>≤≥]\s*(?:(?:or\s*)?=)?(?=\s*\d)|(?<=[\w)\]])[+−](?=$|[^\w+])|(?<=[A-Z0-9])[-–](?=$|[\s,;:.)\]])"
)
_ANY = re.compile(r"[<>≤≥+−&]|[A-Z0-9][-–](?![\w])")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,40}>")
_ENTITIES = (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))


def signs_apart(left: str, right: str) -> tuple[list[str], list[str]] | None:
    """The signs of two titles where they differ; None where they are the same, or where one has lost some of them."""
    if left == right:
        return None
    one, other = _signs(left), _signs(right)
    return (one, other) if len(one) == len(other) and one != other else None


def _signs(title: str) -> list[str]:
    if not _ANY.search(title):
        return []
    for entity, sign in _ENTITIES:
        title = title.replace(entity, sign)
    return [_plain(found) for found in _SIGN.findall(_MARKUP.sub("", title))]


def _plain(sign: str) -> str:
    sign = re.sub(r"or|\s", "", sign).replace("<=", "≤").replace(">=", "≥")
    return {"−": "-", "–": "-"}.get(sign, sign)
