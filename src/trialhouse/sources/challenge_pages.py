"""Pages that are not what was asked for: gate keepers' challenges, refusals, and walls of log-ins and consent.

They come under status 403 and as often under 200, and landed as content they would be documents without a trial. One
sign proves nothing: publishers' pages carry captcha scripts for their comment forms, and an article may be headed
"Access denied". So a page is taken for a challenge where a header says it is one, or where it has hardly any prose,
describes no article in its head, and shows a sign of a challenge besides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from trialhouse.sources.page_view import PageView

_LITTLE_PROSE = 1200
"""Characters of paragraphs that no challenge reaches and every article does (or it says in its head that it is one)."""

_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cf-mitigated", re.compile(r"challenge", re.I)),
    ("x-amzn-waf-action", re.compile(r"challenge|captcha", re.I)),
    ("x-datadome", re.compile(r"protected", re.I)),
)
_HEADING = re.compile(
    r"\W*(?:just a moment|attention required!?|access (?:to this page has been )?denied|403 forbidden|forbidden|"
    r"one more step|security (?:check|verification)|checking your browser.{0,60}|ddos.guard|"
    r"pardon (?:our|the) interruption|robot (?:check|or human)\??|are you (?:a )?(?:robot|human)\??|"
    r"(?:bot|human|user) (?:verification|validation)|validate user|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"client challenge|request (?:rejected|blocked|unsuccessful)|please (?:verify|wait).{0,30}|"
    r"radware (?:captcha|bot manager).{0,30}|captcha|error|blocked|.{0,40}\berror blocked diagnostic)\W*"
    r"(?:[|–—:-].{0,60})?\Z",
    re.I,
)
_WORDS = re.compile(
    r"enable (?:javascript|js|cookies)(?: and (?:cookies|javascript))?|javascript (?:is|has been) (?:disabled|required|"
    r"not enabled)|checking (?:your browser|if the site connection is secure)|"
    r"verify(?:ing)? (?:that )?you(?: are|'re|’re) (?:a |not a )?(?:human|robot)|i am not a robot|complete the captcha|"
    r"access (?:to [^.]{0,60} )?(?:has been |is |was |temporarily )*(?:denied|blocked)|you don['’]t have permission to "
    r"access|unusual (?:traffic|activity)|request (?:was |has been )?(?:blocked|rejected|unsuccessful)|"
    r"incapsula incident id|cloudflare ray id|ray id: [0-9a-f]{8}|reference #[0-9a-f.]{8}|"
    r"performance (?:&|and) security by cloudflare|something about your browser made us think",
    re.I,
)
_MARKS = re.compile(
    rb"cf-browser-verification|_cf_chl_opt|challenge-form|cf-challenge|_Incapsula_Resource|captcha-delivery\.com|"
    rb"px-captcha|perimeterx|/_sec/cp_challenge|awswaf|sec-if-cpt|errors\.edgesuite\.net|ddos-guard|"
    rb"[gh]-?recaptcha|hcaptcha|cf-turnstile",
    re.I,
)
_LOG_IN = re.compile(
    r"\W*(?:sign|log)[ -]?in\b.{0,60}\Z|.{0,60}\b(?:sign|log)[ -]?in\W*\Z|\W*(?:authentication|login) required", re.I
)
_ASKS_LOG_IN = re.compile(
    r"(?:sign|log)[ -]?in (?:to|with|using|or register|or create)|log[ -]?in required|"
    r"forgot(?:ten)? (?:your )?password",
    re.I,
)
_CONSENT = re.compile(
    r"\W*(?:before you continue.{0,60}|(?:your )?(?:cookie )?(?:consent|privacy (?:choices|settings)).{0,40}|"
    r"we value your privacy.{0,40})\Z",
    re.I,
)
_ASKS_CONSENT = re.compile(
    r"accept (?:all|cookies)|reject all|manage (?:choices|options|preferences|settings)|use of cookies|"
    r"store and/or access|we (?:and our partners )?use cookies",
    re.I,
)


@dataclass(frozen=True)
class _Wall:
    """One kind of page without content: what it is called, and its signs, of which two must show."""

    name: str
    signs: tuple[Callable[[PageView], bool], ...]


def _headed(pattern: re.Pattern[str]) -> Callable[[PageView], bool]:
    return lambda page: any(pattern.match(said) for said in (page.title, *page.headings[:2]))


def _says(pattern: re.Pattern[str]) -> Callable[[PageView], bool]:
    return lambda page: bool(pattern.search(page.text) or pattern.search(_without_scripts(page)))


def _without_scripts(page: PageView) -> str:
    """What the page shows where no scripts and no frames are."""
    return " ".join(str(node.text_content()) for node in page.root.iter("noscript", "iframe"))


_WALLS = (
    _Wall("a challenge", (_headed(_HEADING), _says(_WORDS), lambda page: bool(_MARKS.search(page.body)))),
    _Wall(
        "a log-in page",
        (_headed(_LOG_IN), _says(_ASKS_LOG_IN), lambda page: page.has("//input[@type='password']")),
    ),
    _Wall("a page asking for consent", (_headed(_CONSENT), _says(_ASKS_CONSENT))),
)


def challenge_of(page: PageView, status: int) -> str | None:
    """What a page is in place of the one asked for ("a challenge", "a log-in page" …), or None for a page of its own.

    A refusal (status 401 or 403) is a sign like any other.
    """
    if any(pattern.search(page.headers.get(name, "")) for name, pattern in _HEADERS):
        return "a challenge"
    if page.says_article or page.prose >= _LITTLE_PROSE:
        return None
    for wall in _WALLS:
        shown = sum(sign(page) for sign in wall.signs) + (status in (401, 403))
        if shown >= 2:
            return wall.name
    return None
