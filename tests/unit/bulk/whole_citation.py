"""A citation in words of our own that has every part that a record of PubMed may have."""

HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'
END = b"</PubmedArticleSet>\n"

CITATION = """<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Curated" VersionDate="2025/03/05">
<PMID Version="2">90000001</PMID>
<DateCompleted><Year>2025</Year><Month>03</Month><Day>04</Day></DateCompleted>
<DateRevised><Year>2025</Year><Month>12</Month><Day>31</Day></DateRevised>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1234-5678</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>7</Volume><Issue>2 Pt 1</Issue><PubDate><Year>2025</Year>
<Month>Mar</Month></PubDate></JournalIssue><Title>Annals of Invention</Title>
<ISOAbbreviation>Ann Invent</ISOAbbreviation></Journal>
<ArticleTitle>H<sub>2</sub>O &amp; <i>looms</i> &#x2013; a trial.</ArticleTitle>
<Pagination><StartPage>123</StartPage><EndPage>133</EndPage><MedlinePgn>123-33</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/a b&lt;1&gt;</ELocationID>
<ELocationID EIdType="pii" ValidYN="N">S-1</ELocationID>
<Abstract><AbstractText Label="BACKGROUND &amp; AIM" NlmCategory="BACKGROUND">Looms  weave.</AbstractText>
<AbstractText Label="RESULTS" NlmCategory="RESULTS">P&lt;0.05 with <mml:math
 xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math>.</AbstractText>
<CopyrightInformation>© 2025 Nobody.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y" EqualContrib="Y"><LastName>Byron</LastName><ForeName>Ada</ForeName>
<Initials>A</Initials><Suffix>3rd</Suffix><Identifier Source="ORCID">0000-0001</Identifier>
<AffiliationInfo><Affiliation>Tea Room, Ockham.</Affiliation><Identifier Source="ROR">r1</Identifier></AffiliationInfo>
<AffiliationInfo><Affiliation>Mill &quot;B&quot;.</Affiliation></AffiliationInfo></Author>
<Author ValidYN="N"><CollectiveName>Weavers' Group</CollectiveName></Author></AuthorList>
<Language>eng</Language><Language>fre</Language>
<DataBankList CompleteYN="N"><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
<AccessionNumber>NCT09990001</AccessionNumber><AccessionNumber>NCT09990002</AccessionNumber></AccessionNumberList>
</DataBank><DataBank><DataBankName>figshare</DataBankName></DataBank></DataBankList>
<GrantList CompleteYN="Y"><Grant><GrantID>G-1</GrantID><Acronym>WT_</Acronym><Agency>Wool Trust</Agency>
<Country>United Kingdom</Country></Grant><Grant><Agency>Guild</Agency><Country/></Grant></GrantList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList>
<VernacularTitle>L'eau.</VernacularTitle>
<ArticleDate DateType="Electronic"><Year>2025</Year><Month>01</Month><Day>02</Day></ArticleDate></Article>
<MedlineJournalInfo><Country>England</Country><MedlineTA>Ann Invent</MedlineTA><NlmUniqueID>1</NlmUniqueID>
<ISSNLinking>8765-4321</ISSNLinking></MedlineJournalInfo>
<ChemicalList><Chemical><RegistryNumber>059QF0KO0R</RegistryNumber><NameOfSubstance UI="D014867">Water</NameOfSubstance>
</Chemical></ChemicalList>
<SupplMeshList><SupplMeshName Type="Disease" UI="C1">Loom fever</SupplMeshName></SupplMeshList>
<CitationSubset>IM</CitationSubset><CitationSubset>N</CitationSubset>
<CommentsCorrectionsList><CommentsCorrections RefType="ErratumIn"><RefSource>Ann Invent. 2026;8:1</RefSource>
<PMID Version="1">90000009</PMID><Note>a note</Note></CommentsCorrections><CommentsCorrections RefType="CommentIn">
<RefSource>Elsewhere</RefSource></CommentsCorrections></CommentsCorrectionsList>
<GeneSymbolList><GeneSymbol>lm1</GeneSymbol></GeneSymbolList>
<MeshHeadingList><MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Textiles</DescriptorName>
<QualifierName UI="Q1" MajorTopicYN="Y">history</QualifierName><QualifierName UI="Q2" MajorTopicYN="N" AutoHM="Y">use
</QualifierName></MeshHeading><MeshHeading><DescriptorName UI="D2" MajorTopicYN="Y" Type="Geographic">Kent
</DescriptorName></MeshHeading></MeshHeadingList>
<NumberOfReferences>12</NumberOfReferences>
<PersonalNameSubjectList><PersonalNameSubject><LastName>Jacquard</LastName><ForeName>J M</ForeName>
<Initials>JM</Initials></PersonalNameSubject></PersonalNameSubjectList>
<OtherID Source="NASA">00000001</OtherID>
<OtherAbstract Type="Publisher" Language="fre"><AbstractText Label="BUT">Tisser.</AbstractText>
<AbstractText>Fin.</AbstractText><CopyrightInformation>© Personne</CopyrightInformation></OtherAbstract>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">loom</Keyword>
<Keyword MajorTopicYN="Y"><i>Morus</i> alba</Keyword>
</KeywordList>
<CoiStatement>None.</CoiStatement><SpaceFlightMission>Flight 1</SpaceFlightMission>
<InvestigatorList><Investigator ValidYN="Y"><LastName>Weaver</LastName><ForeName>Bo</ForeName><Initials>B</Initials>
<Identifier Source="ORCID">0000-0002</Identifier><AffiliationInfo><Affiliation>Mill.</Affiliation></AffiliationInfo>
</Investigator></InvestigatorList>
<GeneralNote Owner="NLM">Original DateCompleted: 1.</GeneralNote></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="received"><Year>2024</Year><Month>7</Month><Day>1</Day></PubMedPubDate>
<PubMedPubDate PubStatus="entrez"><Year>2025</Year><Month>1</Month><Day>2</Day><Hour>6</Hour><Minute>0</Minute>
</PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId><ArticleId IdType="pmc">PMC1</ArticleId></ArticleIdList>
<ReferenceList><Reference><Citation>Elsewhere.</Citation><ArticleIdList><ArticleId IdType="pubmed">1</ArticleId>
</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"""

DELETED = b'<DeleteCitation><PMID Version="1">90000007</PMID>\n<PMID Version="3">90000008</PMID></DeleteCitation>\n'


def file_of(*records: str | bytes) -> bytes:
    """A file of records, or of what else may stand in one."""
    return HEAD + b"\n".join(one.encode() if isinstance(one, str) else one for one in records) + b"\n" + END


def numbered(pmid: int, citation: str = CITATION) -> str:
    """The citation under another id."""
    return citation.replace("90000001", str(pmid))
