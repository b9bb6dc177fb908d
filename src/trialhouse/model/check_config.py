"""What is configured of checks: the numbers that they compare with, the gate, and what a failure does."""

from pydantic import Field, FiniteFloat

from trialhouse.model.enums import Severity
from trialhouse.model.record import Record


class GateConfig(Record):
    """When a build is not published although no check blocks it."""

    most_set_aside_percent: float = Field(
        5, ge=0, le=100, description="More than this share of a table's rows set aside stops publishing, in percent."
    )
    most_set_aside_rows: int = Field(20, ge=0, description="So many rows of a table never stop publishing.")


class CheckConfig(Record):
    """`config/checks.toml`."""

    thresholds: dict[str, FiniteFloat] = Field({}, description="The numbers that checks compare with, by name.")
    gate: GateConfig = Field(GateConfig(), description="When a build is not published.")
    severity: dict[str, Severity] = Field({}, description="What a failure does, by check, instead of what it says.")

    def over(self, other: "CheckConfig") -> "CheckConfig":
        """This configuration, and the other one for what this one does not say."""
        gate = other.gate.model_dump() | self.gate.model_dump(exclude_unset=True)
        return CheckConfig(
            thresholds=other.thresholds | self.thresholds,
            gate=GateConfig(**gate),
            severity=other.severity | self.severity,
        )
