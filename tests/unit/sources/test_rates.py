"""Hosts are asked evenly and no more often than they allow, by all processes together, whatever happens to one."""

import itertools
import signal
import subprocess
import sys
import threading

import pytest

from tests.replay.arrivals import ask_from_processes, most_in_a_second
from tests.replay.polite import ToldTime, polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources import rates as rates_module
from trialhouse.sources.rates import HEADROOM, LONGEST_HOLD, STATED_HOLDS, HeldBack, Rates, RatesUnusable
from trialhouse.sources.session import FetchFailed

HOST = "eutils.ncbi.nlm.nih.gov"


@pytest.fixture
def time():
    return ToldTime()


@pytest.fixture
def rates(tmp_path, time):
    return Rates(tmp_path, clock=time.clock, sleep=time.sleep)


def gaps_of(moments):
    return [later - earlier for earlier, later in itertools.pairwise(moments)]


def another(rates, time):
    """Another process as the files see it."""
    return Rates(rates.folder, clock=time.clock, sleep=time.sleep)


def test_the_first_request_does_not_wait_and_the_next_are_spaced(rates, time):
    moments = [rates.wait(HOST, 3) for _ in range(7)]
    gaps = gaps_of(moments)
    assert gaps == pytest.approx([HEADROOM / 3] * 6)
    assert sum(time.slept) == pytest.approx(6 * HEADROOM / 3)
    assert most_in_a_second(moments) == 3


def test_a_pause_is_not_saved_up_for_a_burst(rates, time):
    rates.wait(HOST, 10)
    time.seconds += 60
    moments = [rates.wait(HOST, 10) for _ in range(5)]
    assert moments[1] - moments[0] == pytest.approx(HEADROOM / 10)


def test_processes_share_the_turns_of_a_host_and_not_those_of_others(rates, time):
    other = another(rates, time)
    one, two, three = rates.wait(HOST, 2), other.wait(HOST, 2), rates.wait(HOST, 2)
    assert (two - one, three - two) == pytest.approx((HEADROOM / 2, HEADROOM / 2))
    assert other.wait("api.crossref.org", 2) == three


def test_each_asks_at_its_own_rate(rates, time):
    rates.wait(HOST, 10)
    slow = another(rates, time).wait(HOST, 1)
    assert slow - time.clock() == 0
    assert sum(time.slept) == pytest.approx(HEADROOM)


def test_a_host_that_wants_to_be_left_alone_is_by_all(rates, time):
    start = time.clock()
    rates.hold_back(HOST, 30)
    other = another(rates, time)
    assert other.wait(HOST, 3) - start == pytest.approx(30)
    assert rates.wait(HOST, 3) - start == pytest.approx(30 + HEADROOM / 3)


def test_the_longer_of_two_pauses_holds(rates, time):
    start = time.clock()
    rates.hold_back(HOST, 30)
    rates.hold_back(HOST, 5)
    assert rates.wait(HOST, 3) - start == pytest.approx(30)


def test_who_waits_for_a_turn_waits_on_when_another_is_told_to_stay_away(tmp_path, time):
    start = time.clock()
    other = Rates(tmp_path, clock=time.clock, sleep=time.sleep)

    def sleep_while_another_is_told(seconds):
        if not time.slept:
            other.hold_back(HOST, 30)
        time.sleep(seconds)

    waiting = Rates(tmp_path, clock=time.clock, sleep=sleep_while_another_is_told)
    waiting.wait(HOST, 3)
    assert waiting.wait(HOST, 3) - start >= 30


def test_a_pause_longer_than_is_waited_for_is_said_at_once(rates, time):
    rates.hold_back(HOST, 600)
    with pytest.raises(HeldBack) as caught:
        another(rates, time).wait(HOST, 3, longest_hold=120)
    assert caught.value.until == pytest.approx(time.clock() + 600)
    assert time.slept == []


def test_no_header_closes_a_host_for_good(rates, time):
    rates.hold_back(HOST, 1e12)
    start = time.clock()
    assert rates.wait(HOST, 3, longest_hold=LONGEST_HOLD) - start == LONGEST_HOLD


def test_a_stated_rate_lowers_that_of_all_and_never_raises_it(rates, time):
    rates.slow_down(HOST, 0.1)
    other = another(rates, time)
    one, two = other.wait(HOST, 3), other.wait(HOST, 3)
    assert two - one == pytest.approx(10 * HEADROOM)
    rates.slow_down("fast", 50)
    three, four = other.wait("fast", 3), other.wait("fast", 3)
    assert four - three == pytest.approx(HEADROOM / 3)


def test_the_lower_of_two_stated_rates_holds_until_it_is_stated_no_more(rates, time):
    rates.slow_down(HOST, 0.5)
    rates.slow_down(HOST, 1)
    one, two = rates.wait(HOST, 3), rates.wait(HOST, 3)
    assert two - one == pytest.approx(2 * HEADROOM)
    time.seconds += STATED_HOLDS
    three, four = rates.wait(HOST, 3), rates.wait(HOST, 3)
    assert four - three == pytest.approx(HEADROOM / 3)


def test_a_rate_is_above_zero(rates):
    for wrong in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="above zero"):
            rates.slow_down(HOST, wrong)


@pytest.mark.parametrize("back", [0.01, 3600, 40 * 365 * 24 * 3600])
def test_a_clock_that_is_set_back_hangs_nobody(rates, time, back):
    rates.wait(HOST, 1)
    rates.hold_back(HOST, 20)
    time.seconds -= back
    rates.wait(HOST, 1)
    # What was to be waited for when the clock was right, and no more.
    assert sum(time.slept) == pytest.approx(20)


