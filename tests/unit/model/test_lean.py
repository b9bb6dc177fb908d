"""Records that share the names of their fields are what they were."""

from trialhouse.model.evidence import Evidence
from trialhouse.model.lean import share_all_names, share_names
from trialhouse.model.record import Record
from trialhouse.model.tables import RowSet, TrialRedirectRow


class Held(Record):
    """A record with records in all that can hold them."""

    name: str
    note: str | None = None
    single: Evidence | None = None
    several: tuple[Evidence, ...] = ()
    named: dict[str, Evidence] = {}


SAID = (
    '{"name": "a", "single": {"start": 0, "end": 2, "quote": "ab"}, "several": [{"start": 1, "end": 2, "quote": "b"}], '
    '"named": {"x": {"start": 0, "end": 1, "quote": "a"}}}'
)


def test_it_stays_equal_is_written_alike_and_can_be_copied() -> None:
    plain, lean = Held.model_validate_json(SAID), Held.model_validate_json(SAID)
    share_all_names(lean)
    assert lean == plain
    assert lean.model_dump_json() == plain.model_dump_json()
    assert hash(lean.several) == hash(plain.several)
    changed = lean.model_copy(update={"note": "n"})
    assert (changed.note, lean.note) == ("n", None)


def test_all_records_of_a_class_share_one_set_of_names_however_deep_they_lie() -> None:
    one, other = Held.model_validate_json(SAID), Held.model_validate_json(SAID)
    assert one.several[0].model_fields_set is not other.named["x"].model_fields_set
    share_all_names([one, other])
    within = [held for record in (one, other) for held in (record.single, *record.several, *record.named.values())]
    assert {id(held.model_fields_set) for held in within if held} == {id(Evidence.every_field)}
    assert one.model_fields_set is other.model_fields_set is Held.every_field


def test_a_copy_changes_nothing_for_the_others() -> None:
    record = Held(name="a")
    share_names(record)
    before = set(Held.every_field)
    record.model_copy(update={"note": "n"})
    assert Held.every_field == before


def test_rows_are_lean_as_soon_as_they_are_gathered() -> None:
    row = TrialRedirectRow(old_trial_id="t1", trial_id="t2", reason="one trial")
    assert row.model_fields_set is not TrialRedirectRow.every_field
    (gathered,) = RowSet([row])
    assert gathered.model_fields_set is TrialRedirectRow.every_field
    assert gathered == TrialRedirectRow(old_trial_id="t1", trial_id="t2", reason="one trial")
