"""How other languages say how often a treatment is given: words and patterns, one entry a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from trialhouse.text.lazy_patterns import lazy_compile

SCALES: Mapping[str, float] = {
    "百万": 1e6, "千万": 1e7, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "千": 1e3, "만": 1e4,
    "million": 1e6, "millions": 1e6, "millones": 1e6, "millón": 1e6, "millionen": 1e6, "mio.": 1e6, "milhões": 1e6,
    "milhão": 1e6, "milioni": 1e6, "thousand": 1e3, "billion": 1e9,
}  # fmt: skip
"""Words behind a number that multiply it."""

COUNTERS = (
    "例", "名", "人", "patients", "participants", "subjects", "adults", "children", "women", "men", "people",
    "pacientes", "participantes", "sujets", "Patienten", "Teilnehmer",
)  # fmt: skip
"""Words behind a number by which people are counted."""

DOSE_UNITS = (
    "mg", "mcg", "µg", "μg", "ug", "g", "ml", "iu", "ui", "ie", "国际单位", "单位", "毫克", "微克", "毫升",
)  # fmt: skip
"""Words behind a number that make it a dose."""


@dataclass(frozen=True)
class Schedules:
    """The schedules of one language.

    `every` has the groups n and unit, and where the language says so `times` (how often in that span) and `gap` (the
    number counts what is left out). `fixed` are phrases with what they mean: times, number, unit. `given` are words
    of giving a treatment, one of which stands in the sentence; `seen` are words of visits and tests, none of which
    stands in the clause.
    """

    every: re.Pattern[str]
    units: Mapping[str, str]
    given: re.Pattern[str]
    seen: re.Pattern[str]
    counts: Mapping[str, int] = field(default_factory=dict)
    fixed: tuple[tuple[re.Pattern[str], tuple[int, int, str]], ...] = ()


def _fixed(**phrases: str) -> tuple[tuple[re.Pattern[str], tuple[int, int, str]], ...]:
    """Phrases by names such as `one_2_day`: once in two days."""
    times = {"one": 1, "two": 2, "three": 3}
    found = []
    for name, pattern in phrases.items():
        often, number, unit = name.split("_")
        found.append((re.compile(pattern, re.I), (times[often], int(number), unit)))
    return tuple(found)


_CHINESE = Schedules(
    # The times stand behind the way it is given ("every two weeks by injection once"), within the same clause.
    every=lazy_compile(
        r"每(?P<gap>隔)?\s*(?P<n>\d{1,3}|[一二两三四五六八十])?\s*(?P<unit>个?月|周|星期|天|日)(?!期|龄|岁)"
        r"(?:[^。；;,，、()（）\n]{0,14}?(?P<times>\d{1,2}|[一二两三四])\s*次)?"
    ),
    units={"月": "month", "个月": "month", "周": "week", "星期": "week", "天": "day", "日": "day"},
    given=lazy_compile("注射|给药|口服|服用|静脉|皮下|输注|滴注|治疗|接受|给予|用药|使用|剂量"),
    seen=lazy_compile("随访|评估|检查|访视|测量|测定|复查|监测|记录|采血|检测"),
    counts={"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十": 10},
    fixed=_fixed(
        one_2_day=r"(?<!每)隔[日天]", one_2_week=r"(?<!每)隔周", one_1_day=r"一[天日]一次", two_1_day=r"一[天日]两次"
    ),
)

_SPANISH = Schedules(
    every=lazy_compile(
        r"\bcada\s+(?P<n>\d{1,3}|un|una|dos|tres|cuatro|seis|ocho|doce)?\s*(?P<unit>días?|semanas?|mes(?:es)?)\b", re.I
    ),
    units={"día": "day", "días": "day", "semana": "week", "semanas": "week", "mes": "month", "meses": "month"},
    given=lazy_compile(
        r"administr|recib|inyec|infusi|dosis|tratad|tratamiento|vía|asignad|subcut|intraven|\bmg\b", re.I
    ),
    seen=lazy_compile(r"visita|evalu|seguimiento|medi[rd]|control(?:es|aron)", re.I),
    counts={"un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "seis": 6, "ocho": 8, "doce": 12},
    fixed=_fixed(
        one_2_day=r"\bun día sí y otro no\b|\b(?:en )?días alternos\b",
        one_1_day=r"\b(?:una vez (?:al|por) día|diariamente)\b",
        two_1_day=r"\bdos veces (?:al|por) día\b",
        one_1_week=r"\b(?:una vez (?:a la|por) semana|semanalmente)\b",
        two_1_week=r"\bdos veces (?:a la|por) semana\b",
        one_2_week=r"\bquincenalmente\b",
        one_1_month=r"\b(?:una vez al mes|mensualmente)\b",
    ),
)

_FRENCH = Schedules(
    every=lazy_compile(
        r"\b(?:tou(?:te)?s les|chaque)\s+(?P<n>\d{1,3}|deux|trois|quatre|six|huit|douze)?\s*"
        r"(?P<unit>jours?|semaines?|mois)\b",
        re.I,
    ),
    units={"jour": "day", "jours": "day", "semaine": "week", "semaines": "week", "mois": "month"},
    given=lazy_compile(r"administr|reç|inject|perfus|doses?\b|trait[ée]|voie|sous-cutan|intravein|\bmg\b", re.I),
    seen=lazy_compile(r"visite|évalu|suivi|mesur|contrôl", re.I),
    counts={"deux": 2, "trois": 3, "quatre": 4, "six": 6, "huit": 8, "douze": 12},
    fixed=_fixed(
        one_2_day=r"\bun jour sur deux\b",
        one_2_week=r"\bune semaine sur deux\b",
        one_1_day=r"\bune fois par jour\b",
        two_1_day=r"\bdeux fois par jour\b",
        one_1_week=r"\bune fois par semaine\b",
        two_1_week=r"\bdeux fois par semaine\b",
        one_1_month=r"\bune fois par mois\b",
    ),
)

_GERMAN = Schedules(
    every=lazy_compile(
        r"\b(?:alle|jede[ns]?)\s+(?P<n>\d{1,3}|zwei|zweiten?|drei|dritten?|vier|sechs|acht|zwölf)?\s*"
        r"(?P<unit>Tage?|Wochen?|Monate?)\b",
        re.I,
    ),
    units={"tag": "day", "tage": "day", "woche": "week", "wochen": "week", "monat": "month", "monate": "month"},
    given=lazy_compile(r"verabreich|erhielt|erhalten|inji|injekt|infus|dosis|behandel|subkutan|intraven|\bmg\b", re.I),
    seen=lazy_compile(r"visite|untersuch|nachbeobacht|gemessen|bewertet|kontroll", re.I),
    counts={"zwei": 2, "zweite": 2, "zweiten": 2, "drei": 3, "dritte": 3, "dritten": 3, "vier": 4, "sechs": 6,
            "acht": 8, "zwölf": 12},
    fixed=_fixed(
        one_1_day=r"\beinmal (?:täglich|pro Tag|am Tag)\b",
        two_1_day=r"\bzweimal (?:täglich|pro Tag|am Tag)\b",
        three_1_day=r"\bdreimal (?:täglich|pro Tag|am Tag)\b",
        one_1_week=r"\beinmal (?:wöchentlich|pro Woche)\b",
        two_1_week=r"\bzweimal (?:wöchentlich|pro Woche)\b",
        one_1_month=r"\beinmal (?:monatlich|pro Monat)\b",
    ),
)  # fmt: skip

_PORTUGUESE = Schedules(
    every=lazy_compile(
        r"\ba cada\s+(?P<n>\d{1,3}|duas|dois|três|quatro|seis|oito|doze)?\s*(?P<unit>dias?|semanas?|m[eê]s(?:es)?)\b",
        re.I,
    ),
    units={"dia": "day", "dias": "day", "semana": "week", "semanas": "week", "mês": "month", "meses": "month"},
    given=lazy_compile(r"administr|receb|injeç|infus|doses?\b|tratad|tratamento|via|subcut|intraven|\bmg\b", re.I),
    seen=lazy_compile(r"visita|avalia|acompanhamento|medid|consulta", re.I),
    counts={"duas": 2, "dois": 2, "três": 3, "quatro": 4, "seis": 6, "oito": 8, "doze": 12},
    fixed=_fixed(
        one_2_day=r"\b(?:em )?dias alternados\b|\bdia sim,? dia não\b",
        one_1_day=r"\b(?:uma vez (?:ao|por) dia|diariamente)\b",
        two_1_day=r"\bduas vezes (?:ao|por) dia\b",
        one_1_week=r"\b(?:uma vez por semana|semanalmente)\b",
        two_1_week=r"\bduas vezes por semana\b",
        one_1_month=r"\b(?:uma vez (?:ao|por) mês|mensalmente)\b",
    ),
)

SCHEDULES: Mapping[str, Schedules] = {
    "zh": _CHINESE,
    "es": _SPANISH,
    "fr": _FRENCH,
    "de": _GERMAN,
    "pt": _PORTUGUESE,
}
"""By ISO 639-1 code; of other languages only numbers are compared."""
