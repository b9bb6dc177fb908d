"""A PubMed record is read as its prose and claimed in its file."""

import datetime
import html
import re
from collections.abc import Iterator

import pytest

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.extraction.marked_up import UNKNOWN_FIELD
from trialhouse.model.document import Document, Receipt
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import Extraction
from trialhouse.model.ids import text_sha256
from trialhouse.model.vocabulary import Vocabulary

TITLE = "Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial"
METHODS = "We randomly assigned 200 adults (1:1) to quenosartan 40 mg once daily or placebo for 12 weeks."
RESULTS = (
    "At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group (P < 0.004). "
    "Registered as NCT09990001."
)
RECORD = (
    "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>{title}</ArticleTitle><Abstract>"
    '<AbstractText Label="METHODS">{methods}</AbstractText><AbstractText Label="RESULTS">{results}</AbstractText>'
    "</Abstract></Article>{more}</MedlineCitation></PubmedArticle>"
)
TAG = re.compile(r"<[^>]*>")


def document_of(text: str) -> Document:
    receipt = Receipt(
        source="files",
        record_id="one.xml",
        locator="one.xml",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text),
    )
    return parse_document(text.encode(), receipt)


def record_of(document: Document) -> Extraction:
    (record,) = extract(document, Vocabulary())
    return record


def xml(results: str = html.escape(RESULTS), more: str = "") -> Document:
    return document_of(RECORD.format(title=TITLE, methods=METHODS, results=results, more=more))


def proofs(record: Extraction) -> Iterator[Evidence]:
    yield from record.trial.evidence.values()
    for arm in record.arms:
        yield from arm.evidence.values()
        for intervention in arm.interventions:
            yield from intervention.evidence.values()
    for outcome in record.outcomes:
        yield from outcome.evidence.values()
        for number in (*outcome.measurements, *outcome.analyses):
            yield number.evidence


def plain(node: object) -> object:
    """A printed record without places."""
    if isinstance(node, dict):
        return {key: plain(one) for key, one in node.items() if key not in ("evidence", "start", "end", "quote")}
    return [plain(one) for one in node] if isinstance(node, list) else node


def test_the_same_claims_as_from_the_plain_text_and_every_quote_stands_in_the_file() -> None:
    document = xml()
    record = record_of(document)
    text = record_of(document_of_text())
    assert plain(record.to_json()["arms"]) == plain(text.to_json()["arms"])
    assert plain(record.to_json()["outcomes"]) == plain(text.to_json()["outcomes"])
    assert len(record.arms) == 2
    assert record.outcomes
    assert record.trial.registry_ids == ("NCT09990001",)
    assert record.text_sha256 == text_sha256(document.text)
    found = list(proofs(record))
    assert len(found) >= 12
    assert all(proof.holds_in(document.text) for proof in found)
    assert {proof.locator for proof in found if proof.rule == "design.registry_ids"} == {
        "/PubmedArticle/MedlineCitation/Article/Abstract/AbstractText[2]"
    }


def document_of_text() -> Document:
    return document_of(f"{TITLE}\n\nMETHODS: {METHODS}\nRESULTS: {RESULTS}\n")


def test_tags_and_entities_between_the_words_are_in_the_quote_and_change_no_claim() -> None:
    marked = html.escape(RESULTS).replace("60.0%", "<b>60</b>&#46;0&#x25;").replace("(P", "(<i>P</i>")
    plainly, record = record_of(xml()), record_of(document := xml(marked))
    assert plain(plainly.to_json()["outcomes"]) == plain(record.to_json()["outcomes"])
    quotes = [number.evidence.quote for outcome in record.outcomes for number in outcome.measurements]
    assert any("<b>60</b>&#46;0&#x25;" in quote for quote in quotes)
    assert all("60.0%" in html.unescape(TAG.sub("", quote)) for quote in quotes)
    assert all(proof.holds_in(document.text) for proof in proofs(record))
    p_values = [one.p_raw for outcome in record.outcomes for one in outcome.analyses if one.p_raw]
    assert p_values
    assert all("&lt;" not in raw for raw in p_values)


