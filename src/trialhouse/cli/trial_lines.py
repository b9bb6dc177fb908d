"""All that a release says of one trial, as lines for people."""

from collections.abc import Sequence
from typing import Any

from trialhouse.cli.folded import print_folded
from trialhouse.releases.trial_record import Cells, TrialRecord

DESIGN = (
    "study_type",
    "phase",
    "allocation",
    "allocation_ratio",
    "intervention_model",
    "masking",
    "placebo_controlled",
    "enrollment",
    "enrollment_type",
    "site_count",
    "countries",
    "conditions",
    "sponsor",
    "start_date",
    "enrollment_end_date",
    "completion_date",
    "overall_status",
    "evidence_status",
)

BECAME = {
    "RETRACTED": ("retracted", "RETRACTION_OF"),
    "EXPRESSION_OF_CONCERN": ("questioned", "CONCERN_ABOUT"),
    "CORRECTED": ("corrected", "ERRATUM_FOR"),
}
"""What became of a document, by what was said of it: in a word, and how the notice that says so is linked."""

PRECISE = {"year": 4, "month": 7, "day": 10}
"""Characters of a date, as precisely as it was stated."""


def print_record(record: TrialRecord) -> None:
    """Design, arms, outcomes, documents, conflicts, doubts and open alerts, each under its heading if there is any."""
    _print_design(record)
    _print_arms(record)
    _print_outcomes(record)
    _print_documents(record.documents)
    _print_conflicts(record)
    _print_doubtful(record.doubtful)
    _print_alerts(record.alerts)


def _print_design(record: TrialRecord) -> None:
    trial = record.trial
    print_folded(": ".join(text for text in (trial["acronym"], trial["title"]) if text) or trial["trial_id"])
    ids = ", ".join(f"{one['registry_id']} ({one['registry']})" for one in record.registrations)
    print_folded(f"{trial['trial_id']}{', ' + ids if ids else ''}")
    print()
    for name in DESIGN:
        value = _said(trial, name)
        if value:
            proof = "".join(f"  {words}" for words in _quoted(record, trial["trial_id"], (name,)))
            print_folded(f"{name:<20} {value}{proof}", 2)


def _quoted(record: TrialRecord, row_id: str, columns: Sequence[str] = ()) -> list[str]:
    """The words that cells of a row were read from, by document; those of all its cells where none is named."""
    quotes: dict[str, dict[str, None]] = {}
    for one in record.proofs:
        if one["row_id"] == row_id and (not columns or one["column_name"] in columns):
            quotes.setdefault(one["document_id"], {})[f"“{' '.join(one['quote'].split())}”"] = None
    return [f"{', '.join(words)} {document_id}" for document_id, words in quotes.items()]


