"""Summaries of results that consist of short lines, as registries and repositories print them."""

from typing import Any

import pytest

from trialhouse.model.document import Document, ZoneKind

SUMMARY = """Belotarin v placebo in sumba fever

Registry number: NCT09990333
Masking: double blind

Experimental: belotarin 5 mg SC once weekly
Placebo comparator: placebo SC once weekly

Cure at week 4: belotarin 70.6%, placebo 43.5%
Change in days of fever, belotarin v placebo: P = 0.018
"""

MENU = """Home
Trials: all
Fevers
Design and Layout
Subscribe: 3 issues

Belotarin v placebo in sumba fever

Study type: interventional, randomised
- Arms: belotarin 5 mg; placebo
"""


def kind_of(document: Document, words: str) -> ZoneKind:
    at = document.text.index(words)
    return next(zone.kind for zone in document.zones if zone.start <= at < zone.end)


@pytest.mark.parametrize("line", ["Masking: double", "Experimental: bel", "Cure at week 4", "P = 0.018"])
def test_the_lines_of_a_summary_are_its_body(parse: Any, line: str) -> None:
    assert kind_of(parse(SUMMARY), line) is ZoneKind.BODY


def test_the_menu_above_a_summary_stays_a_menu(parse: Any) -> None:
    document = parse(MENU)
    assert kind_of(document, "Study type") is ZoneKind.BODY
    assert kind_of(document, "Arms: belotarin") is ZoneKind.BODY
    lines = ("Home", "Trials: all", "Design and", "Subscribe: 3")
    assert not {kind_of(document, line) for line in lines} & {ZoneKind.BODY, ZoneKind.TITLE}
