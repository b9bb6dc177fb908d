"""Arms that brackets name where they are listed: "X by patch (group 1), by injection (group 2)", "X plus Y (AB26)".

Arms of the same drug are told apart by such names alone. A stretch without a drug goes on with the drugs of the arm
before it.
"""

import re
from dataclasses import replace

from trialhouse.extraction.arm_groups import group_name
from trialhouse.extraction.arm_list import Draft, Part, read_arm_list
from trialhouse.extraction.arm_table import ArmTable
from trialhouse.extraction.elements import Matter, Said
from trialhouse.text.lazy_patterns import lazy_compile

_NAME = lazy_compile(
    r"[(\[]\s*(?:(?i:groups?|arm)\s+(?P<name>[A-Z]|[1-9]|I{1,3}|IV)|(?P<code>[A-Z]{2,}[A-Za-z]?[-/]?\d{1,4}))(?=\s*[,;:)\]])"
)
MOST = 6
"""More names than this are no arms."""


def name_by_brackets(matter: Matter, table: ArmTable) -> ArmTable:
    """The arms as the brackets of their list tell them apart; the table itself where there are no such brackets."""
    said = table.source
    if said is None or said.sentence.is_title or table.rule != "arms.assignment":
        return table
    text = matter.reading.text
    begin = min(d.start for d in table.drafts)
    names = list(_NAME.finditer(text, begin, said.sentence.end))
    coded = [m for m in names if m["code"]]
    names = coded if len(coded) > len(names) - len(coded) else [m for m in names if m["name"]]
    shown = [m["code"] or group_name(m) for m in names]
    if not 2 <= len(names) <= MOST or len(set(shown)) < len(shown) or len(names) < len(table.drafts):
        return table
    if len(names) == len(table.drafts) and not coded:
        return table
    drafts = _drafts(text, said, begin, names)
    if not drafts:
        return table
    for draft, name in zip(drafts, shown, strict=True):
        draft.name = name if coded else f"group {name}"
    places = {name: i for i, name in enumerate(shown)}
    named = replace(table, drafts=drafts)
    return replace(named, words=places) if coded else replace(named, groups=places)


def _drafts(text: str, said: Said, begin: int, names: list[re.Match[str]]) -> list[Draft]:
    """An arm for the stretch before each name; [] where a stretch has two arms, or the first one none."""
    drafts: list[Draft] = []
    at = begin
    for name in names:
        listed = read_arm_list(text, said, at, name.start()).drafts
        if len(listed) > 1 or not (listed or drafts):
            return []
        if listed:
            drafts.append(listed[0])
        else:
            parts = [Part(p.mention, p.dose) for p in drafts[-1].parts]
            start = at + len(text[at : name.start()]) - len(text[at : name.start()].lstrip(" ),;]"))
            drafts.append(Draft(parts, None, start, name.start()))
        at = name.end()
    return drafts
