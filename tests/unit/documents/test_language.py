"""The language of a text: by script, by common words, and silence where neither tells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialhouse.documents import language
from trialhouse.documents.language import LATIN_LANGUAGES, language_of

WORDS = sorted(word.decode("latin-1") for word in language._LANGUAGES_OF)
"""The commonest words of all languages that are told apart by them."""

ENGLISH = "The patients were assigned to the drug or to placebo, and the primary outcome was survival of the patients."


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", ENGLISH),
        ("en", ENGLISH.upper()),
        ("en", f"≥ 3.5 ± 0.2 – {ENGLISH}"),
        ("de", "Die Patienten wurden mit dem Mittel und der Placebogruppe verglichen, die Wirkung ist nicht belegt."),
        (
            "fr",
            "Les patients ont été traités par le médicament dans une étude et le résultat est décrit avec les effets.",
        ),
        (
            "pt",
            "Os pacientes não foram tratados com uma dose mais alta, e os resultados das análises foram publicados.",
        ),
        ("zh", "患者接受治疗后症状明显改善。"),
        ("ja", "患者は治療を受けました。"),
        ("ru", "Пациенты получали лечение."),
        (None, "Exemplar A, Muster B, Voorbeeld C"),
        (None, "12.5 ± 3.0 %"),
        (None, "հիվանդները բուժվել են"),
        (None, ""),
    ],
)
def test_a_text_has_the_language_of_its_script_or_of_its_commonest_words(code: str | None, text: str) -> None:
    assert language_of(text) == code


@given(st.lists(st.sampled_from(WORDS) | st.text("eéßÿĀ÷×3.±≥ΚКé̃İẞK", max_size=3), max_size=30).map(" ".join))
def test_words_are_those_that_a_pattern_of_letters_finds(text: str) -> None:
    """They are taken out of bytes of Latin-1, which must cut words nowhere else."""
    plain = re.findall(r"[a-z\u00df-\u00ff]+", text.lower())
    turned = text.lower().encode("latin-1", "replace").translate(language._LETTERS).split()
    assert [word.decode("latin-1") for word in turned] == plain


def test_every_character_parts_words_or_is_in_one_as_a_pattern_of_letters_says() -> None:
    characters = [chr(code) for code in range(0x3000) if not 0xD800 <= code < 0xE000]
    text = "".join(f"a{one}b\n" for one in characters).lower()
    turned = text.encode("latin-1", "replace").translate(language._LETTERS).split()
    assert [word.decode("latin-1") for word in turned] == re.findall(r"[a-z\u00df-\u00ff]+", text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join))
def test_common_words_alone_never_give_a_script(text: str) -> None:
    assert language_of(text) in {*LATIN_LANGUAGES, None}
