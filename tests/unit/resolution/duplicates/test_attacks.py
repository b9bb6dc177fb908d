"""Pairs that share all but what makes them two documents, and pairs that differ in all but what makes them one.

Each pair of titles stands where two documents may be taken for one: on a page or under the DOI of a supplement, on the
pages of a whole issue that an export gives to each of its articles.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.citation import Citation
from trialhouse.resolution.duplicates import Duplicates

X = "Quenosartan and blood pressure in smokers of a rural county"

PLACES: dict[str, dict[str, Any]] = {
    "a page of a supplement": {"number": "Suppl 1", "pages": "A77"},
    "a supplement's DOI": {"doi": "10.5555/{}.s", "volume": None, "number": None, "pages": None},
    "the same pages": {"pages": "101-110"},
    "the same pages and DOI": {"volume": "11", "pages": "101-110", "doi": "10.5555/{}.d"},
}

TWO_TITLES: dict[str, tuple[str, str]] = {
    # words that say the opposite
    "with and without": (f"{X} with diabetes", f"{X} without diabetes"),
    "effective or not": (f"{X} is effective", f"{X} is not effective"),
    "effective, ineffective": (f"Effective dosing of {X}", f"Ineffective dosing of {X}"),
    "on and off": (f"{X}: on treatment", f"{X}: off treatment"),
    "and, or": (f"{X} and obesity: drugs and diet", f"{X} and obesity: drugs or diet"),
    "before and after": (f"{X} before surgery", f"{X} after surgery"),
    "to and from": (f"{X}: switching to tolpirazole", f"{X}: switching from tolpirazole"),
    "high and low": (f"{X}: high dose", f"{X}: low dose"),
    "increases, decreases": (f"{X}: renin increases", f"{X}: renin decreases"),
    "responders": (f"{X}: responders", f"{X}: nonresponders"),
    "early and late": (f"{X}: early start", f"{X}: late start"),
    "cause and effect": (
        "Effect of depression on quenosartan adherence in smokers of a county",
        "Effect of quenosartan adherence on depression in smokers of a county",
    ),
    "who was first": (f"{X}: diuretics then nitrates", f"{X}: nitrates then diuretics"),
    # a subtitle, or a word, of one of them
    "an extension": (X, f"{X}: an open-label extension"),
    "results from a country": (X, f"{X}: results from Japan"),
    "a long-term follow-up": (X, f"{X}: long-term follow-up"),
    "an interim analysis": (X, f"{X}: interim analysis"),
    "a subgroup": (X, f"{X}: subgroup with asthma"),
    "a cost analysis": (X, f"{X}: a cost-effectiveness analysis"),
    "a pilot study": (X, f"{X}: a pilot study"),
    "a post hoc analysis": (X, f"{X}: post hoc analysis"),
    "in children": (X, f"{X} in children"),
    "a second one": (X, f"{X} II"),
    "part two": (X, f"{X}: part 2"),
    "an update": (X, f"An update on {X}"),
    "a rationale": (X, f"{X}: rationale and design"),
    "a mechanism": (X, f"Mechanisms of {X}"),
    "a vaccine's letter": (f"Hepatitis A vaccine, {X}", f"Hepatitis vaccine, {X}"),
    "a regimen's letter": (f"Regimen A, {X}", f"Regimen B, {X}"),
    # what speaks of another
    "an invited commentary": (X, f"Invited commentary on {X}"),
    "an invited commentary behind": (X, f"{X}: invited commentary"),
    "an editorial comment": (X, f"Editorial comment: {X}"),
    "an editorial": (X, f"Editorial: {X}"),
    "a correction": (X, f"Correction: {X}"),
    "a corrigendum": (X, f"Corrigendum to “{X}”"),
    "a retraction": (X, f"Retraction: {X}"),
    "a reply": (X, f"{X}: authors' reply"),
    "a plain summary": (X, f"Plain language summary of {X}"),
    "a protocol": (X, f"{X}: study protocol"),
    # numbers
    "doses": (f"{X}: 5 mg daily", f"{X}: 10 mg daily"),
    "doses with a point": (f"{X}: 0.5 mg daily", f"{X}: 0.05 mg daily"),
    "weeks": (f"{X}: week 12", f"{X}: week 52"),
    "years of a survey": (f"{X}: survey of 2010", f"{X}: survey of 2012"),
    "periods": (f"{X}, 2001-2005", f"{X}, 2001-2006"),
    "phases": (f"{X}: a phase II trial", f"{X}: a phase III trial"),
    "studies by number": (f"{X}: study 301", f"{X}: study 302"),
    "studies by acronym": (f"{X}: SOLAR-1", f"{X}: SOLAR-2"),
    "studies by letter": (f"{X}: study A", f"{X}: study B"),
    "per cent": (f"{X}: a 10% solution", f"{X}: a 1.0% solution"),
    "types": (f"{X}: type 1 diabetes", f"{X}: type 2 diabetes"),
    "ordinals": (f"{X}: first report", f"{X}: third report"),
    "annual reports": (f"{X}: 12th annual report", f"{X}: 13th annual report"),
    # people, places, animals
    "men and women": (f"{X}: men", f"{X}: women"),
    "boys and girls": (f"{X}: boys", f"{X}: girls"),
    "mothers and fathers": (f"{X}: mothers", f"{X}: fathers"),
    "mice and men": (f"{X}: a study in mice", f"{X}: a study in humans"),
    "rats and mice": (f"{X}: a study in rats", f"{X}: a study in mice"),
    "in vitro and in vivo": (f"{X}: in vitro", f"{X}: in vivo"),
    "sites": (f"{X}: Boston", f"{X}: Denver"),
    "countries alike": (f"{X}: Iran", f"{X}: Iraq"),
    "countries more alike": (f"{X}: Austria", f"{X}: Australia"),
    "sides": (f"{X}: left ventricle", f"{X}: right ventricle"),
    "organs": (f"{X}: lung cancer", f"{X}: colon cancer"),
    "nurses and doctors": (f"{X}: views of nurses", f"{X}: views of doctors"),
    "urban and rural": (f"{X}: urban clinics", f"{X}: rural clinics"),
    "preterm": (f"{X}: term infants", f"{X}: preterm infants"),
    "drugs alike": (f"Cefotaxime beside {X}", f"Ceftriaxone beside {X}"),
    "drugs more alike": (f"Cefuroxime beside {X}", f"Cefotaxime beside {X}"),
    "a drug and its salt of another": (f"Hydralazine beside {X}", f"Hydroxyzine beside {X}"),
    "sugars alike": (f"Inulin beside {X}", f"Insulin beside {X}"),
    "nerves alike": (f"{X}: perineal pain", f"{X}: peroneal pain"),
    "salts alike": (f"{X}: nitrate", f"{X}: nitrite"),
    "over and under": (f"{X}: age > 65 years", f"{X}: age < 65 years"),
    "at least and at most": (f"{X}: age ≥65 years", f"{X}: age &lt;= 65 years"),
    "with and without a receptor": (f"{X}: HER2+ cancer", f"{X}: HER2- cancer"),
    "versions of a questionnaire": (f"{X}: a questionnaire (Turkish)", f"{X}: a questionnaire (Persian)"),
    "types by number": (f"{X}: HPV types 1, 2", f"{X}: HPV types 12"),
    "another title": (X, "Renal outcomes of living kidney donors with quenosartan and its cost"),
    "another title and language": (X, "Quenosartan zur Senkung des Blutdrucks: eine Beobachtung unter Rauchern"),
    # other scripts and languages
    "autumn and spring": (
        "秋季接种奎诺沙坦流感疫苗对老年吸烟者血压的影响",
        "春季接种奎诺沙坦流感疫苗对老年吸烟者血压的影响",
    ),
    "men and women in Chinese": (
        "奎诺沙坦对农村男性吸烟者高血压的疗效观察研究",
        "奎诺沙坦对农村女性吸烟者高血压的疗效观察研究",
    ),
    "an extension in Chinese": ("奎诺沙坦对农村吸烟者高血压的疗效", "奎诺沙坦对农村吸烟者高血压的疗效:长期随访"),
    "a long extension in Chinese": (
        "奎诺沙坦对农村吸烟者高血压和糖尿病患者的疗效观察以及安全性评价的随机对照研究",
        "奎诺沙坦对农村吸烟者高血压和糖尿病患者的疗效观察以及安全性评价的随机对照研究长期随访",
    ),
    "winter and summer in Japanese": (
        "夏季における高血圧患者の血圧変動とケノサルタン",
        "冬季における高血圧患者の血圧変動とケノサルタン",
    ),
    "men and women in Korean": (
        "농촌 고혈압 남성흡연자에서 퀘노사르탄의 효과",
        "농촌 고혈압 여성흡연자에서 퀘노사르탄의 효과",
    ),
    "with and without in German": (f"{X} mit Diabetes", f"{X} ohne Diabetes"),
    "men and women in Russian": (
        "Кенозартан у курящих мужчин сельского района",
        "Кенозартан у курящих женщин сельского района",
    ),
    "hyper and hypo in Russian": (
        "Кенозартан при гипертонии у курящих в районе",
        "Кенозартан при гипотонии у курящих в районе",
    ),
}


def text_of(people: str, number: int, drug: str = "quenosartan") -> str:
    return (
        f"{people} with high pressure were assigned to {drug} or placebo for sixteen weeks at many sites. Of {number} "
        f"who took part, {number // 3} had a response with the drug and {number // 9} with placebo. Pressure fell in "
        "most of them within days, harms were mild, and nobody left the study because of them."
    )


ADULTS = text_of("Adults", 304)

TWO_TEXTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "adults and adolescents": ({"abstract": ADULTS}, {"abstract": text_of("Adolescents", 304)}),
    "other ages": (
        {"abstract": text_of("Patients aged 18 to 65 years", 304)},
        {"abstract": text_of("Patients aged 12 to 17 years", 304)},
    ),
    "other numbers": ({"abstract": ADULTS}, {"abstract": text_of("Adults", 290)}),
    "another topic": (
        {"abstract": ADULTS},
        {
            "abstract": "Kidney donors of one hospital were followed for a decade. Creatinine rose a little at "
            "first, and was stable afterwards. Donors are safe when they are chosen with care and seen every year."
        },
    ),
    "another topic in few words": (
        {"abstract": "Smokers of a county took tablets and their pressure fell within days of the first one."},
        {"abstract": "Kidney donors of one hospital were followed for a decade, and creatinine stayed as it was."},
    ),
    "men and women": ({"abstract": text_of("Men", 304)}, {"abstract": text_of("Women", 304)}),
    "a dose ten times as high": (
        {"abstract": f"{ADULTS} They took 12.5 mg daily for 16 weeks (P = 0.03)."},
        {"abstract": f"{ADULTS} They took 125 mg daily for 16 weeks (P = 0.03)."},
    ),
    "trials with a digit too many": (
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCT09990001"},
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCT099900023"},
    ),
    "trials with an O for a nought": (
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCT09990001"},
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCTO999OOO2"},
    ),
    "trials with an l for a one": (
        {"abstract": f"{ADULTS} Registered: NCT09990002."},
        {"abstract": f"{ADULTS} Registered: NCT0999000l."},
    ),
    "trials behind a very long text": (
        {"abstract": f"{ADULTS * 8} Registered: NCT09990001."},
        {"abstract": f"{ADULTS * 8} Registered: NCT09990002."},
    ),
    "trials of ISRCTN with a digit too few": (
        {"abstract": f"{ADULTS} ISRCTN09990001."},
        {"abstract": f"{ADULTS} ISRCTN0999002."},
    ),
    "trials of other registries by typo": (
        {"abstract": f"{ADULTS} ChiCTR2000099901."},
        {"abstract": f"{ADULTS} ChiCTR20000999023."},
    ),
    "a number that breaks off, of another trial": (
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCT09990001."},
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCT0888"},
    ),
}

ONE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a design dropped": ({"title": f"{X}: a retrospective observational study"}, {"title": X}),
    "an acronym's signs": ({"title": f"{X} (SOLAR-1)"}, {"title": f"{X} (SOLAR 1)"}),
    "a small word lost": ({"title": f"{X}: drugs for young and for old"}, {"title": f"{X}: drugs for young for old"}),
    "a small word misspelt": ({"title": f"{X}: tablets and diets"}, {"title": f"{X}: tablets amd diets"}),
    "an article lost": ({"title": f"The {X}"}, {"title": X}),
    "a plural": ({"title": f"{X}: results in group"}, {"title": f"{X}: results in groups"}),
    "cut within a word": ({"title": X}, {"title": X[:-3]}),
    "a library's note": ({"title": f"{X}: Original Article"}, {"title": X}),
    "an abstract cut": ({"abstract": ADULTS}, {"abstract": ADULTS[:210]}),
    "an abstract with headings": (
        {"abstract": ADULTS},
        {"abstract": f"BACKGROUND: {ADULTS.replace('. Of', '. RESULTS: Of')}"},
    ),
    "an abstract of one alone": ({"abstract": ADULTS}, {}),
    "an abstract in two languages": (
        {
            "abstract": "Adults were followed for 16 weeks. Of 304 patients, 101 had a response with the drug and 33 "
            "with placebo (P = 0.03), and pressure fell by 12.5 mm in most of them. Harms were mild."
        },
        {
            "abstract": "Se siguió durante 16 semanas a las personas. De 304 pacientes, 101 respondieron al fármaco y "
            "33 al placebo (P = 0,03); la presión disminuyó 12,5 mm en la mayoría. Los daños fueron leves."
        },
    ),
    "a subtitle of one, with one text": (
        {"title": f"{X}: lessons of a winter", "abstract": ADULTS},
        {"title": X, "abstract": ADULTS},
    ),
    "a number of a trial that breaks off": (
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCT09990001."},
        {"abstract": f"{ADULTS} ClinicalTrials.gov NCT0999"},
    ),
}

ONE_IDENTIFIER: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "on other pages": ({"pages": "101-110"}, {"pages": "111-120"}),
    "years later": ({"year": 2012, "volume": "12"}, {"year": 2015, "volume": "15"}),
    "by others": (
        {"authors": ("Sousa, R", "Lindqvist, E"), "pages": None},
        {"authors": ("Okafor, C", "Jansen, P"), "pages": None},
    ),
}
"""What else two records that share an identifier say: one of them has it by mistake, or it is the whole's."""

