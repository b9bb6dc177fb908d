"""The container of an article's pages gives back every byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialhouse.model.joined_pages import ArticlePage, is_joined_pages, pack_pages, unpack_pages

PAGES = st.lists(
    st.builds(
        ArticlePage,
        address=st.integers(1, 10**6).map("https://example.org/{}".format),
        content_type=st.sampled_from(["text/html", "text/html; charset=windows-1252", 'text/html; charset="']),
        body=st.binary(max_size=400),
        missing=st.none() | st.just("not_found"),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


def text_of(data: bytes) -> str:
    return data.decode("ascii").replace("\r\n", "\n")


@given(PAGES)
@settings(max_examples=60)
def test_what_is_packed_comes_out(pages: tuple[ArticlePage, ...]) -> None:
    data = pack_pages(pages)
    assert is_joined_pages(text_of(data))
    assert unpack_pages(text_of(data)) == pages
    assert pack_pages(pages) == data


def test_bodies_that_look_like_the_container_do_no_harm() -> None:
    inner = pack_pages((ArticlePage(address="https://example.org/", body=b"--pages\r\n\r\nFrom x\r\n.\r\n"),))
    pages = (ArticlePage(address="https://example.org/a", body=inner), ArticlePage(address="https://example.org/b"))
    assert unpack_pages(text_of(pack_pages(pages))) == pages


def test_long_and_foreign_addresses_stay_on_one_line() -> None:
    page = ArticlePage(address="https://example.org/" + "a" * 500, content_type="text/html; charset=ü\r\nX: y")
    (out,) = unpack_pages(text_of(pack_pages((page,))))
    assert out.address == page.address
    assert out.content_type == "text/html; charset=\\xfc X: y"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_container_is_seen(share: float) -> None:
    pages = tuple(ArticlePage(address=f"https://example.org/{n}", body=b"fever" * 200) for n in range(3))
    text = text_of(pack_pages(pages))
    with pytest.raises(ValueError, match=r"pages of 3"):
        unpack_pages(text[: int(share * len(text))])


def test_other_mime_messages_are_none() -> None:
    assert not is_joined_pages('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n')
    assert not is_joined_pages("From: <Saved by a browser>\nTrialhouse-Pages: 2\n")