def _said(trial: Cells, name: str) -> str:
    """A cell of the design as people read it; empty for null."""
    value, precision = trial[name], trial.get(f"{name}_precision")
    if isinstance(value, list | tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return text[: PRECISE[precision]] if precision else text


def _print_arms(record: TrialRecord) -> None:
    _heading("Arms", record.arms)
    for arm in record.arms:
        numbers = [f"{arm[name]:,} {name[2:]}" for name in ("n_randomized", "n_analyzed") if arm[name] is not None]
        factor = [f"factor {arm['factor']}"] if arm["factor"] is not None else []
        print_folded(", ".join([f"{arm['label']} ({arm['arm_type'] or 'type not stated'})", *numbers, *factor]), 2)
        for words in _quoted(record, arm["arm_id"], ("label", "n_randomized", "n_analyzed")):
            print_folded(words, 8)
        for one in arm["interventions"]:
            print_folded(_intervention(one), 4)
            for words in _quoted(record, one["arm_intervention_id"]):
                print_folded(words, 8)


def _intervention(one: Cells) -> str:
    dose = _number(one["dose_value"], one["dose_unit"]) or one["dose_raw"]
    days = f"for {_number(one['duration_days'], 'days')}" if one["duration_days"] is not None else None
    marks = [mark for mark, is_so in (("background", one["is_background"]), ("or", one["is_alternative"])) if is_so]
    norm = one["intervention_norm"]
    known = f"[{norm}]" if norm and norm.lower() != one["intervention_name"].lower() else None
    said = (one["intervention_name"], known, dose, one["route"], one["frequency"], days)
    return " ".join(text for text in said if text) + (f" ({', '.join(marks)})" if marks else "")


def _print_outcomes(record: TrialRecord) -> None:
    _heading("Outcomes", record.outcomes)
    became = {one["document_id"]: _became(one, record.documents) for one in record.documents}
    for outcome in record.outcomes:
        place = [outcome[name] for name in ("time_frame", "population", "subgroup") if outcome[name]]
        print_folded(", ".join([f"{outcome['outcome_type'] or 'OUTCOME'}  {outcome['measure']}", *place]), 2)
        quoted: dict[tuple[str | None, str | None], list[str]] = {}
        for line, number in (
            *((_measurement(record, one), one) for one in outcome["measurements"]),
            *((_analysis(record, one), one) for one in outcome["analyses"]),
        ):
            others = [one for one in number["documents"] if one != number["document_id"]]
            also = f" (also {', '.join(others)})" if others else ""
            mark = became.get(number["document_id"], "")
            quoted.setdefault((number["quote"], number["document_id"]), []).append(line + mark + also)
        for (quote, document_id), lines in quoted.items():
            for line in lines:
                print_folded(line, 4)
            if quote:
                print_folded(f"“{' '.join(quote.split())}” {document_id}", 8)


def _became(document: Cells, documents: Sequence[Cells]) -> str:
    """What became of a document since its numbers were read, and the notices of the trial that say so."""
    said = []
    for status in document["notices"] or ():
        word, method = BECAME[status]
        about = f" {document['document_id']},"
        linked = (one for one in documents if one["method"] == method)
        notices = [one["document_id"] for one in linked if about in (one["reason"] or "")]
        said.append(f"{word} since{': see ' if notices else ''}{', '.join(notices)}")
    return f" ({'; '.join(said)})" if said else ""


def _measurement(record: TrialRecord, one: Cells) -> str:
    arm = record.label_of(one["arm_id"]) or one["group_title"] or "whole trial"
    group = [one[name] for name in ("classification", "category") if one[name]]
    number = f"{one['value_modifier'] or ''}{_number(one['value'], one['unit'])}"
    spread = _number(one["dispersion_value"], one["dispersion_type"])
    ends = _interval(one["dispersion_low"], one["dispersion_high"], one["dispersion_type"], one["ci_pct"])
    count = f"n = {one['n_analyzed']:,}" if one["n_analyzed"] is not None else None
    marks = [
        mark
        for mark, is_so in (("change from baseline", one["is_change_from_baseline"]), ("baseline", one["is_baseline"]))
        if is_so
    ]
    said = [text for text in (number, spread, ends, count, *marks) if text]
    return f"{', '.join([arm, *group])}: {one['statistic'] or one['statistic_raw'] or 'NUMBER'} {', '.join(said)}"


def _analysis(record: TrialRecord, one: Cells) -> str:
    arms = [record.label_of(one[name]) for name in ("arm_id", "comparator_arm_id") if one[name]]
    compared = " against ".join(arms) or " against ".join(one["group_titles"]) or "comparison"
    p_value = f"p {one['p_modifier'] or '='} {_number(one['p_value'], None)}" if one["p_value"] is not None else None
    ends = _interval(one["ci_low"], one["ci_high"], "CI", one["ci_pct"])
    said = [text for text in (_number(one["estimate"], one["unit"]), ends, p_value, one["method"]) if text]
    return f"{compared}: {one['effect'] or one['effect_raw'] or 'COMPARISON'} {', '.join(said)}"


def _interval(low: float | None, high: float | None, kind: str | None, level: float | None) -> str:
    if low is None and high is None:
        return ""
    name = f"{_number(level, '%')} {kind or ''}".strip() if level is not None else kind or "interval"
    return f"{name} {_number(low, None) or '…'} to {_number(high, None) or '…'}"


def _number(value: float | None, unit: str | None) -> str:
    """A number without a needless '.0', and its unit; empty for null."""
    if value is None:
        return ""
    text = f"{value:.15g}"
    return text if unit is None else f"{text}{'' if unit == '%' else ' '}{unit}"


def _print_documents(documents: Sequence[Cells]) -> None:
    _heading("Documents", documents)
    for one in documents:
        numbers = [f"{name} {one[name]}" for name in ("pmid", "pmcid", "doi") if one[name]]
        status = list(one["notices"] or ())
        kind = f"{one['source']} {one['kind'] or 'document'}"
        facts = [one["role"] or "no role", kind, *status, *numbers, one["document_id"]]
        print_folded(", ".join(facts), 2)
        sure = f" (confidence {_number(one['confidence'], None)})"
        for text in (one["title"], one["url"], f"linked by {one['method']}{sure}: {one['reason']}"):
            if text:
                print_folded(text, 4)


def _print_conflicts(record: TrialRecord) -> None:
    _heading("Conflicts", record.conflicts)
    places = _places(record)
    for one in record.conflicts:
        kept = f"{one['kept_value']} kept ({one['kept_document_id']})"
        other = f"{one['other_value']} says {one['other_document_id']}"
        print_folded(f"{one['table_name']}.{one['column_name']}: {kept}, {other}; {one['rule']}", 2)
        for text in (
            places.get(one["row_id"]),
            f"“{' '.join(one['other_quote'].split())}”" if one["other_quote"] else None,
        ):
            if text:
                print_folded(text, 4)


def _places(record: TrialRecord) -> dict[str, str]:
    """What a row is about, by its id; the trial itself needs no words."""
    places = {arm["arm_id"]: f"arm {arm['label']}" for arm in record.arms}
    for arm in record.arms:
        places |= {
            one["arm_intervention_id"]: f"{one['intervention_name']} of {arm['label']}" for one in arm["interventions"]
        }
    for outcome in record.outcomes:
        about = ", ".join(outcome[name] for name in ("measure", "time_frame") if outcome[name])
        places[outcome["outcome_id"]] = about
        places |= {one["measurement_id"]: f"{about}: {_measurement(record, one)}" for one in outcome["measurements"]}
        places |= {one["analysis_id"]: f"{about}: {_analysis(record, one)}" for one in outcome["analyses"]}
    return places


def _print_doubtful(pairs: Sequence[Cells]) -> None:
    _heading("May be the same, for you to judge", pairs)
    for one in pairs:
        alike = f" ({_number(one['score'], None)})" if one["score"] is not None else ""
        print_folded(f"{one['subject']}s {one['left_id']} and {one['right_id']}, by {one['method']}{alike}", 2)
        print_folded(one["reason"], 4)


def _print_alerts(alerts: Sequence[Cells]) -> None:
    _heading("Open alerts", alerts)
    for one in alerts:
        print_folded(f"{one['severity']}  {one['check_id']}  {one['alert_id']}", 2)
        print_folded(one["message"], 4)


def _heading(name: str, rows: Sequence[Any]) -> None:
    if rows:
        print(f"\n{name} ({len(rows):,})")
