"""Where a printed page ends: never inside a block that fits on one page."""

from collections.abc import Mapping, Sequence

LINE_HEIGHT = 15.0
"""Points that one line of text takes; the height of a row whose height is not set."""
A4 = (595.0, 842.0)
LEFT_RIGHT, TOP_BOTTOM = 72.0, 94.0
"""Both margins together, in points."""
SAFETY = 0.93
"""Printers and fonts differ a little from our count."""


def capacity(widths: Sequence[float], *, landscape: bool) -> float:
    """How many points of rows fit on an A4 page that is one page wide. *widths*: of the columns, in characters."""
    wide, high = reversed(A4) if landscape else A4
    sheet = sum(one * 7 + 5 for one in widths) * 0.75
    return (high - TOP_BOTTOM) / min(1.0, (wide - LEFT_RIGHT) / sheet) * SAFETY


def page_breaks(blocks: Sequence[tuple[int, int]], heights: Mapping[int, float], room: float, repeated: float) -> list[int]:
    """The rows (from 0) before which a page ends, so that blocks stay whole where they can.

    *blocks*: (first row, row after the last), in order. *heights*: points of the rows whose height was set. *room*:
    points on a page; *repeated*: points of them for the heading that each page repeats. A block higher than a page
    begins on the page it finds and runs on.

    >>> page_breaks([(2, 12), (12, 20), (20, 60)], {}, room=300, repeated=30)
    [20]
    """
    breaks, used = [], 0.0
    free = room - repeated
    for first, after in blocks:
        high = sum(heights.get(row, LINE_HEIGHT) for row in range(first, after))
        if used and used + high > free:
            breaks.append(first)
            used = 0.0
        used = used + high if used + high <= free else (used + high) % free
    return breaks
