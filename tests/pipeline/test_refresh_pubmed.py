"""A refresh of PubMed's XML, from the file to a release whose evidence stands in the file."""

from pathlib import Path

from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

RECORD = """<?xml version="1.0" ?>
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">39900001</PMID>
<Article><Journal><JournalIssue><PubDate><Year>2026</Year><Month>Feb</Month></PubDate></JournalIssue>
<Title>Example journal of hypertension</Title></Journal>
<ArticleTitle>Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial.</ArticleTitle>
<Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">We randomly assigned 200 adults (1:1) to quenosartan
40 mg once daily or placebo for 12 weeks.</AbstractText><AbstractText Label="RESULTS" NlmCategory="RESULTS">At week 12,
response occurred in <b>60.0%</b> of the quenosartan group and 40&#46;0% of the placebo group (<i>P</i>&#x2009;&lt;
0.004).</AbstractText></Abstract><Language>eng</Language>
<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
<AccessionNumber>NCT09990001</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
<PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList>
</Article><Novelty>new</Novelty></MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="doi">10.5555/ejh.1</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>
"""


def test_trial_arms_and_outcomes_with_evidence_that_stands_in_the_file(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "39900001.xml"
    path.write_text(RECORD)
    assert refresh(settings, files=[path]).status is RunStatus.PUBLISHED
    with release_reader(find_release(settings.warehouse, None).database) as connection:

        def rows(sql: str) -> list[tuple[object, ...]]:
            return connection.execute(sql).fetchall()

        assert rows("SELECT kind, pmid, doi, journal, problem FROM documents") == [
            ("abstract", "39900001", "10.5555/ejh.1", "Example journal of hypertension", None)
        ]
        assert rows("SELECT registry_id, enrollment, masking FROM trials") == [("NCT09990001", 200, "DOUBLE")]
        assert len(rows("SELECT * FROM arms")) == 2
        assert rows("SELECT value FROM outcome_measurements ORDER BY value") == [(40.0,), (60.0,)]
        assert rows("SELECT p_value, p_modifier FROM outcome_analyses") == [(0.004, "<")]
        evidence = rows("SELECT table_name, span_start, span_end, quote, locator FROM evidence")
        candidates = rows("SELECT quote FROM candidates WHERE kind = 'unknown_field'")
        broken = rows("SELECT * FROM dq.alerts WHERE severity IN ('error', 'block')")
    assert len(evidence) >= 20
    assert all(RECORD[int(str(start)) : int(str(end))] == quote for _, start, end, quote, _ in evidence)
    assert all(str(locator).startswith("/PubmedArticleSet/PubmedArticle/") for *_, locator in evidence)
    assert any("40&#46;0%" in str(quote) for *_, quote, _ in evidence)
    assert candidates == [("Novelty",)]
    assert broken == []
