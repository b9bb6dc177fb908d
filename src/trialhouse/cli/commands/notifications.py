"""`trialhouse notifications`: the messages about alerts, and how to try again to deliver them."""

import datetime
from pathlib import Path

from trialhouse.cli.delivery_lines import WAITING
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption, WarehouseOption, loaded_settings, warehouse_folder
from trialhouse.notification.message import Message
from trialhouse.notification.outbox import Outbox, OutboxUnreadable
from trialhouse.pipeline.notifying import deliver_messages
from trialhouse.releases.layout import Layout
from trialhouse.terminal import print_json, print_table, say


def print_messages(*, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """Every message, how far it has come, and why not further."""
    messages = _messages(warehouse_folder(warehouse))
    if json:
        print_json([message.model_dump(mode="json") for message in messages])
        return Exit.DONE
    if messages:
        print_table(
            ("made (UTC)", "route", "message", "state", "tried", "last error"),
            [
                (
                    f"{message.created_at:%Y-%m-%d %H:%M}",
                    message.route,
                    message.title,
                    message.state.value,
                    message.attempts,
                    message.last_error,
                )
                for message in messages
            ],
        )
    say(f"{len(messages):,} messages")
    return Exit.DONE


def send_messages(*, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """Try now to deliver what waits, and what was given up. Exit code 1 if anything could not be delivered."""
    folder = warehouse_folder(warehouse)
    settings = loaded_settings(None, folder).settings
    for sentence in deliver_messages(settings, datetime.datetime.now(datetime.UTC), also_given_up=True):
        say(sentence)
    messages = _messages(folder)
    waiting = [message for message in messages if message.state in WAITING]
    if json:
        print_json([message.model_dump(mode="json") for message in waiting])
    else:
        say(f"{len(waiting):,} of {len(messages):,} messages wait.")
    return Exit.FAILED if waiting else Exit.DONE


def _messages(folder: Path) -> list[Message]:
    try:
        return Outbox(Layout(folder).outbox).messages()
    except OutboxUnreadable as error:
        raise CommandError(str(error)) from error
