"""The rows of a table → lines with bars between their cells, every column at its place.

The cells of a row are counted from its right (``reader.tables``), so an empty cell at the end is written as a dash.
"""

import re
from collections.abc import Sequence

WIDEST = 256
"""Columns of a table; spans reach no further."""
_FIGURE = re.compile(r"[0-9]\s?(?:[조억]|[만천백]?\s?원|[만천백]?\s?[명개건곳]|%|월|일)|^[^가-힣A-Za-z]*[0-9][^가-힣A-Za-z]*$")


def spread(text: str, columns: int) -> list[str]:
    """A cell over several columns: its text in the first.

    >>> spread("예산액", 3)
    ['예산액', '', '']
    """
    return [text, *[""] * (min(columns, WIDEST) - 1)]


def below(text: str) -> str:
    """What a cell over several rows says in those after the first: a name again, a figure only once.

    >>> below("AI 나루 사업"), below("1,200"), below("30억 원"), below("2025 AI 사업")
    ('AI 나루 사업', '', '', '2025 AI 사업')
    """
    return "" if _FIGURE.search(text) else text


def line(cells: Sequence[str]) -> str:
    """One row; a title alone in it is a line of its own.

    >>> line(["등대", "60", "", "60"]), line(["등대", "60", ""]), line(["□ 거점 분야", "", ""]), line(["", ""])
    ('등대 | 60 | | 60', '등대 | 60 | -', '□ 거점 분야', '')
    """
    said = [" ".join(cell.split()).replace("|", "/") for cell in cells]
    if not any(said[1:]):
        return "".join(said[:1])
    last = max(n for n, cell in enumerate(said) if cell)
    return re.sub(" +", " ", " | ".join([*said[: last + 1], *["-"] * (len(said) - last - 1)]))
