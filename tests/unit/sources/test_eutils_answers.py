"""Every answer of E-utilities is recognised for what it is: matches, records, or the error that it states."""

import json
import pathlib
import re
from typing import Any

import pytest

from tests.replay.pubmed import article, article_set
from trialhouse.sources.eutils_answers import AnswerError, SearchAnswer, read_fetch, read_search


def search_body(**members: object) -> bytes:
    result = {"count": "1", "idlist": ["7"], "querytranslation": "apple[All Fields]", **members}
    return json.dumps({"header": {"type": "esearch"}, "esearchresult": result}).encode()


def test_matches_with_their_place_on_the_history_server() -> None:
    answer = read_search(search_body(webenv="MCID_1", querykey="1", count="3", idlist=["7", "8"]))
    assert answer == SearchAnswer(
        count=3, ids=("7", "8"), web_env="MCID_1", query_key="1", translation="apple[All Fields]"
    )


@pytest.mark.parametrize(
    ("body", "reason", "again"),
    [
        (b'{"error":"API rate limit exceeded","api-key":"203.0.113.7","count":"4","limit":"3"}', "rate_limited", True),
        (b'{"error":"/lbsm/eutils_lb -> Neg","api-key":"203.0.113.7","type":"ip","status":"ok"}', "rate_limited", True),
        (b'{"error":"API key invalid","api-key":"sesame","type":"api-key"}', "bad_key", False),
        (b'{"esearchresult":{"ERROR":"Search Backend failed: read timeout"}}', "backend_failed", True),
        (
            b'{"esearchresult":{"ERROR":"Search Backend failed: Exception:\n\'retstart\' cannot be larger than 9998.'
            b' For PubMed, ESearch can only retrieve the first 9,999 records."}}',
            "past_the_cap",
            False,
        ),
        (b'{"esearchresult":{"ERROR":"Unable to obtain query #1"}}', "history_expired", False),
        (b'{"esearchresult":{"ERROR":"Invalid db name specified: nosuchdb"}}', "refused_query", False),
        (b'{"esearchresult":{"ERROR":"Empty term and query_key - nothing todo"}}', "refused_query", False),
        (b'{"esearchresult":{"ERROR":"Empty result - nothing to do"}}', "backend_failed", True),
        (b"<eSearchResult><ERROR>Search Backend failed</ERROR></eSearchResult>", "backend_failed", True),
        (b"<!DOCTYPE html><html><head><title>Down for maintenance</title></head></html>", "html_page", True),
        (b"<html><body><br/><h2>Error occurred: Unable to obtain query #1</h2></body></html>", "html_page", True),
        (b'{"esearchresult":{"count":"3","idlist":["1",', "cut_answer", True),
        (b"", "cut_answer", True),
        (b"[]", "unknown_shape", True),
        (b'{"header":{"type":"esearch"}}', "unknown_shape", True),
        (b'{"esearchresult":{"count":"3"}}', "unknown_shape", True),
        (b'{"esearchresult":{"count":"3","idlist":null}}', "unknown_shape", True),
        (b'{"esearchresult":{"count":"-3","idlist":[]}}', "unknown_shape", True),
        (b'{"esearchresult":{"count":"1","idlist":["PMC7"]}}', "unknown_shape", True),
    ],
)
def test_errors_of_a_search_are_never_an_empty_list(body: bytes, reason: str, again: bool) -> None:
    with pytest.raises(AnswerError) as caught:
        read_search(body)
    assert (caught.value.reason, caught.value.again) == (reason, again)
    assert "203.0.113.7" not in str(caught.value)
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "reason", "again"),
    [
        (b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>", "backend_failed", True),
        (b"<eFetchResult><ERROR>External viewer error: Empty Response.</ERROR></eFetchResult>", "backend_failed", True),
        (b'{"error":"API rate limit exceeded","count":"4"}', "rate_limited", True),
        (b"<html><head><title>Bad gateway</title></head></html>", "html_page", True),
        (b"id: 7 Error occurred", "not_xml", True),
        (b"", "not_xml", True),
        (b"<eSummaryResult></eSummaryResult>", "not_pubmed_xml", True),
    ],
)
def test_errors_of_a_fetch_are_never_an_empty_set(body: bytes, reason: str, again: bool) -> None:
    with pytest.raises(AnswerError) as caught:
        read_fetch(body)
    assert (caught.value.reason, caught.value.again) == (reason, again)


def test_a_fetch_that_says_it_has_nothing_is_an_empty_set() -> None:
    assert read_fetch(b"<eFetchResult><ERROR>Empty result - nothing to do</ERROR></eFetchResult>").records == ()


