"""What it costs to link documents to trials by identifiers.

    python bench/linking.py [--documents 100000] [--trials 20000]

Each trial has a registry record; the other documents are papers that name its number, records of those papers under
other ids, papers that only the registry record lists, preprints, and news that cite one paper. Reading them is not
counted. What was linked is checked against what was made. The bound is 10 s of CPU for 100,000 documents of 20,000
trials; the loop at the end tells how fast this machine was while it ran. The figures are kept in bench/results.json.
"""

import argparse
import datetime
import gc
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.results_file import add_results, loop_ms
from trialhouse.model.document import Document, DocumentRelation, Identifier, Receipt
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import DocumentFacts, Extraction, TrialClaim
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.trials import link

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
BOUND_S = 10.0
DOCUMENTS, TRIALS = 100_000, 20_000
"""Of what the bound speaks: other numbers are told and not kept."""


def made_mentions(documents: int, trials: int) -> tuple[list[Mention], list[int]]:
    """Mentions in an order of chance, and the trial that each was made for."""
    numbers = random.Random(1)
    made = [(trial, _record(trial)) for trial in range(trials)]
    for number in range(documents - trials):
        trial = number % trials
        made.append((trial, _MAKERS[number // trials % len(_MAKERS)](number, trial)))
    numbers.shuffle(made)
    return [mention for _, mention in made], [trial for trial, _ in made]


def _record(trial: int) -> Mention:
    listed = DocumentRelation(
        relation=Relation.CITES, scheme="pmid", value=str(9_000_000 + trial), method="reference:RESULT"
    )
    return _mention(f"record-{trial}", DocumentKind.REGISTRY, (_nct(trial),), relations=(listed,))


def _paper(number: int, trial: int) -> Mention:
    ids = (_nct(trial), f"2019-0{trial:05}-11") if number % 3 else (_nct(trial),)
    return _mention(f"paper-{number}", DocumentKind.ABSTRACT, ids, doi=_doi(trial), pmid=str(1_000_000 + trial))


def _copy(number: int, trial: int) -> Mention:
    return _mention(
        f"copy-{number}", DocumentKind.FULLTEXT, (), doi=_doi(trial).upper(), title=f"Trial number {trial}."
    )


def _listed(number: int, trial: int) -> Mention:
    return _mention(f"listed-{number}", DocumentKind.ABSTRACT, (), pmid=str(9_000_000 + trial))


def _news_or_preprint(number: int, trial: int) -> Mention:
    if number % 2:
        cited = (Identifier(scheme="doi", value=_doi(trial), start=0, end=1),)
        return _mention(f"news-{number}", DocumentKind.NEWS, (), cites=cited)
    stated = DocumentRelation(relation=Relation.PREPRINT_OF, scheme="doi", value=_doi(trial), method="stated")
    return _mention(f"preprint-{number}", DocumentKind.PREPRINT, (), doi=f"10.5555/pre.{number}", relations=(stated,))


_MAKERS = (_paper, _copy, _listed, _news_or_preprint)


def _mention(name: str, kind: DocumentKind, registry_ids: tuple[str, ...], **facts: object) -> Mention:
    receipt = Receipt(
        source="files", record_id=name, locator=name, fetched_at=NOW, sha256="0" * 64, size_bytes=1, identity=name
    )
    title = facts.pop("title", None)
    document = Document.model_validate(
        {
            "document_id": name,
            "receipt": receipt,
            "format": "text",
            "kind": kind,
            "text": "words",
            "title": title,
            **facts,
        }
    )
    claims = Extraction(
        id=name, text_sha256="", document=DocumentFacts(), trial=TrialClaim(registry_ids=registry_ids, enrollment=9)
    )
    return Mention(document, claims, "bench", "1")


def _nct(trial: int) -> str:
    return f"NCT{trial + 9_000_000:08}"


def _doi(trial: int) -> str:
    return f"10.5555/trial.{trial}"


def main() -> int:
    """Make, link, check, and tell."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=DOCUMENTS)
    arguments.add_argument("--trials", type=int, default=TRIALS)
    given = arguments.parse_args()
    mentions, of = made_mentions(given.documents, given.trials)
    gc.collect()
    started = time.process_time()
    linked = link(mentions)
    took = time.process_time() - started
    made = {mention.name: trial for mention, trial in zip(mentions, of, strict=True)}
    wrong = sum(len({made[one.name] for one in cluster.mentions}) > 1 for cluster in linked.clusters)
    methods = Counter(how.method for cluster in linked.clusters for how in cluster.links)
    loop = loop_ms() / 1000
    print(f"{given.documents:,} documents, {given.trials:,} trials: {took:.2f} s of CPU, {took / loop:.0f} loops")
    print(f"  trials {len(linked.clusters):,}, with documents of two {wrong}, in doubt {len(linked.doubtful)}")
    print(f"  links {', '.join(f'{method} {count:,}' for method, count in sorted(methods.items()))}")
    print(f"  loop of 1e6 s += i * i: {loop * 1000:.0f} ms")
    is_right = wrong == 0 and len(linked.clusters) == given.trials
    is_fast = given.documents > DOCUMENTS or took <= BOUND_S
    print(
        f"  bound {BOUND_S:g} s: {'kept' if is_fast else 'BROKEN'}; what was linked: {'right' if is_right else 'WRONG'}"
    )
    if (given.documents, given.trials) == (DOCUMENTS, TRIALS):
        figures = {"documents": DOCUMENTS, "trials_made": TRIALS, "trials_found": len(linked.clusters)}
        figures |= {"trials_with_documents_of_two": wrong, "doubtful_pairs": len(linked.doubtful)}
        add_results(
            "linking documents to trials", figures | {"cpu_seconds": round(took, 2), "bound_cpu_seconds": BOUND_S}
        )
    return 0 if is_right and is_fast else 1


if __name__ == "__main__":
    sys.exit(main())
