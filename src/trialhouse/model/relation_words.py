"""How one document stands to another, as people say it."""

from collections.abc import Mapping

from trialhouse.model.enums import Relation

VERBS: Mapping[str, str] = {
    Relation.DUPLICATE_OF.value: "is a copy of",
    Relation.TRANSLATION_OF.value: "is a translation of",
    Relation.PREPRINT_OF.value: "is a preprint of",
    Relation.ERRATUM_FOR.value: "corrects",
    Relation.RETRACTION_OF.value: "retracts",
    Relation.CONCERN_ABOUT.value: "expresses concern about",
    Relation.COMMENT_ON.value: "comments on",
    Relation.PROTOCOL_OF.value: "is the protocol of",
    Relation.CONFERENCE_ABSTRACT_OF.value: "is the conference abstract of",
    Relation.OTHER_PART_OF.value: "is another part of",
    Relation.CITES.value: "cites",
}
"""Each relation as a verb, with the document that is in it before and the other behind."""


def verb_of(relation: str) -> str:
    """A relation as a verb; one that is not known here as it stands."""
    return VERBS.get(relation, relation)
