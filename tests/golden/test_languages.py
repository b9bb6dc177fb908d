"""The bilingual seed and the bilingual document of the corpus: one disagreement, and none."""

import pathlib
from typing import Any

from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

ALERTS = "SELECT message, trial_id, document_id FROM dq.alerts WHERE check_id = 'conflicts/languages_disagree'"


def alerts(settings: Settings, folder: pathlib.Path) -> list[tuple[Any, ...]]:
    assert refresh(settings, files=[folder]).status is RunStatus.PUBLISHED
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        return connection.execute(ALERTS).fetchall()


def test_the_seeds_have_one_disagreement_of_languages_and_it_is_the_schedule(
    settings: Settings, shared: pathlib.Path
) -> None:
    ((message, trial_id, document_id),) = alerts(settings, shared / "seeds")
    assert message.startswith("Frequency is every 2 weeks in the copy in zh, every other day in the main text: “每两周")
    assert "“every other day”" in message
    assert None not in (trial_id, document_id)


def test_the_faithful_copy_of_the_corpus_is_silent(settings: Settings, corpus: pathlib.Path) -> None:
    assert alerts(settings, corpus / "low-dose-il2-abstract.txt") == []
