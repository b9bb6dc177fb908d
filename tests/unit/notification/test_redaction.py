"""Nothing of an address is left in what is told of an error."""

import base64

import pytest

from trialhouse.notification.redaction import redacted


@pytest.mark.parametrize(
    ("url", "said", "told"),
    [
        ("mailto://robot:pa%2Fss@mail.example.org?to=a@b.org", "robot of mail.example.org: a@b.org", "*** of ***: ***"),
        ("mailto://robot:pa%2Fss@mail.example.org", "535 pa/ss or pa%2Fss or 'pa%2Fss'", "535 *** or *** or '***'"),
        ("slack://AAA111/BBB222/ccc333/#general", "url: /services/AAA111/BBB222/ccc333", "url: /services/***/***/***"),
        ("json://host.example/hook?-sig=a%20b%20c", "GET /hook?sig=a%20b%20c (a b c)", "GET /***?sig=*** (***)"),
        ("json://host.example:8443/x", "host.example and 8443 in https", "*** and *** in https"),
        ("mailto://me:word@[::1]:25/", "refused by me with word", "refused by me with ***"),
        ("no address at all", "said: no address at all!", "said: ***!"),
    ],
)  # fmt: skip
def test_parts_are_hidden_in_every_spelling(url: str, said: str, told: str) -> None:
    assert redacted(said, url) == told


def test_a_login_is_hidden_as_it_is_sent() -> None:
    sent = [base64.b64encode(text).decode() for text in (b"robot:pa/ss", b"\0robot\0pa/ss")]
    assert redacted(f"535 {sent[0]} {sent[1]}", "mailto://robot:pa%2Fss@mail.example.org") == "535 *** ***"
