"""ClinicalTrials.gov API v2: the JSON of one study, as `/studies/{nctId}` answers (or a page that holds just one).

Field names are those of the API's own data model (protocolSection, identificationModule, …). The text of the document
is the decoded file; what it says of trial, arms and outcomes is read by extraction.
"""

import re
from typing import Any

from trialhouse.documents.json_record import load_record, places
from trialhouse.documents.several import several_records
from trialhouse.model.dates import first_day
from trialhouse.model.document import Document, DocumentRelation, Identifier, Receipt, UnreadableDocument
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.identifiers import find_identifiers, normalise_registry_id
from trialhouse.text.json_spans import Span, child_path
from trialhouse.text.lazy_patterns import lazy_compile

FORMAT = "ctgov_json"

OWN_REGISTRY = "ClinicalTrials.gov"

_NOTICE = lazy_compile(
    r"\b(?:Erratum|Corrected|Republished|Retraction|Expression of concern|Comment|Update|Summary for patients)"
    r"[\w ]{0,20}\b(?:in|for|of|on|from):",
    re.I,
)
"""Behind it a citation of PubMed names another paper: a notice of this one, a comment, a second printing."""


def parse_ctgov_json(text: str, receipt: Receipt) -> Document:
    """Read one study.

    Raises UnreadableDocument: "truncated", "not_json", "not_a_study", "several_records" or "too_many_values".
    """
    where = receipt.locator
    study, root = single_study(load_record(text, where), where)
    spans = places(text, where)
    protocol = study["protocolSection"]
    identification = protocol["identificationModule"]
    at = _Places(text, spans, f"{root}.protocolSection")
    nct_id = identification["nctId"]
    title_field = "officialTitle" if _words(identification, "officialTitle") else "briefTitle"
    references = _references(protocol, at)
    evidence = {"title": at.evidence(f"identificationModule.{title_field}")}
    published, published_path = _published(_part(protocol, "statusModule"))
    if published_path:
        evidence["published"] = at.evidence(published_path)
    return Document(
        document_id=receipt.document_id,
        receipt=receipt,
        format=FORMAT,
        kind=DocumentKind.REGISTRY,
        text=text,
        title=_words(identification, title_field),
        published=published,
        language="en",
        url=f"https://clinicaltrials.gov/study/{nct_id}",
        registry_ids=_registry_ids(identification, at),
        cites=tuple(reference for reference, _ in references),
        relations=(*(relation for _, relation in references), *_other_studies(identification, at)),
        license=receipt.license,
        evidence={name: proof for name, proof in evidence.items() if proof is not None},
    )


def single_study(loaded: Any, where: str) -> tuple[dict[str, Any], str]:
    """The one study of a loaded file and the path of its place (`$` or `$.studies[0]`)."""
    studies, root = [loaded], "$"
    if isinstance(loaded, dict) and isinstance(loaded.get("studies"), list):
        studies, root = loaded["studies"], "$.studies[0]"
    elif isinstance(loaded, list):
        studies, root = loaded, "$[0]"
    if len(studies) > 1:
        raise several_records(where, len(studies))
    study: Any = studies[0] if studies else None
    match study:
        case {"protocolSection": {"identificationModule": {"nctId": str()}}}:
            found: dict[str, Any] = study
            return found, root
    raise UnreadableDocument(
        "not_a_study",
        f"{where}: JSON without protocolSection.identificationModule.nctId is no study of ClinicalTrials.gov's API v2; "
        "fetch the study again from /api/v2/studies/{nctId}.",
    )


class _Places:
    """Evidence by path below one root."""

    def __init__(self, text: str, spans: dict[str, Span], root: str) -> None:
        self.text = text
        self.spans = spans
        self.root = root

    def span(self, path: str) -> Span:
        return self.spans.get(f"{self.root}.{path}", (0, 0))

    def evidence(self, path: str, part: Span | None = None) -> Evidence | None:
        """The scalar at a path, or a part of it, as evidence."""
        start, end = part or self.span(path)
        if start == end:
            return None
        return Evidence(start=start, end=end, quote=self.text[start:end], locator=f"{self.root}.{path}")


def _published(status: dict[str, Any]) -> tuple[str | None, str | None]:
    """The day the record was first posted, else that of its results, and the path of what says so."""
    for name in ("studyFirstPostDateStruct", "resultsFirstPostDateStruct"):
        date = _words(_part(status, name), "date")
        if date and _is_date(date):
            return date, f"statusModule.{name}.date"
    return None, None


def _is_date(words: str) -> bool:
    try:
        first_day(words)
    except ValueError:
        return False
    return True


def _part(node: Any, name: str) -> dict[str, Any]:
    """The object of that name, or an empty one: a file may hold anything where the API has an object."""
    found = node.get(name) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}


