"""A small diagram of a trial's design: who came in, how they were assigned, and the arms with their sizes."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from trialhouse.model.enums import Allocation, InterventionModel, Masking, StudyType
from trialhouse.review.plot import Cells
from trialhouse.review.render import words

WIDTH, TRUNK, LEFT = 360, 24, 60
"""Width of the drawing, where the line down runs, and where the boxes of arms begin."""

HEIGHT, GAP, TOP, NODE = 42, 10, 46, 15
"""Of a box, between boxes, of the first box, and the radius of the node of allocation."""

SECOND = 96
"""Width of a box of the second period of a crossover."""

MOST_ARMS = 16

LETTER = 6.9
"""Width of a letter, at most what a text of 13 pixels needs on average."""

MASKING = {
    Masking.NONE.value: "open label",
    Masking.SINGLE.value: "single-blind",
    Masking.DOUBLE.value: "double-blind",
    Masking.TRIPLE.value: "triple-blind",
    Masking.QUADRUPLE.value: "quadruple-blind",
}


@dataclass(frozen=True)
class Box:
    """A rectangle with up to two lines of text; `full` is what a shortened line says in full."""

    x: int
    y: int
    width: int
    height: int
    first: str
    second: str
    full: str


@dataclass(frozen=True)
class Node:
    """Where participants are assigned: a circle with a letter, and words beside it."""

    y: int
    letter: str
    words: str


@dataclass(frozen=True)
class Diagram:
    """What to draw. `lines` are SVG paths, `words` says the same to who does not see it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    nodes: tuple[Node, ...]
    lines: tuple[str, ...]
    arrows: tuple[str, ...]
    words: str


def design_diagram(trial: Cells, arms: Sequence[Cells]) -> Diagram | None:
    """The diagram of a trial with its arms; None where it has none. Groups of results are no arms."""
    own = [arm for arm in arms if not arm["is_result_group"]]
    if not own:
        return None
    drawn = own[:MOST_ARMS]
    boxes = [_entry(trial)]
    nodes: list[Node] = []
    lines: list[str] = []
    arrows: list[str] = []
    y = TOP
    for factor, group in _factors(trial, drawn):
        # Below another factor the line goes on from where that one's last arm branched off.
        lines.append(f"M{TRUNK} {y - HEIGHT // 2 if nodes else y}V{y + GAP}")
        nodes.append(Node(y + GAP + NODE, _letter(trial), _assigned(trial, factor)))
        placed = _placed(trial, group, y + 2 * GAP + 2 * NODE)
        boxes += placed
        more_lines, more_arrows = _joined(trial["intervention_model"], placed, y + GAP + 2 * NODE)
        lines, arrows = lines + more_lines, arrows + more_arrows
        y = placed[-1].y + HEIGHT
        if trial["intervention_model"] == InterventionModel.CROSSOVER.value and len(placed) > 1:
            boxes += _second_period(placed)
    return Diagram(WIDTH, y, tuple(boxes), tuple(nodes), tuple(lines), tuple(arrows), _words(trial, own))


def _factors(trial: Cells, arms: Sequence[Cells]) -> list[tuple[int | None, list[Cells]]]:
    """The arms of each factor of a factorial design, which is assigned apart; else all together."""
    groups: dict[int | None, list[Cells]] = {}
    for arm in arms:
        groups.setdefault(arm["factor"], []).append(arm)
    is_factorial = trial["intervention_model"] == InterventionModel.FACTORIAL.value
    return list(groups.items()) if is_factorial else [(None, list(arms))]


def _entry(trial: Cells) -> Box:
    """The box of all participants."""
    enrolled = trial["enrollment"]
    planned = " planned" if trial["enrollment_type"] == "ESTIMATED" else ""
    first = f"{enrolled:,} participants{planned}" if enrolled is not None else "Participants"
    second = MASKING.get(trial["masking"] or "", "masking not stated")
    return Box(0, 0, WIDTH, TOP, first, second, "")


