"""Properties of the extraction room: any text at all, the same answer always, and spans that are the text."""

import datetime
import itertools
import pathlib
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from trialhouse.extraction import extract
from trialhouse.model.document import Document, Receipt
from trialhouse.model.enums import DocumentKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import Extraction
from trialhouse.resources import read_vocabulary
from trialhouse.text.numbers import find_numbers
from trialhouse.text.sentences import sentences

SEEDS = pathlib.Path(__file__).parent.parent.parent / "seeds"
VOCABULARY = read_vocabulary(SEEDS)
PIECES = (
    "Patients were randomly assigned (1:1) to receive orfatinib 5 mg, 10 mg or placebo",
    "in the orfatinib group",
    "and",
    "vs",
    "vs.",
    "(",
    ")",
    "[",
    "]",
    "12%",
    "7·5 mg",
    "-66.2%",
    "95% CI",
    "0.17-0.74",
    "P<.05",
    "p = 0·014",
    "respectively",
    "hazard ratio",
    "n = 66",
    "37 (18.6%) of 199 patients",
    "placebo",
    "at week 12",
    "HbA1c",
    "was reduced by",
    "from",
    "to",
    ",",
    ";",
    ".",
    "\n",
    "1,800",
    "±",
    "+/- 0.4",
    "no IL-1 blockade",
    "both",
    "difference",
    "whereas",
    "placebo adjusted",
    "μg",
    "二",
    "−",
    "−3",
    "Twenty-three",
    "one hundred and",
    "million",
    "Between June 17, 2019, and Jan 14, 2020",
    "99999999999999999999",
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


def document(text: str) -> Document:
    receipt = Receipt(
        source="files",
        record_id="a/b.txt",
        locator="a/b.txt",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text),
    )
    return Document(document_id="doc-x", receipt=receipt, format="plain_text", kind=DocumentKind.ABSTRACT, text=text)


def proofs(record: Extraction) -> list[Evidence]:
    found = list(record.trial.evidence.values())
    for arm in record.arms:
        found += arm.evidence.values()
        for drug in arm.interventions:
            found += drug.evidence.values()
    for outcome in record.outcomes:
        found += outcome.evidence.values()
        found += [one.evidence for one in (*outcome.measurements, *outcome.analyses)]
    return found


@settings(max_examples=150)
@given(TEXTS)
def test_every_proof_is_the_text(text: str) -> None:
    records = extract(document(text), VOCABULARY)
    assert len(records) == 1
    record = records[0]
    assert record.id == "b.txt"
    assert all(proof.holds_in(text) for proof in proofs(record))
    assert all(text[one.start : one.end] == one.quote and one.quote for one in record.candidates)


@settings(max_examples=60)
@given(TEXTS)
def test_measurements_name_arms_that_are_there(text: str) -> None:
    record = extract(document(text), VOCABULARY)[0]
    keys = {arm.key for arm in record.arms}
    assert len(keys) == len(record.arms)
    for outcome in record.outcomes:
        assert {one.arm for one in outcome.measurements} <= keys | {None}
        assert {arm for one in outcome.analyses for arm in (one.arm, one.comparator)} <= keys | {None}
        assert all(one.arm is None or one.arm != one.comparator for one in outcome.analyses)


@settings(max_examples=60)
@given(TEXTS)
def test_the_same_text_gives_the_same_claims(text: str) -> None:
    assert extract(document(text), VOCABULARY) == extract(document(text), VOCABULARY)


@settings(max_examples=200)
@given(TEXTS)
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    inside = "".join(text[a:b] for a, b in spans)
    assert "".join(inside.split()) == "".join(text.split())


@settings(max_examples=200)
@given(TEXTS)
def test_numbers_are_in_order_and_apart(text: str) -> None:
    numbers = find_numbers(text)
    assert all(one.end <= two.start for one, two in itertools.pairwise(numbers))
    assert all(any(c.isdigit() for c in text[n.start : n.end]) or n.word for n in numbers)


SCRIPT = """
import hashlib, pathlib, sys
sys.path.insert(0, sys.argv[1])
import importlib.util
spec = importlib.util.spec_from_file_location("cases", sys.argv[2])
cases = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cases)
texts = [" ".join(cases.PIECES[i:] + cases.PIECES[:i]) for i in range(12)]
said = [cases.extract(cases.document(text), cases.VOCABULARY)[0].to_json() for text in texts]
print(hashlib.sha256(repr(said).encode()).hexdigest())
"""


def test_the_hash_seed_changes_nothing() -> None:
    answers = set()
    for seed in ("0", "1", "77"):
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(SEEDS.parent), __file__],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        answers.add(ran.stdout)
    assert len(answers) == 1
