"""Texts that report no one trial: nothing of them is bound, their numbers are candidates with the reason."""

import pytest

from tests.unit.extraction.test_extract import extracted

ROWS = "Relapse occurred in 12% of the dexamethasone group and 31% of the placebo group (P = 0.002)."


NO_TRIALS = {
    "meta_analysis": (
        "Dexamethasone against relapse: a systematic review and meta-analysis",
        "Searched in MEDLINE, RESULTS: 6 trials with 660 patients were included. ",
    ),
    "pooled_analysis": (
        "Pooled analysis of three phase 3 trials of dexamethasone in adults",
        "In total, 660 patients were randomised to dexamethasone or placebo. ",
    ),
    "model": (
        "Cost-effectiveness of dexamethasone: a Markov model",
        "A hypothetical cohort of 10,000 patients was followed. ",
    ),
    "survey": (
        "Relapse in daily practice: a national survey of physicians",
        "We sent a questionnaire to 1,200 physicians and 412 answered. ",
    ),
    "guideline": (
        "Guideline for the management of relapse",
        "The committee of 24 members recommends dexamethasone. ",
    ),
    "preclinical": (
        "Dexamethasone prevents relapse in diabetic rats",
        "Forty male rats were randomly divided into dexamethasone and placebo groups. ",
    ),
    "case_report": ("Relapse after dexamethasone: a case report", "A man of 71 years was given dexamethasone. "),
    "several_trials": (
        "Dexamethasone against relapse: results of two randomised trials",
        "660 patients were randomised to dexamethasone or placebo. ",
    ),
}


@pytest.mark.parametrize("reason", NO_TRIALS)
def test_no_trial_has_neither_arms_nor_rows(reason: str) -> None:
    title, methods = NO_TRIALS[reason]
    record = extracted(f"{title}\n{methods}{ROWS}\n")
    assert record.outcomes == ()
    assert record.arms == ()
    assert record.trial is None or record.trial.enrollment is None
    refused = {(one.quote, one.reason) for one in record.candidates}
    assert {("12%", reason), ("31%", reason), ("0.002", reason)} <= refused


ITSELF = [
    ("opinion", "Editorial: steroids for everyone?", "In the trials, relapse was rarer. "),
    ("opinion", "Steroids for all: a commentary", "Dexamethasone is cheap. "),
    ("opinion", "Steroids for all", "In this viewpoint, we ask who should be given dexamethasone. "),
    ("review", "Steroids: what the clinician needs to know", "This narrative review summarises their safety. "),
    ("review", "Steroids in practice", "In this short review, we look at dexamethasone. "),
]


@pytest.mark.parametrize(("reason", "title", "lead"), ITSELF)
def test_a_text_that_calls_itself_a_review_or_an_opinion_is_no_trial(reason: str, title: str, lead: str) -> None:
    record = extracted(f"{title}\n{lead}{ROWS}\n")
    assert (record.outcomes, record.arms) == ((), ())
    assert ("12%", reason) in {(one.quote, one.reason) for one in record.candidates}


OF_A_TRIAL = [
    ("Perspectives of patients on dexamethasone", "660 patients were randomised to dexamethasone or placebo. "),
    ("Steroids", "660 patients were randomised to dexamethasone or placebo. This chart review looked at safety. "),
    ("Steroids", "A review board oversaw it. 660 patients were randomised to dexamethasone or placebo. "),
]


@pytest.mark.parametrize(("title", "methods"), OF_A_TRIAL)
def test_a_trial_that_speaks_of_reviews_or_views_is_read(title: str, methods: str) -> None:
    assert len(extracted(f"{title}\n{methods}{ROWS}\n").arms) == 2


TRIALS = {
    "beside a trial": "Cost-effectiveness of dexamethasone alongside a randomised trial: a Markov model",
    "a trial of a guideline": "Guideline for the treatment of relapse with dexamethasone: a randomised trial",
    "a survey of those assigned": "Dexamethasone against relapse: a trial with a survey of patients",
    "an animal in a name": "Dexamethasone against relapse in a phase 2 trial",
}


@pytest.mark.parametrize("title", TRIALS.values(), ids=TRIALS)
def test_a_trial_is_read(title: str) -> None:
    record = extracted(f"{title}\nWe randomly assigned 120 adults to dexamethasone or placebo. {ROWS}\n")
    assert [len(one.measurements) for one in record.outcomes] == [2]


