"""How often a drug is given and at which level of dose, from the words of documents."""

import pytest

from trialhouse.model.enums import Route
from trialhouse.model.extraction import InterventionClaim
from trialhouse.resolution.regimens import INTERVAL, LEVEL, ONCE, ROUTE, contradict, interval_of, level_of, regimen_of


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("once daily", 1),
        ("daily", 1),
        ("twice daily", 0.5),
        ("three times a day", 1 / 3),
        ("every other day", 2),
        ("once weekly", 7),
        ("every 2 weeks", 14),
        ("every 12 hours", 0.5),
        ("Every 3 months", 91.3125),
        ("single dose", ONCE),
        ("every 0 weeks", None),
        ("day", None),
        ("on days 1 and 8", None),
        (None, None),
    ],
)
def test_the_days_between_doses(words: str | None, days: float | None) -> None:
    assert interval_of(words) == (days if days in (None, ONCE) else pytest.approx(days))


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("velomarib high dose (20 mg)", "high"),
        ("Low-Dose velomarib", "low"),
        ("velomarib, highest dose", "high"),
        ("intermediate dose", "middle"),
        ("velomarib high dose and low dose", None),
        ("a highly dosed drug", None),
        ("velomarib", None),
    ],
)
def test_the_level_of_a_dose(words: str, level: str | None) -> None:
    assert level_of(words) == level


def test_only_what_is_said_of_one_drug_by_both_contradicts() -> None:
    def given(name: str, **said: object) -> list[tuple[tuple[str, ...], InterventionClaim]]:
        return [((name,), InterventionClaim.model_validate({"name": name} | said))]

    swallowed = regimen_of("high dose", given("velomarib", route=Route.ORAL, frequency="daily"))
    injected = regimen_of("low dose", given("velomarib", route=Route.SUBCUTANEOUS, frequency="every 4 weeks"))
    both = injected | swallowed
    other = regimen_of("low dose", given("zorcitinib", route=Route.SUBCUTANEOUS))
    for what in (LEVEL, INTERVAL, ROUTE):
        assert contradict(swallowed, injected, what)
        assert not contradict(swallowed, both, what)
        assert not contradict(swallowed, other, what)
