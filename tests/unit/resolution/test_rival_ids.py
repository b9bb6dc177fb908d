"""A trial's number beside another number of a registry in which the trial has one."""

from collections.abc import Callable

import pytest

from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import TrialClaim
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]
NCT, JRCT, OTHER_JRCT, ISRCTN = "NCT07490001", "jRCT2031220077", "jRCT2031230011", "ISRCTN61234567"


def linked(reading: Make, *documents: tuple[str, ...], record: tuple[str, ...] = ()) -> Linked:
    named = [reading(str(n), trial=TrialClaim(registry_ids=ids)) for n, ids in enumerate(documents)]
    if record:
        named.append(reading("record", DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=record)))
    mentions = [Mention(one.document, one.extractions[0], "test", "1") for one in named]
    found = link(mentions)
    assert link(mentions[::-1]) == found
    return found


def trials(found: Linked) -> set[frozenset[str]]:
    return {frozenset(mention.name[4:] for mention in one.mentions) for one in found.clusters}


def test_two_numbers_of_one_registry_are_two_trials_though_both_have_one_of_another(reading: Make) -> None:
    found = linked(reading, (NCT, JRCT), (NCT,), (NCT, OTHER_JRCT), (OTHER_JRCT,), record=(NCT, JRCT))
    assert trials(found) == {frozenset({"0", "1", "record"}), frozenset({"2", "3"})}
    (doubt,) = found.doubtful
    assert doubt.reason == f"both name {NCT}, but its trial is {JRCT.upper()} and this is {OTHER_JRCT.upper()}"
    named = [{value for scheme, value in one.keys if scheme == "registry"} for one in found.clusters]
    assert sorted(map(sorted, named)) == [[JRCT.lower(), NCT.lower()], [OTHER_JRCT.lower()]]


@pytest.mark.parametrize("record", [(), (NCT, JRCT)])
def test_the_record_decides_what_number_a_trial_has_else_most_of_its_texts(
    reading: Make, record: tuple[str, ...]
) -> None:
    both = [(NCT, JRCT), (NCT, OTHER_JRCT), (NCT, OTHER_JRCT), (NCT,), (JRCT,), (OTHER_JRCT,)]
    expected = [{"0", "3", "4", "record"}, {"1", "2", "5"}] if record else [{"1", "2", "3", "5"}, {"0", "4"}]
    assert trials(linked(reading, *both, record=record)) == set(map(frozenset, expected))


@pytest.mark.parametrize(
    "documents",
    [
        [(NCT,), (NCT, JRCT), (JRCT,)],
        [(NCT, JRCT), (NCT, JRCT, ISRCTN), (ISRCTN,)],
        [(NCT, JRCT), (NCT, ISRCTN)],
        [(NCT, JRCT), (NCT, OTHER_JRCT)],
    ],
)
def test_one_trial_with_a_number_in_each_of_several_registries_is_one(
    reading: Make, documents: list[tuple[str, ...]]
) -> None:
    found = linked(reading, *documents)
    assert (len(found.clusters), found.doubtful) == (1, ())


@pytest.mark.parametrize("record", [(), (NCT, JRCT), (OTHER_JRCT,), (ISRCTN, OTHER_JRCT)])
def test_a_number_of_a_third_registry_makes_no_one_trial_of_two(reading: Make, record: tuple[str, ...]) -> None:
    chain = [(NCT, ISRCTN), (NCT, JRCT), (ISRCTN, OTHER_JRCT), (OTHER_JRCT,), (JRCT,)]
    for documents in (chain, [*chain, (NCT,)], [*chain, (ISRCTN,)]):
        for one in linked(reading, *documents, record=record).clusters:
            assert not {JRCT.lower(), OTHER_JRCT.lower()} <= {value for _, value in one.keys}
