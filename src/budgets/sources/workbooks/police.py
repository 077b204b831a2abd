"""Numbers that cannot be right beside each other: wrong by a power of ten, or not what they say they are.

Each finding is a suspicion with its arithmetic, in the cell; a person decides. Honest rounding is none.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.grids import said
from budgets.sources.workbooks.ledger import Ledger, Number
from budgets.sources.workbooks.outlines import unmatched

ROUNDING = 2
"""In the last place: what a total may differ from its rounded parts, besides half a place for each part."""
TOO_MUCH = 50_000_000
"""Won per resident and year that no programme reaches; whole budgets of small counties stay below."""


def suspicions(ledger: Ledger, residents: Callable[[str, int | None], float | None] = lambda government, year: None) -> list[CellFault]:
    """Everything suspicious in one table. *residents* gives the residents of a government (as the table names it)."""
    found = [*_totals(ledger), *_outlines(ledger), *_changes(ledger), *_jumps(ledger), *_decimals(ledger), *_per_resident(ledger, residents)]
    return sorted(dict.fromkeys(found), key=lambda f: (f.cell or "", f.key))


def _fault(ledger: Ledger, at: Number, key: str, **fields: object) -> CellFault:
    return CellFault(ledger.sheet, at.place, at.shown, f"intake.police.{key}", fields, at.column.title or None)


# ---- totals ----


def _totals(ledger: Ledger) -> Iterator[CellFault]:
    """A total that is a power of ten times its parts, or, where the table has only one, not their sum."""
    for _, numbers in ledger.by_column("amount"):
        totals = [n for n in numbers if n.is_total]
        for total in totals:
            sums = [sum(n.number for n in parts) for parts in _parts(numbers, total) if len(parts) > 1]
            if not sums or not total.number or any(_fits(total.number, s, len(numbers)) for s in sums):
                continue
            scaled = next((k for s in sums for k in (3, -3, 6, -6, 1, -1, 2, -2, 4, -4) if s and _scaled(total.number, s, k, len(numbers))), None)
            if scaled is not None:
                yield _fault(ledger, total, "total_scaled", sum=_said(sums[0]), times=_times(scaled))
            elif len(totals) == 1 and _flat(ledger, numbers, total):
                yield _fault(ledger, total, "total", sum=_said(sums[0]), difference=_said(total.number - sums[0]))


def _outlines(ledger: Ledger) -> Iterator[CellFault]:
    """A row of an outline that is nearly the sum of the rows under it, or stands among rows that are."""
    for _, numbers in ledger.by_column("amount"):
        for n, total in unmatched(numbers):
            yield _fault(ledger, n, "total", sum=_said(total), difference=_said(n.number - total))


def _parts(numbers: Sequence[Number], total: Number) -> list[list[Number]]:
    """What the total may be the sum of: all other rows; those between it and the total above or below; other totals."""
    at = numbers.index(total)
    above, below = list[Number](), list[Number]()
    for n in reversed(numbers[:at]):
        if n.is_total:
            break
        above.append(n)
    for n in numbers[at + 1 :]:
        if n.is_total:
            break
        below.append(n)
    plain = [n for n in numbers if not n.is_total]
    return [
        plain,
        above,
        below,
        [n for n in plain if n.row < total.row],
        [n for n in numbers if n.is_total and n is not total],
        [n for n in numbers[:at] if n.is_total],
    ]


def _flat(ledger: Ledger, numbers: Sequence[Number], total: Number) -> bool:
    """Is every other row a part? Not where some rows are sums of others: then their labels stand in several columns."""
    rows = [n.row for n in numbers]
    ends = total.row in (min(rows), max(rows))
    labels = ledger.table.of("programme", "context", "government")
    filled = {tuple(bool(said(ledger.table.grid.spread(n.row, c.index))) for c in labels) for n in numbers if not n.is_total}
    return ends and len(filled) == 1 and len(rows) >= 3 and not any(n.number and n.number == total.number for n in numbers if n is not total)


def _fits(total: int | Decimal, parts: int | Decimal, count: int) -> bool:
    return abs(Decimal(total) - parts) <= (ROUNDING + Decimal(count) / 2) * _place(total, parts)


def _place(*numbers: int | Decimal) -> Decimal:
    """The last place that is written."""
    return Decimal(1).scaleb(min(0, *(int(Decimal(n).as_tuple().exponent) for n in numbers)))


def _scaled(total: int | Decimal, parts: int | Decimal, power: int, count: int) -> bool:
    """Is the total the parts times ten to this power, as exactly as both are written?"""
    wanted = Decimal(parts).scaleb(power)
    room = max((ROUNDING + Decimal(count) / 2) * Decimal(1).scaleb(power), abs(wanted) / 10_000)
    return abs(Decimal(total) - wanted) <= room and abs(wanted) > 10 * room


# ---- changes ----


def _changes(ledger: Ledger) -> Iterator[CellFault]:
    """A column of differences must be the difference of two columns beside it."""
    rows: dict[int, dict[int, Number]] = defaultdict(dict)
    for n in ledger.numbers:
        rows[n.row][n.column.index] = n
    amounts = [c.index for c in ledger.table.of("amount")]
    for change in ledger.table.of("change"):
        pairs = _pairs(amounts, change.index)
        triples = {pair: [t for r in rows.values() if (t := _triple(r, change.index, pair))] for pair in pairs}
        if not any(triples.values()):
            continue
        pair = max(pairs, key=lambda p: (sum(_agrees(t) for t in triples[p]), -pairs.index(p)))
        for t in triples[pair]:
            if _agrees(t):
                continue
            given, difference = t[0].number, t[1].number - t[2].number
            for power in (3, -3, 6, -6, 2, -2, 1, -1):
                # Both values were rounded, so their difference is known to one in the last place; a small one must fit better.
                room = Decimal("1" if abs(Decimal(difference)) >= 20 else "0.4").scaleb(max(power, 0))
                if difference and abs(abs(Decimal(given)) - abs(Decimal(difference).scaleb(power))) <= room:
                    yield _fault(ledger, t[0], "change_scaled", difference=_said(difference), times=_times(power))
                    break
            else:
                key = "change_sign" if given == -difference else "change"
                yield _fault(ledger, t[0], key, difference=_said(difference), minuend=t[1].shown, subtrahend=t[2].shown)


def _pairs(amounts: list[int], change: int) -> list[tuple[int, int]]:
    """(minuend, subtrahend): the two columns left of the change first, either way round; then the two to its right."""
    left, right = [c for c in amounts if c < change][-2:], [c for c in amounts if c > change][:2]
    return [pair for two in (left, right) if len(two) == 2 for pair in ((two[0], two[1]), (two[1], two[0]))]


def _triple(row: dict[int, Number], change: int, pair: tuple[int, int]) -> tuple[Number, Number, Number] | None:
    found = tuple(row.get(c) for c in (change, *pair))
    return found if all(found) else None  # type: ignore[return-value]


def _agrees(t: tuple[Number, Number, Number]) -> bool:
    given, difference = t[0].number, t[1].number - t[2].number
    return abs(Decimal(given) - difference) <= 2 * _place(given, t[1].number, t[2].number)


# ---- years ----


def _jumps(ledger: Ledger) -> Iterator[CellFault]:
    """From one year to the next by a power of ten: a whole column (another unit), or one cell (a slip)."""
    series: dict[tuple[object, ...], list[Number]] = defaultdict(list)
    for n in ledger.numbers:
        if n.role == "amount" and n.year is not None and n.number:
            series[(n.context if any(n.context) else (n.row,)) + (n.phase, n.phase_round, n.funding, n.netting)].append(n)
    steps: dict[tuple[int, int, str], list[tuple[Number, Number, float]]] = defaultdict(list)
    for numbers in series.values():
        by_year = {n.year: n for n in numbers}
        if len(by_year) < len(numbers):  # the same name several times: which belongs to which is not known
            continue
        ordered = sorted(numbers, key=lambda n: n.year or 0)
        for a, b in pairwise(ordered):
            broken = any((a.year or 0) < year <= (b.year or 0) for year in ledger.breaks)
            if a.krw and b.krw and (a.krw > 0) == (b.krw > 0) and not broken:
                # One group where the labels begin alike: a whole government may have changed its unit, and not the others.
                group = a.government or ""
                steps[a.year or 0, b.year or 0, group].append((a, b, math.log10(abs(float(b.krw) / float(a.krw)))))
    for (_, year, group), pairs in steps.items():
        middle = median(s for _, _, s in pairs)
        if len(pairs) >= 5 and abs(middle) >= 0.8:
            yield _fault(
                ledger,
                pairs[0][1],
                "jump_all",
                year=year,
                group=group or ledger.sheet,
                times=f"{10**middle:,.0f}" if middle > 0 else f"1/{10**-middle:,.0f}",
                n=len(pairs),
            )
            continue
        for a, b, step in pairs:
            if _slip(a, b, step):
                yield _fault(ledger, b, "jump", year=year, before=f"{a.year}: {a.shown}", times=_times(round(step)))


def _slip(a: Number, b: Number, step: float) -> bool:
    """A thousand times (within a factor of two), or the very same digits with another point."""
    if abs(abs(step) - 3) < 0.3 or abs(abs(step) - 6) < 0.3:
        return True
    power = round(step)
    return power != 0 and len(str(abs(int(a.number))).rstrip("0")) >= 3 and Decimal(a.krw).scaleb(power) == Decimal(b.krw)


# ---- single cells ----


def _decimals(ledger: Ledger) -> Iterator[CellFault]:
    """A decimal among whole numbers: a point where a comma was meant."""
    for _, numbers in ledger.by_column("amount"):
        odd = [n for n in numbers if isinstance(n.number, Decimal)]
        if odd and len(numbers) >= 3 and len(odd) * 5 <= len(numbers):
            yield from (_fault(ledger, n, "decimal", meant=n.shown.replace(".", ",")) for n in odd)


def _per_resident(ledger: Ledger, residents: Callable[[str, int | None], float | None]) -> Iterator[CellFault]:
    for n in ledger.numbers:
        people = residents(n.government or ledger.mapping.government, n.year) if n.role == "amount" and n.unit else None
        if people and n.krw / Decimal(people) > TOO_MUCH:
            yield _fault(ledger, n, "per_resident", each=f"{int(n.krw / Decimal(people)):,}", people=f"{int(people):,}")


def _times(power: int) -> str:
    return f"{10**power:,}" if power > 0 else f"1/{10**-power:,}"


def _said(number: int | Decimal) -> str:
    return f"{number:,}"
