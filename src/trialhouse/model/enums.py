"""The enumerations of the warehouse, in the words of ClinicalTrials.gov's API v2 and of CONSORT.

A word of a source that fits none of these is null with the raw text beside it, never a near miss.
"""

from enum import StrEnum


class StudyType(StrEnum):
    INTERVENTIONAL = "INTERVENTIONAL"
    OBSERVATIONAL = "OBSERVATIONAL"
    EXPANDED_ACCESS = "EXPANDED_ACCESS"


class Phase(StrEnum):
    NA = "NA"
    EARLY_PHASE1 = "EARLY_PHASE1"
    PHASE1 = "PHASE1"
    PHASE1_PHASE2 = "PHASE1/PHASE2"
    PHASE2 = "PHASE2"
    PHASE2_PHASE3 = "PHASE2/PHASE3"
    PHASE3 = "PHASE3"
    PHASE4 = "PHASE4"


class Allocation(StrEnum):
    RANDOMIZED = "RANDOMIZED"
    NON_RANDOMIZED = "NON_RANDOMIZED"
    NA = "NA"


class InterventionModel(StrEnum):
    SINGLE_GROUP = "SINGLE_GROUP"
    PARALLEL = "PARALLEL"
    CROSSOVER = "CROSSOVER"
    FACTORIAL = "FACTORIAL"
    SEQUENTIAL = "SEQUENTIAL"


class Masking(StrEnum):
    NONE = "NONE"
    SINGLE = "SINGLE"
    DOUBLE = "DOUBLE"
    TRIPLE = "TRIPLE"
    QUADRUPLE = "QUADRUPLE"


class EnrollmentType(StrEnum):
    ACTUAL = "ACTUAL"
    ESTIMATED = "ESTIMATED"


class OverallStatus(StrEnum):
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING"
    COMPLETED = "COMPLETED"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION"
    NOT_YET_RECRUITING = "NOT_YET_RECRUITING"
    RECRUITING = "RECRUITING"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    WITHDRAWN = "WITHDRAWN"
    AVAILABLE = "AVAILABLE"
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING"
    WITHHELD = "WITHHELD"
    UNKNOWN = "UNKNOWN"


class EvidenceStatus(StrEnum):
    CURRENT = "CURRENT"
    RETRACTED = "RETRACTED"
    EXPRESSION_OF_CONCERN = "EXPRESSION_OF_CONCERN"
    CORRECTED = "CORRECTED"


class ArmType(StrEnum):
    EXPERIMENTAL = "EXPERIMENTAL"
    ACTIVE_COMPARATOR = "ACTIVE_COMPARATOR"
    PLACEBO_COMPARATOR = "PLACEBO_COMPARATOR"
    SHAM_COMPARATOR = "SHAM_COMPARATOR"
    NO_INTERVENTION = "NO_INTERVENTION"
    OTHER = "OTHER"


class Route(StrEnum):
    SUBCUTANEOUS = "SUBCUTANEOUS"
    INTRAVENOUS = "INTRAVENOUS"
    ORAL = "ORAL"
    INTRAMUSCULAR = "INTRAMUSCULAR"
    TOPICAL = "TOPICAL"
    INHALED = "INHALED"
    INTRAVITREAL = "INTRAVITREAL"
    INTRANASAL = "INTRANASAL"
    INTRATHECAL = "INTRATHECAL"
    INTRAARTICULAR = "INTRAARTICULAR"
    INTRADERMAL = "INTRADERMAL"
    TRANSDERMAL = "TRANSDERMAL"
    SUBLINGUAL = "SUBLINGUAL"
    RECTAL = "RECTAL"
    OPHTHALMIC = "OPHTHALMIC"


class OutcomeType(StrEnum):
    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"
    OTHER_PRE_SPECIFIED = "OTHER_PRE_SPECIFIED"
    POST_HOC = "POST_HOC"
    ADVERSE_EVENT = "ADVERSE_EVENT"


class Statistic(StrEnum):
    COUNT = "COUNT"
    PERCENT = "PERCENT"
    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    LEAST_SQUARES_MEAN = "LEAST_SQUARES_MEAN"
    GEOMETRIC_MEAN = "GEOMETRIC_MEAN"
    GEOMETRIC_LEAST_SQUARES_MEAN = "GEOMETRIC_LEAST_SQUARES_MEAN"
    LOG_MEAN = "LOG_MEAN"
    RATE = "RATE"
    NUMBER = "NUMBER"


