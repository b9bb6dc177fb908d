"""What people meant by a trial's id: the keys that it was known by when they judged."""

from pathlib import Path

import pytest

from trialhouse.model.tables import SINCE, TABLES, UNTIL
from trialhouse.pipeline import judgements
from trialhouse.pipeline.curated_judgements import FILE
from trialhouse.pipeline.judgements import judgements_in_force
from trialhouse.releases.layout import Layout
from trialhouse.store.connection import new_database, release_reader
from trialhouse.store.schema import ledger_schema_sql


def test_the_ledger_is_opened_once_for_all_that_was_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout, pairs = Layout(tmp_path / "warehouse"), 30
    layout.ledger.parent.mkdir(parents=True)
    with new_database(layout.ledger) as ledger:
        ledger.execute(ledger_schema_sql(TABLES))
        ledger.execute(
            "INSERT INTO trial_keys BY NAME SELECT 'trial-' || n AS trial_id, 'pmid' AS scheme, n::VARCHAR AS value, "
            f"1 AS {SINCE.name}, NULL AS {UNTIL.name} FROM range({2 * pairs}) AS t(n)"
        )
    lines = [f"trial,trial-{n},trial-{n + pairs},same,2026-02-03,ada,One protocol." for n in range(pairs)]
    (tmp_path / FILE).write_text("subject,one,other,verdict,decided_on,actor,comment\n" + "\n".join(lines))
    opened = []

    def counted(path: Path) -> object:
        opened.append(path)
        return release_reader(path)

    monkeypatch.setattr(judgements, "release_reader", counted)
    found = judgements_in_force(layout, tmp_path)
    assert [("pmid", str(n)) in one.left.keys for n, one in enumerate(found)] == [True] * pairs
    assert opened == [layout.ledger]
