"""Lines for people, folded."""

import pytest

from trialhouse.cli.folded import print_folded


def test_an_id_is_never_folded(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    ids = [f"doc-{number:016d}" for number in range(20)]
    print_folded("linked to " + ", ".join(ids), indent=2)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert [word.strip(",") for line in lines for word in line.split() if word.startswith("doc-")] == ids
