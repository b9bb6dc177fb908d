"""The clusters by another way: recursive SQL over generated identifiers gives the groups that the union-find gives."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trialhouse.model.document import DocumentRelation, Identifier
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import TrialClaim
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Cluster, cluster
from trialhouse.store.connection import scratch_database

Made = dict[str, Any]
"""A document by what it is: kind, registry ids, own papers, and the papers that it points at, with the tier of each."""

TIERS: tuple[tuple[str, tuple[str, ...] | None], ...] = (
    ("ClinicalTrials.gov", ()),
    ("ISRCTN", ("ClinicalTrials.gov",)),
    ("pmid", None),
    ("doi", None),
    ("relation", None),
    ("RESULT", None),
    ("cited", None),
)
"""Each kind of tie, the most reliable first, with the registries whose ids may speak against it (None: all)."""

SETUP = """
CREATE TABLE named (n INTEGER, registry VARCHAR, id VARCHAR, is_record BOOLEAN);
CREATE TABLE tie (tier VARCHAR, n INTEGER, value VARCHAR);
CREATE TABLE pointed (tier VARCHAR, n INTEGER, value VARCHAR);
CREATE TABLE grp (n INTEGER, g INTEGER);
"""

POINTED = """
INSERT INTO tie
SELECT DISTINCT p.tier, t.n, t.value FROM tie AS t JOIN pointed AS p USING (value) UNION FROM pointed
"""
"""What points at a paper is tied to all records of it, and to what points at it for the same reason."""

LISTED = """
INSERT INTO tie
SELECT DISTINCT 'cited', listed.n, value FROM pointed AS listed JOIN pointed AS page USING (value)
WHERE listed.tier = 'RESULT' AND page.tier = 'cited'
AND value NOT IN (SELECT value FROM tie WHERE tier IN ('pmid', 'doi'))
"""
"""Where no trial was read in a paper that a page cites, the records that list it stand for it."""

RIVALS = """
CREATE TEMP TABLE pair AS
SELECT n, a.id AS id, b.id AS later, a.is_record
FROM named AS a JOIN named AS b USING (n) WHERE a.registry = 'ClinicalTrials.gov' AND b.registry = 'ISRCTN';

CREATE TEMP TABLE known AS
SELECT id, later FROM pair WHERE is_record
UNION
SELECT id, arg_min(later, (-times, later)) FROM (SELECT id, later, count(*) AS times FROM pair GROUP BY ALL)
WHERE id NOT IN (SELECT id FROM pair WHERE is_record) GROUP BY id;

CREATE TEMP TABLE rival AS
SELECT n, id FROM pair WHERE NOT is_record AND (id, later) NOT IN (SELECT (id, later) FROM known) AND EXISTS (
    FROM named AS alone WHERE alone.id = pair.later AND NOT EXISTS (
        FROM named AS beside WHERE beside.n = alone.n AND beside.id = pair.id
    )
);

DELETE FROM tie WHERE (n, value) IN (SELECT (n, id) FROM rival);

DELETE FROM named WHERE (n, id) IN (SELECT (n, id) FROM rival);
"""
"""A document with another number of the later registry than the record or most documents is of that number's trial."""

STEP = """
CREATE OR REPLACE TEMP TABLE edge AS
SELECT DISTINCT a.g AS g, b.g AS h
FROM tie AS s JOIN tie AS t ON s.tier = t.tier AND s.value = t.value
JOIN grp AS a ON a.n = s.n JOIN grp AS b ON b.n = t.n
WHERE s.tier = $tier;

CREATE OR REPLACE TEMP TABLE component AS
WITH RECURSIVE reach(g, h) AS (
    SELECT DISTINCT g, g FROM grp
    UNION
    SELECT reach.g, edge.h FROM reach JOIN edge ON edge.g = reach.h
)
SELECT g, min(h) AS c FROM reach GROUP BY g;

CREATE OR REPLACE TEMP TABLE bad AS
WITH ids AS (
    SELECT DISTINCT c, g, registry, id
    FROM named JOIN grp USING (n) JOIN component USING (g)
    WHERE $deciding IS NULL OR list_contains($deciding, registry)
)
SELECT DISTINCT a.c
FROM ids AS a JOIN ids AS b ON a.c = b.c AND a.registry = b.registry AND a.g < b.g
WHERE NOT EXISTS (
    FROM ids AS x JOIN ids AS y ON x.id = y.id AND x.registry = y.registry
    WHERE x.registry = a.registry AND x.g = a.g AND y.g = b.g
);

UPDATE grp SET g = component.c FROM component WHERE grp.g = component.g AND component.c NOT IN (FROM bad);
"""

