"""Budget lines of 지방재정365: taken in (`fetch`, `import_lofin`), stored whole by year, classified, compared.

| module | job |
|---|---|
| ``taking`` | files a person downloaded → export folder, lines, cache |
| ``fetching`` | the API → export folder, lines, cache; budget totals on the way |
| ``store`` | ``data/clean/budget_lines``: one snapshot a year, replaced whole |
| ``programmes`` | ``data/derived``: which lines are AI programmes, and the sums of all lines |
| ``kinds`` | what a name tells: money moved, or the cost of running |
| ``official`` | the caches as reports read them |
| ``basis`` · ``comparing`` | the lines on one basis, one row a government |
| ``levels`` | provinces and municipalities together |
| ``succession`` | governments that took the place of others |
| ``years`` | one measure in several years, side by side |
| ``matching`` · ``press`` | a programme in two years; the press beside the lines |
| ``exports`` | ``data/raw/exports``: export folders, and the denominators that stand in them |
"""

from typing import TYPE_CHECKING, Any

from budgets.lines.basis import LineBasis
from budgets.lines.comparing import LineComparison, compare_lines
from budgets.lines.exports import exported_denominators, import_kosis
from budgets.lines.official import OfficialLines, load_lines
from budgets.lines.programmes import read_line_totals, read_programmes
from budgets.lines.store import read_lines, stored_years
from budgets.lines.taking import import_lofin
from budgets.lines.years import compare_years

if TYPE_CHECKING:
    from budgets.lines.fetching import fetch

__all__ = [
    "LineBasis",
    "LineComparison",
    "OfficialLines",
    "compare_lines",
    "compare_years",
    "exported_denominators",
    "fetch",
    "import_kosis",
    "import_lofin",
    "load_lines",
    "read_line_totals",
    "read_lines",
    "read_programmes",
    "stored_years",
]


def __getattr__(name: str) -> Any:
    """``fetch`` brings the client of the network along, which nobody needs who reads lines."""
    if name == "fetch":
        from budgets.lines.fetching import fetch

        return fetch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
