"""Values listed without their arms, where the arms were last named in another order than that of their list."""

import pytest

from tests.unit.extraction.test_extract import extracted

TITLE = "Dexamethasone against relapse: a randomised trial"
ASSIGNED = "METHODS: Patients were randomly assigned to dexamethasone 6 mg, dexamethasone 12 mg, or placebo. RESULTS: "
LISTED = "Relapse was seen in 11%, 12% and 19%, respectively."

UNSURE = [
    "Compared with placebo, dexamethasone 6 mg and dexamethasone 12 mg reduced pain. ",
    "Against placebo, dexamethasone 12 mg and dexamethasone 6 mg reduced pain. ",
    "Relative to placebo, both dexamethasone 6 mg and dexamethasone 12 mg shortened stay. ",
]


@pytest.mark.parametrize("before", UNSURE)
def test_a_list_behind_arms_in_another_order_is_not_read(before: str) -> None:
    record = extracted(f"{TITLE}\n{ASSIGNED}{before}{LISTED}\n")
    assert record.outcomes == ()
    assert {("11%", "arm_order"), ("12%", "arm_order"), ("19%", "arm_order")} <= {
        (one.quote, one.reason) for one in record.candidates
    }


SURE = [
    ("", ["dexamethasone 6 mg", "dexamethasone 12 mg", "placebo"]),
    ("Dexamethasone 6 mg and 12 mg reduced pain. ", ["dexamethasone 6 mg", "dexamethasone 12 mg", "placebo"]),
    (
        "Nausea was as common with placebo, dexamethasone 6 mg, and dexamethasone 12 mg. ",
        ["placebo", "dexamethasone 6 mg", "dexamethasone 12 mg"],
    ),
    (
        f"{UNSURE[0]}Stay was 9 days with placebo, 7 days with 12 mg and 8 days with 6 mg. ",
        ["placebo", "dexamethasone 12 mg", "dexamethasone 6 mg"],
    ),
]


@pytest.mark.parametrize(("before", "order"), SURE)
def test_a_list_is_in_the_order_in_which_the_arms_were_last_listed(before: str, order: list[str]) -> None:
    record = extracted(f"{TITLE}\n{ASSIGNED}{before}{LISTED}\n")
    said = {m.value: m.arm for one in record.outcomes for m in one.measurements if m.value > 10}
    labels = {a.label for a in record.arms}
    assert labels == set(order)
    assert [said[value] for value in (11, 12, 19)] == order
