"""The figures that stand on one stated basis, and those set aside, each with its reason.

Every figure is compared or set aside: both sets together are the input, always. The first reason that applies, in
the order of `REASONS`, is given. No arithmetic here.
"""

from budgets.comparison.comparison import Comparison
from budgets.comparison.reasons import GROWING, REASONS, RULED_OUT
from budgets.comparison.selecting import compare_budgets, compare_targets

__all__ = ["GROWING", "REASONS", "RULED_OUT", "Comparison", "compare_budgets", "compare_targets"]
