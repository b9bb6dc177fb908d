"""Sizes in a row behind a list of arms: by order where they are as many, else candidates and no size at all."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.test_spec import read

ARMS = ("orfatinib", "veltocimab", "placebo")
TOLD = ("(n={}, respectively)", "(n = {})", "[n={} patients, respectively]")


def sizes_of(arms: tuple[str, ...], sizes: list[int], told: str, joined: str) -> tuple[list[int | None], list[str]]:
    """What is read as the sizes of arms, in the order in which they are named, and what is left as a candidate."""
    listed = ", ".join(map(str, sizes[:-1])) + joined + str(sizes[-1])
    record = read(
        {"trial": f"Adults were randomly assigned to {', '.join(arms[:-1])} or {arms[-1]} {told.format(listed)}."}
    )
    found = {arm.label: arm.n_randomized for arm in record.arms}
    return [found[arm] for arm in arms], [one.quote for one in record.candidates]


@settings(max_examples=40)
@given(
    arms=st.sampled_from([p for n in (2, 3) for p in itertools.permutations(ARMS, n)]),
    sizes=st.lists(st.integers(20, 999), min_size=2, max_size=4, unique=True),
    told=st.sampled_from(TOLD),
    joined=st.sampled_from([" and ", ", and ", ", ", " and n = "]),
)
def test_as_many_sizes_go_by_order_and_others_to_nobody(
    arms: tuple[str, ...], sizes: list[int], told: str, joined: str
) -> None:
    found, left = sizes_of(arms, sizes, told, joined)
    if len(arms) == len(sizes):
        assert (found, left) == (sizes, [])
    else:
        assert (found, left) == ([None] * len(arms), [str(size) for size in sizes])


@pytest.mark.parametrize("section", ["trial", "text"])
def test_sizes_of_an_event_are_candidates_once(section: str) -> None:
    arms = "Adults were randomly assigned to orfatinib or placebo."
    words = "Headache was more common with orfatinib and placebo (n = 12 and 7, respectively)."
    record = read({"trial": f"{arms} {words}"} if section == "trial" else {"trial": arms, "text": words})
    assert [arm.n_analyzed or arm.n_randomized for arm in record.arms] == [None, None]
    assert [one.quote for one in record.candidates] == ["12", "7"]
    assert not record.outcomes or not any(one.measurements for one in record.outcomes)
