"""The registry ids that are a document's own among those that were read from it.

Two ids of different registries are of one trial where both are stated as its registrations. A number that the text only
mentions while another one is stated is no second id of that trial: the text speaks of two.
"""

from collections.abc import Iterator, Mapping, Sequence, Set

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import Extraction
from trialhouse.model.identifiers import find_registry_ids, normalise_registry_id, numbering_of
from trialhouse.resolution.stated_ids import Standing, standings
from trialhouse.text.sentences import sentences

_OF_ONE_TRIAL = (DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PREPRINT)
SEVERAL_REGISTRATIONS = "several_registrations"
"""The reason of candidates of registry ids where a text names two of one registry and reports on them as one."""


def own_claims(document: Document, claims: Extraction) -> Extraction:
    """Claims with the registry ids alone that are the document's own; the same claims where all of them are.

    A text that names two ids of one registry was read without any: its own is then the one that it states.
    """
    named = claims.trial.registry_ids
    several = () if named else _several(claims)
    if not (named or several):
        unread = _unread(document, claims)
        return with_ids(document, claims, unread) if unread else claims
    found = standings(document)
    standing = {value: found.get(value, Standing.STATED if named else Standing.TOLD) for value in named or several}
    own = tuple(_own(standing))
    if several and not _are_of_one_trial(document, own, standing):
        return claims
    return claims if own == named else _with_ids(claims, own)


def with_ids(document: Document, claims: Extraction, own: Sequence[str]) -> Extraction:
    """Claims with other registry ids, and with the place of the first of these as their evidence."""
    evidence = dict(claims.trial.evidence)
    evidence.pop("registry_ids", None)
    if own and (found := _place(document, own[0])) is not None:
        evidence["registry_ids"] = found
    trial = claims.trial.model_copy(update={"registry_ids": tuple(own), "evidence": evidence})
    return claims.model_copy(update={"trial": trial})


def _with_ids(claims: Extraction, own: tuple[str, ...]) -> Extraction:
    return claims.model_copy(update={"trial": claims.trial.model_copy(update={"registry_ids": own})})


def _several(claims: Extraction) -> tuple[str, ...]:
    """The ids of a text that names two of one registry and was read as one report."""
    found = [
        normalise_registry_id(one.quote)
        for one in claims.candidates
        if one.kind == "registry_id" and one.reason == SEVERAL_REGISTRATIONS
    ]
    return tuple(dict.fromkeys(one[1] for one in found if one is not None))


def _unread(document: Document, claims: Extraction) -> tuple[str, ...]:
    """The id of a report that was read as if it were another trial's, and that the text has as its own.

    "We describe the patients of RIVER (NCT…) and compare them with those of other trials."
    """
    if (
        document.kind not in _OF_ONE_TRIAL
        or claims.error
        or any(one.kind == "registry_id" for one in claims.candidates)
    ):
        return ()
    found = standings(document)
    own = tuple(value for value, one in found.items() if one >= Standing.OWN)
    return own if len(own) == len(found) == 1 else ()


def _own(standing: Mapping[str, Standing]) -> Iterator[str]:
    """The ids that are not another trial's: where one is stated, or is of a sentence on this trial, those alone.

    Beside a stated id of a registry no other one of that registry is the text's own.
    """
    least = Standing.OWN if max(standing.values()) >= Standing.OWN else Standing.BEFORE
    stated = {numbering_of(value) for value, one in standing.items() if one is Standing.STATED}
    for value, one in standing.items():
        if one >= least and (one is Standing.STATED or numbering_of(value) not in stated):
            yield value


def _are_of_one_trial(document: Document, own: Sequence[str], standing: Mapping[str, Standing]) -> bool:
    """Whether ids are stated as those of one trial, and no other one is of a trial that may be reported as well.

    All others are of trials before it, or after it, or are told in sentences that name none of these.
    """
    numberings = {numbering_of(value) for value in own}
    if not own or len(numberings) < len(own) or any(standing[value] < Standing.OWN for value in own):
        return False
    others = {value for value, one in standing.items() if value not in own and one > Standing.PARENT}
    is_stated = all(standing[value] is Standing.STATED for value in own)
    return not others or (is_stated and not _stand_together(document, others, {*own}))


def _stand_together(document: Document, others: Set[str], own: Set[str]) -> bool:
    """Whether a sentence names one of the ids and one of the others ("Data of RIVER-1 (NCT…) and RIVER-2 (NCT…)")."""
    text = document.prose.text if document.prose is not None else document.text
    for start, end in sentences(text, 0, len(text)):
        named = {one.value for one in find_registry_ids(text[start:end])}
        if named & others and named & own:
            return True
    return False


def _place(document: Document, value: str) -> Evidence | None:
    """Where a document has one of its registry ids."""
    at = next((n for n, one in enumerate(document.registry_ids) if one.value == value), None)
    if at is None:
        return None
    one, prose = document.registry_ids[at], document.prose
    locator = prose.in_file(prose.registry_ids[at].start, prose.registry_ids[at].end)[2] if prose else None
    proof = Evidence.of(document.text, one.start, one.end, rule="design.registry_ids", confidence=0.98)
    return proof.model_copy(update={"locator": locator})
