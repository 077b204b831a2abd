"""States between two states: some of the changes made, the others not.

Rows that say nothing by themselves (`SUPPORT`, and rulings that came or went with what they are about) stand in every
mixture, so that each change can be tried alone; nothing but the two whole states is ever shown.
"""

from collections.abc import Collection
from dataclasses import fields
from functools import lru_cache

import pandas as pd

from budgets.revisions.records import SUPPORT, Change, Pair, Paired, in_order, paired
from budgets.tables import Tables

Ids = frozenset[str]
OLD, NEW = 0, 1


class Mixtures:
    """Two states and everything between them. ``changes``: all that differs, in the order of the tables."""

    def __init__(self, old: Tables, new: Tables) -> None:
        self.old, self.new = old, new
        self.paired = paired(old, new)
        self.changes = tuple(change for table in self.paired.values() for change in table.changes)
        self.weighty = tuple(change for change in self.changes if not always_there(change))
        """Those that can change a number."""
        self.all: Ids = frozenset(change.id for change in self.weighty)
        self._layers = {name: _Layer(table) for name, table in self.paired.items()}
        self._mixed = lru_cache(maxsize=128)(self._mix)

    def tables(self, made: Collection[str]) -> Tables:
        """The state in which the changes with these ids are made: with all of them the new state, with none the old."""
        some = frozenset(made) & self.all
        if some == self.all:
            return self.new
        return self._mixed(some) if some else self.old

    def _mix(self, made: Ids) -> Tables:
        return Tables(**{one.name: self._layers[one.name].table(made) for one in fields(Tables)})


def always_there(change: Change) -> bool:
    """Does the row only come or go with others, so that by itself it changes no number?"""
    return change.kind in ("published", "withdrawn") and (change.table in SUPPORT or change.table.endswith("_rulings"))


class _Layer:
    """One table: the rows of both states, and which of them stand in a mixture."""

    def __init__(self, paired: Paired) -> None:
        self._pairs = paired.pairs
        self._ids = frozenset(change.id for change in paired.changes)
        rows = paired.new if not self._ids else pd.concat([t for t in (paired.old, paired.new) if len(t)], ignore_index=True)
        self._pool = in_order(rows.assign(_was=range(len(rows))))
        shift = len(paired.old) if self._ids else 0
        place = {was: now for now, was in enumerate(self._pool.pop("_was"))}
        self._at = {(side, n): place[n + shift * side] for side, table in ((OLD, paired.old), (NEW, paired.new)) for n in range(len(table))}
        self._table = lru_cache(maxsize=64)(self._frame)

    def table(self, made: Ids) -> pd.DataFrame:
        return self._table(made & self._ids) if self._ids else self._pool

    def _frame(self, made: Ids) -> pd.DataFrame:
        standing = {self._at[row]: pair for pair in self._pairs if (row := standing_row(pair, made)) is not None}
        places = sorted(standing)
        frame = self._pool.iloc[places].reset_index(drop=True)
        for number, pair in enumerate(standing[place] for place in places):
            if pair.old is not None and any(change.id in made for change in pair.changes):
                for column in (field.column for change in pair.changes if change.id not in made for field in change.fields):
                    frame[column] = frame[column].mask(frame.index == number, self._pool.at[self._at[OLD, pair.old], column])
        return frame


def standing_row(pair: Pair, made: Ids) -> tuple[int, int] | None:
    """Which row stands for a pair: (0, number in the old table) or (1, number in the new one); None: neither.

    Where several changes are about one row, the new row stands as soon as one of them is made.
    """
    there = any(change.id in made for change in pair.changes)
    if pair.old is None:
        assert pair.new is not None
        return (NEW, pair.new) if there or always_there(pair.changes[0]) else None
    if pair.new is None:
        return (OLD, pair.old) if not there or always_there(pair.changes[0]) else None
    return (NEW, pair.new) if there or not pair.changes else (OLD, pair.old)