Case = tuple[dict[str, Any], dict[str, Any]]
TWO: dict[str, Case] = {
    **{name: ({"title": one}, {"title": other}) for name, (one, other) in TWO_TITLES.items()},
    **TWO_TEXTS,
}


def results(cases: dict[str, Case], citation: Callable[..., Citation], found: Callable[..., Duplicates]) -> Duplicates:
    """All cases in all places in one search: a drug and authors of their own keep the cases apart."""
    records = []
    for name, sides in cases.items():
        for place, where in PLACES.items():
            own = "".join(chr(ord("a") + n % 26) for n in hashlib.sha256(f"{name}{place}".encode()).digest()[:12])
            for side, said in zip("ab", sides, strict=True):
                shared = {"title": X} | where | said
                shared["title"] = shared["title"].replace("uenosartan", own)
                shared["doi"] = where["doi"].format(own) if "doi" in where else None
                people = tuple(f"{own.capitalize()}{one}, {one[0].upper()}" for one in ("miller", "okafor", "jansen"))
                records.append(citation(f"{name}, {place}: {side}", authors=people, **shared))
    return found(*records)


@pytest.fixture(scope="module")
def apart(citation: Callable[..., Citation], found: Callable[..., Duplicates]) -> Duplicates:
    return results(TWO, citation, found)


