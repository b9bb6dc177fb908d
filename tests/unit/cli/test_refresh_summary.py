"""What a refresh says at its end: numbers with their words."""

from trialhouse.cli.refreshing import _counts


def test_one_is_not_said_as_many() -> None:
    rows = {"trials": 1, "outcome_analyses": 1, "arms": 2, "outcome_measurements": 1234, "documents": 0, "meta.runs": 9}
    assert _counts(rows) == ["1 trial", "2 arms", "1,234 outcome measurements", "1 outcome analysis", "0 documents"]
