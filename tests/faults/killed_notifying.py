"""A refresh that kills itself with SIGKILL on the way from publishing to having told people.

    python -m tests.faults.killed_notifying WAREHOUSE VARIABLE FILE POINT

VARIABLE holds the address of the only route. POINT is `published`, before anything is sent, or `sent`, before it is
noted that it was.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import trialhouse.pipeline.release as making
from trialhouse.model.notification_config import NotificationConfig, RouteConfig
from trialhouse.notification.outbox import Outbox
from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings


def die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    warehouse, variable, file, point = sys.argv[1:]
    if point == "published":
        making.deliver_messages = die
    else:
        Outbox.delivered = die  # type: ignore[method-assign]
    config = NotificationConfig(routes={"team": RouteConfig(url_from=variable)})
    settings = load_settings(warehouse=Path(warehouse), environ={}).settings
    refresh(settings.model_copy(update={"notifications": config}), files=[Path(file)])


if __name__ == "__main__":
    main()
