import pytest

from trialhouse.text.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("7·5 mg", [7.5]),
        ("1,800 mcg", [1800]),
        ("a total of 1 800 patients", [1800]),
        ("n=1 024", [1024]),
        ("17\u2009801 men, 12\u00a0345 women, 1\u202f024\u202f512 in all", [17801, 12345, 1024512]),
        ("At week 24 300 participants were seen; over 10 years 17 801 were", [24, 300, 10, 17801]),
        ("P<.05", [0.05]),
        ("A vs. 20.9%", [20.9]),
        ("-66·2% and \u22123.1 and –4", [-66.2, -3.1, -4]),
        ("0.17-0.74", [0.17, 0.74]),
        ("5 – 7 days", [5, 7]),
        ("IL-6, ACR20, SARS-CoV-2 and HbA1c", []),
        ("VXC-201 200 mg", [200.0]),
        ("GII.4 disease, BA.5 and XBB.1.5 in 12 adults", [12.0]),
        ("no fever.5 adults left; 0.4 to .7", [5.0, 0.4, 0.7]),
        ("twenty-three of one hundred fifteen", [23, 115]),
        ("Two hundred and forty patients", [240]),
        ("Three hundred eighty-three", [383]),
        ("12-week", [12]),
    ],
)
def test_numbers_as_texts_write_them(text: str, values: list[float]) -> None:
    assert [n.value for n in find_numbers(text)] == values


def test_a_sign_belongs_to_the_span() -> None:
    text = "fell (\u22123.1 mm Hg)"
    number = find_numbers(text)[0]
    assert text[number.start : number.end] == "\u22123.1"
