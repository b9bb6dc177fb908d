"""All releases and all landed bytes compared with what was published and received: `releases verify --all`."""

from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Failed
from refresh import settings_of

from trialhouse.pipeline.intervals import LONGEST_RUN
from trialhouse.pipeline.upkeep import verify_all


@flow(name="verify", timeout_seconds=LONGEST_RUN.total_seconds())
def verify(profile: str | None = None, warehouse: str | None = None) -> dict[str, Any] | State[Any]:
    """Verify everything; nothing is written. Fails under the name Damaged, with every finding on Prefect's page."""
    verification = verify_all(settings_of(profile, warehouse))
    findings = [finding.model_dump(mode="json") for finding in verification.findings]
    create_table_artifact(findings, key="verification", description="What was found, and what to do.")
    told = f"Verified {', '.join(verification.verified) or 'no release'}"
    if not verification.is_well:
        wrong = [finding for finding in verification.findings if finding.is_problem]
        return Failed(name="Damaged", message=f"{told}: {len(wrong)} wrong, first: {wrong[0].says}: {wrong[0].advice}")
    return {"verified": verification.verified, "pruned": verification.pruned, "findings": findings}
