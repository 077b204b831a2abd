"""What a comparison says: intervals in, intervals out, one row for every government of the basis.

A government that published nothing keeps its row, empty: nothing published is not zero. Every measure returns a
`Measure`, whose caption says on what it rests. Refusals (`MeasureError`) are part of the job.
"""

from budgets.measures.levels import local_money, national_money
from budgets.measures.measure import ENDS, Measure, Note
from budgets.measures.order import ranks
from budgets.measures.parts import FINDINGS, parts_against_totals
from budgets.measures.prices import constant_prices
from budgets.measures.rates import achievement, change, execution_rate, ratio
from budgets.measures.shares import budget_to_stand_against, denominator_rows, per_resident, share_of_budget
from budgets.measures.totals import total, yearly_average

__all__ = [
    "ENDS",
    "FINDINGS",
    "Measure",
    "Note",
    "achievement",
    "budget_to_stand_against",
    "change",
    "constant_prices",
    "denominator_rows",
    "execution_rate",
    "local_money",
    "national_money",
    "parts_against_totals",
    "per_resident",
    "ranks",
    "ratio",
    "share_of_budget",
    "total",
    "yearly_average",
]
