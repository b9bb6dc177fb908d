"""Make the names of substances in seeds/interventions.csv from the FDA's list of UNII names.

    python bench/vocabularies/make_interventions.py UNII_NAMES DATE

UNII_NAMES is the public list (tab-separated: name, type, UNII, display name), in the public domain, as
the FDA's Global Substance Registration System publishes it; DATE is the day it was published. The rows that people
reviewed stay as they are and win: they only get the UNII of their substance where the list leaves no doubt, and
their word for a substance is the word for its other names too. All other rows are made anew, so the same list always
gives the same file.

A substance is taken when it has an International Nonproprietary Name or a United States Adopted Name and is meant for
patients: a book of authorised medicines names it, both have adopted its name, or it is in the WHO's dictionary of drugs
and has a brand or a developer's code. Salts, esters and hydrates of it are names of it. Names that texts write for
something else are in not_interventions.csv beside this program, each with its reason.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from unii_names import LEAST_LETTERS, MARKETED, Substance, read_substances

from trialhouse.resources import data_root

REVIEWED = "reviewed list"
"""How the source of a row begins that a person has read."""
SOURCE = "FDA UNII"
STOPPED = Path(__file__).parent / "not_interventions.csv"
COLUMNS = ("name", "norm", "code", "source", "date")
FORMS = frozenset(
    """
    acetate acetonide aluminum anhydrous arginine aspartate axetil benzathine benzoate besilate besylate bitartrate
    bromide butyrate calcium camsylate caproate carbonate chloride choline cilexetil citrate cypionate decanoate
    diacetate dihydrate dihydrochloride dimesylate dinitrate dipotassium dipropionate disodium disoproxil ditosylate
    edisylate enanthate erbumine esylate ethanolate etexilate ethylsuccinate fosfamide fumarate furoate gluconate
    glucuronate hemifumarate hemihydrate hemisuccinate hippurate hyclate hydrate hydrobromide hydrochloride
    hydroiodide hydroxide iodide isethionate lactate lactobionate lauroxil laurate lysine magnesium malate maleate
    medocaril medoxomil meglumine mesilate mesylate methylsulfate mofetil monohydrate mononitrate monosodium napsylate
    nitrate olamine orotate oxalate pamoate palmitate pentahydrate pentetate phosphate pivalate pivoxil potassium
    propionate proxetil saccharate salicylate sesquihydrate sodium stearate succinate sulfate sulphate tartrate
    tebutate teoclate tetrahydrate tosilate tosylate trihydrate trihydrochloride trifluoroacetate tromethamine
    undecanoate undecylate valerate xinafoate zinc
    """.split()
)
"""What stands behind a substance's name when it is given as a salt, an ester or a hydrate."""

Row = dict[str, str]


def reviewed_rows(path: Path) -> list[Row]:
    """The rows of the present file that a person has read, without their codes."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [row | {"code": ""} for row in csv.DictReader(lines) if row["source"].startswith(REVIEWED)]


def stopped_names(path: Path) -> frozenset[str]:
    """The names, in lower case, that are not taken from the list."""
    with path.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["name"].lower() for row in csv.DictReader(lines))


def is_meant_for_patients(one: Substance) -> bool:
    """Whether a substance is, or was to become, a medicine."""
    named = any(name.type in {"cd", "bn"} and name.is_usable for name in one.names)
    return bool(one.books & MARKETED) or {"INN", "USAN"} <= one.books or ("WHO-DD" in one.books and named)


def without_form(title: str) -> str:
    """A substance's name without the words for its salt: "dalteparin sodium" is given as dalteparin."""
    words = title.split(" ")
    while len(words) > 1 and words[-1] in FORMS:
        words.pop()
    return " ".join(words)


def parents(substances: dict[str, Substance]) -> dict[str, str]:
    """The UNII of the named substance that each one is a form of, or its own, where either is meant for patients."""
    own = {one.preferred: unii for unii, one in sorted(substances.items(), reverse=True) if one.preferred}
    found = {unii: unii for unii in own.values()}
    for unii, one in substances.items():
        for title in one.titles:
            words = title.split(" ")
            bases = [" ".join(words[:n]) for n in range(1, len(words)) if FORMS.issuperset(words[n:])]
            base = next((own[base] for base in bases if base in own), None)
            if base:
                found[unii] = base
                break
    taken = {base for unii, base in found.items() if is_meant_for_patients(substances[unii])}
    return {unii: base for unii, base in found.items() if base in taken}


