"""Press releases: the points over them and their datelines are read. The company is invented."""

from trialhouse.model.document import ZoneKind

RELEASE = """Sampleton Pharma reports Phase 2b data of belotarin in sumba fever

- At Week 12, 33.3% of patients on belotarin and 9.5% on placebo were free of fever (p=0.002)
- Serious adverse events: 3.3% and 6.3%

SAMPLETON, March 4 - Sampleton Pharma Inc. today announced data of belotarin, its drug for sumba fever, in 120 adults.
"""


def test_the_points_over_a_press_release_and_its_dateline_are_body(parse) -> None:
    document = parse(RELEASE)
    body = [document.text[zone.start : zone.end] for zone in document.zones if zone.kind is ZoneKind.BODY]
    assert [words[:14] for words in body] == ["- At Week 12, ", "- Serious adve", "SAMPLETON, Mar"]
