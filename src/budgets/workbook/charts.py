"""Native Excel charts: bars with interval whiskers, gaps as gaps, one colour per government."""

from collections.abc import Sequence

from budgets.workbook.book import Book, Sheet
from budgets.workbook.cells import Cell, Column, Live
from budgets.workbook.styles import FONT

GREY = "#5A6570"
CHART_HEADS = ("bar", "down", "up")
"""The heads of a chart's data, after its labels."""


def chart_columns(book: Book, label: str = "government") -> list[Column]:
    """The heads of a chart's data, right of the printed page."""
    return [Column(book.say(f"head.{label}"), "aside_text", outside=True), *(Column(book.say(f"head.{name}"), "number", outside=True) for name in CHART_HEADS)]


def chart_row(label: str, cells: Sequence[str], ends: Sequence[float | None]) -> list[Cell]:
    """A bar's label, height and whiskers, live: *cells* are the addresses of low, printed, high; *ends* their values.

    A printed range has no middle: its bar ends at the lower end and its whisker goes up from there. Where nothing
    was published all is empty, which Excel leaves out.
    """
    low, printed, high = ends
    bar = printed if printed is not None else low if low is not None else high
    if bar is None:
        return [label, None, None, None]
    c_low, c_printed, c_high = cells
    middle = f"IF(ISNUMBER({c_printed}),{c_printed},IF(ISNUMBER({c_low}),{c_low},{c_high}))"
    down = Live(f"IF(AND(ISNUMBER({c_printed}),ISNUMBER({c_low})),{c_printed}-{c_low},0)", printed - low if printed is not None and low is not None else 0)
    up = Live(f"IF(ISNUMBER({c_high}),{c_high}-{middle},0)", high - bar if high is not None else 0)
    return [label, Live(middle, bar), down, up]


def interval_chart(
    book: Book,
    sheet: Sheet,
    *,
    place: tuple[int, int],
    rows: Sequence[Sequence[Cell]],
    at: tuple[int, int],
    size: tuple[int, int],
    title: str,
    axis: str,
    alt: str,
    colours: Sequence[str | None] = (),
    gap: int = 70,
) -> None:
    """Draw a chart over its data: *rows* of label, bar, down, up, which stand at *place* (row, column).

    *axis*: the words of the value axis, or a formula for a cell that holds them.
    """
    first, column = place
    label, bar, down, up = (f"={sheet.range(first, first + len(rows) - 1, column + i)}" for i in range(4))
    labels, bars, downs, ups = ([cell.value if isinstance(cell, Live) else cell for cell in cells] for cells in zip(*rows, strict=True))
    chart = book.file.add_chart({"type": "column"})
    whiskers = {
        "type": "custom",
        "plus_values": up,
        "plus_data": [x or 0 for x in ups],
        "minus_values": down,
        "minus_data": [x or 0 for x in downs],
        "line": {"color": "#202020", "width": 1.25},
    }
    points = [{"fill": {"color": c or GREY}} for c in colours] or None
    series = {
        "name": title,
        "categories": label,
        "values": bar,
        "categories_data": labels,
        "values_data": bars,
        "y_error_bars": whiskers,
        "gap": gap,
        "fill": {"color": GREY},
    }
    chart.add_series(series | ({"points": points} if points else {}))
    font = {"name": FONT, "size": 9}
    chart.set_title({"name": title, "name_font": font | {"size": 10, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": font | {"rotation": 0}, "line": {"color": "#808080"}})
    chart.set_y_axis(
        {
            "name": axis,
            "name_font": font | {"bold": False},
            "num_font": font,
            "num_format": "#,##0",
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}},
        }
    )
    chart.show_blanks_as("gap")
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.ws.insert_chart(*at, chart, {"description": alt, "object_position": 1})
