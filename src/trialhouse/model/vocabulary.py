"""The reviewed knowledge of `seeds/`: names of interventions, outcome measures and units.

Terms are named tuples: there are tens of thousands, which every command that reads documents makes as it starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from trialhouse.model.enums import Route


class InterventionTerm(NamedTuple):
    """One name that texts use for an intervention: `name` as written, `norm` its preferred name, `code` its id."""

    name: str
    norm: str
    code: str | None = None


class MeasureTerm(NamedTuple):
    """One name of an outcome measure; `kind` is binary, continuous, time_to_event or count.

    `better` says which way the measure goes when patients do well: higher, lower, or none where that depends.
    """

    name: str
    norm: str
    kind: str | None = None
    better: str | None = None


class UnitTerm(NamedTuple):
    """One surface form of a unit: the word the warehouse uses for it and its UCUM code."""

    name: str
    unit: str
    ucum: str | None = None


class RouteTerm(NamedTuple):
    """One word for a route of administration."""

    name: str
    route: Route


class RuleConfidence(NamedTuple):
    """How often a rule of extraction is right, as measured on labelled texts: between 0 and 1."""

    rule: str
    confidence: float


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All terms, each list sorted by name; `rules` are the measured ones, sorted by rule. Equal to itself alone."""

    interventions: tuple[InterventionTerm, ...] = ()
    measures: tuple[MeasureTerm, ...] = ()
    units: tuple[UnitTerm, ...] = ()
    routes: tuple[RouteTerm, ...] = ()
    rules: tuple[RuleConfidence, ...] = ()

    @cached_property
    def ucum(self) -> Mapping[str, str | None]:
        """The UCUM code of each unit, by its name and as it is written."""
        return {term.name: term.ucum for term in self.units} | {term.unit: term.ucum for term in self.units}
