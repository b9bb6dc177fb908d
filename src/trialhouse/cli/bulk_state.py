"""How the store of bulk citations stands, for `trialhouse status`."""

from pathlib import Path
from typing import Any

from trialhouse.bulk.store_files import DATABASE
from trialhouse.cli.counted import counted
from trialhouse.pipeline.lock import lock_holder
from trialhouse.releases.layout import Layout
from trialhouse.store.connection import DatabaseError


def bulk_state(warehouse: Path, problems: list[str]) -> dict[str, Any] | None:
    """Files and citations of the store, and who loads; None where there is none. What cannot be read is a problem."""
    folder = Layout(warehouse).pubmed
    if not folder.is_dir():
        return None
    # Where nothing was loaded, the libraries of loading are not waited for.
    from trialhouse.bulk.merge import loaded_files  # noqa: PLC0415
    from trialhouse.pipeline.bulk_result import citations_of  # noqa: PLC0415

    try:
        files = loaded_files(folder)
    except DatabaseError as error:
        problems.append(f"{folder / DATABASE} cannot be read ({error}): remove it, and load the files again")
        return None
    return {"files": len(files), "citations": citations_of(files), "lock_holder": lock_holder(folder)}


def bulk_line(state: dict[str, Any]) -> str:
    """The store in a line."""
    loading = f"; loading: {state['lock_holder']}" if state["lock_holder"] else ""
    return f"{counted(state['citations'], 'citation')} of {counted(state['files'], 'file')} of bulk loads{loading}"
