"""`trialhouse open`: how to open the current release with other programs."""

import shlex
from json import dumps

from trialhouse.cli.chosen_releases import chosen_release
from trialhouse.cli.exits import Exit
from trialhouse.cli.options import JsonOption, ReleaseOption, WarehouseOption
from trialhouse.terminal import print_json


def print_ways_to_open(
    *, release: ReleaseOption = None, warehouse: WarehouseOption = None, json: JsonOption = False
) -> int:
    """Where the current release lies and how to open it elsewhere."""
    path = chosen_release(warehouse, release).database
    # Python and R read a path between double quotes as JSON writes it.
    quoted = dumps(str(path), ensure_ascii=False)
    ways = {
        "duckdb": f"duckdb -readonly {shlex.quote(str(path))}",
        "python": f'import duckdb; duckdb.connect({quoted}, read_only=True).sql("FROM results").show()',
        "r": f"release <- DBI::dbConnect(duckdb::duckdb(), dbdir = {quoted}, read_only = TRUE); "
        'DBI::dbGetQuery(release, "FROM results")',
        "dbeaver": f"jdbc:duckdb:{path} with the driver property duckdb.read_only = true",
    }
    if json:
        print_json({"path": str(path), **ways})
    else:
        print(path)
        for name, way in ways.items():
            print(f"{name:<8} {way}")
    return Exit.DONE
