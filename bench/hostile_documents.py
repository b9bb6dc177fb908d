"""How long documents take that are made to take long: milliseconds for a megabyte, and the growth at each doubling.

    python bench/hostile_documents.py [--extract] [SHAPE …]

Every shape is made at a quarter, half a and one megabyte and parsed in a process of its own, which is ended after a
minute. Printed are CPU milliseconds for each size and what each is to the one before: 2 where the time is proportional
to the size, 4 where it is to its square. A document that is refused says why. With `--extract` the parsed document is
extracted too, behind a slash. Nothing here fails on a slow machine.
"""

import datetime
import json
import subprocess
import sys
import time
from collections.abc import Callable

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import Document, Receipt, UnreadableDocument
from trialhouse.model.ids import sha256_hex
from trialhouse.resources import data_root, read_vocabulary

SIZES = (250_000, 500_000, 1_000_000)
"""Characters of the documents that are made."""

PATIENCE = 60
"""Seconds after which a document is given up."""

Shape = Callable[[int], str]

_SENTENCE = (
    "The patients were assigned to 12 mg of belotarin or placebo for 24 weeks and the mean change was 1.5 points. "
)
_LINE = "the patients of the trial were assigned to belotarin or the placebo"
_HTML = ("<!DOCTYPE html><html><head><title>A trial of belotarin in adults</title></head><body>", "</body></html>")
_HEAD = ("<!DOCTYPE html><html><head>", "</head><body><p>12 adults</p></body></html>")
_JATS_FRONT = (
    '<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group>'
    "<article-title>A trial of belotarin</article-title></title-group></article-meta></front>"
)
_JATS = (f"{_JATS_FRONT}<body>", "</body></article>")
_PARAGRAPH = (f"{_JATS[0]}<p>", f"</p>{_JATS[1]}")
_PUBMED = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>99990001</PMID><Article>"
    "<ArticleTitle>Belotarin</ArticleTitle><Abstract><AbstractText>One.</AbstractText>",
    "</MedlineCitation></PubmedArticle></PubmedArticleSet>",
)
_NBIB = "PMID- 99990001\nTI  - Belotarin\nAB  - One.\n"
_RIS = ("TY  - JOUR\nTI  - Belotarin\n", "\nER  - \n")
_BIBTEX = ("@article{x, title={Belotarin}, ", "}")


