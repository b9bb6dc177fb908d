"""The records of one made trial: its registry record and its paper, as the two services give them."""

from dataclasses import dataclass

REGISTRY = "ClinicalTrials.gov"
SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "tu")


@dataclass(frozen=True)
class MadeTrial:
    """What is true of a trial on a day; every change makes another one."""

    number: int
    enrollment: int = 200
    status: str = "COMPLETED"
    response_pct: float = 60.0
    arm_n: tuple[int, int] = (100, 100)
    retracted_by: str | None = None

    @property
    def nct_id(self) -> str:
        """Its registry number, of a block that no trial has."""
        return f"NCT0999{self.number:04}"

    @property
    def pmid(self) -> str:
        """Its paper's number."""
        return f"{39_900_000 + self.number}"

    @property
    def doi(self) -> str:
        """Its paper's DOI, under the prefix for examples."""
        return f"10.5555/year.{self.number}"

    @property
    def drug(self) -> str:
        """A drug of its own: two trials that share one would be told to be related."""
        one, two, three = self.number // 100 % 10, self.number // 10 % 10, self.number % 10
        return f"{SYLLABLES[one]}{SYLLABLES[two]}{SYLLABLES[three]}sartan"


def study(trial: MadeTrial) -> dict[str, object]:
    """The registry record."""
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": trial.nct_id,
                "briefTitle": f"{trial.drug.capitalize()} in High Blood Pressure",
            },
            "statusModule": {"overallStatus": trial.status},
            "conditionsModule": {"conditions": ["Hypertension"]},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE3"],
                "designInfo": {"allocation": "RANDOMIZED", "interventionModel": "PARALLEL"},
                "enrollmentInfo": {"count": trial.enrollment, "type": "ACTUAL"},
            },
            "armsInterventionsModule": {
                "armGroups": [
                    {
                        "label": f"{trial.drug} 40 mg",
                        "type": "EXPERIMENTAL",
                        "interventionNames": [f"Drug: {trial.drug}"],
                    },
                    {"label": "Placebo", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo"]},
                ],
                "interventions": [{"type": "DRUG", "name": trial.drug}, {"type": "DRUG", "name": "Placebo"}],
            },
        },
        "hasResults": False,
    }


def paper(trial: MadeTrial) -> bytes:
    """The paper's citation in PubMed."""
    with_drug, without = trial.arm_n
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{trial.pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue><PubDate><Year>2026</Year></PubDate></JournalIssue>
<Title>Example journal of hypertension</Title></Journal>
<ArticleTitle>{trial.drug.capitalize()} for high blood pressure: a randomised, placebo-controlled trial.</ArticleTitle>
<Abstract><AbstractText Label="METHODS">We randomly assigned {trial.enrollment} adults to {trial.drug} 40 mg once daily
(n = {with_drug}) or placebo (n = {without}) for 12 weeks.</AbstractText><AbstractText Label="RESULTS">At week 12,
response occurred in {trial.response_pct}% of the {trial.drug} group and 40.0% of the placebo
group.</AbstractText></Abstract><Language>eng</Language><DataBankList><DataBank><DataBankName>{REGISTRY}</DataBankName>
<AccessionNumberList><AccessionNumber>{trial.nct_id}</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
</Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{trial.pmid}</ArticleId>
<ArticleId IdType="doi">{trial.doi}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>""".encode()
