"""Bodies are read whole and within limits, or it is said what is wrong with them."""

import gzip
import io
import zlib

import pytest
from urllib3 import HTTPResponse

from tests.replay.answers import encoded, gzip_bomb
from tests.replay.server import Answer
from trialhouse.sources.bodies import BOMB_FLOOR, PIECE, read_body
from trialhouse.sources.session import FetchFailed

MIXED = bytes(range(256)) * 4


def read(body, headers=None, max_bytes=10_000_000):
    raw = HTTPResponse(io.BytesIO(body), headers=headers or {}, preload_content=False)
    return read_body(raw, max_bytes, "http://host/path")


def read_encoded(body, encoding, **limits):
    answer = encoded(Answer(body=body), encoding)
    return read(answer.body, answer.headers, **limits)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw-deflate"])
def test_what_was_compressed_comes_out_whole(size, encoding):
    body = (MIXED * 200)[:size]
    assert read_encoded(body, encoding) == body


def test_plain_bodies():
    assert read(b"") == b""
    assert read(MIXED, {"Content-Encoding": "identity"}) == MIXED


@pytest.mark.parametrize("size", [BOMB_FLOOR - 1, BOMB_FLOOR])
def test_a_small_body_may_be_as_dense_as_it_likes(size):
    assert read_encoded(bytes(size), "gzip") == bytes(size)


def test_an_empty_body_is_one_that_says_so():
    """A connection that ends within the header looks like an answer without a body."""
    for headers in ({"Content-Length": "0"}, {"Transfer-Encoding": "chunked"}):
        raw = HTTPResponse(io.BytesIO(b""), headers=headers, status=200, preload_content=False)
        assert read_body(raw, 10, "http://host/path") == b""
    with pytest.raises(FetchFailed, match="without a body, and without saying so") as caught:
        read_body(HTTPResponse(io.BytesIO(b""), status=200, preload_content=False), 10, "http://host/path")
    assert (caught.value.reason, caught.value.may_pass) == ("cut_body", True)


def test_gzip_of_several_members_is_one_body_and_padding_is_none():
    members = gzip.compress(b"one ") + gzip.compress(b"two")
    assert read(members, {"Content-Encoding": "x-gzip"}) == b"one two"
    assert read(members + bytes(16), {"Content-Encoding": "gzip"}) == b"one two"


def test_an_empty_body_that_says_it_is_compressed_is_empty():
    assert read(b"", {"Content-Encoding": "gzip"}) == b""


def failed(*args, **keywords):
    with pytest.raises(FetchFailed) as caught:
        read(*args, **keywords)
    return caught.value


def test_what_is_announced_too_large_is_not_read():
    source = io.BytesIO(b"x" * 20)
    raw = HTTPResponse(source, headers={"Content-Length": "20"}, preload_content=False)
    with pytest.raises(FetchFailed, match=r"announces 20 bytes, more than the 19 bytes allowed") as caught:
        read_body(raw, 19, "http://host/path")
    assert (caught.value.reason, caught.value.may_pass) == ("too_large", False)
    assert source.tell() == 0


def test_a_length_with_thousands_of_digits_is_too_large():
    assert failed(b"x", {"Content-Length": "9" * 5000}).reason == "too_large"


def test_a_body_may_be_as_large_as_allowed_and_no_larger():
    assert read(MIXED, max_bytes=len(MIXED)) == MIXED
    assert failed(MIXED, max_bytes=len(MIXED) - 1).reason == "too_large"
    packed = encoded(Answer(body=MIXED), "gzip")
    assert read(packed.body, packed.headers, max_bytes=len(MIXED)) == MIXED
    assert failed(packed.body, packed.headers, max_bytes=len(MIXED) - 1).reason == "too_large"


def test_a_bomb_is_left_before_it_fills_the_memory():
    answer = gzip_bomb(20_000_000)
    failure = failed(answer.body, answer.headers, max_bytes=1_000_000_000)
    assert (failure.reason, failure.may_pass) == ("bomb", False)
    assert "http://host/path grew from" in str(failure)


def test_a_bomb_in_a_bomb_is_not_unpacked_twice():
    inner = gzip_bomb(5_000_000).body
    assert read(gzip.compress(inner), {"Content-Encoding": "gzip"}) == inner
    assert failed(gzip.compress(inner), {"Content-Encoding": "gzip, gzip"}).reason == "unknown_encoding"


def test_compressed_data_without_its_end_is_cut():
    whole = gzip.compress(MIXED)
    for length in (1, 9, len(whole) // 2, len(whole) - 1):
        failure = failed(whole[:length], {"Content-Encoding": "gzip"})
        assert (failure.reason, failure.may_pass) == ("cut_body", True)


def test_damaged_data_is_said_and_may_pass():
    whole = bytearray(gzip.compress(MIXED))
    whole[-6] ^= 0xFF  # the checksum
    for data in (bytes(whole), b"<html>no gzip</html>"):
        failure = failed(data, {"Content-Encoding": "gzip"})
        assert (failure.reason, failure.may_pass) == ("damaged_body", True)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress"])
def test_an_encoding_that_was_not_asked_for_is_said(encoding):
    failure = failed(zlib.compress(b"x"), {"Content-Encoding": encoding})
    assert failure.reason == "unknown_encoding"
    assert encoding in str(failure)


@pytest.mark.parametrize("coding", ["gzip, chunked", "gzip", "chunked, chunked"])
def test_a_transfer_encoding_that_nobody_asked_for_is_no_content(coding):
    """The frame of its chunks would be landed as if it were the page."""
    failure = failed(b"2\r\nhi\r\n0\r\n\r\n", {"Transfer-Encoding": coding})
    assert (failure.reason, failure.may_pass) == ("unknown_encoding", False)


@pytest.mark.parametrize("length", ["-5", "five", "2, 3", "0x2"])
def test_a_body_of_a_length_that_is_none_cannot_be_told_from_a_cut_one(length):
    raw = HTTPResponse(io.BytesIO(b"hi"), preload_content=False)
    raw.headers["Content-Length"] = length
    with pytest.raises(FetchFailed, match="nobody can tell where it ends") as caught:
        read_body(raw, 10, "http://host/path")
    assert (caught.value.reason, caught.value.may_pass) == ("damaged_body", True)


@pytest.mark.parametrize("length", ["2", "2, 2", " 2 ", ""])
def test_a_length_that_is_stated_twice_is_one(length):
    assert read(b"hi", {"Content-Length": length}) == b"hi"
