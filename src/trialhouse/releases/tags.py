"""Tags: names that people give to releases. A tag is on one release only, and a release has one at most."""

import re
from collections.abc import Sequence

from trialhouse.releases.layout import CURRENT, Layout
from trialhouse.releases.register import DamagedRegister, Entry, read_entries, write_register

_TAG = re.compile(r"[^\W\d_][\w.+-]{0,63}\Z")

TAKEN = frozenset({CURRENT, "now", "today", "tomorrow", "yesterday", "epoch", "infinity"})
"""Words that name a moment already."""


class Refused(Exception):
    """What cannot be done to a release; the message says why and what to do instead."""


def check_tag(tag: str) -> None:
    """Raise Refused for what cannot be told from a release id, a number or a date."""
    if not _TAG.match(tag) or tag.lower() in TAKEN:
        raise Refused(
            f"{tag!r} cannot be a tag: a tag begins with a letter, has letters, digits and . _ + - only, 64 at most, "
            f"and is none of {', '.join(sorted(TAKEN))}"
        )


def check_free_tag(layout: Layout, tag: str) -> None:
    """Raise Refused for what cannot be a tag, or is one already. A damaged register knows none: it is made anew."""
    check_tag(tag)
    try:
        holder = next((entry for entry in read_entries(layout) if entry.tag == tag), None)
    except DamagedRegister:
        return
    if holder is not None:
        raise Refused(
            f"release {holder.release_id} has the tag {tag!r} already: choose another, or move it afterwards with "
            f"`trialhouse releases tag RELEASE {tag} --move`"
        )


def put_words(layout: Layout, release_id: str, tag: str | None, message: str | None, *, move: bool = False) -> Entry:
    """Give a release a tag, a message, or both. Returns it. Call it under the writers' lock.

    Raises Refused where another release has the tag, or this one has another, and it is not to be moved.
    """
    entries = read_entries(layout)
    (target,) = [entry for entry in entries if entry.release_id == release_id]
    others = [entry for entry in entries if entry.release_id != release_id]
    if tag is not None:
        check_tag(tag)
        if not move:
            _refuse_to_move(target, others, tag)
        others = [entry.model_copy(update={"tag": None}) if entry.tag == tag else entry for entry in others]
    given = {name: words for name, words in (("tag", tag), ("message", message)) if words is not None}
    named = target.model_copy(update=given)
    write_register(layout, [*others, named])
    return named


def _refuse_to_move(target: Entry, others: Sequence[Entry], tag: str) -> None:
    holder = next((entry for entry in others if entry.tag == tag), None)
    if holder is not None:
        raise Refused(f"release {holder.release_id} has the tag {tag!r}: `releases tag … --move` takes it from there")
    if target.tag not in (None, tag):
        raise Refused(
            f"release {target.release_id} has the tag {target.tag!r}: `releases tag … --move` puts {tag!r} in its place"
        )
