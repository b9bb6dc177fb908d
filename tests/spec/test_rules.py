"""Every rule that the extraction room can name has its file of sentences: with enough that it reads, and with silence.

The ids are found in the source: literals of the form `room.rule`, module constants RULE and REASON, and the reasons of
`refusals`. An id is therefore written whole in the source and never put together.
"""

import ast
import pathlib
import re
import tomllib
from collections.abc import Iterator

import pytest

import trialhouse.extraction
from trialhouse.extraction import refusals

ROOM = pathlib.Path(trialhouse.extraction.__file__).parent
MODULES = sorted(ROOM.rglob("*.py"))
SPECS = {file.stem: file for file in pathlib.Path(__file__).parent.glob("*.toml")}
RULE_ID = re.compile(r"(?:analysis|arms|design|enrollment|frame)\.[a-z_]+")
STRUCTURED = {"ctgov"}
"""Rules that copy the fields of a structured record and read no sentence."""
FEWEST_SPOKEN = 3


def rule_ids(source: str) -> set[str]:
    """The ids of rules and refusals that a module of the room holds."""
    return {text for node in ast.walk(ast.parse(source)) for text in _ids_of(node)}


def _ids_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE_ID.fullmatch(node.value):
        yield node.value
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names & {"RULE", "REASON"}:
            yield node.value.value


def put_together(source: str) -> list[int]:
    """The lines on which an id of a rule is made of parts."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    firsts = [(node, node.values[0]) for node in strings if node.values]
    return [
        node.lineno
        for node, first in firsts
        if isinstance(first, ast.Constant) and re.fullmatch(r"(?:analysis|arms|design|enrollment|frame)\.", first.value)
    ]


RULES = sorted(
    {one for module in MODULES for one in rule_ids(module.read_text(encoding="utf-8"))}
    | {reason for reason, _ in refusals._RULES}
)


@pytest.mark.parametrize("rule", [one for one in RULES if one not in STRUCTURED])
def test_a_rule_has_a_spec(rule: str) -> None:
    assert rule in SPECS, f"write tests/spec/{rule}.toml: sentences that the rule reads, and some where it is silent"
    spec = tomllib.loads(SPECS[rule].read_text(encoding="utf-8"))
    assert len(spec["says"]) >= FEWEST_SPOKEN, f"{rule}: at least {FEWEST_SPOKEN} sentences that it must read"
    assert all(case["claims"] for case in spec["says"]), f"{rule}: a sentence that it reads has claims"
    assert spec["silent"], f"{rule}: a sentence where it must stay silent"


def test_a_spec_is_of_a_rule() -> None:
    assert sorted(SPECS.keys() - set(RULES)) == [], "no rule has this id: rename or remove its file"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_an_id_is_written_whole(module: pathlib.Path) -> None:
    assert put_together(module.read_text(encoding="utf-8")) == []


def test_ids_are_found_in_a_source() -> None:
    source = (
        'REASON = "some_trials"\nname = "elsewhere"\n\n\ndef f(put, x):\n    put(rule="design.phase", word="phase")\n'
    )
    assert rule_ids(source) == {"some_trials", "design.phase"}
    assert put_together('a = f"x.{b}"\nc = f"design.{d}"\n') == [2]
