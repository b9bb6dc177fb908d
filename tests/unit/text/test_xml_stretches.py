"""Places of elements and words in an XML text."""

import pytest
from lxml import etree

from trialhouse.text.flattening import Flattening
from trialhouse.text.xml_stretches import Misplaced, add_words, check_tags, locate, without_hidden, words_of


def test_elements_are_where_their_tags_are_whatever_hides_in_comments_and_attributes() -> None:
    text = "<r><!-- <a>no</a> --><a title=\"x > y\" n='1'>one</a><note/><b><a>t<![CDATA[<a>]]>o</a></b></r>"
    bare = without_hidden(text)
    assert len(bare) == len(text)
    nodes = list(etree.fromstring(text).iter("a", "note"))
    first, note, last = locate(bare, [(0, len(text))], nodes)
    assert text[slice(*first.inner)] == "one"
    assert [text[slice(*place)] for name in ("title", "n") if (place := first.attribute(text, name))] == ["x > y", "1"]
    assert first.attribute(text, "other") is None
    assert note.inner[0] == note.inner[1]
    assert words_of(text, *last.inner) == "t<a>o"
    assert last.parent.tag == "b"


def test_a_tree_of_another_text_is_refused() -> None:
    nodes = list(etree.fromstring("<r><a/><a/></r>").iter("a", "note"))
    for text in ("<r><a/></r>", "<r><a/><note/></r>", "<r><a/><a></r>"):
        with pytest.raises(Misplaced):
            locate(text, [(0, len(text))], nodes)


def test_a_name_that_begins_alike_is_another_and_what_lies_between_stretches_is_passed_by() -> None:
    text = "<r><ab/><a>1</a><x><a>no</a></x><abc>2</abc><a\n>3</a></r>"
    cut = (text.index("<x>"), text.index("</x>") + len("</x>"))
    nodes = list(etree.fromstring(text[: cut[0]] + text[cut[1] :]).iter("a"))
    found = locate(text, [(0, cut[0]), (cut[1], len(text))], nodes)
    assert [text[slice(*one.inner)] for one in found] == ["1", "3"]


def test_tags_whose_names_belong_to_a_namespace_are_told_by_their_number() -> None:
    text = "<r><a xmlns='urn:x'>1</a><a>2</a></r>"
    nodes = list(etree.fromstring(text).iter("a"))
    with pytest.raises(Misplaced, match="2 start tags in the text, 1 elements in the tree"):
        check_tags(text, [(0, len(text))], ["a", "note"], nodes)
    check_tags(text, [(text.index("<a>"), len(text))], ["a", "note"], nodes)


def test_what_is_hidden_is_blank_from_where_it_is_asked_for() -> None:
    text = "<!-- a --><r>what? so! <?pi <a>?><![CDATA[<a>]]></r>"
    bare = without_hidden(text, text.index("<r>"))
    assert bare == text.replace("<?pi <a>?>", " " * 10).replace("<![CDATA[<a>]]>", " " * 15)
    assert without_hidden("<r>what? so!</r>") == "<r>what? so!</r>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("  plain  ", "plain"),
        ("a &amp; b &#x3bc;&#181;", "a & b μµ"),
        ("10<sup>9</sup> and 10<sup>&#8722;3</sup>, x<sup>2</sup>, 5<sup>th</sup>", "10^9 and 10^−3, x2, 5th"),
        ("one\n   two<br/>\n three", "one two three"),
        ("<!-- all of it -->", ""),
        ("", ""),
    ],
)
def test_words_without_markup_and_the_place_of_every_letter(content: str, expected: str) -> None:
    words = Flattening(content)
    add_words(words, 0, len(content))
    assert words.text == expected
    ends = [*(start for start, *_ in words.stretches), words.length][1:]
    for (start, left, right, _), end in zip(words.stretches, ends, strict=True):
        same = content[left:right] == words.text[start:end]
        assert same or content[left] in "&\n" or left == right
