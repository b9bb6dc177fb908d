"""What an older version of the code published stays readable, and is called neither damaged nor whole unseen."""

from pathlib import Path

import pytest

from tests.unit.releases.made_releases import MIGRATIONS
from tests.unit.releases.older_releases import publish_older
from trialhouse.model.tables import SCHEMA_VERSION
from trialhouse.pipeline.verification import verify
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import FIRST_WITH_HISTORY, ensure_ledger


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
