"""Money of one year in the prices of another."""

from dataclasses import replace
from numbers import Integral

from budgets.errors import MeasureError
from budgets.measures.measure import ENDS, Measure, Note, first_year


def constant_prices(measure: Measure, *, base_year: int) -> Measure:
    """The measure in prices of *base_year*, by the Korean consumer price index.

    A year without an index is left nominal, and the note says so. Raises `MeasureError` for envelopes (their years
    are not known one by one), for what is no money or is in constant prices already, and for a base year that is
    no whole number or has no index.
    """
    if measure.unit not in ("KRW", "KRW/resident"):
        raise MeasureError("measure.not_money", unit=measure.unit)
    if measure.basis.period_kind == "envelope":
        raise MeasureError("measure.envelope_prices")
    if measure.in_constant_prices:
        raise MeasureError("measure.constant_already")
    if isinstance(base_year, bool) or not isinstance(base_year, Integral):
        raise MeasureError("measure.base_year", given=repr(base_year))
    index = measure.comparison.tables.price_index
    year = first_year(measure.basis)
    if base_year not in index:
        raise MeasureError("measure.no_index", year=base_year, known=f"{min(index, default='')}–{max(index, default='')}")
    if year not in index:
        return replace(measure, notes=(*measure.notes, Note("note.not_deflated", (("year", year),))))
    rows = measure.rows.copy()
    for end in ENDS:
        rows[end] = rows[end].astype("Float64") * (index[base_year] / index[year])
    note = Note("note.prices", (("year", year), ("base", base_year)))
    return replace(measure, name=f"{measure.name}_constant", rows=rows, notes=(*measure.notes, note))
