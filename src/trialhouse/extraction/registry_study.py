"""A loaded study of ClinicalTrials.gov's API v2: its objects by name, each with its place in the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trialhouse.model.evidence import Evidence
from trialhouse.text.json_spans import Span, child_path, scalar_spans
from trialhouse.text.json_values import load_json

RULE = "ctgov"


class Study:
    """A study with the span of each of its values. `protocol` and `results` are its sections, empty where absent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, Span] = scalar_spans(text)
        loaded = load_json(text.lstrip("\ufeff"))
        self.root = "$"
        if isinstance(loaded, dict) and isinstance(loaded.get("studies"), list):
            loaded, self.root = loaded["studies"][0], "$.studies[0]"
        elif isinstance(loaded, list):
            loaded, self.root = loaded[0], "$[0]"
        whole = Place(self, self.root, loaded if isinstance(loaded, dict) else {})
        self.protocol = whole.part("protocolSection")
        self.results = whole.part("resultsSection")

    def span_at(self, locator: str) -> Span | None:
        """The span of the scalar at a full path, or None where it is absent or empty."""
        span = self.spans.get(locator)
        return span if span and span[0] < span[1] else None

    def evidence_at(
        self, locator: str, *, part: Span | None = None, rule: str = RULE, confidence: float = 1.0
    ) -> Evidence | None:
        """The characters of the scalar at a full path, or of a part of it, as evidence."""
        span = part or self.span_at(locator)
        if span is None:
            return None
        quote = self.text[span[0] : span[1]]
        return Evidence(start=span[0], end=span[1], quote=quote, locator=locator, rule=rule, confidence=confidence)


@dataclass(frozen=True)
class Place:
    """One object of a study and its path. What a file has of another kind than the API says is as if it were absent."""

    study: Study = field(repr=False)
    path: str
    node: Mapping[str, Any]

    def words(self, name: str) -> str | None:
        """The string of that name without space around it, a number as it would be written; None where empty."""
        value = self.node.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return (value.strip() or None) if isinstance(value, str) else None

    def count(self, name: str) -> int | None:
        """The whole number of that name, written as a number or as a string of digits ("1,234")."""
        said = (self.words(name) or "").replace(",", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None

    def strings(self, name: str) -> list[str]:
        """The strings of the list of that name."""
        found = self.node.get(name)
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    def part(self, name: str) -> "Place":
        """The object of that name; an empty one where there is none."""
        found = self.node.get(name)
        return Place(self.study, child_path(self.path, name), found if isinstance(found, dict) else {})

    def each(self, name: str) -> Iterator["Place"]:
        """The objects of the list of that name."""
        found = self.node.get(name)
        for number, one in enumerate(found if isinstance(found, list) else []):
            if isinstance(one, dict):
                yield Place(self.study, child_path(child_path(self.path, name), number), one)

    def evidence(self, name: str, rule: str = RULE, confidence: float = 1.0) -> Evidence | None:
        """The characters of the value of that name as evidence, or None where it is absent or empty."""
        return self.study.evidence_at(child_path(self.path, name), rule=rule, confidence=confidence)

    def proofs(self, **fields: str) -> dict[str, Evidence]:
        """Evidence by field, from the value of the name given for it; fields whose value is absent are left out."""
        found = {of: self.evidence(name) for of, name in fields.items()}
        return {of: proof for of, proof in found.items() if proof is not None}
