"""What an examination of `trialhouse doctor` gives."""

from trialhouse.model.record import Record


class Finding(Record):
    """What one examination found; `advice` says what to do when it is wrong."""

    name: str
    is_ok: bool
    says: str
    advice: str | None = None