ELSEWHERE = """
CREATE OR REPLACE TEMP TABLE held AS SELECT DISTINCT g, registry, id FROM named JOIN grp USING (n);

DELETE FROM tie WHERE tier = 'RESULT' AND (n, value) IN (
    SELECT (p.n, p.value)
    FROM pointed AS p JOIN grp AS record USING (n)
    JOIN tie AS o ON o.value = p.value AND o.tier IN ('pmid', 'doi') JOIN grp AS paper ON paper.n = o.n
    WHERE p.tier = 'RESULT' AND EXISTS (FROM held WHERE held.g = paper.g) AND NOT EXISTS (
        FROM held AS a JOIN held AS b USING (registry) WHERE a.g = record.g AND b.g = paper.g
    )
);
"""
"""A record that lists a paper with registrations in other registries alone is not tied to it."""

MESSY = """
CREATE OR REPLACE TEMP TABLE said AS
SELECT p.n, p.value, page.g AS page, paper.g AS paper
FROM pointed AS p JOIN grp AS page USING (n)
JOIN tie AS o ON o.value = p.value JOIN grp AS paper ON paper.n = o.n
WHERE p.tier = 'cited'
AND (o.tier IN ('pmid', 'doi') OR o.tier = 'cited' AND o.n IN (SELECT n FROM pointed WHERE tier = 'RESULT'));

CREATE OR REPLACE TEMP TABLE held AS SELECT DISTINCT g, registry, id FROM named JOIN grp USING (n);

DELETE FROM tie WHERE tier = 'cited' AND value IN (
    SELECT value FROM said GROUP BY value HAVING count(DISTINCT paper) > 1
);

DELETE FROM tie WHERE tier = 'cited' AND (n, value) IN (
    SELECT (said.n, said.value) FROM said
    JOIN held AS a ON a.g = said.page JOIN held AS b ON b.g = said.paper AND b.registry = a.registry
    WHERE said.page != said.paper AND NOT EXISTS (
        FROM held AS x JOIN held AS y ON x.id = y.id AND x.registry = y.registry
        WHERE x.registry = a.registry AND x.g = said.page AND y.g = said.paper
    )
);
"""
"""A page is left out alone whose trial is another than that of the paper that it cites; all of a paper of two."""


def by_sql(documents: Sequence[Made]) -> set[frozenset[int]]:
    """The groups of documents, by their numbers."""
    named, tied, pointed = [], [], []
    for n, one in enumerate(documents):
        for registry, value in one["registered"].items():
            named.append((n, registry, value, one["kind"] == "record"))
            tied.append((registry, n, value))
        tied += [(scheme, n, f"{scheme} {value}") for scheme, value in one["papers"].items()]
        pointed += [(tier, n, f"{scheme} {value}") for tier, (scheme, value) in one["points"]]
    groups: dict[int, set[int]] = defaultdict(set)
    with scratch_database() as connection:
        connection.execute(SETUP)
        connection.execute("INSERT INTO grp SELECT i, i FROM range($n) AS t(i)", {"n": len(documents)})
        for table, rows in (("named", named), ("tie", tied), ("pointed", pointed)):
            columns = {f"c{at}": list(column) for at, column in enumerate(zip(*rows, strict=True))}
            unnested = ", ".join(f"unnest(${name})" for name in columns)
            connection.execute(f"INSERT INTO {table} SELECT {unnested}", columns)
        connection.execute(POINTED)
        connection.execute(LISTED)
        for statement in RIVALS.split(";\n\n"):
            connection.execute(statement)
        for tier, deciding in TIERS:
            for statement in {"cited": MESSY, "RESULT": ELSEWHERE}.get(tier, "").split(";\n\n"):
                connection.execute(statement)
            asked = {"tier": tier, "deciding": None if deciding is None else list(deciding)}
            for statement in STEP.split(";\n\n"):
                used = {name: value for name, value in asked.items() if f"${name}" in statement}
                connection.execute(statement, used)
        for n, g in connection.execute("SELECT n, g FROM grp").fetchall():
            groups[g].add(n)
    return {frozenset(group) for group in groups.values()}


