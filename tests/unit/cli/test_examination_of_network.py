"""What `trialhouse doctor` says of the sources that a profile asks, at servers of this machine."""

import socket

import pytest

from tests.replay.server import ReplayServer
from trialhouse.cli.examination_of_network import examine_network
from trialhouse.model.source_config import SourceConfig
from trialhouse.settings import load_settings
from trialhouse.sources.reachable import why_unreachable

KEY = "EXAMPLE_API_KEY"
RATES = {"key_variable": KEY, "requests_per_second": 3, "requests_per_second_with_key": 9}


@pytest.fixture
def nobody():
    """An address of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/api"


def findings(tmp_path, **settings):
    loaded = load_settings(warehouse=tmp_path, environ={}).settings.model_copy(update=settings)
    return {finding.name: finding for finding in examine_network(loaded, settings.get("environ", {}))}


def test_a_profile_that_asks_nobody_is_not_looked_at(tmp_path):
    found = findings(tmp_path, refresh_topics=())
    assert list(found) == ["network"]
    assert found["network"].is_ok


def test_keys_contact_and_hosts(tmp_path, nobody):
    with ReplayServer() as server:
        there = SourceConfig(
            base_url=server.url, key_variable=KEY, requests_per_second=3, requests_per_second_with_key=9
        )
        sources = {"there": there, "away": SourceConfig(base_url=nobody), "web": SourceConfig()}
        found = findings(tmp_path, refresh_topics=("fruit",), sources=sources)
    assert (found["keys"].is_ok, found["keys"].says) == (
        True,
        f"there: {KEY} is not set, 3 requests/s (9 with a key of your own: set it where refreshes run)",
    )
    assert not found["contact"].is_ok
    assert "TRIALHOUSE_CONTACT_EMAIL" in (found["contact"].advice or "")
    assert not found["hosts"].is_ok
    assert "away (127.0.0.1:" in found["hosts"].says
    assert "there" not in found["hosts"].says
    # Nothing was asked: the connection was closed at once.
    assert server.requests == []


def test_a_key_is_never_shown(tmp_path):
    with ReplayServer() as server:
        source = SourceConfig(
            base_url=server.url, key_variable=KEY, requests_per_second=3, requests_per_second_with_key=9
        )
        settings = load_settings(warehouse=tmp_path, environ={}).settings
        asked = {"refresh_topics": ("fruit",), "sources": {"there": source}, "contact_email": "ada@example.org"}
        found = examine_network(settings.model_copy(update=asked), {KEY: "s3cret"})
    assert all(finding.is_ok for finding in found)
    told = " ".join(finding.says for finding in found)
    assert f"{KEY} is set, 9 requests/s" in told
    assert "s3cret" not in told


@pytest.mark.parametrize("address", ["ftp://example.org", "nothing", "http://"])
def test_what_is_no_address_is_said_to_be_none(address):
    assert "is no http or https address" in str(why_unreachable(address, 1))


def test_a_profile_that_is_not_there_is_said(run, tmp_path):
    ended = run("doctor", "--profile", "nightly", "--warehouse", tmp_path)
    assert ended.code == 1
    assert "nightly" in ended.out
