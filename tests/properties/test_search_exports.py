"""Whatever a citation says, each format gives it back; whatever happens to an export, its records are read or told."""

import csv
import io
import pathlib
import tempfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from trialhouse.documents.search_exports import Exports, read_exports
from trialhouse.documents.search_exports.cells import NOTHING

LETTERS = st.characters(whitelist_categories=("Lu", "Ll", "Lo"), max_codepoint=0x2FFF)
WORD = st.text(LETTERS, min_size=1, max_size=8).filter(lambda word: word not in NOTHING and word.lower() != "and")
SIGNS = st.sampled_from(
    ["", "", ",", ";", ".", "'", ":", "?", "(", ")", "/", "-", "&c", "<b", ">", '"', '""', "ER", "TY"]
)
PHRASE = st.lists(st.tuples(WORD, SIGNS), min_size=1, max_size=5).map(
    lambda parts: " ".join(f"{word}{sign}" for word, sign in parts).strip()
)
NAME = st.tuples(WORD, st.sampled_from("ABCÉØ")).map(lambda parts: f"{parts[0]}, {parts[1]}.")
NUMBER = st.integers(1, 999).map(str)
CITATION = st.fixed_dictionaries(
    {"title": PHRASE, "authors": st.lists(NAME, min_size=2, max_size=4), "journal": PHRASE},
    optional={
        "abstract": PHRASE,
        "year": st.integers(1900, 2030),
        "volume": NUMBER,
        "number": NUMBER,
        "doi": st.integers(0, 10**6).map(lambda number: f"10.5555/x.{number}"),
        "pmid": st.integers(1, 10**7).map(str),
    },
)
CITATIONS = st.lists(CITATION, min_size=1, max_size=4)

Said = dict[str, object]


def as_csv(records: list[Said]) -> str:
    file = io.StringIO()
    names = ("ID", "title", "authors", "journal", "abstract", "year", "volume", "number", "doi", "pmid")
    writer = csv.writer(file)
    writer.writerow(names)
    for number, one in enumerate(records):
        cells = one | {"ID": f"r{number}", "authors": "; ".join(one["authors"])}
        writer.writerow([cells.get(name, "") for name in names])
    return file.getvalue()


def tagged(tags: dict[str, str], one: Said, mark: str) -> list[str]:
    lines = []
    for name, tag in tags.items():
        values = one.get(name, [])
        lines += [f"{tag}{mark}{value}" for value in (values if isinstance(values, list) else [values])]
    return lines


def as_ris(records: list[Said]) -> str:
    tags = {"title": "TI", "authors": "AU", "journal": "JF", "abstract": "AB", "year": "PY", "volume": "VL"}
    tags |= {"number": "IS", "doi": "DO"}
    return "".join(
        "\n".join(["TY  - JOUR", f"ID  - r{number}", *tagged(tags, one, "  - "), *database(one), "ER  - ", "", ""])
        for number, one in enumerate(records)
    )


def database(one: Said) -> list[str]:
    return [f"AN  - {one['pmid']}", "DB  - PubMed"] if "pmid" in one else []


def as_ciw(records: list[Said]) -> str:
    tags = {"title": "TI", "journal": "SO", "abstract": "AB", "year": "PY", "volume": "VL", "number": "IS"}
    tags |= {"doi": "DI", "pmid": "PM"}
    parts = ["FN Clarivate Analytics Web of Science\nVR 1.0\n"]
    for number, one in enumerate(records):
        authors = "AU " + "\n   ".join(one["authors"])
        parts.append("\n".join(["PT J", authors, *tagged(tags, one, " "), f"UT r{number}", "ER", "", ""]))
    return "".join([*parts, "EF"])


