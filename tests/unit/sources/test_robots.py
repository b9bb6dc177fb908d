"""robots.txt: which rules count, what failures mean, how long it is kept. The expectations were read from the files."""

import datetime
import pathlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.replay.polite import ToldTime, polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources.manners import FetchFailed
from trialhouse.sources.robots import Robots
from trialhouse.sources.robots_rules import MAX_BYTES, RobotsRules, readable_part

RECORDED: dict[str, tuple[str, ...]] = {
    "arxiv.org": ("+/abs/2101.00001", "+/pdf/2101.00001", "-/search/?query=x", "-/e-print/1", "-/api/query", "+/"),
    "emedicine.medscape.com": ("+/article/329515-overview", "-/article/329515_print", "-/druginfo1", "-/a/dr-ln1"),
    "misuse.ncbi.nlm.nih.gov": ("+/", "+/pubmed/1"),  # a page that says "blocked": it holds no rule
    "www.bmj.com": ("+/content/372/bmj.n1", "-/content/372/bmj.n1.full-text.print", "-/rapid-responses", "-/node/1"),
    "www.cochrane.org": ("+/CD001", "-/node/1", "-/fr/search/x", "-/title/x", "+/fr/CD001"),
    "www.elsevier.com": ("+/about", "-/pub/x", "-/en/homepage/x", "-/a/_dynamic/x", "+/pub"),
    "www.frontiersin.org": ("+/articles/10.3389/x/full", "-/review/1", "-/Images/a.png", "-/admin/"),
    "www.mdpi.com": ("+/2072-6643/1/1", "-/2072-6643/stats", "-/search?q=x", "-/journal/ai/x", "+/journal/viruses/x"),
    "www.nature.com": ("+/articles/s41586-020-1", "-/articles/x.pdf", "+/articles/x.pdf?a=1", "-/a/b/c/pf/x"),
    "www.niams.nih.gov": ("+/health", "-/node/1", "-/search/x", "+/core/a.css", "-/core/a.txt", "-/es/node/3"),
    "www.nlm.nih.gov": ("+/pubs/x", "-/archive/x", "-/medlineplus/xml/a", "+/medlineplus/a"),
    "www.researchgate.net": ("+/publication/1", "-/deref/x", "-/signup.Other.html", "+/signup.SignUp.html"),
    "www.sciencedirect.com": ("-/", "-/science/article/pii/S1"),
    "www.thelancet.com": ("-/", "-/journals/lancet/article/x"),
    "www.who.int": ("+/", "+/news/item/x"),  # hundreds of groups by name, and none for everybody
}


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


def robots(folder: pathlib.Path, time: ToldTime | None = None) -> Robots:
    session, own = polite_session(folder, attempts=1)
    return Robots(session, folder, clock=(time or own).now)


def rules(text: str) -> Answer:
    return Answer(headers={"Content-Type": "text/plain"}, body=text.encode())


@pytest.mark.parametrize("host", sorted(RECORDED))
def test_recorded_files_say_what_a_reader_reads_in_them(shared: pathlib.Path, host: str) -> None:
    read = RobotsRules(readable_part((shared / "recorded" / "robots" / host).read_bytes()))
    said = [("+" if read.allow(f"https://{host}{place[1:]}") else "-") + place[1:] for place in RECORDED[host]]
    assert said == list(RECORDED[host])
    assert read.agent == "*"
    assert read.seconds_between == (15 if host == "arxiv.org" else 0)


def test_every_recorded_file_is_expected(shared: pathlib.Path) -> None:
    assert sorted(path.name for path in (shared / "recorded" / "robots").iterdir()) == sorted(RECORDED)