def norm_of(one: Substance, reviewed: dict[str, str], stopped: frozenset[str]) -> str:
    """What a substance is called: as the reviewed list does, else by its international name, else without its salt."""
    title = one.preferred or one.display
    bare = without_form(title)
    return reviewed.get(title) or reviewed.get(bare) or (title if one.international or bare in stopped else bare)


def codes_by_norm(norms: dict[str, str], substances: dict[str, Substance]) -> dict[str, str]:
    """The UNII of each norm: of its only substance, or of the one of several that is called just that."""
    meant: dict[str, list[str]] = defaultdict(list)
    for unii, norm in sorted(norms.items()):
        meant[norm].append(unii)
    just = {norm: [u for u in owners if substances[u].preferred == norm] or owners for norm, owners in meant.items()}
    return {norm: owners[0] for norm, owners in just.items() if len(owners) == 1}


def codes_of_reviewed(rows: list[Row], substances: dict[str, Substance]) -> dict[str, str]:
    """The UNII of each reviewed norm of which the list says without doubt what substance it is.

    The norm is the substance's name, or else all its reviewed names that are some substance's name mean one and the
    same.
    """
    by_title = defaultdict(set)
    for unii, one in substances.items():
        for title in {one.preferred, one.display}:
            by_title[title].add(unii)
    names = defaultdict(set)
    for row in rows:
        names[row["norm"]].add(row["name"].lower())
    found = {}
    for norm, known in names.items():
        international = {unii for unii in by_title[norm] if substances[unii].international == norm}
        own = international or {unii for unii in by_title[norm] if substances[unii].display == norm} or by_title[norm]
        meant = own or {unii for name in known for unii in by_title[name]}
        if len(meant) == 1:
            found[norm] = meant.pop()
    return found


def generated(substances: dict[str, Substance], rows: list[Row], stopped: frozenset[str], date: str) -> list[Row]:
    """A row for every name of a taken substance that means no other one and is neither reviewed nor stopped."""
    reviewed = {row["name"].lower(): row["norm"] for row in rows}
    codes = codes_of_reviewed(rows, substances)
    parent = parents(substances)
    norms = {unii: norm_of(substances[unii], reviewed, stopped) for unii in parent.values()}
    norms |= {unii: norm for norm, unii in codes.items()}
    known = set(reviewed.values())
    codes = {norm: unii for norm, unii in codes_by_norm(norms, substances).items() if norm not in known} | codes
    meant: dict[str, dict[str, str]] = defaultdict(dict)
    for unii, base in sorted(parent.items()):
        for name in substances[unii].names:
            if name.is_usable:
                meant[name.key].setdefault(base, name.form)
    for base in sorted(set(parent.values())):
        bare = without_form(substances[base].preferred or "")
        if bare not in meant and len(bare) > LEAST_LETTERS:
            meant[bare][base] = bare
    found = []
    for key, owners in sorted(meant.items()):
        named = [unii for unii in owners if substances[unii].preferred == key] or sorted(owners)
        norm = norms[named[0]]
        if any(norms[unii] != norm for unii in named) or key in reviewed or stopped & {key, norm}:
            continue
        name = owners[named[0]]
        found.append({"name": name, "norm": norm, "code": codes.get(norm, ""), "source": SOURCE, "date": date})
    return found


def merged(rows: list[Row], made: list[Row], codes: dict[str, str]) -> list[Row]:
    """Reviewed and made rows in the file's order, no name twice."""
    known = {row["name"].lower() for row in rows}
    out = {row["name"].lower(): row for row in reversed(made) if row["name"].lower() not in known}
    both = [*(row | {"code": codes.get(row["norm"], "")} for row in rows), *out.values()]
    return sorted(both, key=lambda row: (row["norm"].lower(), row["norm"], row["name"].lower(), row["name"]))


def main(unii_names: Path, date: str, target: Path) -> None:
    """Write the file of interventions anew and print what it holds."""
    rows = reviewed_rows(target)
    substances = read_substances(unii_names)
    out = merged(rows, generated(substances, rows, stopped_names(STOPPED), date), codes_of_reviewed(rows, substances))
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(out)
    coded = len({row["code"] for row in out if row["code"]})
    print(f"{len(out)} names ({len(rows)} reviewed) of {coded} substances, {target.stat().st_size} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} UNII_NAMES DATE (see the head of this file)")
    main(Path(sys.argv[1]), sys.argv[2], data_root() / "seeds" / "interventions.csv")