def test_words_of_an_error_within_a_record_are_no_error() -> None:
    cut = read_fetch(article_set([article(1, "Empty result - nothing to do"), article(2, "API rate limit exceeded")]))
    assert [record.pmid for record in cut.records] == ["1", "2"]


def test_a_phrase_that_was_searched_for_and_matches_nothing_does_not_alter_the_query() -> None:
    answer = read_search(
        search_body(
            querytranslation="apple[All Fields] OR (zzqxjv[All Fields])",
            errorlist={"phrasesnotfound": ["zzqxjv"], "fieldsnotfound": []},
        )
    )
    assert answer.not_found == ("zzqxjv",)
    assert answer.altered == ()


@pytest.mark.parametrize(
    ("phrase", "translation"),
    [
        ("rare-compound-x[tiab]", "apple[All Fields] OR rare compound x[Title/Abstract]"),
        ("chemotreatment*", '("chemotreatment*"[All Fields])'),
    ],
)
def test_a_phrase_is_found_in_the_query_as_pubmed_writes_it(phrase: str, translation: str) -> None:
    answer = read_search(search_body(querytranslation=translation, errorlist={"phrasesnotfound": [phrase]}))
    assert (answer.not_found, answer.altered) == ((phrase,), ())


@pytest.mark.parametrize(
    ("lists", "words"),
    [
        ({"errorlist": {"phrasesnotfound": ["zzqxjv"]}}, "left out “zzqxjv”"),
        ({"warninglist": {"phrasesnotfound": ["zzqxjv"]}}, "left out “zzqxjv”"),
        ({"errorlist": {"fieldsnotfound": ["[tiabx]"]}}, "does not know the field [tiabx]"),
        ({"warninglist": {"phrasesignored": ["of the"]}}, "left out “of the”"),
        (
            {"warninglist": {"outputmessages": ["Wildcard search for 'a*' used only the first 600 variations."]}},
            "says “Wildcard search for 'a*' used only the first 600 variations.”",
        ),
    ],
)
def test_a_query_that_was_not_searched_as_written_is_told(lists: dict[str, Any], words: str) -> None:
    assert read_search(search_body(**lists)).altered == (words,)


def test_a_quoted_phrase_that_was_taken_apart_is_told() -> None:
    answer = read_search(search_body(warninglist={"quotedphrasesnotfound": ['"red apple"[tiab]']}))
    assert answer.split == ('"red apple"[tiab]',)


def test_no_items_found_is_no_alteration() -> None:
    answer = read_search(search_body(count="0", idlist=[], warninglist={"outputmessages": ["No items found."]}))
    assert (answer.count, answer.altered) == (0, ())


def _interactions(cassette: pathlib.Path) -> list[tuple[str, bytes]]:
    import yaml

    recorded = yaml.safe_load(cassette.read_text())
    return [
        (one["request"]["uri"], one["response"]["body"]["string"].encode()) for one in recorded["http_interactions"]
    ]


def test_recorded_answers_of_a_search_are_read(shared: pathlib.Path) -> None:
    folder = shared / "recorded" / "eutils"
    bodies = [path.read_bytes() for path in sorted(folder.rglob("esearch*.xml"))]
    for cassette in sorted(folder.rglob("*.yml")):
        bodies += [body for uri, body in _interactions(cassette) if "/esearch." in uri]
    assert len(bodies) >= 15
    for body in bodies:
        answer = read_search(body)
        assert len(answer.ids) == len(re.findall(rb"<Id>", body))
        assert str(answer.count).encode() == re.search(rb"<Count>(\d+)</Count>", body)[1]  # type: ignore[index]
        assert answer.altered == ()
    unknown = read_search((folder / "biopython" / "esearch8.xml").read_bytes())
    assert (unknown.count, unknown.not_found) == (0, ("abcXYZ",))


def test_recorded_answers_of_a_fetch_are_read(shared: pathlib.Path) -> None:
    bodies = [
        body
        for cassette in sorted((shared / "recorded" / "eutils").rglob("*.yml"))
        for uri, body in _interactions(cassette)
        if "/efetch." in uri
    ]
    assert len(bodies) >= 5
    counts = [len(read_fetch(body).records) for body in bodies]
    assert counts == [len(re.findall(rb"<PubmedArticle>", body)) for body in bodies]
    assert 0 in counts


def test_other_recorded_answers_are_neither_matches_nor_records(shared: pathlib.Path) -> None:
    folder = shared / "recorded" / "eutils"
    others = [path for path in sorted(folder.rglob("*.xml")) if not path.name.startswith("esearch")]
    others.append(folder / "errors" / "429_rate_limit_body.json")
    for path in others:
        for read in (read_search, read_fetch):
            with pytest.raises(AnswerError):
                read(path.read_bytes())
