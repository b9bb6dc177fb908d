"""How mentions become groups: tier by tier, the most reliable tie first, each remembered with what joined it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from trialhouse.model.enums import DocumentKind
from trialhouse.model.identifiers import numbering_of
from trialhouse.model.relation_words import verb_of
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.constraints import Constraint, Constraints
from trialhouse.resolution.contradicted_ids import without_contradicted_ids
from trialhouse.resolution.doubts import MOST_PARTS, Doubt, refused
from trialhouse.resolution.groups import Groups, Star, sides_of
from trialhouse.resolution.likely import likely_pairs
from trialhouse.resolution.link_reasons import (
    Link,
    by_paper,
    by_registry_id,
    by_relation,
    of_pointed_at,
    of_pointing,
)
from trialhouse.resolution.link_tree import LinkBy, LinkTree
from trialhouse.resolution.mentioned_ids import cited_trials, without_ids_of_others
from trialhouse.resolution.news_citations import DOUBTFUL, NewsCitations
from trialhouse.resolution.parted_ids import without_parted_ids
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.rival_ids import without_rival_ids
from trialhouse.resolution.ties import (
    FIRST_REGISTRY,
    LINKING_RELATIONS,
    PAPERS,
    REFERENCES,
    Key,
    Pointer,
    ties_of,
    was_out_before,
)
from trialhouse.resolution.titles import by_title

SURE_ENOUGH = 0.85
"""A relation between two documents that was inferred with less is a pair for a person."""

NOTHING_JUDGED: Mapping[tuple[str, str], str] = {}

ELSEWHERE = 0.4
"""How likely a paper with a registration of its own in another registry is of the trial whose record lists it."""

_OF_ONE_REPORT = ("duplicate", "republished")

TWO_TRIALS = "they name different ids of one registry"
TRIALS_APART = "the trials that they are tied to have different ids of one registry"
OF_SEVERAL = "but the page cites several papers that are not all known to be of one trial"
CHAINED = "with what else is tied to them, trials with different ids of one registry would be one"


class Linking:
    """The work of one build: groups that grow, and all ties by which they did."""

    def __init__(
        self, mentions: Sequence[Mention], constraints: Constraints, of_reviews: Collection[Key] = frozenset()
    ) -> None:
        self._of_reviews = of_reviews
        self._read = mentions
        kept, self._doubts = without_ids_of_others(mentions)
        kept, contradicted = without_contradicted_ids(kept)
        self.mentions, rivals = without_rival_ids(without_parted_ids(kept, constraints.different))
        self._doubts += contradicted + rivals
        self.ties = [ties_of(mention) for mention in self.mentions]
        self.numbers = {mention.name: number for number, mention in enumerate(mentions)}
        constraints.check(self.numbers)
        apart = sides_of(constraints.different, self.numbers)
        self.groups = Groups([_ids(ties.registrations) for ties in self.ties], apart)
        self.on_several: dict[int, tuple[Key, ...]] = {}
        """The pages that are of no trial of their own: they cite these papers, of several trials."""
        self.beside_unknown: dict[int, tuple[Key, ...]] = {}
        """The pages that cite these papers of one trial, and others that nobody knows."""
        self._tree = LinkTree()
        self.judged: list[tuple[int, Constraint]] = []
        """The judgements that joined mentions, each with one of these."""
        self._owners: dict[Key, list[int]] = defaultdict(list)
        for number, ties in enumerate(self.ties):
            for key in (*ties.papers, *(("registry", value.lower()) for value in ties.registrations)):
                self._owners[key].append(number)

    def judge(self, same: Iterable[Constraint]) -> None:
        """Join what people judged to be the same."""
        for one in sorted(same, key=lambda one: one.judgement_id):
            members = sorted(self.numbers[name] for name in one.left | one.right if name in self.numbers)
            if len(members) > 1:
                self.groups.force([members])
                self.judged.append((members[0], one))
                self._tree.add(members, _always(Link("judgement", 1.0, one.reason)))

    def by_registry_ids(self) -> None:
        """Join by registry ids, numbering by numbering, ClinicalTrials.gov first.

        An id of another registry joins no two trials with different ids of an earlier one: one protocol of the EU may
        be registered as two studies. A registration says more than a judgement that is about the same documents.
        """
        naming: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, ties in enumerate(self.ties):
            for value in ties.registrations:
                naming[numbering_of(value)][value.lower()].append(number)
        earlier: list[str] = []
        for numbering in sorted(naming, key=lambda name: (name != FIRST_REGISTRY, name)):
            stars = sorted(naming[numbering].items())
            for (value, star), joined in zip(stars, self._join([star for _, star in stars], earlier), strict=True):
                self._tree.add(joined, partial(self._by_number, value))
                self._doubt_refused(("registry", value), star)
            earlier.append(numbering)

    def by_papers(self) -> None:
        """Join what has an identifier of one paper: by DOI only where the titles do not speak against it."""
        for scheme in PAPERS:
            stars: list[tuple[Key, Star]] = []
            for key, members in self._owners.items():
                if key[0] == scheme and len(members) > 1:
                    parts = self._by_title(members) if scheme == "doi" else [members]
                    if len(parts) > 1:
                        against = "their titles are of different papers"
                        self._doubts += refused(key, parts, self.mentions, against)
                    stars += [(key, part) for part in parts]
            for (key, star), joined in zip(stars, self._join([star for _, star in stars]), strict=True):
                self._tree.add(joined, partial(self._by_paper, key))
                self._doubt_refused(key, star)

    def by_relations(
        self, relations: Sequence[DocumentRelationRow], judged: Mapping[tuple[str, str], str] = NOTHING_JUDGED
    ) -> None:
        """Join what says that it is a copy, preprint, translation, abstract or protocol of another, or was found so.

        `judged` are the judgements of people, in words, on pairs of documents that they found to be one.
        """
        self._by_pointers(lambda one: one.method in _OF_ONE_REPORT or one.method.startswith("relation:"))
        found: list[tuple[DocumentRelationRow, Star]] = []
        for row in sorted(relations, key=lambda row: (row.from_document_id, row.to_document_id, row.relation)):
            ends = [self.numbers.get(row.from_document_id), self.numbers.get(row.to_document_id)]
            members = sorted(end for end in ends if end is not None)
            if row.relation not in LINKING_RELATIONS or len(set(members)) < 2:
                continue
            if row.confidence < SURE_ENOUGH:
                one, other = (self.mentions[number] for number in members)
                said = f"{row.from_document_id} possibly {verb_of(row.relation)} {row.to_document_id}: {row.method}"
                self._doubts.append(Doubt.of(one, other, f"relation:{row.relation}", row.confidence, said))
            else:
                found.append((row, members))
        for (row, star), joined in zip(found, self._join([star for _, star in found]), strict=True):
            self._tree.add(joined, _always(by_relation(row, judged)))
            self._doubt_refused(("relation", str(row.relation)), star)

    def by_references(self) -> None:
        """Join registry records with the papers that they list as their own results."""
        for kind in REFERENCES:
            self._by_pointers(_is_reference(kind))

    def by_citations(self) -> None:
        """Join news pages with the one paper that they cite, or with the papers where all are of one trial.

        A page that cites a paper on another drug is left out alone and told to a person. One that cites papers of
        several trials is news of each of them and a trial of its own no more.
        """
        for found in (NewsCitations.of_one_paper, NewsCitations.of_several_papers):
            pages = NewsCitations(self.mentions, self.ties, self._owners, self.groups, self.members())
            stars = [(key, star) for key, star in found(pages) if key not in self._of_reviews]
            self._doubts += pages.doubts
            for (key, star), joined in zip(stars, self._join([star for _, star in stars]), strict=True):
                self._tree.add(joined, _of_pages(pages, key, star))
                self._doubt_refused(key, star)
            for together in self.members().values() if pages.on_several else ():
                if all(number in pages.on_several for number in together):
                    self.on_several |= {number: pages.on_several[number] for number in together}
            self.beside_unknown |= pages.beside_unknown

    def by_likeness(self) -> None:
        """Join trials that share no identifier by acronym, drug and year; remember the pairs that may be one.

        A page that cites several papers which are not all of one trial may have its numbers from any: it joins none.
        """
        members = self.members()
        found = likely_pairs(self.mentions, members, self.groups)
        self._doubts += found.doubtful
        of_several = {root for root, together in members.items() if all(self.ties[n].cited for n in together)}
        joining = [(ends, tie) for ends, tie in found.joining if of_several.isdisjoint(ends)]
        for ends, tie in found.joining:
            if not of_several.isdisjoint(ends):
                one, other = (self.mentions[root] for root in sorted(ends))
                self._doubts.append(
                    Doubt.of(one, other, tie.method, DOUBTFUL["several"], f"{tie.reason}, {OF_SEVERAL}")
                )
        stars = [sorted(ends) for ends, _ in joining]
        for (ends, tie), joined in zip(joining, self._join(stars), strict=True):
            together = [number for root in ends for number in members[root]] if joined else []
            self._tree.add(together, _always(tie))

    def by_citations_again(self) -> None:
        """Ask the pages on several trials again: by likeness two of their trials may have become one."""
        if self.on_several:
            self.on_several.clear()
            self.beside_unknown.clear()
            self.by_citations()

    def leave_pages_beside_unknown(self) -> None:
        """Make no trial of pages that cite papers of one trial beside unknown ones, where nothing else joined them."""
        cited = self.beside_unknown
        for together in self.members().values() if cited else ():
            if all(number in cited for number in together):
                self.on_several |= {number: cited[number] for number in together}

    def doubt_cited_ids(self) -> None:
        """Remember the trials whose registry ids texts have otherwise than as their own: cited, mentioned, mistyped."""
        self._doubts += cited_trials(self._read, self.members(), self.groups, self._owners)

    def members(self) -> dict[int, list[int]]:
        """The mentions of each group that is a trial, by its first one."""
        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self.mentions)):
            if number not in self.on_several:
                groups[self.groups.find(number)].append(number)
        return groups

    def links_of(self, members: Sequence[int], registry_id: str | None) -> list[Link]:
        """How each mention of a trial is tied to it. `registry_id` is the trial's first one: whose has it names it."""
        having = [n for n in members if registry_id in {one.lower() for one in self.ties[n].registrations}]
        links = self._tree.links(members, {n: self._by_number(registry_id or "", n) for n in having})
        return [links[number] for number in members]

    def doubts(self) -> Iterator[Doubt]:
        """The doubtful pairs that nothing else joined and nobody judged, each once."""
        seen: set[Doubt] = set()
        for doubt in self._doubts:
            left, right = self.numbers[doubt.left], self.numbers[doubt.right]
            is_open = self.groups.find(left) != self.groups.find(right) and not self.groups.are_apart(left, right)
            if is_open and doubt not in seen and not self.on_several.keys() & {left, right}:
                seen.add(doubt)
                yield doubt

    def _by_pointers(self, wanted: Callable[[Pointer], bool]) -> None:
        """Join mentions with the papers that they point at, and with others that point at the same paper."""
        pointing: dict[Key, list[tuple[int, Pointer]]] = defaultdict(list)
        for number, ties in enumerate(self.ties):
            for pointer in ties.pointers:
                if wanted(pointer) and pointer.key not in self._of_reviews:
                    pointing[pointer.key].append((number, pointer))
        found: list[tuple[Key, Star]] = []
        for key, named in sorted(pointing.items()):
            owners = self._owners.get(key, ())
            pointers = pointing[key] = [one for one in named if not self._is_registered_elsewhere(*one, owners)]
            pointed_at = [one for one in owners if not self._is_earlier(one, pointers)]
            members = sorted({*(number for number, _ in pointers), *pointed_at})
            if len(members) > 1:
                found.append((key, members))
        for (key, star), joined in zip(found, self._join([star for _, star in found]), strict=True):
            self._tree.add(joined, self._pointing(pointing[key]))
            self._doubt_refused(key, star)

    def _is_earlier(self, number: int, pointers: Sequence[tuple[int, Pointer]]) -> bool:
        """Whether a paper was out before the trial whose record lists it began: it reports another one."""
        document = self.mentions[number].document
        for by, pointer in pointers:
            if pointer.method == "registry_reference" and was_out_before(document, self.mentions[by]):
                said = (
                    f"the record lists the paper as a {pointer.detail} reference, but the trial began after it was out"
                )
                self._doubts.append(Doubt.of(self.mentions[by], self.mentions[number], "registry_reference", 0.1, said))
                return True
        return False

    def _is_registered_elsewhere(self, by: int, pointer: Pointer, owners: Sequence[int]) -> bool:
        """Whether a paper that a registry record lists has registrations of its own, all in other registries.

        A record lists papers on other trials as well. Two ids of one registry are compared where all ties are.
        """
        if pointer.method != "registry_reference":
            return False
        listing = self.groups.ids(by)
        for number in owners:
            ids = self.groups.ids(number)
            if ids and ids.keys().isdisjoint(listing):
                own = ", ".join(sorted(value.upper() for values in ids.values() for value in values))
                said = f"the record lists the paper as a {pointer.detail} reference, but that is registered as {own}"
                self._doubts.append(Doubt.of(self.mentions[by], self.mentions[number], pointer.method, ELSEWHERE, said))
                return True
        return False

    def _by_title(self, members: Sequence[int]) -> list[list[int]]:
        """What has one DOI: the records of the paper by their titles.

        News pages retell it under headlines of their own: by title they are told apart only where no record is known,
        else they are taken as citing the paper.
        """
        papers = [number for number in members if self.mentions[number].document.kind is not DocumentKind.NEWS]
        return by_title(papers or members, self.mentions)

    def _join(self, stars: Sequence[Star], deciding: Collection[str] | None = None) -> list[list[int]]:
        """Join the stars of a tier. For each star the mentions that it tied to another one."""
        self.groups.join([star for star in stars if len(star) > 1], deciding)
        return [_together(star, self.groups) for star in stars]

    def _doubt_refused(self, key: Key, star: Star) -> None:
        """Remember the pairs that a star would have joined."""
        parts: dict[int, list[int]] = defaultdict(list)
        for number in star:
            parts[self.groups.find(number)].append(number)
        if 1 < len(parts) <= MOST_PARTS:
            first, *others = parts.values()
            for part in others:
                self._doubts += refused(key, [first, part], self.mentions, self._against(first[0], part[0]))

    def _against(self, one: int, other: int) -> str:
        """What keeps two mentions apart that share something."""
        if not self.groups.contradict(one, other):
            return CHAINED
        own, others = (_ids(self.ties[number].registrations) for number in (one, other))
        return TWO_TRIALS if any(not own[name] & others[name] for name in own.keys() & others.keys()) else TRIALS_APART

    def _by_number(self, value: str, number: int, _other: int = 0) -> Link:
        """The link of a mention by a registry id (lower case) that it has."""
        written = next(one for one in self.ties[number].registrations if one.lower() == value)
        return by_registry_id(self.mentions[number], written)

    def _by_paper(self, key: Key, _number: int, other: int) -> Link:
        return by_paper(key, self.mentions[other])

    def _pointing(self, pointers: Sequence[tuple[int, Pointer]]) -> LinkBy:
        """The links of what points at a paper, and of the paper: by what points at it and is of the trial, if any."""
        own = dict(reversed(pointers))

        def link(number: int, other: int) -> Link:
            if number in own:
                return of_pointing(self.mentions[number], own[number])
            by = other if other in own else pointers[0][0]
            return of_pointed_at(self.mentions[by], own[by])

        return link


def _always(link: Link) -> LinkBy:
    return lambda number, other: link


def _of_pages(pages: NewsCitations, key: Key, star: Star) -> LinkBy:
    return lambda number, other: pages.link_of(number, key, star)


def _is_reference(kind: str) -> Callable[[Pointer], bool]:
    return lambda one: one.method == "registry_reference" and one.detail == kind


def _together(star: Star, groups: Groups) -> list[int]:
    """The mentions of a star that are in one group with another of it."""
    if len(star) < 2:
        return []
    parts: dict[int, list[int]] = defaultdict(list)
    for number in star:
        parts[groups.find(number)].append(number)
    return sorted(number for part in parts.values() if len(part) > 1 for number in part)


def _ids(registrations: Iterable[str]) -> dict[str, frozenset[str]]:
    """Registry ids by their numbering."""
    found: dict[str, frozenset[str]] = {}
    for value in registrations:
        numbering = numbering_of(value)
        found[numbering] = found.get(numbering, frozenset()) | {value.lower()}
    return found
