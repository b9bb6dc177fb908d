"""Texts that report no one trial: reviews and pooled analyses, models, surveys, guidelines, animals, protocols.

Their numbers are of no arm of a trial, however well the sentences fit. The title decides, and the words in which such a
text tells what was done; where people were assigned in it, it is a trial after all. All its numbers become candidates
with the reason, so that nothing is lost.
"""

import re

from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import BINDABLE
from trialhouse.extraction.people import HEAD_COUNT, PEOPLE
from trialhouse.extraction.refusals import is_elsewhere, reason_to_refuse
from trialhouse.extraction.study_signs import is_computed, is_of_reviewed, puts_trials_together
from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.numbers import SPELLED

PROTOCOL = "protocol"
"""The one kind that tells of a trial: its design and arms are read, results there are none."""
OBSERVED = "observational"
"""The reason for a study that observed people and tells no groups by what they were given."""
_TRIALS = r"(?:trials|studies|RCTs)\b"
_META = Cued(
    "meta|review|synthes|network",
    r"\bmeta-?\s?analys[ei]s\b|\bsystematic(?:\s+literature)? review|\b(?:umbrella|scoping|living|cochrane) review\b"
    r"|\bevidence synthes[ei]s\b|\bnetwork comparison\b",
    re.I,
)
_TOLD_OVER = Cued(
    "review|overview",
    r"\A(?!.*\btrial\b).*?(?:\b(?:narrative|literature|critical|state-of-the-art|mini)[- ]?review\b"
    r"|\b(?:an?|narrative|living|brief) (?:\w+ )?overview\b|(?:\A|[:.–-]\s+)an? (?:[\w-]+ )?review of\b"
    r"|[:.–-]\s+(?:an? )?(?:[\w-]+ )?(?:review|overview)\.?\s*\Z)",
    re.I,
)
"""A review that tells of trials one by one, without pooling them."""
_OPINION = Cued(
    "opinion|viewpoint",
    r"\bexpert opinion\b|(?:\A|[:.–-]\s+)(?:an? )?(?:opinion|viewpoint)\b",
    re.I,
)
_TITLED = Cued(
    "editorial|commentary|viewpoint|perspective|letter",
    r"\A\W*(?:invited |guest )?(?:editorial|commentary|viewpoint|perspectives?|letter to the editor)\s*[:.–—-]"
    r"|[:.–—-]\s+(?:an? )?(?:invited |guest )?(?:editorial|commentary|viewpoint)\.?\s*\Z",
    re.I,
)
"""What heads an opinion: "Editorial: …", "…: a commentary"."""
_CALLS_ITSELF = Cued(
    "review|overview|editorial|commentary|viewpoint|perspective",
    r"\b(?:this|our|the present) (?:(?!(?:chart|record|retrospective|case)\b)[\w-]+ ){0,3}?(?:(?P<opinion>editorial"
    r"|commentary|viewpoint|perspective)|(?:review|overview))(?: article| paper)? (?:will )?(?:summari[sz]|discuss"
    r"|describ|cover|consider|outlin|examin|explor|focus|provid|highlight|address|argu|look|present|aim)(?:e?s|e|ies)?\b"
    r"|\bin this (?:(?:narrative|brief|short|critical|literature|invited|mini|clinical|concise)[- ])*"
    r"(?:(?P<also>editorial|commentary|viewpoint|perspective)|(?:review|overview))(?: article| paper)?,? (?:we|I)\b",
    re.I,
)
"""What a text says that is itself a review or an opinion: "this review summarises", "in this editorial, we"."""
_POOLED = Cued(
    "pooled|pooling|integrated|combined|individual",
    rf"\b(?:pooled|integrated|combined)\s+(?:[\w-]+\s+){{0,3}}?(?:analys[ei]s|data|results|report)\b[^.;:]{{0,80}}\b{_TRIALS}"
    rf"|\b{_TRIALS}[^.;]{{0,60}}\b(?:were|was) (?:pooled|combined)\b"
    rf"|\b[A-Z][\w-]+(?: \d)?(?:,| and)[^.;]{{0,80}}\b(?:were|was) pooled\b"
    r"|\bindividual[- ](?:participant|patient)[- ](?:level )?data\b|\bpooled\b[^.;]{0,60}\bfrom (?:the )?"
    rf"(?:{HEAD_COUNT}|several|all)\s+(?:[\w-]+\s+){{0,4}}?{_TRIALS}",
    re.I,
)
_ANALYSED_TRIALS = Cued(
    "trials|studies",
    rf"\b(?:analysis|review)\s+(?:that\s+|which\s+)?(?:of|combin\w+|pool\w+|includ\w+|cover\w+)\s+(?:data from\s+)?"
    rf"(?:\d\d|{SPELLED}|several|dozens of)\s+(?:[\w-]+\s+){{0,4}}?(?:trials|studies)\b"
    rf"|\b(?:combined|pooled)\s+(?:data|results)\s+(?:from|of)\s+(?:\d+|{SPELLED}|several)\s+(?:[\w-]+\s+){{0,4}}?"
    r"(?:trials|studies)\b",
    re.I,
)
"""What news says of a pooled analysis: "an analysis that combined 28 trials"."""
_MODEL = Cued(
    "markov|decision|simulat|hypothetical|virtual|model|budget|microsimulation",
    r"\bmarkov\b|\bdecision[- ](?:analytic|tree)|\b(?:micro)?simulat(?:ed|ion) (?:model|study|cohort|data)"
    r"|\bhypothetical (?:cohort|population|patients)\b|\bvirtual (?:patients|population|subjects)\b"
    r"|\bpartitioned[- ]survival model|\bbudget[- ]impact\b|\b(?:modell?ing|simulation) study\b"
    r"|\b(?:economic|state[- ]transition|cost[- ]effectiveness) model\b",
    re.I,
)
_SURVEY = Cued(
    "survey|poll|questionnaire",
    r"\b(?:national|online|internet|telephone|postal|cross-sectional|web-based|nationwide|international)\s+"
    r"(?:\w+\s+)?survey\b|\bsurvey\s+(?:of|among|finds|found|shows|study)\b|\bpoll\s+(?:of|finds|found)\b|:\s+an?\s+"
    r"(?:\w+\s+){0,3}survey\b|\bquestionnaires?\b[^.;]{0,60}\b(?:mailed|posted|e-?mailed|sent)\b"
    r"|\b(?:sent|mailed|e-?mailed)\b[^.;]{0,30}\bquestionnaire",
    re.I,
)
_GUIDELINE = Cued(
    "guideline|recommendation|consensus|statement|position|paper",
    r"\b(?:clinical |practice |\d{4} )?guidelines?\s+(?:for|on|of|from)\b|\bguidelines?\s*\Z|\bconsensus (?:statement"
    r"|document|report|recommendations)\b|\b(?:position|scientific|expert) (?:statement|paper)\b|\brecommendations"
    r" (?:for|on) (?:the )?(?:management|treatment|prevention|diagnosis|use)\b",
    re.I,
)
_ANIMAL_WORDS = (
    "mice|rats|rabbits|piglets|pigs|minipigs|dogs|cats|monkeys|macaques|hamsters|ferrets|gerbils|sheep|goats|zebrafish"
    "|horses|calves|cows|chickens|primates"
)
_ANIMAL = Cued(
    f"{_ANIMAL_WORDS}|model",
    rf"\b(?:{_ANIMAL_WORDS})\b|\b(?:mouse|rat|murine|porcine|canine|animal) models?\b",
    re.I,
)
_ANIMALS_ASSIGNED = Cued(
    _ANIMAL_WORDS,
    rf"\b(?:{_ANIMAL_WORDS})\b[^.;]{{0,60}}\b(?:received|(?:were|was)(?: \w+)? (?:randomi[sz]ed|assigned|divided"
    r"|given|treated|injected|fed|infected|studied|used))\b",
    re.I,
)
_CULTURE = Cued(
    "vitro|cultured|cells|fibroblasts",
    r"\bin vitro\b|\b(?:cells|fibroblasts|cultures)\s+(?:\w+\s+){0,4}were cultured\b",
    re.I,
)
_CASE = Cued("case", r"\b(?:a|two|three) case reports?\b|\bcase reports?\s*(?:\Z|and\b|with\b|of\b)", re.I)
_PROTOCOL = Cued(
    "protocol|rationale",
    r"\b(?:study|trial|research) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b|\brationale and (?:study )?design\b"
    r"|\bdesign and rationale\b",
    re.I,
)
_TWO_TRIALS = Cued(
    "trials|studies",
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|1\d)\s+"
    r"(?:(?!of\b|in\b|for\b|with\b|from\b)[\w/-]+,?\s+){0,6}?(?:trials|studies)\b",
    re.I,
)
_DONE_AT_ONCE = Cued(
    "alongside|within|trial-based|piggy",
    r"\balongside (?:an?|the)\b|\bwithin[- ](?:an?|the)?\s*trial\b|\btrial-based\b|\bpiggy-?back",
    re.I,
)
_ASSIGNED = Cued(
    "random|assigned|allocated",
    rf"\b(?:{PEOPLE}|who|we|they|sites|centers|centres|practices)\b[^.;]{{0,160}}?\b(?:randomi[sz]ed|assigned|allocated)\b"
    rf"|\b(?:randomi[sz]ed|randomly (?:assigned|allocated))\s+{HEAD_COUNT}\b",
    re.I,
)
_OWN_ASSIGNED = Cued(
    "random|assigned|allocated",
    rf"\b(?:{PEOPLE}|who|sites|centers|centres|practices)\b[^.;]{{0,160}}?\b(?:were|was)(?: (?!not\b)\w+)?"
    r" (?:randomi[sz]ed|assigned|allocated)\b|\b(?:we|they) (?:\w+ )?(?:randomi[sz]ed|assigned|allocated)\b"
    rf"|\b(?:randomi[sz]ed|randomly (?:assigned|allocated))\s+{HEAD_COUNT}\b"
    r"|\bin (?:a )?random(?:i[sz]ed)? order\b",
    re.I,
)
"""People whom a text says to have been assigned."""
_OWN_TRIAL = Cued(
    "trial|study",
    r"\b(?:this|our|the|an?|in)\s+(?:[\w-]+,?\s+){0,4}?(?:randomi[sz]ed|double-blind|blinded|placebo-controlled),?\s+"
    r"(?:[\w-]+,?\s+){0,4}?(?:trial|study)\b"
    r"|\b(?:trial|study) was (?:[\w-]+,? ){0,3}?(?:randomi[sz]ed|double-blind|blinded|placebo-controlled)\b",
    re.I,
)
"""What a trial calls itself: "in this double-blind trial"."""
_COUNTED = Cued(
    "patients|participants|volunteers|adults|children|women|men|people|subjects|infants",
    rf"(?:\d|{HEAD_COUNT})\s+(?:[\w-]+\s+){{0,4}}?(?:patients|participants|volunteers|adults|children|women|men|people"
    r"|subjects|infants)\b",
    re.I,
)
MOST_NAMES = 8
"""More names than this are no trials that one text reports."""
_RECORDS = (
    r"(?:registr(?:y|ies|ers)|databases?|claims|charts"
    r"|(?:medical|health|insurance|electronic|hospital|patient)(?: \w+)? records)\b"
)
_OBSERVED = Cued(
    "cohort|retrospective|case-control|cross-sectional|observational|regist|database|records|survey|poll|claims|chart"
    "|real-world|reviewed",
    r"\b(?:nationwide|population-based|historical|observational|retrospective|prospective|matched) cohort\b"
    r"|\bcohort (?:study|analysis)\b|\bretrospective(?:ly)?\b(?! registered)|\bcase-control\b|\bcross-sectional\b"
    r"|\bobservational\b(?! (?:studies|evidence)\b)|\b(?:registry|database|chart|claims) (?:study|analysis|review)\b"
    r"|\breal-world (?:data|study|evidence)\b"
    rf"|\b(?:analysis|study|review|using (?:data|records)) (?:of|from) (?:[\w-]+ ){{0,3}}{_RECORDS}"
    r"|\b(?:we|they|doctors|researchers|scientists|investigators|authors|team|study)\s+(?:\w+\s+)?"
    r"(?:used|looked (?:back )?at"
    rf"|analy[sz]ed|studied|examined|combed|tracked|reviewed)\s+(?:[\w-]+\s+){{0,5}}?{_RECORDS}"
    rf"|\b(?:we|researchers|authors) reviewed (?:all )?{HEAD_COUNT} (?:[\w-]+ ){{0,3}}?{PEOPLE}"
    r"|\b(?:charts|records) (?:of|at|from)\b[^.;]{0,80}\bwere (?:reviewed|analy[sz]ed|examined)\b"
    r"|\b(?:we|researchers|investigators) (?:surveyed|polled)\b"
    r"|\b(?:national|online|telephone|postal) survey (?:of|among) \d",
    re.I,
)
"""What a text says that is itself a cohort, a study of records or a survey; a trial too may name a database."""
_BEGINS = Cued(
    "start|begin|began|initiat|launch|first|plan",
    r"\b(?:starts|started|to start|begins|began|to begin|initiates|initiated|initiation of|launches"
    r"|launched|plans|plans for)\s+(?:(?!after\b)[\w/-]+\s+){0,6}?(?:phase|trial|study|dosing)\b"
    r"|\bfirst (?:patient|participant|subject)s?\b[^.;]{0,30}\b(?:dosed|enroll?ed|randomi[sz]ed|treated)\b",
    re.I,
)
_REPORTS = Cued(
    "report|result|data|meet|topline|finding|find", r"\b(?:reports?|results|data|meets|topline|finds|findings)\b", re.I
)
_WILL = Cued(
    "will",
    r"\bwill (?:be )?(?:randomly |then |also )?(?:randomi[sz]ed?|enroll?(?:ed)?"
    r"|recruit(?:ed)?|assign(?:ed)?|receive|evaluate)\b",
    re.I,
)
_IN_TITLE: tuple[tuple[str, Cued], ...] = (
    ("meta_analysis", _META),
    ("review", _TOLD_OVER),
    ("opinion", _OPINION),
    ("opinion", _TITLED),
    ("pooled_analysis", _POOLED),
    ("model", _MODEL),
    ("survey", _SURVEY),
    ("guideline", _GUIDELINE),
    ("case_report", _CASE),
    ("several_trials", _TWO_TRIALS),
)


