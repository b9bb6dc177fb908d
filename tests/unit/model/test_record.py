"""Records that are made without a check are those that the constructor makes."""

import copy
import pickle

import pytest
from pydantic import ValidationError

from trialhouse.model.document import Identifier, Zone, ZoneKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.record import Record

VALUES = {"start": 3, "end": 5, "quote": "of", "locator": "/a/b[2]", "rule": None, "confidence": None}


@pytest.mark.parametrize(
    "made",
    [
        Evidence(**VALUES),
        Identifier(scheme="doi", value="10.5555/a", start=0, end=9),
        Zone(kind=ZoneKind.BODY, start=0, end=7, label="Aims"),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_an_unchecked_record_is_the_one_that_the_constructor_makes(made: Record, several: bool) -> None:
    kind = type(made)
    same = kind.unchecked_all([{}, dict(made)])[1] if several else kind.unchecked(dict(made))
    assert same == made
    assert hash(same) == hash(made)
    assert repr(same) == repr(made)
    assert same.model_dump_json() == made.model_dump_json()
    assert list(same.model_dump()) == list(type(made).model_fields)
    assert pickle.loads(pickle.dumps(same)) == copy.deepcopy(same) == made
    assert same.model_copy(update={"start": 1}) == made.model_copy(update={"start": 1})


def test_an_unchecked_record_is_never_changed() -> None:
    record = Evidence.unchecked(dict(VALUES))
    with pytest.raises(ValidationError, match="frozen"):
        record.start = 4  # type: ignore[misc]
    assert record.start == 3
