"""One number, an interval, for each government of a basis; and the remarks that belong under it."""

from dataclasses import dataclass

import pandas as pd

from budgets.basis import BudgetBasis, several
from budgets.comparison import Comparison
from budgets.errors import MeasureError
from budgets.words import text

ENDS = ["low", "value", "high"]


@dataclass(frozen=True)
class Note:
    """A remark that belongs under the table: a key of the words and its fields."""

    key: str
    fields: tuple[tuple[str, object], ...] = ()

    def say(self, language: str = "ko") -> str:
        return text(self.key, language, **dict(self.fields))


@dataclass(frozen=True)
class LabelledNote(Note):
    """A note whose fields are codes (keys of the words), said by their labels."""

    def say(self, language: str = "ko") -> str:
        said = {k: text(str(w), language) if isinstance(w, str) else w for k, w in self.fields}
        return text(self.key, language, **said)


@dataclass(frozen=True)
class Measure:
    """One number (an interval) for each government of a basis.

    ``rows``: government · low · value · high (in ``unit``; ``value`` is empty where a print is a range, an end is
    empty where the print is open) · figures (how many stand behind it; 0 = nothing published) · figure_ids, and the
    denominators a measure used. ``unit``: KRW, KRW/resident, percent, or an indicator's unit.
    """

    name: str
    rows: pd.DataFrame
    unit: str
    comparison: Comparison
    notes: tuple[Note, ...] = ()

    @property
    def basis(self) -> BudgetBasis:
        assert isinstance(self.comparison.basis, BudgetBasis)
        return self.comparison.basis

    @property
    def in_constant_prices(self) -> bool:
        return self.name.endswith("_constant")

    def caption(self, language: str = "ko") -> str:
        """What is measured, on which basis, resting on what."""
        parts = [text(f"measure.{self.name}", language), self.comparison.caption(language), *(n.say(language) for n in self.notes)]
        return " · ".join(parts)


def first_year(basis: BudgetBasis) -> int:
    """The fiscal year, or the first of an envelope. Raises `MeasureError` for a basis without one."""
    if basis.envelope_years is not None and basis.fiscal_year is None:
        return basis.envelope_years[0]
    year = several(basis.fiscal_year)[0]
    if year is None:
        raise MeasureError("measure.no_year")
    return int(year)


def refuse_parts(comparison: Comparison) -> None:
    """Raises `MeasureError` for amounts of programmes: they are no size of a government."""
    if comparison.speaks_of_parts:
        raise MeasureError("measure.parts")


def named_without(measure: Measure, governments: pd.Series, key: str) -> tuple[Note, ...]:
    """A note that names these governments; none where there are none."""
    tables = measure.comparison.tables
    return (Note(key, (("names", "·".join(tables.name(g) for g in governments)),)),) if len(governments) else ()
