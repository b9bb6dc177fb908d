"""Ids that a merge gave away come back with what they named, and lead nowhere else."""

from collections.abc import Callable, Sequence

import pytest

from tests.unit.resolution.remembered import remembered
from trialhouse.model.extraction import TrialClaim
from trialhouse.resolution.constraints import NO_CONSTRAINTS, Constraint, Constraints
from trialhouse.resolution.identities import identify
from trialhouse.resolution.published import NOTHING_PUBLISHED, Published, TrialKey
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import cluster

Make = Callable[..., Reading]
SAID = "p and q are same (ada, 2026-11-20)"


def same(*names: str) -> Constraint:
    one, *others = names
    return Constraint(frozenset({f"doc-{one}"}), frozenset(f"doc-{name}" for name in others), "j1", SAID)


def released(
    readings: Sequence[Reading], before: Published = NOTHING_PUBLISHED, *judged: Constraint
) -> tuple[dict[str, str], Published]:
    """The trial of each document by the document's name, and what a release publishes and remembers."""
    mentions = [Mention(r.document, r.extractions[0], r.extractor, r.extractor_version) for r in readings]
    constraints = Constraints(same=judged) if judged else NO_CONSTRAINTS
    found = []
    for ordered in (mentions, mentions[::-1]):
        trials, keys, redirects = identify(cluster(ordered, (), constraints), before)
        now = Published(
            trials=frozenset(trial.trial_id for trial in trials),
            keys=tuple(TrialKey(trial_id, *key) for key, trial_id in sorted(keys.items())),
            redirects=tuple(redirects),
        )
        ids = {m.document.receipt.record_id: trial.trial_id for trial in trials for m in trial.mentions}
        found.append((ids, remembered(now, before)))
    assert found[0] == found[1]
    return found[0]


def leads(published: Published) -> dict[tuple[str, str], str]:
    return {(row.old_trial_id, row.trial_id): row.reason for row in published.redirects}


@pytest.fixture
def paper(reading: Make) -> Make:
    """A paper by its name, its DOI being 10.5555/NAME, with the registry ids that are read in it."""

    def make(name: str, *registry_ids: str) -> Reading:
        facts = {"doi": f"10.5555/{name}"}
        return reading(name, facts=facts, trial=TrialClaim(registry_ids=registry_ids, enrollment=10))

    return make


@pytest.mark.parametrize("numbers", [("NCT09990001", "NCT09990002"), ("NCT09990002", "NCT09990001")])
def test_papers_that_were_registered_later_get_both_ids_back(paper: Make, numbers: tuple[str, str]) -> None:
    first, published = released([paper("p"), paper("q")])
    known = [paper("p", numbers[0]), paper("q", numbers[1])]
    then, published = released(known, published)
    assert then == first
    for _ in range(2):
        together, published = released(known, published, same("p", "q"))
        kept, gone = min(first.values()), max(first.values())
        assert set(together.values()) == {kept}
        assert leads(published) == {(gone, kept): f"Merged: {SAID}."}
        together, published = released(known, published, same("p", "q"))
        back, published = released(known, published)
        assert back == first
        assert leads(published) == {}
        assert released(known, published)[0] == first


@pytest.mark.parametrize("late", ["p", "q"])
@pytest.mark.parametrize("with_merge", [True, False])
def test_a_number_that_comes_with_the_merge_or_its_undoing(paper: Make, late: str, with_merge: bool) -> None:
    alone = [paper("p"), paper("q")]
    known = [paper(name, *(["NCT09990001"] if name == late else [])) for name in ("p", "q")]
    first, published = released(alone)
    together, published = released(known if with_merge else alone, published, same("p", "q"))
    assert len(set(together.values())) == 1
    back, published = released(known, published)
    assert back == first
    assert leads(published) == {}


def test_a_document_of_a_merged_trial_alone_is_not_that_trial(paper: Make, reading: Make) -> None:
    """The merge stands; a page that came with the smaller trial is found to be of neither."""
    page = reading("page", facts={"doi": "10.5555/page"}, trial=TrialClaim(enrollment=10))
    parts = [paper("p", "NCT09990001"), paper("q", "NCT09990002"), page]
    _, published = released([paper("p"), paper("q")])
    first, published = released(parts, published, same("p", "page"))
    assert first["p"] == first["page"] != first["q"]
    _, published = released(parts, published, same("p", "page", "q"))
    then, published = released(parts, published, same("p", "q"))
    assert then["p"] == then["q"] == min(first["p"], first["q"])
    assert then["page"] not in first.values()


def test_of_two_merges_only_the_later_is_undone(paper: Make) -> None:
    parts = [paper(name, f"NCT0999000{number}") for number, name in enumerate(("p", "q", "r"))]
    first, published = released(parts)
    for one, other, third in (("p", "q", "r"), ("q", "r", "p"), ("p", "r", "q")):
        both, now = released(parts, published, same(one, other))
        _, now = released(parts, now, same(one, other, third))
        back, now = released(parts, now, same(one, other))
        assert back == both
        kept = both[one]
        gone = first[other] if kept == first[one] else first[one]
        assert list(leads(now)) == [(gone, kept)]
        assert released(parts, now)[0] == first


def test_an_id_leads_to_where_its_paper_is_now(paper: Make) -> None:
    """Taken apart while the paper is found to be of a third trial: that is where the old id leads."""
    third = paper("r", "NCT09990003")
    first, published = released([paper("p"), paper("q"), third])
    together, published = released([paper("p"), paper("q"), third], published, same("p", "q"))
    gone = "p" if together["p"] != first["p"] else "q"
    parts = [paper(name, *(["NCT09990003"] if name == gone else [])) for name in ("p", "q")]
    then, published = released([*parts, third], published)
    assert then == first | {gone: first["r"]}
    assert list(leads(published)) == [(first[gone], first["r"])]
    assert released([*parts, third], published)[1].redirects == published.redirects
