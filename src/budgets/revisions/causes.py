"""Why a number is another one: the smallest set of changes that brings it about, in both directions.

A set of changes explains a number if making them alone turns the old number into the new one, and taking them alone
back turns the new one into the old one, and no change of the set can be left out. One change that does so is the
cause; several that only do so together are named together. Both directions count, so that the explanation is the
same whichever state is called the old one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgets.revisions.mixtures import Ids, Mixtures
from budgets.revisions.numbers import COUNTED, Name, Numbers, RowView, Value, View
from budgets.revisions.official_lines import LinesChange
from budgets.revisions.official_sums import SumsChange
from budgets.revisions.reach import Reach
from budgets.revisions.records import Change, changes
from budgets.tables import Tables


@dataclass(frozen=True)
class Effect:
    """One number that is another one: where it is shown, what it was and is (None: not shown), and the causes."""

    view: View
    name: Name
    before: Value | None
    after: Value | None
    causes: tuple[Change, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its causes, each once: one kind, or the combination's name."""
        return tuple(dict.fromkeys(change.kind for change in self.causes))


@dataclass(frozen=True, eq=False)
class Revision:
    """All that differs between two states: the changes, and every number shown that is another one, with its causes."""

    old: Tables
    new: Tables
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    lines: tuple[LinesChange, ...] | tuple[SumsChange, ...] = ()
    """what became of the official lines, where both states hold some; of editions, of their sums"""

    def __bool__(self) -> bool:
        return bool(self.changes or self.lines)


def revision(old: Tables, new: Tables, shown: Iterable[View], more: Iterable[Change] = ()) -> Revision:
    """What differs between two states, and what that does to the numbers *shown*. *more*: changes outside the tables."""
    mixtures = Mixtures(old, new)
    reach = Reach(mixtures)
    found = changes(old, new)
    effects = [effect for view in shown for effect in _effects(mixtures, view, reach)]
    return Revision(old, new, (*found, *more), (*effects, *_counts(old, new, found)))


def _effects(mixtures: Mixtures, view: View, reach: Reach) -> Iterator[Effect]:
    """The numbers of one view that differ."""
    near = reach.of(view)
    if not near:
        return
    old, new = view.numbers(mixtures.old), view.numbers(mixtures.new)
    trial = _Trial(mixtures, view)
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield Effect(view, name, old.get(name), new.get(name), trial.causes(name, reach.on(name, near), near))


def _counts(old: Tables, new: Tables, found: Iterable[Change]) -> Iterator[Effect]:
    """How many rows there are, where they are more or fewer: every row that came or went counts."""
    for table in COUNTED:
        before, after = len(getattr(old, table)), len(getattr(new, table))
        if before != after:
            causes = tuple(change for change in found if change.table == table and change.kind in ("published", "withdrawn"))
            yield Effect(RowView(), Name("rows", table), (float(before),), (float(after),), causes)


class _Trial:
    """One view in mixtures of two states; each mixture is computed once."""

    def __init__(self, mixtures: Mixtures, view: View) -> None:
        self._mixtures, self._view = mixtures, view
        self._seen: dict[Ids, Numbers] = {}

    def causes(self, name: Name, nearest: tuple[Change, ...], near: tuple[Change, ...]) -> tuple[Change, ...]:
        """The smallest set that explains a number: one change alone, or all that are needed together."""
        for change in nearest:
            if self._explains(name, (change,)):
                return (change,)
        wide = next((some for some in (nearest, near) if self._explains(name, some)), self._mixtures.weighty)
        return self._least(name, wide)

    def _least(self, name: Name, some: tuple[Change, ...]) -> tuple[Change, ...]:
        """What can be left out of *some* is left out, large pieces first, until nothing can."""
        size = len(some) // 2
        while size:
            for start in range(0, len(some), size):
                less = some[:start] + some[start + size :]
                if self._explains(name, less):
                    return self._least(name, less)
            size //= 2
        return some

    def _explains(self, name: Name, some: Iterable[Change]) -> bool:
        made = frozenset(change.id for change in some)
        old, new = self._numbers(frozenset()).get(name), self._numbers(self._mixtures.all).get(name)
        forth, back = self._numbers(made).get(name), self._numbers(self._mixtures.all - made).get(name)
        if old is None or new is None:  # what came or went is explained by what brought it or took it away
            return (forth is None) == (new is None) and (back is None) == (old is None)
        return forth == new and back == old

    def _numbers(self, made: Ids) -> Numbers:
        if made not in self._seen:
            self._seen[made] = self._view.numbers(self._mixtures.tables(made))
        return self._seen[made]
