"""Properties of marked-up records: whatever stands between the words, quotes are the file's and hold what was read."""

import datetime
import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.extraction.test_marked_up import proofs
from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import Receipt
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.text.numbers import find_numbers

WORDS = (
    "We randomly assigned 200 adults (1:1) to orfatinib 40 mg once daily or placebo for 12 weeks.",
    "Response occurred in 60.0% of the orfatinib group and 40.0% of the placebo group (P = 0.004).",
    "Mean pain fell by 4.1 points in the orfatinib group vs 2.2 points in the placebo group.",
    "The hazard ratio was 0.51 (95% CI, 0.40 to 0.66).",
    "NCT09990001",
    "n = 66",
    "respectively",
)
MARKS = (
    "{}",
    "<i>{}</i>",
    "<b>{}</b>",
    "<sup>{}</sup>",
    "<sub>{}</sub>",
    "<![CDATA[{}]]>",
    "{}<!-- 7 of 9 -->",
    "\n {}",
)
TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<[^>]*>", re.S)


@st.composite
def abstracts(draw: st.DrawFn) -> str:
    """The inside of an abstract: its words, some letters written as entities and some words within markup."""
    sections = []
    for label in draw(st.lists(st.sampled_from(["", "METHODS", "RESULTS", "Q&amp;A"]), min_size=1, max_size=3)):
        words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))).split(" ")
        seed = draw(st.randoms(use_true_random=False))
        written = " ".join(_marked(word, seed.choice(MARKS), seed.random()) for word in words)
        attribute = f' Label="{label}"' if label else ""
        sections.append(f"<AbstractText{attribute}>{written}</AbstractText>")
    return "".join(sections)


def _marked(word: str, mark: str, chance: float) -> str:
    if "CDATA" in mark:
        return mark.format(word)
    if chance < 0.3:
        middle = len(word) // 2
        word = html.escape(word[:middle]) + f"&#{ord(word[middle])};" + html.escape(word[middle + 1 :])
        return mark.format(word)
    return mark.format(html.escape(word)) if chance < 0.6 else html.escape(word)


@settings(max_examples=60)
@given(abstracts())
def test_every_quote_is_the_files_and_holds_its_number(inner: str) -> None:
    text = (
        "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Orfatinib: a randomised trial"
        f"</ArticleTitle><Abstract>{inner}</Abstract></Article></MedlineCitation></PubmedArticle>"
    )
    receipt = Receipt(
        source="files",
        record_id="one.xml",
        locator="one.xml",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text),
    )
    document = parse_document(text.encode(), receipt)
    (record,) = extract(document, Vocabulary())
    for proof in proofs(record):
        assert document.text[proof.start : proof.end] == proof.quote != ""
    for candidate in record.candidates:
        assert document.text[candidate.start : candidate.end] == candidate.quote != ""
    for outcome in record.outcomes:
        for number in outcome.measurements:
            assert abs(number.value) in numbers(number.evidence.quote)
        for analysis in outcome.analyses:
            if analysis.estimate is not None:
                assert abs(analysis.estimate) in numbers(analysis.evidence.quote)


def numbers(quote: str) -> set[float]:
    """The numbers of a quote as a reader of the page sees it."""
    words = html.unescape(TAG.sub("", quote))
    return {abs(one.value) for one in find_numbers(words, 0, len(words))}
