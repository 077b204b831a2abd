"""Charts: tables in, picture out. Nothing is computed here that `measures` does not compute, and no file is written
(`budgets.charts.export` writes pictures).

| chart | shows |
|---|---|
| ``comparison_chart`` | a comparison, as bars if it is one, else who is missing |
| ``interval_bars`` · ``figure_bars`` · ``not_drawn`` | its parts |
| ``interval_timeline`` | what was published over the years |
| ``target_actual`` · ``stock_path`` | promises and what became of them |
| ``phases`` · ``vintages`` · ``payers`` | one programme's money |
| ``milestones`` | dated events |
| ``coverage_grid`` | who published what, and what of it may be compared |
| ``functional_bars`` | official budgets by function |
| ``tile_map`` · ``ranked_strip`` · ``funding_split`` | official lines: provinces, municipalities, whose money |
| ``scope_bars`` | official lines: what was found in them |
"""

from budgets.charts.bars import comparison_chart, figure_bars, interval_bars, not_drawn
from budgets.charts.coverage import coverage_grid
from budgets.charts.events import milestones
from budgets.charts.functional import functional_bars
from budgets.charts.lines import funding_split, ranked_strip, scope_bars, tile_map
from budgets.charts.payers import payers
from budgets.charts.programme import phases, vintages
from budgets.charts.progress import stock_path, target_actual
from budgets.charts.years import interval_timeline

__all__ = [
    "comparison_chart",
    "coverage_grid",
    "figure_bars",
    "functional_bars",
    "funding_split",
    "interval_bars",
    "interval_timeline",
    "milestones",
    "not_drawn",
    "payers",
    "phases",
    "ranked_strip",
    "scope_bars",
    "stock_path",
    "target_actual",
    "tile_map",
    "vintages",
]
