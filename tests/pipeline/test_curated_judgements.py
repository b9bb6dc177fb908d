"""The file of curated judgements: names as people write them, and lines that are refused with what to do."""

from pathlib import Path

import pytest

from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.pipeline.curated_judgements import FILE, UnusableJudgements, key_of_name, read_curated
from trialhouse.settings import Settings

HEADER = "subject,one,other,verdict,decided_on,actor,comment\n"
LINE = 'trial,NCT09990001,ISRCTN12345678,same,2026-02-03,ada,"One protocol, two registries."\n'


def written(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / FILE
    path.write_text(header + "".join(lines), encoding="utf-8")
    return path


def test_a_line_is_read(tmp_path: Path) -> None:
    (line,) = read_curated(written(tmp_path, LINE))
    assert (line.subject, line.verdict, line.line) == (JudgementSubject.TRIAL, Verdict.SAME, 2)
    assert (line.one, line.other, line.comment) == ("NCT09990001", "ISRCTN12345678", "One protocol, two registries.")


def test_no_file_and_no_line_say_nothing(tmp_path: Path) -> None:
    assert read_curated(tmp_path / FILE) == []
    assert read_curated(written(tmp_path)) == []


def test_the_file_that_came_along_can_be_used(settings: Settings) -> None:
    assert (settings.root / "seeds" / FILE).is_file()
    read_curated(settings.root / "seeds" / FILE)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("NCT09990001", ("registry", "nct09990001")),
        (" nct 09990001 ", ("registry", "nct09990001")),
        ("2019-001234-12", ("registry", "2019-001234-12")),
        ("doi:10.5555/EJH.1", ("doi", "10.5555/ejh.1")),
        ("https://doi.org/10.5555/ejh.1", ("doi", "10.5555/ejh.1")),
        ("pmid:123", ("pmid", "123")),
        ("PMID: 123", ("pmid", "123")),
        ("PMC0123", ("pmcid", "pmc0123")),
        ("trial-abc", ("trial", "trial-abc")),
        ("doc-abc", ("document", "doc-abc")),
        ("RESCUE", None),
        ("123", None),
        ("pmid:", None),
        ("", None),
    ],
)
def test_names(name: str, key: tuple[str, str] | None) -> None:
    assert key_of_name(name) == key


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("trial,RESCUE,NCT09990001,same,2026-02-03,ada,why\n", "line 2: one is 'RESCUE': .*name a registry's number"),
        ("trial,NCT09990001,NCT09990001,same,2026-02-03,ada,why\n", "line 2: NCT09990001 is compared with itself"),
        ("trial,NCT09990001,nct 09990001,same,2026-02-03,ada,why\n", "compared with itself"),
        ("trial,NCT09990001,NCT09990002,equal,2026-02-03,ada,why\n", "line 2: verdict is 'equal'"),
        ("paper,NCT09990001,NCT09990002,same,2026-02-03,ada,why\n", "line 2: subject is 'paper'"),
        ("trial,NCT09990001,NCT09990002,same,yesterday,ada,why\n", "line 2: decided_on is 'yesterday'"),
        ("trial,NCT09990001,NCT09990002,same,2026-02-03,,why\n", "line 2: actor is ''"),
        ("trial,NCT09990001,NCT09990002,same,2026-02-03,ada\n", "line 2: it needs 7 cells"),
        ("trial,NCT09990001,NCT09990002,same,2026-02-03,ada,why,so\n", "line 2: it needs 7 cells"),
        (LINE + LINE.replace("same", "different"), "lines 2 and 3 are about the same two"),
    ],
)
def test_lines_that_are_refused(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(UnusableJudgements, match=told):
        read_curated(written(tmp_path, line))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    wrong = "trial,RESCUE,NCT09990001,same,2026-02-03,ada,why\n"
    with pytest.raises(UnusableJudgements, match=r"line 3: one is 'RESCUE'.*line 4: one is 'RESCUE'"):
        read_curated(written(tmp_path, LINE, wrong, wrong))


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableJudgements, match="line 1: the columns must be subject, one"):
        read_curated(written(tmp_path, header="one,other\n"))
    path = tmp_path / FILE
    path.write_bytes(HEADER.encode() + b"trial,\xff\n")
    with pytest.raises(UnusableJudgements, match="no CSV in UTF-8"):
        read_curated(path)
