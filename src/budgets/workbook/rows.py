"""The figures in the official order, as plain rows that are made when they are asked for.

Only some thousand are held at a time, so that a workbook of any number of figures takes the same memory.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from budgets.rows import each
from budgets.tables import Tables

Row = Mapping[str, Any]
KINDS = ("budgets", "targets", "milestones")
CHUNK, KEPT = 2_000, 4
"""Rows made at once, and how many such lots are held."""


class Rows(Mapping[str, Row]):
    """By figure: its columns with the rulings on its programme, and its table as ``_kind``. *order*: of the governments."""

    def __init__(self, tables: Tables, order: Mapping[str, int]) -> None:
        self._tables = {kind: getattr(tables, f"judged_{kind}") for kind in KINDS}
        keys = ["government", "programme_id", "figure_id"]
        parts = [table[keys].assign(_kind=kind, _at=range(len(table))) for kind, table in self._tables.items()]
        index = pd.concat(parts, ignore_index=True)
        index = index.assign(_order=index["government"].map(dict(order)).fillna(0))
        index = index.sort_values(["_order", "_kind", "programme_id", "figure_id"], kind="stable")
        self._ids = pd.Index(index["figure_id"])
        self._places = index[["_kind", "_at"]].reset_index(drop=True)
        self._lots: OrderedDict[int, list[Row]] = OrderedDict()

    def __getitem__(self, figure_id: str) -> Row:
        at = int(self._ids.get_loc(figure_id))  # type: ignore[arg-type]
        return self._lot(at // CHUNK)[at % CHUNK]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def of(self, *kinds: str) -> Iterator[tuple[str, Row]]:
        """Every figure of these kinds with its row, lot by lot."""
        for number in range(-(-len(self) // CHUNK)):
            yield from ((row["figure_id"], row) for row in self._lot(number) if row["_kind"] in kinds)

    def _lot(self, number: int) -> list[Row]:
        if number not in self._lots:
            places = self._places.iloc[number * CHUNK : (number + 1) * CHUNK].reset_index(drop=True)
            made: dict[int, Row] = {}
            for kind, some in places.groupby("_kind", sort=False):
                records = each(self._tables[str(kind)].iloc[some["_at"].to_numpy()])
                made |= {int(at): {**row, "_kind": kind} for at, row in zip(some.index, records, strict=True)}
            self._lots[number] = [made[at] for at in range(len(places))]
            if len(self._lots) > KEPT:
                self._lots.popitem(last=False)
        self._lots.move_to_end(number)
        return self._lots[number]
