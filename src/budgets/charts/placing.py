"""Where the labels of a crowded chart go: beside their point, over none other, or nowhere."""

from collections.abc import Sequence
from typing import NamedTuple

LINE = 13.0
"""The height of a line of label text in pixels."""
COLUMN = 5.9
"""The width of a half-width column of label text in pixels."""
GAP = 9.0
RADIUS = 5.0


class Box(NamedTuple):
    """A rectangle in pixels, from left, top to right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def sides(points: Sequence[tuple[float, float]], columns: Sequence[int], width: float) -> list[str | None]:
    """For each point (x, y in pixels) the side on which its label fits: right, left, above, below, or None.

    *columns*: the half-width columns of each label; *width*: of the plot. Earlier points choose first.

    >>> sides([(60, 50), (70, 50)], [8, 8], 300)
    ['left', 'right']
    """
    taken = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in points]
    chosen: list[str | None] = []
    for i, ((x, y), wide) in enumerate(zip(points, columns, strict=True)):
        others = taken[:i] + taken[i + 1 :]
        fits = (
            side
            for side, box in _boxes(x, y, wide * COLUMN).items()
            if box.left >= -GAP and box.right <= width + GAP and not any(box.meets(other) for other in others)
        )
        side = next(fits, None)
        chosen.append(side)
        if side:
            taken.append(_boxes(x, y, wide * COLUMN)[side])
    return chosen


def _boxes(x: float, y: float, wide: float) -> dict[str, Box]:
    half = LINE / 2
    return {
        "right": Box(x + GAP - 2, y - half, x + GAP + wide, y + half),
        "left": Box(x - GAP - wide, y - half, x - GAP + 2, y + half),
        "above": Box(x - wide / 2, y - RADIUS - LINE - 1, x + wide / 2, y - RADIUS),
        "below": Box(x - wide / 2, y + RADIUS, x + wide / 2, y + RADIUS + LINE + 1),
    }
