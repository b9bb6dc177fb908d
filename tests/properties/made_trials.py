"""Small trials made up from nothing: two to four arms of drugs that do not exist, named with real stems, or placebo."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

FRONTS = ("zor", "mil", "quen", "tav", "ordi", "bexo", "lur", "fasti", "neva", "pomo", "rilo", "cado")
STEMS = ("limab", "citinib", "gliptin", "gliflozin", "sartan", "xaban", "navir", "lukast", "nercept")
EVENTS = ("clinical remission", "relapse", "treatment failure", "serious adverse events", "major bleeding")
SCORES = ("HbA1c", "the pain score", "body weight", "systolic blood pressure")
CONDITIONS = ("gout", "type 2 diabetes", "asthma", "heart failure", "rheumatoid arthritis")

PLACEBO = "placebo"


@dataclass(frozen=True)
class MadeArm:
    """One arm: its drug (or placebo), its dose in mg where the trial gives one, and how many are in it."""

    drug: str
    dose: int | None
    n: int

    @property
    def given(self) -> str:
        """What participants are assigned to."""
        return self.drug if self.dose is None else f"{self.drug} {self.dose} mg"


@dataclass(frozen=True)
class MadeTrial:
    """A trial, and for its result the week and what was measured."""

    arms: tuple[MadeArm, ...]
    condition: str
    weeks: int
    event: str
    score: str
    manner: str

    def called(self, arm: MadeArm) -> str:
        """What results call an arm: by its drug where no other arm has it, else by its dose."""
        alone = sum(other.drug == arm.drug for other in self.arms) == 1
        return arm.drug if alone else f"{arm.dose} mg"

    @property
    def total(self) -> int:
        """How many participants there are."""
        return sum(arm.n for arm in self.arms)

    @property
    def design(self) -> str:
        """Title and methods, in one of the manners of abstracts."""
        title = f"{self.arms[0].drug.capitalize()} in adults with {self.condition}: a randomised, double-blind trial"
        return f"{title}\n\nMETHODS: {(MANNERS | HARD_MANNERS)[self.manner](self)}\n"


def _brackets(trial: MadeTrial) -> str:
    listed = series([f"{arm.given} (n = {arm.n})" for arm in trial.arms], "or")
    return (
        f"We randomly assigned {trial.total} adults with {trial.condition} to receive {listed} once daily "
        f"for {trial.weeks} weeks."
    )


def _before(trial: MadeTrial) -> str:
    listed = series([f"{arm.n} to {arm.given}" for arm in trial.arms], "and")
    return f"In this {trial.weeks}-week trial, {trial.total} adults were randomly assigned, {listed}."


def _received(trial: MadeTrial) -> str:
    listed = series([f"{arm.n} received {arm.given}" for arm in trial.arms], "and")
    return f"Of {trial.total} randomised patients with {trial.condition}, {listed} for {trial.weeks} weeks."


def _patients(trial: MadeTrial) -> str:
    listed = series([f"{arm.given} ({arm.n} patients)" for arm in trial.arms], "or")
    return f"Patients with {trial.condition} were randomly assigned to {listed} for {trial.weeks} weeks."


def _respectively(trial: MadeTrial) -> str:
    listed = series([arm.given for arm in trial.arms], "or")
    sizes = series([str(arm.n) for arm in trial.arms], "and")
    return f"We randomly assigned {trial.total} patients to {listed} ({sizes} patients, respectively)."


def _unsaid(trial: MadeTrial) -> str:
    listed = series([arm.given for arm in trial.arms], "or")
    return f"Patients (N = {trial.total}) were randomly assigned in equal numbers to {listed}."


MANNERS: dict[str, Callable[[MadeTrial], str]] = {
    "brackets": _brackets,
    "before": _before,
    "received": _received,
    "patients": _patients,
}
"""The ways to say who was assigned to what, of which every arm's size is read."""

HARD_MANNERS: dict[str, Callable[[MadeTrial], str]] = {"respectively": _respectively, "unsaid": _unsaid}
"""Those of which the sizes may be missed, or are not said."""


def series(words: list[str], last: str) -> str:
    """Words as a sentence lists them: "a and b", "a, b, and c"."""
    return f" {last} ".join(words) if len(words) == 2 else ", ".join(words[:-1]) + f", {last} {words[-1]}"


@st.composite
def trials(draw: st.DrawFn, fewest: int = 2, most: int = 4) -> MadeTrial:
    """Two drugs; a drug and placebo; doses of a drug, with or without placebo; two drugs and placebo."""
    count = draw(st.integers(fewest, most))
    names = st.builds(str.__add__, st.sampled_from(FRONTS), st.sampled_from(STEMS))
    drugs = draw(st.lists(names, min_size=2, max_size=2, unique=True))
    doses = draw(st.lists(st.sampled_from((2, 5, 10, 15, 25, 40, 75, 150, 300)), min_size=4, max_size=4, unique=True))
    shape = draw(st.sampled_from(("doses", "drugs"))) if count > 2 else draw(st.sampled_from(("control", "drugs")))
    if shape == "doses":
        given = [(drugs[0], dose) for dose in sorted(doses[: count - 1])]
        given.append(draw(st.sampled_from(((PLACEBO, None), (drugs[1], doses[-1])))))
    elif shape == "control":
        given = [(drugs[0], draw(st.sampled_from((None, doses[0])))), (PLACEBO, None)]
    elif count == 2:
        given = [(drugs[0], doses[0]), (drugs[1], doses[1])]
    else:
        given = [(drugs[0], doses[0]), (drugs[1], doses[1]), (PLACEBO, None)]
    return MadeTrial(
        arms=tuple(MadeArm(drug, dose, draw(st.integers(21, 480))) for drug, dose in given),
        condition=draw(st.sampled_from(CONDITIONS)),
        weeks=draw(st.sampled_from((4, 12, 24, 52))),
        event=draw(st.sampled_from(EVENTS)),
        score=draw(st.sampled_from(SCORES)),
        manner=draw(st.sampled_from(sorted(MANNERS | HARD_MANNERS))),
    )
