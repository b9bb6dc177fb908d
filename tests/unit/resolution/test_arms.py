"""The same arm across documents: by what it gets, at which dose, in which role, and only then by how many they are."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import ArmType, DocumentKind
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.model.tables import ArmInterventionRow, ArmRow, ConflictRow, DoubtfulPairRow
from trialhouse.model.vocabulary import UnitTerm, Vocabulary
from trialhouse.resolution.doses import Doses
from trialhouse.resolution.resolve import Reading, resolve

UNITS = Vocabulary(
    units=(
        UnitTerm(name="mcg", unit="mcg", ucum="ug"),
        UnitTerm(name="grams", unit="g", ucum="g"),
        UnitTerm(name="milligram per kg", unit="mg/kg", ucum="mg/kg"),
    )
)
ONE = TrialClaim(registry_ids=("NCT09990001",))
ROLES = {
    "E": ArmType.EXPERIMENTAL,
    "A": ArmType.ACTIVE_COMPARATOR,
    "P": ArmType.PLACEBO_COMPARATOR,
    "S": ArmType.SHAM_COMPARATOR,
    "N": ArmType.NO_INTERVENTION,
    "O": ArmType.OTHER,
}


def drug(words: str) -> InterventionClaim:
    """'velomarib 20 mg', 'velomarib', 'chemotherapy (background)'; a name may have blanks, a dose has its unit."""
    is_background = words.endswith(" (background)")
    words = words.removesuffix(" (background)")
    words, _, frequency = words.partition(", ")
    name, _, dose = words.rpartition(" ")
    front, _, amount = name.rpartition(" ")
    given: dict[str, Any] = {"name": words}
    if amount.replace(".", "").isdigit():
        given = {"name": front, "dose_value": float(amount), "dose_unit": dose}
    return InterventionClaim(**given, frequency=frequency or None, background=is_background)


def arms(*said: str) -> tuple[ArmClaim, ...]:
    """'E: velomarib 20 mg + chemotherapy; 82' is an experimental arm of 82 that gets both."""
    claims = []
    for number, words in enumerate(said):
        role, _, rest = words.partition(": ")
        given, _, size = rest.partition("; ")
        claims.append(
            ArmClaim(
                key=f"arm{number}",
                label=given or f"Group {number}",
                arm_type=ROLES[role],
                n_randomized=int(size) if size else None,
                interventions=tuple(drug(one) for one in given.split(" & ") if one),
            )
        )
    return tuple(claims)


@pytest.fixture
def joined(reading: Callable[..., Reading]) -> Callable[..., tuple[int, int]]:
    """How many arms a record and a paper have together, and how many pairs are listed as doubtful."""

    def of(record: tuple[str, ...], paper: tuple[str, ...]) -> tuple[int, int]:
        readings = [
            reading("record", DocumentKind.REGISTRY, trial=ONE, arms=arms(*record)),
            reading("paper", trial=ONE, arms=arms(*paper)),
        ]
        rows = resolve(readings, UNITS, lambda document: True)
        return len(rows.of(ArmRow)), len([row for row in rows.of(DoubtfulPairRow) if row.subject == "arm"])

    return of


SAME = [
    (("E: velomarib 1000 mg",), ("E: velomarib 1 g",)),
    (("E: velomarib 500 mcg",), ("A: velomarib 0.5 mg",)),
    (("E: velomarib 20 mg; 82", "E: velomarib 40 mg; 80"), ("E: velomarib; 80",)),
    (("P: placebo", "E: velomarib"), ("O: Placebo Tablets", "E: Velomarib 20 mg tablets")),
    (("N: ", "E: velomarib"), ("A: usual care", "E: velomarib")),
    (("O: Standard of Care", "E: velomarib & standard of care"), ("N: no treatment", "E: velomarib")),
    (("E: velomarib 20 mg & placebo", "A: zorcitinib & placebo"), ("E: velomarib", "E: zorcitinib")),
    (("E: velomarib & chemotherapy", "A: chemotherapy"), ("E: velomarib + chemotherapy", "A: chemotherapy")),
    (
        ("E: velomarib & chemotherapy", "A: chemotherapy"),
        ("E: velomarib & chemotherapy (background)", "A: chemotherapy"),
    ),
    (
        ("E: velomarib 100 mg, every 4 weeks; 50", "E: velomarib 100 mg, every 8 weeks; 50"),
        ("E: velomarib 100 mg, every 8 weeks; 50", "E: velomarib 100 mg, every 4 weeks; 50"),
    ),
    (("E: velomarib; 60", "E: velomarib; 30"), ("E: velomarib; 30", "E: velomarib; 60")),
    (("E: velomarib 20 mg; 100",), ("E: velomarib 20 mg; 60",)),
    (("E: velomarib 20 mg", "E: velomarib 10 mg"), ("E: velomarib high dose 20 mg", "E: velomarib low dose 10 mg")),
    (("E: velomarib high-dose", "E: velomarib low-dose"), ("E: low dose velomarib", "E: high dose velomarib")),
    (("E: velomarib 20 mg",), ("E: velomarib group 20 mg, once daily",)),
    (("E: velomarib 20 mg, every 4 weeks",), ("E: velomarib 20 mg, monthly",)),
    (("E: velomarib 20 mg, once daily",), ("E: velomarib 20 mg, every 1 day",)),
    (("E: velomarib 800 ug",), ("E: velomarib 800 µg",)),
    (("E: velomarib 800 μg",), ("E: velomarib 0.8 mg",)),
    (("E: text message program", "N: usual care"), ("E: text message group", "N: usual care")),
    (("E: text message program", "P: placebo"), ("E: daily text messages to smokers", "P: placebo")),
]  # fmt: skip


@pytest.mark.parametrize(("record", "paper"), SAME)
def test_arms_that_are_one_meet(
    joined: Callable[..., tuple[int, int]], record: tuple[str, ...], paper: tuple[str, ...]
) -> None:
    assert joined(record, paper) == (len(record), 0)


@pytest.mark.parametrize(
    ("record", "paper", "doubtful"),
    [
        (("E: velomarib 20 mg; 82",), ("P: placebo; 82",), 0),
        (("E: velomarib 20 mg; 82",), ("E: zorcitinib 20 mg; 82",), 0),
        (("E: velomarib 20 mg; 82",), ("E: velomarib 40 mg; 82",), 0),
        (("E: velomarib 20 mg",), ("E: velomarib 20 mcg",), 0),
        (("E: velomarib 20 mg",), ("E: velomarib 20 mg/kg",), 1),
        (("E: velomarib high dose",), ("E: velomarib low dose",), 0),
        (("E: velomarib high dose 20 mg",), ("E: velomarib low dose",), 0),
        (("E: velomarib high dose 20 mg",), ("E: velomarib middle dose 10 mg",), 0),
        (("E: velomarib high dose 20 mg",), ("E: velomarib low dose 20 mg",), 1),
        (("E: velomarib 20 mg", "E: velomarib 10 mg"), ("E: velomarib high dose",), 2),
        (("E: velomarib 20 mg, once daily",), ("E: velomarib 20 mg, twice daily",), 1),
        (("E: velomarib 20 mg, single dose",), ("E: velomarib 20 mg, every 4 weeks",), 1),
        (("E: velomarib 20 mg; 82", "E: velomarib 40 mg; 82"), ("E: velomarib; 164",), 0),
        (("E: velomarib 20 mg; 82", "E: velomarib 40 mg; 82"), ("E: velomarib; 82",), 2),
        (("E: velomarib; 164",), ("E: velomarib 40 mg; 82",), 1),
        (("E: velomarib; 164",), ("E: velomarib 40 mg; 82", "E: velomarib 20 mg; 82"), 2),
        (("P: placebo", "E: velomarib"), ("S: sham procedure",), 0),
        (("E: velomarib; 400", "N: ; 480"), ("E: zorcitinib; 520", "A: usual care; 540"), 0),
        (("E: velomarib; 400", "P: placebo; 480"), ("E: zorcitinib; 520", "P: placebo; 540"), 0),
        (("E: trastuzumab",), ("E: trastuzumab emtansine",), 0),
        (("E: ; 50",), ("E: ; 50",), 0),
        (("E: velomarib; 50",), ("E: ; 50",), 0),
        (("E: text message program",), ("E: text message group",), 0),
    ],
)
def test_arms_that_are_not_or_may_not_be_one_stay_apart_and_what_is_in_doubt_is_listed(
    joined: Callable[..., tuple[int, int]], record: tuple[str, ...], paper: tuple[str, ...], doubtful: int
) -> None:
    assert joined(record, paper)[0] == len(record) + len(paper)
    if doubtful:
        assert joined(record, paper)[1] in (doubtful, doubtful + 1)


@pytest.mark.parametrize(
    ("record", "paper", "count"),
    [
        (("E: trastuzumab", "P: placebo"), ("E: trastuzumab emtansine", "P: placebo"), 3),
        (("E: message program", "N: "), ("E: exercise program", "N: "), 3),
        (("E: text messages", "E: text messages and calls", "N: "), ("E: text message group", "N: "), 4),
    ],
)
def test_treatments_without_a_fixed_name_meet_by_their_words_alone(
    joined: Callable[..., tuple[int, int]], record: tuple[str, ...], paper: tuple[str, ...], count: int
) -> None:
    assert joined(record, paper)[0] == count


@pytest.mark.parametrize(
    ("name", "norm"),
    [("velomarib 800 ug twice daily", "velomarib 800 ug twice daily"), ("velomarib", "interleukin antagonist")],
)
def test_a_name_is_the_same_with_its_dose_in_it_and_where_one_document_alone_explains_it(
    reading: Callable[..., Reading], name: str, norm: str
) -> None:
    given = InterventionClaim(name=name, norm=norm)
    said = ArmClaim(key="arm0", label=name, arm_type=ArmType.EXPERIMENTAL, interventions=(given,))
    record = reading("record", DocumentKind.REGISTRY, trial=ONE, arms=arms("E: velomarib 800 ug", "N: "))
    paper = reading("paper", trial=ONE, arms=(said, *arms("N: ", "N: ")[1:]))
    rows = resolve([record, paper], UNITS, lambda document: True)
    assert len(rows.of(ArmRow)) == 2


def test_the_control_of_two_papers_on_one_trial_is_one_where_they_share_a_drug_or_count_the_same(
    joined: Callable[..., tuple[int, int]],
) -> None:
    """Three arms reported two by two have one control; so has a further paper on fewer participants."""
    first = ("E: velomarib; 400", "P: placebo; 480")
    assert joined(first, ("E: zorcitinib; 410", "P: placebo; 481"))[0] == 3
    assert joined(first, ("E: zorcitinib", "P: placebo"))[0] == 3
    assert joined(first, ("E: velomarib; 300", "P: placebo; 360"))[0] == 2
    assert joined((*first, "E: zorcitinib"), ("E: zorcitinib; 410", "P: placebo; 600"))[0] == 3


def test_a_doubtful_pair_names_both_arms_and_documents(reading: Callable[..., Reading]) -> None:
    record = reading("record", DocumentKind.REGISTRY, trial=ONE, arms=arms("E: velomarib 20 mg"))
    paper = reading("paper", trial=ONE, arms=arms("E: velomarib 20 mg/kg"))
    rows = resolve([record, paper], UNITS, lambda document: True)
    (pair,) = rows.of(DoubtfulPairRow)
    assert {pair.left_id, pair.right_id} == {row.arm_id for row in rows.of(ArmRow)}
    assert pair.left_id < pair.right_id
    assert {pair.left_document_id, pair.right_document_id} == {"doc-record", "doc-paper"}
    assert pair.reason.count("velomarib 20 mg") == 2


def test_arms_do_not_depend_on_the_order_in_which_a_document_lists_them(reading: Callable[..., Reading]) -> None:
    listed = arms("E: velomarib 20 mg; 82", "E: velomarib; 80", "E: velomarib 40 mg; 80", "P: placebo; 81")
    record = reading("record", DocumentKind.REGISTRY, trial=ONE, arms=arms("P: placebo", "E: velomarib 40 mg; 80"))
    wanted = None
    for order in itertools.permutations(listed):
        rows = resolve([record, reading("paper", trial=ONE, arms=order)], UNITS, lambda document: True)
        found = {(row.label, row.n_randomized) for row in rows.of(ArmRow)}
        wanted = wanted or found
        assert found == wanted
    assert len(wanted or ()) == 4


@pytest.mark.parametrize(
    ("record", "paper", "wanted"),
    [
        ("E: velomarib 1000 mg", "E: Velomarib 1 g", [("velomarib", 1000, "mg")]),
        ("P: placebo", "P: Placebo tablets", [("placebo", None, None)]),
        (
            "E: velomarib 20 mg & chemotherapy",
            "E: velomarib + chemotherapy",
            [("chemotherapy", None, None), ("velomarib", 20, "mg")],
        ),
    ],
)
def test_what_an_arm_gets_is_one_row_a_drug_and_another_unit_no_conflict(
    reading: Callable[..., Reading], record: str, paper: str, wanted: list[tuple[str, float | None, str | None]]
) -> None:
    both = [
        reading("record", DocumentKind.REGISTRY, trial=ONE, arms=arms(record)),
        reading("paper", trial=ONE, arms=arms(paper)),
    ]
    rows = resolve(both, UNITS, lambda document: True)
    found = [(row.intervention_name, row.dose_value, row.dose_unit) for row in rows.of(ArmInterventionRow)]
    assert sorted(found) == wanted
    assert rows.of(ConflictRow) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [((1000, "mg"), (1, "g")), ((0.3, "mg"), (300, "ug")), ((2, "mg/kg"), (2000, "ug/kg")), ((5, "[iU]"), (5, "[iU]"))],
)
def test_doses_in_other_units_are_one(one: tuple[float, str], other: tuple[float, str]) -> None:
    doses = Doses(Vocabulary())
    assert doses.read(*one) == doses.read(*other)
    assert doses.read(1, "mg") != doses.read(1, "mg/kg")
    assert doses.read(3, "puffs") == (3, "puffs")
    assert doses.read(None, "mg") is None


def test_arms_of_one_name_in_several_documents_that_fit_more_than_one_have_ids_of_their_own(
    reading: Callable[..., Reading],
) -> None:
    """Each contradicts how the first one's drug is given: nothing joins them, and each is a row of its own."""
    schedules = ("once daily", "every 1 week", "every 1 month", "every 2 weeks")
    readings = []
    for number, schedule in enumerate(schedules):
        tested, control = arms(f"E: velomarib 40 mg, {schedule}", "P: placebo")
        tested = tested.model_copy(update={"label": "velomarib 40 mg"})
        readings.append(reading(f"r{number}", trial=ONE, arms=(tested, control)))
    rows = resolve(readings, UNITS, lambda document: True)
    found = [row.arm_id for row in rows.of(ArmRow)]
    assert len(found) == len(set(found)) == len(schedules) + 1
    pairs = [(row.left_id, row.right_id) for row in rows.of(DoubtfulPairRow)]
    assert len(pairs) == len(set(pairs)) == 6
    assert all(left != right for left, right in pairs)
