"""Readers are never locked out, whatever is published under their eyes."""

from pathlib import Path

from bench.readers import make_release, publish_copy, read_while_publishing
from trialhouse.releases.layout import Layout

PUBLISHES = 20


def test_eight_readers_read_on_while_twenty_releases_are_published(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    template = make_release(layout, trials=1_000)
    publish_copy(layout, template, 1)
    readings = read_while_publishing(layout, template, readers=8, publishes=PUBLISHES)
    assert [error for reading in readings for error in reading.errors] == []
    seen = set().union(*(reading.releases for reading in readings))
    assert len(seen) > 1
    assert seen <= set(range(1, PUBLISHES + 2))
