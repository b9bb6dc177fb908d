"""The refresh that a schedule starts: for the days before, each done once, however often and late it is started.

`flows/refresh.py` is the one by hand, through today.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed
from refresh import RUNNER, carry_out, settings_of

from trialhouse.pipeline import AlreadyDone, Assignment, due
from trialhouse.pipeline.clock import utc_now
from trialhouse.pipeline.intervals import LONGEST_RUN


@flow(name="nightly", task_runner=RUNNER, timeout_seconds=LONGEST_RUN.total_seconds())
def nightly(
    profile: str | None = None,
    topics: list[str] | None = None,
    sources: list[str] | None = None,
    warehouse: str | None = None,
) -> list[dict[str, Any]] | State[Any]:
    """Do the days that were due when this run was scheduled, as the setting `missed_intervals` says.

    Returns a RefreshResult as JSON for each of its runs. Completes under the name AlreadyDone, without asking anybody,
    where nothing was left to do, and under the name Incomplete where one of its runs did; fails under the names
    Unanswered, Blocked and LockHeld as `refresh` does, and leaves the days after that to the next run.
    """
    settings = settings_of(profile, warehouse)
    given = Assignment(topics=tuple(topics or []), sources=tuple(sources or []))
    answers: list[Any] = []
    lacking, done = [], "nothing is due"
    for assignment in due(settings, given, flow_run.scheduled_start_time, utc_now()):
        try:
            answer = carry_out(assignment, profile, warehouse)
        except AlreadyDone as told:
            done = str(told)
            continue
        if isinstance(answer, State):
            if not answer.is_completed():
                return answer
            lacking.append(answer.message or "")
        answers.append(answer.data if isinstance(answer, State) else answer)
    if lacking:
        return Completed(name="Incomplete", message=" ".join(lacking), data=answers)
    return answers or Completed(name="AlreadyDone", message=done)
