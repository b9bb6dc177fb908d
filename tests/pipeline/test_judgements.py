"""What people judge through refreshes: applied at every build, undone when withdrawn, and never half-followed."""

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from trialhouse.model.tables import JudgementRow
from trialhouse.model.words import JudgementSubject, RunStatus, Verdict
from trialhouse.pipeline import refresh
from trialhouse.pipeline.curated_judgements import FILE
from trialhouse.pipeline.judging import CannotJudge, judge
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.manifest import read_manifest
from trialhouse.resolution.constraints import ContradictoryJudgements
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import release_reader

ABSTRACT = """{drug} for high blood pressure: a randomised, double-blind, placebo-controlled trial

Ex J Hypertens. 2026 Feb 3;12(2):101-110. doi: {doi}

METHODS: We randomly assigned 200 adults (1:1) to {drug} 40 mg once daily or placebo for 12 weeks.

RESULTS: At week 12, response occurred in 60.0% of the {drug} group and 40.0% of the placebo group (P = 0.004).
"""

TRIALS = "SELECT trial_id FROM trials ORDER BY trial_id"
LINKED = """
SELECT d.doi, l.trial_id
FROM trial_documents AS l
JOIN documents AS d USING (document_id)
ORDER BY d.doi, l.trial_id
"""


def page(folder: Path, name: str, doi: str, drug: str = "Quenosartan") -> Path:
    path = folder / f"{name}.txt"
    path.write_text(ABSTRACT.format(doi=doi, drug=drug))
    return path


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Two papers that share nothing which tells that they are of one trial."""
    return [page(tmp_path, "one", "10.5555/ejh.1"), page(tmp_path, "other", "10.5555/ejh.2", "Tarvosartan")]


def query(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        return connection.execute(sql).fetchall()


def say(settings: Settings, subject: JudgementSubject, verdict: str, *names: str) -> JudgementRow:
    """Ada judges two things of the current release."""
    return judge(
        Layout(settings.warehouse),
        find_release(settings.warehouse, None),
        subject,
        (names[0], names[1]),
        Verdict(verdict),
        actor="ada",
        comment="I asked the authors",
        now=datetime.datetime.now(datetime.UTC),
        seeds=settings.root / "seeds",
    )


def trials(settings: Settings) -> list[str]:
    return [row[0] for row in query(settings, TRIALS)]


def test_two_trials_that_are_the_same_stay_one_until_the_judgement_is_withdrawn(
    settings: Settings, pages: list[Path]
) -> None:
    refresh(settings, files=pages)
    before, linked = trials(settings), query(settings, LINKED)
    assert len(before) == 2
    say(settings, JudgementSubject.TRIAL, "same", *before)
    assert refresh(settings, files=pages).status is RunStatus.PUBLISHED
    (kept,) = trials(settings)
    assert kept in before
    gone = next(one for one in before if one != kept)
    redirects = "SELECT old_trial_id, trial_id FROM trial_redirects"
    assert query(settings, redirects) == [(gone, kept)]
    methods = query(settings, "SELECT method, reason FROM trial_documents WHERE method = 'judgement'")
    assert methods
    assert all("ada" in reason and "I asked the authors" in reason for _, reason in methods)
    # The pages change: other text, the same judgement.
    pages[0].write_text(pages[0].read_text().replace("60.0%", "61.0%"))
    assert refresh(settings, files=pages).status is RunStatus.PUBLISHED
    assert trials(settings) == [kept]
    assert refresh(settings, files=pages).status is RunStatus.UNCHANGED
    # Withdrawn by the names of then, though one of them is no trial any more.
    say(settings, JudgementSubject.TRIAL, "withdrawn", *before)
    refresh(settings, files=pages)
    assert trials(settings) == before
    assert query(settings, LINKED) == linked
    assert query(settings, redirects) == []
    say(settings, JudgementSubject.TRIAL, "same", *before)
    refresh(settings, files=pages)
    assert query(settings, redirects) == [(gone, kept)]


def test_two_papers_of_one_doi_that_are_of_different_trials_stay_two(settings: Settings, tmp_path: Path) -> None:
    """An abstract book gave its DOI to both."""
    pages = [page(tmp_path, "one", "10.5555/book"), page(tmp_path, "other", "10.5555/book")]
    pages[1].write_text(pages[1].read_text().replace("200 adults", "260 adolescents"))
    refresh(settings, files=pages)
    (together,) = trials(settings)
    documents = [row[0] for row in query(settings, "SELECT document_id FROM documents ORDER BY document_id")]
    say(settings, JudgementSubject.TRIAL, "different", *documents)
    assert refresh(settings, files=pages).status is RunStatus.PUBLISHED
    parted = trials(settings)
    assert len(parted) == 2
    assert together in parted
    assert refresh(settings, files=pages).status is RunStatus.UNCHANGED
    say(settings, JudgementSubject.TRIAL, "withdrawn", *documents)
    refresh(settings, files=pages)
    assert trials(settings) == [together]


def test_judgements_outlive_the_loss_of_their_file(settings: Settings, pages: list[Path]) -> None:
    refresh(settings, files=pages)
    say(settings, JudgementSubject.TRIAL, "same", *trials(settings))
    refresh(settings, files=pages)
    joined = trials(settings)
    for path in settings.warehouse.glob("**/decisions.sqlite*"):
        path.unlink()
    refresh(settings, files=pages)
    assert trials(settings) == joined
    assert len(joined) == 1


def test_a_contradiction_is_not_written_and_names_both(settings: Settings, pages: list[Path]) -> None:
    refresh(settings, files=pages)
    before = trials(settings)
    documents = [row[0] for row in query(settings, "SELECT document_id FROM trial_documents ORDER BY trial_id")]
    say(settings, JudgementSubject.TRIAL, "same", *before)
    with pytest.raises(CannotJudge, match=rf"{documents[0]}.*different.*but.*{before[0]}.*same"):
        say(settings, JudgementSubject.TRIAL, "different", *documents)
    # The last word of the same two counts: that is a change of mind.
    say(settings, JudgementSubject.TRIAL, "different", *before)
    refresh(settings, files=pages)
    assert trials(settings) == before


@pytest.mark.parametrize("subject", [JudgementSubject.TRIAL, JudgementSubject.DOCUMENT])
@pytest.mark.parametrize("verdict", ["withdrawn", "unsure", "different"])
def test_what_was_taken_back_contradicts_nothing_before_the_next_refresh(
    settings: Settings, tmp_path: Path, pages: list[Path], subject: JudgementSubject, verdict: str
) -> None:
    """Two trials are one in the release still; the judgement that made them one holds no more."""
    pages.append(page(tmp_path, "third", "10.5555/ejh.3", "Belovarin"))
    refresh(settings, files=pages)
    linked = query(
        settings, "SELECT d.doi, l.trial_id, d.document_id FROM trial_documents l JOIN documents d USING (document_id)"
    )
    (_, one, first), (_, other, second), (_, third, last) = sorted(linked)
    pair = (one, other) if subject is JudgementSubject.TRIAL else (first, second)
    say(settings, subject, "same", *pair)
    refresh(settings, files=pages)
    (kept,) = set(trials(settings)) & {one, other}
    gone = second if kept == one else first
    say(settings, JudgementSubject.TRIAL, "different", gone, last)
    with pytest.raises(CannotJudge, match="contradict"):
        say(settings, JudgementSubject.TRIAL, "same", kept, third)
    say(settings, subject, verdict, *pair)
    say(settings, JudgementSubject.TRIAL, "same", kept, third)
    refresh(settings, files=pages)
    assert len(trials(settings)) == 2
    together = "SELECT trial_id FROM trial_documents WHERE document_id = '{}'"
    assert query(settings, together.format(last)) != query(settings, together.format(gone))


def test_a_judgement_is_withdrawn_in_the_words_in_which_it_was_made(settings: Settings, tmp_path: Path) -> None:
    """Both numbers lead to one trial by then."""
    pages = [page(tmp_path, "one", "10.5555/ejh.1"), page(tmp_path, "other", "10.5555/ejh.2", "Tarvosartan")]
    numbers = "NCT09990501", "NCT09990502"
    for path, number in zip(pages, numbers, strict=True):
        path.write_text(f"{path.read_text()}\nTrial registration: {number}.\n")
    refresh(settings, files=pages)
    before = trials(settings)
    say(settings, JudgementSubject.TRIAL, "same", *numbers)
    refresh(settings, files=pages)
    assert len(trials(settings)) == 1
    say(settings, JudgementSubject.TRIAL, "withdrawn", *reversed(numbers))
    refresh(settings, files=pages)
    assert trials(settings) == before


def record(settings: Settings, folder: Path, number: str, *more: str) -> Path:
    """A registry record like that of the corpus, with another number and those of other registries."""
    made = json.loads((settings.root / "seeds" / "corpus" / "NCT09990101.json").read_text())
    named = made["protocolSection"]["identificationModule"]
    named |= {"nctId": number, "acronym": number, "secondaryIdInfos": [{"id": one, "type": "REGISTRY"} for one in more]}
    path = folder / f"{number}.json"
    path.write_text(json.dumps(made))
    return path


def test_it_is_withdrawn_in_those_words_also_where_one_of_them_means_several_trials_by_now(
    settings: Settings, tmp_path: Path
) -> None:
    """One protocol that was registered as two studies: the second names the number of both later."""
    shared, one, other = "ISRCTN12345678", "NCT09990501", "NCT09990502"
    pages = [record(settings, tmp_path, one, shared), record(settings, tmp_path, other)]
    refresh(settings, files=pages)
    say(settings, JudgementSubject.TRIAL, "different", shared, other)
    refresh(settings, files=[pages[0], record(settings, tmp_path, other, shared)])
    assert len(query(settings, f"FROM trial_registrations WHERE registry_id = '{shared}'")) == 2
    with pytest.raises(CannotJudge, match="several trials"):
        say(settings, JudgementSubject.TRIAL, "same", shared, "NCT09990599")
    say(settings, JudgementSubject.TRIAL, "withdrawn", shared, other)


def test_what_nobody_judged_cannot_be_withdrawn(settings: Settings, pages: list[Path]) -> None:
    refresh(settings, files=pages)
    before = trials(settings)
    with pytest.raises(CannotJudge, match="nobody judged"):
        say(settings, JudgementSubject.TRIAL, "withdrawn", *before)
    say(settings, JudgementSubject.TRIAL, "same", *before)
    say(settings, JudgementSubject.TRIAL, "withdrawn", *before)
    with pytest.raises(CannotJudge, match="was withdrawn already by ada"):
        say(settings, JudgementSubject.TRIAL, "withdrawn", *before)


@pytest.fixture
def own(tmp_path: Path, settings: Settings) -> Settings:
    """Settings of a house whose curated judgements are its own."""
    root = tmp_path / "house"
    root.mkdir()
    for name in ("config", "warehouse", "flows", "pyproject.toml"):
        (root / name).symlink_to(settings.root / name)
    shutil.copytree(settings.root / "seeds", root / "seeds", ignore=shutil.ignore_patterns("corpus"))
    return load_settings(warehouse=tmp_path / "own", environ={}, root=root).settings


def test_a_curated_judgement_joins_by_the_names_that_people_use(own: Settings, pages: list[Path]) -> None:
    line = "trial,doi:10.5555/EJH.1,https://doi.org/10.5555/ejh.2,same,2026-03-01,bela,One trial in two parts\n"
    with (own.root / "seeds" / FILE).open("a") as file:
        file.write(line)
    refresh(own, files=pages)
    assert len(trials(own)) == 1
    ((reason,),) = query(own, "SELECT DISTINCT reason FROM trial_documents WHERE method = 'judgement'")
    assert all(words in reason for words in ("bela", "2026-03-01", FILE, "One trial in two parts"))
    cause = query(own, "SELECT judgements_sha256 IS NOT NULL FROM meta.releases")
    assert cause == [(True,)]


def test_the_file_and_the_ledger_that_contradict_each_other_stop_the_build(own: Settings, pages: list[Path]) -> None:
    refresh(own, files=pages)
    current = find_release(own.warehouse, None).release_id
    say(own, JudgementSubject.TRIAL, "different", *trials(own))
    with (own.root / "seeds" / FILE).open("a") as file:
        file.write("trial,doi:10.5555/ejh.1,doi:10.5555/ejh.2,same,2026-03-01,bela,One trial\n")
    with pytest.raises(ContradictoryJudgements, match=r"are different \(ada.*but .*are same \(bela.*line 2: One trial"):
        refresh(own, files=pages)
    assert find_release(own.warehouse, None).release_id == current


def test_two_records_of_one_paper_by_a_person(settings: Settings, pages: list[Path]) -> None:
    """Judged the same document: a copy, and so of one trial; different ones never are copies."""
    refresh(settings, files=pages)
    documents = [row[0] for row in query(settings, "SELECT document_id FROM documents ORDER BY document_id")]
    say(settings, JudgementSubject.DOCUMENT, "same", *documents)
    refresh(settings, files=pages)
    rows = query(settings, "SELECT from_document_id, to_document_id, method FROM document_relations")
    assert [(sorted(row[:2]), row[2]) for row in rows] == [(documents, "judgement")]
    assert len(trials(settings)) == 1
    say(settings, JudgementSubject.DOCUMENT, "different", *documents)
    refresh(settings, files=pages)
    assert query(settings, "FROM document_relations") == []
    assert len(trials(settings)) == 2


def test_what_is_judged_of_documents_that_are_gone_waits_for_them(own: Settings, pages: list[Path]) -> None:
    with (own.root / "seeds" / FILE).open("a") as file:
        file.write("trial,NCT09990009,pmid:12345,same,2026-03-01,bela,Later\n")
    found = refresh(own, files=pages)
    assert found.status is RunStatus.PUBLISHED
    assert len(trials(own)) == 2
    (told,) = [sentence for sentence in found.sentences if "judgement has no effect" in sentence]
    assert "trial_judgements.csv" in told
    assert "nothing that is here is known as NCT09990009 or pmid:12345" in told


@pytest.mark.parametrize("doi", ["", "10.5555/ejh.2"])
def test_a_judgement_on_a_document_of_a_file_stays_when_the_file_is_edited(
    settings: Settings, tmp_path: Path, doi: str
) -> None:
    """Its id is made of its bytes; it is found again by its paper, or by its file where it names none."""
    one, other = page(tmp_path, "one", "10.5555/ejh.1"), page(tmp_path, "other", doi, "Tarvosartan")
    refresh(settings, files=[one, other])
    documents = [row[0] for row in query(settings, "SELECT document_id FROM documents")]
    say(settings, JudgementSubject.TRIAL, "same", *documents)
    refresh(settings, files=[one, other])
    assert len(trials(settings)) == 1
    other.write_text(other.read_text().replace("40.0%", "41.0%"))
    found = refresh(settings, files=[one, other])
    assert len(trials(settings)) == 1
    assert not [sentence for sentence in found.sentences if "judgement has no effect" in sentence]


@pytest.mark.parametrize("subject", [JudgementSubject.TRIAL, JudgementSubject.DOCUMENT])
@pytest.mark.parametrize("doi", ["", "10.5555/ejh.2"])
def test_a_judgement_on_a_file_that_was_edited_is_withdrawn_by_the_id_that_it_has_now(
    settings: Settings, tmp_path: Path, doi: str, subject: JudgementSubject
) -> None:
    one, other = page(tmp_path, "one", "10.5555/ejh.1"), page(tmp_path, "other", doi, "Tarvosartan")
    refresh(settings, files=[one, other])
    before = [row[0] for row in query(settings, "SELECT document_id FROM documents")]
    written = say(settings, subject, "same", *before)
    other.write_text(other.read_text().replace("40.0%", "41.0%"))
    refresh(settings, files=[one, other])
    now = [row[0] for row in query(settings, "SELECT document_id FROM documents")]
    assert set(now) != set(before)
    taken_back = say(settings, subject, "withdrawn", *now)
    assert (taken_back.left_id, taken_back.right_id) == (written.left_id, written.right_id)
    refresh(settings, files=[one, other])
    assert len(trials(settings)) == 2


def test_a_judgement_is_not_on_another_paper_that_lies_in_the_file_by_now(settings: Settings, tmp_path: Path) -> None:
    one, other = page(tmp_path, "one", "10.5555/ejh.1"), page(tmp_path, "other", "10.5555/ejh.2", "Tarvosartan")
    refresh(settings, files=[one, other])
    documents = [row[0] for row in query(settings, "SELECT document_id FROM documents")]
    say(settings, JudgementSubject.TRIAL, "same", *documents)
    page(tmp_path, "other", "10.5555/ejh.3", "Velomarib")
    found = refresh(settings, files=[one, other])
    assert len(trials(settings)) == 2
    assert [s for s in found.sentences if "judgement has no effect" in s]


def test_a_release_says_whose_word_was_kept_in_it(settings: Settings, pages: list[Path]) -> None:
    refresh(settings, files=pages)
    assert query(settings, "SELECT trust_sha256 FROM meta.releases") == [(settings.trust.sha256,)]
    assert read_manifest(Layout(settings.warehouse).current).trust_sha256 == settings.trust.sha256


@pytest.mark.parametrize("with_paper", [True, False])
def test_a_paper_that_is_taken_out_of_a_trial_by_its_number_leaves_number_and_id_there(
    settings: Settings, tmp_path: Path, *, with_paper: bool
) -> None:
    """The same words withdraw it: the number still means the trial that was judged."""
    number = "NCT09990101"
    foreign = page(tmp_path, "foreign", "10.5555/ejh.1", "Velomarib")
    foreign.write_text(f"{foreign.read_text()}\nTrial registration: {number}.\n")
    pages = [record(settings, tmp_path, number), foreign]
    if with_paper:
        pages.append(page(tmp_path, "own", "10.5555/ejh.0", "Velomarib"))
        pages[-1].write_text(foreign.read_text().replace("10.5555/ejh.1", "10.5555/ejh.0").replace("60.0%", "61.0%"))
    refresh(settings, files=pages)
    (before,), linked = trials(settings), query(settings, LINKED)
    ((document,),) = query(settings, "SELECT document_id FROM documents WHERE doi = '10.5555/ejh.1'")
    say(settings, JudgementSubject.TRIAL, "different", document, number)
    refresh(settings, files=pages)
    registered = "SELECT trial_id, registry_id FROM trials ORDER BY registry_id NULLS LAST"
    (kept, its_number), (new, none) = query(settings, registered)
    assert (kept, its_number, none) == (before, number, None)
    assert query(settings, "SELECT trial_id, kind FROM trial_documents JOIN documents USING (document_id)").count(
        (before, "registry")
    )
    assert query(settings, f"SELECT trial_id FROM trial_documents WHERE document_id = '{document}'") == [(new,)]
    assert query(settings, "SELECT trial_id FROM trial_registrations WHERE registry_id = 'NCT09990101'") == [(before,)]
    assert query(settings, "SELECT old_trial_id, trial_id FROM trial_redirects") == [(before, new)]
    assert refresh(settings, files=pages).status is RunStatus.UNCHANGED
    say(settings, JudgementSubject.TRIAL, "withdrawn", document, number)
    refresh(settings, files=pages)
    assert trials(settings) == [before]
    assert query(settings, LINKED) == linked
