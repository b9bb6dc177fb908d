"""The release as a task, and what Prefect's page shows of it."""

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from trialhouse.pipeline import Progress, RefreshResult, Run, make_release
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
    create_markdown_artifact(_told(result), key="release", description="How the run ended.")
    return result


def _told(result: RefreshResult) -> str:
    """The end of the run on a few lines."""
    lines = [*result.sentences, f"Open alerts: {result.open_alerts:,}", f"Folder: `{result.release_folder}`"]
    return "\n\n".join(lines)
