"""`trialhouse queries`: the example queries."""

import dataclasses

from trialhouse.cli.exits import Exit
from trialhouse.cli.options import JsonOption
from trialhouse.cli.query_parameters import chosen_example
from trialhouse.releases.queries import read_queries
from trialhouse.resources import data_root
from trialhouse.terminal import print_json, print_table, say


def print_queries(name: str | None = None, /, *, json: JsonOption = False) -> int:
    """The example queries, or the SQL of one.

    Parameters
    ----------
    name
        An example query, to print its SQL (default: all, each with its question).
    """
    if name is not None:
        query = chosen_example(name)
        if json:
            print_json(dataclasses.asdict(query))
        else:
            print(query.sql)
        return Exit.DONE
    queries = read_queries(data_root())
    if json:
        print_json([dataclasses.asdict(query) for query in queries])
        return Exit.DONE
    print_table(
        ("name", "question", "parameters"),
        [(query.name, query.question, ", ".join(query.parameters)) for query in queries],
    )
    say("`trialhouse sql --example NAME` asks one, --param NAME=VALUE sets a parameter, `queries NAME` prints its SQL.")
    return Exit.DONE