_IN_TRIAL = lazy_compile(
    r"[Ii](?<=\b.)n\s+(?:the\s+)?(?P<name>(?:[A-Z][a-z]+ )?[A-Z][A-Za-z]*"
    r"(?:[A-Z-][A-Za-z-]*[A-Z]|[A-Z]|[a-z]*(?= [1-5]\b))(?:[- ]?[1-5]\b)?\+?)"
    r"(?:\s+(?:trial|study))?(?=,\s|\s+(?:\d|patients|participants|adults|and by|and in)|\.)"
)
"""Where a sentence says in which trial something was so: "In EVOKE, …", "… in the D-FALL trial, …"."""
_IS_TRIAL = r"(?![\w+])[^.;]{0,60}?\b(?:trials?|study|studies|enroll?ed|included|randomi[sz]ed)\b"


_SURE = ("meta_analysis", "review", "pooled_analysis", "several_trials", "case_report")
"""What a title says of a text though its people were assigned, in the trials that it puts together."""


def is_observed(text: str) -> bool:
    """Whether a text tells of people who were only observed: a cohort, records, a survey."""
    return observed_at(text) is not None


def observed_at(text: str) -> tuple[int, int] | None:
    """Where a text says that its people were only observed; None where it does not, or where it assigned them."""
    match = _OBSERVED.search(text)
    return match.span() if match and _OWN_ASSIGNED.search(text) is None else None


