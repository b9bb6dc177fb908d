"""One condition in the words of registries and of papers."""

import pytest

from trialhouse.resolution.conditions import Conditions


@pytest.mark.parametrize(
    ("registered", "said", "text"),
    [
        (
            "Carcinoma, Non-Small-Cell Lung",
            "untreated advanced NSCLC",
            "Zelotamab in advanced non-small-cell lung cancer",
        ),
        ("Carcinoma, Non-Small-Cell Lung", "", "Zelotamab for advanced non-small-cell lung cancer"),
        ("Breast Neoplasms", "", "Yulimab in early cancers of the breast"),
        ("COPD", "", "Inhaled velomarib in chronic obstructive pulmonary disease"),
        ("Heart Failure", "HFrEF", "Finerolone"),
        ("HFrEF", "", "Finerolone in heart failure with reduced ejection fraction"),
        ("Type 2 Diabetes", "diabetes", "Mirelutide"),
    ],
)
def test_one_condition_in_other_words(registered: str, said: str, text: str) -> None:
    title = "A Study in Heart Failure With Reduced Ejection Fraction" if said == "HFrEF" else "A Study"
    record = Conditions.of([registered], title.casefold())
    paper = Conditions.of([said] if said else [], text.casefold())
    assert record.meet(paper)
    assert paper.meet(record)


def test_an_abbreviation_is_spelt_by_the_title_of_the_record() -> None:
    record = Conditions.of(["Carcinoma, Non-Small-Cell Lung"], "zelotamab in untreated non-small cell lung cancer")
    assert record.meet(Conditions.of(["untreated NSCLC"], "zelo as first-line treatment of advanced nsclc"))


@pytest.mark.parametrize(
    ("registered", "said", "text"),
    [
        ("Carcinoma, Non-Small-Cell Lung", "breast cancer", "Zelotamab in breast cancer"),
        ("Lung Neoplasms", "Breast Neoplasms", "Zelotamab in tumours of the breast"),
        ("Asthma", "COPD", "Velomarib in COPD"),
        ("COPD", "asthma", "A chronic and obstructive cough of asthma"),
        ("Heart Failure", "untreated psoriasis", "Yulimab in untreated psoriasis"),
        ("untreated asthma", "untreated psoriasis", "Yulimab in untreated psoriasis"),
    ],
)
def test_another_condition(registered: str, said: str, text: str) -> None:
    assert not Conditions.of([registered], "a study").meet(Conditions.of([said], text.casefold()))
