"""Rows that are no amounts of their own: in an outline (1. over 가. over ①) those that are the sum of the rows under them,
and rows of shares."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from budgets.sources.workbooks.headings import plain
from budgets.sources.workbooks.numbers import plain_number

if TYPE_CHECKING:
    from budgets.sources.workbooks.ledger import Number

_MARKS = (
    r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s*[.)]?|[IVX]+[.)]",
    r"[□■]",
    r"[0-9]{1,2}\.(?![0-9])",
    r"[가-하]\.",
    r"[0-9]{1,2}\)",
    r"[가-하]\)",
    r"[(][0-9]{1,2}[)]",
    r"[(][가-하][)]",
    r"[①-⑳]",
    r"[㉠-㉭㉮-㉻]",
    r"[○●ㅇ◦]",
    r"[\-–ㆍ·▪∙•]",
)
"""Marks before a name, the kinds of an outline; which is above which only the table says."""


def mark_of(label: str) -> int | None:
    """The kind of mark before a name.

    >>> mark_of("1. 산업육성") == mark_of("2. 인력양성"), mark_of("가. AI 집적단지") == mark_of("1. 산업육성"), mark_of("AI 집적단지")
    (True, False, None)
    """
    return next((n for n, pattern in enumerate(_MARKS) if re.match(pattern, label.strip())), None)


def is_rate_row(label: object) -> bool:
    """Does a row hold shares of the rows above it, and no amounts?

    >>> [is_rate_row(x) for x in ("비율(%)", "구성비", "증감률", "AI 비율 측정")]
    [True, True, True, False]
    """
    return bool(re.fullmatch(r"(구성비율?|비율|비중|점유율|증감률|증감율|증가율|집행률)[(]?%?[)]?", plain(label)))


def with_groups(numbers: Sequence["Number"]) -> list["Number"]:
    """The numbers with every row taken for a total that is, in all of its columns, the sum of the rows of another mark
    that follow it up to the next row of its own mark. Where one column does not add up nothing is taken for anything.
    """
    rows: dict[int, list[Number]] = defaultdict(list)
    for n in numbers:
        if n.role == "amount":
            rows[n.row].append(n)
    order = sorted(row for row, found in rows.items() if not found[0].is_total)
    marks = [mark_of(rows[row][0].label) for row in order]
    groups = set[int]()
    for at in reversed(range(len(order))):  # from the bottom up: the rows under a group are without the groups among them
        parts = [n for row in order[at + 1 : _end(marks, at)] if row not in groups for n in rows[row]]
        if parts and all(_is_sum(n.number, [p.number for p in parts if p.column is n.column]) for n in rows[order[at]]):
            groups.add(order[at])
    return [replace(n, is_total=True) if n.row in groups else n for n in numbers]


def unmatched(column: Sequence["Number"]) -> Iterator[tuple["Number", int | Decimal]]:
    """The amounts of a column that should be the sum of the rows under them and are not, each with that sum: other rows
    of their mark are sums, or a tenth at most is missing."""
    rows = [n for n in column if not n.is_total]
    marks = [mark_of(n.label) for n in rows]
    sums = {mark_of(n.label) for n in column if n.is_total} - {None}
    for at, n in enumerate(rows):
        under = rows[at + 1 : _end(marks, at)]
        total = _sum([m.number for m in under])
        if under and (marks[at] in sums or abs(Decimal(n.number) - total) * 10 <= abs(Decimal(n.number))):
            yield n, plain_number(total)


def _end(marks: Sequence[int | None], at: int) -> int:
    """Where the rows under a row end: at the next of its mark, or without any; right behind it where it has none itself."""
    if marks[at] is None:
        return at + 1
    return next((n for n in range(at + 1, len(marks)) if marks[n] in (None, marks[at])), len(marks))


def _is_sum(whole: int | Decimal, parts: Sequence[int | Decimal]) -> bool:
    """As far as honest rounding goes: by two in the last place, where the number is large enough for that."""
    return bool(whole) and abs(Decimal(whole) - _sum(parts)) <= (2 if abs(Decimal(whole)) >= 100 else 0)


def _sum(parts: Sequence[int | Decimal]) -> Decimal:
    return Decimal(sum(map(Decimal, parts)))
