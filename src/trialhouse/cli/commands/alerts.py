"""`trialhouse alerts`: what the checks found, for a terminal or a script."""

import textwrap
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import Exit
from trialhouse.cli.options import JsonOption, ReleaseOption, WarehouseOption, chosen_release
from trialhouse.cli.reading import opened
from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState
from trialhouse.store.read import read_rows
from trialhouse.terminal import print_json, say

LINE_WIDTH = 76

WORST_FIRST = (Severity.BLOCK, Severity.ERROR, Severity.WARN, Severity.INFO)


def print_alerts(
    *,
    state: Annotated[AlertState | None, Parameter(help="Only alerts in this state.")] = None,
    severity: Annotated[Severity | None, Parameter(help="Only alerts of this severity.")] = None,
    release: ReleaseOption = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Alerts of the current release, worst first."""
    chosen = chosen_release(warehouse, release)
    with opened(chosen) as connection:
        alerts = read_rows(connection, AlertRow)
    shown = [alert for alert in alerts if state in (None, alert.state) and severity in (None, alert.severity)]
    shown.sort(key=lambda alert: (WORST_FIRST.index(alert.severity), alert.check_id, alert.alert_id))
    if json:
        print_json([alert.model_dump(mode="json") for alert in shown])
        return Exit.DONE
    for alert in shown:
        print(f"{alert.alert_id}  {alert.severity.value:<5}  {alert.state.value:<12}  {alert.check_id}")
        print(textwrap.indent(textwrap.fill(alert.message, LINE_WIDTH), "    "))
    say(f"{len(shown):,} of {len(alerts):,} alerts of release {chosen.release_id}")
    return Exit.DONE
