"""Which numbers are right: the harness tells them one by one, and counts what the scorers count."""

import random

import pytest

from bench.evaluation.judging import judge
from bench.evaluation.reading import Reading
from bench.evaluation.shared import VARIABLE, Abstract, SharedMissing, eval_folder, load_scorers

TEXT = "A trial\nRelapse in 14% of A and 31% of B at week 12, from 8.5 at baseline (P<0.05)."


@pytest.fixture(scope="module")
def scorers(shared):
    return load_scorers(shared / "eval")


def gold_of(rows, **more):
    """Labelled gold of two arms; a row is a list of (arm, key, value)."""
    outcomes = [
        {"measure": "relapse", "arm_values": [{"arm_id": arm, key: value} for arm, key, value in row]} for row in rows
    ]
    return {"arms": [{"id": "A", "n": "60"}, {"id": "B"}], "outcomes": outcomes, "differences": [], **more}


def record_of(rows, analyses=(), **more):
    """A record of two arms; a row is a list of (arm, value, is_baseline)."""
    proof = {"start": 0, "end": len(TEXT), "quote": TEXT}
    how = {"rule": "frame.versus", "confidence": 0.9, "evidence": proof}
    outcomes = [
        {"measure": "relapse", "measurements": [{"arm": a, "value": v, "is_baseline": b, **how} for a, v, b in row]}
        for row in rows
    ]
    if analyses:
        outcomes.append({"measure": "relapse", "analyses": [{**one, **how} for one in analyses]})
    arms = [{"key": "a", "n_randomized": 60, "evidence": {"n_randomized": proof | {"rule": "arms.size"}}}, {"key": "b"}]
    return {"id": "1", "arms": arms, "outcomes": outcomes, **more}


def judged_of(gold, record, scorers):
    reading = Reading(text=TEXT, record=record, sentences=((8, len(TEXT)),), kinds={})
    return judge(Abstract("train", "1", TEXT, gold), reading, scorers)


def verdicts(judged):
    return [(one.field, one.value, one.verdict) for one in judged.said if one.field != "arm_n"]


def test_a_number_on_its_arm_is_right_and_stands_in_the_text(scorers):
    judged = judged_of(
        gold_of([[("A", "percent", "14"), ("B", "percent", "31")]]),
        record_of([[("a", 14, False), ("b", 31, False)]]),
        scorers,
    )
    assert verdicts(judged) == [("cells", 14.0, "right"), ("cells", 31.0, "right")]
    assert [TEXT[slice(*one.place)] for one in judged.said if one.field == "cells"] == ["14", "31"]
    assert judged.rows_right == {0}
    assert [(one.field, one.rule, one.verdict) for one in judged.said if one.field == "arm_n"] == [
        ("arm_n", "arms.size", "right")
    ]


def test_wrong_numbers_say_how_they_are_wrong(scorers):
    gold = gold_of([[("A", "percent", "14"), ("B", "percent", "31"), ("B", "baseline", "8.5"), ("A", "count", "7")]])
    rows = [
        [("a", 14, False), ("a", 31, False), ("b", 8.5, False), ("b", 99, False), ("a", 14, False), ("b", 31, False)]
    ]
    judged = judged_of(gold, record_of(rows), scorers)
    assert verdicts(judged) == [
        ("cells", 14.0, "right"),
        ("cells", 31.0, "repeated"),
        ("cells", 8.5, "wrong_baseline"),
        ("cells", 99.0, "extra"),
        ("cells", 14.0, "repeated"),
        ("cells", 31.0, "right"),
    ]
    missed = {one.value: one for one in judged.gold if not one.found}
    assert missed[8.5].reason == "said: wrong_baseline by frame.versus"
    assert TEXT[slice(*missed[8.5].place)] == "8.5"
    assert missed[7.0].reason == "not in text"


def test_a_number_on_the_other_arm_is_on_the_wrong_one(scorers):
    gold = gold_of([[("A", "percent", "14"), ("B", "percent", "31")]])
    judged = judged_of(gold, record_of([[("a", 14, False), ("a", 31, False)]]), scorers)
    assert verdicts(judged) == [("cells", 14.0, "right"), ("cells", 31.0, "wrong_arm")]


def test_a_p_value_with_another_sign_is_told_from_one_that_is_not_there(scorers):
    gold = gold_of([], differences=[{"p": "P < 0.05"}])
    analyses = [{"p_value": 0.05, "p_modifier": "="}, {"p_value": 0.2, "p_modifier": "="}]
    judged = judged_of(gold, record_of([], analyses), scorers)
    assert [verdict for _, _, verdict in verdicts(judged)] == ["wrong_modifier", "extra"]


def test_what_the_annotators_left_blank_is_not_judged(scorers):
    judged = judged_of(gold_of([]), record_of([], trial={"enrollment": 120}), scorers)
    assert verdicts(judged) == [("n_total", 120.0, "unjudged")]


def test_a_missed_number_says_what_became_of_it(scorers):
    at = TEXT.index("31")
    candidates = [{"kind": "percent", "start": at, "end": at + 3, "quote": "31%", "reason": "no_frame"}]
    gold = gold_of([[("A", "percent", "14"), ("B", "percent", "31")]])
    judged = judged_of(gold, record_of([[("a", 14, False)]], candidates=candidates), scorers)
    (missed,) = [one for one in judged.gold if not one.found]
    assert missed.reason == "arm not found; candidate: no_frame"
    assert missed.place == (at, at + 2)


def test_counting_one_by_one_gives_the_scorers_counts(scorers):
    """Random records over few values, so that numbers repeat, stand on other arms, and arms are left open."""
    draw = random.Random(11)
    for _ in range(300):
        gold_rows = [
            [
                (draw.choice(("A", "B", None)), draw.choice(("percent", "baseline")), str(draw.randint(1, 4)))
                for _ in range(draw.randint(0, 4))
            ]
            for _ in range(draw.randint(0, 3))
        ]
        said_rows = [
            [
                (draw.choice(("a", "b", None)), draw.randint(1, 4), draw.random() < 0.3)
                for _ in range(draw.randint(0, 4))
            ]
            for _ in range(draw.randint(0, 3))
        ]
        p = [{"p": f"P{draw.choice('<=')}0.0{draw.randint(1, 3)}"} for _ in range(draw.randint(0, 3))]
        q = [{"p_value": draw.randint(1, 3) / 100, "p_modifier": draw.choice("<=")} for _ in range(draw.randint(0, 3))]
        judged = judged_of(gold_of(gold_rows, differences=p), record_of(said_rows, q), scorers)
        for field in ("n_total", "arm_n", "dose", "cells", "baseline", "p_value", "effect", "ci"):
            in_gold = sum(one.field == field for one in judged.gold)
            said = sum(one.field == field and one.verdict != "unjudged" for one in judged.said)
            assert (judged.hits(field), in_gold, said) == judged.tally[field], (field, gold_rows, said_rows)
            assert judged.hits(field) == sum(one.field == field and one.found for one in judged.gold)
        assert len(judged.rows_right) == judged.tally["rows"][0]


def test_a_shared_folder_that_is_not_there_is_told_with_the_way_out(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(SharedMissing, match=rf"labelled-abstracts\.jsonl.*{VARIABLE}"):
        eval_folder()
