"""Official lines of two states of which only sums are known, as of editions, which keep no lines: what differs, and why.

Line by line nothing can be said of them. But a sum can only be another one because the lines are others, or because the
rules that judge them are, or both; and of that both states keep a hash.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budgets.revisions.official_lines import Lines, Side


@dataclass(frozen=True)
class Sums(Side):
    """One government's lines of a year: also the 예산현액 of all in won, and what was decided of those with a term in
    their name, by verdict (a scope, ``avian influenza`` or ``AI unclear``)."""

    krw: int
    verdicts: Mapping[str, Lines]


@dataclass(frozen=True)
class Shown:
    """What a state shows of official lines: sums by year and government. *content*: a hash of the lines of each year;
    *rules*: one of the terms and of the code that applies them."""

    sums: Mapping[tuple[int, str], Sums]
    content: Mapping[int, str]
    rules: str


@dataclass(frozen=True)
class SumsChange:
    """One government and year of which a sum, or the day of the snapshot, is another one. *before* or *after* is None
    where a state shows nothing of it. *kind* is why; *together*: the lines and the rules are both others."""

    year: int
    government: str
    before: Sums | None
    after: Sums | None
    kind: str
    together: bool = False


def sums_changes(old: Shown, new: Shown) -> tuple[SumsChange, ...]:
    """Every year and government of which the two states show something else, in that order."""
    return tuple(_changes(old, new))


def _changes(old: Shown, new: Shown) -> Iterator[SumsChange]:
    for year, government in sorted({*old.sums, *new.sums}):
        before, after = (state.sums.get((year, government)) for state in (old, new))
        if before == after:
            continue
        if before is None or after is None:
            yield SumsChange(year, government, before, after, "published" if before is None else "withdrawn")
        elif old.content.get(year) == new.content.get(year):
            yield SumsChange(year, government, before, after, "reclassified")
        else:
            kind = "snapshot" if before.snapshot != after.snapshot else "lines"
            yield SumsChange(year, government, before, after, kind, old.rules != new.rules)
