"""What the page of a trial shows, made of the trial's record: facts with their sentences, outcomes with plots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trialhouse.model.enums import EvidenceStatus, OutcomeType
from trialhouse.quality.passages import modifier_in
from trialhouse.releases.trial_record import TrialRecord
from trialhouse.review.arm_plots import arm_plots
from trialhouse.review.axis import round_text
from trialhouse.review.forest import forests, overview
from trialhouse.review.plot import Cells, Plot
from trialhouse.review.render import rule_said, words
from trialhouse.review.sentences import Sentences, place

FACTS = (
    ("study_type", "study"),
    ("phase", "phase"),
    ("allocation", "allocation"),
    ("allocation_ratio", "ratio"),
    ("intervention_model", "model"),
    ("masking", "masking"),
    ("placebo_controlled", "placebo-controlled"),
    ("enrollment", "participants"),
    ("conditions", "conditions"),
    ("site_count", "sites"),
    ("countries", "countries"),
    ("sponsor", "sponsor"),
    ("start_date", "start"),
    ("enrollment_end_date", "end of enrollment"),
    ("completion_date", "completion"),
    ("overall_status", "status"),
)

TYPES = (
    (OutcomeType.PRIMARY.value, "Primary outcomes"),
    (OutcomeType.SECONDARY.value, "Secondary outcomes"),
    (OutcomeType.OTHER_PRE_SPECIFIED.value, "Other pre-specified outcomes"),
    (OutcomeType.POST_HOC.value, "Post hoc outcomes"),
    (None, "Outcomes of no stated type"),
    (OutcomeType.ADVERSE_EVENT.value, "Adverse events"),
)

PRECISE = {"year": 4, "month": 7, "day": 10}
"""Characters of a date, as precisely as it was stated."""

MOST_OPEN_LINES = 24
"""So many lines of plots are unfolded when the page is opened, primary outcomes first."""

MOST_LINES = 1000
"""So many lines of plots are on a page; what more outcomes have is a click away."""


@dataclass(frozen=True)
class Fact:
    """A cell of the design with the address of its sentence."""

    name: str
    value: str
    link: str | None


@dataclass(frozen=True)
class OutcomeView:
    """An outcome with its plots: of effects, then of the arms' numbers; without them where the page is full."""

    outcome_id: str
    measure: str
    link: str | None
    about: str
    effects: Sequence[Plot]
    values: Sequence[Plot]
    numbers: int
    is_open: bool
    is_shown: bool


@dataclass(frozen=True)
class OutcomeGroup:
    """The outcomes of a type: those with numbers, and those that are only named."""

    title: str
    outcomes: Sequence[OutcomeView]
    named: Sequence[OutcomeView]


@dataclass(frozen=True)
class Side:
    """One side of a conflict; `source` is the kind of document that says so."""

    value: str
    link: str
    source: str


@dataclass(frozen=True)
class ConflictView:
    """Two documents that say different things: about what, what was kept, and what was not."""

    about: str
    column: str
    kept: Side
    other: Side
    other_quote: str
    rule: str


STATUS = {
    EvidenceStatus.RETRACTED.value: "retracted",
    EvidenceStatus.EXPRESSION_OF_CONCERN.value: "with an expression of concern",
    EvidenceStatus.CORRECTED.value: "corrected",
}
"""What a notice makes of a document, in words."""


def with_remarks(record: TrialRecord) -> TrialRecord:
    """The record, whose numbers say so when they were read from a document that was taken back or is in doubt."""
    words = {
        EvidenceStatus.RETRACTED.value: "from a retracted document",
        EvidenceStatus.EXPRESSION_OF_CONCERN.value: "from a document of concern",
    }
    said = {
        one["document_id"]: words[one["evidence_status"]] for one in record.documents if one["evidence_status"] in words
    }
    if not said:
        return record

    def remarked(rows: Sequence[Cells]) -> list[Cells]:
        return [row | {"remark": said.get(row["document_id"], "")} for row in rows]

    outcomes = [
        outcome | {name: remarked(outcome[name]) for name in ("measurements", "analyses")}
        for outcome in record.outcomes
    ]
    return replace(record, outcomes=outcomes)


def row_ids(record: TrialRecord) -> list[str]:
    """The ids of the rows whose sentences the page links to."""
    ids = [record.trial["trial_id"]]
    for arm in record.arms:
        ids += [arm["arm_id"], *(one["arm_intervention_id"] for one in arm["interventions"])]
    for outcome in record.outcomes:
        ids.append(outcome["outcome_id"])
        ids += [one["measurement_id"] for one in outcome["measurements"]]
        ids += [one["analysis_id"] for one in outcome["analyses"]]
    return ids


def facts(record: TrialRecord, sentences: Sentences) -> list[Fact]:
    """The design, without what nobody states."""
    found = []
    for column, name in FACTS:
        value = _said(record.trial, column)
        if value:
            found.append(Fact(name, value, sentences.link("trials", record.trial["trial_id"], (column,))))
    return found


def _said(trial: Cells, column: str) -> str:
    """A cell as people read it; empty for null."""
    value, precision = trial[column], trial.get(f"{column}_precision")
    if value is None or value in ("NA", [], ()):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        kind = trial["enrollment_type"] if column == "enrollment" else None
        return f"{value:,} ({words(kind)})" if kind else f"{value:,}"
    if column == "phase":
        return phase_said(value)
    if column == "masking":
        return "open label" if value == "NONE" else words(value)
    return str(value)[: PRECISE[precision]] if precision else words(value)


