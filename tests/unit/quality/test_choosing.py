"""Alerts are chosen by the beginnings of their ids, or by what they are about, worst first."""

import pytest

from tests.unit.quality.test_alerts import after, failing, report
from trialhouse.model.enums import Severity
from trialhouse.model.words import AlertState
from trialhouse.quality.choosing import ASKING, NoSuchAlert, Wanted, chosen, named


def alert(alert_id, **changes):
    (one,), _ = after(report(failing()))
    return one.model_copy(update={"alert_id": alert_id, **changes})


ALERTS = [
    alert("alert-abc"),
    alert("alert-abd", severity=Severity.BLOCK, check_id="trials/key_is_unique"),
    alert("alert-xyz", state=AlertState.WAIVED, trial_id="t2", document_id="d"),
]


def ids(alerts):
    return [one.alert_id for one in alerts]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("alert-abc", "alert-abc"), ("abc", "alert-abc"), ("alert-x", "alert-xyz"), ("x", "alert-xyz")],
)
def test_a_beginning_is_enough_where_it_is_the_only_one(name, expected):
    assert ids(named(ALERTS, [name])) == [expected]


@pytest.mark.parametrize("name", ["ab", "alert-ab", "alert-", "alert", "", "zzz"])
def test_one_that_several_or_none_have_is_refused(name):
    with pytest.raises(NoSuchAlert, match=r"no alert|2 alerts"):
        named(ALERTS, ["abc", name])


def test_all_that_is_wrong_is_said_and_each_is_taken_once():
    with pytest.raises(NoSuchAlert, match=r"'ab'.*'nix'"):
        named(ALERTS, ["ab", "nix"])
    assert ids(named(ALERTS, ["abc", "alert-abc"])) == ["alert-abc"]


def test_the_worst_comes_first_and_what_is_settled_last():
    assert ids(chosen(ALERTS, Wanted())) == ["alert-abd", "alert-abc", "alert-xyz"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(states=ASKING), ["alert-abd", "alert-abc"]),
        (Wanted(severity=Severity.BLOCK), ["alert-abd"]),
        (Wanted(check="arms/*"), ["alert-abc", "alert-xyz"]),
        (Wanted(check="arms"), []),
        (Wanted(trial_id="t2"), ["alert-xyz"]),
        (Wanted(document_id="d", states=ASKING), []),
    ],
)
def test_what_they_are_about(wanted, expected):
    assert ids(chosen(ALERTS, wanted)) == expected
