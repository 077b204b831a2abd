"""What differs between two states of the tables, row by row: every difference is one `Change` of one kind.

Rows are paired by what names them (`KEYS`); of several rows of one name those that are equal belong together first.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Any

import pandas as pd

from budgets.tables import Tables

KINDS = ("corrected", "published", "withdrawn", "reruled", "redeflated", "reclassified")
"""What can have become of a row, in the order in which they are listed."""
KEYS: dict[str, tuple[str, ...]] = {
    "budgets": ("figure_id",),
    "targets": ("figure_id",),
    "milestones": ("figure_id",),
    "programmes": ("programme_id",),
    "governments": ("government",),
    "indicators": ("indicator",),
    "denominators": ("denominator", "government", "year", "field", "stage", "accounts", "netting", "snapshot"),
    "sources": ("source_id",),
    "programme_rulings": ("programme_id",),
    "figure_rulings": ("figure_id", "ruling"),
}
"""The tables, and the columns that name a row of each. Not every name is of one row alone."""
TERMS, TERM_KEY = "terms", ("kind", "id")
"""The rulings that tell AI from bird flu in the names of official lines; no table of `Tables`."""
FIGURES = ("budgets", "targets", "milestones")
SUPPORT = ("programmes", "sources", "indicators", "governments")
"""Tables whose rows say nothing by themselves: a new one changes no number before a figure points to it."""
DERIVED = ("amount_low_krw", "amount_krw", "amount_high_krw", "value_low", "value", "value_high", "aliases")
"""Columns computed from what was printed: they change with it. (A denominator's value is no such column.)"""
ALIASES = "aliases"
"""The names a programme was printed under: they are those of its figures, whose changes are listed."""
ALWAYS = {"denominators": "redeflated", TERMS: "reclassified"}
"""Tables of which every change is of one kind."""
WHY = ("reason", "decided_on")
"""The words of a ruling: they change with what was ruled."""

Row = Mapping[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One cell that differs, as text; empty where there is nothing."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One difference: the *table*, the row's *key*, its *kind* and the cells that differ.

    *before* and *after* are the whole row as text, None where there is none. ``part`` tells two changes of one row
    apart: a new scope of a programme (``scope``) from all else that was ruled about it.
    """

    table: str
    key: Key
    kind: str
    fields: tuple[Field, ...]
    before: Row | None
    after: Row | None
    part: str = ""

    @property
    def id(self) -> str:
        """A name of the change, the same in either direction."""
        return "/".join([self.table, *(part for part in self.key if part), *([self.part] if self.part else [])])

    @property
    def row(self) -> Row:
        """The row as it is now, or as it last was."""
        given = self.after if self.after is not None else self.before
        assert given is not None
        return given

    def reversed(self) -> "Change":
        """The same difference, seen from the other side."""
        kind = {"published": "withdrawn", "withdrawn": "published"}.get(self.kind, self.kind)
        fields = tuple(Field(f.column, f.after, f.before) for f in self.fields)
        return replace(self, kind=kind, fields=fields, before=self.after, after=self.before)


@dataclass(frozen=True)
class Pair:
    """One row in both states: its number in either table (None: not there) and what changed about it."""

    key: Key
    old: int | None
    new: int | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, eq=False)
class Paired:
    """A table in both states, row by row. The rows of *old* and *new* stand in an order that depends on them alone."""

    name: str
    old: pd.DataFrame
    new: pd.DataFrame
    pairs: tuple[Pair, ...]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return tuple(change for pair in self.pairs for change in pair.changes)


def paired(old: Tables, new: Tables) -> dict[str, Paired]:
    """Every table of both states, its rows paired."""
    tables = {name: (in_order(getattr(old, name)), in_order(getattr(new, name))) for name in KEYS}
    kept = {"figure_rulings": _in_both(old, new, FIGURES), "programme_rulings": _in_both(old, new, ("programmes",))}
    return {name: Paired(name, *both, tuple(_pairs(name, *both, kept.get(name)))) for name, both in tables.items()}


def changes(old: Tables, new: Tables) -> tuple[Change, ...]:
    """All that differs between two states, by kind and then in the order of the tables. Equal states give nothing."""
    found = [change for table in paired(old, new).values() for change in table.changes]
    return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))


def term_changes(old: pd.DataFrame, new: pd.DataFrame) -> tuple[Change, ...]:
    """What differs between two tables of AI terms (``rulings/ai_terms.csv`` as text): every difference re-classifies."""
    return tuple(change for pair in _pairs(TERMS, in_order(old), in_order(new), None) for change in pair.changes)


def cell(value: Any) -> str:
    """A cell as text: days as 2025-04-10, whole numbers without a point, nothing as an empty text.

    >>> cell(pd.Timestamp("2025-04-10")), cell(3.0), cell(pd.NA)
    ('2025-04-10', '3', '')
    """
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(float(value))
    return str(value)


def as_text(table: pd.DataFrame) -> list[Row]:
    """The rows of a table as text, column → cell."""
    columns = {name: [cell(value) for value in table[name]] for name in table.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """The table in an order of its own: of governments the official one, else by all columns."""
    first = [c for c in ("official_order", "valid_from") if c in table.columns]
    return table.sort_values([*first, *(c for c in table.columns if c not in first)], ignore_index=True, kind="stable")


def _in_both(old: Tables, new: Tables, names: Sequence[str]) -> set[str]:
    """What these tables name (figures, programmes) in both states."""
    before, after = ({value for name in names for value in getattr(tables, name)[KEYS[name][0]]} for tables in (old, new))
    return before & after


def _pairs(name: str, old: pd.DataFrame, new: pd.DataFrame, kept: set[str] | None) -> Iterator[Pair]:
    rows = as_text(old), as_text(new)
    waiting: dict[Key, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side in (0, 1):
        for number, row in enumerate(rows[side]):
            waiting[tuple(row[column] for column in KEYS.get(name, TERM_KEY))][side].append(number)
    for key in sorted(waiting):
        mine, theirs = waiting[key]
        for a in tuple(mine):
            same = [b for b in theirs if rows[1][b] == rows[0][a]][:1]
            if same:
                yield Pair(key, a, same[0])
                mine.remove(a)
                theirs.remove(same[0])
        for n, (one, other) in enumerate(zip_longest(mine, theirs)):
            named = (*key, str(n + 1)) if n else key
            before, after = None if one is None else rows[0][one], None if other is None else rows[1][other]
            yield Pair(key, one, other, tuple(_changes(name, named, before, after, kept)))


def _changes(name: str, key: Key, before: Row | None, after: Row | None, kept: set[str] | None) -> Iterator[Change]:
    columns = [c for c in (after if before is None else before) or {} if c != ALIASES]
    differ = tuple(Field(c, (before or {}).get(c, ""), (after or {}).get(c, "")) for c in columns if (before or {}).get(c, "") != (after or {}).get(c, ""))
    if before is None or after is None:
        yield Change(name, key, _whole_kind(name, key, before, kept), differ, before, after)
        return
    scope = tuple(f for f in differ if name == "programme_rulings" and f.column == "scope")
    if scope and all(f.column in ("scope", *WHY) for f in differ):
        scope = differ
    if scope:
        yield Change(name, key, "reclassified", scope, before, after, "scope")
    if rest := tuple(f for f in differ if f not in scope):
        kind = ALWAYS.get(name, "reruled" if name.endswith("_rulings") else "corrected")
        yield Change(name, key, kind, rest, before, after)


def _whole_kind(name: str, key: Key, before: Row | None, kept: set[str] | None) -> str:
    """The kind of a row that is new or gone. A ruling that came or went with what it is about is part of that."""
    if name in ALWAYS:
        return ALWAYS[name]
    if kept is not None and key[0] in kept:
        return "reclassified" if name == "programme_rulings" else "reruled"
    return "published" if before is None else "withdrawn"
