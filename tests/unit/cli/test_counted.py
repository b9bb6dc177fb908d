"""Numbers of things in words, and the sentences of status and doctor that count something: none, one and several."""

from pathlib import Path

import pytest

from trialhouse.cli.bulk_state import bulk_line
from trialhouse.cli.commands.status import _openness
from trialhouse.cli.counted import counted
from trialhouse.cli.examination import pack_words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 trials"), (1, "1 trial"), (2, "2 trials"), (12_345, "12,345 trials")]
)
def test_one_is_one_and_all_others_are_several(number: int, words: str) -> None:
    assert counted(number, "trial") == words


def test_a_plural_of_its_own() -> None:
    assert [counted(n, "entry", "entries") for n in (1, 2)] == ["1 entry", "2 entries"]


@pytest.mark.parametrize(
    ("citations", "files", "words"),
    [(0, 1, "0 citations of 1 file of bulk loads"), (1, 2, "1 citation of 2 files of bulk loads")],
)
def test_the_store_of_citations(citations: int, files: int, words: str) -> None:
    assert bulk_line({"citations": citations, "files": files, "lock_holder": None}) == words


@pytest.mark.parametrize(
    ("slices", "stale", "words"),
    [
        (0, 0, "complete"),
        (2, None, "2 slices incomplete"),
        (1, 0, "1 slice incomplete: the next live refresh goes on"),
        (1, 1, "1 slice incomplete that no topic asks for any more: the next refresh gives up on it"),
        (
            3,
            2,
            "1 slice incomplete: the next live refresh goes on; "
            "2 slices incomplete that no topic asks for any more: the next refresh gives up on them",
        ),
    ],
)
def test_the_open_slices_of_a_topic(slices: int, stale: int | None, words: str) -> None:
    assert _openness(slices, stale) == words


def test_packs_of_the_landing_store() -> None:
    assert pack_words(1, []) == "1 pack of the right size"
    assert pack_words(2, []) == "2 packs of the right size"
    assert pack_words(1, [Path("a.pack")]) == "1 of 1 pack missing or of another size: a.pack"
    assert pack_words(2, [Path("a.pack")]) == "1 of 2 packs missing or of another size: a.pack"