def repeated(unit: str, around: tuple[str, str] = ("", "")) -> Shape:
    """The same piece again and again; `#` in it is the number of the repetition."""

    def made(size: int) -> str:
        count = max(1, (size - sum(map(len, around))) // len(unit))
        pieces = (unit.replace("#", str(10_000_000 + number)) for number in range(count)) if "#" in unit else ()
        return around[0] + ("".join(pieces) or unit * count) + around[1]

    return made


def nested(opened: str, closed: str, depth: int, inner: Shape, around: tuple[str, str] = ("", "")) -> Shape:
    """A shape within so many elements."""
    return lambda size: around[0] + opened * depth + inner(size) + closed * depth + around[1]


def deepest(opened: str, closed: str, around: tuple[str, str]) -> Shape:
    """As many elements within each other as there is room for."""

    def made(size: int) -> str:
        depth = size // (len(opened) + len(closed))
        return around[0] + opened * depth + closed * depth + around[1]

    return made


def _table(columns: int, around: tuple[str, str]) -> Shape:
    return repeated("<tr>" + "<td>1.5</td>" * columns + "</tr>", around)


def _wrapped(pair: tuple[str, str], opened: str, closed: str) -> tuple[str, str]:
    return pair[0] + opened, closed + pair[1]


_LINKED = ('<script type="application/ld+json">', "</script>")

PAGES: dict[str, Shape] = {
    "html many short paragraphs": repeated("<p>x 1</p>", _HTML),
    "html prose": repeated(f"<p>{_SENTENCE}</p>", _HTML),
    "html one long paragraph": repeated("word 1 ", _wrapped(_HTML, "<p>", "</p>")),
    "html links": repeated('<a href="/a/b">word</a> ', _HTML),
    "html inline elements": repeated("<b>a 1</b> ", _wrapped(_HTML, "<p>", "</p>")),
    "html long table": _table(20, _wrapped(_HTML, "<table>", "</table>")),
    "html wide table": repeated("<td>1.5</td>", _wrapped(_HTML, "<table><tr>", "</tr></table>")),
    "html many tables": repeated("<table><tr><td>1.5</td></tr></table>", _HTML),
    "html tables in tables": deepest("<table><tr><td>1", "</td></tr></table>", _HTML),
    "html many articles": repeated("<article><p>12 adults</p></article>", _HTML),
    "html many mains": repeated("<main><p>12 adults</p></main>", _HTML),
    "html nested articles": nested("<article>", "</article>", 150, repeated("<p>12 adults</p>"), _HTML),
    "html nested lists": nested("<ul><li>", "</li></ul>", 200, repeated("<li>12 adults</li>"), _HTML),
    "html deep empty lists": repeated("<ul><li></li></ul>", _wrapped(_HTML, "<ul><li>" * 200, "</li></ul>" * 200)),
    "html raised numbers": repeated("10<sup></sup>", _wrapped(_HTML, "<p>", "</p>")),
    "html headings": repeated("<h1>Belotarin</h1>", _HTML),
    "html headings in headings": nested("<h2>", "</h2>", 200, repeated("<b>a</b>"), _HTML),
    "html unclosed paragraphs": repeated("<p>a", _HTML),
    "html unclosed fonts": repeated("<font>a", _HTML),
    "html comments": repeated("<!-- a -->", _HTML),
    "html angle brackets": repeated("<", _HTML),
    "html open tag": repeated("<p ", _HTML),
    "html hidden elements": repeated('<div style="display:none">x 1</div>', _HTML),
    "html attributes on one tag": repeated('a#="1" ', _wrapped(_HTML, "<div ", ">x</div>")),
    "html one long class": repeated("related ", _wrapped(_HTML, '<div class="', '">x</div>')),
    "html one long style": repeated("display ", _wrapped(_HTML, '<div style="', '">x</div>')),
    "html metas": repeated('<meta name="citation_author" content="A B">', _HEAD),
    "html dates in metas": repeated('<meta name="citation_date" content="no day">', _HEAD),
    "html identifiers in metas": repeated('<meta name="citation_doi" content="10.5555/a#">', _HEAD),
    "html scripts of data": repeated("".join((_LINKED[0], '{"@type":"NewsArticle"}', _LINKED[1])), _HEAD),
    "html nested data": deepest('{"a":', "}", _wrapped(_HEAD, *_LINKED)),
    "html data in parts": nested('{"isPartOf":', "}", 900, repeated(" "), _wrapped(_HEAD, *_LINKED)),
    "html licences": repeated('<a rel="license" href="/x">l</a>', _HTML),
}

TEXTS: dict[str, Shape] = {
    "text one line": repeated(_SENTENCE),
    "text spaces": repeated(" ", ("a", "b")),
    "text no sentence ends": repeated("word "),
    "text one word": repeated("a"),
    "text digits": repeated("1"),
    "text commas": repeated("A,"),
    "text names": repeated("Belo Tarin, "),
    "text tiny lines": repeated("a\n"),
    "text tiny paragraphs": repeated("a\n\n"),
    "text tiny numbers": repeated("1.5\n"),
    "text paragraphs": repeated(_SENTENCE + "\n\n"),
    "text labelled paragraphs": repeated("Methods\n" + _SENTENCE * 5 + "\n\n"),
    "text wrapped lines": repeated(_LINE + "\n"),
    "text wrapped sentences": repeated(_LINE + ", and then it ended.\n"),
    "text references": repeated(
        "1. Muster A, Beispiel B. Belotarin. J Clin. 2010;1:2-3. doi:10.5555/a# PMID: #\n", ("References\n", "")
    ),
    "text registry ids": repeated("NCT# is the trial\n"),
    "text addresses": repeated("https://a.example/c "),
    "text copyright lines": repeated("© 2010 All rights reserved. "),
    "text mining": repeated("text and data mining "),
    "text licences": repeated("cc by creative commons "),
    "text brackets": repeated("("),
    "text quotes": repeated('"'),
    "text full stops": repeated(". "),
    "text stops and brackets": repeated("A. B (1 "),
    "text bullets": repeated("• a thing\n"),
    "text labels": repeated("AIMS: "),
    "text colons": repeated(": "),
    "text capitals": repeated("A "),
    "text tabs": repeated("a\t"),
    "text dates": repeated("12 May 2021 "),
    "text advertisements": repeated("Advertisement\na\n"),
    "text bylines": repeated("By A B\n"),
    "text portal": repeated("Volume 9\n"),
}

RECORDS: dict[str, Shape] = {
    "nbib long abstract": repeated(_LINE + "\n      ", (_NBIB, "\n")),
    "nbib authors": repeated("FAU - A, B\n", (_NBIB, "")),
    "nbib comments": repeated("CIN - X. 2010. PMID: #\n", (_NBIB, "")),
    "nbib registrations": repeated("SI  - ClinicalTrials.gov/NCT#\n", (_NBIB, "")),
    "nbib abstracts": repeated("AB  - one\n", (_NBIB, "")),
    "nbib other abstracts": repeated("OAB - one\nOABL- fre\n", (_NBIB, "")),
    "nbib stray lines": repeated("stray\n", (_NBIB, "")),
    "nbib unknown tags": repeated("ZZ  - a\n", (_NBIB, "")),
    "nbib head, then stray lines": repeated("stray\n", ("PMID- 99990001\nTI  - Belotarin\n", "")),
    "ris long abstract": repeated(_SENTENCE, _wrapped(_RIS, "AB  - ", "")),
    "ris folded abstract": repeated(_SENTENCE + "\n", _wrapped(_RIS, "AB  - ", "")),
    "ris authors": repeated("AU  - A, B\n", _RIS),
    "ris notes": repeated("N1  - NCT#\n", _RIS),
    "ris blank lines": repeated("\n \n", _RIS),
    "bibtex braces": deepest("{", "}", _wrapped(_BIBTEX, "note={", "}")),
    "bibtex abstract": repeated(_SENTENCE, _wrapped(_BIBTEX, "abstract={", "}")),
    "bibtex fields": repeated("author={A and B},", _BIBTEX),
    "bibtex authors": repeated("A, B and ", _wrapped(_BIBTEX, "author={", "C, D}")),
    "bibtex accents": repeated("{\\'e}", _wrapped(_BIBTEX, "abstract={", "}")),
    "bibtex joined values": repeated(' # "a"', _wrapped(_BIBTEX, 'note="a"', "")),
    "bibtex comments": repeated("@comment{x}\n", ("", "@article{x, title={T}}")),
    "bibtex open comments": repeated("@comment{x\n", ("", "@article{x, title={T}}")),
    "bibtex marks without entries": repeated(" @article{", ("@article{x, title={T}}\n%", "")),
    "bibtex marks in one line": repeated("@a{", ("@article{x, title={T}}\nx", "")),
    "bibtex blank lines": repeated("\n \n", ("@article{x, title={T}}", "")),
    "json text": repeated(
        _SENTENCE, ('{"protocolSection":{"identificationModule":{"nctId":"NCT99990001"},"a":"', '"}}')
    ),
    "json list": repeated("1,", ('{"protocolSection":{"identificationModule":{"nctId":"NCT99990001"},"a":[', "1]}}")),
    "json lists in lists": deepest(
        "[", "]", ('{"protocolSection":{"identificationModule":{"nctId":"NCT99990001"},"a":', "}}")
    ),
    "json markup": repeated(
        "<b>a</b>", ('{"DOI":"10.5555/x","title":["T"],"type":"journal-article","abstract":"<p>', '</p>"}')
    ),
    "json open markup": repeated(
        "<", ('{"DOI":"10.5555/x","title":["T"],"type":"journal-article","abstract":"<p>', '</p>"}')
    ),
    "json unknown members": repeated(
        '"a#":1,', ('{"DOI":"10.5555/x","title":["T"],"type":"journal-article",', '"z":1}')
    ),
    "json references": repeated(
        '{"DOI":"10.5555/#"},', ('{"DOI":"10.5555/x","title":["T"],"type":"journal-article","reference":[', "{}]}")
    ),
}

XML: dict[str, Shape] = {
    "jats paragraphs": repeated(f"<p>{_SENTENCE}</p>", _JATS),
    "jats short paragraphs": repeated("<p>x 1</p>", _JATS),
    "jats sections": repeated("<sec><title>M</title><p>x 1</p></sec>", _JATS),
    "jats nested sections": nested("<sec>", "</sec>", 200, repeated("<p>x</p>"), _JATS),
    "jats nested lists": nested("<list><list-item>", "</list-item></list>", 100, repeated("<p>x</p>"), _JATS),
    "jats nested paragraphs": nested("<p>a", "</p>", 200, repeated("<p>x</p>"), _JATS),
    "jats italics": repeated("<italic>a</italic> ", _PARAGRAPH),
    "jats table": _table(20, _wrapped(_JATS, "<table-wrap><table>", "</table></table-wrap>")),
    "jats unknown elements": repeated("<foo>a</foo>", _PARAGRAPH),
    "jats nested unknown elements": nested("<foo>", "</foo>", 200, repeated("<bar>a</bar>"), _JATS),
    "jats unknown names": repeated("<f#/>", _PARAGRAPH),
    "jats nested unknown names": nested("<foo>", "</foo>", 200, repeated("<f#/>"), _JATS),
    "jats comments": repeated("<!-- a -->x", _PARAGRAPH),
    "jats entities": repeated("&amp;", _PARAGRAPH),
    "jats stretches": repeated("<![CDATA[a]]>", _PARAGRAPH),
    "jats attributes": repeated('a#="1" ', _wrapped(_PARAGRAPH, "<italic ", ">a</italic>")),
    "jats references": repeated(
        '<ref><mixed-citation><pub-id pub-id-type="pmid">#</pub-id></mixed-citation></ref>',
        (f"{_JATS_FRONT}<body/><back><ref-list>", "</ref-list></back></article>"),
    ),
    "jats nested references": nested(
        "<ref>",
        "</ref>",
        200,
        repeated('<pub-id pub-id-type="pmid">#</pub-id>'),
        (f"{_JATS_FRONT}<body/><back><ref-list>", "</ref-list></back></article>"),
    ),
    "jats notes": repeated(
        "<fn><p>NCT#</p></fn>", (f"{_JATS_FRONT}<body/><back><fn-group>", "</fn-group></back></article>")
    ),
    "jats nested notes": nested(
        "<notes>", "</notes>", 200, repeated("<p>a</p>"), (f"{_JATS_FRONT}<body/><back>", "</back></article>")
    ),
    "pubmed labelled parts": repeated(
        '<AbstractText Label="X">a b</AbstractText>', _wrapped(_PUBMED, "", "</Abstract></Article>")
    ),
    "pubmed corrections": repeated(
        '<CommentsCorrections RefType="Cites"><PMID>#</PMID></CommentsCorrections>',
        _wrapped(_PUBMED, "</Abstract></Article><CommentsCorrectionsList>", "</CommentsCorrectionsList>"),
    ),
}

SHAPES: dict[str, Shape] = PAGES | TEXTS | RECORDS | XML


def measured(name: str, size: int, extracting: bool) -> str:
    """Milliseconds of CPU for a shape of a size, and what came of it; run in a process of its own."""
    data = SHAPES[name](size).encode()
    receipt = Receipt(
        source="files",
        record_id=name,
        locator=name,
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    vocabulary = read_vocabulary(data_root() / "seeds") if extracting else None
    begin = time.process_time()
    document: Document | None = None
    try:
        document = parse_document(data, receipt)
        said = document.format
    except UnreadableDocument as refused:
        said = f"refused: {refused.reason}"
    times = [time.process_time() - begin]
    if vocabulary is not None and document is not None:
        begin = time.process_time()
        extract(document, vocabulary)
        times.append(time.process_time() - begin)
    return json.dumps([[1000 * one for one in times], said])


def _line(name: str, extracting: bool) -> str:
    cells: list[str] = []
    before: list[float] = []
    said = ""
    for size in SIZES:
        command = [sys.executable, __file__, "--measure", name, str(size), str(int(extracting))]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        except subprocess.TimeoutExpired:
            cells.append(f"over {PATIENCE} s")
            break
        times, said = json.loads(done.stdout)
        growth = [now / max(then, 0.1) for now, then in zip(times, before, strict=False)]
        cells.append("/".join(f"{one:.0f}" for one in times) + "".join(f" ×{one:.1f}" for one in growth))
        before = times
    return f"{name:<32} " + " ".join(f"{cell:>22}" for cell in cells) + f"  {said}"


def main(names: list[str], extracting: bool) -> None:
    """Print a line for each shape."""
    print(f"{'ms CPU':<32} " + " ".join(f"{f'{size / 1e6:g} MB':>22}" for size in SIZES))
    for name in names or SHAPES:
        print(_line(name, extracting), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(measured(sys.argv[2], int(sys.argv[3]), sys.argv[4] == "1"))
    else:
        main([one for one in sys.argv[1:] if one != "--extract"], "--extract" in sys.argv)
