"""What became of trials that are no more: merged into another one, split, or gone; nothing about them is a dead end."""

from collections.abc import Iterator

import pytest

from tests.unit.releases.made_releases import publish_all
from tests.unit.review.serving import NOW, Served, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow, Row, TrialRedirectRow, TrialRegistrationRow, TrialRow
from trialhouse.model.words import AlertState


def trial(name: str, number: str) -> list[Row]:
    return [
        TrialRow(trial_id=f"trial-{name}", registry_id=number, acronym=f"{name}-TRIAL".upper()),
        TrialRegistrationRow(trial_id=f"trial-{name}", registry="ctgov", registry_id=number, is_primary=True),
    ]


GONE = AlertRow(
    alert_id="alert-gone", fingerprint="gone", check_id="trials/lost_since_last", severity=Severity.ERROR,
    state=AlertState.OPEN, table_name="trials", row_id="trial-gone", trial_id="trial-gone", message="It is lost.",
    evidence_hash="x", first_seen=NOW, last_seen=NOW,
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two releases: with the second one trial-b is merged into trial-a, trial-c is split, and trial-gone is gone."""
    warehouse = tmp_path_factory.mktemp("gone")
    kept = trial("a", "NCT00000001")
    shared = TrialRegistrationRow(trial_id="trial-a", registry="ctgov", registry_id="NCT00000004", is_primary=False)
    split = [
        TrialRedirectRow(old_trial_id="trial-c", trial_id=part, reason="It was two.") for part in ("trial-a", "trial-d")
    ]
    now = [
        *kept,
        *trial("d", "NCT00000004"),
        TrialRegistrationRow(trial_id="trial-a", registry="ctgov", registry_id="NCT00000002", is_primary=False),
        TrialRedirectRow(old_trial_id="trial-b", trial_id="trial-a", reason="They share a number."),
        *split,
        shared,
        GONE,
    ]
    before = [*kept, *trial("b", "NCT00000002"), *trial("c", "NCT00000003"), *trial("gone", "NCT00000005")]
    publish_all(warehouse, before, now)
    with serving(warehouse) as served:
        yield served


@pytest.mark.parametrize("name", ["trial-b", "NCT00000002"])
def test_the_history_of_a_merged_trial_has_its_own_beginning_and_end(page: Served, name: str) -> None:
    words = text_of(page.get(f"/trials/{name}/history").text)
    assert "The first release of the warehouse has trial-a and trial-b." in words
    assert "trial-b (NCT00000002, B-TRIAL)" in words
    assert "trials trial-b removed" in words


@pytest.mark.parametrize("name", ["trial-gone", "NCT00000005"])
def test_a_trial_that_is_gone_leads_to_its_history(page: Served, name: str) -> None:
    answer = page.get(f"/trials/{name}")
    assert answer.status == 404
    assert f"{name} is in this release no more." in text_of(answer.text)
    assert '<a href="/trials/trial-gone/history">trial-gone: what it was' in answer.text
    assert "`" not in answer.text
    assert page.get("/trials/trial-gone/history").status == 200


@pytest.mark.parametrize(("name", "more"), [("trial-c", ""), ("NCT00000004", ""), ("NCT00000004", "/history")])
def test_what_is_several_trials_leads_to_each_of_them(page: Served, name: str, more: str) -> None:
    answer = page.get(f"/trials/{name}{more}")
    assert answer.status == 404
    assert f"{name} is several trials now:" in text_of(answer.text)
    for part, number in (("trial-a", "NCT00000001"), ("trial-d", "NCT00000004")):
        assert f'<a href="/trials/{part}{more}">{number}' in answer.text
        assert page.get(f"/trials/{part}{more}").status == 200


def test_a_name_of_nothing_leads_to_the_trials(page: Served) -> None:
    answer = page.get("/trials/nothing")
    assert answer.status == 404
    assert "There is no trial 'nothing': give a trial_id or a registry's number" in text_of(answer.text)
    assert '<a href="/trials">All trials</a>' in answer.text
    assert "trialhouse sql" not in answer.text


def test_the_alert_of_a_lost_trial_names_it_and_leads_to_its_history(page: Served) -> None:
    html = page.get("/alerts/alert-gone").text
    assert '<a href="/trials/trial-gone/history">NCT00000005 · GONE-TRIAL</a>' in html


def test_the_difference_leads_to_the_history_of_what_is_gone(page: Served) -> None:
    html = page.get("/releases/difference?from=1&to=2").text
    assert '<a href="/trials/trial-gone/history">the trial, which is no more</a>' in html
    for name in ("trial-a", "trial-b", "trial-c"):
        assert f'<a href="/trials/{name}">the trial</a>' in html


@pytest.mark.parametrize(
    ("right", "why"),
    [
        ("trial-c", "trial-c is several trials now: NCT00000001"),
        ("trial-gone", "trial-gone is in this release no more."),
    ],
)
def test_a_judgement_of_them_is_refused_in_words_of_the_page(page: Served, right: str, why: str) -> None:
    fields = {"subject": "trial", "left": "trial-d", "right": right, "verdict": "same", "by": "ada", "back": "/trials"}
    answer = page.browser("/trials/trial-d").send("/judgements", *fields.items())
    assert answer.status == 400
    assert why in text_of(answer.text)
    assert "trialhouse" not in text_of(answer.text).partition("This was not noted")[2]
    assert ('href="/trials/trial-a"' in answer.text) is (right == "trial-c")
