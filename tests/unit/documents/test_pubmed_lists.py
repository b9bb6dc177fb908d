"""Lists of which nothing is read: left out of the tree where they have the usual form, told of where they have not."""

from collections.abc import Callable

import pytest

from trialhouse.documents.pubmed_lists import unread_lists
from trialhouse.model.document import Document, UnreadableDocument

Parse = Callable[..., Document]
AUTHOR = (
    '<Author ValidYN="Y"><LastName>L&#xf3;pez</LastName><ForeName>A &amp; B</ForeName><Identifier Source="ORCID">0'
    "</Identifier><AffiliationInfo><Affiliation>Town.</Affiliation></AffiliationInfo></Author>"
)
TERM = '<MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Apples</DescriptorName></MeshHeading>'
DAY = '<PubMedPubDate PubStatus="entrez"><Year>2026</Year><Month>1</Month><Day>2</Day></PubMedPubDate>'


def record(author: str = AUTHOR, term: str = TERM) -> str:
    return (
        '<PubmedArticle><MedlineCitation><PMID Version="1">77</PMID><Article><ArticleTitle>Apples</ArticleTitle>'
        f'<AuthorList CompleteYN="Y">{author}</AuthorList></Article><MeshHeadingList>\n{term}\n</MeshHeadingList>'
        f"</MedlineCitation><PubmedData><History>{DAY}</History></PubmedData></PubmedArticle>"
    )


def left_out(text: str) -> list[str]:
    return [text[start:end] for start, end in unread_lists(text, 0, len(text))]


def test_lists_of_the_usual_form_are_left_out_without_their_tags() -> None:
    assert left_out(record()) == [AUTHOR, f"{TERM}\n", DAY]


@pytest.mark.parametrize(
    "odd",
    [
        "<Author><LastName>A</LastName></Writer>",
        "<Author><LastName>A</ForeName></Author>",
        "<Author><LastName>A & B</LastName></Author>",
        "<Author><LastName>&#x1;</LastName></Author>",
        "<Author><LastName>&nobody;</LastName></Author>",
        "<Author><LastName>A\x01</LastName></Author>",
        "<Author><LastName>]]></LastName></Author>",
        '<Author ValidYN="Y" ValidYN="Y"><LastName>A</LastName></Author>',
        "<Author><LastName>A</LastName>",
    ],
)
def test_what_is_not_well_formed_in_a_list_is_left_to_the_parser(parse: Parse, odd: str) -> None:
    assert left_out(record(odd)) == [f"{TERM}\n", DAY]
    with pytest.raises(UnreadableDocument) as told:
        parse(record(odd))
    assert told.value.reason == "not_xml"


def test_a_new_element_in_a_list_is_an_alarm(parse: Parse) -> None:
    text = record(AUTHOR.replace("</Author>", "<Pronoun>she</Pronoun></Author>"))
    document = parse(text)
    assert [(one.quote, one.locator) for one in document.unknown] == [
        ("Pronoun", "/PubmedArticle/MedlineCitation/Article/AuthorList/Author/Pronoun")
    ]
    assert text[document.unknown[0].start :].startswith("Pronoun>she")


def test_a_break_behind_a_list_is_told_by_its_line_of_the_file(parse: Parse) -> None:
    with pytest.raises(UnreadableDocument, match="line 4"):
        parse(record(AUTHOR + "\n").replace("</PubmedData>", "</Pubmed>"))


def test_a_namespace_of_its_own_hides_no_list(parse: Parse) -> None:
    text = record().replace("<PubmedArticle>", '<PubmedArticle><Odd xmlns="urn:odd"/>', 1)
    assert [one.quote for one in parse(text).unknown] == ["Odd"]
