"""Which trial a news page is about: that of the papers that it cites, unless the page speaks against it."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.doubts import MOST_PARTS, Doubt
from trialhouse.resolution.groups import Groups, Star
from trialhouse.resolution.link_reasons import CITES_ONE, Link, by_citation, of_pointed_at
from trialhouse.resolution.profiles import other_drugs
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import Key, Pointer, Ties

DOUBTFUL = {"drugs": 0.2, "ids": 0.3, "several": 0.3}
"""How likely a page is of the trial of a paper that it cites, by what keeps them apart."""

Found = list[tuple[Key, Star]]


class NewsCitations:
    """The pages that cite papers, as all stands before they are joined; `doubts` are those that were left out.

    Each page is judged alone, so that a page on several trials keeps no other page from the trial that it is about.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        ties: Sequence[Ties],
        owners: Mapping[Key, Sequence[int]],
        groups: Groups,
        members: Mapping[int, Sequence[int]],
    ) -> None:
        self.doubts: list[Doubt] = []
        self.on_several: dict[int, tuple[Key, ...]] = {}
        """The pages that cite papers of several trials and are of none that is known otherwise, with those papers."""
        self.beside_unknown: dict[int, tuple[Key, ...]] = {}
        """The same of pages that cite papers of one trial beside others that nobody knows, with the known ones."""
        self._mentions = mentions
        self._ties = ties
        self._owners = owners
        self._groups = groups
        self._members = members

    def of_one_paper(self) -> Found:
        """The stars of pages that cite one paper: all that cite it, with the records of it that are known."""
        pages: dict[Key, list[int]] = defaultdict(list)
        for number, cited in self._citing():
            if len(cited) == 1:
                pages[cited[0]].append(number)
        found: Found = []
        for key, numbers in sorted(pages.items()):
            records = self._records(key)
            trials = {self._groups.find(one) for one in records}
            fitting = [number for number in numbers if self._fits(number, (key,), trials)] if records else numbers
            # Without the paper nobody knows which of two pages on different drugs is about it.
            agree = bool(records) or not self._differ(fitting)
            if fitting and agree and len(fitting) + len(records) > 1:
                found.append((key, sorted({*fitting, *records})))
        return found

    def of_several_papers(self) -> Found:
        """The stars of pages that cite several papers, where all are known and of one trial: each with the first.

        Trials that were judged to be others than the page's are not asked.
        """
        found: Found = []
        for number, cited in self._citing():
            if len(cited) > 1:
                records = {key: self._records(key) for key in cited}
                own = {
                    key: [one for one in known if not self._groups.are_apart(number, one)]
                    for key, known in records.items()
                }
                trials = {self._groups.find(one) for known in own.values() for one in known}
                if len(trials) > 1 and self._is_of_no_trial(number):
                    self.on_several[number] = tuple(key for key in cited if own[key])
                elif self._fits(number, cited, trials, all_known=all(records.values())):
                    key = next(key for key in cited if own[key])
                    found.append((key, sorted({number, own[key][0]})))
                elif len(trials) == 1 and self._is_of_no_trial(number) and not self._against(number, *trials):
                    self.beside_unknown[number] = tuple(key for key in cited if own[key])
        return found

    def _is_of_no_trial(self, number: int) -> bool:
        """Whether nothing but pages without a registry id is known of what a page is about."""
        together = self._members[self._groups.find(number)]
        pages = (self._mentions[one].document.kind is DocumentKind.NEWS for one in together)
        return not self._groups.ids(number) and all(pages)

    def link_of(self, number: int, key: Key, star: Star) -> Link:
        """How one of a star is tied to the others: a page by what it cites, a paper by the first page of the star."""
        cited = self._cited(number)
        if cited:
            listing = self._records(key)[0] if len(cited) == 1 and self._records(key) else number
            is_listed = self._mentions[listing].document.kind is DocumentKind.REGISTRY
            return by_citation(cited, self._mentions[listing] if is_listed else None)
        page = next(one for one in star if self._cited(one))
        return of_pointed_at(self._mentions[page], Pointer(key, "cited_paper", CITES_ONE, "only"))

    def _citing(self) -> Iterator[tuple[int, tuple[Key, ...]]]:
        for number in range(len(self._ties)):
            if cited := self._cited(number):
                yield number, cited

    def _cited(self, number: int) -> tuple[Key, ...]:
        """The papers that a page cites; a DOI that it gives as its own and that a paper has is the paper's."""
        if self._mentions[number].document.kind is not DocumentKind.NEWS:
            return ()
        ties = self._ties[number]
        cited = [one.key for one in ties.pointers if one.method == "cited_paper"]
        retold = [key for key in ties.papers if key[0] == "doi" and self._records(key)]
        return tuple(dict.fromkeys((*retold, *cited, *ties.cited)))

    def _records(self, key: Key) -> list[int]:
        """The records of a paper; where no trial was read in any, the registry records that list it as their result."""
        return [
            number
            for number in self._owners.get(key, ())
            if self._mentions[number].document.kind is not DocumentKind.NEWS
        ] or self._listing.get(key, [])

    @cached_property
    def _listing(self) -> Mapping[Key, list[int]]:
        """The registry records that list each paper as one of their own results."""
        found: dict[Key, list[int]] = defaultdict(list)
        for number, tie in enumerate(self._ties):
            for pointer in tie.pointers:
                if pointer.method == "registry_reference" and pointer.detail == "RESULT":
                    found[pointer.key].append(number)
        return found

    def _fits(self, number: int, cited: Sequence[Key], trials: set[int], *, all_known: bool = True) -> bool:
        """Whether a page is about the trial of what it cites; else the pairs are kept for a person."""
        page = self._mentions[number]
        said = " and ".join(f"{scheme.upper()} {value}" for scheme, value in cited)
        fits = len(trials) == 1 and all_known
        for trial in sorted(trials) if len(trials) <= MOST_PARTS else ():
            kind, against = "several", "that is not all known to be of one trial"
            if len(trials) == 1 and all_known:
                kind, against = self._against(number, trial) or ("", "")
            if against and self._groups.find(number) != trial:
                fits = False
                reason = f"the page cites {said}, but {against}"
                self.doubts.append(Doubt.of(page, self._mentions[trial], "cited_paper", DOUBTFUL[kind], reason))
        return fits

    def _against(self, number: int, trial: int) -> tuple[str, str] | None:
        """What speaks against a page on a trial: a word for it (DOUBTFUL) and a sentence; None where nothing does."""
        if self._groups.contradict(number, trial):
            return "ids", "its trial has another id of the same registry"
        drugs = other_drugs([self._mentions[number]], [self._mentions[one] for one in self._members[trial]])
        return ("drugs", f"they are on {drugs}") if drugs else None

    def _differ(self, pages: Sequence[int]) -> bool:
        """Whether two of the pages are on different drugs; such pairs are kept for a person."""
        found = [
            Doubt.of(*pair, "cited_paper", DOUBTFUL["drugs"], f"both pages cite one paper, but they are on {drugs}")
            for pair in itertools.combinations([self._mentions[number] for number in pages], 2)
            if (drugs := other_drugs(pair[:1], pair[1:]))
        ]
        self.doubts += found[:MOST_PARTS]
        return bool(found)
