"""A topic: what the sources are asked for, as `config/topics/<topic>.toml` says it."""

from pydantic import Field

from trialhouse.model.record import Record


class Search(Record):
    """A query for each source, in that source's own language; a source without one is not searched."""

    pubmed: str | None = Field(None, description="A PubMed query.")
    ctgov: str | None = Field(None, description="A ClinicalTrials.gov query (Essie expression syntax).")
    europepmc: str | None = Field(None, description="A Europe PMC query.")


class Topic(Record):
    """What is searched, and what is asked for by name."""

    topic: str = Field(description="The topic's name, as `trialhouse refresh --topic` takes it.")
    description: str = Field(description="What it covers, for people.")
    search: Search = Field(Search(), description="Queries by source.")
    pmids: tuple[str, ...] = Field((), description="PubMed ids of papers.")
    dois: tuple[str, ...] = Field((), description="DOIs of papers.")
    registry_ids: tuple[str, ...] = Field((), description="Registry ids of trials.")
    pages: tuple[str, ...] = Field((), description="Addresses of news and portal pages.")
