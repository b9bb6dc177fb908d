import random
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trialhouse.model.document import DocumentRelation
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import TrialClaim
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Cluster, cluster


def mention(reading: Reading) -> Mention:
    return Mention(reading.document, reading.extractions[0], reading.extractor, reading.extractor_version)


def names(clusters: list[Cluster]) -> set[frozenset[str]]:
    return {frozenset(m.document.receipt.record_id for m in group.mentions) for group in clusters}


def test_a_shared_registry_id_makes_one_trial(reading: Callable[..., Reading]) -> None:
    paper = reading("paper", trial=TrialClaim(registry_ids=("NCT09990001", "2019-000001-11")))
    record = reading("record", DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=("NCT09990001",)))
    other = reading("other", trial=TrialClaim(registry_ids=("NCT09990002",)))
    clusters = cluster([mention(r) for r in (paper, record, other)])
    assert names(clusters) == {frozenset({"paper", "record"}), frozenset({"other"})}
    (joined,) = (group for group in clusters if len(group.mentions) == 2)
    assert joined.mentions[0].document.kind is DocumentKind.REGISTRY
    assert [(one.method, one.reason) for one in joined.links] == [
        ("registry_id", "is the registry record of NCT09990001"),
        ("registry_id", "names NCT09990001 in its text"),
    ]


def test_news_joins_the_one_paper_that_it_cites_and_no_paper_when_it_cites_two(
    reading: Callable[..., Reading], cited: Callable[..., tuple[object, ...]]
) -> None:
    one = reading("one", facts={"doi": "10.5555/one"}, trial=TrialClaim(enrollment=10))
    two = reading("two", facts={"doi": "10.5555/two"}, trial=TrialClaim(enrollment=20))
    news = reading("news", DocumentKind.NEWS, facts={"cites": cited("10.5555/ONE")}, trial=TrialClaim(enrollment=10))
    both = cited("10.5555/one") + cited("10.5555/two")
    survey = reading("survey", DocumentKind.NEWS, facts={"cites": both}, trial=TrialClaim(enrollment=30))
    assert names(cluster([mention(r) for r in (one, two, news, survey)])) == {
        frozenset({"one", "news"}),
        frozenset({"two"}),
    }


def test_a_preprint_joins_its_paper(reading: Callable[..., Reading]) -> None:
    relation = DocumentRelation(relation=Relation.PREPRINT_OF, scheme="doi", value="10.5555/Paper", method="stated")
    preprint = reading("preprint", DocumentKind.PREPRINT, facts={"doi": "10.5555/pre", "relations": (relation,)})
    paper = reading("paper", facts={"doi": "10.5555/paper"})
    assert names(cluster([mention(preprint), mention(paper)])) == {frozenset({"preprint", "paper"})}


def test_a_pooled_analysis_that_names_two_trials_of_one_registry_joins_neither(
    reading: Callable[..., Reading],
) -> None:
    first = reading("first", trial=TrialClaim(registry_ids=("NCT09990001",)))
    second = reading("second", trial=TrialClaim(registry_ids=("NCT09990002",)))
    pooled = reading("pooled", trial=TrialClaim(registry_ids=("NCT09990001", "NCT09990002")))
    assert len(cluster([mention(r) for r in (first, second, pooled)])) == 3


def test_one_doi_never_joins_two_ids_of_one_registry(reading: Callable[..., Reading]) -> None:
    paper = {"doi": "10.5555/shared"}
    first = reading("first", facts=paper, trial=TrialClaim(registry_ids=("NCT09990001",)))
    second = reading("second", facts=paper, trial=TrialClaim(registry_ids=("NCT09990002",)))
    elsewhere = reading("elsewhere", facts=paper, trial=TrialClaim(registry_ids=("ISRCTN12345678",)))
    assert len(cluster([mention(r) for r in (first, second, elsewhere)])) == 3
    assert len(cluster([mention(r) for r in (first, elsewhere)])) == 1


def test_trials_without_any_identifier_are_as_many_as_their_documents(reading: Callable[..., Reading]) -> None:
    clusters = cluster([mention(reading("a")), mention(reading("b"))])
    assert len({group.trial_id for group in clusters}) == 2


@given(st.lists(st.lists(st.integers(0, 8), max_size=3, unique=True), min_size=1, max_size=8), st.integers(0, 2**16))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_groups_ids_and_links_do_not_depend_on_order(
    reading: Callable[..., Reading], papers: list[list[int]], seed: int
) -> None:
    """Each paper is known by some of nine DOIs, through a preprint relation to each; their order is shuffled."""
    mentions = [
        mention(
            reading(
                f"paper {number}",
                facts={
                    "relations": tuple(
                        DocumentRelation(
                            relation=Relation.PREPRINT_OF, scheme="doi", value=f"10.5555/{key}", method="stated"
                        )
                        for key in keys
                    )
                },
            )
        )
        for number, keys in enumerate(papers)
    ]
    shuffled = mentions.copy()
    random.Random(seed).shuffle(shuffled)
    by_id = {group.trial_id: group for group in cluster(mentions)}
    assert by_id == {group.trial_id: group for group in cluster(shuffled)}
    assert names(list(by_id.values())) == _components(papers)


def _components(papers: list[list[int]]) -> set[frozenset[str]]:
    """The groups by another way: merge sets that meet until none do."""
    groups = [({f"paper {number}"}, set(keys)) for number, keys in enumerate(papers)]
    merged = True
    while merged:
        merged = False
        for i in range(len(groups)):
            for j in range(i + 1, len(groups)):
                if groups[i][1] & groups[j][1]:
                    groups[i] = (groups[i][0] | groups[j][0], groups[i][1] | groups[j][1])
                    del groups[j]
                    merged = True
                    break
            if merged:
                break
    return {frozenset(group) for group, _ in groups}
