"""Whose a registry id is that a text has: its own registration, or the number of a trial that it speaks of."""

import pytest

from tests.unit.resolution.conftest import make_document
from trialhouse.model.document import Document, Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.identifiers import find_registry_ids
from trialhouse.resolution.stated_ids import Standing, standings

NCT, OWN, EUDRACT = "NCT09990101", "ISRCTN09990102", "2019-003311-20"
TITLE = "Velimab for gout flares in Asia: a randomised trial"
BACKGROUND, METHODS, RESULTS, CONCLUSIONS = (
    Section.BACKGROUND,
    Section.METHODS,
    Section.RESULTS,
    Section.CONCLUSIONS,
)
OF_ANOTHER, BEFORE, PARENT, TOLD, ANALYSED, OF_ITS_OWN, STATED = Standing

Part = tuple[Section, str]


def abstract(*parts: Part, title: str = TITLE, kind: DocumentKind = DocumentKind.ABSTRACT, line: str = "") -> Document:
    """An abstract of these parts, and with a line of the record's own."""
    pieces = [(ZoneKind.TITLE, Section.UNASSIGNED, title), *((ZoneKind.BODY, part, words) for part, words in parts)]
    if line:
        pieces.append((ZoneKind.CITATION, Section.UNASSIGNED, line))
    text, zones = "", []
    for zone_kind, section, words in pieces:
        zones.append(Zone(kind=zone_kind, start=len(text), end=len(text) + len(words), section=section))
        text += words + "\n"
    first = {one.value: one for one in reversed(find_registry_ids(text))}
    facts = {
        "title": title,
        "zones": tuple(zones),
        "registry_ids": tuple(sorted(first.values(), key=lambda i: i.start)),
    }
    return make_document("a", kind, **facts).model_copy(update={"text": text})


def standing_of(*parts: Part, **more: str) -> Standing:
    return standings(abstract(*parts, **more))[NCT]


@pytest.mark.parametrize(
    "words",
    [
        f"In LUNV ({NCT}), velimab reduced gout flares.",
        f"In the global LUNV trial ({NCT}), velimab was superior to placebo.",
        f"The global DOCK trial ({NCT}) showed that velimab reduces gout flares.",
        f"LUNV (ClinicalTrials.gov number, {NCT}) demonstrated fewer flares with velimab.",
        f"Velimab beat placebo in {NCT}.",
        f"Velimab, which cut flares by half in LUNV (registered as {NCT}), has not been tested in Asia.",
        f"{NCT} found fewer flares with velimab than with placebo.",
    ],
)
def test_what_the_background_says_was_found_was_found_in_another_trial(words: str) -> None:
    methods = (METHODS, "We randomly assigned 300 adults to velimab or placebo.")
    assert standing_of((BACKGROUND, words), methods) is OF_ANOTHER
    for begins in (methods[1], "In a double-blind trial, 300 adults were randomly assigned to velimab or placebo."):
        unlabelled = (Section.UNASSIGNED, f"Gout is common. {words} {begins}")
        assert standing_of(unlabelled) is OF_ANOTHER


@pytest.mark.parametrize(
    "words",
    [
        f"These results agree with those of {NCT}.",
        f"Our findings are consistent with LUNV ({NCT}).",
        f"Our findings are consistent with the results of the LUNV trial ({NCT}).",
        f"The effect was similar to that seen in the phase 3 LUNV trial ({NCT}).",
        f"In contrast to LUNV ({NCT}), flares were as frequent as with placebo.",
        f"Unlike the LUNV trial ({NCT}), we found no effect.",
        f"Flares were fewer than reported in LUNV ({NCT}).",
        f"We confirm the findings of LUNV ({NCT}) in Asian patients.",
        f"This agrees with what the ALDER trial found ({NCT}).",
        f"Results were compared with those of the pivotal trial PORT ({NCT}).",
        f"Doses were the same as in LUNV ({NCT}).",
        f"Adults were randomly assigned as in LUNV ({NCT}).",
        f"Criteria of eligibility were adapted from the LUNV trial ({NCT}).",
        f"The outcomes followed those of LUNV ({NCT}).",
        f"We tested velimab in Asian adults because it had reduced flares in LUNV ({NCT}).",
        f"The sample size was calculated from the event rates of LUNV ({NCT}).",
        f"We compared adults who started velimab with adults who started colchicine, emulating the STAR trial ({NCT}).",
    ],
)
@pytest.mark.parametrize("section", [METHODS, CONCLUSIONS, Section.UNASSIGNED])
def test_what_findings_are_compared_with_is_another_trial(words: str, section: Section) -> None:
    assert standing_of((section, words)) is OF_ANOTHER


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (CONCLUSIONS, f"Velimab reduced flares. (Funded by Acme; LUNV ClinicalTrials.gov number, {NCT}.)"),
        (CONCLUSIONS, f"Velimab reduced flares. TRIAL REGISTRATION: ClinicalTrials.gov {NCT}."),
        (CONCLUSIONS, f"Velimab was well tolerated. {NCT}."),
        (CONCLUSIONS, f"Velimab was well tolerated. Clinicaltrials.gov: {NCT}."),
        (RESULTS, f"Safety was similar to placebo (ClinicalTrials.gov identifier {NCT})."),
        (
            RESULTS,
            f"Flares were as rare as with IFX, and safety was similar to that of IFX (ClinicalTrials.gov {NCT}).",
        ),
        (CONCLUSIONS, f"Safety was consistent with the known profile of velimab (ClinicalTrials.gov number, {NCT})."),
        (METHODS, f"This trial is registered with ClinicalTrials.gov, {NCT}, and is now closed to recruitment."),
        (METHODS, f"A parallel-group, dose-ranging trial in 8 countries (ClinicalTrials.gov, {NCT}; ongoing)"),
        (METHODS, f"Adults were treated ({NCT} and {OWN}; registered on 1 May 2020)."),
        (BACKGROUND, f"This trial was registered as {NCT}."),
    ],
)
def test_a_registration_is_stated_in_a_line_in_a_bracket_or_alone_at_the_end(section: Section, words: str) -> None:
    assert standing_of((section, words)) is STATED


