"""How a flow that came to nothing is told."""

from typing import Any

import pytest

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.refreshing import _result
from trialhouse.sources.landing import DamagedObject
from trialhouse.sources.landing_index import DamagedReceipts


class Ended:
    """The final state of a flow, as far as its end is told from it."""

    name, message = "Failed", ""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def result(self, raise_on_failure: bool) -> Exception:
        assert not raise_on_failure
        return self._error


def of_batches(error: Exception) -> Exception:
    """What the tasks of batches make of an error."""
    failed = RuntimeError(f"1 of 1 batches failed: {error}")
    failed.__cause__ = error
    return failed


@pytest.mark.parametrize("wrapped", [lambda error: error, of_batches])
@pytest.mark.parametrize("kind", [DamagedObject, DamagedReceipts])
def test_a_damaged_landing_store_is_a_sentence_without_a_trace(
    kind: type[Exception], wrapped: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="ab pack is missing") as told:
        _result(Ended(wrapped(kind("ab pack is missing: restore it"))))
    assert told.value.code == Exit.FAILED
    assert "Traceback" not in capsys.readouterr().err


def test_what_nobody_foresaw_keeps_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="the refresh failed: odd"):
        _result(Ended(RuntimeError("odd")))
    assert "RuntimeError: odd" in capsys.readouterr().err
