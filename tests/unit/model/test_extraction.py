import json
from typing import Any

import pytest
from pydantic import ValidationError

from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import (
    ArmClaim,
    DocumentFacts,
    Extraction,
    MeasurementClaim,
    OutcomeClaim,
    TrialClaim,
)

PROOF = Evidence(start=0, end=3, quote="60%")


def record(**claims: Any) -> Extraction:
    return Extraction(id="page.txt", text_sha256="0", document=DocumentFacts(), **claims)


def measured(arm: str | None) -> OutcomeClaim:
    number = MeasurementClaim(arm=arm, value=60, rule="frame.versus", confidence=0.9, evidence=PROOF)
    return OutcomeClaim(measure="response", measurements=(number,))


def test_a_number_refers_to_an_arm_of_its_record_or_to_the_whole_trial() -> None:
    arms = (ArmClaim(key="a", label="A"),)
    assert record(arms=arms, outcomes=(measured("a"), measured(None))).outcomes[0].measurements[0].arm == "a"
    with pytest.raises(ValidationError, match=r"arms that are not there: \['b'\]"):
        record(arms=arms, outcomes=(measured("b"),))
    with pytest.raises(ValidationError, match="two arms have one key"):
        record(arms=arms * 2)


def test_a_claim_cannot_hold_a_date_that_is_none() -> None:
    assert TrialClaim(start_date="2021-05").start_date == "2021-05"
    with pytest.raises(ValidationError, match=r"not a date|month must be"):
        TrialClaim(start_date="2021-13")


def test_the_printed_record_is_json_and_shows_of_evidence_what_there_is() -> None:
    printed = json.loads(json.dumps(record(outcomes=(measured(None),)).to_json()))
    assert printed["outcomes"][0]["measurements"][0]["evidence"] == {"start": 0, "end": 3, "quote": "60%"}
    assert printed["error"] is None
    contract = {"id", "text_sha256", "document", "trial", "arms", "outcomes", "candidates", "error"}
    assert set(printed) == contract | {"language_differences"}
