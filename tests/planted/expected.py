"""Which check must find which fault, and where: by the ideas of what can be wrong with a trial in a warehouse."""

from dataclasses import dataclass

ANY = "*"
"""Any row of the trial, or any column."""

Place = tuple[str, str, str | None]
"""A check, what of the fault it names (a table whose row was spoilt, or 'trial'), and the column."""


@dataclass(frozen=True)
class Caught:
    """What must fail, and checks that may fail besides, as it happens with the numbers of the trial."""

    by: tuple[Place, ...]
    also: tuple[str, ...] = ()


def by(check_id: str, where: str, column: str | None, also: str = "") -> Caught:
    """One check finds it; `also` names those that the same fault may break."""
    return Caught(((check_id, where, column),), tuple(also.split()))


M, A = "outcome_measurements", "outcome_analyses"
OF_ANY_MISREADING = "evidence/quote_holds_number"
"""A number that was misread is not in its quote, whatever else is wrong with it."""

LOST = f"arms/lost_since_last outcomes/lost_since_last {M}/lost_since_last {A}/lost_since_last"
FEWER = "trials/lost_with_documents"
"""What a trial has fewer of since the last release: of the same documents, or of other ones."""


KEYS_AND_REFERENCES = {
    "one id was given to two trials": by("trials/key_is_unique", "trials", "trial_id"),
    "one id was given to two arms": by("arms/key_is_unique", "arms", "arm_id"),
    "one number was written twice": by(f"{M}/key_is_unique", M, "measurement_id"),
    "one comparison was written twice": by(f"{A}/key_is_unique", A, "analysis_id"),
    "one document was written twice": by("documents/key_is_unique", "documents", "document_id"),
    "a registration is of a trial that is not there": by(
        "trial_registrations/references_exist", "trial_registrations", "trial_id"
    ),
    "a redirect leads to a trial that is not there": by(
        "trial_redirects/references_exist", "trial_redirects", "trial_id"
    ),
    "a link is to a document that is not there": by(
        "trial_documents/references_exist", "trial_documents", "document_id"
    ),
    "a conflict is with a document that is not there": by(
        "conflicts/references_exist", "conflicts", "other_document_id"
    ),
    "an arm belongs to a trial that is not there": by("arms/references_exist", "arms", "trial_id", LOST),
    "an intervention belongs to an arm that is not there": by(
        "arm_interventions/references_exist", "arm_interventions", "arm_id"
    ),
    "an outcome belongs to a trial that is not there": by("outcomes/references_exist", "outcomes", "trial_id", LOST),
    "a number is of an arm that is not there": by(f"{M}/references_exist", M, "arm_id"),
    "a number is of an outcome that is not there": by(f"{M}/references_exist", M, "outcome_id", LOST),
    "a comparison is with an arm that is not there": by(f"{A}/references_exist", A, "comparator_arm_id"),
    "a comparison is of an outcome that is not there": by(f"{A}/references_exist", A, "outcome_id", LOST),
    "the keys of a trial were lost": by("trial_keys/names_each_trial", "trial", None),
    "a trial was linked to no document": by("trials/has_document", "trial", None, "documents/has_trial_or_problem"),
}

ENUMERATIONS = {
    "a phase was kept in the words of the paper": by("trials/words_are_known", "trials", "phase"),
    "the kind of an arm is no word of the registries": by("arms/words_are_known", "arms", "arm_type"),
    "a route was kept as it was written": by("arm_interventions/words_are_known", "arm_interventions", "route"),
    "a statistic is no word of the registries": by(f"{M}/words_are_known", M, "statistic"),
    "an effect is no word of the registries": by(f"{A}/words_are_known", A, "effect"),
    "the place of an outcome is no word": by("outcomes/words_are_known", "outcomes", "outcome_type"),
    "a notice stands in a relation that is no word": by(
        "document_relations/words_are_known", "document_relations", "relation"
    ),
    "a kind of document is not known": by("documents/words_are_known", "documents", "kind"),
}

