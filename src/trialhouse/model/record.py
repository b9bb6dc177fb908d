"""The base of all value objects: immutable, and closed to fields nobody declared."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A value: equal by content, never changed after it was made."""

    # Validators are built when first used: importing all tables would cost every small command a tenth of a second.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
