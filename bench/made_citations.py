"""Made records of publications with their copies as search exports spoil them, and near misses that are no copies.

Titles, names and journals are put together from syllables and word lists, so that nothing is anyone's text. The same
seed gives the same records. A copy differs as exports do (initials, abbreviated journals, '73-6' for '73-76', lost
letters, "[Review]", cut titles, missing fields); a near miss is another document (part II of it, its erratum, the
abstract of a meeting before it, the same title a year later, the adolescents beside the adults).
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

COPIES, NEAR_MISSES = 0.10, 0.05

_DRUGS = (
    "mavonertib tolpirazole ensavimab ricoglutide bexanastat olmirafen zotuvimab pelitarsen cardoxifan luminapril "
    "feradoxin quisotinib havelumab noritrazone sebacitamol"
).split()
_FIRST = (
    "Effect of;Efficacy and safety of;Pharmacokinetics of;Early response to;Adherence to;Comparison of;Cost of;"
    "Long-term use of;Mechanisms of;Predictors of response to;Tolerability of;Patterns of use of"
).split(";")
_PEOPLE = "patients;older people;hospitalised patients;outpatients;women;smokers;athletes;veterans;residents".split(";")
_DESIGNS = (
    "a randomised controlled trial;a systematic review;a cohort study;a pilot study;a case series;a meta-analysis;"
    "a cross-sectional study;a multicentre study;results of a registry;a double-blind trial"
).split(";")
_STARTS = "b c d f g h k l m n p r s t v br cl dr fr gr kl pr st tr sch".split()
_VOWELS = "a e i o u ai ei ou".split()
_ENDS = "itis oma aemia osis opathy ation uria algia ectasia plegia genesis trophy metry ase".split()
_FIELDS = "Cardiology;Neurology;Oncology;Nephrology;Surgery;Nursing;Nutrition;Immunology;Pediatrics;Rheumatology".split(
    ";"
)
_KINDS = "Journal of;Annals of;Archives of;International Journal of;European Journal of;Advances in;Reviews in".split(
    ";"
)
_PLACES = "Clinical;Experimental;Applied;Molecular;Northern;Comparative;General;Practical".split(";")
_SHORT = {
    "Journal": "J",
    "Annals": "Ann",
    "Archives": "Arch",
    "International": "Int",
    "European": "Eur",
    "Advances": "Adv",
}


@dataclass(frozen=True)
class Made:
    """One record and the document that it is of: two records of one document are duplicates."""

    document: int
    title: str
    authors: tuple[str, ...]
    year: int | None
    journal: str | None
    volume: str | None
    number: str | None
    pages: str | None
    doi: str | None = None
    entry_type: str | None = None


def made_records(count: int, seed: int = 1) -> Iterator[Made]:
    """So many records: documents, each perhaps with near misses, and a tenth of all as copies of earlier ones."""
    rng = random.Random(seed)
    words = sorted({_word(rng) for _ in range(6000)})
    names = sorted({_name(rng) for _ in range(5000)})
    recent: list[Made] = []
    made = document = 0
    while made < count:
        chance = rng.random()
        if chance < COPIES and recent:
            one = _copy(rng.choice(recent), rng)
        elif chance < COPIES + NEAR_MISSES and recent:
            one = replace(_near_miss(rng.choice(recent), rng), document=document)
        else:
            one = _document(document, rng, words, names)
        if one.document == document:
            document += 1
            recent.append(one)
            if len(recent) > 5000:
                recent[rng.randrange(5000)] = recent.pop()
        made += 1
        yield one


def as_row(number: int, one: Made) -> dict[str, Any]:
    """A record as a row of a table of citations."""
    row = {name: getattr(one, name) for name in Made.__dataclass_fields__ if name != "document"}
    return {"record_id": f"r{number:07d}", **row, "authors": list(one.authors)}


def _syllables(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(_STARTS) + rng.choice(_VOWELS) for _ in range(count))


def _word(rng: random.Random) -> str:
    return _syllables(rng, rng.randint(1, 3)) + rng.choice(_STARTS) + rng.choice(_ENDS)


def _name(rng: random.Random) -> str:
    return (_syllables(rng, rng.randint(1, 3)) + rng.choice(["n", "s", "r", "ck", "", "m", "ez"])).capitalize()


def _document(number: int, rng: random.Random, words: list[str], names: list[str]) -> Made:
    drug, what, where = rng.choice(_DRUGS), rng.choice(words), rng.choice(words)
    title = f"{rng.choice(_FIRST)} {drug} on {what} in {rng.choice(_PEOPLE)} with {where}"
    if rng.random() < 0.3:
        title += f" and {rng.choice(words)}"
    if rng.random() < 0.6:
        title += f": {rng.choice(_DESIGNS)}"
    given = [rng.choice(names)[: rng.randint(4, 8)] for _ in range(rng.choice((1, 2, 3, 4, 5, 6, 8, 12)))]
    authors = tuple(f"{rng.choice(names)}, {first}" for first in given)
    journal = f"{rng.choice(_KINDS)} {rng.choice(_PLACES)} {rng.choice(_FIELDS)}"
    first = rng.randint(2, 1800)
    doi = f"10.5555/{number:07d}.{rng.randrange(1000)}" if rng.random() < 0.6 else None
    pages = f"{first}-{first + rng.randint(2, 14)}"
    volume, issue = str(rng.randint(1, 120)), str(rng.randint(1, 12))
    return Made(number, title, authors, rng.randint(1990, 2024), journal, volume, issue, pages, doi)


# What libraries and exports do to a record.


def _initials(one: Made, rng: random.Random) -> Made:
    dot = rng.choice(("", "."))
    return replace(one, authors=tuple(f"{a.split(', ')[0]}, {a.split(', ')[-1][0]}{dot}" for a in one.authors))


def _turned_names(one: Made, rng: random.Random) -> Made:
    return replace(one, authors=tuple(" ".join(reversed(a.split(", "))) for a in one.authors))


def _fewer_authors(one: Made, rng: random.Random) -> Made:
    return replace(one, authors=one.authors[: rng.choice((1, 3))])


def _short_journal(one: Made, rng: random.Random) -> Made:
    small = [word for word in (one.journal or "").split() if word not in ("of", "in")]
    return replace(one, journal=" ".join(_SHORT.get(word, word[:4]) for word in small) or None)


def _short_pages(one: Made, rng: random.Random) -> Made:
    first, _, last = (one.pages or "").partition("-")
    kept = next((i for i in range(len(last)) if len(first) != len(last) or first[i] != last[i]), 0)
    return replace(one, pages=f"{first}-{last[kept:]}" if last else one.pages)


def _typo(one: Made, rng: random.Random) -> Made:
    title = list(one.title)
    at = rng.choice([i for i, c in enumerate(title) if c.isalpha() and i > 12])
    title[at : at + 1] = rng.choice(([], [title[at]] * 2, [rng.choice("aeionrst")]))
    return replace(one, title="".join(title))


def _marked(one: Made, rng: random.Random) -> Made:
    return replace(
        one, title=one.title + rng.choice((" [Chinese]", ". [Review] [45 refs]", " (Structured abstract)", "."))
    )


def _bracketed(one: Made, rng: random.Random) -> Made:
    return replace(one, title=f"[{one.title}]")


def _loud(one: Made, rng: random.Random) -> Made:
    return replace(one, title=one.title.upper())


def _cut(one: Made, rng: random.Random) -> Made:
    main = one.title.rpartition(":")[0]
    return replace(one, title=main) if len(main) > 40 else one


def _entity(one: Made, rng: random.Random) -> Made:
    return replace(
        one, title=one.title.replace(" and ", " &amp; "), journal=(one.journal or "").replace(" and ", " & ")
    )


def _lost_letter(one: Made, rng: random.Random) -> Made:
    first, *others = one.authors
    return replace(one, authors=(first[:2] + "?" + first[3:], *others))


def _without(*fields: str) -> Callable[[Made, random.Random], Made]:
    return lambda one, rng: replace(one, **dict.fromkeys(fields))


def _early_year(one: Made, rng: random.Random) -> Made:
    return replace(one, year=one.year - 1 if one.year else None)


def _address(one: Made, rng: random.Random) -> Made:
    return replace(one, doi=f"https://doi.org/{one.doi.upper()}" if one.doi else None)


NOISE = (
    *(_initials, _initials, _turned_names, _fewer_authors, _short_journal, _short_journal, _short_pages, _short_pages),
    *(_typo, _marked, _bracketed, _loud, _cut, _entity, _lost_letter, _early_year, _address, _address),
    *(_without("doi"), _without("number"), _without("volume", "number"), _without("pages"), _without("year")),
)


def _copy(one: Made, rng: random.Random) -> Made:
    for spoil in rng.sample(NOISE, rng.randint(0, 4)):
        one = spoil(one, rng)
    return one


# Other documents that look alike.


def _elsewhere(one: Made, rng: random.Random, years: int = 1) -> Made:
    """The same, in another volume of the journal."""
    first = rng.randint(2, 1800)
    volume = str(int(one.volume or 1) + years)
    doi = f"10.5555/x{rng.randrange(10**9)}" if one.doi else None
    return replace(one, year=(one.year or 2000) + years, volume=volume, pages=f"{first}-{first + 5}", doi=doi)


def _next_part(one: Made, rng: random.Random) -> Made:
    return replace(_elsewhere(one, rng, 0), title=f"{one.title}. Part {rng.choice(('II', '2', 'two'))}")


def _erratum(one: Made, rng: random.Random) -> Made:
    return replace(
        _elsewhere(one, rng), title=rng.choice(("Erratum: {}", "Correction to: {}", "{}: Erratum")).format(one.title)
    )


def _reply(one: Made, rng: random.Random) -> Made:
    return replace(_elsewhere(one, rng), title=f"Re: {one.title}", authors=one.authors[-1:])


def _meeting(one: Made, rng: random.Random) -> Made:
    earlier = _elsewhere(one, rng, rng.choice((0, -1)))
    journal = rng.choice((one.journal, f"Annals of {rng.choice(_FIELDS)}"))
    return replace(earlier, journal=journal, number="SUPPL. 1", pages=f"S{rng.randint(2, 400)}")


def _other_group(one: Made, rng: random.Random) -> Made:
    title = f"{one.title} {rng.choice(('in adolescents', 'in children', 'after 5 years', 'without follow-up'))}"
    return replace(_elsewhere(one, rng, rng.choice((0, 1))), title=title)


def _other_drug(one: Made, rng: random.Random) -> Made:
    """Another abstract of the same people in the same book, with the pages of the book."""
    drug = next((word for word in one.title.split() if word in _DRUGS), _DRUGS[0])
    other = rng.choice([word for word in _DRUGS if word != drug])
    return replace(one, title=one.title.replace(drug, other), doi=rng.choice((one.doi, None)))


NEAR_MISS = (_elsewhere, _next_part, _erratum, _reply, _meeting, _other_group, _other_drug)


def _near_miss(one: Made, rng: random.Random) -> Made:
    return rng.choice(NEAR_MISS)(one, rng)
