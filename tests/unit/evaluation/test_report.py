"""The report: every word of a text, a label or a record is escaped, and nothing is loaded from elsewhere."""

import html.parser
import re

from hypothesis import given
from hypothesis import strategies as st

from bench.evaluation.context_checks import Check
from bench.evaluation.marks import Mark, marks_of, stretches
from bench.evaluation.numbers import Arm, Gold
from bench.evaluation.report import file_of, write_report
from bench.evaluation.run import Run
from bench.evaluation.scores import context_scores, scores
from tests.unit.evaluation.made import made_judged, said

HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)>'
TEXT = f"Title {HOSTILE}\nRelapse in 14% and 31% of A and B \"'&<b> 99."


class Tags(html.parser.HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def hostile_run(name: str = "7") -> Run:
    at = TEXT.index("14"), TEXT.index("14") + 2
    numbers = [
        said("right", HOSTILE, place=at, arm=0, row=0, mistakes={"sign": HOSTILE}, source={"arm": HOSTILE}),
        said("extra", HOSTILE, field="p_value", value=(HOSTILE, 0.01), row=0, source={"arm": HOSTILE}),
    ]
    gold = [Gold("cells", 31.0, HOSTILE, arm=1, row=0, reason=HOSTILE, measure=HOSTILE)]
    judged = made_judged(numbers, gold, text=TEXT, name=name, split="domain")
    judged.gold_arms[0] = Arm(HOSTILE, None, ())
    judged.said_rows[0] = HOSTILE
    judged.facts["phase"] = (HOSTILE, "PHASE2")
    judged.checks.append(Check("sign", False, HOSTILE, "", {}))
    candidate = {"kind": HOSTILE, "reason": HOSTILE, "start": len(TEXT) - 3, "end": len(TEXT) - 1, "quote": "99"}
    judged.reading.record["candidates"] = [candidate]
    return Run({"domain": [judged]}, {"domain": scores([judged])}, context_scores([judged]), {})


def test_words_of_a_document_never_become_markup(tmp_path):
    index = write_report(hostile_run(), tmp_path / "report")
    pages = sorted(index.parent.glob("*.html"))
    assert [page.name for page in pages] == ["domain-7.html", "index.html"]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        tags = Tags()
        tags.feed(text)
        assert [one.get("src") for tag, one in tags.found if tag == "script"] in (["index.js"], ["page.js"])
        assert "img" not in {tag for tag, _ in tags.found}
        assert not any(name.startswith("on") and name != "onsubmit" for _, one in tags.found for name in one)
        assert "&lt;script&gt;alert" in text


def test_nothing_is_loaded_from_elsewhere(tmp_path):
    index = write_report(hostile_run(), tmp_path / "report")
    for file in index.parent.iterdir():
        assert not re.search(
            r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|url\(|@import""", file.read_text(encoding="utf-8")
        )


def test_every_link_of_the_index_leads_to_a_page(tmp_path):
    index = write_report(hostile_run(), tmp_path / "report")
    tags = Tags()
    tags.feed(index.read_text(encoding="utf-8"))
    links = {one["href"].split("#")[0] for tag, one in tags.found if tag == "a"}
    assert links == {"domain-7.html"}


def test_an_id_makes_no_path():
    assert file_of(made_judged([], name="../../x/é")) == "train-______x__.html"


def test_an_old_report_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "train-gone.html").write_text("old", encoding="utf-8")
    write_report(hostile_run(), folder)
    assert not (folder / "train-gone.html").exists()


def test_a_mark_says_what_is_wrong_of_a_number_on_the_right_arm():
    marks = marks_of(hostile_run().judged["domain"][0])
    assert [mark.kind for mark in marks] == ["mistaken", "candidate"]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 9)), max_size=8))
def test_stretches_are_the_text_again(text, spans):
    marks = [Mark(a, min(a + n, len(text)), "right", str(a)) for a, n in spans if a < len(text)]
    pieces = stretches(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    marked = {piece.anchor for piece in pieces if piece.kind}
    assert marked <= {mark.start for mark in marks}
