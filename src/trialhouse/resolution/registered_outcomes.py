"""The primary outcomes of a paper against those that its trial was registered with.

Four things are told, as conflicts of `outcomes` between a registry record and a paper: an outcome that changed places
(registered primary and reported secondary, or the reverse, at whatever time), a primary outcome of the paper that the
registry does not have, a registered one that the paper does not report, and a time frame that differs (the categories
of Mathieu et al., Comparison of registered and published primary outcomes in randomized controlled trials, JAMA
2009;302:977-984).

What is told wrongly is worse than what is not told: a paper that names a registered outcome as its primary one, even
among others, is a report of the trial, and nothing is said but of its time. A paper is held against the registry only
where a sentence calls a measure primary, and only by measures that both sides call by a name of the vocabulary.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trialhouse.model.document import Document, ZoneKind
from trialhouse.model.enums import DocumentKind, OutcomeType
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import OutcomeClaim
from trialhouse.model.identifiers import numbering_of
from trialhouse.model.tables import ConflictRow, RowSet
from trialhouse.resolution.measure_likeness import Likeness, Measure, MeasureNames, likeness
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.survivors import conflict
from trialhouse.resolution.trials import Cluster
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.sentences import sentences

NOT_THERE = "not stated"
"""The value of the side that does not have the outcome at all."""
SWITCHED, ADDED, MISSING, TIME_FRAME = "outcome_switched", "outcome_added", "outcome_missing", "time_frame_differs"
"""The rules of these conflicts."""

PAPERS = frozenset({DocumentKind.FULLTEXT, DocumentKind.ABSTRACT, DocumentKind.PREPRINT})
"""Kinds that report a trial themselves; a portal and the news retell a paper."""

REGISTERED = frozenset({OutcomeType.PRIMARY, OutcomeType.SECONDARY, OutcomeType.OTHER_PRE_SPECIFIED})

_PRIMARY = lazy_compile(
    r"\b(?:co-?)?primary (?:\w+ ){0,2}(?:end ?-?points?|outcomes?|objectives?|measures?|variables?)\b", re.I
)
_OTHER_PRIMARY = lazy_compile(r"\bsecondary\b|post[- ]hoc|this (?:sub-?study|analysis|report)|not? (?:met|reach)", re.I)
"""A sentence that also says this may call something else primary."""

_SECOND_REPORT = lazy_compile(
    r"post[- ]hoc|secondary|exploratory|sub-?(?:group|study|analys)|extension|pooled|long[- ]term|follow[- ]?up|interim"
    r"|protocol|rationale|design|baseline|cost|economic|pharmacokinetic|meta-?analys|predict|associat|correction|erratum",
    re.I,
)
"""Titles of papers that are not the report of a trial's primary outcome."""

_OPEN_TIME = lazy_compile(
    r"up to|through|until|approximately|about|maximum|average|median|event|progress|whichever|follow", re.I
)
"""A time frame that ends when something happens, or some time after."""

SAME_TIME = 0.1
"""Times that differ by this share of the longer one are one time: 24 weeks and 6 months, 48 weeks and a year."""

Said = tuple[Mention, OutcomeClaim, Measure]
"""What a document says of an outcome, and of what measure it is."""


@dataclass(frozen=True)
class _Report:
    """A paper, as far as it is held against the registry.

    `called` are the primary outcomes that a sentence calls so, with the sentence; `primary` all that were read as
    such; `claims` all outcomes; `named` are the names of measures in all those sentences.
    """

    mention: Mention
    called: tuple[tuple[Said, Evidence], ...]
    primary: tuple[Said, ...]
    claims: tuple[Said, ...]
    named: frozenset[str]


