"""The bundled corpus as the extractor reads it, held against what a careful reader takes from it.

A number is *read* when all of it is said (statistic, value, unit, dispersion; effect, estimate, interval, p-value) of
the right arm, under a measure that is named rightly. It is read *in part* when what is said is right and something is
missing. Time frame, population and outcome type may be missing at this depth, and must not be wrong.
"""

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import Document, Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.resources import read_vocabulary

SEEDS = Path(__file__).parents[2] / "seeds"
CORPUS = SEEDS / "corpus"
EXPECTED_SUFFIX = ".expected.json"

MEASUREMENT = ("statistic", "value", "unit", "is_change_from_baseline", "dispersion_type", "dispersion_value")
ANALYSIS = ("effect", "estimate", "unit", "ci_pct", "ci_low", "ci_high", "p_value", "p_modifier")
CONTEXT = ("time_frame_weeks", "population", "outcome_type")
INTERVENTION = ("dose_value", "dose_unit", "route", "frequency", "duration_weeks")
ARM = ("arm_type", "factor", "n_randomized", "n_analyzed")

Json = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One number of a record: its kind, its outcome, itself, and its arms by their expected keys."""

    kind: str
    outcome: Json
    value: Json
    arm: str | None
    comparator: str | None

    def __str__(self) -> str:
        keys = MEASUREMENT if self.kind == "measurement" else ANALYSIS
        said = {key: self.value[key] for key in keys if self.value.get(key) not in (None, False)}
        return f"{self.kind} of {self.outcome.get('measure')!r}, arm {self.arm}, against {self.comparator}: {said}"


def corpus_documents() -> list[Path]:
    """The documents of the corpus, sorted by name."""
    named = (path for path in CORPUS.iterdir() if path.is_file() and path.name != "README.md")
    return sorted(path for path in named if not path.name.endswith(EXPECTED_SUFFIX))


def expected_path(document: Path) -> Path:
    """The file of a document's expected result."""
    return document.with_name(document.stem + EXPECTED_SUFFIX)


def expected_result(document: Path) -> Json:
    """A document's expected result."""
    loaded: Json = json.loads(expected_path(document).read_text(encoding="utf-8"))
    return loaded


def parsed(path: Path) -> Document:
    """Parse a document of the corpus."""
    data = path.read_bytes()
    receipt = Receipt(
        source="corpus",
        record_id=path.name,
        locator=path.name,
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        license="CC0-1.0",
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return parse_document(data, receipt)


def read_document(path: Path) -> tuple[Document, list[Json]]:
    """Parse a document of the corpus and extract its records, as they would be printed."""
    document = parsed(path)
    return document, [record.to_json() for record in extract(document, read_vocabulary(SEEDS))]


def rows_of(record: Json, names: dict[str, str] | None = None) -> list[Row]:
    """Every number of a record but baseline values; `names` translates its arm keys into the expected ones."""
    known = names or {}
    found = []
    for outcome in record["outcomes"]:
        for kind, listed in (("measurement", outcome["measurements"]), ("analysis", outcome["analyses"])):
            found += [
                Row(kind, outcome, value, _named(value.get("arm"), known), _named(value.get("comparator"), known))
                for value in listed
                if not value.get("is_baseline")
            ]
    return found


def _named(key: str | None, names: dict[str, str]) -> str | None:
    return None if key is None else names.get(key, key)


def agrees(wanted: Any, said: Any) -> bool:
    """Whether a said value is the wanted one, or one of several right ones; empty and absent are the same."""
    if isinstance(wanted, dict) and "any" in wanted:
        return any(agrees(one, said) for one in wanted["any"])
    nothing = (None, [], False)
    return _plain(wanted) == _plain(said) or (wanted in nothing and said in nothing)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"\s+", " ", value).strip().lower()
    if isinstance(value, float | int) and not isinstance(value, bool):
        return round(float(value), 6)
    if isinstance(value, list | tuple):
        return sorted(str(_plain(one)) for one in value)
    return value


def fits(wanted: Any, said: Any) -> bool:
    """Whether a said value is right or missing."""
    return said in (None, []) or agrees(wanted, said)


def identify_arms(expected: Json, said: Json) -> dict[str, str]:
    """Which expected arm each said arm is, by drugs and doses or else by its label: said key to expected key."""
    found: dict[str, str] = {}
    for arm in said["arms"]:
        same = [one["key"] for one in expected["arms"] if _same_arm(one, arm)]
        if len(same) == 1 and same[0] not in found.values():
            found[arm["key"]] = same[0]
    return found