def as_endnote(records: list[Said]) -> str:
    def element(path: str, value: object) -> str:
        names = path.split("/")
        opened = "".join(f"<{name}>" for name in names)
        closed = "".join(f"</{name}>" for name in reversed(names))
        return f'{opened}<style face="normal">{escape(str(value))}</style>{closed}'

    paths = {"title": "titles/title", "journal": "periodical/full-title", "abstract": "abstract"}
    paths |= {"year": "dates/year", "volume": "volume", "number": "number", "doi": "electronic-resource-num"}
    parts = []
    for number, one in enumerate(records):
        fields = [element(path, one[name]) for name, path in paths.items() if name in one]
        if "pmid" in one:
            fields.append(element("accession-num", one["pmid"]) + element("remote-database-name", "PubMed"))
        names = "".join(element("author", name) for name in one["authors"])
        fields.append(f"<contributors><authors>{names}</authors></contributors>")
        parts.append(f"<record><rec-number>r{number}</rec-number>{''.join(fields)}</record>")
    return f"<?xml version='1.0' encoding='UTF-8'?><xml><records>{''.join(parts)}</records></xml>"


def as_bibtex(records: list[Said]) -> str:
    parts = []
    for number, one in enumerate(records):
        fields = one | {"author": " and ".join(one["authors"])}
        del fields["authors"]
        parts.append(f"@article{{r{number},\n" + ",\n".join(f"  {n} = {{{v}}}" for n, v in fields.items()) + "\n}\n")
    return "".join(parts).replace("&", "\\&")


def as_nbib(records: list[Said]) -> str:
    tags = {"title": "TI", "authors": "FAU", "journal": "JT", "abstract": "AB", "year": "DP", "volume": "VI"}
    tags |= {"number": "IP"}
    parts = []
    for number, one in enumerate(records):
        doi = [f"LID - {one['doi']} [doi]"] if "doi" in one else []
        fields = tagged({name: tag.ljust(4) for name, tag in tags.items()}, one, "- ")
        parts.append(
            "\n".join(["", f"PMID- {one.get('pmid', 5000 + number)}", "OWN - NLM", *doi, *fields, "SO  - x", ""])
        )
    return "".join(parts)


WRITERS: dict[str, Callable[[list[Said]], str]] = {
    "csv": as_csv,
    "ris": as_ris,
    "ciw": as_ciw,
    "xml": as_endnote,
    "bib": as_bibtex,
    "nbib": as_nbib,
}
FORMATS = st.sampled_from(sorted(WRITERS))


def read(content: bytes) -> Exports:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "export"
        path.write_bytes(content)
        return read_exports([path])


@given(FORMATS, CITATIONS)
@settings(max_examples=60)
def test_what_is_written_is_read_back(name: str, records: list[Said]) -> None:
    exports = read(WRITERS[name](records).encode())
    assert exports.damaged == ()
    rows = exports.table.to_pylist()
    assert len(rows) == len(records)
    for row, one in zip(rows, records, strict=True):
        assert {field: row[field] for field in one} == one


SIGNS_OF_FORMATS = (
    '", \n \r \x00 { } @misc{x, TY ER PT <record> </record> &#0; &x; ]]> PMID-1 <!DOCTYPE.a[<!ENTITY.x"y">]>'.split(" ")
)
PIECES = st.sampled_from(
    [one.encode() for one in SIGNS_OF_FORMATS] + [b"", b"\xe9", b"\xff\xfe", b"\xef\xbb\xbf", b"TY  - "]
)
SAMPLE: list[Said] = [
    {"title": f"Belotarin for fever {number}", "authors": ["Muster, A.", "Øre, B."], "journal": "J Fever", "year": 2026}
    | {"doi": f"10.5555/x.{number}", "pmid": f"99{number}", "abstract": "Fièvre, “cough”; and more"}
    for number in range(3)
]


@given(FORMATS, st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), PIECES), min_size=1, max_size=3))
@example("xml", [(0.0, 33, b"TY")])
@settings(max_examples=150)
def test_a_damaged_export_is_read_or_told(name: str, damages: list[tuple[float, int, bytes]]) -> None:
    content = WRITERS[name](SAMPLE).encode()
    for place, length, piece in damages:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + length :]
    exports = read(content)
    (file,) = exports.files
    ids = [*exports.table.column("record_id").to_pylist(), *(one.record_id for one in exports.damaged)]
    assert len(ids) == len(set(ids)) == file.records
    assert ids or file.problem or file.notes
    exports.table.validate(full=True)


@given(st.binary(max_size=400))
@settings(max_examples=100)
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    exports = read(content)
    assert exports.table.num_rows or exports.damaged or exports.files[0].problem
