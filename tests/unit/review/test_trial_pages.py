"""The pages of trials, over a trial of four documents in two releases: a registry record, papers and a correction."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import duckdb
import pytest

from tests.unit.review.serving import NOW, Served, serving
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import load_settings

REGISTERED = "NCT09990101"


@pytest.fixture(scope="module")
def trivelo(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Served]:
    """A trial of the bundled corpus: first its record and preprint, then the paper and its correction, too."""
    folder = tmp_path_factory.mktemp("trivelo")
    given, settings = folder / "given", load_settings(warehouse=folder / "warehouse", environ={}).settings
    given.mkdir()
    for day, names in (
        (20, ("NCT09990101.json", "trivelo-preprint.html")),
        (21, ("trivelo-paper.html", "trivelo-correction.html")),
    ):
        for name in names:
            shutil.copy(corpus / name, given)
        run = refresh(settings, Assignment(files=(given,)), clock=lambda day=day: NOW.replace(day=day))
        assert run.status is RunStatus.PUBLISHED
    with serving(folder / "warehouse") as served:
        yield served


@pytest.fixture(scope="module")
def trial(trivelo: Served) -> str:
    """The page of the trial."""
    answer = trivelo.get(f"/trials/{REGISTERED}")
    assert answer.status == 200
    return answer.text


def text_of(html: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_list_tells_what_a_trial_has(trivelo):
    row = text_of(re.search(r"<tr><td.*?</tr>", trivelo.get("/trials").text, re.DOTALL)[0])
    assert row.startswith("TRIVELO: A Randomized")
    with duckdb.connect(find_release(trivelo.warehouse, None).database, read_only=True) as connection:
        ((outcomes,),) = connection.execute("SELECT count(*) FROM outcomes").fetchall()
    assert outcomes > 3
    assert f"corrected NCT09990101 · phase 2 · 248 participants · completed Pulmonary Sarcoidosis 4 3 {outcomes}" in row


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("text=velomarib+sarcoidosis", True),
        ("text=velomarib+gout", False),
        ("registry=nct0999", True),
        ("registry=nct0998", False),
        ("condition=SARCOID", True),
        ("condition=gout", False),
        ("drug=v%C3%A9lomarib", True),
        ("drug=aspirin", False),
        ("text=trivelo&drug=placebo&condition=pulmonary&registry=NCT09990101", True),
        ("text=%25", False),
        ("text=%27+OR+true+--", False),
        ("text=trivelo&page=99999", True),
    ],
)
def test_the_list_is_searched(trivelo, query, is_found):
    answer = trivelo.get(f"/trials?{query}")
    assert answer.status == 200
    assert ("TRIVELO" in answer.text) is is_found
    assert ("No trial fits" in answer.text) is not is_found


def test_long_lists_have_pages(page):
    shown = text_of(page.get("/trials").text)
    assert "1 to 4 of 4" in shown
    assert "page 1 of" not in shown


def test_the_design_is_told_with_its_sentences_and_drawn(trial):
    facts = dict(re.findall(r'<tr><th scope="row">(\w+)</th><td><a href="(/documents/[^"]+#here)">', trial))
    assert {"phase", "allocation", "masking", "participants", "sponsor"} <= set(facts)
    (words,) = re.findall(r'<svg class="design" role="img" aria-label="([^"]+)"', trial)
    assert words == (
        "Design: 248 participants, double-blind, randomized 1:1:1, parallel. "
        "Arms: Velomarib 20 mg (n = 82, experimental); Velomarib 40 mg (n = 82, experimental); "
        "Placebo (n = 82, placebo comparator)."
    )
    assert "Velomarib, 20 mg, oral, once daily, for 336 days" in text_of(trial)


def test_a_correction_stands_before_all_else(trial):
    assert trial.index("CORRECTED") < trial.index("<h1")
    assert "phase 2 trial corrects Velomarib" in text_of(trial[: trial.index("<h1")])


def test_effects_and_numbers_stand_as_text_beside_their_marks(trial):
    words = text_of(trial)
    assert "Velomarib 40 mg against Placebo 1.64 (95% CI 1.11 to 2.43) p 0.013" in words
    assert "Velomarib 40 mg 3.1 points (SD 6.4)" in words
    assert words.index("Primary outcomes") < words.index("Secondary outcomes") < words.index("no stated type")
    assert trial.count('<svg class="mark" aria-hidden="true">') >= 10


def test_a_number_is_one_click_from_its_sentence(trivelo, trial):
    link = unescape(re.search(r'<a href="([^"]+)">1.64 \(95% CI', trial)[1])
    text = trivelo.get(link.partition("#")[0]).text
    (marked,) = re.findall(r'<mark id="here">(.*?)</mark>(?!</mark>)[^<]*</mark>', text, re.DOTALL)
    assert "At week 48, glucocorticoid-free remission was reached by" in marked
    # Of the nine numbers of the sentence those are marked that the line shows.
    assert re.findall(r'<mark class="number">(.*?)</mark>', text) == ["1.64", "1.11", "2.43"]


def test_documents_say_why_they_are_linked(trial):
    documents = text_of(trial[trial.index('<h2 id="documents">') :])
    assert "NCT09990101" in documents
    for role in ("registration", "primary results"):
        assert role in documents


def test_each_document_can_be_judged_to_be_of_another_trial(trivelo, trial):
    """It is compared with the registry's record; that one with the next surest."""
    part = trial[trial.index('<h2 id="documents">') : trial.index('<h2 id="judge">')]
    pairs = re.findall(
        r'name="subject" value="trial">.*?name="left" value="([^"]+)".*?name="right" value="([^"]+)"', part, re.DOTALL
    )
    titles = dict(re.findall(r'<td class="main"><a href="/documents/([^"]+)">([^<]+)</a>', part))
    assert {left for left, _ in pairs} == titles.keys()
    record = next(one for one, title in titles.items() if title.startswith("A Randomized"))
    assert {right for left, right in pairs if left != record} == {record}
    assert all(left != right for left, right in pairs)
    assert part.count('name="seen" value=""') == len(pairs)


