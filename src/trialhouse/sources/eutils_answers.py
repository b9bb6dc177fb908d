"""Answers of NCBI's E-utilities: what they say, and the many ways in which they say under HTTP 200 that they failed.

ESearch is asked for JSON and EFetch for XML, but a failing server answers as it likes: an `ERROR` member, an `error`
member beside the sender's address, an `<ERROR>` element, a page of HTML, or JSON that stops in the middle. None of
these may be taken for "no matches". The words below were seen in answers and in the issue threads of E-utilities
clients (Biopython 4189 and 4193, cyanheads/pubmed-mcp-server 95, rentrez).
"""

import json
import re
from typing import Any

from trialhouse.model.record import Record
from trialhouse.sources.pubmed_records import CutSet, NotPubmedXml, cut_records
from trialhouse.text.safe_xml import BrokenXml, UnsafeXml, parse_xml

_QUOTED = 300

_HISTORY = re.compile(r"unable to obtain query|history data|from history|webenv|query_key", re.I)
_TOO_FAST = re.compile(r"rate limit|too many requests|eutils_lb", re.I)
_PAST_CAP = re.compile(r"cannot be larger than|out of acceptable range", re.I)
_BACKEND = re.compile(
    r"backend failed|temporar|unavailable|time[d -]*out|empty response|forwarding request|external viewer|server error"
    r"|try again|overload",
    re.I,
)
_BAD_KEY = re.compile(r"api key (?:not |in)valid|invalid api key", re.I)
_NOTHING = re.compile(r"empty result|nothing to ?do|no items found", re.I)
_NO_TERM = re.compile(r"empty term", re.I)
_ERROR_ELEMENT = re.compile(r"<(ERROR|Error)>\s*(.*?)\s*</\1>", re.S)
_TITLE = re.compile(r"<title[^>]*>\s*(.*?)\s*</title>|<h[12][^>]*>\s*(.*?)\s*</h[12]>", re.S | re.I)

_HARMLESS_MESSAGE = re.compile(r"no items found", re.I)


class AnswerError(Exception):
    """An answer that is none. `reason` is a word for counting; `again`: whether asking again may help."""

    def __init__(self, reason: str, message: str, *, again: bool = False) -> None:
        super().__init__(message)
        self.reason = reason
        self.again = again


class SearchAnswer(Record):
    """One page of an ESearch. `count` is all that match, `ids` those of this page.

    `not_found`: phrases that PubMed looked for and does not have; they match nothing. `split`: quoted phrases that it
    does not have as such, and whose words it looked for apart. `altered`: how else it searched for something that was
    not asked, in sentences for people. A list with `split` or `altered` is no answer to the query.
    """

    count: int
    ids: tuple[str, ...]
    web_env: str | None = None
    query_key: str | None = None
    translation: str = ""
    not_found: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()


def read_search(body: bytes) -> SearchAnswer:
    """An answer of ESearch, JSON or XML. Raises AnswerError where it is an error or says nothing."""
    result = _search_result(body)
    error = result.get("ERROR") or result.get("error")
    if error:
        raise _named_error(str(error))
    count, ids = str(result.get("count")), _ids(result.get("idlist"))
    if not count.isdecimal() or ids is None:
        raise AnswerError("unknown_shape", "ESearch answered without a count or without a list of ids", again=True)
    errors, warnings = _dict(result.get("errorlist")), _dict(result.get("warninglist"))
    translation = str(result.get("querytranslation") or "")
    unknown = [*_texts(errors.get("phrasesnotfound")), *_texts(warnings.get("phrasesnotfound"))]
    return SearchAnswer(
        count=int(count),
        ids=ids,
        web_env=result.get("webenv") or None,
        query_key=str(result["querykey"]) if result.get("querykey") else None,
        translation=translation,
        not_found=tuple(phrase for phrase in unknown if _stands_in(phrase, translation)),
        split=tuple(_texts(warnings.get("quotedphrasesnotfound"))),
        altered=(*_dropped(unknown, translation), *_alterations(errors, warnings)),
    )


def read_fetch(body: bytes) -> CutSet:
    """An answer of EFetch with retmode=xml, cut into records. Raises AnswerError where it is an error.

    "Empty result - nothing to do" is how some versions of EFetch say that they have none of the ids: an empty set.
    """
    start = body[:4096].lstrip()
    if start.startswith(b"{"):
        raise _named_error(str(_error_of(_json(body)) or "JSON without an error, where XML was asked for"))
    if b"<PubmedArticleSet" not in start:
        errors = _errors_of_markup(start.decode("utf-8", "replace"))
        if errors and _NOTHING.search(errors) and not _NO_TERM.search(errors):
            return CutSet((), (), (), is_whole=True)
        if errors:
            raise _without_history(_named_error(errors))
    try:
        return cut_records(body)
    except NotPubmedXml as error:
        raise AnswerError(error.reason, f"EFetch answered something else than records: {error}", again=True) from error


def _search_result(body: bytes) -> dict[str, Any]:
    start = body[:4096].lstrip()
    if start.startswith(b"<"):
        errors = _errors_of_markup(body.decode("utf-8", "replace"))
        if errors:
            raise _named_error(errors)
        return _from_xml(body)
    answer = _json(body)
    error = _error_of(answer)
    if error:
        raise _named_error(str(error))
    result = answer.get("esearchresult")
    if not isinstance(result, dict):
        raise AnswerError("unknown_shape", "ESearch answered JSON without “esearchresult”", again=True)
    return result


