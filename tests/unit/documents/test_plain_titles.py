"""Titles as people read them, whatever their exporter escaped how often."""

import pytest

from trialhouse.documents.document_kind import notice_relation
from trialhouse.documents.plain_titles import plain_title
from trialhouse.model.enums import Relation


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Effect of <i>Lactobacillus</i> in adults", "Effect of Lactobacillus in adults"),
        ("Effect of &lt;i&gt;Lactobacillus&lt;/i&gt; in adults", "Effect of Lactobacillus in adults"),
        ("Effect of &amp;lt;i&amp;gt;Lactobacillus&amp;lt;/i&amp;gt;", "Effect of Lactobacillus"),
        ("CO&lt;sub&gt;2&lt;/sub&gt; &amp; sleep", "CO2 & sleep"),
        ("Children &lt; 5 years and adults > 60", "Children < 5 years and adults > 60"),
        ("AT&T and R&D; <5 or <b5>", "AT&T and R&D; <5 or <b5>"),
        ("As it is", "As it is"),
        ("<i></i>", None),
        (None, None),
    ],
)
def test_a_title_is_read_without_markup_and_escapes(written: str | None, read: str | None) -> None:
    assert plain_title(written) == read


@pytest.mark.parametrize(
    ("title", "relation"),
    [
        ("Publisher's Note: Velomarib for sarcoidosis: a trial", Relation.ERRATUM_FOR),
        ("Publisher’s note — Velomarib for sarcoidosis: a trial", Relation.ERRATUM_FOR),
        ("Editor's Note: Expression of Concern: Velomarib for sarcoidosis", Relation.CONCERN_ABOUT),
        ("Publisher's Note: Retraction: Velomarib for sarcoidosis", Relation.RETRACTION_OF),
        ("A publisher's note on trials", None),
        ("Publisher's notes and errors of memory: a randomised trial", None),
    ],
)
def test_a_publishers_note_before_a_title_is_a_notice(title: str, relation: Relation | None) -> None:
    assert notice_relation(title, "") is relation
