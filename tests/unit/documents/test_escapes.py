"""Escapes of the web in tagged records: PubMed's format and RIS."""

import pytest

from tests.unit.documents.test_nbib import RECORD as NBIB
from tests.unit.documents.test_ris import RECORD as RIS


@pytest.mark.parametrize(
    ("escaped", "meant"),
    [
        ("fell to 3% (P&lt;0.001)", "fell to 3% (P<0.001)"),
        ("was P &amp;lt; 0.001 &#8805;3 &#x3b1;", "was P < 0.001 \u22653 \u03b1"),
        ("fell by 0.3&ndash;0.6&nbsp;mg", "fell by 0.3\u20130.6 mg"),
        ("saw R&D; AT&T &unknown; &#1; P<0.001 &lt 3", "saw R&D; AT&T &unknown; &#1; P<0.001 &lt 3"),
    ],
)
@pytest.mark.parametrize("record", [NBIB, RIS], ids=["nbib", "ris"])
def test_what_an_exporter_escaped_is_read_as_it_was_meant(parse, record: str, escaped: str, meant: str) -> None:
    """The text stays the file's own, and so do quotes; what stands for no one character stays as written."""
    text = record.replace("120 adults", escaped)
    document = parse(text)
    assert document.text == text
    at = document.prose.text.index(meant)
    start, end, _ = document.prose.in_file(at, at + len(meant))
    assert text[start:end] == escaped