def tells_no_trial(matter: Matter) -> str | None:
    """Why a text reports no one trial, as a reason of candidates; None where it may."""
    titles = [said.sentence for said in matter.said if said.sentence.is_title]
    titles = titles or [said.sentence for said in matter.said[:1]]
    body = [said for said in matter.said if not said.sentence.is_title and said.sentence is not titles[0]]
    title = " ".join(sentence.words for sentence in titles)
    if _PROTOCOL.search(title):
        return PROTOCOL
    if _is_of_animals(title, body):
        return "preclinical"
    found = next((reason for reason, pattern in _IN_TITLE if pattern.search(title)), None)
    if found in _SURE:
        return found
    if found is None:
        return PROTOCOL if _is_to_come(title, body) else _by_methods(body)
    return None if _assigns(title, body) else found


def _by_methods(body: list[Said]) -> str | None:
    """What the text says that was done, where its title does not say what it is."""
    words = [said.sentence.words for said in body if said.sentence.section is not Section.BACKGROUND]
    if not _assigns_itself(words):
        for said in body:
            if itself := _CALLS_ITSELF.search_words(said.sentence.words):
                return "opinion" if itself["opinion"] or itself["also"] else "review"
        if puts_trials_together(words):
            return "meta_analysis"
        if is_computed(words):
            return "model"
        if any(_ANALYSED_TRIALS.search_words(one) for one in words):
            return "pooled_analysis"
    return "several_trials" if _reports_by_name(body) else None


