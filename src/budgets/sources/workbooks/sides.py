"""Tables that stand side by side under the same headings: where each begins and ends."""

from collections.abc import Sequence

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


def _begins(columns: Sequence[Seen], n: int) -> bool:
    title, role, at = columns[n]
    before = columns[:n]
    if not any(r == "programme" for _, r, _ in before) or not any(r in VALUES for _, r, _ in before):
        return False
    again = bool(title) and title == columns[0][0] and role in ("programme", "code", "context", "government")
    gap = at - columns[n - 1][2] > 1 and any(r == "programme" for _, r, _ in columns[n:]) and role in ("programme", "code", "context")
    return again or gap
