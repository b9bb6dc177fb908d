"""Numbers of outcomes in words: the same in every plot and table, and never more exact than they were stated."""

from trialhouse.review.axis import round_text
from trialhouse.review.plot import Cells
from trialhouse.review.render import words

SPREADS = {
    "SD": "SD",
    "SE": "SE",
    "IQR": "IQR",
    "RANGE": "range",
    "CI": "CI",
    "GEOMETRIC_COEFFICIENT": "geometric CV",
}


def with_unit(value: float | None, unit: str | None) -> str:
    """A number and its unit; empty for none."""
    if value is None:
        return ""
    return round_text(value) + ("" if not unit else unit if unit == "%" else f" {unit}")


def interval(low: float | None, high: float | None, kind: str, level: float | None) -> str:
    """An interval with its kind and level: '95% CI 0.6 to 0.92'; a missing end is '…'."""
    if low is None and high is None:
        return ""
    name = f"{with_unit(level, '%')} {kind}".strip()
    return f"{name} {'…' if low is None else round_text(low)} to {'…' if high is None else round_text(high)}"


def effect_said(analysis: Cells) -> str:
    """The estimate of a comparison with its interval."""
    kind = "one-sided CI" if analysis["ci_n_sides"] == "ONE_SIDED" else "CI"
    spread = ""
    if analysis["dispersion_value"] is not None:
        spread = f"{SPREADS.get(analysis['dispersion_type'], 'spread')} {round_text(analysis['dispersion_value'])}"
    around = [interval(analysis["ci_low"], analysis["ci_high"], kind, analysis["ci_pct"]), spread]
    inside = ", ".join(part for part in around if part)
    estimate = with_unit(analysis["estimate"], analysis["unit"])
    return f"{estimate} ({inside})" if estimate and inside else estimate or inside


def p_said(analysis: Cells) -> str:
    """The p-value, as it was written if that is known."""
    value = analysis["p_value"]
    if value is None:
        return analysis["p_raw"] or ""
    modifier = analysis["p_modifier"] or "="
    return f"{'' if modifier == '=' else modifier + ' '}{value:.6g}"


def value_said(measurement: Cells) -> str:
    """The number of an arm with its spread."""
    value = f"{measurement['value_modifier'] or ''}".replace("=", "")
    value += with_unit(measurement["value"], measurement["unit"])
    kind = SPREADS.get(measurement["dispersion_type"] or "", measurement["dispersion_raw"] or "spread")
    parts = []
    if measurement["dispersion_value"] is not None:
        unit = "%" if measurement["dispersion_type"] == "GEOMETRIC_COEFFICIENT" else ""
        parts.append(f"{kind} {with_unit(measurement['dispersion_value'], unit)}")
    parts.append(interval(measurement["dispersion_low"], measurement["dispersion_high"], kind, measurement["ci_pct"]))
    inside = ", ".join(part for part in parts if part)
    return f"{value} ({inside})" if inside else value


def sentence_case(text: str) -> str:
    """A word of an enumeration, or what a registry wrote, at the beginning of a line."""
    said = words(text)
    return said[:1].upper() + said[1:]
