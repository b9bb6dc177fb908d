import pytest

from trialhouse.text.sentences import sentences


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Pain fell (P<.05). Sleep did not change.", 2),
        ("Pain fell with A vs. B. Sleep did not.", 2),
        ("The dose was 7.5 mg given i.v. every week.", 1),
        ("P < .001. The rest was alike.", 2),
        ("Two drugs, e.g. alpha and beta, were given.", 1),
        ("Lee et al. reported less.", 1),
        ("It helped immune cells.1 The next trial is larger.", 2),
        ("First line ends here.\n\nSecond begins", 2),
        ("Points:\n  • one point of pain\n  • another point", 3),
        ("第一句。第二句。", 2),
        ("It fell in group P but not in group G. Oedema was rare.", 2),
        ("There were 0 and 5 in groups P and G. Nobody died.", 2),
        ("They were seen by J. Exemplar and K. Muster.", 1),
    ],
)
def test_sentences_are_split_where_people_would(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_wrapped_prose_is_one_sentence() -> None:
    text = "This is a long line of prose that was wrapped by somebody at a column and\ngoes on in the next line."
    assert len(split(text)) == 1


def test_offsets_count_in_the_whole_text() -> None:
    text = "Skip this. Read this one. Not this."
    assert [text[a:b] for a, b in sentences(text, 11, 26)] == ["Read this one."]