REQUIRED_PARTS = {
    "an arm lost its name": by("arms/has_label", "arms", "label"),
    "the unit of a dose was lost": by("arm_interventions/has_parts", "arm_interventions", "dose_unit"),
    "an intervention lost its name": by("arm_interventions/has_parts", "arm_interventions", "intervention_name"),
    "nothing names the trial any more": by("trials/has_name", "trials", "title"),
    "an outcome lost its measure": by("outcomes/has_measure", "outcomes", "measure"),
    "nobody knows what the spread is": by(f"{M}/has_parts", "trial", "dispersion_type"),
    "the words lower than were lost": by(f"{A}/has_parts", A, "p_modifier"),
    "nobody knows what the estimate is of": by(f"{A}/has_parts", A, "effect"),
    "a comparison lost its numbers": by(f"{A}/says_something", A, None),
    "a document led to nothing and nobody says why": by("documents/has_trial_or_problem", "documents", "problem"),
    "two arms were taken for one": by("trials/has_two_arms", "trial", None, LOST),
}

RANGES = {
    "a dash before the enrollment was read as a minus": by(
        "trials/ranges", "trials", "enrollment", "arms/sum_is_enrollment"
    ),
    "a dash before the number of sites was read as a minus": by("trials/ranges", "trials", "site_count"),
    "those analysed and those randomized changed places": by(
        "arms/ranges", "arms", "n_analyzed", "arms/sum_is_enrollment trials/allocation_ratio_fits_arms"
    ),
    "a decimal comma was lost": by(f"{M}/ranges", M, "value", f"{M}/count_fits_percent {M}/value_in_spread"),
    "a count was read with the dash before it": by(f"{M}/ranges", M, "value"),
    "the plus minus sign was read as a minus": by(f"{M}/ranges", M, "dispersion_value"),
    "the quartiles changed places": by(f"{M}/ranges", M, "dispersion_low", f"{M}/value_in_spread"),
    "the dash between two limits was read as a minus": by(f"{A}/ranges", A, "ci_low", f"{A}/estimate_in_interval"),
    "the interval stands upside down": by(f"{A}/ranges", A, "ci_low", f"{A}/estimate_in_interval"),
    "a p value lost its decimal mark": by(f"{A}/ranges", A, "p_value"),
    "the level of an interval was read as a share of one": by(f"{A}/ranges", A, "ci_pct"),
    "the comma of a thousand was read as a decimal mark": by(f"{M}/count_is_whole", M, "value", f"{A}/p_fits_counts"),
    "the level of an interval was read in thousandths": by(f"{A}/ranges", A, "ci_pct"),
}

DATES = {
    "the start and the completion changed places": by("trials/dates_in_order", "trials", "completion_date"),
    "the year of the start was misread": by("trials/dates_in_order", "trials", "completion_date"),
    "the end of enrollment is that of an earlier trial": by("trials/dates_in_order", "trials", "enrollment_end_date"),
    "a document is dated seventy years ahead": by("documents/published_before_fetched", "documents", "published"),
}

SUM = ("arms/sum_is_enrollment", "trial", "n_randomized")
RATIO = "trials/allocation_ratio_fits_arms"
PARTS = "trials/allocation_ratio_has_parts"

ARMS_AND_ENROLLMENT = {
    "the size of an arm was misread by a digit": by(*SUM, RATIO),
    "the size of an arm is that of the arm beside it": by(*SUM, RATIO),
    "those screened were taken for those enrolled": by(*SUM),
    "a thousands comma was read as the end of the number": by(*SUM),
    "an arm was missed": by(*SUM, f"{LOST} {PARTS}"),
    "an arm of one factor was misread": by(*SUM),
    "the arms of two factors were taken for those of one": by(*SUM),
}

ALLOCATION = {
    "the allocation ratio is that of another trial": by(RATIO, "trials", "allocation_ratio"),
    "the allocation ratio is that of a trial with more arms": by(PARTS, "trials", "allocation_ratio"),
    "the sizes of the arms are those of another table": by(RATIO, "trial", "allocation_ratio"),
}