def test_a_clock_that_is_set_forward_makes_no_burst(rates, time):
    rates.wait(HOST, 1)
    time.seconds += 1e7
    one, two = rates.wait(HOST, 1), rates.wait(HOST, 1)
    assert two - one == pytest.approx(HEADROOM)


@pytest.mark.parametrize("content", ["", "{", '{"written_at": "soon"}', "\x00" * 90])
def test_a_damaged_file_is_begun_anew(rates, time, content):
    rates.wait(HOST, 1)
    (path,) = rates.folder.glob("*.json")
    path.write_text(content)
    rates.wait(HOST, 1)
    before = sum(time.slept)
    rates.wait(HOST, 1)
    assert sum(time.slept) - before == pytest.approx(HEADROOM)


def test_hosts_of_every_name_have_files_of_their_own(rates):
    hosts = ["a.org", "a.org:8080", "a.org/../b", "[2a00::1]:81", "x" * 300]
    for host in hosts:
        rates.wait(host, 1)
    assert len(list(rates.folder.glob("*.json"))) == len(hosts)
    assert all(path.parent == rates.folder for path in rates.folder.rglob("*"))


def test_threads_of_one_process_are_spaced_too(tmp_path):
    clock = ToldTime()
    shared = Rates(tmp_path, clock=clock.clock, sleep=clock.sleep)
    moments = []
    threads = [
        threading.Thread(target=lambda: moments.extend(shared.wait(HOST, 40) for _ in range(10))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(moments) == 40
    assert min(gaps_of(sorted(moments))) >= HEADROOM / 40 - 1e-6


def test_who_wakes_too_late_does_not_ask_beside_the_next_one(rates, time):
    asked_at = []

    def ask(turns):
        turns.wait(HOST, 3)
        asked_at.append(time.clock())

    def sleep_too_long_once(seconds):
        time.sleep(seconds)
        if len(asked_at) == 1:
            time.sleep(0.3)
            ask(rates)

    ask(rates)
    ask(Rates(rates.folder, clock=time.clock, sleep=sleep_too_long_once))
    assert len(asked_at) == 3
    assert min(gaps_of(asked_at)) >= HEADROOM / 3 - 1e-6


HOLDER = """
import sys, time
from pathlib import Path
from trialhouse.sources.rates import Rates
rates = Rates(Path(sys.argv[1]))
with rates._locked(sys.argv[2]):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_killed_holder_blocks_nobody(rates, time):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(rates.folder), HOST], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        holder.send_signal(signal.SIGKILL)
    finally:
        holder.kill()
        holder.communicate()
    rates.wait(HOST, 3)
    assert time.slept == []


def test_a_stopped_holder_is_named_in_the_end(rates, time, monkeypatch):
    monkeypatch.setattr(rates_module, "LOCK_SECONDS", 0.05)
    with rates._locked(HOST), pytest.raises(RatesUnusable, match=r"another process has held .*ncbi.*\.lock"):
        another(rates, time).wait(HOST, 3)


def test_a_folder_that_cannot_be_used_is_a_failure_that_says_so(tmp_path):
    (tmp_path / "rates").write_text("a file where the folder should be")
    session, _ = polite_session(tmp_path)
    with pytest.raises(FetchFailed, match=r"kept in .*rates, which cannot be used .*name another folder") as caught:
        session.get("http://127.0.0.1:9/")
    assert caught.value.reason == "rates_unusable"


def test_the_session_hears_the_rate_that_crossref_states(tmp_path):
    limits = {"X-Rate-Limit-Limit": "2", "X-Rate-Limit-Interval": "4s"}
    with ReplayServer() as server:
        server.route("/", lambda request: Answer(headers=limits))
        session, time = polite_session(tmp_path, requests_per_second=10)
        for _ in range(3):
            session.get(server.url)
        assert time.slept == pytest.approx([2 * HEADROOM, 2 * HEADROOM])
        session.slow_down(server.url, 0.1)
        session.get(server.url)
        assert time.slept[-1] == pytest.approx(10 * HEADROOM)


@pytest.mark.parametrize("limits", [("fifty", "1s"), ("50", ""), ("0", "1s"), ("50", "0s"), ("9" * 5000, "1s")])
def test_a_stated_rate_that_says_nothing_is_passed_over(tmp_path, limits):
    headers = dict(zip(("X-Rate-Limit-Limit", "X-Rate-Limit-Interval"), limits, strict=True))
    with ReplayServer() as server:
        server.route("/", lambda request: Answer(headers=headers))
        session, time = polite_session(tmp_path, requests_per_second=10)
        session.get(server.url)
        session.get(server.url)
    assert time.slept == pytest.approx([HEADROOM / 10])


def test_two_real_processes_keep_to_one_rate(tmp_path):
    rate, count = 40, 20
    for attempt in range(3):
        with ReplayServer() as server:
            server.route("/", lambda request: Answer(body=b"here"))
            moments = ask_from_processes(server.url, tmp_path / str(attempt), processes=2, count=count, rate=rate)
            arrivals = sorted(request.at for request in server.requests)
        assert len(arrivals) == len(moments) == 2 * count
        gaps = gaps_of(moments)
        assert min(gaps) > 1 / rate, "two turns were given too near to each other"
        # A machine that stands still for a moment delays some arrivals onto the next: not twice, not three times.
        if most_in_a_second(arrivals) <= rate + 1:
            return
    pytest.fail(f"{most_in_a_second(arrivals)} requests arrived within a second, at {rate} a second allowed")
