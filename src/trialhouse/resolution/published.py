"""What an earlier release gave ids to: the keys that name its trials, its redirects, its arms and outcomes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from trialhouse.model.enums import DocumentKind, TrialRole
from trialhouse.model.identifiers import numbering_of
from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    DocumentRow,
    OutcomeRow,
    Row,
    RowSet,
    TrialDocumentRow,
    TrialKeyRow,
    TrialRedirectRow,
    TrialRegistrationRow,
    TrialRow,
)

Design = tuple[ArmRow, tuple[ArmInterventionRow, ...]]
"""An arm's row with those of its interventions."""


class TrialKey(NamedTuple):
    """What names a trial, as trial_keys has it: a tuple, since a release has some for each document."""

    trial_id: str
    scheme: str
    value: str


@dataclass(frozen=True)
class Published:
    """Rows of an earlier release that ids are kept from. The default is a warehouse without any release.

    `trials` are the ids of its trials. `keys` may name trials that are gone from it; they get their id again when
    they come back. `given_away` are the last keys of each trial that was merged into another one, under its own id:
    what is taken apart again is known by them. `brought` are the keys that a trial has had since such a merge.
    """

    trials: frozenset[str] = frozenset()
    keys: tuple[TrialKey, ...] = ()
    redirects: tuple[TrialRedirectRow, ...] = ()
    arms: tuple[ArmRow, ...] = ()
    interventions: tuple[ArmInterventionRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    given_away: tuple[TrialKey, ...] = ()
    brought: tuple[TrialKey, ...] = ()

    @classmethod
    def of(cls, rows: RowSet) -> Self:
        """What these rows would publish, but for what they remember of earlier releases."""
        return cls(
            trials=frozenset(row.trial_id for row in rows.of(TrialRow)),
            keys=tuple(TrialKey(row.trial_id, row.scheme, row.value) for row in rows.of(TrialKeyRow)),
            redirects=tuple(rows.of(TrialRedirectRow)),
            arms=tuple(rows.of(ArmRow)),
            interventions=tuple(rows.of(ArmInterventionRow)),
            outcomes=tuple(rows.of(OutcomeRow)),
        )

    def designs_of(self, trial_id: str) -> list[Design]:
        """The arms that a trial had."""
        return self._designs.get(trial_id, [])

    def outcomes_of(self, trial_id: str) -> list[OutcomeRow]:
        """The outcomes that a trial had."""
        return self._outcomes.get(trial_id, [])

    def of_trial(self, trial_id: str) -> frozenset[Row]:
        """All rows of these that a trial had, of whatever table."""
        designs = self.designs_of(trial_id)
        return frozenset((*(row for arm, given in designs for row in (arm, *given)), *self.outcomes_of(trial_id)))

    @cached_property
    def _designs(self) -> Mapping[str, list[Design]]:
        given: dict[str, list[ArmInterventionRow]] = defaultdict(list)
        for row in self.interventions:
            given[row.arm_id].append(row)
        designs: dict[str, list[Design]] = defaultdict(list)
        for arm in self.arms:
            designs[arm.trial_id].append((arm, tuple(given[arm.arm_id])))
        return designs

    @cached_property
    def _outcomes(self) -> Mapping[str, list[OutcomeRow]]:
        outcomes: dict[str, list[OutcomeRow]] = defaultdict(list)
        for row in self.outcomes:
            outcomes[row.trial_id].append(row)
        return outcomes


NOTHING_PUBLISHED = Published()
NO_ROWS: frozenset[Row] = frozenset()


def keys_without_table(
    registrations: Iterable[TrialRegistrationRow],
    links: Iterable[TrialDocumentRow],
    documents: Iterable[DocumentRow],
) -> tuple[TrialKey, ...]:
    """The keys of a release that has no table of them yet, as far as each names one trial.

    They are the registry ids of its trials (but for two of one registry: a pooled analysis), and the documents of its
    trials with their identifiers. A notice is about a document of a trial, a review about several:
    their own DOIs name none.
    """
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in registrations:
        ids[row.trial_id, numbering_of(row.registry_id)].add(row.registry_id.lower())
    for (trial_id, _), values in ids.items():
        if len(values) == 1:
            named["registry", min(values)].add(trial_id)
    papers = {row.document_id: row for row in documents if row.kind is not DocumentKind.NOTICE}
    for link in links:
        document = papers.get(link.document_id)
        if document is None or link.role is TrialRole.REVIEW_MENTION:
            continue
        named["document", link.document_id].add(link.trial_id)
        for scheme, value in (("doi", document.doi), ("pmid", document.pmid), ("pmcid", document.pmcid)):
            if value:
                named[scheme, value.lower()].add(link.trial_id)
    return tuple(
        TrialKey(trial_id, scheme, value)
        for (scheme, value), trial_ids in sorted(named.items())
        if len(trial_ids) == 1
        for trial_id in trial_ids
    )
