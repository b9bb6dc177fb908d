"""`trialhouse ui`: the review page, on this machine."""

import gc
import getpass
import os
import socket
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import WarehouseOption, loaded_settings
from trialhouse.review.app import build_app, get_ready
from trialhouse.review.guard import Guard, own_hosts
from trialhouse.terminal import say

PORT = 8750

TOKEN_VARIABLE = "TRIALHOUSE_UI_TOKEN"

REVIEWER_VARIABLE = "TRIALHOUSE_REVIEWER"

ADDRESS = "127.0.0.1"


def serve(
    *,
    port: Annotated[int, Parameter(help="The port on 127.0.0.1; 0 takes a free one.")] = PORT,
    host: Annotated[
        list[str], Parameter(negative=(), help="A name by which a proxy calls this server; may be repeated.")
    ] = [],  # noqa: B006 - never changed
    warehouse: WarehouseOption = None,
) -> int:
    """The review page: alerts with their sentences, trials, releases, sources, checks.

    It answers on this machine only. Set TRIALHOUSE_UI_TOKEN to a token that browsers have to give, for use behind a
    proxy; name the proxy's host with --host.
    """
    import uvicorn  # noqa: PLC0415 - nothing else needs it

    if not 0 <= port <= 65535:
        raise CommandError(f"--port {port} is no port: give 0 to 65535", Exit.WRONG_USE)
    settings = loaded_settings(None, warehouse).settings
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((ADDRESS, port))
        except OSError as error:
            raise CommandError(
                f"port {port} of {ADDRESS} cannot be had ({error.strerror}): choose another --port"
            ) from error
        own = bound.getsockname()[1]
        guard = Guard(own_hosts(own, host), os.environ.get(TOKEN_VARIABLE) or None)
        app = build_app(settings.warehouse, guard, _reviewer())
        bound.listen()  # before its address is said: whoever opens it at once only waits
        # What was imported stays: to look through it each time ten thousand alerts are read costs a fifth of that.
        gc.freeze()
        try:
            get_ready(app)
            with app.app.state.shelf.watched():
                say(f"The review page of {settings.warehouse} is at http://{ADDRESS}:{own}/ (Ctrl-C ends it)")
                server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
                server.run(sockets=[bound])
        finally:
            gc.unfreeze()  # else DuckDB's module complains at the end of what is left
    return Exit.DONE


def _reviewer() -> str:
    """Whom a decision is by, if nobody says otherwise."""
    named = os.environ.get(REVIEWER_VARIABLE)
    if named:
        return named
    try:
        return getpass.getuser()
    except OSError:
        return ""
