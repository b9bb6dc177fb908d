"""Copies of an abstract in other languages: what is a disagreement, and above all what is none."""

import datetime
import pathlib

import pytest

from trialhouse.extraction import extract
from trialhouse.extraction.figures import figures_in
from trialhouse.extraction.other_schedules import same_schedule, schedules_in
from trialhouse.model.document import Document, Receipt, Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import Extraction, LanguageDifference
from trialhouse.resources import read_vocabulary

VOCABULARY = read_vocabulary(pathlib.Path(__file__).parents[3] / "seeds")
MAIN = (
    "In this double-blind trial, adults were randomly assigned to veltocimab 5 mg or placebo, subcutaneously every "
    "other day for 2 weeks. At week 12, response was reached by 61.5% of the veltocimab group (n = 39) vs 38.2% of the "
    "placebo group (n = 34) (P = 0.047), and at week 24 by 64.1% vs 41.2% (P = 0.049)."
)
FAITHFUL = (
    "在这项双盲试验中,成人随机接受veltocimab 5 mg或安慰剂隔日皮下注射,持续2周。"
    "第12周时,veltocimab组(n=39)的应答率为61.5%,"
    "安慰剂组(n=34)为38.2%(P=0.047),第24周时分别为64.1%和41.2%(P=0.049)。"
)


def record(main: str, *copies: tuple[str, str]) -> Extraction:
    """The claims of a text with copies, each given by its language and words."""
    zones = [Zone(kind=ZoneKind.BODY, start=0, end=len(main), section=Section.RESULTS, language="en")]
    text = main
    for language, words in copies:
        start = len(text) + 2
        text += "\n\n" + words
        zones.append(Zone(kind=ZoneKind.OTHER_LANGUAGE, start=start, end=len(text), language=language))
    receipt = Receipt(
        source="files",
        record_id="case",
        locator="case",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text),
    )
    document = Document(
        document_id="doc-case",
        receipt=receipt,
        format="plain_text",
        kind=DocumentKind.ABSTRACT,
        text=text,
        zones=tuple(zones),
    )
    found = extract(document, VOCABULARY)[0]
    for one in found.language_differences:
        assert one.evidence is None or (one.evidence.holds_in(text) and one.evidence.end <= len(main))
        assert one.other_evidence is None or (
            one.other_evidence.holds_in(text) and one.other_evidence.start > len(main)
        )
    return found


def differences(copy: str, language: str = "zh", main: str = MAIN) -> list[tuple[str, str | None, str | None]]:
    return [(one.field, one.kept, one.other) for one in record(main, (language, copy)).language_differences]


def test_a_faithful_copy_is_silent_and_counted_once() -> None:
    alone, both = record(MAIN), record(MAIN, ("zh", FAITHFUL))
    assert both.language_differences == ()
    assert both.outcomes == alone.outcomes != ()
    assert both.arms == alone.arms


def test_another_schedule_is_one_difference_that_names_the_arms_and_quotes_both() -> None:
    (one,) = record(MAIN, ("zh", FAITHFUL.replace("隔日皮下注射", "每三周皮下注射一次"))).language_differences
    assert isinstance(one, LanguageDifference)
    assert (one.field, one.language, one.kept, one.other) == ("frequency", "zh", "every other day", "every 3 weeks")
    assert one.arms == ("veltocimab 5 mg", "placebo")
    assert one.evidence is not None
    assert one.other_evidence is not None
    assert (one.evidence.quote, one.other_evidence.quote) == ("every other day", "每三周皮下注射一次")


@pytest.mark.parametrize(
    "words",
    [
        "每隔一天皮下注射一次",
        "每两天皮下注射一次",
        "每2日皮下注射1次",
        "隔天皮下注射",
        "皮下注射",
        "每日皮下注射",
        "每日皮下注射一次或每周皮下注射一次",
        "皮下注射,每4周随访一次",
        "皮下注射,每周期7次",
        "隔日皮下注射,甲氨蝶呤每周口服一次",
    ],
)
def test_no_schedule_is_made_of_what_says_the_same_or_is_unclear(words: str) -> None:
    assert differences(FAITHFUL.replace("隔日皮下注射", words)) == []


@pytest.mark.parametrize(
    ("language", "copy"),
    [
        ("es", "Los adultos recibieron veltocimab o placebo por vía subcutánea cada dos semanas."),
        ("fr", "Les adultes ont reçu le veltocimab ou le placebo toutes les deux semaines."),
        ("de", "Die Erwachsenen erhielten Veltocimab oder Placebo subkutan alle zwei Wochen."),
        ("pt", "Os adultos receberam veltocimab ou placebo por via subcutânea a cada duas semanas."),
    ],
)
def test_schedules_of_other_languages_are_compared(language: str, copy: str) -> None:
    assert differences(copy, language) == [("frequency", "every other day", "every 2 weeks")]