def _letter(trial: Cells) -> str:
    return {Allocation.RANDOMIZED.value: "R", Allocation.NON_RANDOMIZED.value: "–"}.get(trial["allocation"] or "", "")


def _assigned(trial: Cells, factor: int | None) -> str:
    """How participants came into the arms."""
    if trial["study_type"] == StudyType.OBSERVATIONAL.value:
        how = "observed, not assigned"
    else:
        how = {
            Allocation.RANDOMIZED.value: "randomized",
            Allocation.NON_RANDOMIZED.value: "not randomized",
            Allocation.NA.value: "one group",
        }.get(trial["allocation"] or "", "allocation not stated")
    ratio = f" {trial['allocation_ratio']}" if trial["allocation_ratio"] and factor is None else ""
    model = words(trial["intervention_model"]) if trial["intervention_model"] else ""
    apart = f"factor {factor}" if factor is not None else ""
    return ", ".join(text for text in (how + ratio, model, apart) if text)


def _placed(trial: Cells, arms: Sequence[Cells], top: int) -> list[Box]:
    """The boxes of arms, one below the other."""
    is_crossover = trial["intervention_model"] == InterventionModel.CROSSOVER.value and len(arms) > 1
    width = WIDTH - LEFT - (SECOND + 3 * GAP if is_crossover else 0)
    apart = 2 * GAP if trial["intervention_model"] == InterventionModel.SEQUENTIAL.value else GAP
    return [
        Box(
            LEFT,
            top + number * (HEIGHT + apart),
            width,
            HEIGHT,
            _cut(arm["label"], width),
            _cut(" · ".join(_facts(arm)), width),
            arm["label"],
        )
        for number, arm in enumerate(arms)
    ]


def _facts(arm: Cells) -> list[str]:
    size = next((arm[name] for name in ("n_randomized", "n_analyzed") if arm[name] is not None), None)
    count = f"n = {size:,}" if size is not None else "n not stated"
    if arm["n_randomized"] is None and size is not None:
        count += " analyzed"
    return [count, *([words(arm["arm_type"])] if arm["arm_type"] else [])]


def _second_period(first: Sequence[Box]) -> list[Box]:
    x = WIDTH - SECOND
    return [Box(x, box.y, SECOND, HEIGHT, "then", "crossover", "") for box in first]


def _joined(model: str | None, boxes: Sequence[Box], top: int) -> tuple[list[str], list[str]]:
    """Lines from the node to the arms and arrows: one after the other, across, or to each."""
    middle = [box.y + box.height // 2 for box in boxes]
    if model == InterventionModel.SEQUENTIAL.value:
        down = LEFT + boxes[0].width // 2
        steps = [f"M{down} {box.y + box.height}V{after.y - 1}" for box, after in itertools.pairwise(boxes)]
        return [f"M{TRUNK} {top}V{middle[0]}"], [f"M{TRUNK} {middle[0]}H{LEFT - 1}", *steps]
    arrows = [f"M{TRUNK} {y}H{LEFT - 1}" for y in middle]
    if model == InterventionModel.CROSSOVER.value and len(boxes) > 1:
        right = LEFT + boxes[0].width
        others = middle[1:] + middle[:1]
        arrows += [f"M{right} {y}L{WIDTH - SECOND - 1} {other}" for y, other in zip(middle, others, strict=True)]
    return [f"M{TRUNK} {top}V{middle[-1]}"], arrows


def _cut(text: str, width: int) -> str:
    longest = int((width - 2 * GAP) / LETTER)
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _words(trial: Cells, arms: Sequence[Cells]) -> str:
    """The diagram as a sentence."""
    entry = _entry(trial)
    sizes = "; ".join(f"{arm['label']} ({', '.join(_facts(arm))})" for arm in arms)
    left = f" The first {MOST_ARMS} of {len(arms)} are drawn." if len(arms) > MOST_ARMS else ""
    return f"Design: {entry.first}, {entry.second}, {_assigned(trial, None)}. Arms: {sizes}.{left}"
