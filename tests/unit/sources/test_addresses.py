"""Only public addresses of the internet are asked, and the one that was checked is the one connected to."""

import socket

import pytest

from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources.addresses import host_of, is_loopback, is_public
from trialhouse.sources.session import FetchFailed

REFUSED = """
    0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::8.8.8.8 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd12::1
    ff02::1 100::1 2001::1 2001:db8::1 2002:0a00:0001::1 3fff::1 5f00::1 64:ff9b::10.0.0.1 64:ff9b::127.0.0.1
    64:ff9b:1::8.8.8.8 4000::1
    nowhere 1.2.3 2130706433
""".split()

PUBLIC = """
    8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 130.14.29.110 172.15.255.255 172.32.0.1 192.0.1.1
    198.17.255.255 198.20.0.1 223.255.255.255 2607:f220:41e:4290::110 2a00:1450:4001::1 64:ff9b::8.8.8.8
""".split()


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_no_public_address(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public(address):
    assert is_public(address)


def test_loopback_is_this_machine_alone():
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not any(map(is_loopback, ["10.0.0.1", "::ffff:127.0.0.1", "localhost", "0.0.0.0"]))


def test_the_host_has_its_port_where_it_is_not_the_usual_one():
    assert host_of("https://Eutils.NCBI.nlm.nih.gov/entrez?db=pubmed") == "eutils.ncbi.nlm.nih.gov"
    assert host_of("https://example.org:443/") == host_of("http://example.org:80/") == "example.org"
    assert host_of("http://example.org:8080/") == "example.org:8080"
    assert host_of("http://[2a00::1]:81/") == "2a00::1:81"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/file", "bad_scheme"),
        ("file:///etc/passwd", "bad_scheme"),
        ("gopher://example.org/", "bad_scheme"),
        ("javascript:alert(1)", "bad_scheme"),
        ("example.org/page", "bad_scheme"),
        ("https:///nowhere", "bad_url"),
        ("https://example.org:99999/", "bad_url"),
        ("http://[::1/", "bad_url"),
        ("https://user:hidden-word@example.org/", "bad_url"),
    ],
)
def test_addresses_that_are_not_asked(tmp_path, url, reason):
    session, time = polite_session(tmp_path)
    with pytest.raises(FetchFailed) as caught:
        session.get(url)
    assert caught.value.reason == reason
    assert "hidden-word" not in str(caught.value)
    assert time.slept == []


def test_this_machine_is_asked_only_where_that_is_allowed(tmp_path):
    with ReplayServer() as server:
        server.route("/", lambda request: Answer(body=b"never"))
        session, time = polite_session(tmp_path, allow_loopback=False)
        for url in (server.url, f"http://localhost:{server.port}/", f"http://2130706433:{server.port}/"):
            with pytest.raises(FetchFailed, match=r"its host is at .*127\.0\.0\.1") as caught:
                session.get(url)
            assert caught.value.reason == "private_address"
        assert server.requests == []
    assert not any(pause >= 1 for pause in time.slept), "an address that is refused is not tried again"


def resolving(monkeypatch, *answers):
    """Let names resolve to these addresses, a list for each time that one is asked for."""
    line = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in answer] for answer in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **keywords: line.pop(0))
    return line


def connecting(monkeypatch):
    """Write down what is connected to, and let none of it succeed."""
    tried = []

    class Socket(socket.socket):
        def connect(self, address):
            tried.append(address)
            raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket, "socket", Socket)
    return tried


def test_a_public_name_with_a_private_address_is_not_connected_to(tmp_path, monkeypatch):
    tried = connecting(monkeypatch)
    resolving(monkeypatch, ["10.0.0.7", "192.168.0.7"])
    session, _ = polite_session(tmp_path)
    with pytest.raises(FetchFailed, match=r"its host is at 10\.0\.0\.7, 192\.168\.0\.7, which is no public address"):
        session.get("http://rebinding.example/")
    assert tried == []


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(tmp_path, monkeypatch):
    tried = connecting(monkeypatch)
    # The second time the name would be this machine's metadata service; nobody asks a second time.
    left = resolving(monkeypatch, ["10.0.0.7", "9.9.9.9"], ["169.254.169.254"])
    session, _ = polite_session(tmp_path, attempts=1)
    with pytest.raises(FetchFailed) as caught:
        session.get("http://rebinding.example/")
    assert caught.value.reason == "unreachable"
    assert tried == [("9.9.9.9", 80)]
    assert len(left) == 1


def test_a_further_address_is_tried_where_the_first_does_not_answer(tmp_path, monkeypatch):
    tried = connecting(monkeypatch)
    resolving(monkeypatch, ["9.9.9.9", "8.8.8.8"])
    session, _ = polite_session(tmp_path, attempts=1)
    with pytest.raises(FetchFailed):
        session.get("http://two.example/")
    assert tried == [("9.9.9.9", 80), ("8.8.8.8", 80)]


def test_a_name_without_an_address_is_said(tmp_path, monkeypatch):
    def nothing(*args, **keywords):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    session, _ = polite_session(tmp_path, attempts=2)
    with pytest.raises(FetchFailed, match=r"has no address: check its name.* \(tried 2 times\)") as caught:
        session.get("http://nowhere.example/")
    assert (caught.value.reason, caught.value.may_pass) == ("unreachable", True)


def test_the_proxies_of_the_environment_are_not_used(tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.delenv("no_proxy", raising=False)
    with ReplayServer() as server:
        server.route("/", lambda request: Answer(body=b"asked directly"))
        session, _ = polite_session(tmp_path)
        assert session.get(server.url).body == b"asked directly"


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_the_harness_lets_no_test_reach_a_public_address():
    with pytest.raises(Exception, match=r"9\.9\.9\.9") as caught:
        socket.create_connection(("9.9.9.9", 80), timeout=1)
    assert caught.type.__name__ == "SocketConnectBlockedError"