@pytest.mark.parametrize(
    ("language", "copy"),
    [
        ("es", "Los adultos recibieron veltocimab o placebo un día sí y otro no durante dos semanas."),
        ("fr", "Les adultes ont reçu le veltocimab ou le placebo un jour sur deux pendant deux semaines."),
        ("de", "Die Erwachsenen erhielten Veltocimab oder Placebo jeden zweiten Tag über zwei Wochen."),
        ("pt", "Os adultos receberam veltocimab ou placebo em dias alternados durante duas semanas."),
        ("es", "Se hizo una visita de seguimiento cada dos semanas; la dosis fue de 5 mg."),
        ("ja", "成人は2週間ごとに注射を受けた。"),
    ],
)
def test_the_same_schedule_a_visit_and_an_unknown_language_are_silent(language: str, copy: str) -> None:
    assert differences(copy, language) == []


def test_a_number_that_was_copied_wrongly_is_named_with_both_values_and_sentences() -> None:
    copy = FAITHFUL.replace("38.2%", "32.8%").replace("n=34", "n=43")
    assert differences(copy) == [("n", "34", "43"), ("number", "38.2%", "32.8%")]
    assert differences(FAITHFUL.replace("P=0.049", "P=0.0049")) == [("p_value", "0.049", "0.0049")]
    (one,) = record(MAIN, ("zh", FAITHFUL.replace("41.2%", "14.2%"))).language_differences
    assert one.other_evidence is not None
    assert "14.2%" in one.other_evidence.quote


def test_a_result_that_a_full_copy_leaves_out_or_adds_is_named() -> None:
    assert differences(FAITHFUL.replace("(P=0.049)", "")) == [("p_value", "0.049", None)]
    assert differences(FAITHFUL.replace("(P=0.049)", "(P=0.049),缓解率12.7%")) == [("number", None, "12.7%")]


@pytest.mark.parametrize(
    "copy",
    [
        "veltocimab优于安慰剂(61.5%对32.8%)。",
        FAITHFUL.replace("61.5%", "62%"),
        FAITHFUL.replace("n=34", "三十四例"),
        FAITHFUL + "注册号:ChiCTR2000012345,doi:10.5555/ejh.2026.0001。",
        FAITHFUL.replace("0.047", ".047"),
        FAITHFUL.replace("%", "％"),
    ],
    ids=["not a full copy", "rounded", "in words", "identifiers", "no leading zero", "full width"],
)
def test_numbers_are_silent_where_nothing_contradicts(copy: str) -> None:
    assert differences(copy) == []


def test_decimal_commas_and_thousands_of_another_language_are_the_same_numbers() -> None:
    main = "Of 1,800 adults, 61.5% (P = 0.047) and 38.2% had a response; the dose was 1.5 million IU."
    copy = "De 1.800 adultos, el 61,5 % (P = 0,047) y el 38,2 % respondieron; la dosis fue de 1,5 millones UI."
    assert differences(copy, "es", main) == []
    assert differences(copy.replace("1,5 mill", "2,5 mill"), "es", main) == [("dose", "1500000", "2500000")]


def test_figures_have_multipliers_and_no_digits_of_names() -> None:
    text = "低剂量IL-21与ACR20,100万IU,2.5百万IU,1.800,第12周"
    assert [one.values for one in figures_in(text, [(0, len(text))], "zh")] == [
        (1e6,),
        (2.5e6,),
        (1800.0, 1.8),
        (12.0,),
    ]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("zh", "口服给药,每日两次。", ["twice daily"]),
        ("zh", "每周静脉输注一次,共6次。", ["every 1 week"]),
        ("zh", "每12周皮下注射一次。", ["every 12 weeks"]),
        ("zh", "接受治疗,持续2周,休息2周。", []),
        ("zh", "给药后每隔两周注射一次。", []),
        ("zh", "每0天注射一次,每" + "9" * 5000 + "天注射一次。", []),
        ("es", "Recibieron 5 mg dos veces al día y 10 mg una vez por semana.", ["twice daily", "every 1 week"]),
    ],
)
def test_schedules_are_read_in_the_words_of_the_contract(language: str, text: str, said: list[str]) -> None:
    assert [one[0] for one in schedules_in(text, 0, len(text), language)] == said


@pytest.mark.parametrize("text", ["1" * 9000, "1.1" * 3000, "10.1234/" + "a" * 9000, "每" * 9000, "," * 9000 + "5%"])
def test_rubbish_is_read_without_a_fault(text: str) -> None:
    assert all(len(one.text) < 20 for code in ("zh", "es") for one in figures_in(text, [(0, len(text))], code))
    assert schedules_in(text, 0, len(text), "zh") == []


def test_schedules_are_the_same_in_effect() -> None:
    same = [("every 2 days", "every other day"), ("every 14 days", "every 2 weeks"), ("every 4 weeks", "every 1 month")]
    assert all(same_schedule(*pair) for pair in same)
    other = [("twice daily", "once daily"), ("every 2 weeks", "twice weekly"), ("single dose", "once daily")]
    assert not any(same_schedule(*pair) for pair in other)
