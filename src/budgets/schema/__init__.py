"""The contract: one declaration per table.

Each model prints four things: the runtime check (``validate``), ``data/clean/datapackage.json``, the workbook's
"열 설명" sheet and ``docs/data-dictionary.md``. The class docstring is the table's grain; each field carries its
description, its unit and its Fiscal Data Package column type. Descriptions are ``한국어 | English``.
"""

from budgets.schema.figures import Budgets, Milestones, Targets
from budgets.schema.lines import BudgetLines
from budgets.schema.model import TableModel
from budgets.schema.references import Denominators, Governments, Indicators, Programmes, Sources
from budgets.schema.rulings import FigureRulings, ProgrammeRulings

__all__ = [
    "CLEAN",
    "LARGE",
    "RULING",
    "BudgetLines",
    "Budgets",
    "Denominators",
    "FigureRulings",
    "Governments",
    "Indicators",
    "Milestones",
    "ProgrammeRulings",
    "Programmes",
    "Sources",
    "TableModel",
    "Targets",
]

CLEAN: dict[str, type[TableModel]] = {
    "budgets": Budgets,
    "targets": Targets,
    "milestones": Milestones,
    "programmes": Programmes,
    "governments": Governments,
    "indicators": Indicators,
    "denominators": Denominators,
    "sources": Sources,
}
LARGE: dict[str, type[TableModel]] = {"budget_lines": BudgetLines}
"""Kept as Parquet by year, outside `CLEAN`. A cache adds scope, is_ai and rule to the lines in which a term was found."""
RULING: dict[str, type[TableModel]] = {"programmes": ProgrammeRulings, "figures": FigureRulings}
