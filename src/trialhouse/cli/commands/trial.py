"""`trialhouse trial show` and `history`: one trial, as a release says it, and how it came to be so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from trialhouse.cli.change_lines import print_changes
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.folded import print_folded
from trialhouse.cli.options import JsonOption, ReleaseOption, WarehouseOption
from trialhouse.cli.plain_values import json_value
from trialhouse.cli.reading import AsOfOption, chosen_state
from trialhouse.cli.trial_lines import print_record
from trialhouse.releases.catalog import NoSuchRelease
from trialhouse.releases.trial_history import TrialStep, trial_history
from trialhouse.releases.trial_lookup import FoundTrial, NoSuchTrial, find_trial, find_trial_ever
from trialhouse.releases.trial_record import read_trial
from trialhouse.store.connection import DatabaseError, release_reader
from trialhouse.terminal import print_json, say


def print_trial(
    trial: str,
    *,
    release: ReleaseOption = None,
    as_of: AsOfOption = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """One trial: design, arms, outcomes with numbers and quotes, documents, conflicts and open alerts.

    Parameters
    ----------
    trial
        A trial_id, also one of before, or a registry's number such as NCT01234567.
    """
    state = chosen_state(warehouse, release, as_of)
    with _told_errors(), release_reader(state.database, state.prepare) as connection:
        found = find_trial(connection, trial)
        record = read_trial(connection, found.trial_id)
    _say(found)
    if json:
        print_json(json_value(asdict(record) | {"told": found.told}))
    else:
        print_record(record)
    return Exit.DONE


def print_history(
    trial: str, *, release: ReleaseOption = None, warehouse: WarehouseOption = None, json: JsonOption = False
) -> int:
    """Every release in which something of a trial changed: when, what, from what to what, and why.

    Parameters
    ----------
    trial
        A trial_id, also one of before or of a trial that is gone, or a registry's number such as NCT01234567.
    """
    state = chosen_state(warehouse, release, None)
    with _told_errors(), release_reader(state.database) as connection:
        found = find_trial_ever(connection, trial)
        steps = trial_history(connection, *found.all_ids)
    _say(found)
    if json:
        told = {"trial_id": found.trial_id, "earlier": found.earlier, "told": found.told}
        print_json(told | {"steps": [step.as_json() for step in steps]})
        return Exit.DONE
    for step in steps:
        _print_step(step)
    return Exit.DONE


def _print_step(step: TrialStep) -> None:
    tag = f" ({step.tag})" if step.tag else ""
    withdrawn = ", withdrawn" if step.status == "withdrawn" else ""
    print(f"{step.release_id}{tag}, published {step.published_at:%Y-%m-%d %H:%M} UTC{withdrawn}")
    for trial_id in step.began:
        command = f"trialhouse trial show {trial_id} --as-of {step.release_id}"
        print_folded(f"The first release of the warehouse has it: `{command}` tells what.", 2)
    if step.difference is not None:
        parts = step.difference.by_trial()
        for trial, changes in parts:
            if len(parts) > 1:
                print_folded(str(trial), 2)
            print_changes(step.difference, changes)
    print()


def _say(found: FoundTrial) -> None:
    for sentence in found.told:
        say(sentence)


@contextmanager
def _told_errors() -> Iterator[None]:
    """A trial or history that is not there is wrong use; a file that cannot be read has failed."""
    try:
        yield
    except (NoSuchTrial, NoSuchRelease) as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    except DatabaseError as error:
        raise CommandError(f"the release cannot be read: {error}") from error
