"""All sources at once on one server, and a configuration that sends Trialhouse there instead of to the real ones."""

import datetime
import pathlib
import re
import shutil
from dataclasses import dataclass, field

from tests.replay.crossref import SimulatedCrossref
from tests.replay.ctgov import SimulatedCtgov, study
from tests.replay.europepmc import SimulatedEuropePmc
from tests.replay.pages import Site, article, prose
from tests.replay.pubmed import SimulatedPubMed, generated
from tests.replay.server import ReplayServer
from trialhouse.settings import Settings, load_settings

CHECKOUT = pathlib.Path(__file__).parents[2]

TODAY = datetime.date(2026, 11, 20)
NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)

TOPIC = """
topic = "fruit"
description = "Trials of fruit."
pmids = {pmids}
registry_ids = {registry_ids}
pages = {pages}
dois = {dois}

[search]
{searches}
"""

PROFILES = """
[defaults]
batch_size = {batch_size}
fetch_attempts = 1
fetch_seconds = 20
allow_loopback = true
[profiles.live]
include_corpus = false
refresh_topics = ["fruit"]
"""


@dataclass
class World:
    """What there is to ask: a test changes the simulated sources as it likes, then writes the configuration."""

    server: ReplayServer
    papers: int = 5
    batch_size: int = 200
    query: str | None = "apple"
    searches: tuple[str, ...] = ('ctgov = "fruit"',)
    pmids: list[str] = field(default_factory=list)
    registry_ids: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    papers_named: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        first = TODAY - datetime.timedelta(days=30)
        self.pubmed = SimulatedPubMed(generated(self.papers, first=first, days=20))
        self.pubmed_url = self.pubmed.serve(self.server)
        self.ctgov = SimulatedCtgov(self.server, [study(f"NCT0000000{number}") for number in range(1, 4)])
        self.europepmc = SimulatedEuropePmc(self.server, [])
        self.crossref = SimulatedCrossref(self.server, [])
        self.site = Site(self.server)
        self.site.put("/news/one", article("An apple a day", prose(1)))

    def configuration(self, folder: pathlib.Path) -> dict[str, str]:
        """Write a configuration into a folder; the variables of the environment that name it."""
        shutil.copytree(CHECKOUT / "config" / "sources", folder / "sources", dirs_exist_ok=True)
        addresses = {
            "pubmed": self.pubmed_url,
            "ctgov": self.ctgov.base_url,
            "europepmc": self.europepmc.base_url,
            "crossref": self.crossref.base_url,
        }
        for path in (folder / "sources").glob("*.toml"):
            text = re.sub(r"(requests_per_second\w*) = .*", r"\1 = 100000.0", path.read_text())
            if path.stem in addresses:
                text = re.sub(r'base_url = ".*"', f'base_url = "{addresses[path.stem]}"', text)
            path.write_text(text)
        (folder / "trialhouse.toml").write_text(PROFILES.format(batch_size=self.batch_size))
        (folder / "topics").mkdir(exist_ok=True)
        topic = TOPIC.format(
            registry_ids=_listed(self.registry_ids),
            pages=_listed(self.pages),
            dois=_listed(self.papers_named),
            pmids=_listed(self.pmids),
            searches="\n".join([*([f'pubmed = "{self.query}"'] if self.query else []), *self.searches]),
        )
        (folder / "topics" / "fruit.toml").write_text(topic)
        return {"TRIALHOUSE_CONFIG": str(folder), "TRIALHOUSE_HOSTS_FOLDER": str(folder / "hosts")}

    def settings(self, folder: pathlib.Path) -> Settings:
        """The settings of the profile `live` for a warehouse below a folder."""
        environ = self.configuration(folder / "config")
        return load_settings(profile="live", warehouse=folder / "warehouse", environ=environ).settings


def _listed(values: list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"