class DispersionType(StrEnum):
    SD = "SD"
    SE = "SE"
    IQR = "IQR"
    RANGE = "RANGE"
    CI = "CI"
    GEOMETRIC_COEFFICIENT = "GEOMETRIC_COEFFICIENT"


class Effect(StrEnum):
    """What an estimate is of. A logarithm of a ratio is named from the end: it is no ratio, and 0 is no effect."""

    HAZARD_RATIO = "HAZARD_RATIO"
    RISK_RATIO = "RISK_RATIO"
    ODDS_RATIO = "ODDS_RATIO"
    RATE_RATIO = "RATE_RATIO"
    GEOMETRIC_MEAN_RATIO = "GEOMETRIC_MEAN_RATIO"
    RISK_DIFFERENCE = "RISK_DIFFERENCE"
    RATE_DIFFERENCE = "RATE_DIFFERENCE"
    MEAN_DIFFERENCE = "MEAN_DIFFERENCE"
    MEDIAN_DIFFERENCE = "MEDIAN_DIFFERENCE"
    LS_MEAN_DIFFERENCE = "LS_MEAN_DIFFERENCE"
    HAZARD_RATIO_LOG = "HAZARD_RATIO_LOG"
    RISK_RATIO_LOG = "RISK_RATIO_LOG"
    ODDS_RATIO_LOG = "ODDS_RATIO_LOG"
    SLOPE = "SLOPE"
    P_VALUE_ONLY = "P_VALUE_ONLY"


class PModifier(StrEnum):
    EQUAL = "="
    LESS = "<"
    GREATER = ">"


class IntervalSides(StrEnum):
    """Whether a confidence interval is bounded on one side or on two."""

    ONE_SIDED = "ONE_SIDED"
    TWO_SIDED = "TWO_SIDED"


class NonInferiorityType(StrEnum):
    """The kind of hypothesis that an analysis tested; the last four are words of older records."""

    SUPERIORITY = "SUPERIORITY"
    NON_INFERIORITY = "NON_INFERIORITY"
    EQUIVALENCE = "EQUIVALENCE"
    OTHER = "OTHER"
    NON_INFERIORITY_OR_EQUIVALENCE = "NON_INFERIORITY_OR_EQUIVALENCE"
    SUPERIORITY_OR_OTHER = "SUPERIORITY_OR_OTHER"
    NON_INFERIORITY_OR_EQUIVALENCE_LEGACY = "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY"
    SUPERIORITY_OR_OTHER_LEGACY = "SUPERIORITY_OR_OTHER_LEGACY"


class DocumentKind(StrEnum):
    REGISTRY = "registry"
    ABSTRACT = "abstract"
    FULLTEXT = "fulltext"
    PREPRINT = "preprint"
    NEWS = "news"
    PORTAL = "portal"
    NOTICE = "notice"


class Relation(StrEnum):
    """How one document stands to another, read from the left: this one is the erratum for that one."""

    DUPLICATE_OF = "DUPLICATE_OF"
    TRANSLATION_OF = "TRANSLATION_OF"
    PREPRINT_OF = "PREPRINT_OF"
    ERRATUM_FOR = "ERRATUM_FOR"
    RETRACTION_OF = "RETRACTION_OF"
    CONCERN_ABOUT = "CONCERN_ABOUT"
    COMMENT_ON = "COMMENT_ON"
    PROTOCOL_OF = "PROTOCOL_OF"
    CONFERENCE_ABSTRACT_OF = "CONFERENCE_ABSTRACT_OF"
    OTHER_PART_OF = "OTHER_PART_OF"
    CITES = "CITES"


class TrialRole(StrEnum):
    """What a document is to a trial."""

    REGISTRATION = "REGISTRATION"
    PROTOCOL = "PROTOCOL"
    PRIMARY_RESULTS = "PRIMARY_RESULTS"
    SECONDARY_RESULTS = "SECONDARY_RESULTS"
    NEWS = "NEWS"
    REVIEW_MENTION = "REVIEW_MENTION"


class Severity(StrEnum):
    """What a failing check does: a note, a warning, rows set aside, or no publishing."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"
    BLOCK = "block"


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
