"""The order of trust, and documents whose kind is not known."""

from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import DocumentRow, TrialDocumentRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution import resolve
from trialhouse.resolution.trust import ORDER, trust_key


def test_a_document_of_no_known_kind_is_trusted_least(reading) -> None:
    documents = [reading(f"r{number}", kind).document for number, kind in enumerate((None, *ORDER))]
    assert [one.kind for one in sorted(documents, key=trust_key)] == [*ORDER, None]


def test_a_document_of_no_known_kind_keeps_its_row_and_has_no_role(reading) -> None:
    claims = TrialClaim(registry_ids=("NCT09990001",))
    rows = resolve([reading("r1", None, trial=claims)], Vocabulary(), lambda document: True)
    assert [row.kind for row in rows.of(DocumentRow)] == [None]
    assert [row.role for row in rows.of(TrialDocumentRow)] == [None]
