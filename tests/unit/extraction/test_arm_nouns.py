"""A word of one arm's description means the arm at the end of a phrase, in the singular and the plural."""

from trialhouse.extraction.arm_nouns import noun_places, stem

NOUNS = {"suture": 0, "adhesive": 1, "biopsy": 1}


def found(text: str) -> list[tuple[str, int]]:
    return [(text[a:b], arm) for a, b, arm in noun_places(text, 0, len(text), NOUNS)]


def test_a_word_behind_a_preposition_means_its_arm() -> None:
    assert found("9.6 min with sutures and 4.1 min with the adhesive") == [("sutures", 0), ("adhesive", 1)]
    assert found("pain after two biopsies, 3.1") == [("two biopsies", 1)]


def test_a_word_inside_a_phrase_or_without_a_preposition_means_nothing() -> None:
    assert found("sutures were removed") == []
    assert found("with sutures removed later") == []


def test_the_ending_of_a_plural_is_no_other_word() -> None:
    assert [stem(w) for w in ("Sutures", "biopsies", "stress", "gas")] == ["suture", "biopsy", "stress", "gas"]
