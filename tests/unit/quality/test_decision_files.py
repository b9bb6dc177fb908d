"""Decisions as files: written and read without loss, and every line that cannot be taken is told."""

import csv
import datetime

import pytest

from tests.unit.quality.test_alerts import after, day, failing, report
from trialhouse.model.words import DecisionAction, JudgementSubject, Verdict, WaiverReason
from trialhouse.quality.decision_files import (
    ALERT_DECISIONS,
    JUDGEMENTS,
    UnusableLines,
    read_decisions,
    write_decisions,
)
from trialhouse.quality.decisions import decision_on, judgement_of

COMMENT = 'Its table 2 says "119",\nand “60” is a slip: ≥ 1.'


def waiver(**changes):
    (alert,), _ = after(report(failing()))
    said = {
        "actor": "bé", "now": day(1) + datetime.timedelta(microseconds=7), "reason": WaiverReason.SOURCE_ERROR,
        "comment": COMMENT, "waived_until": day(9).date(),
    }  # fmt: skip
    return decision_on(alert, DecisionAction.WAIVE, **(said | changes))


def judgement():
    return judgement_of(JudgementSubject.TRIAL, "t2", "t1", Verdict.SAME, actor="ada", now=day(3), comment="Same NCT.")


NOW = day(20)


@pytest.fixture
def folder(tmp_path):
    write_decisions(tmp_path / "out", [waiver(), waiver(actor="ada", now=day(2))], [judgement()])
    return tmp_path / "out"


def lines(folder, name=ALERT_DECISIONS):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rewrite(folder, change, name=ALERT_DECISIONS):
    rows = lines(folder, name)
    change(rows)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_what_was_written_is_read(folder):
    assert read_decisions(folder, NOW) == ([waiver(), waiver(actor="ada", now=day(2))], [judgement()])


def test_files_are_as_rfc_4180_says_and_in_the_order_of_deciding(folder, tmp_path):
    content = (folder / ALERT_DECISIONS).read_bytes()
    assert content.count(b"\r\n") == 3
    assert b'"Its table 2 says ""119"",\n' in content
    assert [row["decided_at"] for row in lines(folder)] == ["2026-01-01T00:00:00.000007Z", "2026-01-02T00:00:00Z"]
    write_decisions(tmp_path / "again", [waiver(actor="ada", now=day(2)), waiver()], [judgement()])
    assert (tmp_path / "again" / ALERT_DECISIONS).read_bytes() == content


def test_a_line_without_an_id_gets_the_one_of_what_it_says(folder):
    rewrite(folder, lambda rows: rows[0].update(decision_id=""))
    rewrite(folder, lambda rows: rows[0].update(judgement_id=""), JUDGEMENTS)
    assert read_decisions(folder, NOW) == ([waiver(), waiver(actor="ada", now=day(2))], [judgement()])


def test_another_zone_and_a_byte_order_mark_are_understood(folder):
    rewrite(folder, lambda rows: rows[1].update(decided_at="2026-01-02T01:00:00+01:00"))
    text = (folder / ALERT_DECISIONS).read_bytes()
    (folder / ALERT_DECISIONS).write_bytes(b"\xef\xbb\xbf" + text)
    assert read_decisions(folder, NOW)[0] == [waiver(), waiver(actor="ada", now=day(2))]


def test_one_of_the_two_files_is_enough(folder):
    (folder / JUDGEMENTS).unlink()
    assert len(read_decisions(folder, NOW)[0]) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"comment": "Another."}, "line 2: it was changed after it was written: leave decision_id empty"),
        ({"decision_id": "", "comment": ""}, "line 2: a waiver needs a comment"),
        ({"decision_id": "", "comment": " \t"}, "line 2: a waiver needs a comment"),
        ({"comment": " ", "reason": ""}, "line 2: a waiver needs a reason and a comment"),
        ({"decision_id": "", "waived_until": "2025-12-31"}, "line 2: a waiver until 2025-12-31 that is given on 2026"),
        ({"decision_id": "", "waived_until": "9999-12-31"}, "line 2: a waiver until 9999-12-31 is too long"),
        ({"decision_id": "", "action": "wave"}, "line 2: action is 'wave': input should be 'acknowledge'"),
        ({"decision_id": "", "actor": ""}, "line 2: actor is empty: fill it in"),
        ({"decision_id": "", "actor": "refresh"}, "line 2: actor is 'refresh': give the name of the person"),
        ({"decision_id": "", "action": "resolve"}, "line 2: only a waiver has reason and waived_until"),
        ({"decision_id": "", "decided_at": "yesterday"}, "line 2: decided_at is 'yesterday': input should be a valid"),
        ({"decision_id": "", "decided_at": "2026-02-01"}, "line 2: decided_at is 2026-02-01 00:00:00, which is still"),
        ({"decision_id": "", "alert_id": "alert-x"}, "line 2: alert_id is not the one of fingerprint"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_with_file_and_line(folder, change, said):
    rewrite(folder, lambda rows: rows[0].update(change))
    with pytest.raises(UnusableLines) as caught:
        read_decisions(folder, NOW)
    (sentence,) = caught.value.sentences
    assert sentence.startswith(f"{folder / ALERT_DECISIONS}, {said}")


def test_all_lines_of_both_files_are_told_and_lines_are_counted_past_folded_texts(folder):
    rewrite(folder, lambda rows: [row.update(actor="") for row in rows])
    rewrite(folder, lambda rows: rows[0].update(left_id="t9"), JUDGEMENTS)
    with pytest.raises(UnusableLines) as caught:
        read_decisions(folder, NOW)
    assert [sentence.partition(": ")[0].rpartition(", ")[2] for sentence in caught.value.sentences] == [
        "line 2",
        "line 4",
        "line 2",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: the columns must be decision_id"),
        (b"decision_id,actor\r\n", "they are decision_id, actor"),
        (b"\xff\xfe\x00", "it is no CSV in UTF-8"),
    ],
)
def test_a_file_that_is_another(folder, content, said):
    (folder / ALERT_DECISIONS).write_bytes(content)
    with pytest.raises(UnusableLines, match=said):
        read_decisions(folder, NOW)


def test_a_line_with_a_cell_too_many_and_one_that_contradicts_another(folder):
    with (folder / ALERT_DECISIONS).open("a", encoding="utf-8", newline="") as file:
        file.write("a,b\r\n\r\n")
        row = lines(folder)[0] | {"message": "Something else."}
        csv.DictWriter(file, row).writerow(row)
    with pytest.raises(UnusableLines) as caught:
        read_decisions(folder, NOW)
    assert ["2 cells and needs 11" in sentence for sentence in caught.value.sentences] == [True, False]
    assert "another line is the same decision" in caught.value.sentences[1]


def test_a_folder_without_either_file(tmp_path):
    with pytest.raises(UnusableLines, match="holds neither"):
        read_decisions(tmp_path, NOW)
    with pytest.raises(UnusableLines, match="is no folder"):
        read_decisions(tmp_path / "nowhere", NOW)
