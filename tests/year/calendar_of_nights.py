"""What happens in the world from night to night, by chance but for a seed, and what goes wrong on which night.

A round of twenty nights holds one of everything that a refresh must survive, so that a short run tries it all.
"""

import datetime
import random
from dataclasses import dataclass, field, replace

from tests.replay.crossref import update, work
from tests.replay.pubmed import SEARCH, Simulated
from tests.replay.server import Answer
from tests.replay.world import World
from tests.year.records import MadeTrial, paper, study

FIRST = datetime.date(2026, 1, 2)
ROUND = 20
TRIALS_AT_FIRST = 8
OUTAGES = {7: SEARCH, 17: "/api/v2"}
"""Nights of a round on which a service fails every request: PubMed's search, the registry."""

OFF = {11, 12}
"""Nights on which the machine is off: nothing runs, and the next night makes up for it."""

KILLED = {15}
"""Nights on which the refresh is killed and started again."""

RETRACTED, WITHDRAWN, DECIDED, MIGRATED, PRUNED = 5, 9, 4, 13, 18

FAILING = Answer(status=500, headers={"Content-Type": "text/html"}, body=b"<h1>Internal Server Error</h1>")


def day_of(night: int) -> datetime.date:
    """The day on which the refresh of a night runs."""
    return FIRST + datetime.timedelta(days=night)


def day_before(night: int) -> datetime.date:
    """The day that the refresh of a night is for: what is new then happened on it."""
    return FIRST + datetime.timedelta(days=night - 1)


def is_off(night: int) -> bool:
    """Whether the machine is off."""
    return night % ROUND in OFF


def is_killed(night: int) -> bool:
    """Whether the refresh of the night is killed first."""
    return night % ROUND in KILLED


@dataclass
class Year:
    """The trials as they are by now, and the services that tell of them. `log` has a word for each change."""

    world: World
    seed: int = 2026
    trials: dict[int, MadeTrial] = field(default_factory=dict)
    papers: set[int] = field(default_factory=set)
    log: list[tuple[int, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self.world.ctgov.studies.clear()
        self.world.pubmed.records.clear()
        for _ in range(TRIALS_AT_FIRST):
            self._register(0)
        for number in range(1, TRIALS_AT_FIRST, 2):
            self._publish(0, number)

    def dawn(self, night: int) -> None:
        """Let the night's changes happen, and its outage begin or end."""
        self.world.server.forgive("/")
        for prefix in OUTAGES.values():
            self.world.server.forgive(prefix)
        for chance, happens in ((0.2, self._register), (0.2, self._publish_any), (0.2, self._correct)):
            if self._chance.random() < chance:
                happens(night)
        at = night % ROUND
        if at == RETRACTED:
            self._retract(night)
        if at == WITHDRAWN:
            self._withdraw(night)
        if at in OUTAGES:
            self.world.server.misbehave(OUTAGES[at], *[FAILING] * 100)
            self.log.append((night, "outage", OUTAGES[at]))

    def _register(self, night: int) -> None:
        number = len(self.trials) + 1
        self.trials[number] = MadeTrial(number)
        self._tell_registry(night, number, "registered")

    def _publish_any(self, night: int) -> None:
        running = self._running()
        if running:
            self._publish(night, self._chance.choice(running))

    def _publish(self, night: int, number: int) -> None:
        # Every third paper has arms that do not add up to its total, which is an alert.
        if number % 3 == 0:
            self.trials[number] = replace(self.trials[number], arm_n=(100, 90))
        self.papers.add(number)
        trial = self.trials[number]
        self.world.crossref.works[trial.doi] = work(trial.doi)
        self._tell_pubmed(night, number, "published")

    def _correct(self, night: int) -> None:
        """A number of a record changes: the percentage of a paper, else the enrollment of a study."""
        number = self._chance.choice(sorted({*self._running(), *self.papers}))
        if number in self.papers:
            self._change(number, response_pct=float(self._chance.randint(50, 70)))
            self._tell_pubmed(night, number, "changed")
        else:
            self._change(number, enrollment=self._chance.randint(100, 300))
            self._tell_registry(night, number, "changed")

    def _retract(self, night: int) -> None:
        sound = sorted(number for number in self.papers if self.trials[number].retracted_by is None)
        if sound:
            number = self._chance.choice(sound)
            notice = f"10.5555/retraction.{number}"
            self._change(number, retracted_by=notice)
            doi = self.trials[number].doi
            self.world.crossref.works[doi] = work(doi, updated_by=[update(notice)])
            self.world.crossref.works[notice] = work(notice, update_to=[update(doi)])
            self.log.append((night, "retracted", doi))

    def _withdraw(self, night: int) -> None:
        running = self._running()
        if running:
            number = self._chance.choice(running)
            self._change(number, status="WITHDRAWN", enrollment=0)
            self._tell_registry(night, number, "withdrawn")

    def _running(self) -> list[int]:
        """Trials without a paper that were not withdrawn: those never get one."""
        return sorted(
            number for number, trial in self.trials.items() if number not in self.papers and trial.status != "WITHDRAWN"
        )

    def _change(self, number: int, **values: object) -> None:
        self.trials[number] = replace(self.trials[number], **values)  # type: ignore[arg-type]

    def _tell_registry(self, night: int, number: int, what: str) -> None:
        trial, ctgov = self.trials[number], self.world.ctgov
        days = ctgov.posted.setdefault(trial.nct_id, {"StudyFirstPostDate": day_before(night)})
        days["LastUpdatePostDate"] = day_before(night)
        ctgov.studies[trial.nct_id] = study(trial)
        ctgov.publish(f"{day_of(night)}T09:00:05")
        self.log.append((night, what, trial.nct_id))

    def _tell_pubmed(self, night: int, number: int, what: str) -> None:
        trial, records = self.trials[number], self.world.pubmed.records
        created = records[trial.pmid].created if trial.pmid in records else day_before(night)
        records[trial.pmid] = Simulated(paper(trial), created, day_before(night), frozenset({"apple"}))
        self.log.append((night, what, trial.pmid))
