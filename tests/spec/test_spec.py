"""Every rule of the extraction room against its own file of sentences: what it must say and not say."""

import datetime
import pathlib
import tomllib
from typing import Any

import pytest

from trialhouse.extraction import extract
from trialhouse.model.document import Document, Identifier, Receipt, Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import AnalysisClaim, Extraction, MeasurementClaim, OutcomeClaim
from trialhouse.resources import read_vocabulary

HERE = pathlib.Path(__file__).parent
VOCABULARY = read_vocabulary(HERE.parent.parent / "seeds")
FILES = sorted(HERE.glob("*.toml"))
DECLARED = [(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in FILES]
FIRING = [(rule, case) for rule, spec in DECLARED for case in spec["says"]]
SILENT = [(rule, case) for rule, spec in DECLARED for case in spec["silent"]]


def read(case: dict[str, Any]) -> Extraction:
    """The claims of one case: a title, a methods part and a results part, each of which may be left out.

    `registry_ids` are those that the parser finds in it, `copies` the same text in other languages.
    """
    zones, text = [], ""
    parts = (
        ("title", ZoneKind.TITLE, Section.UNASSIGNED),
        ("trial", ZoneKind.BODY, Section.METHODS),
        ("text", ZoneKind.BODY, Section.RESULTS),
    )
    for name, kind, section in parts:
        if case.get(name):
            zones.append(Zone(kind=kind, start=len(text), end=len(text) + len(case[name]), section=section))
            text += case[name] + "\n\n"
    for language, words in sorted(case.get("copies", {}).items()):
        zones.append(Zone(kind=ZoneKind.OTHER_LANGUAGE, start=len(text), end=len(text) + len(words), language=language))
        text += words + "\n\n"
    ids = []
    for value in case.get("registry_ids", []):
        start = text.index(value)
        ids.append(
            Identifier(
                scheme="registry", value=value, registry="ClinicalTrials.gov", start=start, end=start + len(value)
            )
        )
    receipt = Receipt(
        source="files",
        record_id="case",
        locator="case",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text),
    )
    document = Document(
        document_id="doc-case",
        receipt=receipt,
        format="plain_text",
        kind=DocumentKind.ABSTRACT,
        text=text,
        zones=tuple(zones),
        registry_ids=tuple(ids),
    )
    return extract(document, VOCABULARY)[0]


def said_by(rule: str, record: Extraction) -> list[str]:
    """What one rule said, in lines a clinician can read."""
    lines = []
    for outcome in record.outcomes:
        time = None if _has_time_by("time_inherited", outcome) else outcome.time_frame
        about = " ".join(filter(None, [outcome.measure, time and f"({time})"]))
        for one in outcome.measurements:
            if one.rule == rule:
                lines.append(f"{about} | {_value(one)}")
        for analysis in outcome.analyses:
            if analysis.rule == rule:
                lines.append(f"{about} | {_comparison(analysis)}")
    lines += [f"{one.measure} of {one.subgroup}" for one in record.outcomes if _has_subgroup_by(rule, one)]
    lines += [f"{one.measure} at {one.time_frame}" for one in record.outcomes if _has_time_by(rule, one)]
    for arm in record.arms:
        if arm.evidence["label"].rule == rule:
            lines.append(f"arm {arm.label}" + (f" of factor {arm.factor}" if arm.factor else ""))
        if rule == "arms.size":
            lines.append(f"{arm.label}: randomized {arm.n_randomized}, analyzed {arm.n_analyzed}")
    for field, proof in sorted(record.trial.evidence.items()):
        if proof.rule == rule and field != "enrollment_type":
            lines.append(f"{field} = {record.to_json()['trial'][field]}")
    lines += [f"not read: {one.quote}" for one in record.candidates if one.reason == rule]
    if rule == "other_language":
        lines += [f"{one.field} {one.kept}, in {one.language} {one.other}" for one in record.language_differences]
    return lines


def _has_subgroup_by(rule: str, one: OutcomeClaim) -> bool:
    """Whether a rule said of which part of the participants an outcome is."""
    return "subgroup" in one.evidence and one.evidence["subgroup"].rule == rule


def _has_time_by(rule: str, one: OutcomeClaim) -> bool:
    """Whether a rule gave an outcome a time that its own sentence does not name."""
    return "time_frame" in one.evidence and one.evidence["time_frame"].rule == rule


def _value(one: MeasurementClaim) -> str:
    """A measurement in words."""
    flags = [" at baseline"] * one.is_baseline + [" change"] * one.is_change_from_baseline
    unit = f" {one.unit}" if one.unit else ""
    spread = (
        one.dispersion_value if one.dispersion_value is not None else f"{one.dispersion_low} to {one.dispersion_high}"
    )
    dispersion = f", {one.dispersion_type.value} {spread}" if one.dispersion_type else ""
    statistic = one.statistic.value if one.statistic else "value"
    return f"{one.arm}: {statistic} {one.value:g}{unit}{''.join(flags)}{dispersion}"


def _comparison(one: AnalysisClaim) -> str:
    """A comparison in words."""
    estimate = f" {one.estimate:g}" if one.estimate is not None else ""
    interval = f" [{one.ci_low:g}, {one.ci_high:g}]" if one.ci_low is not None and one.ci_high is not None else ""
    p = f" p{one.p_modifier.value}{one.p_value:g}" if one.p_value is not None and one.p_modifier else ""
    return f"{one.arm} against {one.comparator}: {one.effect.value}{estimate}{interval}{p}"


@pytest.mark.parametrize(("rule", "case"), FIRING, ids=[f"{r}-{i}" for i, (r, _) in enumerate(FIRING)])
def test_rule_says(rule: str, case: dict[str, Any]) -> None:
    assert said_by(rule, read(case)) == case["claims"]


@pytest.mark.parametrize(("rule", "case"), SILENT, ids=[f"{r}-{i}" for i, (r, _) in enumerate(SILENT)])
def test_rule_is_silent(rule: str, case: dict[str, Any]) -> None:
    assert said_by(rule, read(case)) == []


@pytest.mark.parametrize(("rule", "spec"), DECLARED, ids=[r for r, _ in DECLARED])
def test_spec_is_complete(rule: str, spec: dict[str, Any]) -> None:
    assert len(spec["says"]) >= 3, f"{rule}: at least three sentences that it must read"
    assert spec["silent"], f"{rule}: a sentence where it must stay silent"
    assert spec["about"]


def test_every_rule_with_a_prior_has_a_spec() -> None:
    from trialhouse.extraction.frames.bound import CONFIDENCE

    assert set(CONFIDENCE) <= {rule for rule, _ in DECLARED}
