"""Flattened pages and abstracts: zones, facts of the document, relations. All trials here are invented."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialhouse.documents.blocks import split_blocks
from trialhouse.documents.language import language_of
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.section_labels import split_labelled
from trialhouse.documents.zones import classify, make_zones
from trialhouse.model.document import Document, Section, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation

PROSE = (
    "In this trial we randomly assigned 120 adults with mild sumba fever to belotarin or to placebo for 12 weeks, "
    "and the fever ended in 45 of 60 and in 30 of 60 of them."
)
ABSTRACT = f"""Belotarin for sumba fever: a randomized trial

Ex J Fevers. 2026 Mar 9;4(2):11-19. doi: 10.5555/exjf.2026.11. Epub 2026 Jan 2. PMID: 99990001

Department of Fevers, University of Sampleton, Sampleton, Utopia.

Background: Nobody knew whether belotarin shortens the fever.

Methods: {PROSE}

Findings: The median time was 5 days with belotarin and 8 days with placebo.

Interpretation: Belotarin shortened the fever.

Funding: Sample Trust.

MeSH terms

  • Fever / drug therapy*
  • Humans
"""
NEWS = f"""Home
Cardiology
Fevers
Subscribe

Belotarin Cuts Days of Fever

By Ada Exemplar, MD | April 3, 2026

{PROSE}

ADVERTISEMENT
SCROLL TO CONTINUE

Researchers found that the drug was well tolerated by the patients who took it, according to the study.

Page: 1 2 | Single Page

Related Articles

    Another drug, ultorin, was given to 999 people in a trial that was presented at a meeting in the spring.

Disclosure: the authors reported ties.

Exemplar A, Muster B, et al. Belotarin for fever. Ex J Fevers. 2026;4(2):11-19. doi:10.5555/exjf.2026.11

