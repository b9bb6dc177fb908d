"""Doubtful links: two documents, trials, arms or outcomes that may be one and were kept apart, for people to judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.tables import DoubtfulPairRow, JudgementRow
from trialhouse.model.words import JudgementSubject, PairSubject
from trialhouse.pipeline.landed_texts import landed_texts
from trialhouse.quality.passages import Passage
from trialhouse.review.deciding import Asked as Typed
from trialhouse.review.doubt_words import Asked, words_of_sides
from trialhouse.review.pages.inbox import MOST_LETTERS
from trialhouse.review.passages import segments
from trialhouse.review.reason_words import Reasons
from trialhouse.review.render import address, page
from trialhouse.review.sentences import place
from trialhouse.review.shelf import Shelf
from trialhouse.store.connection import Connection
from trialhouse.store.read import has_table

PAGE = 25

SIDES = """
SELECT subject, id, name, about, trial_id FROM (
    SELECT 'document' AS subject, document_id AS id, title AS name, NULL AS trial_id,
        concat_ws(' · ', kind, journal, published::VARCHAR, 'PMID ' || pmid, doi) AS about
    FROM documents
    UNION ALL BY NAME
    SELECT 'trial' AS subject, trial_id AS id, coalesce(title, acronym) AS name, trial_id,
        concat_ws(' · ', registry_id, acronym, sponsor, enrollment || ' participants') AS about
    FROM trials
    UNION ALL BY NAME
    SELECT 'arm' AS subject, arm_id AS id, label AS name, trial_id,
        concat_ws(' · ', lower(replace(arm_type, '_', ' ')), 'n = ' || coalesce(n_randomized, n_analyzed)) AS about
    FROM arms
    UNION ALL BY NAME
    SELECT 'outcome' AS subject, outcome_id AS id, measure AS name, trial_id,
        concat_ws(' · ', time_frame, population, subgroup) AS about
    FROM outcomes
) WHERE (subject, id) IN (
    SELECT (subject, left_id) FROM doubtful_pairs UNION ALL SELECT (subject, right_id) FROM doubtful_pairs
)
"""

PAIRS = """
SELECT subject, left_id, right_id, left_document_id, right_document_id, method, score, reason
FROM doubtful_pairs ORDER BY score DESC NULLS LAST, subject, left_id, right_id, method
"""

OF_TRIAL = """
SELECT document_id FROM trial_documents WHERE trial_id = $trial UNION ALL SELECT $trial
UNION ALL SELECT arm_id FROM arms WHERE trial_id = $trial
UNION ALL SELECT outcome_id FROM outcomes WHERE trial_id = $trial
"""

TITLES = {"document": "Documents", "trial": "Trials", "arm": "Arms", "outcome": "Outcomes"}


@dataclass(frozen=True)
class Side:
    """One of two things: its name, what else tells it from others, and where it is shown."""

    id: str
    name: str
    about: str
    link: str | None
    document_id: str | None


@dataclass(frozen=True)
class Doubt:
    """Two things that may be one, why, and what somebody judged of them, if it was not withdrawn."""

    subject: str
    left: Side
    right: Side
    method: str
    score: float | None
    reason: str
    judged: JudgementRow | None
    last_judgement_id: str

    @property
    def may_be_judged(self) -> bool:
        """Whether a judgement of it goes into the next build: of documents and trials."""
        return self.subject in set(JudgementSubject)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: all pairs or those that nobody judged, of one kind, of one trial, with some words."""

    show: str
    subject: str
    trial: str
    text: str
    number: int

    @classmethod
    def of(cls, request: Request) -> "Wanted":
        """As the address says; a word that is none counts as not said."""
        query, number = request.query_params, request.query_params.get("page", "1")
        subject = query.get("subject", "")
        return cls(
            show="all" if query.get("show") == "all" else "",
            subject=subject if subject in set(PairSubject) else "",
            trial=query.get("trial", "").strip()[:MOST_LETTERS],
            text=query.get("text", "").strip()[:MOST_LETTERS],
            number=max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1,
        )

    def address(self, **changes: object) -> str:
        """The address of the same list with something else asked for."""
        return address("/doubts", **{**asdict(self), "number": None, **changes})

    def passes(self, doubt: Doubt, of_trial: frozenset[str] | None) -> bool:
        """Whether a pair is asked for, judged or not; `of_trial` are the ids of what the trial has, if one is named."""
        sides = (doubt.left, doubt.right)
        said = " ".join((doubt.reason, *(f"{side.id} {side.name} {side.about}" for side in sides)))
        return (
            self.subject in ("", doubt.subject)
            and (of_trial is None or any(side.id in of_trial for side in sides))
            and self.text.casefold() in said.casefold()
        )


