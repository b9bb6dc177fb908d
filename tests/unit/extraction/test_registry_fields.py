"""Fields that nobody knows are an alarm. The studies are invented."""

from tests.unit.extraction.registry_cases import measure, read, study
from trialhouse.extraction.registry_fields import LEFT_OUT, READ, is_known, unknown_fields
from trialhouse.extraction.registry_study import Study


def test_an_invented_field_is_a_candidate_at_its_name_once_for_all_its_values() -> None:
    posted = measure(
        ("Placebo", "Belotarin 20 mg"), {"value": "1", "skewness": "0.2"}, {"value": "2", "skewness": "0.3"}
    )
    document = study(outcomes=(posted,), protocol={"moonModule": {"phase": "full", "empty": ""}})
    found = unknown_fields(Study(document.text))
    path = "resultsSection.outcomeMeasuresModule.outcomeMeasures.classes.categories.measurements.skewness"
    assert {name: len(places) for name, places in found.items()} == {
        "protocolSection.moonModule.phase": 1,
        "protocolSection.moonModule.empty": 1,
        path: 2,
    }
    record = read(outcomes=(posted,), protocol={"moonModule": {"phase": "full", "empty": ""}})
    assert [(c.kind, c.quote) for c in record.candidates] == [
        ("unknown_field", "phase"),
        ("unknown_field", "empty"),
        ("unknown_field", "skewness"),
    ]
    assert record.candidates[2].reason == f"the field {path} is neither read nor left out on purpose"
    assert all(document.text[c.start : c.end] == c.quote for c in record.candidates)


def test_what_is_below_a_field_left_out_is_left_out_too_but_not_its_namesake() -> None:
    assert is_known("derivedSection.miscInfoModule.versionHolder")
    assert is_known("protocolSection.designModule.bioSpec.retention")
    assert not is_known("protocolSection.designModule.bioSpecs")
    assert not is_known("resultsSection.outcomeMeasuresModule.outcomeMeasures")
    assert not READ & LEFT_OUT.keys()


def test_a_study_of_known_fields_has_none() -> None:
    assert read(outcomes=(measure(("Placebo",), "1"),)).candidates == ()
