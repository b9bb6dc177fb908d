"""Posted results of real studies against their JSON, which is walked here by itself: nothing lost, nothing added."""

import datetime
import gzip
import json
import pathlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from trialhouse.documents import parse_document
from trialhouse.extraction.registry_fields import LEFT_OUT, READ, is_known
from trialhouse.extraction.registry_record import extract_registry_record
from trialhouse.model.document import Document, Receipt
from trialhouse.model.extraction import Extraction
from trialhouse.model.ids import sha256_hex
from trialhouse.model.tables import (
    ArmRow,
    CandidateRow,
    EvidenceRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    RowSet,
)
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.resolution.resolve import Reading, resolve
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

Json = dict[str, Any]
PLAIN_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")


class Posted:
    """One study with results: its JSON, its claims, and its rows."""

    def __init__(self, path: pathlib.Path, data: bytes) -> None:
        loaded = json.loads(data)
        self.study: Json = loaded.get("studies", [loaded])[0]
        self.results: Json = self.study["resultsSection"]
        receipt = Receipt(
            source="files",
            record_id=path.name,
            locator=str(path),
            fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            sha256=sha256_hex(data),
            size_bytes=len(data),
        )
        self.document: Document = parse_document(data, receipt)
        self.claims: Extraction = extract_registry_record(self.document, Vocabulary())
        reading = Reading(self.document, (self.claims,), "test", "1")
        self.rows: RowSet = resolve([reading], Vocabulary(), lambda document: True)
        self.name = self.study["protocolSection"]["identificationModule"]["nctId"]


@pytest.fixture(scope="module")
def posted(shared: pathlib.Path) -> list[Posted]:
    found = []
    for path in sorted((shared / "recorded" / "ctgov").rglob("*.json*")):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if b'"resultsSection"' in data:
            found.append(Posted(path, data))
    assert len(found) == 4
    return found


def cells(measure: Json, groups: list[Json]) -> Iterator[tuple[str, str | None, str | None, Json]]:
    """Group title, class title, category title and the cell itself, for every cell of a measure."""
    titles = {group["id"]: group["title"] for group in groups}
    for row in measure.get("classes", []):
        for category in row.get("categories", []):
            for cell in category.get("measurements", []):
                yield titles[cell["groupId"]], row.get("title"), category.get("title"), cell


def all_cells(results: Json) -> list[tuple[str, str, str | None, str | None, str]]:
    """Measure, group, class, category and value as written of every posted measurement."""
    found = []
    for measure in results["outcomeMeasuresModule"]["outcomeMeasures"]:
        found += [
            (measure["title"], g, r, c, cell.get("value", "")) for g, r, c, cell in cells(measure, measure["groups"])
        ]
    base = results["baselineCharacteristicsModule"]
    for measure in base["measures"]:
        found += [
            (measure["title"], g, r, c, cell.get("value", "")) for g, r, c, cell in cells(measure, base["groups"])
        ]
    headings = {
        "deathsNumAffected": "All-Cause Mortality",
        "seriousNumAffected": "Serious Adverse Events",
        "otherNumAffected": "Other (Not Including Serious) Adverse Events",
    }
    for group in results["adverseEventsModule"]["eventGroups"]:
        found += [(heading, group["title"], None, None, str(group[key])) for key, heading in headings.items()]
    return found


def test_every_posted_measurement_is_a_claim_or_a_candidate(
    posted: list[Posted], capsys: pytest.CaptureFixture[str]
) -> None:
    total = 0
    for one in posted:
        wanted = all_cells(one.results)
        numeric = [cell for cell in wanted if PLAIN_NUMBER.fullmatch(cell[-1])]
        read = [
            (outcome.measure, number.group_title, number.classification, number.category, number.value_raw)
            for outcome in one.claims.outcomes
            for number in outcome.measurements
        ]
        assert Counter(read) == Counter(numeric), one.name
        values = [number.value for outcome in one.claims.outcomes for number in outcome.measurements]
        assert Counter(values) == Counter(float(cell[-1]) for cell in numeric), one.name
        reasons = [candidate for candidate in one.claims.candidates if candidate.kind == "measurement"]
        assert len(reasons) == len(wanted) - len(numeric), one.name
        analyses = sum(len(m.get("analyses", [])) for m in one.results["outcomeMeasuresModule"]["outcomeMeasures"])
        with capsys.disabled():
            print(f"\n{one.name}: {len(wanted)} posted numbers, {len(read)} read; {analyses} analyses posted, "
                  f"{sum(len(o.analyses) for o in one.claims.outcomes)} read", end="")  # fmt: skip
        total += len(read)
    assert total > 650


