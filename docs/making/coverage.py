"""The table of precision at coverage: how right extraction is where only rules of some confidence are taken."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CONFIDENCE = "seeds/rule_confidence.csv"

_THRESHOLDS = (0.95, 0.92, 0.9, 0.85, 0.8, 0.0)


def coverage_markdown(root: Path, evaluation: Mapping[str, Any]) -> str:
    """Rules, precision and share of what is said, by the least confidence that is taken."""
    with (root / CONFIDENCE).open(encoding="utf-8", newline="") as file:
        confidence = {row["rule"]: float(row["confidence"]) for row in csv.DictReader(file)}
    rules = [rule for rule in evaluation["rules"] if rule["rule"].split(".")[0] in ("frame", "analysis")]
    everything = sum(rule["said"] for rule in rules)
    lines = [
        "### Precision at coverage",
        "",
        f"Of the {everything:,} numbers of arms and comparisons that were said of the labelled and domain abstracts "
        "which the rules were tuned on, by the confidence of their rules. A number without a label counts as wrong.",
        "",
        "| confidence at least | rules | precision | share of what is said |",
        "|---|---|---|---|",
    ]
    for threshold in _THRESHOLDS:
        taken = [rule for rule in rules if confidence.get(rule["rule"], 0.0) >= threshold]
        said, right = (sum(rule[key] for rule in taken) for key in ("said", "right"))
        if said:
            least = f"{threshold:.2f}".lstrip("0") if threshold else "any"
            precision = f"{right / said:.3f}".lstrip("0")
            lines.append(f"| {least} | {len(taken)} | {precision} | {said / everything:.0%} |")
    return "\n".join(lines)