GRIM = (f"{M}/percent_fits_n", M, "value")
PAIR = f"{M}/count_fits_percent"
OF_PERCENTAGES = f"{M}/percent_fits_n {M}/value_in_spread {A}/p_fits_counts {A}/effect_fits_arms"

PERCENTAGES = {
    "the last digit of a percentage of few participants was misread": by(*GRIM, f"{A}/p_fits_counts"),
    "a percentage is of those who finished and the n of those who began": by(*GRIM, f"{A}/p_fits_counts"),
    "a digit of a percentage was misread beside its count": by(PAIR, M, "value", OF_PERCENTAGES),
    "a percentage is that of the other arm": by(PAIR, M, "value", OF_PERCENTAGES),
    "a percentage was read as a share of one": by(PAIR, M, "value", OF_PERCENTAGES),
    "the digits of a count changed places": by(PAIR, "percent", "value", f"{A}/p_fits_counts"),
    "a digit of a count was read twice": by(f"{M}/count_fits_n", M, "value", PAIR),
    "a digit of the n was lost": by(f"{M}/count_fits_n", M, "value", PAIR),
}

SPREADS = {
    "a standard deviation lost its decimal mark": by(f"{M}/dispersion_is_possible", M, "dispersion_value"),
    "a standard deviation was taken for a standard error": by(f"{M}/dispersion_is_possible", M, "dispersion_value"),
    "a share of days has the spread of something else": by(f"{M}/dispersion_is_possible", M, "dispersion_value"),
    "the median is that of another row of the table": by(f"{M}/value_in_spread", M, "value", f"{A}/effect_fits_arms"),
    "a limit of an interval lost its decimal mark": by(f"{M}/value_in_spread", M, "value"),
    "a range is that of another row": by(f"{M}/value_in_spread", M, "value"),
}

P_OF_INTERVAL = f"{A}/interval_fits_p"
MIDDLE = f"{A}/estimate_in_middle"

INTERVALS = {
    "a p value lost its zeros": by(P_OF_INTERVAL, A, "p_value"),
    "a p value is that of another outcome": by(P_OF_INTERVAL, A, "p_value"),
    "less than was read as more than": by(P_OF_INTERVAL, A, "p_value"),
    "the sign of an estimate was lost": by(f"{A}/estimate_in_interval", A, "estimate", f"{A}/effect_fits_arms"),
    "an estimate is that of another comparison": by(
        f"{A}/estimate_in_interval", A, "estimate", f"{A}/effect_fits_arms"
    ),
    "a digit of an estimate was misread": by(f"{A}/estimate_in_interval", A, "estimate", f"{A}/effect_fits_arms"),
    "the sign of the lower limit was lost": by(MIDDLE, A, "estimate", P_OF_INTERVAL),
    "the upper limit of a ratio has its decimal mark a place too far right": by(MIDDLE, A, "estimate", P_OF_INTERVAL),
    "the limits of a ratio were set beside the arithmetic middle": by(
        MIDDLE, A, "estimate", f"{P_OF_INTERVAL} {A}/effect_fits_arms"
    ),
}

DIRECTIONS = {
    "all signs of a difference were lost": by(f"{A}/effect_fits_arms", A, "estimate"),
    "the arms of a difference changed places": by(f"{A}/effect_fits_arms", A, "estimate"),
    "the arms of a ratio changed places": by(f"{A}/effect_fits_arms", A, "estimate"),
    "a ratio was turned round": by(f"{A}/effect_fits_arms", A, "estimate"),
}

P_OF_COUNTS = {
    "a p value is far from the counts beside it": by(f"{A}/p_fits_counts", A, "p_value"),
    "a significant p value lost its zeros beside the counts": by(f"{A}/p_fits_counts", A, "p_value"),
}

POPULATIONS = {
    "the primary result is of those who kept to the protocol": by(
        "outcomes/primary_is_per_protocol", "outcomes", "population"
    ),
}

LANGUAGES = {
    "a copy in another language has another schedule": by("conflicts/languages_disagree", ANY, "frequency"),
    "a copy in another language has another number of patients": by("conflicts/languages_disagree", ANY, "n"),
}

