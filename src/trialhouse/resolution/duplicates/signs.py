"""What a comparison of words does not see of titles, and sets two documents apart.

Signs: "age > 65" and "age < 65", "HER2+" and "HER2-". Languages that stand behind a title and are no library's note:
"a questionnaire (Turkish)", "a questionnaire (Persian)".
"""

import re

from trialhouse.text.lazy_patterns import lazy_compile

_SIGN = lazy_compile(
    r"[<>≤≥]\s*(?:(?:or\s*)?=)?(?=\s*\d)|(?<=[\w)\]])[+−](?=$|[^\w+])|(?<=[A-Z0-9])[-–](?=$|[\s,;:.)\]])"
)
_ANY = lazy_compile(r"[<>≤≥+−&]|[A-Z0-9][-–](?![\w])")
_MARKUP = lazy_compile(r"</?[A-Za-z][^<>]{0,40}>")
_LANGUAGE = lazy_compile(r"[\[(](?:article )?(?:in )?([A-Z][a-z]{2,}(?:ese|ish|an|ch|ic|ek|ai|ew))\.?[\])]\W*$")
_ENTITIES = (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))


def signs_apart(left: str, right: str) -> tuple[list[str], list[str]] | None:
    """The signs of two titles where they differ; None where they are the same, or where one has lost some of them."""
    if left == right:
        return None
    languages = [_LANGUAGE.findall(title) for title in (left, right)]
    if all(languages) and languages[0] != languages[1]:
        return languages[0], languages[1]
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
