import pytest

from trialhouse.documents.jats_elements import KNOWN, LEFT_OUT, READ
from trialhouse.model.document import Section, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.3//EN" "JATS-archivearticle1.dtd">
"""
ARTICLE = (
    HEAD
    + """<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="{kind}" xml:lang="en"><front>
<journal-meta><journal-title-group><journal-title>Example Journal of Fevers</journal-title></journal-title-group>
</journal-meta><article-meta>
<article-id pub-id-type="pmid">99000001</article-id><article-id pub-id-type="pmc">9900001</article-id>
<article-id pub-id-type="doi">10.5555/ejf.2026.1</article-id>
<title-group><article-title>Belotarin for fever<xref ref-type="fn" rid="n1"><sup>*</sup></xref></article-title>
<subtitle>a randomised trial</subtitle></title-group>
<contrib-group><contrib><name><surname>Muster</surname></name></contrib></contrib-group>
<pub-date pub-type="collection"><year>2026</year></pub-date>
<pub-date pub-type="epub"><day>3</day><month>2</month><year>2026</year></pub-date>
<permissions><copyright-statement>The authors</copyright-statement>
<license xlink:href="https://creativecommons.org/licenses/by-nc/4.0/"><license-p>Open.</license-p></license>
</permissions>{related}
<abstract><sec><title>Methods</title><p>We randomised 120 adults &amp; children (1:1).</p></sec>
<sec><title>Results</title><p>Fever fell in 40%<sup><xref ref-type="bibr" rid="r1">1</xref></sup> of 10<sup>2</sup>.</p>
</sec><sec><title>Trial registration</title><p>NCT09990001.</p></sec></abstract>
<trans-abstract xml:lang="es"><p>Se asignaron 120 adultos y los pacientes con fiebre.</p></trans-abstract>
</article-meta></front>
<body><sec sec-type="intro"><title>1. Introduction</title><p>An earlier trial was NCT08880002.</p></sec>
<sec sec-type="methods"><title>Patients</title><p>Doses were:<list><list-item><p>one of 5 mg</p></list-item></list></p>
<sec><title>Statistics</title><p>A test was used [<xref ref-type="bibr" rid="r1">1</xref>].</p></sec></sec>
<sec><title>Results</title><p>Table 1 tells.<table-wrap><table><tr><td>77</td></tr></table></table-wrap> It held.</p>
</sec>
<sec><title>Competing interests</title><p>None.</p></sec></body>
<back><ack><p>We thank all.</p></ack><fn-group><fn><p>Registered as ISRCTN12345678.</p></fn></fn-group>
<ref-list><ref><mixed-citation><pub-id pub-id-type="doi">10.5555/a.1</pub-id>
<pub-id pub-id-type="pmid">88000001</pub-id></mixed-citation></ref>
<ref><element-citation><pub-id pub-id-type="doi">10.5555/a.2</pub-id></element-citation></ref></ref-list></back>
{more}</article>"""
)


def article(kind: str = "research-article", related: str = "", more: str = "") -> str:
    return ARTICLE.format(kind=kind, related=related, more=more)


def zone_words(document) -> list[tuple[ZoneKind, Section, str]]:
    text = document.prose.text
    return [(zone.kind, zone.section, text[zone.start : zone.end]) for zone in document.prose.zones]


def test_the_facts_of_an_article_and_where_they_stand(parse) -> None:
    document = parse(article())
    assert (document.format, document.kind) == ("jats", DocumentKind.FULLTEXT)
    assert document.title == "Belotarin for fever: a randomised trial"
    assert (document.journal, document.published) == ("Example Journal of Fevers", "2026-02-03")
    assert (document.doi, document.pmid, document.pmcid) == ("10.5555/ejf.2026.1", "99000001", "PMC9900001")
    assert (document.license, document.language, document.other_languages) == ("CC-BY-NC-4.0", "en", ("es",))
    assert not document.is_partial
    assert not document.unknown
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())
    assert document.evidence["journal"].quote == "Example Journal of Fevers"


def test_sections_come_from_their_types_and_titles_and_notes_are_no_body(parse) -> None:
    zones = zone_words(parse(article()))
    assert (ZoneKind.BODY, Section.METHODS, "Methods: We randomised 120 adults & children (1:1).") in zones
    assert (ZoneKind.BODY, Section.BACKGROUND, "1. Introduction: An earlier trial was NCT08880002.") in zones
    assert (ZoneKind.BODY, Section.METHODS, "Patients: Doses were:") in zones
    assert (ZoneKind.BODY, Section.METHODS, "one of 5 mg") in zones
    assert (ZoneKind.BODY, Section.METHODS, "Statistics: A test was used [1].") in zones
    assert (ZoneKind.FOOTER, Section.UNASSIGNED, "Competing interests: None.") in zones
    assert [kind for kind, _, words in zones if "fiebre" in words] == [ZoneKind.OTHER_LANGUAGE]


def test_raised_references_and_tables_fall_away_and_powers_stay(parse) -> None:
    text = parse(article()).prose.text
    assert "Fever fell in 40% of 10^2." in text
    assert "Table 1 tells. It held." in text
    assert "77" not in text


def test_every_stretch_of_the_prose_stands_in_the_file(parse) -> None:
    document = parse(article())
    for word in ("children", "120", "5 mg", "used", "ISRCTN12345678"):
        start = document.prose.text.index(word)
        left, right, _ = document.prose.in_file(start, start + len(word))
        assert document.text[left:right] == word


def test_a_trial_that_is_only_spoken_of_is_not_the_documents_own(parse) -> None:
    document = parse(article())
    assert [one.value for one in document.registry_ids] == ["NCT09990001", "ISRCTN12345678"]
    assert all(document.text[one.start : one.end] == one.value for one in document.registry_ids)


def test_references_are_cited_once_by_pmid_else_doi(parse) -> None:
    assert [(one.scheme, one.value) for one in parse(article()).cites] == [("pmid", "88000001"), ("doi", "10.5555/a.2")]


def test_a_registry_id_among_the_references_is_cited_and_not_the_articles_own(parse) -> None:
    listed = "<ref><mixed-citation>A trial. NCT08880007, like ISRCTN12345678.</mixed-citation></ref></ref-list>"
    document = parse(article().replace("</ref-list>", listed))
    (one,) = document.cited_registry_ids
    assert document.text[one.start : one.end] == one.value == "NCT08880007"
    assert "ISRCTN12345678" in [own.value for own in document.registry_ids]


@pytest.mark.parametrize(
    ("kind", "linked", "relation", "method"),
    [
        ("correction", "corrected-article", Relation.ERRATUM_FOR, "named by the record"),
        ("retraction", "retracted-article", Relation.RETRACTION_OF, "named by the record"),
        ("expression-of-concern", "object-of-concern", Relation.CONCERN_ABOUT, "named by the record"),
        ("research-article", "retraction-forward", Relation.CITES, "retraction in"),
        ("research-article", "companion", Relation.CITES, "companion"),
    ],
)
def test_related_articles_are_relations_with_their_place(parse, kind, linked, relation, method) -> None:
    related = f'<related-article related-article-type="{linked}" ext-link-type="doi" xlink:href="10.5555/ejf.2025.9"/>'
    document = parse(article(kind, related))
    found = next(one for one in document.relations if one.value == "10.5555/ejf.2025.9")
    assert (found.relation, found.method) == (relation, method)
    assert found.evidence is not None
    assert found.evidence.holds_in(document.text)
    assert (document.kind is DocumentKind.NOTICE) == (kind != "research-article")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (article("preprint"), DocumentKind.PREPRINT),
        (article("editorial"), None),
        (article().replace("Example Journal of Fevers", "medRxiv"), DocumentKind.PREPRINT),
        (article().split("<body>")[0] + "</article>", DocumentKind.ABSTRACT),
    ],
)
def test_the_kind_by_type_and_journal(parse, content: str, kind: DocumentKind | None) -> None:
    document = parse(content)
    assert document.kind is kind
    assert document.is_partial == ("<body>" not in content)


def test_an_element_nobody_has_heard_of_is_told_with_its_path(parse) -> None:
    (one,) = parse(article(more="<hologram><beam/></hologram>").replace("<beam/>", "")).unknown
    assert (one.quote, one.locator) == ("hologram", "/article/hologram")


def test_no_element_is_both_read_and_left_out() -> None:
    both = READ & frozenset().union(*LEFT_OUT.values())
    assert not both, sorted(both)
    assert "article" in KNOWN


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (article()[:2000], "truncated"),
        (article().replace("</journal-meta>", "</journal-mate>"), "not_xml"),
        (article().replace('archivearticle1.dtd">', 'a.dtd" [<!ENTITY a "b">]>'), "unsafe_xml"),
        (HEAD + "<article article-type='letter'><front><journal-meta/></front></article>", "no_record"),
        ("<pmc-articleset><article><front/></article><article><front/></article></pmc-articleset>", "several_records"),
    ],
)
def test_what_cannot_be_read_says_why(parse, content: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"inbox/page\.txt") as told:
        parse(content)
    assert told.value.reason == reason


def test_the_article_of_a_set_is_read_and_an_html_article_is_not(parse) -> None:
    whole = article().removeprefix(HEAD)
    assert parse(f"<pmc-articleset>{whole}</pmc-articleset>").format == "jats"
    assert parse(f"<article><h1>Fever</h1><p>{'Words of a page. ' * 30}</p></article>").format == "html"


def test_names_of_the_grammar_comments_and_cdata_are_read_as_what_they_are(parse) -> None:
    words = "We randomised 120 adults &amp; children (1:1)."
    odd = "We gave 5&nbsp;&mu;g &strange; <!-- <p>not this</p> --> to <![CDATA[a < b]]>."
    document = parse(article().replace(words, odd))
    assert "We gave 5\u00a0μg &strange;  to a < b." in document.prose.text
    assert "not this" not in document.prose.text
    assert document.doi == "10.5555/ejf.2026.1"


def test_articles_inside_an_article_are_left_out(parse) -> None:
    inner = '<sub-article article-type="reply"><body><p>A reply with 99 patients.</p></body></sub-article>'
    document = parse(article(more=inner))
    assert "99 patients" not in document.prose.text
    assert not document.unknown


def test_a_number_in_mathml_is_read_and_tex_is_not(parse) -> None:
    formula = (
        "<inline-formula><alternatives><tex-math>\\frac12 777</tex-math><mml:math xmlns:mml='m'><mml:mn>0.5</mml:mn>"
        "</mml:math></alternatives></inline-formula>"
    )
    document = parse(article().replace("Table 1 tells.", f"It was {formula}."))
    assert "It was 0.5." in document.prose.text
    assert not document.unknown
