"""What an older version of the code published stays readable, and is called neither damaged nor whole unseen."""

from pathlib import Path

import pytest

from tests.unit.releases.made_releases import MIGRATIONS
from tests.unit.releases.older_releases import bare_release, publish_older
from trialhouse.model.tables import SCHEMA_VERSION
from trialhouse.pipeline.verification import verify
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.ledger import FIRST_WITH_HISTORY, ensure_ledger
from trialhouse.releases.trial_lookup import NoSuchTrial, find_trial, find_trial_ever
from trialhouse.store.connection import release_reader


@pytest.mark.parametrize("version", range(FIRST_WITH_HISTORY, SCHEMA_VERSION))
def test_a_sound_release_of_an_older_schema_is_not_comparable_and_not_broken(tmp_path: Path, version: int) -> None:
    layout = Layout(tmp_path)
    release_id = publish_older(layout, version)
    ensure_ledger(layout, MIGRATIONS)
    verification = verify(layout)
    assert [(finding.release_id, finding.what) for finding in verification.findings] == [
        (release_id, "not_comparable"),
        (release_id, "not_comparable"),
    ]
    assert f"schema version {version}" in verification.findings[1].says
    assert verification.is_well


def test_a_trial_that_a_release_without_history_does_not_have_is_said_to_be_none(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    bare_release(layout, 1, (100,))
    with release_reader(layout.current / DATABASE) as connection:
        assert find_trial_ever(connection, "trial-0").trial_id == "trial-0"
        for find in (find_trial, find_trial_ever):
            with pytest.raises(NoSuchTrial, match="there is no trial 'RESCUE'"):
                find(connection, "RESCUE")
