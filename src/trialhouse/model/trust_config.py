"""What is configured of trust: for each column, which kind of document is believed where several speak of one cell."""

import json
from collections.abc import Collection, Mapping
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from trialhouse.model.ids import sha256_hex
from trialhouse.model.record import Record
from trialhouse.model.tables import TABLES


class TrustWord(StrEnum):
    """What a document can be in an order of trust: its kind, or its kind with what tells it from others of that kind.

    A document counts by the narrowest of these that the order has.
    """

    REGISTRY = "registry"
    FULLTEXT = "fulltext"
    ABSTRACT = "abstract"
    PORTAL = "portal"
    PREPRINT = "preprint"
    NEWS = "news"
    ACTUAL_REGISTRY = "actual_registry"
    PLANNED_REGISTRY = "planned_registry"
    PUBLISHED_PREPRINT = "published_preprint"
    PROTOCOL = "protocol"
    DERIVED = "derived"


KINDS: tuple[TrustWord, ...] = (
    TrustWord.REGISTRY,
    TrustWord.FULLTEXT,
    TrustWord.ABSTRACT,
    TrustWord.PORTAL,
    TrustWord.PREPRINT,
    TrustWord.NEWS,
)
"""The kinds of documents that report trials. Every order names each of them."""

TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "trials": (("enrollment", "enrollment_type"),),
    "arms": (("n_randomized", "n_is_derived"),),
    "arm_interventions": (("dose_value", "dose_unit", "dose_raw"),),
    "outcomes": (),
    "outcome_measurements": (
        ("statistic", "statistic_raw"),
        ("value", "value_modifier", "value_raw", "unit"),
        ("dispersion_type", "dispersion_raw", "ci_pct", "dispersion_value", "dispersion_low", "dispersion_high"),
    ),
    "outcome_analyses": (
        ("effect", "effect_raw"),
        ("estimate", "unit", "dispersion_type", "dispersion_value"),
        ("ci_pct", "ci_n_sides", "ci_low", "ci_high"),
        ("p_value", "p_modifier", "p_raw"),
    ),
}
"""Columns that mean something only together, by table: they are taken from one document, by the order of the first."""

_NOT_READ = {
    "trials": {"trial_id", "registry_id", "evidence_status"},
    "arms": {"arm_id", "trial_id"},
    "arm_interventions": {"arm_intervention_id", "arm_id", "intervention_id", "dose_unit_ucum"},
    "outcomes": {"outcome_id", "trial_id"},
    "outcome_measurements": {"measurement_id", "outcome_id", "arm_id", "unit_ucum"},
    "outcome_analyses": {"analysis_id", "outcome_id", "arm_id", "comparator_arm_id"},
}
"""Columns of the same tables that are made and not read: ids, codes, what notices say."""


def _columns() -> frozenset[str]:
    found = set()
    for table in TABLES:
        if table.qualified_name in _NOT_READ:
            others = {name for group in TOGETHER[table.qualified_name] for name in group[1:]}
            others |= {column.name for column in table.columns if column.name.endswith("_precision")}
            names = {column.name for column in table.columns} - _NOT_READ[table.qualified_name] - others
            found |= {f"{table.qualified_name}.{name}" for name in names}
    return frozenset(found)


TRUSTED_COLUMNS: frozenset[str] = _columns()
"""Every column, as table.column, that documents can say different things of; of those kept together, the first."""


def _first_of(column: str) -> str | None:
    """The column that another one is kept together with, or None."""
    table, _, name = column.partition(".")
    return next((f"{table}.{group[0]}" for group in TOGETHER.get(table, ()) if name in group[1:]), None)


