"""The papers that a page names by where its links lead: "the study" may lead to a DOI that no word of the page says."""

from urllib.parse import unquote, urlsplit

from trialhouse.model.document import Identifier
from trialhouse.model.identifiers import find_identifiers, normalise_doi
from trialhouse.text.lazy_patterns import lazy_compile

_RESOLVERS = frozenset(["doi.org", "dx.doi.org", "www.doi.org"])
"""Hosts whose addresses are DOIs and nothing else."""

_POSTED = lazy_compile(r"/content/(10\.(?:1101|64898)/(?:20\d\d\.\d\d\.\d\d\.)?\d{6,8})v\d{1,2}(?:\.[\w.-]+)?/?\Z")
"""The path of a page of bioRxiv and medRxiv: the DOI, which all versions share, version, and what is shown of it."""


def linked_paper(address: str, start: int, end: int) -> Identifier | None:
    """The paper that an address is of, as an identifier at the words of the link; None for any other address.

    Only the host and the path are asked: what stands behind a question mark is what a button shares or looks up.
    """
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return None  # no address at all ("http://[")
    if parts.scheme not in ("", "http", "https") or not host:
        return None
    path = unquote(parts.path)
    if host in _RESOLVERS:
        doi = normalise_doi(path.lstrip("/"))
        return Identifier(scheme="doi", value=doi, start=start, end=end) if doi else None
    if posted := _POSTED.search(path):
        return Identifier(scheme="doi", value=posted[1], start=start, end=end)
    papers = (one for one in find_identifiers(f"https://{host}{path}") if one.scheme != "registry")
    found = next(papers, None)
    return found.model_copy(update={"start": start, "end": end}) if found is not None else None


def stated_by(address: str | None) -> str | None:
    """The DOI that a page's canonical address is; an address of the publisher's own states none."""
    paper = linked_paper(address, 0, 0) if address else None
    is_resolver = paper is not None and urlsplit((address or "").strip()).hostname in _RESOLVERS
    return paper.value if paper is not None and is_resolver else None
