"""The number of arms of a paper against that of its registry record.

A paper tells of some arms only, or of doses taken together. Its number counts where the paper shows that these are
all: its arms' participants add up to all randomized, or its allocation ratio has a part for each.
"""

from trialhouse.model.enums import DocumentKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim
from trialhouse.model.tables import RowSet
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.registered_outcomes import PAPERS
from trialhouse.resolution.survivors import conflict
from trialhouse.resolution.trials import Cluster

RULE = "number_of_arms_differs"
COLUMN = "number_of_arms"
"""What the conflict is about: no column of `trials`, but the number of its rows in `arms`."""


def add_registered_arms(cluster: Cluster, rows: RowSet) -> None:
    """Add a conflict for each paper that shows another number of arms than the registry record."""
    record = next((m for m in cluster.mentions if m.document.kind is DocumentKind.REGISTRY and _arms(m)), None)
    if record is None:
        return
    registered, enrollment = len(_arms(record)), record.claims.trial.enrollment
    for mention in cluster.mentions:
        arms = _arms(mention)
        is_paper = mention.document.kind in PAPERS and mention.number is None
        if is_paper and len(arms) != registered and min(len(arms), registered) > 1 and _are_all(mention, enrollment):
            row, kept, other = ("trials", cluster.trial_id), (record, registered), (mention, len(arms))
            rows.add(conflict(row, COLUMN, kept, other, evidence=_ratio_or_size(mention), rule=RULE))


def _arms(mention: Mention) -> list[ArmClaim]:
    """The arms of the design; none of a factorial one, whose arms are counted by factor or by cell."""
    arms = [arm for arm in mention.claims.arms if not arm.is_result_group]
    return [] if any(arm.factor is not None for arm in arms) else arms


def _are_all(mention: Mention, enrollment: int | None) -> bool:
    """Whether the arms of a paper are all that there are."""
    trial, sizes = mention.claims.trial, [arm.n_randomized for arm in _arms(mention)]
    if trial.allocation_ratio is not None and trial.allocation_ratio.count(":") + 1 == len(sizes):
        return True
    stated = [arm.n_randomized for arm in _arms(mention) if arm.n_randomized is not None and not arm.n_is_derived]
    return len(stated) == len(sizes) and sum(stated) in {trial.enrollment, enrollment}


def _ratio_or_size(mention: Mention) -> Evidence | None:
    """Where the paper shows how many arms there are: its ratio, else the size of the first of them."""
    places = [mention.claims.trial.evidence.get("allocation_ratio")]
    places += [arm.evidence.get("n_randomized") for arm in _arms(mention)]
    return next((place for place in places if place is not None), None)
