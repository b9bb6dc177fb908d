"""Every table of a release, declared once.

A table is a class of rows: its docstring is the table's comment, its fields are the columns with their types and
descriptions. DDL, comments, data dictionary, entity-relationship diagram and inserts are all made from it.
"""

from trialhouse.model.tables.declaration import SINCE, UNTIL, Column, Row, Table, table_of
from trialhouse.model.tables.documents import (
    CandidateRow,
    ConflictRow,
    DocumentRelationRow,
    DocumentRow,
    DocumentTextRow,
    DoubtfulPairRow,
    EvidenceRow,
    TrialDocumentRow,
)
from trialhouse.model.tables.meta import AccountingCauseRow, AccountingRow, ReleaseRow, RunRow, SourceRow
from trialhouse.model.tables.quality import (
    AlertDecisionRow,
    AlertEventRow,
    AlertRow,
    CheckRow,
    CheckRunRow,
    FailingRow,
    JudgementRow,
    QuarantineRow,
)
from trialhouse.model.tables.results import OutcomeAnalysisRow, OutcomeMeasurementRow, OutcomeRow
from trialhouse.model.tables.rowset import RowSet
from trialhouse.model.tables.trials import (
    ArmInterventionRow,
    ArmRow,
    TrialKeyRow,
    TrialRedirectRow,
    TrialRegistrationRow,
    TrialRow,
)

ROW_CLASSES: tuple[type[Row], ...] = (
    TrialRow,
    TrialRegistrationRow,
    TrialKeyRow,
    TrialRedirectRow,
    ArmRow,
    ArmInterventionRow,
    OutcomeRow,
    OutcomeMeasurementRow,
    OutcomeAnalysisRow,
    DocumentRow,
    DocumentRelationRow,
    TrialDocumentRow,
    EvidenceRow,
    DocumentTextRow,
    CandidateRow,
    ConflictRow,
    DoubtfulPairRow,
    CheckRow,
    CheckRunRow,
    FailingRow,
    AlertRow,
    AlertEventRow,
    AlertDecisionRow,
    JudgementRow,
    QuarantineRow,
    ReleaseRow,
    RunRow,
    SourceRow,
    AccountingRow,
    AccountingCauseRow,
)

TABLES: tuple[Table, ...] = tuple(table_of(row_class) for row_class in ROW_CLASSES)

SCHEMA_VERSION = 5
"""Raised when a table or column changes its name, type or meaning."""

__all__ = [
    "ROW_CLASSES",
    "SCHEMA_VERSION",
    "SINCE",
    "TABLES",
    "UNTIL",
    "AccountingCauseRow",
    "AccountingRow",
    "AlertDecisionRow",
    "AlertEventRow",
    "AlertRow",
    "ArmInterventionRow",
    "ArmRow",
    "CandidateRow",
    "CheckRow",
    "CheckRunRow",
    "Column",
    "ConflictRow",
    "DocumentRelationRow",
    "DocumentRow",
    "DocumentTextRow",
    "DoubtfulPairRow",
    "EvidenceRow",
    "FailingRow",
    "JudgementRow",
    "OutcomeAnalysisRow",
    "OutcomeMeasurementRow",
    "OutcomeRow",
    "QuarantineRow",
    "ReleaseRow",
    "Row",
    "RowSet",
    "RunRow",
    "SourceRow",
    "Table",
    "TrialDocumentRow",
    "TrialKeyRow",
    "TrialRedirectRow",
    "TrialRegistrationRow",
    "TrialRow",
    "table_of",
]