def _same_arm(wanted: Json, said: Json) -> bool:
    common = [one for one in wanted["interventions"] if one.get("background")]
    own = [one for one in wanted["interventions"] if not one.get("background")]
    given = [
        one
        for one in said["interventions"]
        if not one.get("background") and not any(_same_name(drug, one) for drug in common)
    ]
    if any(
        _same_name(drug, one) and not fits(drug.get("dose_value"), one["dose_value"]) for drug in own for one in given
    ):
        return False
    if given and len(given) == len(own):
        pairs = (any(_same_name(drug, one) and _same_dose(drug, one) for one in given) for drug in own)
        if all(pairs):
            return True
    return _bare(said["label"]) in {_bare(name) for name in wanted["names"]}


def _same_name(wanted: Json, said: Json) -> bool:
    return agrees(wanted["name"], said["name"]) or agrees(wanted["name"], said.get("norm"))


def _same_dose(wanted: Json, said: Json) -> bool:
    return agrees(wanted.get("dose_value"), said["dose_value"])


def _bare(label: str) -> str:
    plain = label.lower().replace("·", ".").replace("+", " plus ")
    return " ".join(re.sub(r"\b(?:the|group|arm|patients|participants|dose)\b", " ", plain).split())


def is_right(wanted: Row, said: Row) -> bool:
    """Whether a said number is the wanted one, as far as it is said."""
    keys = MEASUREMENT if wanted.kind == "measurement" else ANALYSIS
    main = "value" if wanted.kind == "measurement" else "p_value" if "estimate" not in wanted.value else "estimate"
    return (
        (wanted.kind, wanted.arm, wanted.comparator) == (said.kind, said.arm, said.comparator)
        and agrees(wanted.value[main], said.value[main])
        and all(fits(wanted.value.get(key), said.value.get(key)) for key in keys)
        and all(fits(wanted.outcome.get(key), said.outcome.get(key)) for key in CONTEXT)
        and any(word in str(said.outcome["measure"]).lower() for word in wanted.outcome["words"])
    )


def is_whole(wanted: Row, said: Row) -> bool:
    """Whether nothing of a number that is right is missing."""
    keys = MEASUREMENT if wanted.kind == "measurement" else ANALYSIS
    return all(agrees(wanted.value.get(key), said.value.get(key)) for key in keys)


@dataclass(frozen=True)
class Comparison:
    """One document's numbers: what is read, what is read in part or not at all, and what is said beside them."""

    read: list[Row]
    in_part: list[Row]
    unread: list[Row]
    unexpected: list[Row]

    def is_read(self, value: Json) -> bool:
        """Whether an expected number (the very object of the expected result) is read."""
        return any(row.value is value for row in self.read)


def compare(expected: Json, records: list[Json]) -> Comparison:
    """Give each expected number the said one that is right; whole ones first, each said number at most once."""
    left = [row for record in records for row in rows_of(record, identify_arms(expected, record))]
    open_rows, found = rows_of(expected), Comparison([], [], [], left)
    for into, test in ((found.read, is_whole), (found.in_part, lambda wanted, said: True)):
        for wanted in list(open_rows):
            said = next((row for row in left if is_right(wanted, row) and test(wanted, row)), None)
            if said is not None:
                into.append(wanted)
                left.remove(said)
                open_rows.remove(wanted)
    found.unread.extend(open_rows)
    return found


def wrong_facts(expected: Json, records: list[Json]) -> Iterator[str]:
    """Facts of trial and arms that are said and are not right; one sentence each."""
    for record in records:
        for key, wanted in expected["trial"].items():
            if not fits(wanted, record["trial"].get(key)):
                yield f"trial.{key} is said to be {record['trial'].get(key)!r}, not {wanted!r}"
        names = identify_arms(expected, record)
        for arm in record["arms"]:
            if arm["key"] not in names:
                yield f"no such arm is expected: {arm['label']!r} with {[one['name'] for one in arm['interventions']]}"
                continue
            wanted_arm = next(one for one in expected["arms"] if one["key"] == names[arm["key"]])
            yield from _wrong_arm(wanted_arm, arm)


def _wrong_arm(wanted: Json, said: Json) -> Iterator[str]:
    where = f"arm {wanted['key']}"
    for key in ARM:
        if key in wanted and not fits(wanted[key], said.get(key)):
            yield f"{where}: {key} is said to be {said.get(key)!r}, not {wanted[key]!r}"
    for drug in said["interventions"]:
        same = next((one for one in wanted["interventions"] if _same_name(one, drug)), None)
        if same is None:
            yield f"{where}: no such intervention is expected: {drug['name']!r}"
            continue
        for key in INTERVENTION:
            if key in same and not fits(same[key], drug.get(key)):
                yield f"{where}, {drug['name']}: {key} is said to be {drug.get(key)!r}, not {same[key]!r}"
