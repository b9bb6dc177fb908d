"""The sources on the network as the settings describe them; the one place that reads their keys."""

import os
from collections.abc import Callable, Mapping

from trialhouse.model.source_config import SourceConfig
from trialhouse.settings import Settings
from trialhouse.sources.asking import Source
from trialhouse.sources.crossref import Crossref
from trialhouse.sources.ctgov import ClinicalTrialsGov
from trialhouse.sources.europepmc import EuropePmc
from trialhouse.sources.manners import Manners
from trialhouse.sources.pubmed import PubMed
from trialhouse.sources.rates import Rates
from trialhouse.sources.session import PoliteSession
from trialhouse.sources.web_pages import WebPages

Maker = Callable[[SourceConfig, PoliteSession, Settings, str | None], Source]

SOURCES: dict[str, Maker] = {
    "pubmed": lambda config, session, settings, key: PubMed(config, session, key, email=settings.contact_email),
    "ctgov": lambda config, session, settings, key: ClinicalTrialsGov(config, session),
    "europepmc": lambda config, session, settings, key: EuropePmc(config, session, settings.contact_email),
    "crossref": lambda config, session, settings, key: Crossref(config, session, settings.contact_email),
    "web": lambda config, session, settings, key: WebPages(config, session, settings.hosts_folder),
}
"""How each source is made. To add one: write its file in `sources/`, a row here, and a file in `config/sources`."""


def source_named(settings: Settings, name: str, environ: Mapping[str, str] = os.environ) -> Source:
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
    session = PoliteSession(manners, Rates(settings.hosts_folder), requests_per_second=rate)
    return SOURCES[name](config, session, settings, key)
