"""HTML pages: metadata, main content, zones, and no number lost. All trials here are invented."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialhouse.documents.html import lost_digits
from trialhouse.model.document import UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind

PROSE = (
    "In this trial we randomly assigned 120 adults with sumba fever to belotarin or to placebo for 12 weeks, "
    "and the fever ended in 45 of 60 and in 30 of 60 of them."
)
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Belotarin for sumba fever | Example Journal of Fevers</title>
<meta name="citation_title" content="Belotarin for sumba fever">
<meta name="citation_journal_title" content="Example Journal of Fevers">
<meta name="citation_publication_date" content="2026/3/9"><meta name="citation_online_date" content="2026/01/02">
<meta name="citation_doi" content="doi:10.5555/exjf.2026.11"><meta name="citation_pmid" content="99990001">
<link rel="canonical" href="https://fevers.example.org/11"><meta name="tdm-reservation" content="1">
<style>p {{ margin: 7px }}</style><script>var hidden = 4711;</script></head>
<body><nav><ul><li>Archive 1999</li></ul></nav>
<header><h1>Example Journal</h1></header>
<main><h1>Belotarin for sumba fever</h1>
<div class="authors"><span>Ada Exemplar<sup>1</sup></span></div>
<h2>Methods</h2><p>{PROSE}</p><h2>Results</h2>
<p>CRP fell to 5.2<sup>3</sup> mg/L and cells to 10<sup>9</sup>/L &ndash; 7&middot;5&nbsp;mg of H<sub>2</sub>O.</p>
<table><tr><th>Arm</th><th>n</th></tr><tr><td>Belotarin</td><td>60</td></tr><tr><td>Placebo</td><td>59</td></tr></table>
<div class="advertisement">Save 40 percent</div><p hidden>1234567</p>
<section class="references"><ol><li>Muster B, et al. Ultorin. Ex J. 2020;1(2):3-4. doi:10.5555/exj.2020.3</li></ol></section>
</main><aside><h3>Related</h3><p>Ultorin was tried in 999 people.</p></aside><footer>© 2026 Example</footer></body></html>"""  # noqa: E501


def zone_of(document, words: str) -> ZoneKind:
    at = document.text.index(words)
    return next(zone.kind for zone in document.zones if zone.start <= at < zone.end)


def test_the_publishers_metadata(parse) -> None:
    document = parse(PAGE)
    assert (document.format, document.kind) == ("html", DocumentKind.ABSTRACT)
    assert (document.title, document.journal) == ("Belotarin for sumba fever", "Example Journal of Fevers")
    assert (document.published, document.doi, document.pmid) == ("2026-03-09", "10.5555/exjf.2026.11", "99990001")
    assert (document.url, document.language) == ("https://fevers.example.org/11", "en")
    assert (document.license, document.text_mining_reservation) == (None, "meta tdm-reservation: 1")
    assert [one.value for one in document.cites] == ["10.5555/exj.2020.3"]
    assert document.problem is None


def test_a_registry_id_among_the_references_is_cited_and_not_the_pages_own(parse) -> None:
    document = parse(PAGE.replace("</li></ol>", "</li><li>ClinicalTrials.gov. NCT08880007. Belotarin.</li></ol>"))
    (one,) = document.cited_registry_ids
    assert document.text[one.start : one.end] == one.value == "NCT08880007"
    assert document.registry_ids == ()


def test_zones_by_markup(parse) -> None:
    document = parse(PAGE)
    kinds = {
        "Archive 1999": ZoneKind.MENU,
        "Example Journal": ZoneKind.MENU,
        "Belotarin for sumba": ZoneKind.TITLE,
        "Ada Exemplar": ZoneKind.AFFILIATION,
        "45 of 60": ZoneKind.BODY,
        "Save 40": ZoneKind.ADVERTISEMENT,
        "Muster B": ZoneKind.REFERENCES,
        "999 people": ZoneKind.RELATED,
        "© 2026": ZoneKind.FOOTER,
    }
    assert {words: zone_of(document, words) for words in kinds} == kinds


def test_numbers_keep_their_form(parse) -> None:
    text = parse(PAGE).text
    assert "5.2^3 mg/L" in text
    assert "10^9/L – 7·5\xa0mg of H2O" in text
    assert "Belotarin\t60\nPlacebo\t59" in text
    assert "4711" not in text
    assert "1234567" not in text
    assert "margin" not in text


def test_a_page_without_classes_or_metadata(parse) -> None:
    document = parse(
        f"<html><body><h1>Belotarin cuts days of fever</h1><div>{PROSE}</div><div>{PROSE}</div></body></html>"
    )
    assert document.title == "Belotarin cuts days of fever"
    assert zone_of(document, "45 of 60") is ZoneKind.BODY


def test_json_ld_news(parse) -> None:
    document = parse(
        '<html><head><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Fever drug works",'  # noqa: E501
        f' "datePublished": "2026-04-03T08:00:00Z"}}]}}</script></head><body><article><p>{PROSE}</p></article></body></html>'  # noqa: E501
    )
    assert (document.kind, document.title, document.published) == (DocumentKind.NEWS, "Fever drug works", "2026-04-03")