@pytest.fixture(scope="module")
def merged(citation: Callable[..., Citation], found: Callable[..., Duplicates]) -> Duplicates:
    return results(ONE, citation, found)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", TWO)
def test_two_documents_are_two_wherever_they_stand(apart: Duplicates, name: str, place: str) -> None:
    for side in "ab":
        assert apart.cluster_of[f"{name}, {place}: {side}"] == f"{name}, {place}: {side}"


@pytest.mark.parametrize("name", TWO_TEXTS)
@pytest.mark.parametrize("place", PLACES)
def test_one_title_of_two_texts_or_trials_is_for_a_person(apart: Duplicates, name: str, place: str) -> None:
    listed = {frozenset((pair.left, pair.right)) for pair in apart.doubtful}
    assert frozenset(f"{name}, {place}: {side}" for side in "ab") in listed


@pytest.mark.parametrize("identifier", [{"doi": "10.5555/a"}, {"pmid": "99000001"}])
@pytest.mark.parametrize("name", ONE_IDENTIFIER)
def test_an_identifier_is_no_proof(
    citation: Callable[..., Citation], found: Callable[..., Duplicates], name: str, identifier: dict[str, str]
) -> None:
    one, other = ONE_IDENTIFIER[name]
    result = found(citation("a", **identifier, **one), citation("b", **identifier, **other))
    assert result.clusters == {}
    assert [(pair.left, pair.right) for pair in result.doubtful] == [("a", "b")]


@pytest.mark.parametrize("name", ONE)
def test_two_records_of_one_document_are_one(merged: Duplicates, name: str) -> None:
    one, other = (f"{name}, the same pages and DOI: {side}" for side in "ab")
    assert merged.cluster_of[other] == one