def test_a_field_or_the_title_states_it_wherever_else_it_stands() -> None:
    told = (BACKGROUND, f"In LUNV ({NCT}), velimab reduced gout flares.")
    assert standing_of(told, line=f"ClinicalTrials.gov/{NCT}") is STATED
    assert standing_of(told, title=f"{TITLE} ({NCT})") is STATED
    assert standing_of(told, (CONCLUSIONS, f"TRIAL REGISTRATION: {NCT}.")) is STATED


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (METHODS, f"In this randomised, double-blind trial ({NCT}), adults were given velimab or placebo."),
        (METHODS, f"We randomly assigned 300 adults to velimab or placebo ({NCT})."),
        (METHODS, f"A randomised, double-blind, placebo-controlled study ({NCT}) was done at 12 sites."),
        (METHODS, f"In LUNV ({NCT}), 300 adults were randomly assigned to velimab or placebo."),
        (METHODS, f"LUNV ({NCT}) enrolled 300 adults."),
        (METHODS, f"We enrolled 300 adults in LUNV ({NCT})."),
        (BACKGROUND, f"We report the results of LUNV ({NCT})."),
        (BACKGROUND, f"This study (LUNV; {NCT}) tested velimab."),
        (BACKGROUND, f"Our phase 3 trial ({NCT}) showed that velimab reduces flares."),
        (METHODS, f"Adults were enrolled in accordance with the study protocol ({NCT})."),
        (METHODS, f"Adults were enrolled since 2019, and the trial ended early because of slow recruitment ({NCT})."),
        (CONCLUSIONS, f"Flares were less frequent than observed with placebo in this study ({NCT})."),
        (METHODS, f"Velimab was compared with placebo in a double-blind study ({NCT})."),
        (Section.UNASSIGNED, f"This multicentre phase III study ({NCT}) evaluated velimab."),
    ],
)
def test_a_sentence_on_this_trial_has_its_own_number(section: Section, words: str) -> None:
    assert standing_of((section, words), (CONCLUSIONS, "Velimab reduced flares.")) is OF_ITS_OWN


DESIGNS = [
    f"LUNV ({NCT}) was a 52-week, double-blind trial at 88 sites.",
    f"LUNV ({NCT}) was a double-blind, placebo-controlled, phase 3 trial.",
    f"The phase 3 LUNV trial (ClinicalTrials.gov {NCT}) is an ongoing, open-label study.",
    f"METHODS: LUNV ({NCT}) was a double-blind study.",
    f"LUNV ({NCT}) was a phase III study that compared velimab with placebo.",
]


@pytest.mark.parametrize("words", DESIGNS)
def test_the_trial_whose_design_is_told_is_the_one_that_is_reported(words: str) -> None:
    told = (METHODS, words), (CONCLUSIONS, f"The EudraCT number is {EUDRACT}.")
    assert standings(abstract(*told, title="Velimab for gout")) == {NCT: OF_ITS_OWN, EUDRACT: STATED}
    undivided = f"Gout is common. {words} 150 adults were given velimab or placebo. The EudraCT number was {EUDRACT}."
    assert standings(abstract((Section.UNASSIGNED, undivided)))[NCT] is OF_ITS_OWN