def _json(body: bytes) -> dict[str, Any]:
    try:
        # The text of an ERROR holds bare line ends, which strict JSON forbids.
        answer = json.loads(body, strict=False)
    except (ValueError, RecursionError) as error:
        raise AnswerError("cut_answer", f"the answer is no JSON, or was cut short ({error})", again=True) from error
    if not isinstance(answer, dict):
        raise AnswerError("unknown_shape", "the answer is JSON, but no object", again=True)
    return answer


def _error_of(answer: dict[str, Any]) -> object:
    """The error that an answer states at its top. Beside it stands the API key: only the words are ever passed on."""
    result = _dict(answer.get("esearchresult"))
    return answer.get("error") or answer.get("ERROR") or result.get("ERROR")


def _from_xml(body: bytes) -> dict[str, Any]:
    """An eSearchResult in the members that its JSON has."""
    try:
        root = parse_xml(body)
    except (BrokenXml, UnsafeXml) as error:
        raise AnswerError("cut_answer", f"the answer is XML that cannot be read: {error}", again=True) from error
    if root.tag != "eSearchResult":
        raise AnswerError("unknown_shape", f"the answer is <{root.tag}>, where matches were asked for", again=True)

    def texts(path: str) -> list[str]:
        return [(found.text or "").strip() for found in root.findall(path)]

    return {
        "count": "".join(texts("Count")),
        "idlist": texts("IdList/Id"),
        "webenv": "".join(texts("WebEnv")),
        "querykey": "".join(texts("QueryKey")),
        "querytranslation": "".join(texts("QueryTranslation")),
        "errorlist": {
            "phrasesnotfound": texts("ErrorList/PhraseNotFound"),
            "fieldsnotfound": texts("ErrorList/FieldNotFound"),
        },
        "warninglist": {
            "phrasesignored": texts("WarningList/PhraseIgnored"),
            "quotedphrasesnotfound": texts("WarningList/QuotedPhraseNotFound"),
            "outputmessages": texts("WarningList/OutputMessage"),
        },
    }


def _errors_of_markup(text: str) -> str:
    """What its <ERROR> elements say. Raises AnswerError where the text is a web page."""
    if re.search(r"<html|<!doctype html", text[:4096], re.I):
        title = _TITLE.search(text)
        said = (title[1] or title[2]) if title else "no title"
        raise AnswerError("html_page", f"a web page instead of data: “{_short(said)}”", again=True)
    return "; ".join(found[2] for found in _ERROR_ELEMENT.finditer(text) if found[2])


def _named_error(said: str) -> AnswerError:
    words = _short(said)
    if _TOO_FAST.search(said):
        return AnswerError("rate_limited", f"NCBI was asked too fast: “{words}”", again=True)
    if _BAD_KEY.search(said):
        return AnswerError("bad_key", f"NCBI does not know the API key: “{words}”. Check it, or run without one")
    if _PAST_CAP.search(said):
        return AnswerError("past_the_cap", f"PubMed lists the first 9,999 matches only: “{words}”")
    if _HISTORY.search(said) and not _NO_TERM.search(said):
        return AnswerError("history_expired", f"NCBI no longer has the list of matches: “{words}”")
    if _BACKEND.search(said) or (_NOTHING.search(said) and not _NO_TERM.search(said)):
        return AnswerError("backend_failed", f"PubMed's search failed: “{words}”", again=True)
    return AnswerError("refused_query", f"NCBI refused the request: “{words}”")


def _without_history(error: AnswerError) -> AnswerError:
    """Ids are named in each EFetch, so a history that is gone is a failure behind it, and passes."""
    return AnswerError("backend_failed", str(error), again=True) if error.reason == "history_expired" else error


def _dropped(unknown: list[str], translation: str) -> list[str]:
    """Phrases that PubMed does not have and left out of the query, which widens it."""
    return [f"left out “{_short(phrase)}”" for phrase in unknown if not _stands_in(phrase, translation)]


def _alterations(errors: dict[str, Any], warnings: dict[str, Any]) -> list[str]:
    """What else PubMed says of a query that it did not search for as it was written."""
    return [
        *(f"does not know the field {_short(one)}" for one in _texts(errors.get("fieldsnotfound"))),
        *(f"left out “{_short(one)}”" for one in _texts(warnings.get("phrasesignored"))),
        *(
            f"says “{_short(one)}”"
            for one in _texts(warnings.get("outputmessages"))
            if not _HARMLESS_MESSAGE.search(one)
        ),
    ]


def _stands_in(phrase: str, translation: str) -> bool:
    """Whether a phrase was searched for: then it stands in the query as PubMed translated it."""
    return f" {_words(phrase)} " in f" {_words(translation)} "


def _words(text: str) -> str:
    """The words of a query without its fields and signs, in lower case."""
    return " ".join(re.sub(r"\[[^\]]*\]|\W", " ", text).lower().split())


def _texts(value: object) -> list[str]:
    """The texts of a list that may be missing, one text, or empty."""
    values = value if isinstance(value, list) else [value] if value else []
    return [str(one) for one in values if str(one).strip()]


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _ids(value: object) -> tuple[str, ...] | None:
    """The PMIDs of a list, or None where it is no list of PMIDs."""
    ids = tuple(one for one in value if isinstance(one, str) and one.isdecimal()) if isinstance(value, list) else ()
    return ids if isinstance(value, list) and len(ids) == len(value) else None


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTED else plain[:_QUOTED] + "…"