def add_registered_outcomes(
    cluster: Cluster, outcome_id: Callable[[Mention, OutcomeClaim], str], names: MeasureNames, rows: RowSet
) -> None:
    """Add the conflicts between what was registered and what papers report; `outcome_id` finds the row of a claim."""
    registered = _said(cluster, names, {DocumentKind.REGISTRY}, REGISTERED)
    planned = [said for said in registered if said[1].outcome_type is OutcomeType.PRIMARY]
    if not planned:
        return
    reports = list(_reports(cluster, names))
    others = [report for report in reports if not _is_of(planned, report)]
    found: list[ConflictRow] = []
    for report in reports:
        if report not in others:
            found += _times(planned, registered, report, outcome_id)
    if len(others) == len(reports):  # else these are second reports of a trial that another one reports
        for report in others:
            found += _changes(planned, registered, report, outcome_id)
            found += _times(registered, registered, report, outcome_id)
    known = {_key(row) for row in rows.of(ConflictRow)}
    for row in found:
        if _key(row) not in known:
            known.add(_key(row))
            rows.add(row)


def _is_of(planned: list[Said], report: _Report) -> bool:
    """Whether a paper's primary outcomes may be among those registered: if any of them cannot be told apart."""
    return any(
        likeness(plan, one) is not Likeness.DIFFERENT or plan.norms & report.named
        for _, _, plan in planned
        for _, _, one in report.primary
    )


def _changes(
    planned: list[Said],
    registered: list[Said],
    report: _Report,
    outcome_id: Callable[[Mention, OutcomeClaim], str],
) -> Iterator[ConflictRow]:
    """What a paper calls primary and was not registered as such, and what was and the paper does not."""
    sentence = report.called[0][1]
    for (mention, claim, measure), evidence in report.called:
        same = _same(registered, measure, claim)
        if same is not None:
            row = ("outcomes", outcome_id(same[0], same[1]))
            kept = (same[0], same[1].outcome_type)
            yield conflict(row, "outcome_type", kept, (mention, OutcomeType.PRIMARY), evidence=evidence, rule=SWITCHED)
        elif all(likeness(measure, one) is Likeness.DIFFERENT for _, _, one in registered):
            row = ("outcomes", outcome_id(mention, claim))
            kept, other = (mention, OutcomeType.PRIMARY), (planned[0][0], NOT_THERE)
            yield conflict(row, "outcome_type", kept, other, evidence=None, rule=ADDED)
    for plan, claim, measure in planned:
        row, kept = ("outcomes", outcome_id(plan, claim)), (plan, OutcomeType.PRIMARY)
        same = _same(report.claims, measure, claim)
        if same is not None and same[1].outcome_type is OutcomeType.SECONDARY:
            other = (report.mention, OutcomeType.SECONDARY)
            yield conflict(row, "outcome_type", kept, other, evidence=same[1].evidence.get("measure"), rule=SWITCHED)
        elif all(likeness(measure, one) is Likeness.DIFFERENT for _, _, one in report.claims):
            yield conflict(row, "outcome_type", kept, (report.mention, NOT_THERE), evidence=sentence, rule=MISSING)


def _times(
    plans: list[Said],
    registered: list[Said],
    report: _Report,
    outcome_id: Callable[[Mention, OutcomeClaim], str],
) -> Iterator[ConflictRow]:
    """Primary outcomes of a paper whose times differ from that of a plan of their measure: each side says one only."""
    for (mention, claim, measure), evidence in report.called:
        same = [said for said in plans if likeness(measure, said[2]) is Likeness.SAME]
        # What may be the same measure at another time counts, too: then the paper may speak of that one.
        times = {one.time_frame_weeks for _, one, of in registered if likeness(measure, of) is not Likeness.DIFFERENT}
        told = {one.time_frame_weeks for _, one, of in report.primary if likeness(measure, of) is Likeness.SAME}
        if len(times) != 1 or len(told) != 1 or not same or not _is_one_time(same[0][1], claim, evidence):
            continue
        plan = same[0]
        if _differ(plan[1], claim):
            row = ("outcomes", outcome_id(plan[0], plan[1]))
            kept, other = (plan[0], plan[1].time_frame), (mention, claim.time_frame)
            yield conflict(row, "time_frame", kept, other, evidence=evidence, rule=TIME_FRAME)