@pytest.mark.parametrize(
    "words",
    [
        f"LUNV ({NCT}) was an earlier double-blind trial of velimab.",
        f"The previous LUNV trial ({NCT}) was a double-blind trial of velimab.",
        f"LUNV ({NCT}) was a phase 2 trial whose dose we took.",
        f"The dose was that of LUNV ({NCT}), which was a double-blind phase 2 trial.",
    ],
)
def test_the_design_of_a_trial_before_makes_its_number_no_own_one(words: str) -> None:
    assert standing_of((METHODS, words)) < OF_ITS_OWN


@pytest.mark.parametrize("words", DESIGNS)
def test_the_design_of_another_trial_is_told_before_ones_own_and_in_extensions(words: str) -> None:
    assert standing_of((BACKGROUND, words), (METHODS, "We did a trial in Asia.")) < TOLD
    undivided = f"Gout is common. {words} In this trial, 300 adults in Asia were given velimab."
    assert standing_of((Section.UNASSIGNED, undivided)) < TOLD
    assert standing_of((METHODS, words), title="Long-term velimab in gout") is PARENT


@pytest.mark.parametrize(
    "title",
    [
        "Velimab for gout flares (LUNV): a randomised trial",
        "Velimab for gout flares: the LUNV trial",
        "Patient-reported outcomes with velimab: a secondary analysis of a randomised trial",
        "Long-term safety of velimab in gout",
    ],
)
def test_the_background_may_tell_of_the_trial_that_the_title_is_on(title: str) -> None:
    told = (BACKGROUND, f"In LUNV ({NCT}), velimab reduced gout flares."), (METHODS, "We analysed pain.")
    assert standing_of(*told, title=title) in (PARENT, OF_ITS_OWN)


@pytest.mark.parametrize("title", ["Velimab for gout flares (LUNV-2): a randomised trial", "Velimab after LUNVIA"])
def test_a_longer_name_is_another_trials(title: str) -> None:
    assert standing_of((BACKGROUND, f"In LUNV ({NCT}), velimab reduced gout flares."), title=title) is OF_ANOTHER


def test_a_number_in_the_background_of_which_nothing_is_said_stands_there() -> None:
    assert standing_of((BACKGROUND, f"Velimab was tested in LUNV ({NCT}).")) is BEFORE
    assert standing_of((METHODS, f"Saxagliptin was studied in Asia ({NCT}).")) is TOLD
    assert standing_of((BACKGROUND, f"Our trial takes up the design of LUNV ({NCT}).")) is BEFORE
    assert standing_of((METHODS, f"This trial took up the design of LUNV ({NCT}).")) is TOLD
    assert standing_of((CONCLUSIONS, f"In LUNV ({NCT}), half as many flares occurred.")) is BEFORE
    assert standing_of((CONCLUSIONS, f"Flares were fewer with velimab ({NCT}).")) is TOLD


@pytest.mark.parametrize("section", [BACKGROUND, METHODS])
def test_an_extension_tells_of_the_trial_that_it_goes_on_from(section: Section) -> None:
    assert standing_of((section, f"Patients who completed LUNV ({NCT}) could enter an open-label phase.")) is PARENT
    assert standing_of((section, f"Adults who had been treated in LUNV ({NCT}) were asked to enter.")) is PARENT
    assert standing_of((section, f"Patients of the parent phase 3 study ({NCT}) received velimab.")) is PARENT


def test_numbers_of_one_statement_stand_alike() -> None:
    both = standings(abstract((METHODS, f"Velimab was studied ({NCT}; ISRCTN number {OWN}).")))
    assert both == {NCT: STATED, OWN: STATED}
    apart = standings(
        abstract(
            (BACKGROUND, f"In LUNV ({NCT}), velimab reduced flares."), (CONCLUSIONS, f"TRIAL REGISTRATION: {OWN}.")
        )
    )
    assert apart == {NCT: OF_ANOTHER, OWN: STATED}


def test_what_news_and_registry_records_say_of_trials_is_not_asked() -> None:
    told = f"In the LUNV trial ({NCT}), velimab reduced gout flares, researchers report. We need more, they said."
    for kind, how in ((DocumentKind.NEWS, TOLD), (DocumentKind.REGISTRY, STATED)):
        assert standings(abstract((BACKGROUND, told), kind=kind)) == {NCT: how}


def test_a_press_release_that_begins_with_the_finding_tells_of_its_own_trial() -> None:
    told = (
        f"Acme today announced that velimab met its primary endpoint in the phase 3 MESA trial ({NCT}). In the trial, "
    )
    assert standing_of((Section.UNASSIGNED, told + "612 adults were randomly assigned to velimab or placebo.")) >= TOLD
