"""Are two records one document: the evidence weighed, the vetoes, the reason in a sentence."""

from trialhouse.model.enums import Relation
from trialhouse.resolution.duplicates.evidence import DOI, Evidence, weigh
from trialhouse.resolution.duplicates.kinds import ABOUT_ANOTHER, RELATION_OF, Kind, typed_apart, typed_kind
from trialhouse.resolution.duplicates.listing import is_for_a_person
from trialhouse.resolution.duplicates.names import Authorship
from trialhouse.resolution.duplicates.pages import Sameness
from trialhouse.resolution.duplicates.side import Side
from trialhouse.resolution.duplicates.spelling import Spelling
from trialhouse.resolution.duplicates.titles import ANOTHER_PART, Likeness
from trialhouse.resolution.duplicates.told import listed, sentence
from trialhouse.resolution.duplicates.trial_numbers import other_trials
from trialhouse.resolution.duplicates.verdict import CONTRADICTED, Finding, Verdict

CERTAIN = 11.0
"""Points of title, authors, year, volume and pages that are the same."""
DOUBT = 2.0
"""Points that a pair may lack to be one for a person to look at."""

_ALIKE = (Likeness.EQUAL, Likeness.NEAR)
_SOFT_KINDS = frozenset({Kind.ARTICLE, Kind.MEETING, Kind.THESIS, Kind.PROTOCOL})
"""Kinds that exports confuse: the place or an identifier decides between them."""


def judge(left: Side, right: Side, spelling: Spelling) -> Verdict:
    """Compare two records. The answer does not depend on which is left."""
    found = weigh(left, right, spelling)
    verdict = _other_kind(left, right, found) or _abstract_and_paper(left, right, found) or _weighed(left, right, found)
    if verdict.finding is not Finding.APART or not is_for_a_person(found):
        return verdict
    reason = f"{sentence(found)}, but {verdict.veto}" if verdict.veto else sentence(found)
    return Verdict(Finding.DOUBTFUL, found.points, reason, veto=verdict.veto)


def _weighed(left: Side, right: Side, found: Evidence) -> Verdict:
    """The verdict by points and vetoes, where the kinds of the two do not decide."""
    needed = _needed(left, right, found)
    enough = found.points >= needed
    veto = _veto(left, right, found)
    is_series = found.title.apart is not None and found.title.likeness is not Likeness.DIFFERENT
    if veto is not None and is_series and (not enough or found.title.apart == ANOTHER_PART):
        return _series(found, veto)
    if veto is not None and enough:
        return Verdict(Finding.DOUBTFUL, found.points, f"{sentence(found)}, but {veto}", veto=veto)
    unlike = _unlike(left, right, found) if enough else None
    if unlike is not None:
        elsewhere = found.pages is Sameness.OTHER
        return Verdict(Finding.DOUBTFUL, found.points, f"{sentence(found)}, but {unlike}", elsewhere=elsewhere)
    if enough:
        confidence = round(min(0.999, 1 - 0.5 ** (2.5 + found.points - needed)), 3)
        return Verdict(Finding.SAME, found.points, sentence(found), found.method(), confidence)
    return _not_enough(left, right, found, needed, veto)


def _unlike(left: Side, right: Side, found: Evidence) -> str | None:
    """What leaves two records open that share enough to be one; None where nothing does."""
    if found.title.is_short and not found.says_where:
        return "many documents have such a title, and they share no page, text or identifier"
    if found.in_unlike_issues:
        return f"they are in other issues ({left.number}, {right.number}), and their pages are not said"
    told = _half_told(left, right, found) or _elsewhere(left, right, found)
    return told or _other_word(found) or _other_words(found)


def _half_told(left: Side, right: Side, found: Evidence) -> str | None:
    """What makes one record look like an abstract of a meeting whose paper the other may be; None where nothing does.

    It is its type (or that of a letter on the other), or a page "S77" against pages 77-88 that no volume confirms. The
    other does not say what it is: a title, its authors and a year are both documents'. An identifier, an abstract, or a
    place makes them one.
    """
    if found.same_id or found.same_text:
        return None
    one_page = left.place.is_range == right.place.is_range
    is_placed = found.pages is Sameness.SAME or (found.pages is Sameness.NEAR and one_page)
    confirmed = found.volume is Sameness.SAME or (found.pages is Sameness.SAME and left.place.first != 1)
    if is_placed and confirmed and found.volume is not Sameness.OTHER:
        return None
    typed = [typed_kind(side.entry_type) for side in (left, right)]
    for kind in (Kind.MEETING, Kind.REPLY):
        if kind in typed and None in typed:
            return f"one is typed {kind.with_article}, and nothing shows that the other is it"
    in_supplement = left.is_supplement != right.is_supplement and not one_page
    if found.pages is Sameness.NEAR and found.volume is Sameness.MISSING and in_supplement:
        return f"one is on a page of a supplement ({left.pages}, {right.pages}), and its volume is not said"
    return None


