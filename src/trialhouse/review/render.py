"""A page from its template: everything that it shows is escaped, since titles and quotes are written by strangers."""

import datetime
import re
import shlex
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from trialhouse.model.words import WaiverReason
from trialhouse.review.guard import FORM_TOKEN, Guard

TOLD = "trialhouse_told"
"""The cookie that carries a sentence to the next page."""

SECTIONS = (
    ("/", "Alerts"),
    ("/trials", "Trials"),
    ("/doubts", "Doubtful links"),
    ("/releases", "Releases"),
    ("/sources", "Sources"),
    ("/checks", "Checks"),
    ("/dictionary", "Dictionary"),
)
"""The parts of the application, by the address of their first page."""


ACTION_KEYS = {"acknowledge": "a", "waive": "w", "resolve": "r", "reopen": "o"}
"""The access key of each action; keys.js knows the same ones."""


def environment() -> Environment:
    """The templates of this package. What a template asks for and does not get is an error, not an empty place."""
    made = Environment(
        loader=PackageLoader("trialhouse.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=seen,
    )
    made.filters |= {
        "moment": moment,
        "day": day,
        "number": number,
        "words": words,
        "breakable": breakable,
        "state_reason": state_reason,
    }
    made.globals |= {"sections": SECTIONS, "form_token_field": FORM_TOKEN, "action_keys": ACTION_KEYS}
    return made


def compile_all(templates: Environment) -> None:
    """Read every template before anybody asks for a page."""
    for name in templates.list_templates():
        templates.get_template(name)


def page(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """The answer with a page. Templates may use `section`, the address of the part that a page belongs to."""
    made: Environment = request.app.state.templates
    guard: Guard = request.app.state.guard
    shown = {
        "section": "/",
        "told": unquote(request.cookies.get(TOLD, "")),
        "form_token": guard.form_token(request.scope["session"]),
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        **context,
    }
    answer = HTMLResponse(made.get_template(template).render(shown), status_code=status)
    if TOLD in request.cookies:
        answer.delete_cookie(TOLD)
    return answer


def command(request: Request, said: str) -> str:
    """A command of Trialhouse for this warehouse, to be copied into a terminal."""
    warehouse: Path = request.app.state.shelf.layout.warehouse
    return f"trialhouse {said} --warehouse {shlex.quote(str(warehouse.absolute()))}"


def static(name: str) -> bytes:
    """A file of this package that a page asks for."""
    return (files("trialhouse.review") / "static" / name).read_bytes()


def address(path: str, **query: object) -> str:
    """An address with a query; what is None or empty is left out."""
    kept = {name: value for name, value in query.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def moment(value: datetime.datetime | None) -> str:
    """A moment in UTC, to the minute."""
    return f"{value:%Y-%m-%d %H:%M}" if value is not None else ""


def day(value: datetime.date | None) -> str:
    """A day."""
    return value.isoformat()[:10] if value is not None else ""


def number(value: float | None) -> str:
    """A number as people write it: thousands apart, without zeros at its end; nothing for none."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.6f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else str(value)


def words(value: object) -> str:
    """A word of an enumeration as text: LEAST_SQUARES_MEAN is least squares mean, NCT01 stays as it is."""
    text = "" if value is None else str(value)
    return text.replace("_", " ").lower() if "_" in text or (text.isupper() and len(text) > 3) else text


RULES = {
    "trust_order": "the order in which kinds of documents are trusted",
    "other_language": "the main text, not its copy in another language",
}
"""The rules by which one of two values was kept, as far as their own words do not say it."""


def state_reason(reason: str | None) -> str:
    """Why an alert is in its state: the reason of a waiver as words; a sentence as it stands."""
    text = reason or ""
    return text.replace("_", " ") if text in set(WaiverReason) else text


def rule_said(rule: str) -> str:
    """A rule of a conflict in words; what follows a colon is its own."""
    name, _, more = rule.partition(":")
    own = more.replace("_", " ").replace(":", ", ")
    return RULES.get(name, words(name).replace("_", " ")) + (f" ({own})" if own else "")


def breakable(text: str) -> Markup:
    """A long text, escaped, that may be broken within words of more than 500 characters.

    To lay out one word of a megabyte takes a browser minutes; texts of pages hold such ones, as pictures in letters.
    """
    return Markup("<wbr>").join(part for part in re.split(r"(\S{500})", str(seen(text))) if part)


_JOINS = "\u200c\u200d"
"""Joiners, with which Persian, Indic scripts and emoji are written: nothing is seen of them elsewhere."""

_STRAY_JOINER = re.compile(f"(?:^|(?<=[\0-\u024f\u2000-\u206f]))[{_JOINS}]+")

_SOFT_HYPHEN = "\xad"
"""Where a word may be broken: many pages have them, and they change nothing that is read."""

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formats (of which some turn the direction of writing round), halves of characters, separators of lines."""


def seen(value: object) -> object:
    """What a template puts out, with the number of each character that nobody would see; markup as it is.

    By what turns the direction of writing round a stranger's text could show another number, and by what has no width
    a word that it is not.
    """
    if isinstance(value, Markup):
        return value
    text = str(value)
    if text.isprintable():
        return text
    kept = {"\t", "\n", "\r", _SOFT_HYPHEN, *_JOINS}
    unseen = {letter for letter in set(text) - kept if unicodedata.category(letter) in _UNSEEN_CATEGORIES}
    if any(joiner in text for joiner in _JOINS):
        text = _STRAY_JOINER.sub(lambda found: "".join(map(_numbered, found[0])), text)
    return text.translate({ord(letter): _numbered(letter) for letter in unseen}) if unseen else text


def _numbered(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"
