"""Documents cut at twenty places of their body: nearly every cut is noticed, and no whole text is called a part."""

import datetime
import json
import pathlib

import pytest

from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt, ZoneKind
from trialhouse.model.ids import sha256_hex

CORPUS = pathlib.Path(__file__).parent.parent.parent / "seeds" / "corpus"
PAGES = sorted(path for path in CORPUS.iterdir() if path.suffix in (".txt", ".html"))
CUTS = 20


def parsed(text: str) -> Document:
    data = text.encode()
    receipt = Receipt(
        source="files",
        record_id="page",
        locator="inbox/page",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return parse_document(data, receipt)


def cuts(text: str) -> list[str]:
    """The text up to twenty places of its body, but for places where a sentence ends."""
    if "<body" in text:
        start, end = text.index("<body"), text.index("</main>" if "</main>" in text else "</body>")
    else:
        body = [zone for zone in parsed(text).zones if zone.kind is ZoneKind.BODY]
        start, end = body[0].start, body[-1].end
    places = [start + (end - start) * number // (CUTS + 1) for number in range(1, CUTS + 1)]
    return [text[:place] for place in places if text[:place].rstrip()[-1:] not in tuple(".!?:;。")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_cut_in_the_body_is_noticed(path: pathlib.Path) -> None:
    parts = cuts(path.read_text(encoding="utf-8"))
    noticed = sum(parsed(part).is_partial for part in parts)
    assert len(parts) >= 12
    # A text with a copy in another language loses only some of the copy at a third of the places.
    needed = 0.65 if path.stem == "low-dose-il2-abstract" else 1.0 if path.suffix == ".html" else 0.85
    assert noticed >= needed * len(parts), f"{noticed} of {len(parts)} cuts noticed"


def test_no_labelled_abstract_is_a_part_and_its_cuts_are_noticed(shared: pathlib.Path) -> None:
    lines = (shared / "eval" / "labelled-abstracts.jsonl").read_text(encoding="utf-8").splitlines()[:100]
    lines += (shared / "eval" / "domain-abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert [text[:60] for text in texts if parsed(text).is_partial] == []
    parts = [part for text in texts[:20] for part in cuts(text)]
    noticed = sum(parsed(part).is_partial for part in parts)
    assert noticed >= 0.95 * len(parts) > 300
