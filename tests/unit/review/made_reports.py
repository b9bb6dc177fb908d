"""Registry records and papers of one trial each, made so that every check of one against the other fails somewhere."""

import json
from pathlib import Path
from typing import Any

PAPER = """{drug} for type 2 diabetes: a randomised, double-blind, placebo-controlled trial

Ex J Diabetes. 2026 Feb 3;12(2):1-9. doi: 10.5555/exjd.2026.{number}

METHODS: Adults with type 2 diabetes were eligible. The primary outcome was the change in {primary} at week 12.
RESULTS: We randomly assigned {n} adults to {drug} 40 mg (n={of_drug}) or placebo (n={of_placebo}) once daily.
At week 12, the mean change in {primary} was -12.4 (SD 9.8) with {drug} and -4.1 (SD 10.2) with placebo (P<.001).
The trial is registered at ClinicalTrials.gov, NCT0999{number}.
"""


def outcome(measure: str, weeks: int) -> dict[str, str]:
    return {"measure": f"Change in {measure}", "timeFrame": f"Week {weeks}"}


def record(number: str, drug: str, started: dict[str, int], primary: list[Any], secondary: list[Any]) -> dict[str, Any]:
    """A registry record with results; `started` says how many did in each arm."""
    arms = [
        {
            "label": label,
            "type": "PLACEBO_COMPARATOR" if label == "Placebo" else "EXPERIMENTAL",
            "description": f"{label} once daily",
            "interventionNames": ["Drug: Placebo" if label == "Placebo" else f"Drug: {drug}"],
        }
        for label in started
    ]
    groups = [{"id": f"FG{at:03}", "title": label} for at, label in enumerate(started)]
    counts = [{"groupId": group["id"], "numSubjects": str(started[group["title"]])} for group in groups]
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT0999{number}",
                "briefTitle": f"{drug} for Type 2 Diabetes",
            },
            "statusModule": {"overallStatus": "COMPLETED", "startDateStruct": {"date": "2023-02-06", "type": "ACTUAL"}},
            "conditionsModule": {"conditions": ["Type 2 Diabetes"]},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "designInfo": {"allocation": "RANDOMIZED", "interventionModel": "PARALLEL"},
                "enrollmentInfo": {"count": sum(started.values()), "type": "ACTUAL"},
            },
            "armsInterventionsModule": {
                "armGroups": arms,
                "interventions": [{"type": "DRUG", "name": drug}, {"type": "DRUG", "name": "Placebo"}],
            },
            "outcomesModule": {"primaryOutcomes": primary, "secondaryOutcomes": secondary},
        },
        "resultsSection": {
            "participantFlowModule": {
                "groups": groups,
                "periods": [
                    {"title": "Overall", "milestones": [{"type": "STARTED", "achievements": counts}]},
                ],
            },
        },
        "hasResults": True,
    }


def write_reports(folder: Path) -> None:
    """Three trials: of the first, sizes, number of arms and the primary outcome differ; of the second the primary
    outcome was a secondary one; of the third, it was of another time.
    """
    folder.mkdir(exist_ok=True)
    sizes = {"Harvomab 40 mg": 100, "Harvomab 80 mg": 100, "Placebo": 100}
    told = (
        ("0701", "Harvomab", sizes, [outcome("HbA1c", 12)], [], "systolic blood pressure", (240, 120, 120)),
        (
            "0702", "Veltocimab", {"Veltocimab 40 mg": 100, "Placebo": 100}, [outcome("HbA1c", 12)],
            [outcome("systolic blood pressure", 12)], "systolic blood pressure", (200, 100, 100),
        ),
        (
            "0703", "Marubetinib", {"Marubetinib 40 mg": 100, "Placebo": 100},
            [outcome("systolic blood pressure", 24)], [], "systolic blood pressure", (200, 100, 100),
        ),
    )  # fmt: skip
    for number, drug, started, primary, secondary, said, (n, of_drug, of_placebo) in told:
        made = record(number, drug, started, primary, secondary)
        (folder / f"NCT0999{number}.json").write_text(json.dumps(made), encoding="utf-8")
        words = PAPER.format(
            drug=drug, number=number, primary=said, n=n, of_drug=of_drug, of_placebo=of_placebo,
        )  # fmt: skip
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
