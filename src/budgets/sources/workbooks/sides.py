"""Tables that stand side by side under the same headings: where each begins and ends."""

import re
from collections import defaultdict
from collections.abc import Sequence

from budgets.sources.workbooks.grids import column_of
from budgets.sources.workbooks.headings import Said

Seen = tuple[str, str, int]
"""A column as its title, its role, and where it stands on the sheet (from 0)."""
VALUES = ("amount", "change", "rate", "cumulative")


def parted(columns: Sequence[Seen]) -> list[tuple[int, int]]:
    """(first, after the last) of each table, as positions among *columns*.

    The headings begin anew after a column of values, or names stand again right of an empty column of the sheet.

    >>> one, two = [("사업명", "programme", 0), ("예산액", "amount", 1)], [("사업명", "programme", 3), ("예산액", "amount", 4)]
    >>> parted([*one, *two]), parted(one)
    ([(0, 2), (2, 4)], [(0, 2)])
    >>> parted([("분야", "context", 0), ("사업명", "programme", 1), ("예산액", "amount", 2), ("비고", "remark", 3)])
    [(0, 4)]
    """
    starts = [n for n in range(1, len(columns)) if _begins(columns, n)]
    return list(zip([0, *starts], [*starts, len(columns)], strict=True))


def own_titles(titles: Sequence[Said], starts: Sequence[int]) -> list[list[Said]]:
    """The lines above each of the tables that begin in these columns: a row with a line above each is one for each.

    >>> lines = [Said("A1", "AI 예산 현황"), Said("A2", "(단위: 백만원)"), Said("E2", "(단위: 천원)")]
    >>> [[s.place for s in own] for own in own_titles(lines, [0, 4])]
    [['A1', 'A2'], ['A1', 'E2']]
    """
    rows: dict[str, list[tuple[int, Said]]] = defaultdict(list)
    for title in titles:
        letters, row = re.fullmatch("([A-Z]+)([0-9]+)", title.place).groups()  # type: ignore[union-attr]
        above = sum(column_of(letters) >= start for start in starts[1:])
        rows[row].append((above, title))
    shared = {row for row, lines in rows.items() if {n for n, _ in lines} != set(range(len(starts)))}
    return [[title for row, lines in rows.items() for n, title in lines if n == part or row in shared] for part in range(len(starts))]


def _begins(columns: Sequence[Seen], n: int) -> bool:
    title, role, at = columns[n]
    before = columns[:n]
    if not any(r == "programme" for _, r, _ in before) or not any(r in VALUES for _, r, _ in before):
        return False
    again = bool(title) and title == columns[0][0] and role in ("programme", "code", "context", "government")
    gap = at - columns[n - 1][2] > 1 and any(r == "programme" for _, r, _ in columns[n:]) and role in ("programme", "code", "context")
    return again or gap
