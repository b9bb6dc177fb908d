"""Sentences with the words marked that hold the values of cells."""

import pytest

from trialhouse.quality.passages import Piece, Reading, modifier_before, passages_of

TEXT = (
    "Of 105 patients, 65 were treated. Death was rarer (hazard ratio 0.34, 95% CI 0.17-0.74, P=0.001). "
    "In 24 of 40 patients (40%) nothing was seen."
)


def pieces(text=TEXT, is_whole=True, start=0):
    return [Piece(start=start, end=start + len(text), text=text, is_whole=is_whole)]


def reading(quote, value, column="p_value", text=TEXT, **more):
    start = text.index(quote)
    more = {"is_blamed": True, **more}
    return Reading("d", column, value, start, start + len(quote), quote, **more)


def marked(passage):
    return [passage.text[mark.start : mark.end] for mark in passage.marks]


SENTENCE = "Death was rarer (hazard ratio 0.34, 95% CI 0.17-0.74, P=0.001)."


def test_numbers_of_a_sentence_are_marked_and_the_sentences_around_it_are_given():
    (passage,) = passages_of([reading(SENTENCE, 0.001), reading(SENTENCE, 0.17, "ci_low", is_blamed=False)], pieces())
    assert passage.text == SENTENCE == TEXT[passage.start : passage.end]
    assert marked(passage) == ["0.17", "0.001"]
    assert [(mark.column_name, mark.is_blamed) for mark in passage.marks] == [("ci_low", False), ("p_value", True)]
    assert passage.before == "Of 105 patients, 65 were treated."
    assert passage.after == "In 24 of 40 patients (40%) nothing was seen."


def test_a_short_quote_is_widened_to_its_sentence_and_is_itself_marked():
    (passage,) = passages_of([reading("65", 65, "n_analyzed")], pieces())
    assert passage.text == "Of 105 patients, 65 were treated."
    assert marked(passage) == ["65"]
    (words,) = passages_of([reading("nothing was seen", "NOTHING_SEEN", "effect")], pieces())
    assert marked(words) == ["nothing was seen"]


def test_of_a_list_the_entries_that_the_quote_has_are_marked():
    text = "Adults with asthma or chronic cough in Italy were eligible."
    asked = [reading(text, ["Asthma", "Chronic cough", "Pneumonia"], "conditions", text)] * 2
    (passage,) = passages_of(dict.fromkeys(asked), pieces(text))
    assert marked(passage) == ["asthma", "chronic cough"]


def test_the_sign_of_a_reduction_is_not_in_the_text():
    text = "It fell by 77% in one arm."
    (passage,) = passages_of([reading(text, -77.0, "value", text)], pieces(text))
    assert marked(passage) == ["77"]


@pytest.mark.parametrize(("raw", "expected"), [(None, ["40", "40"]), ("(40%)", ["40"]), ("41 %", ["40", "40"])])
def test_the_value_as_written_tells_equal_numbers_apart(raw, expected):
    quote = "In 24 of 40 patients (40%) nothing was seen."
    (passage,) = passages_of([reading(quote, 40.0, "value", raw=raw)], pieces())
    assert marked(passage) == expected


def test_what_is_blamed_wins_where_two_columns_have_the_same_characters():
    readings = [reading(SENTENCE, "P=0.001", "p_raw", is_blamed=False), reading(SENTENCE, 0.001)]
    (passage,) = passages_of(readings, pieces())
    assert [(mark.column_name, mark.is_blamed) for mark in passage.marks] == [("p_value", True)]


def test_without_the_whole_text_only_the_quote_is_shown():
    start = TEXT.index("65")
    (passage,) = passages_of([reading("65", 65, "n_analyzed")], pieces("65", is_whole=False, start=start))
    assert (passage.text, passage.before, passage.after) == ("65", None, None)
    assert marked(passage) == ["65"]
    (nothing,) = passages_of([reading("65", 65, "n_analyzed")], [])
    assert (nothing.text, nothing.start) == ("65", start)


def test_of_json_the_line_is_shown_and_no_neighbours():
    text = '{\n  "enrollmentInfo": {"count": 248},\n  "other": 1\n}'
    (passage,) = passages_of([reading("248", 248, "enrollment", text, locator="$.enrollmentInfo.count")], pieces(text))
    assert passage.text == '"enrollmentInfo": {"count": 248},'
    assert (passage.before, passage.after, marked(passage)) == (None, None, ["248"])