def made_mention(number: int, one: Made, reading: Callable[..., Reading]) -> Mention:
    kind = {"record": DocumentKind.REGISTRY, "news": DocumentKind.NEWS}.get(one["kind"], DocumentKind.ABSTRACT)
    relations, cites = [], []
    for tier, (scheme, value) in one["points"]:
        if tier == "cited":
            cites.append(Identifier(scheme=scheme, value=value, start=0, end=1))
        else:
            relation = Relation.PREPRINT_OF if tier == "relation" else Relation.CITES
            method = "stated" if tier == "relation" else "reference:RESULT"
            relations.append(DocumentRelation(relation=relation, scheme=scheme, value=value, method=method))
    facts = {**one["papers"], "relations": tuple(relations), "cites": tuple(cites)}
    found = reading(str(number), kind, facts=facts, trial=TrialClaim(registry_ids=tuple(one["registered"].values())))
    return Mention(found.document, found.extractions[0], "test", "1")


def made_world(numbers: random.Random, world: int) -> list[Made]:
    """Up to nine documents that share identifiers with each other, and none with other worlds."""

    def paper() -> tuple[str, str]:
        scheme = numbers.choice(["pmid", "doi"])
        return scheme, f"{'10.5555/' if scheme == 'doi' else ''}{world * 10 + numbers.randint(1, 4)}"

    documents = []
    for _ in range(numbers.randint(1, 9)):
        kind = numbers.choice(["paper", "paper", "record", "news"])
        tier = {"paper": "relation", "record": "RESULT", "news": "cited"}[kind]
        registered = {}
        if numbers.random() < 0.5:
            registered["ClinicalTrials.gov"] = f"NCT0999{world * 3 + numbers.randrange(3):04}"
        if numbers.random() < 0.4:
            registered["ISRCTN"] = f"ISRCTN{world * 3 + numbers.randrange(3):08}"
        papers = dict(paper() for _ in range(numbers.randrange(3))) if kind == "paper" else {}
        points = {(tier, paper()) for _ in range(numbers.randrange(2 if kind == "news" else 3))}
        documents.append({"kind": kind, "registered": registered, "papers": papers, "points": sorted(points)})
    return documents


def grouped(clusters: Sequence[Cluster]) -> set[frozenset[int]]:
    return {frozenset(int(m.document.receipt.record_id) for m in one.mentions) for one in clusters}


def test_union_find_and_recursive_sql_agree(reading: Callable[..., Reading]) -> None:
    numbers = random.Random(20260101)
    documents = [one for world in range(600) for one in made_world(numbers, world)]
    mentions = [made_mention(number, one, reading) for number, one in enumerate(documents)]
    found = grouped(cluster(mentions))
    assert found == by_sql(documents)
    assert 500 < len(found) < len(documents) - 500


@given(st.integers(0, 2**32), st.randoms(use_true_random=False))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_documents_changes_groups_links_or_ids(
    reading: Callable[..., Reading], seed: int, order: random.Random
) -> None:
    documents = made_world(random.Random(seed), 1)
    mentions = [made_mention(number, one, reading) for number, one in enumerate(documents)]
    first = _by_name(cluster(mentions))
    order.shuffle(mentions)
    assert _by_name(cluster(mentions)) == first


def _by_name(clusters: list[Cluster]) -> dict[str, Cluster]:
    return {one.mentions[0].name: one for one in clusters}