def test_conflicts_show_both_sides(trial):
    part = trial[trial.index('<h2 id="conflicts">') : trial.index('<h2 id="judge">')]
    assert "the trial enrollment 248 registry 246 preprint" in text_of(part)
    assert len(re.findall(r'<a href="/documents/', part)) >= 4


def test_alerts_of_the_trial_are_listed(page):
    answer = page.get("/trials/NCT09990001").text
    assert re.search(r'<a href="/\?trial=trial-\w+">Alerts', answer)
    assert "The arms add up to 100 + 90 = 190, the enrollment is 200." in text_of(answer)


def test_the_history_tells_what_changed_and_why(trivelo):
    answer = trivelo.get(f"/trials/{REGISTERED}/history")
    words = text_of(answer.text)
    assert answer.status == 200
    assert words.index("2026.11.21.01") < words.index("2026.11.20.01")
    assert "new document" in words
    assert "The first release of the warehouse has it." in words


@pytest.mark.parametrize("path", ["/trials/NCT00000000", "/trials/NCT00000000/history", "/trials/%3Cscript%3E"])
def test_a_trial_that_is_not_there_is_not_found(trivelo, path):
    answer = trivelo.get(path)
    assert answer.status == 404
    assert "There is no trial" in text_of(answer.text)
    assert "<script>" not in answer.text.replace('<script src="/static/keys.js" defer></script>', "")


def test_a_title_of_a_stranger_is_text(page):
    for path in ("/trials", "/trials/NCT09990004", "/trials/NCT09990004/history"):
        shown = page.get(path).text
        assert "Hostimab" in shown or "NCT09990004" in shown
        assert "<script>window" not in shown
        assert "<img" not in shown
        assert "49" not in re.findall(r"<h1.*?</h1>", shown, re.DOTALL)[0]


def test_a_warehouse_without_a_release_has_no_trials(tmp_path):
    with serving(tmp_path / "warehouse") as served:
        assert "no release yet" in served.get("/trials").text
        assert served.get("/trials/NCT09990101").status == 404
        assert served.get("/trials/NCT09990101/history").status == 404


def test_a_release_of_an_older_schema_is_shown(trivelo: Served, tmp_path: Path) -> None:
    """What its tables do not have is not said; a column that came since is no damage."""
    warehouse = Path(shutil.copytree(trivelo.warehouse, tmp_path / "warehouse", symlinks=True))
    database = find_release(warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("DROP VIEW IF EXISTS results")
        for table, column in (("trials", "sponsor"), ("documents", "pmcid"), ("trial_documents", "reason")):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    with serving(warehouse) as older:
        answer = older.get(f"/trials/{REGISTERED}")
        assert answer.status == 200
        assert "Example Respiratory Research Foundation" not in answer.text
        assert "248 (actual)" in answer.text
        document = re.search(r'href="(/documents/[^"?#]+)"', answer.text)
        assert document is not None
        lacking = older.get(document[1]).text
        assert "`trialhouse refresh` publishes one that has it" in unescape(lacking)
        assert "damaged" not in lacking


def test_a_title_keeps_its_own_full_stop_and_gets_no_second_one(trivelo: Served, tmp_path: Path) -> None:
    warehouse = Path(shutil.copytree(trivelo.warehouse, tmp_path / "warehouse", symlinks=True))
    database = find_release(warehouse, None).database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("UPDATE documents SET title = title || '.' WHERE title NOT LIKE '%.'")
    with serving(warehouse) as served:
        documents = set(re.findall(r'href="(/documents/[^"?#]+)"', served.get(f"/trials/{REGISTERED}").text))
        said = [re.sub(r"<[^>]*>", "", served.get(place).text) for place in documents]
    assert any("It corrects Velomarib" in words for words in said)
    assert not any(re.search(r"[^.]\.\.(?!\.)", words) for words in said)