Copyright © 2026 Sample News. All rights reserved, including those for text and data mining.
"""


def zone_of(document: Document, words: str) -> ZoneKind:
    at = document.text.index(words)
    return next(zone.kind for zone in document.zones if zone.start <= at < zone.end)


def test_an_abstract(parse) -> None:
    document = parse(ABSTRACT)
    assert document.kind is DocumentKind.ABSTRACT
    assert document.title == "Belotarin for sumba fever: a randomized trial"
    assert (document.journal, document.published) == ("Ex J Fevers", "2026-03-09")
    assert (document.doi, document.pmid, document.cites) == ("10.5555/exjf.2026.11", "99990001", ())
    assert (document.language, document.other_languages, document.is_partial) == ("en", (), False)
    assert zone_of(document, "Department of Fevers") is ZoneKind.AFFILIATION
    assert zone_of(document, "Humans") is ZoneKind.KEYWORDS
    sections = [zone.section for zone in document.zones if zone.kind is ZoneKind.BODY]
    assert sections == [
        Section.BACKGROUND,
        Section.METHODS,
        Section.RESULTS,
        Section.CONCLUSIONS,
        Section.UNASSIGNED,
    ]
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())
    assert set(document.evidence) == {"title", "journal", "published", "doi", "pmid"}


def test_a_news_page(parse) -> None:
    document = parse(NEWS)
    assert document.kind is DocumentKind.NEWS
    assert document.title == "Belotarin Cuts Days of Fever"
    assert document.published == "2026-04-03"
    assert document.doi is None
    assert [one.value for one in document.cites] == ["10.5555/exjf.2026.11"]
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.CITES, "10.5555/exjf.2026.11")]
    assert document.is_partial
    assert document.license == "all-rights-reserved"
    assert document.text_mining_reservation in NEWS
    assert "text and data mining" in document.text_mining_reservation
    assert document.evidence["text_mining_reservation"].holds_in(document.text)
    assert zone_of(document, "999 people") is ZoneKind.RELATED
    assert zone_of(document, "SCROLL TO") is ZoneKind.ADVERTISEMENT
    assert zone_of(document, "Cardiology") is ZoneKind.MENU
    assert zone_of(document, "45 of 60") is ZoneKind.BODY
    assert zone_of(document, "Exemplar A, Muster") is ZoneKind.REFERENCES


def test_a_portal_page_with_glued_labels(parse) -> None:
    document = parse(
        "A cohort of people with sumba fever in Sampleton\n\nResearch output: Contribution to journalArticle\n\n"
        f"BACKGROUND: Little is known. METHODS: {PROSE} RESULTS : Few died. CONCLUSIONS: More is to be learnt.\n\n"
        "Original languageEnglish\nPages (from-to)10-19\nJournalSample Fever Letters\nIssue number4\n"
        "Publication statusPublished - Nov 2025\n\n  • Fevers\n  • Cohorts\n"
    )
    assert document.kind is DocumentKind.PORTAL
    assert (document.journal, document.published) == ("Sample Fever Letters", "2025-11")
    assert document.evidence["published"].quote == "Nov 2025"
    labels = [(zone.section, zone.label) for zone in document.zones if zone.kind is ZoneKind.BODY]
    assert [section for section, _ in labels] == [
        Section.BACKGROUND,
        Section.METHODS,
        Section.RESULTS,
        Section.CONCLUSIONS,
    ]
    assert zone_of(document, "• Cohorts") is ZoneKind.KEYWORDS


@pytest.mark.parametrize(
    ("copy", "code"),
    [
        ("在这项随机双盲试验中，患者接受贝洛他林或安慰剂治疗。发热持续时间缩短。", "zh"),
        ("この無作為化試験では、患者はベロタリンまたはプラセボを投与された。", "ja"),
        ("이 무작위 시험에서 환자들은 벨로타린 또는 위약을 투여받았다.", "ko"),
        ("В этом исследовании пациенты получали белотарин или плацебо в течение недель.", "ru"),
        ("في هذه التجربة تلقى المرضى بيلوتارين أو دواء وهمي لمدة أسابيع.", "ar"),
        ("En este ensayo los pacientes con fiebre recibieron belotarina o placebo para el tratamiento de la fiebre, "
         "y la fiebre fue más corta con el medicamento que con el placebo en los adultos.", "es"),
        ("Dans cet essai, les patients ont reçu le médicament ou un placebo pour la fièvre, et la durée des symptômes "
         "est plus courte dans le groupe traité par le médicament que dans le groupe sous placebo.", "fr"),
        ("In dieser Studie wurden die Patienten mit Fieber mit dem Wirkstoff oder mit Placebo behandelt, und die Dauer "
         "des Fiebers war mit dem Wirkstoff nicht länger als bei den Patienten mit Placebo.", "de"),
        ("Neste ensaio os pacientes com febre receberam o medicamento ou placebo para o tratamento da febre, e a "
         "duração dos sintomas não foi maior com o medicamento do que com o placebo entre os adultos.", "pt"),
    ],
)  # fmt: skip
def test_a_copy_in_another_language(parse, copy: str, code: str) -> None:
    document = parse(f"{ABSTRACT.split('MeSH', maxsplit=1)[0]}\n{copy}\n")
    assert (document.language, document.other_languages) == ("en", (code,))
    assert zone_of(document, copy) is ZoneKind.OTHER_LANGUAGE


def test_a_page_that_is_in_another_language_throughout(parse) -> None:
    text = "在这项随机双盲试验中，患者接受贝洛他林或安慰剂治疗。第12周时发热持续时间缩短，两组分别为5天和8天。" * 3
    document = parse(text)
    assert (document.language, document.other_languages) == ("zh", ())
    assert zone_of(document, "患者") is not ZoneKind.OTHER_LANGUAGE


@pytest.mark.parametrize(
    ("title", "first", "relation"),
    [
        ("Correction: Belotarin for sumba fever", "This corrects the article published at", Relation.ERRATUM_FOR),
        ("Erratum to: Belotarin and fever", "The table was wrong in the original article", Relation.ERRATUM_FOR),
        ("Publisher Correction to Belotarin trial", "Correction to:", Relation.ERRATUM_FOR),
        ("Retraction: Belotarin for sumba fever", "The editors retract the article", Relation.RETRACTION_OF),
        ("Retraction notice to a trial of belotarin", "Because of errors in data, we retract the article", Relation.RETRACTION_OF),  # noqa: E501
        ("Expression of Concern: Belotarin for fever", "The editors have concern about the article", Relation.CONCERN_ABOUT),  # noqa: E501
    ],
)  # fmt: skip
def test_notices_name_their_paper(parse, title: str, first: str, relation: Relation) -> None:
    document = parse(
        f"{title}\n\nEx J Fevers. 2026 Jun 1;4(6):77. doi: 10.5555/exjf.2026.77\n\n"
        f"{first} 10.5555/exjf.2026.11, in which the number of participants was not given as it should have been.\n"
    )
    assert document.kind is DocumentKind.NOTICE
    assert document.doi == "10.5555/exjf.2026.77"
    assert [(one.relation, one.value) for one in document.relations] == [(relation, "10.5555/exjf.2026.11")]


@pytest.mark.parametrize(
    "line",
    [
        "The original article can be found online at https://doi.org/10.5555/exjf.2026.11",
        'The original article can be found <a href="https://doi.org/10.5555/exjf.2026.11">online</a>.',
        "Correction to: Ex J Fevers https://doi.org/10.5555/exjf.2026.11",
        "Erratum to: Ex J Fevers (2026) 10:100-110, doi:10.5555/exjf.2026.11",
    ],
)
def test_a_line_of_a_notices_page_names_its_paper(parse, line: str) -> None:
    head = '<meta name="citation_doi" content="10.5555/exjf.2026.77">'
    body = f"<main><h1>Correction to: Belotarin for fever</h1><p>{line}</p><p>The count of fevers was wrong.</p></main>"
    document = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.ERRATUM_FOR, "10.5555/exjf.2026.11")]
    menu = parse(
        f"<html><head>{head}</head><body>{body.replace(line, 'Read more: 10.5555/exjf.2026.11')}</body></html>"
    )
    assert menu.relations == ()


def test_a_retracted_paper_is_no_notice(parse) -> None:
    assert parse(ABSTRACT.replace("Belotarin for", "RETRACTED: Belotarin for", 1)).kind is DocumentKind.ABSTRACT


def test_a_preprint_names_the_paper_it_became(parse) -> None:
    document = parse(
        "Belotarin for sumba fever\n\nSampleRxiv 2025.11.03; doi: 10.5555/srx.2025.1\n\n"
        "This article is a preprint. Now published in Ex J Fevers doi: 10.5555/exjf.2026.11\n\n" + PROSE
    )
    assert document.kind is DocumentKind.PREPRINT
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.PREPRINT_OF, "10.5555/exjf.2026.11")]


def test_a_text_that_stops_in_mid_sentence_is_partial(parse) -> None:
    assert parse(f"Belotarin and fever\n\n{PROSE}\n\n{PROSE[:-30]}").is_partial
    assert not parse(f"Belotarin and fever\n\n{PROSE}").is_partial


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nRESULTS: We assigned 80 to belota",
        "\n\nThe fever ended in",
        " The fever ended in 45 of 60 people (75%; P=0.0",
        " The fever was gone after a median of 5 days (range 3 to 9.",
    ],
)
def test_a_short_tail_that_stops_is_partial(parse, tail: str) -> None:
    assert parse(f"Belotarin and fever\n\n{PROSE}{tail}").is_partial


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nTrial registration: ClinicalTrials.gov NCT09990001",
        " The trial is registered with ClinicalTrials.gov as number NCT09990001",
        " All of it is to be found by everyone who wants it at https://fevers.example.org/11",
        "\n\nFunding: The Fund for Fevers of the Town of Sampleton",
        "\n\nDepartment of Fevers, University of Sampleton, Sampleton, Utopia",
        "\n\nMeSH terms\n\n  • Fever / drug therapy\n  • Humans",
        "\n\nCopyright © 2026 by the authors of this text",
        "\n\nBack to top",
        " This had been shown before.12,13",
    ],
)
def test_a_text_that_rightly_ends_without_a_full_stop_is_whole(parse, tail: str) -> None:
    assert not parse(f"Belotarin and fever\n\n{PROSE}{tail}").is_partial


def test_the_text_is_the_file(parse) -> None:
    assert parse(NEWS.replace("\n", "\r\n").encode()).text == NEWS


def test_a_page_without_a_trial_is_a_document(parse) -> None:
    document = parse(
        "Our office moves\n\nFrom June on you will find us at the other end of the street, near the bakery.\n"
    )
    assert document.registry_ids == ()
    assert document.problem is None


def test_registry_ids_of_related_articles_are_not_the_pages_own(parse) -> None:
    page = NEWS.replace("999 people", "999 people (NCT09990009)").replace("placebo for", "placebo (NCT09990001) for", 1)
    assert [one.value for one in parse(page).registry_ids] == ["NCT09990001"]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021 May 29", "2021-05-29"),
        ("2021 May", "2021-05"),
        ("Oct 2021", "2021-10"),
        ("29 May 2021", "2021-05-29"),
        ("June 13, 2023", "2023-06-13"),
        ("March 7th, 2020", "2020-03-07"),
        ("2021 Mar-Apr", "2021"),
        ("2021", "2021"),
        ("2021-10-05", "2021-10-05"),
        ("Sept. 2022", "2022-09"),
    ],
)
def test_dates_are_as_precise_as_stated(written: str, iso: str) -> None:
    found = find_date(f"Published {written}; more")
    assert found is not None
    assert found[0] == iso


def test_labels_within_a_paragraph() -> None:
    text = "OBJECTIVE: To see. RESEARCH DESIGN AND METHODS: We looked. RESULTS: Seen."
    parts = split_labelled(text, Section.UNASSIGNED, None)
    assert [(part.section, text[part.start : part.end].strip()) for part in parts] == [
        (Section.OBJECTIVE, "OBJECTIVE: To see."),
        (Section.METHODS, "RESEARCH DESIGN AND METHODS: We looked."),
        (Section.RESULTS, "RESULTS: Seen."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Purpose. To see. Methods. Two groups were seen. Results. 12 were well. Conclusion. They were.",
        "Purpose - To see. Methods - Two groups were seen. Results - 12 were well. Conclusion - They were.",
        "Purpose— To see. Methods — Two groups were seen. Results — 12 were well. Conclusion — They were.",
    ],
)
def test_labels_within_a_paragraph_are_marked_as_the_first_one(text: str) -> None:
    parts = split_labelled(text, Section.UNASSIGNED, None)
    assert [part.section for part in parts] == [
        Section.OBJECTIVE,
        Section.METHODS,
        Section.RESULTS,
        Section.CONCLUSIONS,
    ]


def test_a_word_with_a_full_stop_is_no_label_where_the_first_has_a_colon() -> None:
    text = "OBJECTIVE: To see. RESULTS: It was seen in both. Results. They were good."
    assert [part.section for part in split_labelled(text, Section.UNASSIGNED, None)] == [
        Section.OBJECTIVE,
        Section.RESULTS,
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "The first line of a paragraph that was wrapped at some column of\nthe page and goes on here, where it also is as long as the line\nabove, and ends."  # noqa: E501
    assert [block.text for block in split_blocks(f"Title\n\n{wrapped}\n")] == ["Title", wrapped.replace("\n", " ")]


def test_language_abstains_on_a_list_of_names() -> None:
    assert language_of("Exemplar A, Muster B, Voorbeeld C") is None


LINES = st.sampled_from(
    ["", PROSE, "• Item", "MeSH terms", "Related Articles", "RESULTS: 5 of 9 died.", "ADVERTISEMENT", "2020", "摘要：患者接受治疗。", "  short line", "Results"]  # noqa: E501
)  # fmt: skip


@given(st.lists(LINES, max_size=25).map("\n".join))
@settings(max_examples=60)
def test_zones_are_in_order_and_cover_every_word(text: str) -> None:
    blocks = split_blocks(text)
    zones = make_zones(blocks, classify(blocks, "en"), "en")
    assert all(before.end <= after.start for before, after in pairwise(zones))
    outside = "".join(
        text[start:end]
        for start, end in zip(
            [0, *(zone.end for zone in zones)], [*(zone.start for zone in zones), len(text)], strict=True
        )
    )
    assert outside.strip() == ""


def test_more_than_the_limit_is_refused(parse) -> None:
    with pytest.raises(UnreadableDocument) as told:
        parse(b"a" * 2000, max_bytes=1000)
    assert told.value.reason == "too_large"


def test_the_default_limit_refuses_fifty_megabytes(parse) -> None:
    with pytest.raises(UnreadableDocument) as told:
        parse(b"word " * 10_000_000)
    assert told.value.reason == "too_large"


@pytest.mark.parametrize(
    ("line", "relation", "method"),
    [
        ("Erratum for", Relation.ERRATUM_FOR, "named by the record"),
        ("Retraction of", Relation.RETRACTION_OF, "named by the record"),
        ("Comment on", Relation.COMMENT_ON, "named by the record"),
        ("Erratum in", Relation.CITES, "erratum in"),
        ("Retraction in", Relation.CITES, "retraction in"),
    ],
)
def test_records_name_each_other(parse, line: str, relation: Relation, method: str) -> None:
    page = ABSTRACT.replace(
        "Department", f"{line}: Ex J Fevers. 2027 Jan 1;5(1):1. doi: 10.5555/exjf.2027.1.\n\nDepartment", 1
    )
    document = parse(page)
    assert (document.doi, document.published) == ("10.5555/exjf.2026.11", "2026-03-09")
    assert [(one.relation, one.value, one.method) for one in document.relations] == [
        (relation, "10.5555/exjf.2027.1", method)
    ]


@pytest.mark.parametrize(
    "title", ["Retraction pockets in 120 adults", "Retraction of the eyelid in 120 adults", "Correction of low sodium"]
)
def test_a_word_of_the_clinic_is_no_notice(parse, title: str) -> None:
    document = parse(f"{title}: a randomized trial\n\n{PROSE}\n\n{PROSE}")
    assert document.kind is not DocumentKind.NOTICE
