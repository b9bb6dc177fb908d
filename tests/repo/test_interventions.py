"""The names of interventions in seeds/, and the program that makes them from the FDA's list of substances."""

import csv
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[2]
FILE = ROOT / "seeds" / "interventions.csv"

UNII_NAMES = """Name\tTYPE\tUNII\tDisplay Name
BROSTELIMAB [INN]\tcn\tU1\tBROSTELIMAB
BROSTELIMAB\tof\tU1\tBROSTELIMAB
BROSTELIMAB-ABCD\tof\tU1\tBROSTELIMAB
BROSTEVA\tbn\tU1\tBROSTELIMAB
XY-204511\tcd\tU1\tBROSTELIMAB
NSC-204512\tcd\tU1\tBROSTELIMAB
Z-1\tcd\tU1\tBROSTELIMAB
XYZMAB\tcn\tU1\tBROSTELIMAB
PROGRAM\tbn\tU1\tBROSTELIMAB
COMBIVA COMPONENT BROSTELIMAB\tbn\tU1\tBROSTELIMAB
BROSTELIMAB [WHO-DD]\tcn\tU1\tBROSTELIMAB
CARVATOL [INN]\tcn\tU2\tCARVATOL
CARVATOL [ORANGE BOOK]\tcn\tU2\tCARVATOL
CARVATOL MALEATE\tof\tU3\tCARVATOL MALEATE
VATOCOR\tbn\tU3\tCARVATOL MALEATE
SHARED NAME\tof\tU1\tBROSTELIMAB
SHARED NAME\tof\tU2\tCARVATOL
TIOVERIUM BROMIDE [INN]\tcn\tU4\tTIOVERIUM BROMIDE
TIOVERIUM BROMIDE [VANDF]\tcn\tU4\tTIOVERIUM BROMIDE
OBSCURAMIDE [INN]\tcn\tU5\tOBSCURAMIDE
"""
REVIEWED = """name,norm,code,source,date
carvatol,carvatolol,,reviewed list of the test,2026-01-01
placebo,placebo,,reviewed list of the test,2026-01-01
made before,made before,U9,FDA UNII,2020-01-01
"""


@pytest.fixture(scope="module")
def rows():
    """The rows of the file in seeds/."""
    return rows_of(FILE)


@pytest.fixture
def program(monkeypatch):
    """The program, imported as it imports its neighbour."""
    monkeypatch.syspath_prepend(str(ROOT / "bench" / "vocabularies"))
    import make_interventions

    return make_interventions


def rows_of(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def made(program, tmp_path, capsys):
    """What the program makes of the small list, by name."""
    source, target = tmp_path / "unii.txt", tmp_path / "interventions.csv"
    source.write_text(UNII_NAMES)
    target.write_text(REVIEWED)
    program.main(source, "2026-02-02", target)
    once = target.read_bytes()
    program.main(source, "2026-02-02", target)
    assert target.read_bytes() == once, "the second run changed what the first had made"
    return {row["name"]: row for row in rows_of(target)}


def test_names_brands_and_codes_mean_their_substance(made):
    assert {name for name, row in made.items() if row["code"] == "U1"} == {
        "brostelimab", "brostelimab-abcd", "Brosteva", "XY204511",
    }  # fmt: skip
    assert made["XY204511"] == {
        "name": "XY204511", "norm": "brostelimab", "code": "U1", "source": "FDA UNII", "date": "2026-02-02",
    }  # fmt: skip


def test_a_reviewed_row_stays_gets_its_code_and_names_the_substance(made):
    assert made["carvatol"]["source"] == "reviewed list of the test"
    assert (made["carvatol"]["code"], made["placebo"]["code"]) == ("U2", "")
    assert (made["carvatol maleate"]["norm"], made["Vatocor"]["norm"]) == ("carvatolol", "carvatolol")


def test_a_cation_alone_means_its_salt(made):
    assert made["tioverium"]["norm"] == made["tioverium bromide"]["norm"] == "tioverium bromide"


def test_names_that_mean_two_substances_or_something_else_are_not_taken(made):
    assert made.keys().isdisjoint({"shared name", "Program", "obscuramide", "made before", "NSC204512", "xyzmab"})


def test_a_file_that_is_not_the_list_is_refused(program, tmp_path):
    path = tmp_path / "other.txt"
    path.write_text("Name,UNII\n")
    with pytest.raises(ValueError, match="does not begin with the columns"):
        program.read_substances(path)


def test_every_row_has_what_the_file_promises(rows):
    order = [(row["norm"].lower(), row["norm"], row["name"].lower(), row["name"]) for row in rows]
    assert order == sorted(order)
    assert all(row["name"] and row["norm"] and row["source"] and len(row["date"]) == len("2026-11-22") for row in rows)
    assert len({row["name"].lower() for row in rows}) == len(rows), "a name means two things"


def test_one_norm_has_one_code(rows):
    codes: dict[str, set[str]] = {}
    for row in rows:
        codes.setdefault(row["norm"], set()).add(row["code"])
    assert {norm: known for norm, known in codes.items() if len(known) > 1} == {}


def test_no_made_name_is_on_the_list_of_what_texts_mean_otherwise(program, rows):
    stopped = program.stopped_names(program.STOPPED)
    assert {row["name"].lower() for row in rows if row["source"] == program.SOURCE} & stopped == set()
    assert {"insulin", "glucose", "calcium", "cholesterol", "sodium", "iron", "alcohol", "oxygen", "crp"} <= stopped


@pytest.mark.parametrize(
    ("name", "norm"),
    [
        ("LY3074828", "mirikizumab"),
        ("BI655066", "risankizumab"),
        ("atorvastatin calcium", "atorvastatin"),
        ("amlodipine", "amlodipine"),
        ("latanoprost", "latanoprost"),
        ("Lantus", "insulin glargine"),
        ("insulin detemir", "insulin detemir"),
        ("pemetrexed", "pemetrexed"),
        ("meropenem", "meropenem"),
        ("ensitrelvir", "ensitrelvir"),
        ("dalteparin", "dalteparin sodium"),
        ("tiotropium", "tiotropium bromide"),
        ("sevoflurane", "sevoflurane"),
        ("lurasidone", "lurasidone"),
        ("gadobutrol", "gadobutrol"),
        ("influenza vaccine", "influenza vaccine"),
        ("vitamin B12", "vitamin B12"),
        ("statins", "statins"),
    ],
)
def test_drugs_of_every_field_are_known(rows, name, norm):
    assert [row["norm"] for row in rows if row["name"] == name] == [norm]
