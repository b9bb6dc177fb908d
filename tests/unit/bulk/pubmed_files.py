"""Files of PubMed's form in words of our own, small and of any number."""

import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path

RECORD = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="{version}">{pmid}</PMID>
<DateRevised><Year>2025</Year><Month>03</Month><Day>04</Day></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">1234-5678</ISSN><JournalIssue CitedMedium="Print">
<Volume>7</Volume><PubDate><Year>2025</Year><Month>Mar</Month></PubDate></JournalIssue>
<Title>Annals of Invention</Title><ISOAbbreviation>Ann Invent</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle>
<Abstract><AbstractText Label="RESULTS" NlmCategory="RESULTS">{abstract}</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Lovelace</LastName><ForeName>Ada</ForeName>
<Initials>A</Initials></Author></AuthorList><Language>eng</Language>{databank}
<PublicationTypeList><PublicationType UI="D016428">{type}</PublicationType></PublicationTypeList></Article>
<MedlineJournalInfo><Country>England</Country><MedlineTA>Ann Invent</MedlineTA></MedlineJournalInfo></MedlineCitation>
<PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle>"""

DATABANK = """<DataBankList CompleteYN="Y"><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>
<AccessionNumberList><AccessionNumber>{}</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"""

TRIAL = (
    "Eighty adults were randomly assigned to ziltivekimab 15 mg (n = 40) or placebo (n = 40). At week 12, C-reactive "
    "protein had fallen by 77% with ziltivekimab and by 4% with placebo (P&lt;0.001)."
)


def record(
    pmid: int,
    *,
    version: int = 1,
    title: str = "How engines weave.",
    abstract: str = "The engine weaves algebraic patterns.",
    type: str = "Journal Article",
    registry_id: str | None = None,
) -> str:
    """One record as XML."""
    databank = DATABANK.format(registry_id) if registry_id else ""
    return RECORD.format(pmid=pmid, version=version, title=title, abstract=abstract, type=type, databank=databank)


def as_set(records: Sequence[str], deleted: Sequence[int] = ()) -> bytes:
    """A whole file's bytes, unpacked."""
    gone = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in deleted)
    end = f"<DeleteCitation>{gone}</DeleteCitation>" if deleted else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>{"".join(records)}{end}</PubmedArticleSet>'.encode()
    )


def write_file(
    folder: Path, name: str, records: Sequence[str], *, deleted: Sequence[int] = (), md5: bool = False
) -> Path:
    """Write a file of that name, packed where the name says so, with its .md5 if asked."""
    folder.mkdir(parents=True, exist_ok=True)
    data = as_set(records, deleted)
    packed = gzip.compress(data, mtime=0) if name.endswith(".gz") else data
    (folder / name).write_bytes(packed)
    if md5:
        (folder / f"{name}.md5").write_text(f"MD5({name})= {hashlib.md5(packed).hexdigest()}\n")
    return folder / name