def test_every_posted_analysis_is_a_claim(posted: list[Posted]) -> None:
    total = 0
    for one in posted:
        wanted = []
        for measure in one.results["outcomeMeasuresModule"]["outcomeMeasures"]:
            titles = {group["id"]: group["title"] for group in measure["groups"]}
            for analysis in measure.get("analyses", []):
                numbers = [analysis.get(key) for key in ("paramValue", "ciLowerLimit", "ciUpperLimit", "ciPctValue")]
                wanted.append(
                    (
                        measure["title"],
                        tuple(titles[group] for group in analysis["groupIds"]),
                        *(None if number is None else float(number) for number in numbers),
                        analysis.get("pValue"),
                        analysis.get("paramType"),
                        analysis.get("statisticalMethod"),
                        analysis.get("nonInferiorityType"),
                        analysis.get("groupDescription"),
                    )
                )
        read = [
            (
                outcome.measure,
                a.group_titles,
                *(a.estimate, a.ci_low, a.ci_high, a.ci_pct),
                *(a.p_raw, a.effect_raw, a.method, a.non_inferiority_type, a.groups_description),
            )
            for outcome in one.claims.outcomes
            for a in outcome.analyses
        ]
        assert Counter(read) == Counter(wanted), one.name
        total += len(read)
    assert total == 19


def test_denominators_spreads_and_units_are_those_posted(posted: list[Posted]) -> None:
    checked = 0
    for one in posted:
        for measure in one.results["outcomeMeasuresModule"]["outcomeMeasures"]:
            (claim,) = [c for c in one.claims.outcomes if c.measure == measure["title"] and c.measurements and not
                        c.measurements[0].is_baseline]  # fmt: skip
            assert claim.outcome_type == measure["type"]
            assert claim.time_frame == measure["timeFrame"]
            outer = {count["groupId"]: count["value"] for count in measure["denoms"][0]["counts"]}
            wanted = []
            for row in measure["classes"]:
                inner = outer | {c["groupId"]: c["value"] for d in row.get("denoms", []) for c in d["counts"]}
                for category in row["categories"]:
                    for cell in category["measurements"]:
                        spread = [cell.get(key) for key in ("spread", "lowerLimit", "upperLimit")]
                        limits = [float(s) if s and PLAIN_NUMBER.fullmatch(s) else None for s in spread]
                        wanted.append((int(inner[cell["groupId"]]), *limits, measure["unitOfMeasure"]))
            read = [
                (n.n_analyzed, n.dispersion_value, n.dispersion_low, n.dispersion_high, n.unit)
                for n in claim.measurements
            ]
            assert read == wanted, claim.measure
            checked += len(read)
    assert checked == 490


def test_rows_are_as_many_as_claims_and_a_plan_is_the_outcome_that_was_posted(posted: list[Posted]) -> None:
    for one in posted:
        results = one.results
        measures = results["outcomeMeasuresModule"]["outcomeMeasures"]
        assert len(one.rows.of(OutcomeMeasurementRow)) == sum(
            1 for cell in all_cells(results) if PLAIN_NUMBER.fullmatch(cell[-1])
        )
        assert len(one.rows.of(OutcomeAnalysisRow)) == sum(len(measure.get("analyses", [])) for measure in measures)
        kinds = len(results["baselineCharacteristicsModule"]["measures"]) + 3
        assert len(one.rows.of(OutcomeRow)) == len(measures) + kinds
        proven = Counter(
            row.row_id
            for row in one.rows.of(EvidenceRow)
            if row.table_name == "outcomes" and row.column_name == "measure"
        )
        assert Counter(proven.values())[2] == len(measures), "both the plan and the posted outcome prove it"


def test_a_release_holds_every_number_and_what_was_not_read(shared: pathlib.Path, settings: Settings) -> None:
    path = shared / "recorded" / "ctgov" / "tastygranola_biomcp" / "trials_NCT04280705.json.gz"
    file = settings.warehouse.parent / "NCT04280705.json"
    file.write_bytes(gzip.decompress(path.read_bytes()))
    study = json.loads(file.read_bytes())["studies"][0]
    refresh(settings, files=[file])
    measures = study["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"]
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        rows = connection.execute("SELECT measure, arm, value, kind FROM results").fetchall()
        reasons = connection.execute("SELECT kind FROM candidates ORDER BY kind").fetchall()
        stopped = connection.execute(
            "SELECT f.message FROM dq.failing_rows AS f JOIN dq.checks USING (check_id) WHERE severity <> 'info'"
        ).fetchall()
    wanted = all_cells(study["resultsSection"])
    labels = {"Total": None}
    assert Counter(row[:3] for row in rows if row[3] == "measurement") == Counter(
        (measure, labels.get(group, group), float(value)) for measure, group, _, _, value in wanted
    )
    assert sum(row[3] == "analysis" for row in rows) == sum(len(measure.get("analyses", [])) for measure in measures)
    assert [kind for (kind,) in reasons] == ["adverse_events_by_term", "adverse_events_by_term", "dispersion"]
    assert stopped == []


