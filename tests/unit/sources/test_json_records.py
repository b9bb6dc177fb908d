import gzip
import json
import pathlib

import pytest

from trialhouse.sources.json_records import BadAnswer, read_json_page

PAGE = '{"total": 2, "list": {"records": [ {"a": "caf\\u00e9 é", "n": 1.50},\n\t{"a":[1,{"b":null}]} ]}, "next": "x"}'


def test_records_keep_their_bytes_and_the_page_its_other_members() -> None:
    page = read_json_page(PAGE.encode(), "there", "list", "records")
    assert page.records is not None
    assert [record.data for record in page.records] == [
        '{"a": "caf\\u00e9 é", "n": 1.50}'.encode(),
        b'{"a":[1,{"b":null}]}',
    ]
    assert page.records[0].value == {"a": "café é", "n": 1.5}
    assert page.members == {"total": 2, "list": {"records": []}, "next": "x"}


def test_a_single_object_is_one_record() -> None:
    page = read_json_page(b'\xef\xbb\xbf {"message": {"DOI": "10.5555\\/x"} }\n', "there", "message")
    assert page.records is not None
    assert [record.data for record in page.records] == [b'{"DOI": "10.5555\\/x"}']
    whole = read_json_page(b' {"id": 1} ', "there")
    assert whole.records is not None
    assert [record.data for record in whole.records] == [b'{"id": 1}']
    assert whole.members == {"id": 1}


def test_a_page_without_a_place_for_records_is_told_from_an_empty_one() -> None:
    assert read_json_page(b'{"errCode": 404}', "there", "list", "records").records is None
    assert read_json_page(b'{"list": null}', "there", "list", "records").records is None
    assert read_json_page(b'{"list": {"records": [ ]}}', "there", "list", "records").records == []


def test_a_page_cut_anywhere_is_cut_and_nothing_else() -> None:
    body = PAGE.encode()
    for length in range(1, len(body)):
        with pytest.raises(BadAnswer) as failure:
            read_json_page(body[:length], "there", "list", "records")
        # Within a letter of two bytes it is no UTF-8 any more.
        assert failure.value.reason == "cut_body" or body[:length][-1] == "é".encode()[0]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "cut_body"),
        (b"<!DOCTYPE html><html><head><title>Just a moment</title>", "challenge_page"),
        (b"\n<!-- gate --><html lang='en'>", "challenge_page"),
        ('{"name": "é"}'.encode("latin-1"), "wrong_charset"),
        ('{"name": "é"}'.encode("utf-16"), "wrong_charset"),
        (b"Backend fetch failed", "not_json"),
        (b"<?xml version='1.0'?><errorBean/>", "not_json"),
        (b"[1, 2]", "not_json"),
        (b'{"a": 1} {"a": 2}', "not_json"),
        (b'{"a": 1,}', "not_json"),
        (b'{"a" 1}', "not_json"),
        (b'{"list": {"records": [{"a": 1} {"a": 2}]}}', "not_json"),
        (b'{"list": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not_json"),
    ],
)
def test_what_is_no_page_says_what_it_is(body: bytes, reason: str) -> None:
    with pytest.raises(BadAnswer, match="there") as failure:
        read_json_page(body, "there", "list", "records")
    assert failure.value.reason == reason


def test_recorded_pages_are_cut_as_the_standard_library_reads_them(shared: pathlib.Path) -> None:
    recorded = shared / "recorded"
    pages = [(path, ("studies",)) for path in sorted((recorded / "ctgov/biomcp").glob("search_*.json"))]
    pages += [(recorded / "ctgov/tastygranola_biomcp/trials_NCT04280705.json.gz", ("studies",))]
    pages += [(path, ("resultList", "result")) for path in sorted((recorded / "europepmc").glob("*/search_*.json"))]
    pages += [(path, ("message",)) for path in sorted((recorded / "crossref/colrev").glob("*.json"))]
    assert len(pages) > 15
    for path, place in pages:
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        expected = json.loads(body)
        for name in place:
            expected = expected[name]
        records = read_json_page(body, path.name, *place).records
        assert records is not None
        assert [record.value for record in records] == (expected if isinstance(expected, list) else [expected])
        at = 0
        for record in records:
            assert json.loads(record.data) == record.value
            at = body.index(record.data, at) + len(record.data)
