from pathlib import Path

import pytest

from tests.unit.releases.made import built, moment, name_of, published
from trialhouse.releases.catalog import find_release, list_releases
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.prune import plan_pruning, prune
from trialhouse.releases.publish import publish, recover
from trialhouse.releases.register import read_entries
from trialhouse.releases.rollback import roll_back
from trialhouse.releases.tags import Refused, put_words


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


def test_pruning_keeps_the_newest_that_stand_all_tags_and_the_current_one(layout: Layout) -> None:
    published(layout, 1, 2, 3, 4, 5, 6)
    put_words(layout, name_of(2), "paper", None)
    roll_back(layout, name_of(5), "wrong", "somebody", moment(7))
    # It carries the history of the others, until there is a newer one.
    assert [removal.name for removal in plan_pruning(layout, 2).releases] == [name_of(1), name_of(3)]
    publish(layout, built(layout, 7))
    for number in (1, 2, 3):
        (layout.rejected / name_of(number)).mkdir(parents=True)
        (layout.rejected / name_of(number) / "quality.json").write_text("{}")
    pruning = plan_pruning(layout, 2)
    assert [removal.name for removal in pruning.releases] == [name_of(1), name_of(3), name_of(4), name_of(6)]
    assert pruning.kept == (name_of(2), name_of(5), name_of(7))
    assert [removal.name for removal in pruning.reports] == [name_of(1)]
    size = sum(path.stat().st_size for n in (1, 3, 4, 6) for path in (layout.releases / name_of(n)).iterdir())
    assert pruning.size == size + 2
    # A reader of a release that is pruned keeps the file that it opened.
    with (layout.releases / name_of(1) / DATABASE).open("rb") as reader:
        prune(layout, pruning, moment(8))
        assert reader.read().startswith(b"rows of release 1")
    assert [r.release_no for r in list_releases(layout.warehouse) if r.is_pruned] == [1, 3, 4, 6]
    assert [path.name for path in sorted(layout.rejected.iterdir())] == [name_of(2), name_of(3)]
    assert plan_pruning(layout, 2).releases == ()
    assert recover(layout).current == name_of(7)


def test_logs_before_the_oldest_of_the_newest_releases_go_and_what_runs_came_to_stays(layout: Layout) -> None:
    published(layout, 1, 2, 3)
    put_words(layout, name_of(1), "paper", None)
    layout.runs.mkdir(exist_ok=True)
    for number in range(5):
        (layout.runs / f"run-{number}.jsonl").write_text("{}")
        (layout.runs / f"run-{number}.json").write_text("{}")
    assert plan_pruning(layout, 4).logs == ()
    pruning = plan_pruning(layout, 2)
    assert [(removal.name, removal.size) for removal in pruning.logs] == [("run-0.jsonl", 2), ("run-1.jsonl", 2)]
    assert (pruning.releases, pruning.size) == ((), 4)
    prune(layout, pruning, moment(8))
    assert sorted(path.name for path in layout.runs.glob("*.jsonl")) == ["run-2.jsonl", "run-3.jsonl", "run-4.jsonl"]
    assert len(list(layout.runs.glob("*.json"))) == 5
    manifest = layout.releases / name_of(3) / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text("?")
    assert plan_pruning(layout, 1).logs == ()


def test_a_rollback_withdraws_what_came_after_and_touches_no_folder(layout: Layout) -> None:
    published(layout, 1, 2, 3)
    roll_back(layout, name_of(2), "first", "somebody", moment(4))
    publish(layout, built(layout, 4))
    withdrawn = roll_back(layout, name_of(1), "second", "somebody else", moment(5))
    assert [entry.release_no for entry in withdrawn] == [2, 4]
    assert [entry.reason for entry in read_entries(layout)] == [None, "second", "first", "second"]
    assert read_entries(layout)[3].withdrawn_by == "somebody else"
    assert find_release(layout.warehouse, None).release_no == 1
    assert all(release.folder is not None for release in list_releases(layout.warehouse))
    assert roll_back(layout, name_of(1), "again", "somebody", moment(6)) == []


def test_a_rollback_goes_only_to_a_release_that_stands_and_is_whole(layout: Layout) -> None:
    published(layout, 1, 2, 3, 4)
    roll_back(layout, name_of(3), "wrong", "somebody", moment(5))
    prune(layout, plan_pruning(layout, 2), moment(5))
    (layout.releases / name_of(2) / DATABASE).chmod(0o644)
    (layout.releases / name_of(2) / DATABASE).write_bytes(b"")
    for number, words in ((1, "were pruned"), (2, "is damaged"), (4, "was itself withdrawn")):
        with pytest.raises(Refused, match=words):
            roll_back(layout, name_of(number), "why not", "somebody", moment(6))
    assert find_release(layout.warehouse, None).release_no == 3
