"""Bytes of every encoding become text; what is no text is named."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialhouse.documents.decode import decode
from trialhouse.model.document import UnreadableDocument

WESTERN = "Étude randomisée: 45 % des malades, 7·5 mg – naïve. " * 4
CHINESE = "患者被随机分配接受安慰剂或药物治疗，结果显示第24周时达到缓解的患者比例更高。" * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_text_survives(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding), "x") == WESTERN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_chinese_text_survives(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding), "x") == CHINESE


def test_a_declared_encoding_is_believed_where_it_fits() -> None:
    russian = "Пациенты получали препарат или плацебо. " * 5
    assert decode(russian.encode("koi8-r"), "x", "text/plain; charset=koi8-r") == russian
    page = f'<html><head><meta charset="windows-1251"></head><body>{russian}</body></html>'
    assert russian in decode(page.encode("cp1251"), "x")


def test_a_wrongly_declared_encoding_is_survived() -> None:
    assert decode(WESTERN.encode("utf-8"), "x", "text/html; charset=iso-8859-1") == WESTERN
    assert decode(WESTERN.encode("cp1252"), "x", "text/html; charset=utf-8") == WESTERN
    assert decode(WESTERN.encode("cp1252"), "x", "text/html; charset=no-such-thing") == WESTERN


def test_utf8_cut_within_a_character() -> None:
    assert decode((CHINESE).encode()[:-1], "x") == CHINESE[:-1] + "�"


def test_line_ends_and_byte_order_mark_as_python_reads_them() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "x") == "\ufeffa\nb\nc\n"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text.strip()))
def test_utf8_is_read_as_it_is(text: str) -> None:
    if not text.strip("\ufeff \x00\xa0") or text[0] == "\ufeff":
        return
    assert decode(text.encode(), "x") == text


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\x00" * 50, b"\xef\xbb\xbf\n"])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as told:
        decode(data, "inbox/a.txt")
    assert told.value.reason == "empty"
    assert "inbox/a.txt" in str(told.value)


@pytest.mark.parametrize(
    "data",
    [random.Random(7).randbytes(5000), b"%PDF-1.7 text", b"PK\x03\x04abc", b"\x89PNG\r\n\x1a\nabc", b"\x1f\x8bxyz"],
    ids=["rubbish", "pdf", "zip", "png", "gzip"],
)
def test_binary_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as told:
        decode(data, "inbox/a.bin")
    assert told.value.reason == "binary"
    assert "inbox/a.bin" in str(told.value)


def test_a_few_nulls_stay_in_place() -> None:
    assert decode(b"n\x00 = 12 of the 40 participants who were randomized", "x").startswith("n\x00 = 12")
