"""`trialhouse alerts show`: one alert with all that is known beside it."""

from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.alert_lines import print_view
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption, WarehouseOption
from trialhouse.cli.plain_values import json_value
from trialhouse.cli.reviewing import opened_review
from trialhouse.pipeline.reviewing import alert_view
from trialhouse.quality.choosing import NoSuchAlert, named
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import print_json


def print_alert(
    alert: str,
    *,
    sql: Annotated[bool, Parameter(name="--sql", negative=(), help="Print the check's SQL too.")] = False,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """One alert with its evidence: sentences with the numbers marked, both sides, values, check, and history.

    Parameters
    ----------
    alert
        The alert's id; the beginning of it is enough where no other has the same.
    """
    review = opened_review(warehouse)
    try:
        (found,) = named(review.live.books.alerts, [alert])
        view = alert_view(review.layout, review.release, review.live, found)
    except NoSuchAlert as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    except DatabaseError as error:
        raise CommandError(f"the current release cannot be read: restore it from a copy ({error})") from error
    if json:
        print_json(json_value(view.model_dump(mode="json")))
    else:
        print_view(view, with_sql=sql)
    return Exit.DONE
