"""What the rows outside any table say: titles, unit lines, notes."""

from budgets.sources.workbooks.grids import Grid, address, said
from budgets.sources.workbooks.headings import MONEY_UNITS, Said


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
