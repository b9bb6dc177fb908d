"""The sources on the network as the settings describe them; the one place that reads their keys."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trialhouse.model.source_config import SourceConfig
from trialhouse.settings import Settings
from trialhouse.sources.asking import Source
from trialhouse.sources.crossref import Crossref
from trialhouse.sources.ctgov import ClinicalTrialsGov
from trialhouse.sources.europepmc import EuropePmc
from trialhouse.sources.manners import Manners
from trialhouse.sources.pubmed import PubMed
from trialhouse.sources.rates import Rates
from trialhouse.sources.reach import Reach
from trialhouse.sources.session import PoliteSession
from trialhouse.sources.web_pages import WebPages


@dataclass(frozen=True)
class Means:
    """What a source is made of."""

    config: SourceConfig
    session: PoliteSession
    settings: Settings
    key: str | None
    sleep: Callable[[float], None]


SOURCES: dict[str, Callable[[Means], Source]] = {
    "pubmed": lambda m: PubMed(m.config, m.session, m.key, email=m.settings.contact_email, sleep=m.sleep),
    "ctgov": lambda m: ClinicalTrialsGov(m.config, m.session),
    "europepmc": lambda m: EuropePmc(m.config, m.session, m.settings.contact_email),
    "crossref": lambda m: Crossref(m.config, m.session, m.settings.contact_email),
    "web": lambda m: WebPages(m.config, m.session, m.settings.hosts_folder),
}
"""How each source is made. To add one: write its file in `sources/`, a row here, and a file in `config/sources`."""


REACH = Reach()
"""The hosts that are away in the run of this process: each of its batches makes sources anew, in threads."""


def source_named(
    settings: Settings,
    name: str,
    environ: Mapping[str, str] = os.environ,
    sleep: Callable[[float], None] = time.sleep,
) -> Source:
    """The source of that name, with a session of its own at the rate that its configuration allows."""
    config = settings.sources[name]
    key = environ.get(config.key_variable) if config.key_variable else None
    rate = (config.requests_per_second_with_key if key else None) or config.requests_per_second
    manners = Manners(
        email=settings.contact_email,
        total_seconds=settings.fetch_seconds,
        attempts=settings.fetch_attempts,
        allow_loopback=settings.allow_loopback,
    )
    rates = Rates(settings.hosts_folder, sleep=sleep)
    session = PoliteSession(manners, rates, requests_per_second=rate, sleep=sleep, reach=REACH)
    return SOURCES[name](Means(config, session, settings, key, sleep))
