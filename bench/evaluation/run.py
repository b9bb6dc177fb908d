"""One run: the abstracts of some sets, read, judged and scored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.evaluation.judging import Judged, judge
from bench.evaluation.reading import Reading, read_all
from bench.evaluation.scores import Score, context_scores, fact_scores, scores
from bench.evaluation.shared import Abstract, abstracts, eval_folder, load_scorers


@dataclass(frozen=True)
class Run:
    """All that was judged, by set, with the tables; `context` and `facts` are of the domain abstracts."""

    judged: Mapping[str, list[Judged]]
    tables: Mapping[str, dict[str, Score]]
    context: dict[str, Score]
    facts: dict[str, Score]

    @property
    def failures(self) -> list[tuple[str, str]]:
        """The abstracts that parsing or extraction raised on, each with what it raised."""
        every = [one for name in self.judged for one in self.judged[name]]
        return [(one.abstract.id, one.reading.failure) for one in every if one.reading.failure]


def run(sets: tuple[str, ...], read: Callable[[Sequence[Abstract]], list[Reading]] = read_all) -> Run:
    """Read, judge and score the named sets. Raises SharedMissing when the labelled abstracts are not there."""
    folder = eval_folder()
    scorers = load_scorers(folder)
    chosen = abstracts(folder, sets)
    judged: dict[str, list[Judged]] = {name: [] for name in sets}
    for one, reading in zip(chosen, read(chosen), strict=True):
        judged[one.set].append(judge(one, reading, scorers))
    domain = judged.get("domain", [])
    return Run(
        judged=judged,
        tables={name: scores(judged[name]) for name in sets},
        context=context_scores(domain),
        facts=fact_scores(domain),
    )
