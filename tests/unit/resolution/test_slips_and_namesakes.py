"""Numbers with a slip and names that two trials have: told to a person where more is alike, and else not."""

from collections.abc import Callable

import pytest

from tests.unit.resolution.test_likely import NCT, count, linked, of, reasons, without_a_name
from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.reading import Reading

Make = Callable[..., Reading]


@pytest.mark.parametrize(("number", "told"), [("NCT09990110", True), ("NCT09990107", True), ("NCT09990222", False)])
def test_a_slip_in_a_number_is_told_by_drug_condition_and_size(reading: Make, number: str, told: bool) -> None:
    """Without the same acronym or title; two trials with a record each are two, as are those with another condition."""
    record = without_a_name(reading, "record", kind=DocumentKind.REGISTRY, registry_ids=(NCT,), start_date="2020")
    found = linked(record, without_a_name(reading, "paper", registry_ids=(number,)))
    said = (
        f"same drug quenosartan, same size 612, and {NCT} is {number} but for one sign: a slip in one of them?"
        if told
        else None
    )
    assert [(one.method, one.score) for one in found.doubtful] == [("registry_id_slip", 0.6)] * told
    assert {one.reason.replace(f"{number} is {NCT}", f"{NCT} is {number}") for one in found.doubtful} == {said} - {None}
    other = without_a_name(reading, "paper", registry_ids=(number,), conditions=("Gout",))
    assert linked(record, other).doubtful == ()
    unrecorded = without_a_name(reading, "record", registry_ids=(NCT,))
    assert linked(unrecorded, without_a_name(reading, "paper", registry_ids=(number,))).doubtful == ()
    twin = without_a_name(reading, "twin", kind=DocumentKind.REGISTRY, registry_ids=(number,))
    assert linked(record, twin).doubtful == ()


def test_papers_that_their_names_join_with_two_records_are_no_pair_by_size(reading: Make) -> None:
    """LYRANT-1 and LYRANT-2, of one drug and size, each with its record and a paper that has its name in the title."""
    readings = []
    for nth in "12":
        record = {"kind": DocumentKind.REGISTRY, "registry_ids": (f"NCT0999010{nth}",), "acronym": f"LYRANT-{nth}"}
        readings += [
            without_a_name(reading, f"record{nth}", start_date="2020", **record),
            without_a_name(reading, f"paper{nth}", title=f"Results of LYRANT-{nth}, a trial of quenosartan."),
        ]
    found = linked(*readings)
    assert (count(found), found.doubtful) == (2, ())


def test_one_name_of_trials_on_nothing_alike_is_no_pair(reading: Make) -> None:
    """HARROW, of a drug in uveitis and of rehabilitation after fractures of the hip."""
    eye = of(reading, "eye", "brolimab", title="Brolimab in severe uveitis", conditions=("Uveitis",))
    facts = {"conditions": ("Hip fracture",), "title": "Early mobilisation after hip fracture"}
    assert linked(eye, of(reading, "hip", "early mobilisation", **facts)).doubtful == ()
    alike = of(reading, "other", "adalimumab", conditions=("Uveitis",), title="Adalimumab in severe uveitis")
    assert reasons(linked(eye, alike)) == ["same acronym ALDER-BP, but different drugs (brolimab; adalimumab)"]