class TrustOrder(Record):
    """An order of trust, the most trusted first, the columns that it is of, and why it is so."""

    columns: tuple[str, ...] = Field((), description="The columns that it is of, as table.column.")
    order: tuple[TrustWord, ...] = Field((), description="Kinds of documents, the most trusted first.")
    why: str = Field("", description="Why, in a sentence or two.")

    @field_validator("order")
    @classmethod
    def _names_each_kind_once(cls, order: tuple[TrustWord, ...]) -> tuple[TrustWord, ...]:
        doubled = [word for word in order if order.count(word) > 1]
        if doubled:
            raise ValueError(f"{doubled[0].value!r} stands twice: name it once")
        missing = [kind.value for kind in KINDS if kind not in order]
        if missing:
            raise ValueError(f"it leaves out {', '.join(missing)}: an order names every kind of document")
        return order

    @field_validator("columns")
    @classmethod
    def _are_columns(cls, columns: tuple[str, ...]) -> tuple[str, ...]:
        for column in columns:
            first = _first_of(column)
            if first is not None:
                raise ValueError(f"{column!r} is always taken together with {first}: name that one")
            if column not in TRUSTED_COLUMNS:
                table = column.partition(".")[0]
                known = sorted(name for name in TRUSTED_COLUMNS if name.startswith(f"{table}."))
                there = f"{table} has: {', '.join(known)}" if known else f"tables are: {', '.join(TOGETHER)}"
                raise ValueError(f"{column!r} is no column that is read from documents; {there}")
        return columns

    def over(self, other: "TrustOrder") -> "TrustOrder":
        """This order, and the other one for what this one does not say."""
        return other.model_copy(update={name: getattr(self, name) for name in self.model_fields_set})

    def without(self, columns: Collection[str]) -> "TrustOrder":
        """The same order of the columns that are left."""
        return self.model_copy(update={"columns": tuple(one for one in self.columns if one not in columns)})


DEFAULT_ORDER = TrustOrder(order=KINDS, why="A registry record is kept under a legal duty; a paper is reviewed.")


class TrustConfig(Record):
    """`config/trust.toml`: the order of all columns that no other order names, and orders by name."""

    default: TrustOrder = Field(DEFAULT_ORDER, description="The order of every column that no other order names.")
    orders: dict[str, TrustOrder] = Field({}, description="Orders of certain columns, by name.")

    @model_validator(mode="after")
    def _has_one_order_a_column(self) -> "TrustConfig":
        if self.default.columns:
            raise ValueError(f"default is of all other columns: take {self.default.columns[0]!r} out of it")
        named: dict[str, str] = {}
        for name, order in self.orders.items():
            for column in order.columns:
                if column in named:
                    raise ValueError(f"{column!r} stands in the orders {named[column]!r} and {name!r}: name it in one")
                named[column] = name
        return self

    def order_of(self, column: str) -> tuple[str | None, TrustOrder]:
        """The order of a column (`table.column`), with its name; the name of the default one is None."""
        for name, order in self.orders.items():
            if column in order.columns:
                return name, order
        return None, self.default

    def over(self, other: "TrustConfig") -> "TrustConfig":
        """This configuration, and the other one for what this one does not say."""
        mine = {column for order in self.orders.values() for column in order.columns}
        orders = {name: order.without(mine) for name, order in other.orders.items()}
        orders |= {name: order.over(orders.get(name, TrustOrder())) for name, order in self.orders.items()}
        orders = {name: order for name, order in orders.items() if order.columns or name in self.orders}
        default = self.default.over(other.default) if "default" in self.model_fields_set else other.default
        return TrustConfig(default=default, orders=orders)

    @property
    def sha256(self) -> str:
        """One name for the orders and the columns that they are of. Why they are so, and how the file is laid out, do
        not count: they change no row.
        """
        orders = [(name, sorted(order.columns), order.order) for name, order in sorted(self.orders.items())]
        return sha256_hex(json.dumps([self.default.order, orders]).encode())

    def missing(self) -> str | None:
        """What an order leaves out, in words; None where all is said. Asked once nothing else can say it."""
        if not (self.default.order and self.default.why):
            return "default: it says the order and why"
        for name, order in self.orders.items():
            for key in ("columns", "order", "why"):
                if not getattr(order, key):
                    return f"orders.{name}: it has no {key!r}; an order says its columns, the order and why"
        return None


DEFAULT_TRUST = TrustConfig()
"""The order of kinds alone, of every column."""