def _elsewhere(left: Side, right: Side, found: Evidence) -> str | None:
    """That two records stand on pages which do not meet, and share no identifier; None where it is not so."""
    if found.pages is not Sameness.OTHER or found.same_id:
        return None
    return f"they stand on other pages ({left.pages}, {right.pages})"


def _other_word(found: Evidence) -> str | None:
    """That two titles differ in a word like another, and no text is shared; None where it is not so."""
    if found.title.look_alike is None or found.same_text:
        return None
    return "their titles differ in a word"


def certain(years: str | None, volume: str | None, pages: str, same_doi: bool) -> Verdict:
    """The verdict on a pair that certain.sql found, where all that counts is the same."""
    same = ["title", "first author"] + ["year"] * (years is None) + ["DOI"] * same_doi
    said = [f"same {listed(same)}", years and f"year {years}", volume and f"volume {volume}", f"pages {pages}"]
    points = CERTAIN + DOI[Sameness.SAME] * same_doi
    method = "same DOI, same title" if same_doi else "same title, pages"
    return Verdict(Finding.SAME, points, "; ".join(part for part in said if part), method, 0.99)


def _needed(left: Side, right: Side, found: Evidence) -> float:
    """The points that make two records one: more where the title says less, or where one does not say where it is."""
    needed = {
        Likeness.EQUAL: 7.0,
        Likeness.NEAR: 7.0,
        Likeness.CONTAINED: 9.0,
        Likeness.SIMILAR: 9.0,
        Likeness.DIFFERENT: 10.0,
        Likeness.MISSING: 10.0,
    }[found.title.likeness]
    if found.same_id and found.title.likeness is Likeness.EQUAL and not found.is_contradicted:
        return 6.0
    if found.title.is_short or found.authors is Authorship.MISSING:
        needed = max(needed, 7.5)
    if found.title.likeness in _ALIKE:
        return max(needed, 8.0) if found.has_no_place else needed
    # words differ: one abstract among many of a page may share all but them
    is_certain = found.same_id or (found.pages is Sameness.SAME and found.has_range)
    return needed if is_certain or found.title.likeness is Likeness.CONTAINED else needed + 3


def _veto(left: Side, right: Side, found: Evidence) -> str | None:
    """What forbids that two records are one document, or None."""
    return _other_ids(left, right, found) or _other_title(left, right, found) or _other_fields(left, right, found)


def _other_ids(left: Side, right: Side, found: Evidence) -> str | None:
    """Other identifiers, but for DOIs: a document may have two."""
    if left.pmid and right.pmid and left.pmid != right.pmid:
        return f"their PubMed ids differ ({left.pmid}, {right.pmid})"
    if left.pmcid and right.pmcid and left.pmcid != right.pmcid:
        return f"their PMC ids differ ({left.pmcid}, {right.pmcid})"
    is_open = found.points >= CONTRADICTED and left.named != right.named
    # most records name none: the other's text is then not read
    trials = other_trials(left.trials, right.trials) if is_open and left.trials else None
    if trials is not None:
        return f"they name other trials ({trials[0]}, {trials[1]})"
    return None


def _other_title(left: Side, right: Side, found: Evidence) -> str | None:
    """Another kind by type or title, or a word of content that one title has and the other has not."""
    typed = typed_apart(left.entry_type, right.entry_type)
    if typed is Kind.MEETING or (typed is Kind.REPLY and not found.has_one_place):
        return f"one is typed {typed.with_article}, the other an article"
    if (left.kind is Kind.PROTOCOL) != (right.kind is Kind.PROTOCOL) and (found.in_book or not found.same_id):
        return "one is a protocol by its title"
    if found.title.apart and not found.is_cut_short:
        return f"in their titles {found.title.apart}"
    is_typo = found.title.look_alike is not None and found.title.may_be_typo
    if found.title.look_alike and not is_typo and not found.same_text:
        return _other_word(found)
    if not is_typo and not found.says_no_more:
        return _other_words(found)
    return None


def _other_fields(left: Side, right: Side, found: Evidence) -> str | None:
    """Another DOI, year, issue, text or authors."""
    if found.doi is Sameness.OTHER and (found.has_near_id or not found.has_everything):
        return f"their DOIs differ ({left.doi}, {right.doi})"
    if found.year is Sameness.OTHER and not found.same_id:
        return f"their years differ ({left.year}, {right.year})"
    if found.in_other_issues and not (found.same_id or found.same_text):
        return f"one is in a supplement ({left.number or left.pages}, {right.number or right.pages})"
    if found.abstract is Sameness.OTHER:
        return "their abstracts differ"
    if found.authors is Authorship.OTHER and not (found.same_text or found.has_range):
        return "their authors differ"
    if found.same_id and not found.same_text and Sameness.OTHER in (found.pages, found.year):
        return "they share an identifier, and stand elsewhere"
    return None


def _other_words(found: Evidence) -> str | None:
    """That titles differ in words, which their place and their text do not outweigh, and which; else None."""
    if not found.title.only or found.same_text or found.is_cut_short:
        return None
    if found.title.is_substituted:
        return "other words in their titles"
    return f"one title alone has “{' '.join(found.title.only[:6])}”"


