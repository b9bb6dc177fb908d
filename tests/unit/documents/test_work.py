"""Work in proportion to the size, counted and never timed: the same piece once and twice, shallow and deep."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4.element import Tag

from trialhouse.documents import json_record
from trialhouse.text import bibtex
from trialhouse.text.flattening import Flattening

WORK = '{"DOI": "10.5555/x.1", "type": "journal-article", "title": ["Belotarin"]%s}'


class Counted:
    """A pattern that counts what is asked of it, or found by it."""

    def __init__(self, pattern: Any) -> None:
        self.pattern = pattern
        self.count = 0

    def finditer(self, *text: Any) -> Iterator[Any]:
        for found in self.pattern.finditer(*text):
            self.count += 1
            yield found

    def match(self, *text: Any) -> Any:
        self.count += 1
        return self.pattern.match(*text)


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch, parse) -> Callable[[str], int]:
    """How many elements and strings of a page are walked over while it is read, each time anew."""

    def count(page: str) -> int:
        steps = 0
        descendants = Tag.descendants.fget

        def counting(tag: Tag) -> Iterator[Any]:
            nonlocal steps
            for one in descendants(tag):
                steps += 1
                yield one

        with monkeypatch.context() as patched:
            patched.setattr(Tag, "descendants", property(counting))
            parse(page)
        return steps

    return count


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("<article>", "</article>"),
        ("<ul><li>", "</li></ul>"),
        ("<h2>", "</h2>"),
        ("<div role='main'>", "</div>"),
        ("<noscript>", "</noscript>"),
        ("1<sup>", "</sup>"),
    ],
)
def test_a_page_is_walked_no_more_often_for_its_depth(walked, opened: str, closed: str) -> None:
    def page(depth: int) -> str:
        inner = "<div><p>12 adults</p><b></b></div>" * 400
        return f"<html><head><title>Belotarin</title></head><body>{opened * depth}{inner}{closed * depth}</body></html>"

    assert walked(page(100)) <= 2 * walked(page(5))


@pytest.mark.parametrize(
    "piece", ['\n@article{ x, a = "{', "\n@article{ x, a = {", "@comment{x\n", "@comment(x\n", "@book{y, a = {b}}\n"]
)
def test_brackets_that_do_not_close_are_looked_for_once(monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    def marks(count: int) -> int:
        counted = Counted(bibtex._MARK)
        with monkeypatch.context() as patched:
            patched.setattr(bibtex, "_MARK", counted)
            bibtex.read_entries("@article{x, a = {b}}\n" + piece * count)
        return counted.count

    assert 0 < marks(200) <= 2 * marks(100)


def test_members_that_nobody_knows_are_placed_in_one_pass(monkeypatch: pytest.MonkeyPatch, parse) -> None:
    def looked(count: int) -> int:
        counted = Counted(json_record._MEMBER)
        more = "".join(f', "odd {number}": [1]' for number in range(count))
        with monkeypatch.context() as patched:
            patched.setattr(json_record, "_MEMBER", counted)
            document = parse(WORK % more)
        assert [one.quote for one in document.unknown] == [f"odd {number}" for number in range(count)]
        return counted.count

    assert 0 < looked(200) <= 2 * looked(100)


NOTE = "N1  - ClinicalTrials.gov NCT{:08d}\n"
FOOTNOTE = "<fn><p>ClinicalTrials.gov NCT{:08d}</p></fn>"


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("TY  - JOUR\nTI  - Belotarin\n", NOTE, "ER  - \n"),
        ("<article><front><article-meta/></front><body/><back><fn-group>", FOOTNOTE, "</fn-group></back></article>"),
        (WORK.partition("%")[0] + ', "abstract": "', "<title>Aims:</title><p>One.</p>", '"}'),
    ],
)
def test_the_prose_is_put_together_no_more_often_for_its_lines(
    monkeypatch: pytest.MonkeyPatch, parse, before: str, piece: str, after: str
) -> None:
    def joined(count: int) -> int:
        characters = 0
        text = Flattening.text.fget

        def counting(words: Flattening) -> str:
            nonlocal characters
            whole = text(words)
            characters += len(whole)
            return whole

        with monkeypatch.context() as patched:
            patched.setattr(Flattening, "text", property(counting))
            document = parse(before + "".join(piece.format(number) for number in range(count)) + after)
        assert document.prose is not None
        return characters

    assert 0 < joined(200) <= 2.2 * joined(100)