def test_what_was_known_before_does_not_hide_a_trial() -> None:
    record = extracted(
        "Dexamethasone against relapse\nAn analysis of 12 trials was not clear. We randomly assigned 120 adults to"
        f" dexamethasone or placebo. {ROWS}\n"
    )
    assert [len(one.measurements) for one in record.outcomes] == [2]


def test_news_of_an_analysis_of_trials_binds_nothing() -> None:
    record = extracted(
        "Pill cuts relapse\nAn analysis that combined 28 trials with 186,854 people was published on Friday. Relapse"
        " occurred in 12% of people on dexamethasone and 31% of people on placebo.\n"
    )
    assert record.outcomes == ()
    assert ("12%", "pooled_analysis") in {(one.quote, one.reason) for one in record.candidates}


def test_a_protocol_tells_arms_and_no_results() -> None:
    record = extracted(
        "Dexamethasone against relapse: study protocol for a randomised trial\n"
        f"120 adults are randomly assigned to dexamethasone 6 mg or placebo. {ROWS}\n"
    )
    assert len(record.arms) == 2
    assert record.outcomes == ()
    assert ("12%", "protocol") in {(one.quote, one.reason) for one in record.candidates}


def test_what_was_only_observed_is_compared_in_no_trial() -> None:
    record = extracted(
        "Use of pills and dementia: a population-based cohort study\n"
        "We followed 45,210 residents. Dementia occurred in 6.1% of users and 7.9% of non-users (HR 0.81, 95% CI 0.76"
        " to 0.87).\n"
    )
    assert record.outcomes == ()
    assert ("0.81", "observational") in {(one.quote, one.reason) for one in record.candidates}


@pytest.mark.parametrize(
    "text",
    [
        "In EVADE, relapse was seen in 12% with dexamethasone and 31% with placebo. In EVADE+, it was seen in 14% and"
        " 30%, respectively. EVADE and EVADE+ together included 660 adults.",
        "In the D-REL trial, relapse was seen in 12% with dexamethasone and 31% with placebo. In the SUNSET trial,"
        " relapse was seen in 14% with dexamethasone and 30% with placebo.",
    ],
)
def test_values_of_trials_by_their_names_are_of_none(text: str) -> None:
    record = extracted(f"Dexamethasone or placebo against relapse\n{text}\n")
    assert record.outcomes == ()
    assert {"12%", "14%"} <= {one.quote for one in record.candidates}


def rows(text: str) -> int:
    """How many values and comparisons are bound in a text."""
    return sum(len(one.measurements) + len(one.analyses) for one in extracted(text).outcomes)


WITHOUT_CUES = {
    "searched and included": (
        "Dexamethasone against relapse: what do the trials say?\nWe searched MEDLINE and Embase to August 2023 for"
        " randomised trials. Fourteen trials with 14,338 patients were included.",
        "meta_analysis",
    ),
    "met the criteria": (
        "Dexamethasone after surgery\nNine RCTs (n = 21,800) met the inclusion criteria. Heterogeneity was low"
        " (I2 = 22%).",
        "meta_analysis",
    ),
    "assigned in the trials reviewed": (
        "Dexamethasone in old age\nRandomised trials of dexamethasone were eligible. Twenty-three trials, in which"
        " 32,410 participants were randomised, were included. The pooled RR was 0.98 (I² = 12%).",
        "meta_analysis",
    ),
    "a Cochrane abstract": (
        "Dexamethasone for sore throat\nData collection and analysis: Two authors independently assessed trials and"
        " extracted data. Main results: We included nine trials with 1319 participants.",
        "meta_analysis",
    ),
    "a network": ("Network comparison of steroids\nData from 71 randomised trials were compared.", "meta_analysis"),
    "a synthesis": ("Dexamethasone: an evidence synthesis\nAdults randomised to it were better.", "meta_analysis"),
    "an overview": ("A narrative overview of steroids\nTrials are told one by one.", "review"),
    "an opinion": ("Expert opinion: is dexamethasone needed?\nIn my view it is.", "opinion"),
    "news of a review": (
        "Steroid safer than thought, big review finds\nThe review brought together 19 studies with 88,000 patients.",
        "meta_analysis",
    ),
    "costs": (
        "Is dexamethasone good value?\nCosts and QALYs were estimated over a lifetime horizon for the payer.",
        "model",
    ),
    "charts": (
        "Dexamethasone in our unit\nWe reviewed 640 patients: 320 received dexamethasone and 320 placebo.",
        "observational",
    ),
    "records": (
        "Steroids and relapse\nPatient records at three hospitals were reviewed. Of 400 patients, 200 received"
        " dexamethasone and 200 placebo.",
        "observational",
    ),
    "claims": (
        "Steroids and relapse\nUsing data from the national claims database, we compared new users.",
        "observational",
    ),
    "summary estimates": (
        "Steroids and relapse\nA total of 17 randomized controlled trials comprising 2,310 patients fulfilled the"
        " criteria. Publication bias was not seen.",
        "meta_analysis",
    ),
    "news of records": (
        "Pill linked to fewer relapses\nThe finding is of an analysis of health records of 41,000 adults.",
        "observational",
    ),
    "news of a registry": (
        "Pill linked to fewer relapses\nResearchers looked at the Danish registry. People were not assigned to it.",
        "observational",
    ),
}


