"""Places of elements and words in an XML text."""

import pytest
from lxml import etree

from trialhouse.text.flattening import Flattening
from trialhouse.text.xml_stretches import Misplaced, add_words, locate, tag_pattern, without_hidden, words_of

TAGS = tag_pattern(["a", "note"])


def test_elements_are_where_their_tags_are_whatever_hides_in_comments_and_attributes() -> None:
    text = "<r><!-- <a>no</a> --><a title=\"x > y\" n='1'>one</a><note/><b><a>t<![CDATA[<a>]]>o</a></b></r>"
    bare = without_hidden(text)
    assert len(bare) == len(text)
    nodes = list(etree.fromstring(text).iter("a", "note"))
    first, note, last = locate(bare, [(0, len(text))], TAGS, nodes)
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
            locate(text, [(0, len(text))], TAGS, nodes)


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
