"""Which pairs that are not merged a person should look at all the same: one of the records has something wrong."""

from trialhouse.resolution.duplicates.evidence import Evidence
from trialhouse.resolution.duplicates.kinds import Kind, typed_apart
from trialhouse.resolution.duplicates.names import Authorship
from trialhouse.resolution.duplicates.pages import Sameness
from trialhouse.resolution.duplicates.titles import Likeness
from trialhouse.resolution.duplicates.trial_numbers import other_trials


def is_for_a_person(found: Evidence) -> bool:
    """Whether two records that are not merged need a look all the same: one of them must have something wrong.

    A PubMed id is one record's. A DOI may be a whole supplement's: with no title to tell, nothing may speak against
    it. One title and all authors on no two pages are one document with a wrong identifier, number of a trial or year,
    or two that belong together: an abstract of a meeting, a reply, a protocol. One title in one journal and year with
    other people or numbers in the abstract is another cohort, or a wrong record; and titles that differ in one word
    like another may name two drugs, or one with a typo.
    """
    if found.pmid is Sameness.SAME:
        return True
    if found.doi is Sameness.SAME and found.title.likeness is Likeness.MISSING:
        return not found.is_contradicted
    if _is_near_in_all(found) and (found.title.look_alike or found.abstract is Sameness.OTHER):
        return True
    if found.authors is not Authorship.SAME:
        return found.authors is Authorship.MISSING and found.has_near_id and _is_of_one_place(found)
    if found.title.likeness is Likeness.EQUAL and typed_apart(found.left.entry_type, found.right.entry_type):
        return True
    if found.title.is_short:
        return _is_of_one_place(found) and other_trials(found.left.trials, found.right.trials) is not None
    if found.title.likeness is Likeness.EQUAL or _differs_in_trial_numbers(found) or _is_longer_by_letters(found):
        return found.pages is not Sameness.OTHER
    return _is_protocol_of(found)


def _is_near_in_all(found: Evidence) -> bool:
    """Whether title (but for a word), authors, year and journal, so far as they are said, and the trials agree."""
    is_titled = found.title.likeness is Likeness.EQUAL or found.title.look_alike is not None
    told_apart = (
        found.title.apart
        or Sameness.OTHER in (found.pmid, found.doi)
        or other_trials(found.left.trials, found.right.trials)
    )
    known = found.authors in (Authorship.SAME, Authorship.MISSING) and found.year is Sameness.SAME
    return is_titled and not found.title.is_short and known and found.journal is not False and not told_apart


def _is_of_one_place(found: Evidence) -> bool:
    """Whether the titles are the same, and neither year, journal, volume nor pages say otherwise."""
    places = (found.year, found.volume, found.pages)
    return found.title.likeness is Likeness.EQUAL and found.journal is not False and Sameness.OTHER not in places


def _differs_in_trial_numbers(found: Evidence) -> bool:
    """Whether two titles differ in nothing but the number of a trial."""
    trials = "".join((*found.left.trials, *found.right.trials)).lower()
    return found.title.is_substituted and all(
        word in trials for word in (*found.title.left_only, *found.title.right_only)
    )


def _is_longer_by_letters(found: Evidence) -> bool:
    """Whether a title has a few letters more at its end: a word cut off, or another one (RECOVER and RECOVERY)."""
    more = (*found.title.left_only, *found.title.right_only)
    is_cut = found.title.likeness is Likeness.CONTAINED and len("".join(more)) <= 2
    return is_cut and found.year is Sameness.SAME and found.journal is not False


def _is_protocol_of(found: Evidence) -> bool:
    """Whether one is by its title a protocol, and the other's title is a part of it."""
    is_protocol = [side.kind is Kind.PROTOCOL for side in (found.left, found.right)]
    return is_protocol[0] != is_protocol[1] and found.title.likeness in (Likeness.NEAR, Likeness.CONTAINED)
