"""Made records of PubMed, any number of them: half report a trial of their own, the others another kind of study.

Names are put together from syllables, so that nothing is anyone's text and no two trials share a drug. The same number
gives the same record; a record of a later `version` says other numbers.
"""

import random

from bench.made_citations import made_records

SYLLABLES = "ba be bi bo da de di do fa fe fi fo ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no".split()
PEOPLE = ("adults", "outpatients", "patients aged 40 to 75 years", "women", "children aged 6 to 17 years")
TIMES = (8, 12, 16, 24, 26, 48, 52)

RECORD = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue><Volume>{volume}</Volume><Issue>{issue}</Issue><PubDate>\
<Year>{year}</Year></PubDate></JournalIssue><Title>{journal}</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Pagination><MedlinePgn>{pages}</MedlinePgn></Pagination><Abstract>{abstract}</Abstract><AuthorList>{authors}</AuthorList>
<Language>eng</Language>{registration}</Article></MedlineCitation><PubmedData><ArticleIdList>\
<ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="doi">{doi}</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>"""

REGISTRATION = """<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>\
<AccessionNumber>{nct_id}</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"""


def made_papers(count: int, first_pmid: int = 30_000_001) -> dict[str, bytes]:
    """So many records by PMID, each of a document of its own."""
    papers: dict[str, bytes] = {}
    seen: set[int] = set()
    for one in made_records(2 * count + 100):
        if one.document in seen:
            continue
        seen.add(one.document)
        number = len(papers)
        names = "".join(f"<Author><LastName>{name.split(', ')[0]}</LastName></Author>" for name in one.authors)
        about = {"volume": one.volume, "issue": one.number, "year": one.year, "journal": one.journal}
        papers[str(first_pmid + number)] = made_paper(
            number, first_pmid + number, title=one.title, authors=names, pages=one.pages, **about
        )
        if len(papers) == count:
            break
    return papers


def made_paper(number: int, pmid: int, *, title: str, version: int = 1, **about: object) -> bytes:
    """One record: every second reports a trial, four in five of these with its registry number."""
    chance = random.Random(f"{number}/{version}")
    is_trial = number % 2 == 0
    drug = drug_of(number)
    said = _trial(drug, chance) if is_trial else _study(title, chance)
    registered = is_trial and number % 5 != 0
    return RECORD.format(
        pmid=pmid,
        title=f"{drug.capitalize()} in {title.rsplit(' in ', maxsplit=1)[-1]}" if is_trial else title,
        abstract="".join(f'<AbstractText Label="{label}">{words}</AbstractText>' for label, words in said),
        doi=f"10.5555/made.{number}",
        registration=REGISTRATION.format(nct_id=f"NCT{9_000_000 + number:08}") if registered else "",
        **about,
    ).encode()


def drug_of(number: int) -> str:
    """A drug of its own."""
    syllables, rest = "", number
    for _ in range(4):
        rest, place = divmod(rest, len(SYLLABLES))
        syllables += SYLLABLES[place]
    return f"{syllables}sartan"


def _trial(drug: str, chance: random.Random) -> list[tuple[str, str]]:
    weeks, dose = chance.choice(TIMES), chance.choice((10, 20, 40, 80, 150))
    on_drug, on_placebo = chance.randint(80, 400), chance.randint(80, 400)
    shares = [round(chance.uniform(10, 90), 1) for _ in range(4)]
    changes = [round(-chance.uniform(1, 19), 1) for _ in range(2)]
    return [
        ("BACKGROUND", f"The efficacy of {drug} in high blood pressure is not known."),
        (
            "METHODS",
            f"In this randomised, double-blind, phase 3 trial, {on_drug + on_placebo} {chance.choice(PEOPLE)} were "
            f"randomly assigned to {drug} {dose} mg once daily (n = {on_drug}) or placebo (n = {on_placebo}) for "
            f"{weeks} weeks. The primary outcome was the response at week {weeks}.",
        ),
        (
            "RESULTS",
            f"At week {weeks}, response occurred in {shares[0]}% of the {drug} group and {shares[1]}% of the placebo "
            f"group (p &lt; 0.001). The mean change in systolic blood pressure from baseline at week {weeks} was "
            f"{changes[0]} mm Hg with {drug} and {changes[1]} mm Hg with placebo. Adverse events were reported in "
            f"{shares[2]}% of patients in the {drug} group and {shares[3]}% in the placebo group.",
        ),
        ("CONCLUSION", f"{drug.capitalize()} was superior to placebo."),
    ]


def _study(title: str, chance: random.Random) -> list[tuple[str, str]]:
    seen = chance.randint(40, 4000)
    return [
        ("BACKGROUND", f"Little is known of what this study is about: {title.lower()}."),
        (
            "METHODS",
            f"We looked at the records of {seen} people who were seen between {chance.randint(1990, 2004)} and "
            f"{chance.randint(2005, 2020)}, and followed them for a median of {chance.randint(2, 15)} years.",
        ),
        (
            "RESULTS",
            f"The median age was {chance.randint(30, 80)} years, and {chance.randint(20, 80)}% were women. Symptoms "
            f"were found in {round(chance.uniform(1, 60), 1)}% of them at the first visit.",
        ),
        ("CONCLUSION", "More studies are needed."),
    ]
