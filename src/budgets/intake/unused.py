"""New programmes and sources that nothing in the workbook needs: left behind where the rows of their figures were deleted."""

from collections.abc import Sequence

from budgets.intake.rows import Row
from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.forms import FIGURES


def unused(rows: Sequence[Row]) -> list[CellFault]:
    """An advice for each; none where a figure names a programme or a source that could not be read.

    A programme that holds another one has its use, and so has the source of a programme that is used.
    """
    figures = [row for row in rows if row.entry.form in FIGURES]
    unread = {column for row in figures for column in row.spoiled}
    programmes = {row.record["programme_id"] for row in figures} | {row.record["parent"] for row in rows if "parent" in row.record}
    new = [row for row in rows if row.new and row.file == "press/programmes.csv"]
    idle = [row for row in new if row.record["programme_id"] not in programmes]
    sources = {row.record["source_id"] for row in [*figures, *(row for row in new if row not in idle)]}
    notes = []
    if "programme_id" not in unread:
        notes += [row.entry.fault("name_ko", "intake.unused.programme") for row in idle]
    if "source_id" not in unread:
        notes += [
            row.entry.fault("source_id" if row.entry.said("source_id") else "title", "intake.unused.source")
            for row in rows
            if row.new and row.file == "press/sources.csv" and row.record["source_id"] not in sources
        ]
    return notes
