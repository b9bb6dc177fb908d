"""The words by which a text goes on to speak of an arm: its form, its part in the trial, the other group's name."""

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.extraction.arm_forms import form_places

FORMS = {"patch": 0, "gel": 1, "device": 0}


def values(text: str) -> list[tuple[str | None, float]]:
    return [(m.arm, m.value) for outcome in extracted(text).outcomes for m in outcome.measurements]


def test_the_form_of_one_arm_means_it_where_people_have_it() -> None:
    text = "Pain fell by 3 points with the patch and by 2 points in those using the gel."
    assert [(text[a:b], arm) for a, b, arm in form_places(text, 0, len(text), FORMS)] == [("patch", 0), ("gel", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "The patch was removed after 12 h.",
        "Patches were worn with a gel.",
        "within 30 minutes after the gel",
        "with the patch removed",
        "with the cream",
    ],
)
def test_a_form_that_nobody_is_said_to_have_means_no_arm(text: str) -> None:
    assert form_places(text, 0, len(text), FORMS) == []


def test_the_device_is_the_arm_that_has_one() -> None:
    told = values(
        "Closure or warfarin\nWe randomly assigned 90 patients to a closure device (45 patients) or to warfarin (45"
        " patients). Stroke occurred in 2.1% of patients with the device and 3.4% of patients receiving warfarin."
    )
    assert told == [("closure device", 2.1), ("warfarin", 3.4)]


def test_a_form_that_two_arms_have_means_neither() -> None:
    told = values(
        "Gels in acne\nWe randomly assigned 90 patients to adapalene gel (n = 45) or tretinoin gel (n = 45)."
        " Lesions fell by 21% with the gel."
    )
    assert told == []


def test_what_is_usual_is_the_control() -> None:
    told = values(
        "Stoves\nWe randomised 48 villages to gas stoves (24 villages, 1,590 women) or usual cooking (24 villages,"
        " 1,606 women). Mean birth weight was 2921 g in the intervention group and 2898 g in the control group."
    )
    assert told == [("gas stoves", 2921), ("usual cooking", 2898)]


def test_of_two_active_arms_none_is_the_control() -> None:
    told = values(
        "Stoves\nWe randomised 48 villages to gas stoves (24 villages, 1,590 women) or solar ovens (24 villages, 1,606"
        " women). Mean birth weight was 2921 g in the intervention group and 2898 g in the control group."
    )
    assert not any(arm in ("gas stoves", "solar ovens") for arm, _ in told)


def test_the_group_beside_the_placebo_group_is_the_other_arm() -> None:
    told = values(
        "A yeast for colic\nInfants were randomised to receive Saccharomyces boulardii CNCM I-745 (n = 45) or placebo"
        " (n = 40). Crying lasted 51 minutes in the yeast group and 150 minutes in the placebo group."
    )
    assert [arm for arm, _ in told][1] == "placebo"
    assert len({arm for arm, _ in told}) == 2


@pytest.mark.parametrize(
    "words",
    [
        "fell by 7 points with seltavone versus 4 points with placebo",
        "fell by 7 points in the seltavone group compared with 4 points in the placebo group",
        "fell by 4 points with placebo and 7 points with seltavone",
    ],
)
def test_a_drug_that_only_results_name_beside_placebo_is_an_arm(words: str) -> None:
    record = extracted(f"Seltavone for hot flashes\nIn this phase 3 trial with 501 women, scores {words}.")
    assert sorted(arm.label for arm in record.arms) == ["placebo", "seltavone"]


@pytest.mark.parametrize(
    "words",
    [
        "fell by 7 points in women with migraine versus 4 points with placebo",
        "fell by 7 points with treatment versus 4 points with placebo",
        "fell in patients with migraine versus placebo",
    ],
)
def test_a_disease_beside_placebo_is_no_drug(words: str) -> None:
    record = extracted(f"Hormones for migraine\nIn this phase 3 trial with 501 women, scores {words}.")
    assert [arm.label for arm in record.arms if arm.label not in ("placebo", "treatment group")] == []