RETRACTIONS = {
    "the paper that the numbers are from was retracted": by("documents/retracted_in_use", "documents", None),
    "concern was expressed about the paper that the numbers are from": by(
        "documents/concern_in_use", "documents", None
    ),
    "the paper that the numbers are from was corrected": by("documents/corrected_in_use", "documents", None),
    "the record of the paper says that it was retracted": by("documents/retracted_in_use", "documents", None),
    "the record of the paper names the notice that retracts it": by("documents/retracted_in_use", "documents", None),
    "the record of the paper names the notice that expresses concern": by(
        "documents/concern_in_use", "documents", None
    ),
    "the record of the paper names its erratum": by("documents/corrected_in_use", "documents", None),
    "the record of the paper names what was published anew in its place": by(
        "documents/corrected_in_use", "documents", None
    ),
}

PARTICIPANTS = "conflicts/enrollment_differs conflicts/arm_size_differs"

REGISTRY_AGAINST_PAPER = {
    "the paper calls a secondary outcome its primary one": by("conflicts/outcome_switched", ANY, "outcome_type", FEWER),
    "the paper calls a secondary outcome at another time its primary one": Caught(
        (
            ("conflicts/outcome_switched", ANY, "outcome_type"),
            ("conflicts/time_frame_differs", ANY, "time_frame"),
        ),
        (FEWER,),
    ),
    "the paper sets the bar of its primary outcome higher": by(
        "conflicts/outcome_switched", ANY, "outcome_type", FEWER
    ),
    "the primary outcome of the paper was never registered": by(
        "conflicts/outcome_added", ANY, "outcome_type", f"conflicts/outcome_switched {FEWER}"
    ),
    "the registered primary outcome is not in the paper": by(
        "conflicts/outcome_missing", ANY, "outcome_type", f"conflicts/outcome_switched {FEWER}"
    ),
    "the paper tells its primary outcome at another time": by("conflicts/time_frame_differs", ANY, "time_frame", FEWER),
    "the paper counts those who were screened": by("conflicts/enrollment_differs", ANY, "enrollment"),
    "the enrollment in the paper was misread by a digit": by("conflicts/enrollment_differs", ANY, "enrollment"),
    "the paper gives an arm half of its participants": by("conflicts/arm_size_differs", ANY, "n_randomized"),
    "the paper leaves out an arm": by(
        "conflicts/number_of_arms_differs",
        ANY,
        "number_of_arms",
        f"{PARTICIPANTS} {FEWER} {PARTS}",
    ),
    "the quote of what the paper says otherwise was moved": by("conflicts/quote_is_text", ANY, "other_quote"),
}

QUOTES = {
    "a quote stands one character further on": by("evidence/quote_is_text", "evidence", ANY),
    "a quote was tidied": by("evidence/quote_is_text", "evidence", ANY),
    "a quote ends before it begins": by("evidence/quote_is_text", "evidence", ANY),
    "a quote is from a document that is not there": by(
        "evidence/references_exist", ANY, "document_id", "evidence/quote_is_text"
    ),
    "a number has the quote of another one": by("evidence/quote_holds_number", ANY, "value"),
    "the evidence of a number was lost": by(f"{M}/has_evidence", M, None),
    "the evidence of a comparison was lost": by(f"{A}/has_evidence", A, None),
    "evidence is left of a row that is gone": by("evidence/row_exists", "evidence", ANY),
    "the line ends of a text were doubled": by(
        "document_texts/length_is_span", "text", None, "evidence/quote_is_text conflicts/quote_is_text"
    ),
    "a reserved text was passed on": by("document_texts/reserved_is_quoted_only", "documents", None),
}

SINCE_THE_LAST_RELEASE = {
    "a trial is gone": by("trials/lost_since_last", "trial", None),
    "a trial came back under another id": by("trials/lost_since_last", "trial", None),
    "an arm with all it has is no longer read": by(
        "arms/lost_since_last", "trial", None, f"{LOST} arms/sum_is_enrollment trials/allocation_ratio_has_parts"
    ),
    "a number is no longer read": by(f"{M}/lost_since_last", "trial", None),
    "the comparisons of a trial are no longer read": by(f"{A}/lost_since_last", "trial", None),
    "an outcome is no longer read": by("outcomes/lost_since_last", "trial", None, LOST),
}

