"""What nobody foresaw: a page of the application's own, and a line in the log that holds nobody's words."""

import logging
import re
from pathlib import Path

import pytest

from tests.unit.review.serving import Served, serving
from trialhouse.review.deciding import Asked
from trialhouse.review.pages import inbox
from trialhouse.review.render import environment

SECRET = "what-a-person-typed"


def broken(*_: object) -> Asked:
    raise KeyError(SECRET)


@pytest.fixture
def faulty(reviewed: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.setattr(inbox, "asked_in", broken)
    monkeypatch.setattr(inbox, "alerts_in", broken)
    monkeypatch.setattr(inbox, "_groups", broken)
    with serving(reviewed) as served:
        yield served


def test_a_fault_is_shown_as_a_page_and_told_without_what_was_typed(
    faulty: Served, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = faulty.get(f"/?text={SECRET}")
    assert answer.status == 500
    assert "<h1>That did not work</h1>" in answer.text
    assert "content-security-policy" in answer.headers
    (reference,) = re.findall(r"fault-[0-9a-f]{8}", answer.text)
    (said,) = [record.getMessage() for record in caplog.records if record.name == "trialhouse.review"]
    assert said.startswith(f"{reference}: KeyError at GET /\n")
    assert f"{Path(__file__).name}:" in said
    assert " in broken" in said
    # Neither there nor in what the server itself writes is the message of the error or the query.
    everything = caplog.text + answer.text + "".join(capfd.readouterr())
    assert SECRET not in everything


def test_the_next_request_is_answered(faulty: Served) -> None:
    assert faulty.get("/").status == 500
    assert faulty.get("/checks").status == 200
    form = faulty.get("/releases/2026.11.20.01")
    (token,) = re.findall(r'name="form_token" value="(\w+)"', form.text)
    cookie = f"trialhouse_session={form.cookie('trialhouse_session')}"
    sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    answer = faulty.ask("POST", "/alerts", sent, f"form_token={token}&comment={SECRET}".encode())
    assert answer.status == 500
    assert SECRET not in answer.text


def test_a_fault_of_the_page_of_faults_is_plain_text(faulty: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialhouse.review.app.page", broken)
    answer = faulty.get("/")
    assert answer.status == 500
    assert re.fullmatch(r"That did not work: fault-[0-9a-f]{8}\.\n", answer.text)
    assert "content-security-policy" in answer.headers


def test_characters_that_nobody_sees_are_named() -> None:
    """A stranger who turns the direction of writing round could let 68 be read as 86."""
    template = environment().from_string("<p title='{{ text }}'>{{ text }}</p>{{ text|breakable }}")
    shown = template.render(text="n = \u202e68\u202c\x00 <b> \u05d0\t\n\u200f")
    said = "n = [U+202E]68[U+202C][U+0000] &lt;b&gt; \u05d0\t\n\u200f"
    assert shown == f"<p title='{said}'>{said}</p>{said}"
