"""What the rows outside any table say: titles, unit lines, notes."""

from budgets.sources.workbooks.grids import Grid, address, said
from budgets.sources.workbooks.headings import Said
from budgets.sources.workbooks.units import MONEY_UNITS


def right_above(grid: Grid, free: int, top: int) -> set[int]:
    """The rows of lines that stand right above a heading in row *top* and apart from what ends in row *free*.

    Empty where no blank row parts the two: then nobody can say whose lines they are.
    """
    blank = max((r for r in range(free, top) if not any(said(v) for v in grid.rows[r])), default=top)
    return set(range(blank + 1, top))


def lines_of(grid: Grid, row: int) -> list[Said]:
    """What a row outside any table says; a unit in the cell after ‘단위:’ belongs to it."""
    found: list[Said] = []
    for c, value in enumerate(grid.rows[row]):
        if not (shown := said(value)):
            continue
        if found and shown.strip("()[]") in MONEY_UNITS and found[-1].text.rstrip(" :：").endswith("단위"):
            found[-1] = Said(found[-1].place, f"{found[-1].text.rstrip(' :：')}: {shown}")
        else:
            found.append(Said(address(row, c), shown))
    return found
