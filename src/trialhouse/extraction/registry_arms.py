"""The arms of a registry's design: label, type, and what each was given with its details."""

from typing import Any

from trialhouse.extraction.registry_doses import intervention_details
from trialhouse.extraction.registry_study import Place, Study
from trialhouse.extraction.registry_words import member
from trialhouse.extraction.terms import lexicon, named
from trialhouse.model.enums import ArmType
from trialhouse.model.extraction import ArmClaim, InterventionClaim
from trialhouse.model.vocabulary import Vocabulary


def read_arms(study: Study, vocabulary: Vocabulary) -> tuple[ArmClaim, ...]:
    """A claim for each arm group of the study, in its order, keyed arm1, arm2, …"""
    module = study.protocol.part("armsInterventionsModule")
    by_name: dict[str, Place] = {}
    for one in module.each("interventions"):
        by_name.setdefault(f"{one.words('type') or ''}: {one.words('name') or ''}".lower().replace("_", " "), one)
    arms = []
    for number, group in enumerate(module.each("armGroups"), 1):
        names = [name.lower() for name in group.strings("interventionNames")]
        members = [by_name[name] for name in names if name in by_name]
        arms.append(
            ArmClaim(
                key=f"arm{number}",
                label=group.words("label") or f"Arm {number}",
                arm_type=member(ArmType, group.words("type")),
                interventions=tuple(_intervention(study, group, one, len(members), vocabulary) for one in members),
                evidence=group.proofs(label="label", arm_type="type"),
            )
        )
    return tuple(arms)


def _intervention(study: Study, group: Place, one: Place, members: int, vocabulary: Vocabulary) -> InterventionClaim:
    name = one.words("name") or ""
    evidence = one.proofs(name="name")
    norm, code = named(name, lexicon(vocabulary))
    places = [f"{group.path}.label", f"{group.path}.description", f"{one.path}.name", f"{one.path}.description"]
    details: dict[str, Any] = {}
    for field, value, where, part in intervention_details(
        study.text, study.span_at, places, name=name, members=members, vocabulary=vocabulary
    ):
        details[field] = value
        proof = study.evidence_at(where, part=part)
        if proof is not None:
            evidence[field] = proof
    return InterventionClaim(name=name, norm=norm, code=code, evidence=evidence, **details)
