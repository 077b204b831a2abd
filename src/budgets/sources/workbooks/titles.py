"""What stands above and under a table and holds for all of it: year, phase, gross or net, day, breaks of the series."""

import re
from collections.abc import Iterable

from budgets.sources.workbooks.headings import Meaning, Said, phase_in, phases_in, plain
from budgets.sources.workbooks.layout import Table
from budgets.sources.workbooks.periods import day_stated, years
from budgets.sources.workbooks.rounds import round_in

_BREAK = re.compile(
    r"((?:19|20)[0-9]{2})\s*(?:년도?|회계연도)?\s*(부터|이후|까지|이전)[^.;]{0,60}?(?:포함|제외|개편|변경|통합|분리|이관|합산|바뀜|바뀌|다름|달라)"
)
_OTHER_BUDGET = re.compile(r"기정|전년|차년|익년|지난해|작년|내년")


def title_year(table: Table) -> int | None:
    """The one year the lines above name, or the sheet's name where a person gave it."""
    found = {y for s in table.titles for y in years(s.text)} or set(years(table.grid.name) if table.grid.named else ())
    return found.pop() if len(found) == 1 else None


def title_phase(table: Table) -> str:
    """The one phase the lines above name."""
    found = {p for s in table.titles for p in phases_in(s.text)}
    return phase_in(" ".join(s.text for s in table.titles)) if len(found) == 1 else ""


def title_round(table: Table) -> str:
    """The one supplementary budget the lines above name."""
    found = {r for s in table.titles if phase_in(s.text) == "supplementary" and (r := round_in(s.text))}
    return found.pop() if len(found) == 1 else ""


def inherited(phase: str, path: Iterable[str], means: Meaning, year: int | None, year_of_title: int | None) -> str:
    """The phase of the title, where a column may be of it: not another year's or another stage's amounts.

    >>> own = Meaning("amount")
    >>> [inherited("approved", [h], own, 2025, 2025) for h in ("예산액", "기정액", "전년도 예산액")], inherited("settled", ["예산액"], own, 2025, 2025)
    (['approved', '', ''], '')
    >>> inherited("approved", ["2024년"], Meaning("amount", 2024), 2024, 2025)
    ''
    """
    heading = plain(" ".join(path))
    elsewhere = means.envelope or (year_of_title is not None and year != year_of_title)
    planned = phase in ("settled", "paid", "adjusted") and "예산" in heading
    return "" if elsewhere or planned or _OTHER_BUDGET.search(heading) else phase


def title_netting(table: Table) -> str:
    """gross 총계 or net 순계, where the lines above or under the table say one of them."""
    lines = " ".join(plain(s.text) for s in (*table.titles, *table.notes))
    found = {"net"} if "순계" in lines else set[str]()
    found |= {"gross"} if re.search(r"총계(기준|예산|규모)|예산총계", lines) else set()
    return found.pop() if len(found) == 1 else ""


def title_day(table: Table) -> str:
    """The one day to which the amounts speak (2025. 9. 30. 기준), as ``2025-09-30``."""
    found = {day for s in (*table.titles, *table.notes) if (day := day_stated(s.text))}
    return found.pop() if len(found) == 1 else ""


def breaks(table: Table) -> dict[int, Said]:
    """The years from which a note says that something else is counted, and that note."""
    found: dict[int, Said] = {}
    for line in (*table.titles, *table.notes):
        for year, word in _BREAK.findall(line.text):
            found.setdefault(int(year) + (word in ("까지", "이전")), line)
    return found