def test_every_tie_is_to_an_arm_of_the_design_and_says_its_rule(posted: list[Posted]) -> None:
    by_name = {one.name: one for one in posted}
    expected = {
        "NCT00763412": {"1 Placebo": 8, "2. repaglinide": 8},
        "NCT02513394": {"Arm A": 2896, "Arm B": 2900},
        "NCT04280705": {"Placebo": 521, "Remdesivir": 541},
    }
    for name, arms in expected.items():
        claims, rows = by_name[name].claims, by_name[name].rows
        assert {arm.label: arm.n_randomized for arm in claims.arms} == arms
        keys = {arm.key: arm.label for arm in claims.arms}
        ties = {
            (number.group_title or "", keys.get(number.arm or ""))
            for outcome in claims.outcomes
            for number in outcome.measurements
        }
        words = {"1 Placebo": "placebo", "2. repaglinide": "repaglinide", "Arm A": "(arm a)", "Arm B": "(arm b)"}
        for title, label in ties:
            assert label is None if title == "Total" else words.get(label or "", label or "").lower() in title.lower()
        proofs = [row for row in rows.of(EvidenceRow) if row.column_name == "arm_id"]
        assert {row.rule.split(".")[0] for row in proofs if row.rule} == {"ctgov:group"}
        assert all(row.locator and row.locator.endswith(".title") for row in proofs)
    swallow = by_name["NCT05594173"]
    assert len(swallow.rows.of(ArmRow)) == 7
    assert not any(row.is_result_group for row in swallow.rows.of(ArmRow))


def test_every_proof_is_the_text_and_holds_the_number(posted: list[Posted]) -> None:
    checked = 0
    for one in posted:
        for outcome in one.claims.outcomes:
            for number in (*outcome.measurements, *outcome.analyses):
                assert number.evidence.holds_in(one.document.text)
                assert number.evidence.locator
                for field, proof in number.field_evidence.items():
                    assert proof.holds_in(one.document.text), field
                    checked += 1
                for field in ("n_analyzed", "dispersion_value", "dispersion_low", "dispersion_high", "ci_low", "p_raw"):
                    value = getattr(number, field, None)
                    if isinstance(value, float | int):
                        assert float(number.field_evidence[field].quote) == value, field
                    elif value is not None:
                        assert number.field_evidence[field].quote == value
            for number in outcome.measurements:
                assert number.evidence.quote == number.value_raw
    assert checked > 4000


def test_a_limit_that_is_no_number_is_a_candidate_with_the_registrys_comment(posted: list[Posted]) -> None:
    (one,) = [one for one in posted if one.name == "NCT04280705"]
    (row,) = [row for row in one.rows.of(CandidateRow) if row.kind == "dispersion"]
    assert row.quote == "NA"
    assert "upperLimit 'NA'" in row.reason
    assert "Klein and Moeschberger" in row.reason


def test_fields_that_a_client_added_are_the_only_unknown_ones(posted: list[Posted]) -> None:
    unknown = {(one.name, c.quote) for one in posted for c in one.claims.candidates if c.kind == "unknown_field"}
    added = {
        (one.name, field)
        for one in posted
        for place in one.study["protocolSection"]["contactsLocationsModule"].get("locations_nested", [])
        for field in ("facility", "city", "state", "zip", "country", "lat", "lon")
    }
    assert unknown == {pair for pair in added if pair in unknown}
    assert len(unknown) == 7


def test_every_field_of_the_official_description_is_read_or_left_out(shared: pathlib.Path) -> None:
    yaml = pytest.importorskip("yaml")
    described = yaml.safe_load((shared / "recorded/ctgov/mcode/ctg-oas-v2.yaml").read_text())["components"]["schemas"]

    def leaves(schema: Json, path: str) -> Iterator[str]:
        if "$ref" in schema:
            yield from leaves(described[schema["$ref"].rpartition("/")[2]], path)
        elif schema.get("type") == "array":
            yield from leaves(schema["items"], path)
        elif "properties" in schema:
            for name, below in schema["properties"].items():
                yield from leaves(below, f"{path}.{name}".removeprefix("."))
        else:
            yield path

    official = set(leaves(described["Study"], ""))
    assert len(official) > 250
    assert sorted(path for path in official if not is_known(path)) == []
    assert official >= READ
    assert sorted(path for path in LEFT_OUT if not any(f"{one}.".startswith(f"{path}.") for one in official)) == []
    assert not any(path == left or path.startswith(f"{left}.") for path in READ for left in LEFT_OUT)
