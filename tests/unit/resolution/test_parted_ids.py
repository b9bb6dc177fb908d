"""The registry id of a trial stays with it when a document is judged to be none of its."""

from collections.abc import Callable

from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.identifiers import find_registry_ids
from trialhouse.resolution.constraints import Constraint, Constraints
from trialhouse.resolution.parted_ids import without_parted_ids
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import link

Make = Callable[..., Reading]
NCT, EUDRACT, ISRCTN = "NCT09990001", "2018-004321-11", "ISRCTN61234567"


def mention(reading: Make, name: str, *ids: str, kind: DocumentKind = DocumentKind.ABSTRACT) -> Mention:
    one = reading(name, kind, trial=TrialClaim(registry_ids=ids, enrollment=10))
    return Mention(one.document, one.extractions[0], "test", "1")


def judged(left: set[str], right: set[str], *, part: set[str] | None = None) -> tuple[Constraint, ...]:
    sides = [frozenset(f"doc-{name}" for name in side) for side in (left, right, part or set())]
    return (Constraint(sides[0], sides[1], "j", "ada", sides[2]),)


def ids_after(mentions: list[Mention], *constraints: Constraint) -> list[tuple[str, ...]]:
    return [one.claims.trial.registry_ids for one in without_parted_ids(mentions, constraints)]


def test_an_id_is_of_the_side_that_has_its_record(reading: Make) -> None:
    record = mention(reading, "record", NCT, EUDRACT, kind=DocumentKind.REGISTRY)
    paper = mention(reading, "paper", NCT.lower(), "ISRCTN12345678")
    for constraint in (judged({"record"}, {"paper"}), judged({"paper"}, {"record"})):
        assert ids_after([record, paper], *constraint) == [(NCT, EUDRACT), ("ISRCTN12345678",)]
    # It is the record that was taken out of what calls itself a trial by its number.
    assert ids_after([record, paper], *judged({"record"}, {"paper"}, part={"record"}))[0] == (NCT, EUDRACT)


def test_where_no_record_is_there_it_is_of_the_trial_that_a_document_was_taken_out_of(reading: Make) -> None:
    mentions = [mention(reading, name, NCT) for name in ("own", "more", "foreign")]
    found = ids_after(mentions, *judged({"foreign"}, {"own", "more"}, part={"foreign"}))
    assert found == [(NCT,), (NCT,), ()]
    # Nobody said which of two papers the number is of.
    assert ids_after(mentions, *judged({"foreign"}, {"own"})) == [(NCT,)] * 3


def texts(reading: Make, own: str, mentioning: str) -> list[Mention]:
    """A paper on RIGA, taken out of the trial TALLIN to which a paper on both had tied it."""
    parts = {
        "riga": f"200 adults took obrafenib. {own}",
        "tallin": f"300 adults took obrafenib. TRIAL REGISTRATION: {NCT}.",
        "both": f"We analysed skin toxicity in TALLIN ({NCT}) and RIGA ({mentioning}).",
    }
    made = []
    for name, text in parts.items():
        places = tuple(find_registry_ids(text))
        trial = TrialClaim(registry_ids=tuple(one.value for one in places), enrollment=10)
        one = reading(name, DocumentKind.ABSTRACT, facts={"registry_ids": places}, trial=trial)
        made.append(Mention(one.document.model_copy(update={"text": text}), one.extractions[0], "test", "1"))
    return made


def test_an_id_stays_with_the_one_paper_that_states_it(reading: Make) -> None:
    apart = judged({"riga"}, {"tallin", "both"}, part={"riga"})
    stated = texts(reading, f"TRIAL REGISTRATION: {ISRCTN}.", ISRCTN)
    assert ids_after(stated, *apart) == [(ISRCTN,), (NCT,), (NCT,)]
    for record in ((ISRCTN,), (NCT, ISRCTN)):
        known = mention(reading, "record", *record, kind=DocumentKind.REGISTRY)
        with_record = judged({"riga"}, {"tallin", "both", "record"}, part={"riga"})
        assert ids_after([*stated, known], *with_record) == [(), (NCT,), (NCT, ISRCTN), record]


def test_an_id_that_the_paper_itself_only_tells_stays_with_the_trial(reading: Make) -> None:
    apart = judged({"riga"}, {"tallin", "both"}, part={"riga"})
    assert ids_after(texts(reading, f"Obrafenib was studied ({ISRCTN}).", ISRCTN), *apart)[0] == ()
    found = ids_after(texts(reading, f"TRIAL REGISTRATION: {NCT}.", ISRCTN), *apart)
    assert found == [(), (NCT,), (NCT, ISRCTN)]


def test_two_trials_that_share_a_number_of_another_registry_keep_it(reading: Make) -> None:
    """One protocol of the EU is registered as two studies; the id of the record is its first one."""
    records = [mention(reading, value, value, EUDRACT, kind=DocumentKind.REGISTRY) for value in (NCT, "NCT09990002")]
    for part in (None, {NCT}):
        found = ids_after(records, *judged({NCT}, {"NCT09990002"}, part=part))
        assert found == [(NCT, EUDRACT), ("NCT09990002", EUDRACT)]


def test_what_is_judged_of_documents_that_are_gone_or_of_other_ids_takes_nothing(reading: Make) -> None:
    record = mention(reading, "record", NCT, kind=DocumentKind.REGISTRY)
    paper = mention(reading, "paper", "NCT09990002")
    assert ids_after([record, paper], *judged({"record", "gone"}, {"paper"})) == [(NCT,), ("NCT09990002",)]
    assert ids_after([paper], *judged({"record"}, {"paper"}, part={"paper"})) == [("NCT09990002",)]
    assert ids_after([record, paper]) == [(NCT,), ("NCT09990002",)]


def test_the_trial_of_the_record_alone_is_named_by_the_number(reading: Make) -> None:
    mentions = [mention(reading, "record", NCT, kind=DocumentKind.REGISTRY), mention(reading, "foreign", NCT)]
    found = link(mentions, constraints=Constraints(different=judged({"record"}, {"foreign"}))).clusters
    assert [("registry", NCT.lower()) in one.keys for one in found] == [True, False]
    assert [[link.method for link in one.links] for one in found] == [["registry_id"], ["own"]]
