"""Whatever valid XML a citation is written in, both parsers give the same rows and problems of it."""

import re

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.bulk.whole_citation import CITATION, file_of, numbered
from trialhouse.bulk import fast_parser, plain_parser
from trialhouse.bulk.tables import TABLES

TOKENS = re.split(r"(<[^>]*>)", CITATION)
TAGS = [number for number, token in enumerate(TOKENS) if token.startswith("<")]
INSIDE = [number for number in TAGS if 1 < number < TAGS[-1]]
OPEN = [number for number in TAGS if re.fullmatch(r"<\w+ [^/]*>", TOKENS[number])]
WORDS = [number for number, token in enumerate(TOKENS) if token.strip() and not token.startswith("<")]
ELEMENTS = [
    (number, end)
    for number in INSIDE
    if (name := re.match(r"<(\w+)", TOKENS[number]))
    and (end := next((at for at in INSIDE if at > number and TOKENS[at] == f"</{name[1]}>"), 0))
    and name[1] not in ("MedlineCitation", "PubmedData", "PMID")
]

HIDDEN = ["<!-- said -->", "<!-- </MeshHeading></Author></PubmedArticle> -->", "<?what ever?>", "\n \t", "<!---->"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


WRITTEN = st.one_of(
    TEXTS.map(escaped),
    TEXTS.map(lambda text: "".join(f"&#{ord(one)};" for one in text)),
    TEXTS.map(lambda text: "".join(f"&#x{ord(one):X};" for one in text)),
    TEXTS.filter(lambda text: "]]>" not in text).map(lambda text: f"<![CDATA[{text}]]>"),
    st.sampled_from(["", " ", "\n\t x \n", "&#10;", "a&#9;b", "\u00a0", "1", "a<!-- b -->c", "a<?b?>c", "a\r\nb"]),
    st.sampled_from(["<i>a</i>b", "<b><sup>1</sup></b>", "a<i/>b", "<u> a</u>", "<new>a</new>", "x<sub>&lt;</sub>"]),
    st.sampled_from(["<i>a</i> <b>b</b>", " <i>a</i>\n<new>b</new> ", "<i>a<b/> </i> <b/>", "a<!-- b --> <!-- c -->d"]),
)


def _attributes_turned(tag: str) -> str:
    name, *pairs = re.findall(r"<\w+|\w+=\"[^\"]*\"", tag)
    return f"{name} {'  '.join(reversed(pairs))} >"


def _in_other_quotes(tag: str) -> str:
    return tag if "'" in tag else tag.replace('"', "'")


@st.composite
def citations(draw: st.DrawFn) -> str:
    """The citation with a few things written in another way, left out, twice, or put elsewhere."""
    tokens = list(TOKENS)
    for number in draw(st.lists(st.sampled_from(WORDS), max_size=4)):
        if draw(st.booleans()) and not re.fullmatch(r"\s*9000000\d\s*", tokens[number]):
            tokens[number] = draw(WRITTEN)
    for number in draw(st.lists(st.sampled_from(OPEN), max_size=2)):
        tokens[number] = draw(st.sampled_from([_attributes_turned, _in_other_quotes]))(tokens[number])
    for start, end in draw(st.lists(st.sampled_from(ELEMENTS), max_size=2)):
        element = "".join(tokens[start : end + 1])
        what = draw(st.sampled_from(["none", "twice", "other name"]))
        if what == "twice":
            tokens[end] += element
        elif what == "none":
            tokens[start : end + 1] = [""] * (end + 1 - start)
        elif tokens[start].startswith("<") and tokens[end].startswith("</"):
            tokens[start] = re.sub(r"^<\w+", "<Novel", tokens[start])
            tokens[end] = re.sub(r"^</\w+", "</Novel", tokens[end])
    for number in draw(st.lists(st.sampled_from(INSIDE), max_size=2)):
        tokens[number] += draw(st.sampled_from(HIDDEN))
    return "".join(tokens)


def all_rows(parser, data):
    batches = list(parser.parse_file(data))
    tables = {
        table.name: pa.concat_tables(batch.tables[table.name] for batch in batches)
        .sort_by([(column, "ascending") for column in table.key])
        .to_pylist()
        for table in TABLES
    }
    return tables, sorted((problem for batch in batches for problem in batch.problems), key=repr)


@given(st.lists(citations(), min_size=1, max_size=3))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_same_rows_of_any_valid_xml(written):
    data = file_of(*(numbered(90000010 + number, one) for number, one in enumerate(written)), numbered(90000020))
    assert all_rows(fast_parser, data) == all_rows(plain_parser, data)
