"""Reference lists of PubMed records: read in one pass where they have the usual form, and alike where they have not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from trialhouse.documents.pubmed_references import ReferenceList

PMID = '<ArticleId IdType="pubmed">{}</ArticleId>'
DOI = '<ArticleId IdType="doi">10.5555/{}</ArticleId>'
PMC = '<ArticleId IdType="pmc">PMC7</ArticleId>'


def reference(*ids: str) -> str:
    return f"<Reference><Citation>Ex J.</Citation><ArticleIdList>{''.join(ids)}</ArticleIdList></Reference>"


USUAL = (
    "<Reference><Citation>Ex J 2001.</Citation></Reference>",
    "\n<Reference>\n <Citation>Ex <i>J</i> 2002.</Citation>\n</Reference>",
    reference(PMID.format(11000001)),
    reference(DOI.format("b"), PMID.format(11000002), PMC),
    reference(PMC, "\n", DOI.format("c")),
    reference(PMC, PMID.format(11000001)),
)
UNUSUAL = (
    "<Reference><ArticleIdList><ArticleId IdType='pubmed'>11000003</ArticleId></ArticleIdList><Citation/></Reference>",
    reference(PMID.format(0), DOI.format("d")),
    "<Title>Further reading</Title>",
    '<Reference Language="de"><Citation>E.</Citation></Reference>',
)
HEADS = ("", "<Title>References</Title>", "<ReferenceList>", "<ReferenceList><Title>Reviews</Title>")


def text_of(head: str, references: list[str]) -> str:
    end = "</ReferenceList>" * (1 + head.count("<ReferenceList>"))
    return f"<PubmedData><ReferenceList>{head}{''.join(references)}{end}</PubmedData>"


def said(text: str, bare: str | None = None) -> list[tuple[str, str, str]]:
    """Scheme and value of each identifier, with what stands in its place."""
    found = ReferenceList(text, bare or text, 0).identifiers()
    return [(one.scheme, one.value, text[one.start : one.end]) for one in found]


def in_tree(text: str) -> list[tuple[str, str, str]]:
    """What a walk through the tree finds: of each list of ids the PMID, else the DOI."""
    once: dict[str, str] = {}
    for ids in etree.fromstring(text).iter("ArticleIdList"):
        named = {one.get("IdType"): one.text or "" for one in ids}
        if named.get("pubmed", "0") != "0":
            once.setdefault(named["pubmed"], "pmid")
        elif "doi" in named:
            once.setdefault(named["doi"], "doi")
    return [(scheme, value, value) for value, scheme in once.items()]


@given(st.sampled_from(HEADS), st.lists(st.sampled_from([*USUAL, *UNUSUAL]), max_size=8))
def test_references_of_any_form_in_any_order_give_what_their_tree_holds(head: str, references: list[str]) -> None:
    text = text_of(head, references)
    assert said(text) == in_tree(text)


@given(st.sampled_from(HEADS), st.lists(st.sampled_from(USUAL), max_size=8))
def test_the_usual_form_is_left_out_of_the_tree_and_gives_what_a_list_with_a_comment_gives(
    head: str, references: list[str]
) -> None:
    text = text_of(head, references)
    listed = ReferenceList(text, text, 0)
    assert listed.left_out == listed.span == (text.index("<ReferenceList"), text.index("</PubmedData>"))
    hidden = "<!-- in print -->"
    commented = text.replace("</ReferenceList></PubmedData>", f"{hidden}</ReferenceList></PubmedData>")
    bare = commented.replace(hidden, " " * len(hidden))
    assert ReferenceList(commented, bare, 0).left_out == (len(commented), len(commented))
    assert said(commented, bare) == said(text)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_element_that_does_not_belong_there_keeps_the_list_in_the_tree(place: int) -> None:
    references = [USUAL[2], USUAL[3]]
    references.insert(place, "<Novelty>new</Novelty>")
    text = text_of("", references)
    assert ReferenceList(text, text, 0).left_out == (len(text), len(text))
    assert said(text) == in_tree(text)


def test_a_record_without_a_list_names_nothing() -> None:
    text = "<PubmedData><ArticleIdList/></PubmedData>"
    listed = ReferenceList(text, text, 0)
    assert (listed.span, listed.identifiers(), listed.registry_ids()) == ((len(text), len(text)), [], [])