def test_of_one_long_line_of_json_what_is_near_is_shown():
    text = '{"a": "' + "x" * 5000 + '", "count": 248, "b": "' + "y" * 5000 + '"}'
    (passage,) = passages_of([reading("248", 248, "enrollment", text, locator="$.count")], pieces(text))
    assert len(passage.text) < 200
    assert marked(passage) == ["248"]


def test_of_xml_the_sentence_ends_at_the_tags():
    text = "<p>Some were ill. We enrolled 248 adults.</p><p>Others.</p>"
    (passage,) = passages_of([reading("248", 248, "enrollment", text, locator="/p[1]")], pieces(text))
    assert (passage.text, marked(passage)) == ("We enrolled 248 adults.", ["248"])


def test_tags_within_a_line_end_no_sentence_of_xml():
    text = "<p>We took (IL-2 group; <italic>n</italic>&#x0003d;60) and 58<sup>2</sup> others.</p><p>No <b>more</b>.</p>"
    (passage,) = passages_of([reading("60", 60, "n_analyzed", text, locator="/p[1]")], pieces(text))
    assert passage.text == "We took (IL-2 group; <italic>n</italic>&#x0003d;60) and 58<sup>2</sup> others."


def test_places_far_apart_are_passages_of_their_own_in_the_order_of_the_text():
    found = passages_of([reading("40%", 40, "value"), reading("105", 105, "enrollment")], pieces())
    assert [passage.columns for passage in found] == [("enrollment",), ("value",)]


SEVERAL = (
    "It was reached by 46 of 80 people (57.5%) in one group vs 32 of 80 (27.5%) in the other; 30 percentage points."
)


def test_of_equal_numbers_the_one_beside_what_is_blamed_of_its_row_is_marked():
    readings = [
        reading(SEVERAL, 27.5, "value", SEVERAL, row_id="percent"),
        reading(SEVERAL, 80, "n_analyzed", SEVERAL, row_id="percent", is_blamed=False),
        reading(SEVERAL, "PERCENT", "statistic", SEVERAL, row_id="percent", is_blamed=False),
    ]
    (passage,) = passages_of(readings, pieces(SEVERAL))
    assert [(mark.start, mark.column_name) for mark in passage.marks] == [
        (SEVERAL.rindex("80"), "n_analyzed"),
        (SEVERAL.index("27.5"), "value"),
    ]
    (alone,) = passages_of([readings[1]], pieces(SEVERAL))
    assert marked(alone) == ["80", "80"], "nothing tells which"
    (of_another_row,) = passages_of([readings[1], reading(SEVERAL, 27.5, "value", SEVERAL)], pieces(SEVERAL))
    assert marked(of_another_row) == ["80", "80", "27.5"]


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("PERCENT", "the change, in percentage points, was 4 percent", ["percent"]),
        ("headache", "headaches and headache days", ["headaches", "headache"]),
        ("80 mg", "180 mg is not 80 mg", ["80 mg"]),
        ("每两周", f"药物每两周皮下注射一次{'，然后观察' * 12}", ["每两周"]),
        ("IL-2", f"低剂量IL-2治疗{'系统性红斑狼疮' * 9}", ["IL-2"]),
    ],
)  # fmt: skip
def test_words_are_marked_as_whole_words(value, text, expected):
    (passage,) = passages_of([reading(text, value, "statistic", text)], pieces(text))
    assert marked(passage) == expected


@pytest.mark.parametrize(
    ("text", "locator", "expected"),
    [
        ("It was lower (P<.001).", None, "<"),
        ("It was lower (P ≤ .001).", None, "≤"),
        ("It was lower (P = .001).", None, ""),
        ("It was <i>P</i>&lt;.001.", "/p[1]", "<"),
        ("It was <i>P</i>.001.", "/p[1]", ""),
        ("It was P<.001 or P=.001.", None, ""),
    ],
)
def test_what_stands_before_a_bound_is_told(text, locator, expected):
    (passage,) = passages_of([reading(text, 0.001, "p_value", text, locator=locator)], pieces(text))
    assert modifier_before(passage) == expected


def test_what_is_cut_around_a_value_of_json_on_one_line_begins_and_ends_with_whole_words():
    text = '{"a": "' + "word " * 40 + '", "id": "NCT01234567", "b": "' + "other" * 40 + '"}'
    quote = "NCT01234567"
    (passage,) = passages_of([reading(quote, quote, "registry_id", text, locator="$.id")], pieces(text))
    assert passage.text.startswith((" word", "word ")), passage.text
    assert passage.text.endswith(quote + '", "b": "')
    assert passage.text == text[passage.start : passage.end]
    assert marked(passage) == [quote]
