"""Which links lead to further pages of the same article, and which do not. All pages are invented."""

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.replay.pages import article, prose
from trialhouse.sources.article_pages import belongs, first_address, further_pages, page_number
from trialhouse.sources.challenge_pages import challenge_of
from trialhouse.sources.page_view import PageView, normal_address

STORY = "https://news.example.org/2026/lupus"
PIECES = (
    "<!-- ", "-->", "<html>", "<body class=>", "</body>", "<a href='/2026/lupus/2'>2</a>", "<a rel=next href=?page=2>",
    "<base href='http://['>", "<link rel=canonical href='//'>", "<script type='application/ld+json'>[{}, 7]</script>",
    "<title>Just a moment", "</title>", "<input type=password>", "<td><p>", "<?php ?>", "\x00", "é", "&#0;",
    "<![CDATA[",
)  # fmt: skip


def view(address: str, html: str, **headers: str) -> PageView:
    return PageView(address, html.encode(), headers)


def story(tail: str, **options: str) -> PageView:
    return view(STORY, article("Belotarin in lupus", prose(1), tail=tail, **options))


@pytest.mark.parametrize(
    ("address", "number"),
    [
        (STORY, 1),
        (STORY + "/", 1),
        (STORY + "?utm_source=mail", 1),
        (STORY + "/2", 2),
        (STORY + "/2/", 2),
        (STORY + "/page/3", 3),
        (STORY + "/page-3/", 3),
        (STORY + "?page=2", 2),
        (STORY + "?page=0", None),
        (STORY + "?page=2&id=7", None),
        (STORY + "?comments=2", None),
        (STORY + "/comment-page-2", None),
        (STORY + "/2026", None),
        (STORY + "/amp", None),
        (STORY + "-2", None),
        ("https://news.example.org/2026/fever/2", None),
        ("https://other.example.org/2026/lupus/2", None),
    ],
)
def test_the_address_extends_that_of_the_article(address: str, number: int | None) -> None:
    assert page_number(address, STORY) == number


def test_a_number_before_the_ending_needs_a_link_that_says_next() -> None:
    first, second = "https://news.example.org/a/lupus.html", "https://news.example.org/a/lupus-2.html"
    assert page_number(second, first) is None
    assert page_number(second, first, by_ending=True) == 2
    assert page_number("https://news.example.org/a/lupus2.html", first, by_ending=True) is None
    assert (
        page_number("https://news.example.org/a/covid-20", "https://news.example.org/a/covid-19", by_ending=True)
        is None
    )


def test_the_articles_own_number_in_the_query_stays() -> None:
    first = "https://news.example.org/story.php?id=7"
    assert page_number("https://news.example.org/story.php?page=2&id=7", first) == 2
    assert page_number("https://news.example.org/story.php?page=2", first) is None
    assert page_number("https://news.example.org/story.php?page=2&id=8", first) is None


@pytest.mark.parametrize(
    "tail",
    [
        '<p>Page: 1 <a href="/2026/lupus/2/">2</a> | <a href="/2026/lupus/?all">Single Page</a></p>',
        '<a href="?page=2">Next page &raquo;</a>',
        '<a href="/2026/lupus/page/2" aria-label="Go to page 2">›</a>',
        '<a href="/2026/lupus/2" rel="next nofollow">How it went on</a>',
    ],
)
def test_links_that_lead_on(tail: str) -> None:
    assert list(further_pages(story(tail), STORY)) == [2]


def test_next_in_the_head_and_in_the_header() -> None:
    head = view(STORY, article("Belotarin in lupus", prose(1), head='<link rel="next" href="/2026/lupus/2">'))
    assert further_pages(head, STORY) == {2: STORY + "/2"}
    link = f'<{STORY}/2>; rel="next"; title="a, b", <{STORY}>; rel=canonical'
    header = view(STORY, article("Belotarin in lupus", prose(1)), link=link)
    assert further_pages(header, STORY) == {2: STORY + "/2"}
    assert header.canonical == STORY


@pytest.mark.parametrize(
    "tail",
    [
        '<a rel="next" href="/2026/fever">Next article</a>',
        '<a href="/2026/fever/2">2</a>',
        '<a href="/2026/lupus/2">Two doses are enough, a trial finds</a>',
        '<section id="comments"><a href="/2026/lupus?page=2">2</a></section>',
        '<div class="pager"><a href="/2026/lupus?page=2#comments">Next</a></div>',
        '<a href="/2026/lupus/comment-page-2/">2</a>',
        '<a href="/page/2">Next</a>',
        '<a href="javascript:next(2)">2</a>',
    ],
)
def test_links_that_lead_elsewhere(tail: str) -> None:
    assert further_pages(story(tail), STORY) == {}


