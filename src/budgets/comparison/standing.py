"""Every figure on its own basis: who stands there beside it, and what keeps the nearest of the others away.

The same tests as in a comparison of that basis (`differing`), without making one for each figure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from budgets.asked import Asked
from budgets.comparison.differing import Basis, Columns, Kind, columns, differing
from budgets.comparison.own import own_basis
from budgets.comparison.reasons import RULED_OUT
from budgets.rows import each
from budgets.tables import Tables


@dataclass(frozen=True)
class Near:
    """The figure of one government that comes nearest to a basis, and the reasons that keep it away."""

    government: str
    figure_id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where a figure stands.

    *basis* is its own, of all governments of its level that published such figures; None where its period is not known
    or its scope not ruled. *kept_out*: the reasons for which it stands in no comparison. *beside*: the figures of other
    governments on that basis. *nearest*: of every government without one there, its nearest figure.
    """

    basis: Basis | None
    kept_out: tuple[str, ...]
    beside: tuple[str, ...] = ()
    nearest: tuple[Near, ...] = ()


def standings(tables: Tables) -> Mapping[str, Standing]:
    """Where every amount and every value of an indicator stands, by figure.

    Every basis is tried at once; who stands beside a figure is listed when it is asked for.
    """
    kinds: tuple[Kind, ...] = ("money", "indicators")
    answers: dict[str, Callable[[], Standing]] = {}
    for kind in kinds:
        taken = columns(tables, kind)
        tried: dict[Basis, _Tried] = {}
        publishers = _publishers(taken.figures)
        for place, row in enumerate(each(taken.figures)):
            basis, missing = own_basis(kind, row, publishers[row["level"]])
            if basis is None:
                answers[row["figure_id"]] = partial(Standing, None, missing)
                continue
            if basis not in tried:
                tried[basis] = _Tried(tables, taken, basis)
            answers[row["figure_id"]] = partial(tried[basis].standing, place, row["government"])
    return Asked(answers, lambda figure: answers[figure]())


class _Tried:
    """One basis, tried on all figures."""

    def __init__(self, tables: Tables, taken: Columns, basis: Basis) -> None:
        masks, _ = differing(tables, basis)
        self.ids, self.governments = taken.ids, taken.figures["government"].tolist()
        self.basis, self.names = basis, np.array(list(masks), dtype=object)
        self.applies = np.column_stack(list(masks.values()))
        self.here = np.flatnonzero(~self.applies.any(axis=1)).tolist()
        self.nearest = self._nearest()

    def standing(self, place: int, government: str) -> Standing:
        beside = tuple(self.ids[p] for p in self.here if self.governments[p] != government)
        near = tuple(one for one in self.nearest if one.government != government)
        return Standing(self.basis, self.reasons(place), beside, near)

    def reasons(self, place: int) -> tuple[str, ...]:
        return tuple(self.names[self.applies[place]])

    def _nearest(self) -> list[Near]:
        """Of each government without a figure here; what a ruling keeps out would not help, however near it is."""
        present = {self.governments[p] for p in self.here}
        ruled = np.logical_or.reduce(self.applies[:, np.isin(self.names, list(RULED_OUT))], axis=1)
        misses = self.applies.sum(axis=1)
        best: dict[str, int] = {}
        for place in np.lexsort((np.array(self.ids), misses)).tolist():
            if not ruled[place] and self.governments[place] not in present:
                best.setdefault(self.governments[place], place)
        wanted = [g for g in self.basis.governments if g in best]
        return [Near(g, self.ids[best[g]], self.reasons(best[g])) for g in wanted]


def _publishers(figures: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Level → the governments that published anything, in the order of the table, which is the official one."""
    return {str(level): tuple(dict.fromkeys(some["government"])) for level, some in figures.groupby("level")}