@pytest.mark.parametrize(("text", "reason"), WITHOUT_CUES.values(), ids=WITHOUT_CUES)
def test_what_the_methods_say_is_no_trial_whatever_the_title_says(text: str, reason: str) -> None:
    record = extracted(f"{text} {ROWS}\n")
    assert (record.outcomes, record.arms) == ((), ())
    assert {("12%", reason), ("31%", reason)} <= {(one.quote, one.reason) for one in record.candidates}


ASSIGNED = "We randomly assigned 120 adults to dexamethasone or placebo."
TRIALS_THAT_SPEAK_OF_OTHERS = {
    "cites a review": f"A systematic review of 12 trials found low-certainty evidence (I2 = 78%). {ASSIGNED}",
    "cites what was searched": "A Cochrane review that searched MEDLINE included 28 trials and pooled estimates"
    " favoured it. In this double-blind trial, 120 adults took dexamethasone or placebo.",
    "adds to a meta-analysis": f"{ASSIGNED} With an updated meta-analysis of nine, the pooled RR was 0.7 (I2 = 31%).",
    "searched for deaths": f"{ASSIGNED} National databases were searched for deaths.",
    "kept a database": f"{ASSIGNED} Data were stored in an electronic database and records were reviewed.",
    "sent a survey": f"{ASSIGNED} Outcomes were asked for in an online survey, and claims databases were used.",
    "in a registry": f"{ASSIGNED} All were in the national registry of relapses.",
    "registered late": f"{ASSIGNED} The trial was retrospectively registered.",
    "with costs": f"{ASSIGNED} QALYs over a horizon of 1 year and the ICER were computed.",
    "a crossover trial": "Patients took dexamethasone and placebo in random order. The effect was pooled over periods"
    " with a random-effects model; heterogeneity was low.",
    "recruited by a survey": "Adults found by an survey of 900 nurses were assigned to dexamethasone or placebo.",
    "begun and ended": f"The first patient was enrolled in May. {ASSIGNED} All patients will receive the drug.",
    "news": "The trial was double-blind. Results agree with a review of five studies and a national survey.",
}


@pytest.mark.parametrize("text", TRIALS_THAT_SPEAK_OF_OTHERS.values(), ids=TRIALS_THAT_SPEAK_OF_OTHERS)
def test_a_trial_that_speaks_of_reviews_and_records_is_read(text: str) -> None:
    assert rows(f"Dexamethasone against relapse\n{text} {ROWS}\n") == 3


def test_one_sign_of_a_review_is_not_enough() -> None:
    text = "Dexamethasone against relapse\nPatients got dexamethasone or placebo. Heterogeneity was seen (I2 = 31%)."
    assert rows(f"{text} {ROWS}\n") == 3


@pytest.mark.parametrize("title", ["Medication review of older adults", "Peer review of prescriptions: a trial"])
def test_a_review_of_patients_is_no_review_of_trials(title: str) -> None:
    assert rows(f"{title}\n{ASSIGNED} {ROWS}\n") == 3


COMES = "The phase 3 trial will randomise 620 adults to dexamethasone 6 mg or placebo."
EARLIER = "In phase 2, relapse occurred in 12% with dexamethasone and 31% with placebo."


def test_results_of_phase_2_are_none_of_the_trial_to_come() -> None:
    record = extracted(f"Norvexa starts phase 3 trial of dexamethasone\n{COMES} {EARLIER}\n")
    assert record.outcomes == ()
    assert ("12%", "protocol") in {(one.quote, one.reason) for one in record.candidates}


def test_a_trial_to_come_does_not_hide_what_is_reported() -> None:
    title = "Norvexa reports phase 2 results and starts phase 3 trial"
    assert rows(f"{title}\n{ASSIGNED} {ROWS} The next will enrol 600 patients.\n") == 3
