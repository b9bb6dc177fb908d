"""An alert in one line."""

from trialhouse.cli.styles import BOLD, RED, YELLOW, is_styled, styled
from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow

SEVERITY_STYLES = {Severity.BLOCK: (BOLD, RED), Severity.ERROR: (RED,), Severity.WARN: (YELLOW,)}


def head_line(alert: AlertRow, about: str = "") -> str:
    """An alert in one line: id, severity, state, check, and what it is about."""
    severity = styled(f"{alert.severity.value:<5}", *SEVERITY_STYLES.get(alert.severity, ()), when=is_styled())
    parts = (alert.alert_id, severity, f"{alert.state.value:<12}", alert.check_id, about)
    return "  ".join(parts).rstrip()


def state_words(alert: AlertRow) -> str:
    """The state, with the end of a waiver."""
    return alert.state.value + (f" until {alert.waived_until}" if alert.waived_until else "")
