"""Compares the AI budgets and AI targets of Korean regional governments honestly.

The front door: the names a notebook may import. They are loaded when first used, so that the command line starts fast.

>>> import budgets
>>> budgets.amounts.parse_amount("227억여 원").low
22700000000
"""

from importlib import import_module
from typing import Any

_NAMES = {
    "load": "budgets.clean",
    "BudgetBasis": "budgets.basis",
    "TargetBasis": "budgets.basis",
    "compare_budgets": "budgets.comparison",
    "compare_targets": "budgets.comparison",
    "functional_budgets": "budgets.official",
    "load_lines": "budgets.lines",
    "LineBasis": "budgets.lines",
    "compare_lines": "budgets.lines",
    "compare_years": "budgets.lines",
}
_MODULES = ("amounts", "charts", "clean", "comparison", "essay", "lens", "measures", "official", "passport", "rulings", "vocabulary")

__all__ = [*_NAMES, *_MODULES]


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    if name in _MODULES:
        return import_module(f"budgets.{name}")
    raise AttributeError(f"module 'budgets' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
