"""`trialhouse alerts trends`: how the checks went from run to run, and how fast alerts are settled."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption, WarehouseOption
from trialhouse.cli.reviewing import opened_review
from trialhouse.model.words import CheckStatus
from trialhouse.pipeline.check_trends import check_trends
from trialhouse.quality.trends import Point, Trend
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import print_json, print_table, say

BARS = "▁▂▃▄▅▆▇█"

NOT_EVALUATED = "·"

MOST_BARS = 24
"""Runs that a line of bars shows; they are the newest."""


def print_trends(
    *,
    check: Annotated[str | None, Parameter(name="--check", help="Only this check, or those that fit 'arms/*'.")] = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Failing rows of each check that ever failed, from run to run, and what became of its alerts."""
    review = opened_review(warehouse)
    try:
        trends = check_trends(review.layout, review.release, review.live)
    except DatabaseError as error:
        raise CommandError(f"the current release cannot be read: restore it from a copy ({error})") from error
    shown = [trend for trend in trends if check is None or fnmatchcase(trend.check_id, check)]
    if json:
        print_json([trend.model_dump(mode="json") for trend in shown])
        return Exit.DONE
    if not shown:
        say("No such check ever failed." if check else "No check ever failed.")
        return Exit.DONE
    print_table(
        ("check", "severity", f"failing rows{_newest(shown)}", "now", "opened", "settled", "open", "days"),
        [
            (
                trend.check_id,
                trend.severity.value if trend.severity else "",
                bars(trend.points),
                trend.points[-1].failing_rows,
                trend.opened,
                trend.settled,
                trend.open_now,
                None if trend.median_days_open is None else round(trend.median_days_open, 1),
            )
            for trend in shown
        ],
    )
    say(f"Each bar is a run, {NOT_EVALUATED} one in which the check was not evaluated, the highest the most rows ever.")
    say("now: rows of the last run; days: the median from opening to settling; open: alerts that ask for something.")
    return Exit.DONE


def _newest(trends: Sequence[Trend]) -> str:
    """How many runs the bars show, when they do not show all."""
    return f" of the last {MOST_BARS} runs" if any(len(trend.points) > MOST_BARS for trend in trends) else ""


def bars(points: Sequence[Point]) -> str:
    """The failing rows of the newest runs as a line of bars; a run without any is the lowest."""
    newest = points[-MOST_BARS:]
    most = max((point.failing_rows or 0 for point in newest), default=0)
    return "".join(
        NOT_EVALUATED if point.status is CheckStatus.NOT_EVALUATED else _bar(point.failing_rows or 0, most)
        for point in newest
    )


def _bar(rows: int, most: int) -> str:
    """The lowest bar for none, and never the lowest for some."""
    if not rows:
        return BARS[0]
    return BARS[max(1, round(rows / most * (len(BARS) - 1)))]