SOURCES = {
    "a source sends an element that nobody reads": by("candidates/unknown_field", "unknown", "quote"),
}

OF_TRIALS = {
    "keys and references": KEYS_AND_REFERENCES,
    "enumerations": ENUMERATIONS,
    "required parts": REQUIRED_PARTS,
    "ranges": RANGES,
    "dates in order": DATES,
    "sums of arms against enrollment": ARMS_AND_ENROLLMENT,
    "allocation ratio": ALLOCATION,
    "percentages and counts": PERCENTAGES,
    "spreads": SPREADS,
    "intervals, estimates and p-values": INTERVALS,
    "effect direction": DIRECTIONS,
    "p-values and counts": P_OF_COUNTS,
    "populations": POPULATIONS,
    "registry against paper": REGISTRY_AGAINST_PAPER,
    "languages": LANGUAGES,
    "retracted evidence": RETRACTIONS,
    "quotes": QUOTES,
    "the last release": SINCE_THE_LAST_RELEASE,
    "sources": SOURCES,
}

OF_BUILDS: tuple[dict[str, Caught], ...] = (
    {
        "sponsors are no longer read in every third record": by(
            "meta.releases/filled_as_before", "trials/sponsor", "sponsor"
        ),
        "doses are no longer read in every second arm": by(
            "meta.releases/filled_as_before",
            "arm_interventions/dose_value",
            "dose_value",
            "meta.releases/filled_as_before",
        ),
        "every phase is read as the fourth": by(
            "meta.releases/words_as_before", "trials/phase/PHASE4", "phase", "meta.releases/words_as_before"
        ),
        "secondary outcomes are read as others": by(
            "meta.releases/words_as_before",
            "outcomes/outcome_type/SECONDARY",
            "outcome_type",
            "meta.releases/words_as_before",
        ),
        "a batch of records vanished between asking and landing": by(
            "meta.accounting/adds_up", "ctgov/interleukin-inhibitors", "asked"
        ),
        "the papers of two trials have one doi": by("trial_documents/one_paper_two_trials", ANY, "document_id"),
        "records were received and never parsed": by(
            "meta.accounting/adds_up", "pubmed/interleukin-inhibitors", "parsed"
        ),
        "records are missing without a cause": by(
            "meta.accounting/has_causes", "europepmc/interleukin-inhibitors", "missing"
        ),
    },
    {
        "a folder of papers was taken away": by(
            "documents/lost_since_last", "europepmc", "document_id", f"{FEWER} meta.releases/filled_as_before"
        ),
        "the vocabulary lost half of its measures": by(
            "outcomes/vocabulary_coverage", ANY, "measure_norm", "meta.releases/filled_as_before"
        ),
        "the vocabulary lost half of its drugs": by(
            "arm_interventions/vocabulary_coverage", ANY, "intervention_norm", "meta.releases/filled_as_before"
        ),
        "a source names more records than it lists": by(
            "meta.accounting/is_complete", "ctgov/interleukin-inhibitors", "matched"
        ),
        "a source has been down for ten days": by(
            "meta.sources/is_fresh", "pubmed", "fetched_at", "meta.accounting/is_complete"
        ),
    },
    {
        "milligrams are read as micrograms": by(
            "meta.releases/numbers_as_before", "arm_interventions/dose_value/mg", "dose_value"
        ),
        "falls from baseline are read as rises": by(
            "meta.releases/numbers_as_before",
            "outcome_measurements/value/body weight, LEAST_SQUARES_MEAN, kg",
            "value",
            "meta.releases/numbers_as_before",
        ),
        "weeks are read as days": by("meta.releases/numbers_as_before", "outcomes/time_frame_days", "time_frame_days"),
        "the ids of numbers in some trials are made of something else": by(
            "meta.releases/ids_as_before", "outcome_measurements/measurement_id", "measurement_id"
        ),
    },
)
"""Faults of whole builds; those of one group are planted together."""
