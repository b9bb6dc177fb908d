"""Documents and claims in brief: what a survey of all documents looks at, without words, arms and numbers.

A whole document takes thirty times the memory and ten times the time to read. What is left out of a brief is not empty:
it is read from the whole document when somebody asks for it, which a survey does for few. What a brief has and is blank
takes no memory either: it is not among its values, and is answered with the default of its class.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import ArmClaim, Extraction, TrialClaim
from trialhouse.resolution.mistyped_ids import MistypedId, mistyped_ids
from trialhouse.resolution.own_ids import own_claims
from trialhouse.resolution.pooling import pooling_in_text
from trialhouse.resolution.short_names import names_in_text
from trialhouse.resolution.stated_ids import Standing, standings

Whole = Callable[[str], tuple[Document, tuple[Extraction, ...]]]
"""Reads a document, by the name of its reading, with all claims of it."""

HEAD = 120
"""Characters before a registry id that are kept: what stands there says whose id it is."""

SEVERAL_TRIALS = "several_trials"
"""The reason of candidates of registry ids, and the first word of the error, where a text reports several trials."""


KEPT_OF_DOCUMENT = frozenset(
    {
        "document_id",
        "format",
        "kind",
        "title",
        "journal",
        "published",
        "publication_types",
        "language",
        "doi",
        "pmid",
        "pmcid",
        "registry_ids",
        "cites",
        "cited_registry_ids",
        "relations",
        "notices",
        "license",
        "text_mining_reservation",
    }
)
"""What is kept of a document, beside the source of its receipt and the zones in which registry ids stand."""

KEPT_OF_CLAIMS = frozenset({"id", "trial", "error"})
"""What is kept of the claims of one trial, beside the candidates of registry ids."""


class BriefDocument(Document):
    """A document without its words. Of its zones it has those in which a registry id stands, and in `heads` what stands
    before each of them; `slips` are the ids that it has otherwise than a registry writes them, `not_stated` those that
    are not stated as its registration, `pooling` says what it is that puts trials together, `names` are the short names
    in a page of news. `reading` is the name of its reading.
    """

    heads: dict[int, str] = {}
    slips: tuple[MistypedId, ...] = ()
    not_stated: tuple[tuple[str, Standing], ...] = ()
    pooling: str | None = None
    names: tuple[str, ...] = ()
    reading: str
    whole: Whole

    def __getattr__(self, name: str) -> Any:
        """What is blank, and what was left out, from the whole document."""
        if name in _BLANK_IN_DOCUMENT:
            return self.defaults[name]
        if name not in Document.every_field:
            raise AttributeError(name)
        return getattr(self.whole(self.reading)[0], name)


class BriefTrial(TrialClaim):
    """The design facts of one trial without what they were read from."""

    def __getattr__(self, name: str) -> Any:
        """What is blank."""
        if name not in self.defaults:
            raise AttributeError(name)
        return self.defaults[name]


class BriefClaims(Extraction):
    """What one document says of one trial, without arms and numbers; `drugs` are those of the arms, `in_arms` is how
    many participants these have together, and `at` is the place of the claims among those of their document, which is
    `of`.
    """

    drugs: tuple[str, ...] = ()
    in_arms: int | None = None
    is_of_a_trial: bool = True
    at: int = 0
    of: BriefDocument

    def __getattr__(self, name: str) -> Any:
        """What is blank, and what was left out, from the whole claims."""
        if name in _BLANK_IN_CLAIMS:
            return self.defaults[name]
        if name not in Extraction.every_field:
            raise AttributeError(name)
        return getattr(self.of.whole(self.of.reading)[1][self.at], name)


_BLANK_IN_DOCUMENT = KEPT_OF_DOCUMENT | {"zones", "heads", "slips", "not_stated", "pooling", "names"}
_BLANK_IN_CLAIMS = KEPT_OF_CLAIMS | {"candidates", "drugs", "in_arms", "is_of_a_trial", "at"}


def text_before(document: Document, start: int, length: int) -> str:
    """What stands in a document before one of its registry ids, as many characters as there are up to a length."""
    if isinstance(document, BriefDocument) and length <= HEAD:
        return document.heads[start][-length:]
    return document.text[max(0, start - length) : start]


def standings_of(document: Document) -> Mapping[str, Standing]:
    """How a document has each of its registry ids; one that is not there is a stated registration."""
    return dict(document.not_stated) if isinstance(document, BriefDocument) else standings(document)


def pooling_of(document: Document) -> str | None:
    """What an abstract is that pools trials or compares them indirectly, by its text."""
    return document.pooling if isinstance(document, BriefDocument) else pooling_in_text(document)


def claims_of(document: Document, claims: Sequence[Extraction]) -> list[Extraction]:
    """Claims with the registry ids alone that are the document's own; those in brief were made of such."""
    if isinstance(document, BriefDocument):
        return list(claims)
    return [own_claims(document, one) for one in claims]


def is_of_a_trial(claims: Extraction) -> bool:
    """Whether claims are about a trial at all: a design, arms, results or a registration."""
    if isinstance(claims, BriefClaims):
        return claims.is_of_a_trial
    trial = claims.trial
    return bool(claims.arms or claims.outcomes or trial.registry_ids or trial.study_type or trial.enrollment)


def drugs_of(claims: Extraction) -> frozenset[str]:
    """What arms are given apart from what every arm is given, in lower case, placebo and the like as well."""
    if isinstance(claims, BriefClaims):
        return frozenset(claims.drugs)
    return frozenset(
        (given.norm or given.name).casefold()
        for arm in claims.arms
        for given in arm.interventions
        if not given.background
    )


def arm_sizes(arms: Sequence[ArmClaim]) -> tuple[int, ...]:
    """How many participants each arm has, the smallest first; nothing where one has no number, or there is one only."""
    sizes = [arm.n_randomized or arm.n_analyzed for arm in arms if not arm.is_result_group]
    return tuple(sorted(filter(None, sizes))) if len(sizes) > 1 and all(sizes) else ()


def participants_in_arms(claims: Extraction) -> int | None:
    """How many participants the arms have together; None where one of them has no number."""
    return claims.in_arms if isinstance(claims, BriefClaims) else sum(arm_sizes(claims.arms)) or None


def names_of_page(document: Document) -> Sequence[str]:
    """The short names that stand in a page of news, which may name the trial that it is about nowhere else."""
    if isinstance(document, BriefDocument):
        return document.names
    return names_in_text(document.text) if document.kind is DocumentKind.NEWS else ()


def slips_of(document: Document) -> Sequence[MistypedId]:
    """The registry ids with a slip in a document."""
    return document.slips if isinstance(document, BriefDocument) else mistyped_ids(document)
