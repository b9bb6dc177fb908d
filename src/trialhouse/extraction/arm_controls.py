"""The control group that ends a list of treatments: "to A (n = 60), B (n = 61), or a control group that ate as usual".

Such a group has no treatment with a name, so that a list of names ends before it. What its people did is told behind
it or nowhere; its name is that of its part in the trial.
"""

from trialhouse.extraction.arm_list import ArmList, Draft, Part
from trialhouse.extraction.elements import Said
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.terms import Mention
from trialhouse.text.lazy_patterns import lazy_compile

NAME = "control group"
"""What the arm is called."""
GROUP = (
    r"(?P<group>(?:(?:an?|the)\s+)?(?:(?!(?:and|or|of|in|for|with|by|to|as|active)\b)[\w-]+\s+){0,2}?"
    r"(?P<name>control\s+(?:group|arm|condition))\b)"
)
"""The words for a control group, by its part in the trial and not by what it is given."""
_CONTROLS = r"(?P<controls>controls?)(?=\s*(?:[(\[,.;:)]|\Z))"
WHO = (
    r"(?:\s*,?\s+(?:that|which|who|whose|where|in which|receiving|given|offered|consuming|eating|using|with|without|on)"
    r"\s(?:(?!\b(?:or|versus|vs)\b)[^,;.()\[\]]){1,90})?"
)
"""What the people of a group did: "that ate their usual diet", "receiving an education booklet"."""
_LAST = lazy_compile(
    r"(?:\s+(?!(?:or|and|versus|vs)\b)[\w%/-]+){0,4}?\s*(?:[(\[][^()\[\]]{0,60})?[)\]]?(?:\s+(?!(?:or|and)\b)[a-z-]+){0,3}?"
    r"\s*,?\s+(?:or|and|versus|vs\.?)\s+(?:to\s+)?(?:serve as\s+|be\s+)?"
    rf"(?:{GROUP}|{_CONTROLS})",
)
_SIZE = lazy_compile(WHO + r"\s*[(\[]\s*(?:[nN]\s*=\s*)?(?=\d)")
_BARE = lazy_compile(r"\s*(?:(?:to|receive|either|treatment with|an?|the|oral)\b\s*)*")


def with_control(text: str, said: Said, start: int, end: int, listed: ArmList) -> ArmList:
    """The list of a stretch with the control group that ends it; a list of one only where nothing stands before it."""
    last = listed.drafts[-1] if listed.drafts else None
    if last is None or "control" not in said.sentence.words or any(d.norms() & {NAME} for d in listed.drafts):
        return listed
    if len(listed.drafts) == 1 and not _BARE.fullmatch(text, start, max(start, last.start)):
        return listed
    match = _LAST.match(text, last.end, end)
    if match is None:
        return listed
    place = match.span("group" if match["group"] else "controls")
    control = Draft([Part(Mention(*place, NAME, is_known=False))], _size(text, said, place[1], end), *place)
    return ArmList([*listed.drafts, control], listed.shared)


def _size(text: str, said: Said, at: int, end: int) -> Typed | None:
    """The number of people that the bracket behind a group gives, whatever is said of them before it."""
    opened = _SIZE.match(text, at, end)
    kinds = (Kind.SIZE, Kind.COUNT)
    return next((n for n in said.numbers if opened and n.start == opened.end() and n.kind in kinds), None)
