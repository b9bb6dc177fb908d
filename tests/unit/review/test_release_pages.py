"""Releases: verified from the page, commands that act on this warehouse; sources: what was not received, and why."""

import datetime
import re
from pathlib import Path

import duckdb

from tests.unit.review.serving import ONE_MORE, Served, refreshed, serving
from tests.unit.review.test_trial_pages import text_of
from trialhouse.model.tables import AccountingCauseRow
from trialhouse.model.words import RunStatus
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import read_runs, write_run
from trialhouse.review.spark import spark

RELEASE = "/releases/2026.11.20.01"


def test_a_release_is_verified_from_its_page(own_page: Served) -> None:
    assert "were not compared since this page was started" in own_page.get(RELEASE).text
    answer = own_page.browser(RELEASE).send(f"{RELEASE}/verify")
    assert (answer.status, answer.headers["location"]) == (303, RELEASE)
    today = datetime.datetime.now(datetime.UTC).date()
    assert re.search(rf"Verified {today} [0-9:]+ UTC: all is well", own_page.get(RELEASE).text)
    assert re.search(rf"{today} [0-9:]+: all is well", text_of(own_page.get("/releases").text))


def test_the_list_says_what_was_not_verified(page: Served) -> None:
    assert "not since this page was started" in page.get("/releases").text


def test_what_changed_of_alerts_leads_to_them(own_warehouse: Path) -> None:
    assert refreshed(own_warehouse, (ONE_MORE,), day=21) is RunStatus.PUBLISHED
    with serving(own_warehouse) as served:
        shown = served.get("/releases/difference?from=2026.11.20.01&to=current").text
    assert "`" not in shown
    assert re.search(r'decided on: <a href="/\?show=all">\d+</a>', shown)


def test_a_source_of_no_named_publisher_says_what_is_unknown(own_warehouse: Path) -> None:
    database = find_release(own_warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("UPDATE meta.sources SET publisher = NULL, license = NULL")
    with serving(own_warehouse) as served:
        assert "Publisher: unknown · licence: unknown" in text_of(served.get("/sources").text)


def test_what_is_wrong_with_a_release_is_said_with_what_to_do(own_page: Served) -> None:
    changed = find_release(own_page.warehouse, None).folder / "changes.json"
    changed.chmod(0o644)
    changed.write_bytes(changed.read_bytes() + b" ")
    assert own_page.browser(RELEASE).send(f"{RELEASE}/verify").status == 303
    words = text_of(own_page.get(RELEASE).text)
    assert "something is wrong" in words
    assert "changes.json" in words
    assert "trialhouse refresh" in words


def test_who_sends_no_token_verifies_nothing(refusing: Served) -> None:
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    assert refusing.ask("POST", f"{RELEASE}/verify", sent, b"").status == 403
    assert refusing.browser(RELEASE).send("/releases/nothing/verify").status == 404
    assert "were not compared" in refusing.get(RELEASE).text


def test_a_command_that_is_copied_acts_on_this_warehouse(own_warehouse: Path, tmp_path: Path) -> None:
    moved = own_warehouse.rename(tmp_path / "a b's")
    with serving(moved) as served:
        (command,) = re.findall(r'<code class="command">(.*?)</code>', served.get(RELEASE).text)
    assert text_of(command) == (
        f"trialhouse releases verify 2026.11.20.01 --warehouse '{tmp_path.absolute()}/a b'\"'\"'s'"
    )


def test_what_a_source_did_not_give_is_named_with_the_cause(own_warehouse: Path) -> None:
    layout = Layout(own_warehouse)
    (run,) = read_runs(own_warehouse)
    causes = tuple(
        AccountingCauseRow(
            run_id=run.row.run_id,
            source="files",
            record_id=f"record <{number}>",
            stage="parse",
            cause="no_record: gone.",
        )
        for number in range(60)
    )
    write_run(layout, run.model_copy(update={"causes": causes}))
    with serving(own_warehouse) as served:
        words = text_of(served.get("/sources").text)
    assert "60 missing or dropped" in words
    assert "record <0> parse no_record: gone." in words
    assert "and 10 more" in words
    assert "Of these nothing was asked in the last runs:" in words


def test_a_small_plot_has_its_first_and_last_number_and_a_line_at_nought() -> None:
    line = spark([4, 0, 8], "failing rows")
    assert line is not None
    assert (line.first, line.last, line.nought_y) == (4, 8, 25)
    assert line.points == "3.0,14.0 80.0,25.0 157.0,3.0"
    assert spark([1], "failing rows") is None
