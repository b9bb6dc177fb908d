"""Registry ids of other trials: a text may compare its findings with those of a trial whose id it gives, or cite it.

Such an id links nothing. The pair is told to a person, who sees whose id it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trialhouse.model.document import Document, Identifier
from trialhouse.model.enums import DocumentKind, StudyType
from trialhouse.model.extraction import Extraction
from trialhouse.resolution.doubts import MOST_PARTS, Doubt
from trialhouse.resolution.groups import Groups
from trialhouse.resolution.in_brief import claims_of, slips_of, standings_of
from trialhouse.resolution.other_subjects import Subject, other_subjects
from trialhouse.resolution.profiles import Profile, against, are_clearly_others, profile_of
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.stated_ids import REPORTS, Standing
from trialhouse.resolution.ties import Key

SCORE = 0.2
"""How likely a text is of the trial whose id it gives, where drug and size are others than the registry's."""

CITED = "cited_registry_id"
"""The method of pairs of a text and the trial whose id stands in its list of references only."""

MENTIONED = "mentioned_registry_id"
"""The method of pairs of a text and the trial whose id stands in a sentence that the text says of another trial."""

MISTYPED = "mistyped_registry_id"
"""The method of pairs of a text and the trial whose id an id of the text is but for a slip."""

LIKELIHOOD = {CITED: SCORE, MENTIONED: SCORE, MISTYPED: 0.6}
"""How likely those are one trial, by the method."""

AGAINST = 0.1
"""How likely they are where more speaks against it."""


def without_ids_of_others(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Doubt]]:
    """The same mentions, each without the registry ids of trials that are clearly others, and the pairs to look at.

    An id counts as another trial's where no field and no words state it as the registration, and each registry record
    with that id speaks against it; where there is none, each text that states it.
    """
    records: dict[str, list[Mention]] = defaultdict(list)
    stating: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        is_record = mention.document.kind is DocumentKind.REGISTRY
        for value in mention.claims.trial.registry_ids:
            if is_record:
                records[value.lower()].append(mention)
            elif _standing(mention, value) is Standing.STATED:
                stating[value.lower()].append(mention)
    records = defaultdict(list, stating | records)
    kept, doubts = [], []
    for mention in mentions:
        others = dict(_of_others(mention, records))
        doubts += list(others.values())
        kept.append(mention.without_ids({value.lower() for value in others}) if others else mention)
    return kept, doubts


def merely_mentioned(document: Document, extractions: Sequence[Extraction]) -> list[Identifier]:
    """The registry ids of a text that was not taken as its trial's own, and is no candidate yet.

    It stands in a sentence on another trial ("In an earlier trial (NCT…)"), which may be an earlier report of this one.
    """
    own = claims_of(document, extractions)
    taken = {value.lower() for claims in own for value in claims.trial.registry_ids}
    places = {one.start for claims in extractions for one in claims.candidates if one.kind == "registry_id"}
    return [one for one in document.registry_ids if one.value.lower() not in taken and one.start not in places]


def cited_trials(
    read: Sequence[Mention],
    members: Mapping[int, Sequence[int]],
    groups: Groups,
    owners: Mapping[Key, Sequence[int]],
) -> Iterator[Doubt]:
    """The pairs of a text and a trial whose registry id it only cites, only mentions, or has with a slip.

    A paper cites the record of its own trial as it does that of another one. `read` are the mentions with all ids that
    were read, `members` those of each group, `owners` those that have a key. A text that cites many tells nothing of
    any; one with another id of the same numbering, or with the trial itself, leaves no doubt. Nor does a slip where the
    trial whose id may be meant is on another drug and another condition.
    """
    for number, mention in enumerate(read):
        for value, method, said in _named_otherwise(mention) if mention.number is None else ():
            trials = sorted({groups.find(other) for other in owners.get(("registry", value.lower()), ())})
            for trial in trials:
                own = groups.find(number)
                if own == trial or own not in members or groups.contradict(own, trial):
                    continue
                sides = [[read[n] for n in members[root]] for root in (own, trial)]
                if method == MISTYPED and other_subjects(*map(Subject, sides)):
                    continue
                profiles = [profile_of(side) for side in sides]
                opposed = against(*profiles)
                reason = f"{mention.name} {said}" + (f", but {'; '.join(opposed)}" if opposed else "")
                yield Doubt.of(mention, read[trial], method, AGAINST if opposed else LIKELIHOOD[method], reason)


def _named_otherwise(mention: Mention) -> Iterator[tuple[str, str, str]]:
    """The registry ids that a text has otherwise than as its own: each with the method and how it has it, in words."""
    document = mention.document
    if document.kind is DocumentKind.REGISTRY:
        return
    cited = document.cited_registry_ids
    for one in cited if len(cited) <= MOST_PARTS else ():
        yield one.value, CITED, f"has {one.value} in its list of references only"
    mentioned = {one.value for one in merely_mentioned(document, (mention.claims,))}
    for value in sorted(mentioned) if len(mentioned) <= MOST_PARTS else ():
        yield value, MENTIONED, f"names {value} in a sentence that seems to be on another trial"
    for slip in slips_of(document):
        for value in slip.meant:
            yield value, MISTYPED, f"names {slip.quote}, which is {value} but for a slip"


def _of_others(mention: Mention, records: Mapping[str, Sequence[Mention]]) -> Iterator[tuple[str, Doubt]]:
    """The ids of other trials that a mention has, each with the doubt about it."""
    if mention.document.kind is DocumentKind.REGISTRY:
        return
    for value in mention.claims.trial.registry_ids:
        registered = records.get(value.lower(), ())
        how = _standing(mention, value)
        if not registered or how is Standing.STATED:
            continue
        opposed = [_against(mention, record, how) for record in registered]
        if all(opposed):
            said = f"{mention.name} names {value} in its text, but {'; '.join(opposed[0])}"
            yield value, Doubt.of(mention, registered[0], "registry_id", SCORE, said)


def _standing(mention: Mention, value: str) -> Standing:
    return standings_of(mention.document).get(value, Standing.STATED)


def _against(mention: Mention, record: Mention, how: Standing) -> list[str]:
    """What says that a text is not of the trial with a record, whose id it has in some way.

    A study that assigned nobody is none of a trial that it does not call its own. Else of a number in the background
    any contradiction will do, of one that a report only tells any but other drugs, which may be one drug by two names,
    and of one in a sentence on what may be this trial drug and size.
    """
    kinds = mention.claims.trial.study_type, record.claims.trial.study_type
    if how < Standing.OWN and kinds == (StudyType.OBSERVATIONAL, StudyType.INTERVENTIONAL):
        return ["an observational study against a trial"]
    profiles = profile_of([mention]), _without_years(record)
    if how <= Standing.BEFORE:
        return against(*profiles)
    if how is Standing.TOLD and mention.document.kind in REPORTS:
        nameless = [replace(profile, drugs=frozenset[str]()) for profile in profiles]
        return against(*profiles) if against(*nameless) else []
    return are_clearly_others([mention], [record])


def _without_years(record: Mention) -> Profile:
    """The profile of a trial's record; that of a paper without the year: a further report may come out long after."""
    profile = profile_of([record])
    return profile if record.document.kind is DocumentKind.REGISTRY else replace(profile, published=frozenset[int]())
