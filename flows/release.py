"""The release as a task, and what Prefect's page shows of it."""

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from trialhouse.pipeline import Progress, RefreshResult, Run, make_release
from trialhouse.pipeline.shown import changes_of, changes_words, gate_of, not_evaluated_of, told_of
from trialhouse.settings import Settings


@task(cache_policy=NO_CACHE)
def release(settings: Settings, run: Run, progress: Progress) -> RefreshResult:
    """Build a release, check it, and publish it if it passed and changed something."""
    result = make_release(settings, run, progress)
    create_table_artifact(
        [row.model_dump(mode="json") for row in result.accounting],
        key="accounting",
        description="What became of every record of the run.",
    )
    create_table_artifact(gate_of(result), key="gate", description="Checks that failed.")
    idle = "Checks that were not evaluated, and why."
    create_table_artifact(not_evaluated_of(result), key="not-evaluated", description=idle)
    create_table_artifact(changes_of(result), key="changes", description=changes_words(result))
    told = told_of(result, settings.review_url)
    create_markdown_artifact(told, key="release", description="How the run ended.")
    return result