def test_dublin_core_notice(parse) -> None:
    document = parse(
        '<html><head><meta name="DC.Title" content="A change to our paper"><meta name="DC.Type" content="Correction">'
        '<meta name="DC.Identifier" content="10.5555/exjf.2026.77"></head><body><main><h1>A change to our paper</h1>'
        "<p>This is a correction to the original article 10.5555/exjf.2026.11, where 60 should have been 59 in the "
        "table of the participants that were assigned to each of the groups, and it was.</p></main></body></html>"
    )
    assert document.kind is DocumentKind.NOTICE
    assert document.doi == "10.5555/exjf.2026.77"


@pytest.mark.parametrize(
    "body",
    [
        "<script>location.reload()</script>",
        "<p>Checking your browser before accessing the site. Please enable JavaScript and cookies to continue.</p>",
    ],
)
def test_a_page_of_scripts_has_a_problem(parse, body: str) -> None:
    assert "give its text" in (parse(f"<html><head><title>Wait</title></head><body>{body}</body></html>").problem or "")


def test_a_page_hidden_until_its_script_runs_is_read(parse) -> None:
    document = parse(f'<html><body><div style="display:none"><p>{PROSE}</p></div><p>Loading</p></body></html>')
    assert "45 of 60" in document.text


def test_a_page_cut_in_half_is_read_as_far_as_it_goes(parse) -> None:
    document = parse(PAGE[: PAGE.index("<td>59")])
    assert "Belotarin\t60" in document.text
    assert document.problem is None
    assert document.is_partial


def test_a_page_without_its_end_is_partial_and_a_piece_of_a_page_is_not(parse) -> None:
    assert not parse(PAGE).is_partial
    assert not parse(PAGE.replace("</html>", "")).is_partial
    assert not parse(f"<div><h1>Belotarin for fever</h1><p>{PROSE}</p></div>").is_partial
    assert parse(f"<html><body><h1>Belotarin for fever</h1><p>{PROSE}</p><p>").is_partial


def test_other_xml_is_refused_and_told_what_can_be_read(parse) -> None:
    with pytest.raises(UnreadableDocument) as told:
        parse('<?xml version="1.0"?><xml><records><record/></records></xml>')
    assert told.value.reason == "unsupported"
    assert "<xml>" in str(told.value)
    assert "JATS" in str(told.value)


@pytest.mark.parametrize(
    ("content", "root"),
    [
        ("<resultset>\n<entry><name/></entry>\n</resultset>", "resultset"),
        ("\ufeff<resultset><entry>", "resultset"),
        ("<!DOCTYPE html5x PUBLIC '-//EX//DTD X//EN' 'a.dtd'><html5x><p>Text.</p></html5x>", "html5x"),
        ("<!-- A record -->\n<clinical_study rank='1'>Text</clinical_study>", "clinical_study"),
        ("<records/>", "records"),
    ],
)
def test_xml_without_a_declaration_is_refused(parse, content: str, root: str) -> None:
    with pytest.raises(UnreadableDocument) as told:
        parse(content)
    assert told.value.reason == "unsupported"
    assert f"<{root}>" in str(told.value)


@pytest.mark.parametrize(
    ("content", "format_name"),
    [
        (f"<Background> {PROSE}", "plain_text"),
        (f"<b>Fever</b> {PROSE}", "plain_text"),
        (f"<article><h1>Fever</h1><p>{PROSE}</p></article>", "html"),
        (f"<!doctype html><p>{PROSE}</p>", "html"),
    ],
)
def test_what_is_no_xml_is_read(parse, content: str, format_name: str) -> None:
    assert parse(content).format == format_name


def test_a_text_with_less_than_signs_is_no_html(parse) -> None:
    assert parse("Fever <38 was seen in 5 (p<0.05) of the participants.").format == "plain_text"


def test_a_lost_digit_is_noticed() -> None:
    page = "<html><body><p>45 of 60</p><p>p=0.03</p></body></html>"
    assert lost_digits(page, "45 of 60\n\np=0.03") is None
    assert lost_digits(page, "45 of 60\n\np=0.3") is not None
    assert lost_digits(page, "p=0.03\n\n45 of 60") is not None


INLINE = st.recursive(
    st.from_regex(r"[0-9]{1,3}[a-z ]{1,4}", fullmatch=True),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "span", "sup", "sub", "a"]), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    ),
    max_leaves=4,
)
BLOCK = st.tuples(
    st.sampled_from(["p", "div", "li", "td", "section", "aside", "nav", "footer", "h2", "blockquote", "pre"]),
    st.lists(INLINE, min_size=1, max_size=3).map("".join),
).map(
    lambda pair: (
        f"<{pair[0]}>{pair[1]}</{pair[0]}>" if pair[0] != "td" else f"<table><tr><td>{pair[1]}</td></tr></table>"
    )
)


@given(st.lists(BLOCK, min_size=1, max_size=8).map("".join), st.sampled_from(["body", "main", "article"]))
@settings(max_examples=80)
def test_no_number_of_a_generated_page_is_lost(parse, blocks: str, around: str) -> None:
    document = parse(f"<html><body><{around}>{blocks}</{around}></body></html>")
    seen = re.findall(r"\d", re.sub(r"<[^>]*>", "", blocks))
    assert re.findall(r"\d", document.text) == seen
    assert document.problem is None
