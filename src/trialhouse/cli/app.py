"""The menu of commands, and how each of them ends.

A command's file is imported when the command runs, so that the small ones stay quick.
"""

import gc
import io
import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from trialhouse import __version__
from trialhouse.cli.exits import CommandError, Exit

HELP = "A versioned warehouse of clinical trials, every number with the characters it was read from."

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("refresh", "refresh:refresh", "Fetch or take files, rebuild what is touched, check, publish a release."),
    ("backfill", "backfill:backfill", "Ask the sources for a past interval, in slices that are each done once."),
    (
        "load-pubmed",
        "load_pubmed:load",
        "Load baseline and update files of PubMed into a store of their own, all of it if you like.",
    ),
    (
        "extract",
        "extract:print_extractions",
        "Print what is read from documents, one record a document; needs no warehouse.",
    ),
    (
        "dedupe",
        "dedupe:dedupe",
        "Find the records of search exports that are one document; needs no warehouse.",
    ),
    ("sql", "sql:print_answer", "Ask a release in SQL: read-only, no file access."),
    ("queries", "queries:print_queries", "The example queries, or the SQL of one."),
    ("export", "export:export_tables", "Write tables or the answer to a query as files, with a note of their release."),
    ("ui", "ui:serve", "The review page, on this machine: alerts with their sentences, trials, releases."),
    ("status", "status:print_status", "What ran last, what became of every record, and what is current."),
    ("doctor", "doctor:print_examination", "Check this machine and warehouse, and say what to do about what is wrong."),
    ("dictionary", "dictionary:print_dictionary", "What the tables and columns mean."),
    ("open", "open:print_ways_to_open", "Where the current release lies and how to open it elsewhere."),
)

GROUPS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "releases",
        "The published versions of the warehouse.",
        (
            ("list", "releases:print_releases", "All releases ever published, and what became of them."),
            ("show", "releases:print_release", "One release: its facts, row counts and changes."),
            ("diff", "differences:print_difference", "What differs between two releases, cell by cell, and why."),
            ("tag", "releases_changing:tag_release", "Give a release a name, by which it is never pruned."),
            (
                "rollback",
                "releases_changing:roll_back_to",
                "Make an earlier release current again and withdraw all later ones.",
            ),
            ("prune", "releases_changing:prune_releases", "Remove the files of old releases; their rows stay."),
            (
                "verify",
                "releases_verify:verify_releases",
                "Compare files, content, quotes, keys and history with what was published.",
            ),
        ),
    ),
    (
        "trial",
        "One trial.",
        (
            ("show", "trial:print_trial", "Its design, arms, outcomes with numbers and quotes, documents and alerts."),
            ("history", "trial:print_history", "What changed of it from release to release, and why."),
        ),
    ),
    (
        "alerts",
        "What the checks found, and what people decide of it.",
        (
            ("list", "alerts:print_alerts", "Alerts as they stand, worst first: those that ask for something."),
            (
                "show",
                "alerts_show:print_alert",
                "One alert: sentences, both sides, values, its check, and its history.",
            ),
            ("ack", "alerts_deciding:acknowledge", "Say that somebody looks after alerts."),
            ("waive", "alerts_deciding:waive", "Let alerts be silent until a day, for the values that they have now."),
            ("resolve", "alerts_deciding:resolve", "Say that alerts are settled."),
            ("reopen", "alerts_deciding:reopen", "Take back what was decided of alerts."),
            ("trends", "alerts_trends:print_trends", "How checks went from run to run, and what became of alerts."),
        ),
    ),
    (
        "decisions",
        "What people decided, of alerts, documents and trials.",
        (
            (
                "list",
                "decisions:print_decisions",
                "All decisions and judgements, in the order in which they were made.",
            ),
            ("judge", "decisions:judge_pair", "Say whether two documents or two trials are the same."),
            ("export", "decisions:export_decisions", "Write them as two CSV files."),
            ("import", "decisions:import_decisions", "Take in such files, or what the newest release carries."),
        ),
    ),
    (
        "notifications",
        "Who was told of alerts.",
        (
            ("list", "notifications:print_messages", "Every message, how far it has come, and why not further."),
            ("send", "notifications:send_messages", "Try now to deliver what waits, and what was given up."),
        ),
    ),
    (
        "config",
        "Settings.",
        (("show", "config:print_settings", "Every setting, its value, and where it came from."),),
    ),
)


def build_app() -> App:
    """The app with all commands registered and none imported."""
    app = App(
        name="trialhouse", help=HELP, version=__version__, suppress_keyboard_interrupt=False, help_format="plaintext"
    )
    for name, place, sentence in COMMANDS:
        app.command(f"trialhouse.cli.commands.{place}", name=name, help=sentence)
    for name, sentence, members in GROUPS:
        group = App(name=name, help=sentence)
        for member, place, member_sentence in members:
            group.command(f"trialhouse.cli.commands.{place}", name=member, help=member_sentence)
        app.command(group)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Wrong use ends with 2, Ctrl-C with 130."""
    # The search for plugins of Pydantic reads the metadata of every installed package; none is used here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What the modules make as they are imported stays: to search it for garbage four hundred times takes a tenth of
    # the start.
    gc.set_threshold(50_000)
    _never_fail_to_print()
    try:
        code = build_app()(arguments, result_action="return_value", exit_on_error=False)
        sys.stdout.flush()
    except CycloptsError:
        # Its message is printed already.
        return Exit.WRONG_USE
    except CommandError as error:
        print(f"trialhouse: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print("trialhouse: interrupted", file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of the output went away (`| head`): nothing is wrong, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as error:
        print(f"trialhouse: {_os_words(error)}", file=sys.stderr)
        return Exit.FAILED
    return int(code or Exit.DONE)


def _never_fail_to_print() -> None:
    """A character that stdout cannot encode is printed as its number."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _os_words(error: OSError) -> str:
    """What the system refused, and what to do about it."""
    if error.filename is None:
        return f"{error.strerror or error}: `trialhouse doctor` looks for the cause"
    return (
        f"{error.filename}: {error.strerror}: check that it is there, that it may be used, and that the disk has room"
    )