def phase_said(phase: str | None) -> str:
    """The number of a phase: '2/3', 'early 1'; empty for none."""
    return "" if phase in (None, "NA") else str(phase).replace("EARLY_", "early ").replace("PHASE", "")


def intervention_said(one: Cells) -> str:
    """An intervention with its dose, route and frequency."""
    dose = round_text(one["dose_value"]) + f" {one['dose_unit'] or ''}" if one["dose_value"] is not None else ""
    days = f"for {round_text(one['duration_days'])} days" if one["duration_days"] is not None else ""
    said = (one["intervention_name"], dose.strip() or one["dose_raw"], words(one["route"]), one["frequency"], days)
    return ", ".join(text for text in said if text)


def outcome_groups(record: TrialRecord, sentences: Sentences, wanted: str = "") -> list[OutcomeGroup]:
    """The outcomes with their plots, primary ones first, and as many unfolded as people can look over.

    The one whose id is `wanted` is shown and unfolded, however many there are.
    """
    groups: list[OutcomeGroup] = []
    lines = 0
    for kind, title in TYPES:
        views: list[OutcomeView] = []
        named: list[OutcomeView] = []
        for outcome in sorted((one for one in record.outcomes if one["outcome_type"] == kind), key=_order):
            numbers = len(outcome["analyses"]) + len(outcome["measurements"])
            lines += numbers
            is_wanted = outcome["outcome_id"] == wanted
            is_open, is_shown = is_wanted or lines <= MOST_OPEN_LINES, is_wanted or lines <= MOST_LINES
            (views if numbers else named).append(_outcome(record, outcome, sentences, is_open, is_shown))
        if views or named:
            groups.append(OutcomeGroup(title, views, named))
    return groups


def effects_of_all(record: TrialRecord, sentences: Sentences) -> list[Plot]:
    """The ratios of all outcomes side by side, primary ones first."""
    place_of = {kind: number for number, (kind, _) in enumerate(TYPES)}
    outcomes = sorted(record.outcomes, key=lambda one: (place_of.get(one["outcome_type"], len(place_of)), _order(one)))
    return overview(outcomes, record.label_of, sentences.link)


def _order(outcome: Cells) -> tuple[str, float, str]:
    days = outcome["time_frame_days"]
    return outcome["measure"].casefold(), float("inf") if days is None else days, outcome["outcome_id"]


def _outcome(record: TrialRecord, outcome: Cells, sentences: Sentences, is_open: bool, is_shown: bool) -> OutcomeView:
    about = [outcome[name] for name in ("time_frame", "population", "subgroup") if outcome[name]]
    return OutcomeView(
        outcome_id=outcome["outcome_id"],
        measure=outcome["measure"],
        link=sentences.link("outcomes", outcome["outcome_id"], ("measure",)),
        about=" · ".join(about),
        effects=forests(outcome["analyses"], record.label_of, sentences.link) if is_shown else (),
        values=arm_plots(outcome["measurements"], record.label_of, sentences.link) if is_shown else (),
        numbers=len(outcome["analyses"]) + len(outcome["measurements"]),
        is_open=is_open,
        is_shown=is_shown,
    )


def conflict_views(record: TrialRecord, sentences: Sentences) -> list[ConflictView]:
    """What documents of the trial disagree about, each side with the place where it is said."""
    names = _names_of_rows(record)
    modifiers = _modifiers(record)
    kinds = {one["document_id"]: one["kind"] or "document" for one in record.documents}
    return [
        ConflictView(
            about=names.get((one["table_name"], one["row_id"]), words(one["table_name"])),
            column=words(one["column_name"]).replace("_", " "),
            kept=Side(
                modifiers.get((one["row_id"], one["column_name"]), "") + one["kept_value"],
                sentences.link(one["table_name"], one["row_id"], (one["column_name"],))
                or place(one["kept_document_id"]),
                kinds.get(one["kept_document_id"], "another document"),
            ),
            other=Side(
                modifier_in(one["other_quote"] or "", one["other_value"]) + one["other_value"],
                place(one["other_document_id"], one["other_span_start"], one["other_span_end"]),
                kinds.get(one["other_document_id"], "another document"),
            ),
            other_quote=one["other_quote"] or "",
            rule=rule_said(one["rule"]),
        )
        for one in record.conflicts
    ]


def _modifiers(record: TrialRecord) -> Mapping[tuple[str, str], str]:
    """What stands before the cells that are bounds, by row and column."""
    return {
        (one[key], column): one[said]
        for outcome in record.outcomes
        for rows, key, column, said in (
            (outcome["analyses"], "analysis_id", "p_value", "p_modifier"),
            (outcome["measurements"], "measurement_id", "value", "value_modifier"),
        )
        for one in rows
        if one[said] not in (None, "=")
    }


def _names_of_rows(record: TrialRecord) -> Mapping[tuple[str, str], str]:
    """What people know the rows of the record by."""
    names = {("trials", record.trial["trial_id"]): "the trial"}
    for arm in record.arms:
        names["arms", arm["arm_id"]] = arm["label"]
        names |= {
            ("arm_interventions", one["arm_intervention_id"]): f"{one['intervention_name']} of {arm['label']}"
            for one in arm["interventions"]
        }
    for outcome in record.outcomes:
        names["outcomes", outcome["outcome_id"]] = outcome["measure"]
        for table, key, rows in (
            ("outcome_measurements", "measurement_id", outcome["measurements"]),
            ("outcome_analyses", "analysis_id", outcome["analyses"]),
        ):
            names |= {(table, one[key]): f"{outcome['measure']}, {record.label_of(one['arm_id'])}" for one in rows}
    return names