def show(request: Request) -> Response:
    """The list: those that nobody judged, likeliest first."""
    shelf: Shelf = request.app.state.shelf
    release, wanted = shelf.current(), Wanted.of(request)
    doubts: list[Doubt] = []
    of_trial: frozenset[str] | None = None
    if release is not None:
        judged = shelf.decisions.judgements()
        with shelf.reading(release) as connection:
            doubts = doubts_of(connection, judged)
            if wanted.trial:
                own = connection.execute(OF_TRIAL, {"trial": wanted.trial}).fetchall()
                of_trial = frozenset(row[0] for row in own)
    passing = [doubt for doubt in doubts if wanted.passes(doubt, of_trial)]
    asking = [doubt for doubt in passing if doubt.judged is None]
    found = passing if wanted.show == "all" else asking
    last_page = max(1, (len(found) + PAGE - 1) // PAGE)
    number = min(wanted.number, last_page)
    shown = found[(number - 1) * PAGE : number * PAGE]
    sides = [(doubt.subject, side.id, side.document_id) for doubt in shown for side in (doubt.left, doubt.right)]
    said: Mapping[Asked, tuple[Passage, ...]] = {}
    reason_said: Callable[[str], str] = str
    if release is not None:
        with shelf.reading(release) as connection:
            said = words_of_sides(connection, sides, landed_texts(shelf.layout))
            reason_said = Reasons(connection, [doubt.reason for doubt in shown]).said
    context = {
        "section": "/doubts",
        "title": "Doubtful links",
        "release": release,
        "wanted": wanted,
        "tabs": (("", "To judge", len(asking)), ("all", "All", len(passing))),
        "subjects": TITLES,
        "doubts": shown,
        "said": said,
        "reason_said": reason_said,
        "segments": segments,
        "place": place,
        "number": number,
        "last_page": last_page,
        "asked": Typed.nothing(request),
    }
    return page(request, "doubts.html", context)


def doubts_of(connection: Connection, judged: Sequence[JudgementRow]) -> list[Doubt]:
    """All doubtful pairs of a release, likeliest first; none of one that is older than the table."""
    if not has_table(connection, DoubtfulPairRow):
        return []
    found = connection.execute(SIDES).fetchall()
    names = {(subject, name_id): (name, about, trial_id) for subject, name_id, name, about, trial_id in found}
    last = {(str(one.subject), one.left_id, one.right_id): one for one in judged}
    doubts = []
    for subject, left, right, left_document, right_document, method, score, reason in connection.execute(
        PAIRS
    ).fetchall():
        judgement = last.get((subject, *sorted((left, right))))
        is_withdrawn = judgement is not None and judgement.verdict.value == "withdrawn"
        doubts.append(
            Doubt(
                subject=subject,
                left=_side(names, subject, left, left_document),
                right=_side(names, subject, right, right_document),
                method=method,
                score=score,
                reason=reason,
                judged=None if is_withdrawn else judgement,
                last_judgement_id=judgement.judgement_id if judgement else "",
            )
        )
    return doubts


def _side(names: Mapping[Any, Any], subject: str, name_id: str, document_id: str | None) -> Side:
    name, about, trial_id = names.get((subject, name_id), (None, None, None))
    link = f"/documents/{name_id}" if subject == "document" and about is not None else None
    if trial_id is not None:
        link = f"/trials/{trial_id}" + (f"?outcome={name_id}#{name_id}" if subject == "outcome" else "")
    return Side(name_id, name or name_id, about or "", link, document_id if document_id != name_id else None)
