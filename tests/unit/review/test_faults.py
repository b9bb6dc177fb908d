"""What nobody foresaw: a page of the application's own, and a line in the log that holds nobody's words."""

import logging
import re
from pathlib import Path

import pytest

from tests.unit.review.serving import Served, serving
from trialhouse.releases.row_names import TrialName
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n = \u202e68\u202c\x00 <b> \u05d0\t\n", "n = [U+202E]68[U+202C][U+0000] &lt;b&gt; \u05d0\t\n"),
        ("95% CI 1.2\u200f-\u200f1.9", "95% CI 1.2[U+200F]-[U+200F]1.9"),
        (
            "1\u200e2\u061c3\u200b4\u2060\ufeff\u2028\U000e0031",
            "1[U+200E]2[U+061C]3[U+200B]4[U+2060][U+FEFF][U+2028][U+E0031]",
        ),
        # What is needed to write: joiners in Persian and in emoji, a place to break a word. Elsewhere they hide.
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f468\u200d\U0001f469 pla\xadcebo", None),
        ("1\u200d.\u200c\u200c9 \u200dp", "1[U+200D].[U+200C][U+200C]9 [U+200D]p"),
        ("a\u202fb\xa0c \U0001f600 \ue000", None),
    ],
)
def test_characters_that_nobody_sees_are_named(text: str, said: str | None) -> None:
    """A stranger who turns the direction of writing round could let 68 be read as 86."""
    template = environment().from_string("<p title='{{ text }}'>{{ text }}</p>{{ text|breakable }}")
    said = text if said is None else said
    assert template.render(text=text) == f"<p title='{said}'>{said}</p>{said}"


def test_they_are_named_in_whatever_a_template_prints() -> None:
    """Some things that are printed are no texts, but say what a stranger wrote."""
    template = environment().from_string("{{ trial or 'none' }} {{ [trial]|join(', ') }} {{ 12 }} {{ text|safe }}")
    trial = TrialName(trial_id="trial-1", registry_id=None, acronym="A\u202eB<b>", title=None)
    shown = template.render(trial=trial, text="<i>")
    assert "\u202e" not in shown
    assert shown.count("A[U+202E]B&lt;b&gt;") == 2
    assert shown.endswith(" 12 <i>")