def _other_kind(left: Side, right: Side, found: Evidence) -> Verdict | None:
    """The verdict on two records of different kinds, where that alone decides."""
    if left.kind is right.kind or {left.kind, right.kind} <= _SOFT_KINDS:
        return None
    turned = _is_about(right, left)
    one, other = (right, left) if turned else (left, right)
    veto = f"one is {one.kind.with_article}, the other {other.kind.with_article}"
    if Kind.PREPRINT in (left.kind, right.kind) and found.doi is Sameness.SAME:
        return None
    known = found.title.likeness in (*_ALIKE, Likeness.CONTAINED) or found.same_id
    if not known or (found.authors is Authorship.OTHER and one.kind not in ABOUT_ANOTHER):
        return Verdict(Finding.APART, found.points, veto, veto=veto)
    relation = RELATION_OF.get(one.kind)
    if relation is None:
        return Verdict(Finding.APART, found.points, veto, veto=veto)
    return Verdict(
        Finding.RELATED,
        found.points,
        f"{sentence(found)}; {veto}",
        f"{one.kind} by its title or type",
        _confidence(found),
        relation,
        turned,
        veto,
    )


def _abstract_and_paper(left: Side, right: Side, found: Evidence) -> Verdict | None:
    """The relation of a conference abstract and an article, both typed so, that share no place and no identifier."""
    alike = found.title.likeness in _ALIKE and not found.title.is_short
    shares_place = found.same_id or found.pages in (Sameness.SAME, Sameness.NEAR)
    if (
        typed_apart(left.entry_type, right.entry_type) is not Kind.MEETING
        or not alike
        or shares_place
        or other_trials(left.trials, right.trials)
    ):
        return None
    if found.authors not in (Authorship.SAME, Authorship.PARTLY):
        return None
    turned = typed_kind(right.entry_type) is Kind.MEETING
    return _related(found, Relation.CONFERENCE_ABSTRACT_OF, turned, "abstract of a meeting by its type")


def _is_about(side: Side, other: Side) -> bool:
    """Whether this one is so to the other, and not the other to it: kinds that speak of another come first."""
    order = list(RELATION_OF)
    rank = [order.index(one.kind) if one.kind in order else len(order) for one in (side, other)]
    return rank[0] < rank[1]


def _series(found: Evidence, veto: str) -> Verdict:
    """Two documents of one series: other parts are related, other numbers may be anything."""
    if found.authors is Authorship.SAME and found.title.apart == ANOTHER_PART:
        reason = f"{sentence(found)}; another part by their titles"
        return Verdict(
            Finding.RELATED, found.points, reason, "part in the title", 0.8, Relation.OTHER_PART_OF, veto=veto
        )
    return Verdict(Finding.APART, found.points, veto, veto=veto)


def _not_enough(left: Side, right: Side, found: Evidence, needed: float, veto: str | None) -> Verdict:
    """Too little for one document: an abstract and its paper, a pair for a person, or nothing."""
    alike = found.title.likeness in _ALIKE and not found.title.is_short
    knows_authors = found.authors in (Authorship.SAME, Authorship.PARTLY)
    meeting = [side.kind is Kind.MEETING or side.is_supplement for side in (left, right)]
    other_place = found.journal is False or found.volume is Sameness.OTHER or found.in_other_issues
    elsewhere = found.pages is not Sameness.SAME and other_place
    protocol = [side.kind is Kind.PROTOCOL for side in (left, right)]
    if knows_authors and elsewhere and protocol[0] != protocol[1] and found.title.likeness is not Likeness.DIFFERENT:
        return _related(found, Relation.PROTOCOL_OF, protocol[1], "protocol by its title")
    if alike and knows_authors and elsewhere and meeting[0] != meeting[1]:
        return _related(
            found, Relation.CONFERENCE_ABSTRACT_OF, meeting[1], "abstract of a meeting by its place or type"
        )
    if veto is not None:
        return Verdict(Finding.APART, found.points, veto, veto=veto)
    says_little = found.authors is Authorship.MISSING and found.journal is not False and not found.is_contradicted
    if found.points >= needed - DOUBT or (alike and (found.authors is Authorship.SAME or says_little)):
        return Verdict(Finding.DOUBTFUL, found.points, sentence(found), elsewhere=found.pages is Sameness.OTHER)
    return Verdict(Finding.APART, found.points, "too little in common")


def _related(found: Evidence, relation: Relation, turned: bool, method: str) -> Verdict:
    return Verdict(
        Finding.RELATED, found.points, sentence(found), method, _confidence(found), relation, turned, f"{method}"
    )


def _confidence(found: Evidence) -> float:
    """How sure a relation is: same authors, the same title, the same text make it so."""
    sure = 0.6 + 0.2 * (found.authors is Authorship.SAME) + 0.15 * (found.title.likeness in _ALIKE)
    sure += 0.15 * (found.abstract is Sameness.SAME)
    return round(min(0.99, sure + 0.2 * found.same_id), 3)
