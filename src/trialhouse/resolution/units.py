"""The rows of one trial, and those that are of one document alone, each under the name of all that they are made of.

A unit's rows depend on its readings and on what the survey says of it, and on nothing else beside the code and the
vocabulary. So two units of one name have the same rows, and rows that were made once need not be made again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from trialhouse.model.document import Document
from trialhouse.model.ids import text_sha256
from trialhouse.model.tables import RowSet
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.arms import ArmTable
from trialhouse.resolution.designs import add_arm, add_trial, keep_arm_ids
from trialhouse.resolution.documents import add_document, text_rows
from trialhouse.resolution.doses import Doses
from trialhouse.resolution.languages import add_language_differences, language_candidates
from trialhouse.resolution.measure_likeness import MeasureNames
from trialhouse.resolution.outcomes import OutcomeTable
from trialhouse.resolution.own_ids import with_ids
from trialhouse.resolution.part_of_trial import parts_apart
from trialhouse.resolution.proof import Proof
from trialhouse.resolution.published import Published
from trialhouse.resolution.reading import Mention, Reading, mentions_of
from trialhouse.resolution.registered_arms import add_registered_arms
from trialhouse.resolution.registered_outcomes import add_registered_outcomes
from trialhouse.resolution.survey import Survey
from trialhouse.resolution.trial_documents import add_links, add_notices
from trialhouse.resolution.trials import Cluster


@dataclass(frozen=True)
class Units:
    """Makes the rows of the units of a survey, and their names.

    `made_by` names what rows are made by: the code and the orders of trust. `whole` reads a document in full, of which
    the survey may have a brief.
    """

    survey: Survey
    vocabulary: Vocabulary
    may_be_passed_on: Callable[[Document], bool]
    made_by: str = ""
    whole: Callable[[Reading], Reading] = lambda reading: reading

    @cached_property
    def _names(self) -> MeasureNames:
        return MeasureNames(self.vocabulary)

    @cached_property
    def _doses(self) -> Doses:
        return Doses(self.vocabulary)

    def document_name(self, reading: Reading) -> str:
        """All that the rows of a document are made of."""
        document, survey = reading.document, self.survey
        review = survey.reviews.get(document)
        return _name(
            self.made_by,
            reading.name,
            self.may_be_passed_on(document),
            survey.notices.said_of(document),
            document.document_id in survey.notices.tied,
            review and (review.words, survey.reviews.problem_of(review)),
            [mention.name for mention in mentions_of(reading) if mention.name in survey.reporting],
        )

    def document_rows(self, reading: Reading) -> RowSet:
        """A document's row, what was read in it and not trusted, what proves these, and its text where that may be
        passed on whole.
        """
        rows, survey = RowSet(), self.survey
        reading = self.whole(reading)
        document = reading.document
        add_document(reading, survey.notices, survey.reviews, rows, Proof(rows))
        for mention in mentions_of(reading):
            if mention.name in survey.reporting:
                rows.extend(language_candidates(document.document_id, mention.claims))
        if self.may_be_passed_on(document):
            rows.extend(text_rows(document, None))
        return rows

    def text_name(self, reading: Reading) -> str:
        """All that the stretches of a document's text are made of, but for where they stand."""
        return _name(self.made_by, reading.name)

    def trial_name(self, trial: Cluster) -> str:
        """All that the rows of a trial are made of, but for the arms and outcomes that it had before."""
        survey = self.survey
        ids = dict.fromkeys(mention.document.document_id for mention in trial.mentions)
        return _name(
            self.made_by,
            trial.trial_id,
            [
                (survey.readings[mention.document.document_id].name, mention.number, mention.claims.trial.registry_ids)
                for mention in trial.mentions
            ],
            trial.links,
            [survey.notices.said_of(survey.readings[document_id].document) for document_id in ids],
            [survey.trust.said_of(document_id) for document_id in ids],
            [
                (row.from_document_id, document_id, row.relation, row.confidence)
                for document_id in ids
                for row in survey.notices_about.get(document_id, ())
            ],
        )

    def trial_rows(self, trial: Cluster, published: Published) -> RowSet:
        """All rows of a trial: its design, arms, outcomes and numbers, with their proof, conflicts and links."""
        rows, trial = RowSet(), replace(trial, mentions=tuple(map(self._whole_mention, trial.mentions)))
        proof, survey, vocabulary = Proof(rows), self.survey, self.vocabulary
        trust = survey.trust.within(trial.mentions)
        mentions, left_out = parts_apart(trial.mentions)
        told = replace(trial, mentions=tuple(mentions))
        rows.extend(left_out)
        add_trial(told, survey.notices.status(trial, proof), trust, rows, proof)
        arms = ArmTable(trial.trial_id, told.mentions, self._doses)
        keep_arm_ids(trial.trial_id, arms.arms, published.designs_of(trial.trial_id), vocabulary, trust)
        for arm in arms.arms:
            add_arm(trial.trial_id, arm, vocabulary, trust, proof)
        outcomes = OutcomeTable(trial.trial_id, arms, vocabulary, trust, proof)
        outcomes.build(told.mentions, self._names, published.outcomes_of(trial.trial_id))
        rows.extend(arms.doubtful_pairs())
        add_language_differences(told, arms, rows)
        add_registered_arms(told, rows)
        add_registered_outcomes(told, outcomes.outcome_id, self._names, rows)
        add_links(trial, rows)
        add_notices(trial, survey.notices_about, rows)
        return rows

    def _whole_mention(self, mention: Mention) -> Mention:
        """A mention with all its claims, and with the registry ids that are its own."""
        reading = self.whole(self.survey.readings[mention.document.document_id])
        claims = reading.extractions[(mention.number or 1) - 1]
        own = mention.claims.trial.registry_ids
        if own != claims.trial.registry_ids:
            claims = with_ids(reading.document, claims, own)
        return replace(mention, document=reading.document, claims=claims)


def _name(*parts: object) -> str:
    """A name for what has no other: numbers, words and tuples of them are written in one way only."""
    return text_sha256(repr(parts))[:32]
