"""What a title calls its report: the main paper of a trial, or one on something beside its main results.

"A randomised trial with an imaging substudy" is the trial; "an imaging substudy of a randomised trial" is not. So words
for what is beside count where they head a part of the title, and not where a trial carries them along.
"""

import re

from trialhouse.model.document import Document
from trialhouse.resolution.short_names import SHORT_NAME
from trialhouse.text.lazy_patterns import lazy_compile

_BESIDE = (
    r"(?:post[\s-]?hoc|secondary (?:analys[ei]s|outcomes?|end ?points?|results)|sub-?(?:groups?|stud(?:y|ies))"
    r"|ancillary|exploratory (?:analys[ei]s|outcomes?)|(?:cost[\s-](?:effectiveness|utility|benefit))"
    r"|economic evaluation|mediation analys[ei]s"
    r"|baseline (?:characteristics|data|demographics|features|findings|profiles?)"
    r"|(?:qualitative|interview|focus[\s-]group)s? (?:stud(?:y|ies)|analys[ei]s|evaluation|research|interviews?)"
    r"|process evaluation|semi-?structured interviews?"
    r"|run-?in (?:phase|period|results|tolerability|data)|stud(?:y|ies) within a trial|insights? from"
    r"|(?:markov|decision[\s-]analytic|health[\s-]economic|cost|simulation) model(?:l?ing)?\b|modell?ing stud(?:y|ies))"
)
"""Words that say that the main results stand elsewhere."""
_CARRIED = lazy_compile(
    r"\b(?:trial|study|RCT)\b,?(?: \([^()]*\),?)? (?:with|including|plus|and|incorporating|that include[ds])"
    rf" (?:(?!(?:of|in|for|from)\b)[\w/-]+ ){{0,5}}?(?:[\w/]+-)?(?={_BESIDE}\b)[^:;.?!–—()]*",
    re.I,
)
"""A trial with what it carries along, to the end of that part of the title."""
_LONG = r"(?:extended|long(?:er)?[\s-]term|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[\s-]years?)"
_FURTHER = lazy_compile(
    rf"\b{_BESIDE}\b|\bat (?:baseline|enrol?ment) (?:in|of|from|among)\b.*\b(?:trial|study)\b"
    r"|\bbefore randomi[sz]ation (?:in|of|into)\b"
    rf"|\b{_LONG} follow[\s-]?up (?:study |results |data |analysis )?(?:of|from)"
    rf" (?:the (?:[\w-]+ ){{0,6}}?(?:trial|study)\b|(?:the )?(?-i:{SHORT_NAME})\s*(?:[:;.,–—()]|\Z))",
    re.I,
)
_OF_A_PART = lazy_compile(r"\bsub-?(?:group (?:analys[ei]s|results|data)|stud(?:y|ies))\b", re.I)
_SUBGROUP = lazy_compile(r"\bsub-?groups?\b", re.I)
_NAMES_A_TRIAL = lazy_compile(r"[:–—]\s(?!.*\b(?:analys[ei]s|results|findings|data)\b).*\btrial\b", re.I)
"""A subtitle that calls the report a trial: what stands before it is whom the trial is in."""

_BY_PARTS = lazy_compile(
    r"\b(?:by|according to|across|stratified by) (?:(?:sex|gender|age|race|ethnicity|(?:geographic(?:al)? )?region)"
    r"(?: groups?| categor(?:y|ies)| subgroups?)?|baseline [\w-]+(?: [\w-]+){0,2})"
    r"(?=\s*(?:[:;.,?!–—()]|\Z)| (?:and|or|in|among|of|from)\b)",
    re.I,
)
"""The end of "… : results by sex", "… according to baseline weight in …": "by age-adapted dosing" is no such part."""


def head_of(title: str) -> str:
    """A title without what its trial carries along ("… trial with an economic evaluation")."""
    return _CARRIED.sub(" ", title)


def is_beside_main_results(document: Document) -> bool:
    """Whether a title says that its report is none of the main results of its trial."""
    return document.title is not None and _FURTHER.search(head_of(document.title)) is not None


def is_on_a_part(title: str) -> bool:
    """Whether a title says that its report is on a part of the participants: a subgroup, or a substudy."""
    head = head_of(title)
    if _OF_A_PART.search(head):
        return True
    named = _SUBGROUP.search(head)
    return named is not None and not _NAMES_A_TRIAL.search(head, named.end())


def is_by_parts(title: str) -> bool:
    """Whether a title says that its report gives results part by part of the participants: by sex, by age."""
    return _BY_PARTS.search(head_of(title)) is not None
