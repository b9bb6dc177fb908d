"""Documents and claims in brief: what a survey of all documents looks at, without words, arms and numbers.

A whole document takes ten times the memory and the time to read. What is left out of a brief is not empty: it is read
from the whole document when somebody asks for it, which a survey does for few.
"""

from collections.abc import Callable, Sequence
from typing import Any

from trialhouse.model.document import Document
from trialhouse.model.extraction import Extraction
from trialhouse.resolution.mistyped_ids import MistypedId, mistyped_ids

Whole = Callable[[str], tuple[Document, tuple[Extraction, ...]]]
"""Reads a document, by its id, with all claims of it."""

HEAD = 120
"""Characters before a registry id that are kept: what stands there says whose id it is."""

SEVERAL_TRIALS = "several_trials"
"""The reason of candidates of registry ids, and the first word of the error, where a text reports several trials."""


class BriefDocument(Document):
    """A document without its words. Of its zones it has those in which a registry id stands, and in `heads` what stands
    before each of them; `slips` are the ids that it has otherwise than a registry writes them.
    """

    heads: dict[int, str]
    slips: tuple[MistypedId, ...]
    whole: Whole

    def __getattr__(self, name: str) -> Any:
        """What was left out, from the whole document."""
        if name not in Document.every_field:
            raise AttributeError(name)
        return getattr(self.whole(self.document_id)[0], name)


class BriefClaims(Extraction):
    """What one document says of one trial, without arms and numbers; `drugs` are those of the arms."""

    drugs: frozenset[str]
    is_of_a_trial: bool
    document_id: str
    at: int
    whole: Whole

    def __getattr__(self, name: str) -> Any:
        """What was left out, from the whole claims."""
        if name not in Extraction.every_field:
            raise AttributeError(name)
        return getattr(self.whole(self.document_id)[1][self.at], name)


def text_before(document: Document, start: int, length: int) -> str:
    """What stands in a document before one of its registry ids, as many characters as there are up to a length."""
    if isinstance(document, BriefDocument) and length <= HEAD:
        return document.heads[start][-length:]
    return document.text[max(0, start - length) : start]


def is_of_a_trial(claims: Extraction) -> bool:
    """Whether claims are about a trial at all: a design, arms, results or a registration."""
    if isinstance(claims, BriefClaims):
        return claims.is_of_a_trial
    trial = claims.trial
    return bool(claims.arms or claims.outcomes or trial.registry_ids or trial.study_type or trial.enrollment)


def drugs_of(claims: Extraction) -> frozenset[str]:
    """What arms are given apart from what every arm is given, in lower case, placebo and the like as well."""
    if isinstance(claims, BriefClaims):
        return claims.drugs
    return frozenset(
        (given.norm or given.name).casefold()
        for arm in claims.arms
        for given in arm.interventions
        if not given.background
    )


def slips_of(document: Document) -> Sequence[MistypedId]:
    """The registry ids with a slip in a document."""
    return document.slips if isinstance(document, BriefDocument) else mistyped_ids(document)