def _list(node: dict[str, Any], name: str) -> list[Any]:
    found = node.get(name)
    return found if isinstance(found, list) else []


def _words(node: Any, name: str) -> str | None:
    """The string of that name, or None."""
    found = node.get(name) if isinstance(node, dict) else None
    return found if isinstance(found, str) and found else None


def _registry_ids(identification: dict[str, Any], at: _Places) -> tuple[Identifier, ...]:
    """The NCT id first, then its aliases, then the secondary ids that are ids of other registries."""
    named: list[tuple[str | None, str]] = [(identification["nctId"], "identificationModule.nctId")]
    named += [
        (alias if isinstance(alias, str) else None, child_path("identificationModule.nctIdAliases", index))
        for index, alias in enumerate(_list(identification, "nctIdAliases"))
    ]
    own = len(named)
    named += _secondary(identification)
    found: dict[tuple[str, str], Identifier] = {}
    for number, (written, path) in enumerate(named):
        typed = normalise_registry_id(written) if written else None
        if written is not None and written == identification["nctId"]:
            typed = (OWN_REGISTRY, written)
        if typed and typed not in found and (number < own or typed[0] != OWN_REGISTRY):
            start, end = at.span(path)
            found[typed] = Identifier(scheme="registry", value=typed[1], registry=typed[0], start=start, end=end)
    return tuple(found.values())


def _secondary(identification: dict[str, Any]) -> list[tuple[str | None, str]]:
    """What stands as a secondary id or as the organisation's id, with its path."""
    named = [
        (_words(info, "id"), f"identificationModule.secondaryIdInfos[{index}].id")
        for index, info in enumerate(_list(identification, "secondaryIdInfos"))
    ]
    return [*named, (_words(_part(identification, "orgStudyIdInfo"), "id"), "identificationModule.orgStudyIdInfo.id")]


def _other_studies(identification: dict[str, Any], at: _Places) -> list[DocumentRelation]:
    """Studies of this registry that a record names beside its own: the parent of an extension, a sister study."""
    aliases = [alias for alias in _list(identification, "nctIdAliases") if isinstance(alias, str)]
    own = {identification["nctId"], *aliases}
    found: dict[str, DocumentRelation] = {}
    for written, path in _secondary(identification):
        typed = normalise_registry_id(written) if written else None
        if typed and typed[0] == OWN_REGISTRY and typed[1] not in own:
            relation = DocumentRelation(
                relation=Relation.CITES,
                scheme="registry",
                value=typed[1],
                method="secondary id",
                evidence=at.evidence(path),
            )
            found.setdefault(typed[1], relation)
    return list(found.values())


def _references(protocol: dict[str, Any], at: _Places) -> list[tuple[Identifier, DocumentRelation]]:
    """Papers named by PMID and by the DOI in their citation, by both where both are given: who cites the paper may
    give either.

    The type (BACKGROUND, RESULT, DERIVED) says whether they are about this trial.
    """
    found = []
    for index, reference in enumerate(_list(_part(protocol, "referencesModule"), "references")):
        path = f"referencesModule.references[{index}]"
        for named in (_by_pmid(reference, path, at), _by_doi(reference, path, at)):
            if named is None:
                continue
            paper, proof = named
            relation = DocumentRelation(
                relation=Relation.CITES,
                scheme=paper.scheme,
                value=paper.value,
                method=f"reference:{_words(reference, 'type') or 'UNTYPED'}",
                evidence=proof,
            )
            found.append((paper, relation))
    return found


def _by_pmid(reference: Any, path: str, at: _Places) -> tuple[Identifier, Evidence | None] | None:
    pmid = str(reference.get("pmid") or "") if isinstance(reference, dict) else ""
    if not re.fullmatch(r"[0-9]{1,8}", pmid):
        return None
    start, end = at.span(f"{path}.pmid")
    return Identifier(scheme="pmid", value=pmid, start=start, end=end), at.evidence(f"{path}.pmid")


def _by_doi(reference: Any, path: str, at: _Places) -> tuple[Identifier, Evidence | None] | None:
    """The first DOI of the citation, at its own place where the file writes it without escapes; none of a notice."""
    citation = _NOTICE.split(_words(reference, "citation") or "", maxsplit=1)[0]
    doi = next((one.value for one in find_identifiers(citation) if one.scheme == "doi"), None)
    if doi is None:
        return None
    start, end = at.span(f"{path}.citation")
    inside = at.text.find(doi, start, end)
    if inside >= 0:
        start, end = inside, inside + len(doi)
    return Identifier(scheme="doi", value=doi, start=start, end=end), at.evidence(f"{path}.citation", (start, end))