def _assigns_itself(sentences: list[str]) -> bool:
    """Whether sentences tell of people whom the text assigned, and not of those in the trials that it reviews."""
    return any(
        (_OWN_ASSIGNED.search_words(words) or _OWN_TRIAL.search_words(words)) and not is_of_reviewed(words)
        for words in sentences
    )


def _is_to_come(title: str, body: list[Said]) -> bool:
    """Whether the text announces a trial that has only begun; the numbers in it are of those before."""
    lead = " ".join((title, *(said.sentence.words for said in body[:2])))
    return (
        _BEGINS.search(lead) is not None
        and _REPORTS.search(title) is None
        and any(_WILL.search_words(said.sentence.words) for said in body)
        and not any(_OWN_ASSIGNED.search_words(said.sentence.words) for said in body)
    )


def _reports_by_name(body: list[Said]) -> bool:
    """Whether values are told in two trials or more by their names: "In EVOKE, it was 2.2 …. In EVOKE+, it was 2.1"."""
    names: dict[str, bool] = {}
    for said in body:
        words = said.sentence.words
        if not any(n.kind in BINDABLE for n in said.numbers) or is_elsewhere(words) or reason_to_refuse(words):
            continue
        for match in _IN_TRIAL.finditer(words):
            names.setdefault(match["name"], False)
    if not 2 <= len(names) <= MOST_NAMES:
        return False
    own = [name for name in names if any(_is_trial(name, said.sentence.words) for said in body)]
    return len(own) >= 2


def _is_trial(name: str, words: str) -> bool:
    """Whether a sentence calls a name that of a trial."""
    return name in words and re.search(rf"\b{re.escape(name)}{_IS_TRIAL}", words) is not None


def _assigns(title: str, body: list[Said]) -> bool:
    """Whether people are assigned in a text, or it was done alongside a trial that assigned them."""
    return bool(_DONE_AT_ONCE.search(title)) or any(
        _ASSIGNED.search_words(said.sentence.words) or _DONE_AT_ONCE.search_words(said.sentence.words) for said in body
    )


def _is_of_animals(title: str, body: list[Said]) -> bool:
    """Whether animals or cells were treated, and no people are counted."""
    told = bool(_ANIMAL.search(title) or _CULTURE.search(title)) or any(
        _ANIMALS_ASSIGNED.search_words(one.sentence.words) or _CULTURE.search_words(one.sentence.words) for one in body
    )
    return told and not any(
        _COUNTED.search_words(one.sentence.words) or _ASSIGNED.search_words(one.sentence.words) for one in body
    )
