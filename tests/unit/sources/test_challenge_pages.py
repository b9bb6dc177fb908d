"""Pages in place of the one asked for are told from pages of their own. All texts here are made up."""

import pathlib

import pytest

from tests.replay.answers import CHALLENGE_PAGE
from tests.replay.pages import article, prose
from trialhouse.sources.challenge_pages import challenge_of
from trialhouse.sources.page_view import PageView

ADDRESS = "https://news.example.org/belotarin"


def wall(html: str | bytes, status: int = 200, **headers: str) -> str | None:
    body = html.encode() if isinstance(html, str) else html
    return challenge_of(
        PageView(ADDRESS, body, {name.replace("_", "-"): value for name, value in headers.items()}), status
    )


def page(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


CHALLENGES = {
    "cloudflare": page("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"),
    "cloudflare block": page(
        "Attention Required! | Example", "<h1>Sorry, you have been blocked</h1><p>Cloudflare Ray ID: 8a1b2c3d4e5f</p>"
    ),
    "incapsula": page(
        "", '<iframe src="/_Incapsula_Resource?x=1">Request unsuccessful. Incapsula incident ID: 4</iframe>'
    )
    + "Request unsuccessful. Incapsula incident ID: 4-5",
    "akamai": page(
        "Access Denied",
        "<h1>Access Denied</h1>You don't have permission to access this server.<p>Reference #18.abc12345.1",
    ),
    "datadome": page("news.example.org", "<p>Please enable JS and disable any ad blocker</p>")
    + '<script src="https://ct.captcha-delivery.com/c.js"></script>',
    "perimeter": page("Access to this page has been denied", '<div id="px-captcha"></div>'),
    "robot check": page("Robot Check", "<p>Please verify you are a human.</p>"),
    "interruption": page(
        "Pardon Our Interruption", "<p>Something about your browser made us think you were a bot.</p>"
    ),
    "validation": page("Validate User", '<div class="g-recaptcha"></div>'),
}


@pytest.mark.parametrize("name", sorted(CHALLENGES))
def test_challenges_are_recognised(name: str) -> None:
    assert wall(CHALLENGES[name]) == "a challenge"


def test_the_challenge_that_every_source_is_tested_with() -> None:
    assert wall(CHALLENGE_PAGE.body) == "a challenge"


def test_a_header_is_enough() -> None:
    long = article("Belotarin ends fever", prose(1, 30))
    assert wall(long) is None
    assert wall(long, cf_mitigated="challenge") == "a challenge"
    assert wall(long, x_amzn_waf_action="captcha") == "a challenge"


def test_walls_of_log_ins_and_consent() -> None:
    form = '<form><input name="user"><input type="password" name="word"></form>'
    assert wall(page("Sign in", f"<h1>Welcome</h1>{form}")) == "a log-in page"
    assert wall(page("Example News", f"<p>Log in to continue</p>{form}")) == "a log-in page"
    consent = "<h1>Before you continue</h1><p>We use cookies.</p><button>Accept all</button>"
    assert wall(page("Before you continue to Example News", consent)) == "a page asking for consent"


ONE_SIGN = {
    "an article headed so": page("Access denied", f"<h1>Access denied</h1><p>{''.join(prose(1))}</p>"),
    "a short piece headed so": page(
        "Just a moment",
        "<h1>Just a moment</h1><p>Waiting for a drug took three weeks, a survey of 40 clinics found.</p>",
    ),
    "a captcha for comments": page("Fever news", '<p>Belotarin was approved today.</p><div class="g-recaptcha"></div>'),
    "a log-in box": page("Fever news", '<p>Belotarin was approved.</p><form><input type="password"></form>'),
    "a cookie notice": page("Fever news", "<p>Belotarin was approved.</p><div>We use cookies. Accept all</div>"),
    "a page for scripts": page("Fever news", "<noscript>Please enable JavaScript</noscript><p>Belotarin.</p>"),
}


@pytest.mark.parametrize("name", sorted(ONE_SIGN))
def test_one_sign_proves_nothing(name: str) -> None:
    assert wall(ONE_SIGN[name]) is None


def test_a_refusal_with_a_sign_is_a_challenge_and_alone_it_is_not() -> None:
    assert wall(page("403 Forbidden", "nginx"), 403) == "a challenge"
    assert wall(page("Example", "<p>For members only.</p>"), 403) is None


def test_an_abstract_behind_a_log_in_is_an_article() -> None:
    head = '<meta name="citation_title" content="Belotarin for fever">'
    html = article(
        "Log in", ["Belotarin shortened the fever."], head=head, tail='Sign in to read<input type="password">'
    )
    assert wall(html) is None


def test_real_pages_are_none(shared: pathlib.Path, corpus: pathlib.Path) -> None:
    pages = sorted((shared / "recorded" / "html").rglob("*.html")) + sorted(corpus.rglob("*.html"))
    assert len(pages) >= 12
    assert {path.name: found for path in pages if (found := wall(path.read_bytes()))} == {}


def test_real_texts_shown_as_pages_are_none(shared: pathlib.Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        lines = "".join(f"<p>{line}</p>" for line in path.read_text().splitlines())
        assert wall(page("Example", lines)) is None


def test_a_real_refusal_is_one(shared: pathlib.Path) -> None:
    blocked = (shared / "recorded" / "robots" / "misuse.ncbi.nlm.nih.gov").read_bytes()
    assert wall(blocked) == "a challenge"