@pytest.mark.parametrize(
    ("text", "agent", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n\nUser-agent: trialhouse\nDisallow: /x\n", "trialhouse", True),
        ("User-agent: *\nDisallow:\n\nUser-agent: TRIALHOUSE/2.0\nDisallow: /\n", "TRIALHOUSE/2.0", False),
        ("User-agent: Trial\nDisallow: /\n", "*", True),
        ("User-agent: house\nUser-agent: Trialhouse-Images\nDisallow: /\n", "*", True),
        ("User-agent: a\nUser-agent: Trialhouse\nUser-agent: b\nDisallow: /\n", "Trialhouse", False),
        ("User-agent: *\nDisallow: /news\nAllow: /news/a\n", "*", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news/a\n", "*", False),
        ("User-agent: *\nAllow: /news/a\nDisallow: /news/a\n", "*", True),
        ("\ufeffUser-agent: *\nDisallow: /\n", "*", False),
        ("<html><h1>Not found</h1></html>", "*", True),
        ("", "*", True),
    ],
)
def test_the_group_of_our_name_and_the_longest_rule_count(text: str, agent: str, allowed: bool) -> None:
    read = RobotsRules(readable_part(text.encode()))
    assert (read.agent, read.allow("https://news.example.org/news/a")) == (agent, allowed)


def test_five_hundred_kibibytes_are_read_and_no_half_line() -> None:
    line = "Disallow: /" + "x" * 89 + "\n"
    long = "User-agent: *\nDisallow: /early\n" + line * (MAX_BYTES // len(line)) + "Disallow: /late\n"
    part = readable_part(long.encode())
    assert MAX_BYTES - 200 < len(part) <= MAX_BYTES
    assert part.endswith("x")
    assert not RobotsRules(part).allow("https://example.org/early")


def test_a_refusal_names_the_rule_and_what_to_do(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    server.route("/robots.txt", lambda request: rules("User-agent: *\nDisallow: /a\nSitemap: x\nDisallow: /a/b*c\n"))
    refusal = robots(tmp_path).refusal(server.url + "/a/bbc")
    assert refusal is not None
    assert (refusal.reason, refusal.is_explained) == ("robots_disallowed", True)
    assert '"Disallow: /a/b*c" for user-agent *' in refusal.message
    assert "give the page as a file" in refusal.message
    assert robots(tmp_path).refusal(server.url + "/b") is None


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_allows_all(server: ReplayServer, tmp_path: pathlib.Path, status: int) -> None:
    server.route("/robots.txt", lambda request: Answer(status=status, body=b"User-agent: *\nDisallow: /\n"))
    assert robots(tmp_path).refusal(server.url + "/a") is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_fails_allows_nothing(server: ReplayServer, tmp_path: pathlib.Path, status: int) -> None:
    server.route("/robots.txt", lambda request: Answer(status=status))
    refusal = robots(tmp_path).refusal(server.url + "/a")
    assert refusal is not None
    assert (refusal.reason, refusal.is_explained) == ("robots_unreachable", False)
    assert str(status) in refusal.message


def test_five_redirects_are_followed(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    for number in range(5):
        place = f"/{number}" if number else "/robots.txt"
        server.route(place, lambda request, to=f"/{number + 1}": Answer(status=301, headers={"Location": to}))
    server.route("/5", lambda request: rules("User-agent: *\nDisallow: /a\n"))
    assert robots(tmp_path).refusal(server.url + "/a") is not None
    assert robots(tmp_path).refusal(server.url + "/b") is None


def test_it_is_asked_once_a_day_by_all(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    time = ToldTime()
    server.route("/robots.txt", lambda request: rules("User-agent: *\nDisallow: /a\n"))
    for hours, asked in ((0, 1), (0, 1), (23, 1), (1, 2)):
        time.seconds += datetime.timedelta(hours=hours).total_seconds()
        assert robots(tmp_path, time).refusal(server.url + "/a") is not None
        assert len(server.requests) == asked
    time.seconds -= datetime.timedelta(days=3).total_seconds()
    robots(tmp_path, time).refusal(server.url + "/a")
    assert len(server.requests) == 3  # the clock was set back: nothing is known of the age


def test_of_those_who_want_it_at_once_one_asks(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    server.route("/robots.txt", lambda request: rules("User-agent: *\nDisallow: /a\n"))
    askers = [robots(tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(len(askers)) as pool:
        refusals = list(pool.map(lambda asker: asker.refusal(server.url + "/a"), askers))
    assert all(refusals)
    assert len(server.requests) == 1


def test_a_failure_is_forgotten_after_minutes(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    time = ToldTime()
    server.misbehave("/robots.txt", Answer(status=500))
    server.route("/robots.txt", lambda request: rules(""))
    assert robots(tmp_path, time).refusal(server.url + "/a") is not None
    assert robots(tmp_path, time).refusal(server.url + "/a") is not None
    assert len(server.requests) == 1
    time.seconds += 601
    assert robots(tmp_path, time).refusal(server.url + "/a") is None


def test_a_damaged_file_is_asked_for_again(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    server.route("/robots.txt", lambda request: rules("User-agent: *\nDisallow: /a\n"))
    robots(tmp_path).refusal(server.url + "/a")
    (path,) = (tmp_path / "robots").glob("*.json")
    path.write_text('{"origin": "http')
    assert robots(tmp_path).refusal(server.url + "/a") is not None
    assert len(server.requests) == 2


@pytest.mark.parametrize("line", ["Crawl-delay: 7", "Request-rate: 1/7", "Crawl-delay: 1\nRequest-rate: 1/7"])
def test_the_delay_that_a_site_asks_for_is_kept_to(server: ReplayServer, tmp_path: pathlib.Path, line: str) -> None:
    server.route("/robots.txt", lambda request: rules(f"User-agent: *\n{line}\n"))
    server.route("/a", lambda request: Answer(body=b"a"))
    session, time = polite_session(tmp_path)
    assert Robots(session, tmp_path, clock=time.now).refusal(server.url + "/a") is None
    session.get(server.url + "/a")
    before = time.seconds
    session.get(server.url + "/a")
    assert time.seconds - before >= 7


def test_a_delay_of_a_day_is_not_waited_for(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    server.route("/robots.txt", lambda request: rules("User-agent: *\nCrawl-delay: 86400\n"))
    refusal = robots(tmp_path).refusal(server.url + "/a")
    assert refusal is not None
    assert "86,400 seconds" in refusal.message


def test_a_private_address_is_refused_as_one(tmp_path: pathlib.Path) -> None:
    session, _ = polite_session(tmp_path, allow_loopback=False, attempts=1)
    with pytest.raises(FetchFailed) as failed:
        Robots(session, tmp_path).refusal("http://127.0.0.1:9/a")
    assert failed.value.reason == "private_address"