def _is_one_time(plan: OutcomeClaim, claim: OutcomeClaim, evidence: Evidence) -> bool:
    """Whether both say one time, and the paper its own alone in the sentence that calls the outcome primary."""
    frame, words = plan.time_frame or "", claim.time_frame or ""
    is_open = _OPEN_TIME.search(f"{frame} {words}") is not None
    numbers = [number for number in re.findall(r"\d+", frame) if number != "0"]
    is_clear = len(numbers) == 1 and not re.search(rf"\b{numbers[0]}\b", evidence.quote)
    return is_clear and bool(words) and words in evidence.quote and not is_open


def _differ(one: OutcomeClaim, other: OutcomeClaim) -> bool:
    """Whether both times are known and are not one time."""
    if one.time_frame_weeks is None or other.time_frame_weeks is None:
        return False
    weeks = (one.time_frame_weeks, other.time_frame_weeks)
    return max(weeks) - min(weeks) > SAME_TIME * max(weeks)


def _reports(cluster: Cluster, names: MeasureNames) -> Iterator[_Report]:
    """The papers of a trial in which a sentence calls a measure primary."""
    for mention in cluster.mentions:
        if not _reports_the_trial(mention):
            continue
        claims = tuple(
            (mention, claim, names.measure(claim.measure, claim.norm))
            for claim in mention.claims.outcomes
            if claim.subgroup is None
        )
        primary = tuple(said for said in claims if said[1].outcome_type is OutcomeType.PRIMARY)
        spoken = [(evidence, names.measure(evidence.quote)) for evidence in _primary_sentences(mention.document)]
        called = tuple(
            (said, evidence)
            for said in primary
            for evidence in [next((e for e, named in spoken if said[2].norms & named.norms), None)]
            if evidence is not None
        )
        if called:
            yield _Report(mention, called, primary, claims, frozenset().union(*(one.norms for _, one in spoken)))


def _reports_the_trial(mention: Mention) -> bool:
    """Whether a document is a paper on this trial alone, by its kind, its title and the registry ids that it names."""
    numberings = [numbering_of(value) for value in mention.claims.trial.registry_ids]
    is_alone = len(set(numberings)) == len(numberings) and mention.number is None
    return mention.document.kind in PAPERS and is_alone and not _SECOND_REPORT.search(mention.document.title or "")


def _primary_sentences(document: Document) -> Iterator[Evidence]:
    """The sentences of the text proper that call something primary and nothing secondary, where they stand."""
    view = document.prose or document
    for zone in view.zones:
        if zone.kind is not ZoneKind.BODY:
            continue
        for start, end in sentences(view.text, zone.start, zone.end):
            words = view.text[start:end]
            if _PRIMARY.search(words) and not _OTHER_PRIMARY.search(words):
                place = (start, end) if document.prose is None else document.prose.in_file(start, end)[:2]
                yield Evidence.of(document.text, *place)


def _said(cluster: Cluster, names: MeasureNames, kinds: set[DocumentKind], types: frozenset[OutcomeType]) -> list[Said]:
    """Every outcome that documents of these kinds have under these types, once a document, measure and time."""
    found: dict[tuple[object, ...], Said] = {}
    for mention in cluster.mentions:
        for claim in mention.claims.outcomes if mention.document.kind in kinds else ():
            if claim.outcome_type in types:
                key = (mention.document.document_id, claim.outcome_type, claim.measure, claim.time_frame)
                found.setdefault(key, (mention, claim, names.measure(claim.measure, claim.norm)))
    return list(found.values())


def _same(said: "list[Said] | tuple[Said, ...]", measure: Measure, claim: OutcomeClaim) -> Said | None:
    """What was said of the same measure: at the same time where there is such a one, else at another."""
    same = [one for one in said if likeness(measure, one[2]) is Likeness.SAME]
    return next((one for one in same if not _differ(one[1], claim)), same[0] if same else None)


def _key(row: ConflictRow) -> tuple[str, ...]:
    return row.table_name, row.row_id, row.column_name, row.other_document_id, row.other_value
