"""The page of figures, made from the files in which benchmarks and the evaluation keep theirs; none is its own."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docs.making.coverage import coverage_markdown
from docs.making.promised import promised_markdown

EVALUATION = "bench/evaluation.json"
BENCHMARKS = "bench/results.json"
FRESH = "tests/golden/fresh/scores.toml"

SETS = {
    "validation": "abstracts that nothing was tuned on",
    "train": "abstracts that the rules were tuned on",
    "domain": "domain abstracts, tuned on too",
}
"""The sets of labelled abstracts, the one that says most first."""

FIELDS = {
    "n_total": "participants of the trial",
    "arm_n": "participants of an arm",
    "dose": "doses",
    "cells": "numbers on the right arm",
    "baseline": "baseline numbers on the right arm",
    "p_value": "p-values",
    "effect": "estimates of comparisons",
    "ci": "confidence intervals",
    "rows": "whole rows: arm, measure, number and unit",
}

STANDINGS = {"goal": "goal met", "floor": "floor met", "within": "within one error of the floor", "missed": "missed"}


def measured_markdown(root: Path, notice: str) -> str:
    """What is measured and how well."""
    evaluation = json.loads((root / EVALUATION).read_text(encoding="utf-8"))
    benchmarks = json.loads((root / BENCHMARKS).read_text(encoding="utf-8"))
    fresh = tomllib.loads((root / FRESH).read_text(encoding="utf-8"))
    parts = [
        f"# What is measured, and how well\n\n<!-- {notice} -->",
        "Every figure here stands in a file of the checkout, written by the program that measured it: "
        f"`{EVALUATION}` (`make eval`), `{FRESH}`, `{BENCHMARKS}` (`make bench`). What has no file is not here.",
        _accuracy(evaluation),
        *(_scores(name, evaluation) for name in SETS if name in evaluation["scores"]),
        _shares(evaluation["context"]),
        coverage_markdown(root, evaluation),
        _fresh(fresh),
        "## Speed and memory\n\nMeasured on shared machines, so compare ratios rather than seconds: `loop` is what a "
        "loop of a million steps took on the machine at that time (60 ms on a fast one of its own). "
        "[How long all of PubMed takes](../scale.md) says what follows from them.",
        promised_markdown(root, benchmarks),
        *(_benchmark(root, name, content) for name, content in benchmarks.items()),
    ]
    return "\n\n".join(parts) + "\n"


def _accuracy(evaluation: Mapping[str, Any]) -> str:
    return (
        "## Accuracy of extraction\n\n"
        f"Extractor version {evaluation['extractor_version']}, {evaluation['measured_at']}, scored by the scorers "
        "of the labelled abstracts. Precision is the share of what was said that is right, recall the share of what is "
        "labelled that was said, ± the standard error of F1 over documents. Floor and goal were set before. It "
        "abstains rather than guesses, so recall is mostly the lower of the two; an empty cell in a release does not "
        "mean that the paper says nothing."
    )


def _scores(name: str, evaluation: Mapping[str, Any]) -> str:
    lines = [
        f"### {name}: {evaluation['abstracts'][name]} {SETS[name]}",
        "",
        "| | labelled | precision | recall | F1 | ± | floor | goal | |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for field, one in evaluation["scores"][name].items():
        if one["gold"]:
            bounds = _bounds(one)
            values = " | ".join(_short(one[key]) for key in ("precision", "recall", "f1", "error"))
            lines.append(f"| {FIELDS.get(field, field)} | {one['gold']} | {values} | {bounds} |")
    return "\n".join(lines)


def _shares(context: Mapping[str, Any]) -> str:
    lines = ["### Of domain numbers on the right arm, the share that also has", ""]
    lines += ["| | share | floor | goal | |", "|---|---|---|---|---|"]
    for field, one in context.items():
        bounds = _bounds(one)
        lines.append(f"| the right {field.replace('_', ' ')} | {_short(one['f1'])} | {bounds} |")
    return "\n".join(lines)


def _fresh(fresh: Mapping[str, Mapping[str, float]]) -> str:
    fields = list(dict.fromkeys(field for split in fresh.values() for field in split))
    lines = [
        "### Abstracts written for the project, of many fields of medicine",
        "",
        "The least F1 that a test holds. On `held` nothing was tuned; `dev` may be looked at.",
        "",
        "| | held | dev |",
        "|---|---|---|",
    ]
    for field in fields:
        cells = " | ".join(_short(fresh[split].get(field)) for split in ("held", "dev"))
        lines.append(f"| {FIELDS.get(field, field)} | {cells} |")
    return "\n".join(lines)


def _benchmark(root: Path, name: str, content: Mapping[str, Any]) -> str:
    machine, versions = content["machine"], content["versions"]
    known = ", ".join(f"{library} {version}" for library, version in versions.items() if version)
    lines = [
        f"### {name.replace('_', ' ')}",
        "",
        f"{content['measured_at']}, cores: {machine['cores']}, loop {machine['loop_ms']} ms, "
        f"load {machine['load_average']}; {known}.",
        "",
        "| | |",
        "|---|---|",
    ]
    lines += [f"| {key} | {value} |" for key, value in _flat(content) if key != "note"]
    picture = f"pictures/{name.replace(' ', '-')}.svg"
    if (root / "docs" / picture).is_file():
        lines += ["", f"![{name}: the figures above, drawn](../{picture})"]
    if note := content.get("note"):
        lines += ["", f"Note: {note}."]
    return "\n".join(lines)


def _flat(content: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """The figures of a benchmark, one a line, by the words that lead to them."""
    found: list[tuple[str, str]] = []
    for key, value in content.items():
        if not before and key in ("measured_at", "machine", "versions"):
            continue
        words = f"{before}{key.replace('_', ' ')}"
        if isinstance(value, Mapping):
            found += _flat(value, f"{words}: ")
        else:
            found.append(
                (words, f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value))
            )
    return found


def _bounds(one: Mapping[str, Any]) -> str:
    return f"{_short(one.get('floor'))} | {_short(one.get('goal'))} | {STANDINGS.get(one.get('standing'), '')}"


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return "1" if value == 1 else f"{value:.3f}".lstrip("0") or "0"