def quotes_of_results(document: Document) -> list[str]:
    outcomes = record_of(document).outcomes
    return [one.evidence.quote for outcome in outcomes for one in (*outcome.measurements, *outcome.analyses)]


def test_a_quote_begins_with_the_words_of_a_section_and_not_with_its_label() -> None:
    """The label is an attribute, or an element of its own: between it and the words stand tags."""
    begin = RESULTS[:20]
    jats = (
        "<article><front><article-meta><title-group><article-title>{title}</article-title></title-group><abstract>"
        "<sec><title>Methods</title><p>{methods}</p></sec><sec><title>Results:</title><p>{results}</p></sec></abstract>"
        "</article-meta></front></article>"
    )
    for document in (
        xml(),
        document_of(jats.format(title=TITLE, methods=METHODS, results=html.escape(RESULTS))),
    ):
        quotes = quotes_of_results(document)
        assert quotes
        assert all(html.unescape(quote).startswith(begin) for quote in quotes)
    plainly = quotes_of_results(document_of_text())
    assert plainly
    assert all(quote.startswith(f"RESULTS: {begin}") for quote in plainly), "there it stands before them"


def test_a_registration_in_a_data_bank_is_the_trials_own() -> None:
    bank = (
        "</Abstract><DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>"
        "<AccessionNumber>NCT09990007</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
    )
    text = RECORD.format(title=TITLE, methods=METHODS, results="At week 12 nothing was seen.", more="")
    document = document_of(text.replace("</Abstract>", bank))
    record = record_of(document)
    assert record.trial.registry_ids == ("NCT09990007",)
    assert record.trial.evidence["registry_ids"].quote == "NCT09990007"
    assert (record.trial.evidence["registry_ids"].locator or "").endswith("/AccessionNumber")


def test_candidates_stand_in_the_file_and_each_once() -> None:
    document = xml("The score was 4<sup>2</sup> &#177; 3.1, P&lt;0.05, in 17 of them; two fell by 5 and 6.")
    record = record_of(document)
    assert record.candidates
    assert all(document.text[one.start : one.end] == one.quote for one in record.candidates)
    keys = [(one.start, one.end, one.kind, one.reason) for one in record.candidates]
    assert len(set(keys)) == len(keys)


def test_a_copy_in_another_language_that_disagrees_is_found_in_the_file() -> None:
    said = "We gave 60.0% 40.0% 0.004 12 weeks to 200 adults and 1.25% had 3.75 points, 7.5 mg and 8.25 points."
    other = (
        '<OtherAbstract Type="Publisher" Language="spa"><AbstractText>Los 200 adultos; 60,0%, 40,0%, 0,004, 1,25% '
        "con 3,75 puntos, 7,5 mg y 8,75 puntos en 12 semanas para los pacientes.</AbstractText></OtherAbstract>"
    )
    document = xml(html.escape(said), other)
    differences = record_of(document).language_differences
    assert [(one.kept, one.other, one.language) for one in differences] == [("8.25", "8.75", "es")]
    for one in differences:
        for proof in (one.evidence, one.other_evidence):
            assert proof is not None
            assert proof.holds_in(document.text)


@pytest.mark.parametrize("more", ["<Novelty>1</Novelty>"])
def test_an_unknown_element_is_a_candidate_with_its_path(more: str) -> None:
    (found,) = [one for one in record_of(xml(more=more)).candidates if one.kind == UNKNOWN_FIELD]
    assert found.quote == "Novelty"
    assert found.reason.endswith(": /PubmedArticle/MedlineCitation/Novelty")


def test_a_record_without_any_words_gives_an_empty_record() -> None:
    document = document_of("<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>")
    record = record_of(document)
    assert (record.arms, record.outcomes) == ((), ())
    assert record.error == document.problem
