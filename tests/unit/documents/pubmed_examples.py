"""PubMed records in words of our own, to be put together by tests."""

ARTICLE = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="{version}">30000001</PMID>
<DateRevised><Year>2026</Year><Month>02</Month><Day>01</Day></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print">
<Volume>12</Volume>{date}</JournalIssue><Title>Example journal of gout &amp; joints</Title>
<ISOAbbreviation>Ex J Gout</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/elocation.1</ELocationID>
{abstract}
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Muster</LastName><ForeName>A</ForeName>
<AffiliationInfo><Affiliation>Department of Examples, Somewhere.</Affiliation></AffiliationInfo></Author></AuthorList>
<Language>eng</Language>{article}
<PublicationTypeList>{types}</PublicationTypeList></Article>
<MedlineJournalInfo><MedlineTA>Ex J Gout</MedlineTA></MedlineJournalInfo>{citation}</MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>2026</Year></PubMedPubDate></History>
<PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">30000001</ArticleId>
<ArticleId IdType="doi">10.5555/own.1</ArticleId><ArticleId IdType="pmc">PMC7000001</ArticleId></ArticleIdList>
{references}</PubmedData></PubmedArticle>
</PubmedArticleSet>
"""
DATE = "<PubDate><Year>2026</Year><Month>Feb</Month></PubDate>"
SECTIONS = (
    '<Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">Adults were randomly assigned to veltocimab or '
    'placebo.</AbstractText><AbstractText Label="RESULTS" NlmCategory="RESULTS">Pain fell (P&lt;0.001).'
    "</AbstractText></Abstract>"
)
REFERENCES = (
    "<ReferenceList><Title>References</Title>"
    '<Reference><Citation>One <i>J</i> 2001.</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/a</ArticleId>'
    '<ArticleId IdType="pubmed">11000001</ArticleId></ArticleIdList></Reference>'
    "<Reference><Citation>Without ids.</Citation></Reference>"
    '<Reference><Citation>Two.</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/b&lt;c</ArticleId>'
    "</ArticleIdList></Reference></ReferenceList>"
)


def article(**parts: str) -> str:
    """A file with one record; `parts` replace a part each."""
    usual = {
        "version": "1",
        "date": DATE,
        "title": "Veltocimab in gout.",
        "abstract": SECTIONS,
        "article": "",
        "types": '<PublicationType UI="D016428">Journal Article</PublicationType>',
        "citation": "",
        "references": "",
    }
    return ARTICLE.format(**{**usual, **parts})


def types(*names: str) -> str:
    """Publication types."""
    return "".join(f'<PublicationType UI="">{name}</PublicationType>' for name in names)


def comments(*entries: tuple[str, str]) -> str:
    """Comments and corrections: each a RefType and what is in it."""
    inner = "".join(f'<CommentsCorrections RefType="{kind}">{words}</CommentsCorrections>' for kind, words in entries)
    return f"<CommentsCorrectionsList>{inner}</CommentsCorrectionsList>"
