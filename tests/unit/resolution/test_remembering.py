"""What remembers words of documents forgets them, so that the memory around them comes back."""

from pathlib import Path

import trialhouse.resolution
from trialhouse.resolution.remembering import forget_answers, remembered


def test_an_answer_is_remembered_until_all_are_forgotten() -> None:
    asked: list[str] = []

    @remembered(2)
    def shouted(word: str) -> str:
        asked.append(word)
        return word.upper()

    assert [shouted("a"), shouted("a")] == ["A", "A"]
    assert asked == ["a"]
    forget_answers()
    assert shouted("a") == "A"
    assert asked == ["a", "a"]


def test_nothing_in_this_room_remembers_otherwise() -> None:
    room = Path(trialhouse.resolution.__file__).parent
    files = {path.name for path in room.rglob("*.py") if "lru_cache" in path.read_text(encoding="utf-8")}
    assert files == {"remembering.py"}
