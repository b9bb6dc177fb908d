"""Countries in a text, by the English names that ClinicalTrials.gov uses."""

import re

from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

_NAMES = """
Argentina Australia Austria Bangladesh Belarus Belgium Bolivia Brazil Bulgaria Canada Chile China Colombia
Croatia Cuba Cyprus Czechia Denmark Ecuador Egypt Estonia Ethiopia Finland France Georgia Germany Ghana Greece
Guatemala Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Japan Jordan Kenya Latvia Lebanon
Lithuania Luxembourg Malawi Malaysia Mali Malta Mexico Morocco Mozambique Nepal Netherlands Nigeria Norway
Pakistan Panama Paraguay Peru Philippines Poland Portugal Romania Russia Rwanda Senegal Serbia Singapore
Slovakia Slovenia Spain Sudan Sweden Switzerland Taiwan Tanzania Thailand Tunisia Turkey Uganda Ukraine
Uruguay Venezuela Vietnam Zambia Zimbabwe
""".split()
_OTHERS = {
    "USA": "United States",
    "US": "United States",
    "U.S.": "United States",
    "U.S.A.": "United States",
    "United States of America": "United States",
    "United States": "United States",
    "UK": "United Kingdom",
    "U.K.": "United Kingdom",
    "United Kingdom": "United Kingdom",
    "Great Britain": "United Kingdom",
    "England": "United Kingdom",
    "Scotland": "United Kingdom",
    "Wales": "United Kingdom",
    "The Netherlands": "Netherlands",
    "Czech Republic": "Czechia",
    "South Korea": "South Korea",
    "Republic of Korea": "South Korea",
    "Korea": "South Korea",
    "New Zealand": "New Zealand",
    "South Africa": "South Africa",
    "Saudi Arabia": "Saudi Arabia",
    "Puerto Rico": "Puerto Rico",
    "Hong Kong": "Hong Kong",
    "Burkina Faso": "Burkina Faso",
    "Costa Rica": "Costa Rica",
    "Sri Lanka": "Sri Lanka",
    "Russian Federation": "Russia",
    "Türkiye": "Turkey",
    "Bosnia and Herzegovina": "Bosnia and Herzegovina",
    "North Macedonia": "North Macedonia",
    "United Arab Emirates": "United Arab Emirates",
    "Viet Nam": "Vietnam",
}
_ALL = {name: name for name in _NAMES} | _OTHERS
_COUNTRY = lazy_compile(
    at_word(*map(re.escape, sorted(_ALL, key=lambda n: (-len(n), n))), before="(?<![A-Za-z])") + "(?![A-Za-z])"
)


def find_countries(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The countries named in `text[start:end]` as (English name, start, end), in order."""
    return [(_ALL[found.group()], found.start(), found.end()) for found in _COUNTRY.finditer(text, start, end)]