def test_lists_of_articles_are_no_articles() -> None:
    cards = "".join(f'<article><h2><a href="/{n}">Story {n}</a></h2></article>' for n in range(5))
    tail = f'{cards}<a rel="next" href="/2026/lupus/page/2">Next</a>'
    assert further_pages(story(tail), STORY) == {}
    assert further_pages(story(tail, head='<meta property="og:type" content="article">'), STORY) != {}
    linked = '<script type="application/ld+json">{"@graph": [{"@type": "CollectionPage"}]}</script>'
    next_page = '<a href="/2026/lupus/2">2</a>'
    assert further_pages(story(next_page, head=linked), STORY) == {}
    home = view("https://news.example.org/", article("Example News", prose(1), tail='<a href="/page/2">Next</a>'))
    assert further_pages(home, first_address(home)) == {}


def second(paragraphs: list[str], title: str = "Belotarin in lupus", **options: str) -> PageView:
    return view(STORY + "/2", article(title, paragraphs, **options))


def test_a_page_that_came_is_looked_at() -> None:
    first = story("", canonical=STORY)
    assert belongs(second(prose(7), canonical=STORY), 2, first, STORY)
    assert belongs(second(prose(7), canonical=STORY + "/2"), 2, first, STORY)
    assert belongs(second(prose(7), title="Belotarin in lupus - Page 2 of 2"), 2, first, STORY)
    assert not belongs(second(prose(7), title="Fever in children"), 2, first, STORY)
    assert not belongs(second(prose(7), canonical="https://news.example.org/2026/fever"), 2, first, STORY)
    assert not belongs(second(prose(1), canonical=STORY), 2, first, STORY)
    assert not belongs(
        second([*prose(1), "And a comment that somebody wrote below the article, " * 3]), 2, first, STORY
    )
    assert not belongs(story(""), 2, first, STORY)


def test_the_first_page_is_the_canonical_one_of_the_same_article() -> None:
    assert first_address(second(prose(1), canonical=STORY)) == STORY
    assert first_address(second(prose(1), canonical="https://other.example.org/x")) == STORY + "/2"
    assert first_address(second(prose(1))) == STORY + "/2"


@pytest.mark.parametrize("broken", ["", "<", "\x00\x01", "<a href='http://[bad'>2</a>", "<p>" * 3000])
def test_a_broken_page_is_an_empty_one(broken: str) -> None:
    page = view(STORY, broken)
    assert further_pages(page, STORY) == {}
    assert (page.canonical, page.title) == (None, "")


@pytest.mark.parametrize(
    ("listed", "normal"),
    [
        (" HTTP://Example.ORG ", "http://example.org/"),
        ("https://example.org:8443/a%20b/../c?x=%2F#y", "https://example.org:8443/a%20b/../c?x=%2F"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
    ],
)
def test_one_spelling_of_an_address(listed: str, normal: str) -> None:
    assert normal_address(listed) == normal
    assert normal_address(normal) == normal


def test_real_pages_lead_on_only_where_they_do(shared: pathlib.Path, corpus: pathlib.Path) -> None:
    found = {}
    for path in sorted((shared / "recorded" / "html").rglob("*.html")) + sorted(corpus.rglob("*.html")):
        page = PageView("https://journal.example.org/article/1", path.read_bytes(), {})
        page = PageView(page.canonical or page.address, page.body, {})
        if pages := further_pages(page, first_address(page)):
            found[path.name] = [address.rpartition("/")[2] for address in pages.values()]
    assert found == {"rezpegaldesleukin-news.html": ["?page=2"]}


@given(st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join).map(str.encode))
@settings(max_examples=150)
def test_no_page_breaks_the_view(body: bytes) -> None:
    page = PageView(STORY, body, {"content-type": "text/html; charset=nonsense", "link": '<:>; rel="next", <a>;rel=x'})
    assert set(further_pages(page, first_address(page)).values()) <= {link.address for link in page.links}
    assert challenge_of(page, 200) in (None, "a challenge", "a log-in page", "a page asking for consent")
