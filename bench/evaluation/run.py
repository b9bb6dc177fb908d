"""One run: the abstracts of some sets, read, judged and scored."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.evaluation.judging import Judged, judge
from bench.evaluation.reading import read_all
from bench.evaluation.scores import Score, context_scores, fact_scores, scores
from bench.evaluation.shared import abstracts, eval_folder, load_scorers


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

    def held(self) -> dict[str, dict[str, Score]]:
        """The tables of train and domain for the ratchet, what was checked of the domain's numbers among them."""
        return {name: table | (self.context if name == "domain" else {}) for name, table in self.tables.items()}


def run(sets: tuple[str, ...]) -> Run:
    """Read, judge and score the named sets. Raises SharedMissing when the labelled abstracts are not there."""
    folder = eval_folder()
    scorers = load_scorers(folder)
    chosen = abstracts(folder, sets)
    judged: dict[str, list[Judged]] = {name: [] for name in sets}
    for one, reading in zip(chosen, read_all(chosen), strict=True):
        judged[one.set].append(judge(one, reading, scorers))
    domain = judged.get("domain", [])
    return Run(
        judged=judged,
        tables={name: scores(judged[name]) for name in sets},
        context=context_scores(domain),
        facts=fact_scores(domain),
    )
