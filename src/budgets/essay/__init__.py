"""The verbs of the notebooks: what the tables say, in sentences and tables, in Korean or English.

Every number in a sentence is computed here from the tables; none is typed into a notebook.
"""

from budgets.essay.listings import (
    achievement_table,
    differences_table,
    events_table,
    figures_table,
    findings_table,
    functional_table,
    measures_table,
    nearest_table,
    reasons_table,
    rulings_table,
    sources_table,
    together_table,
)
from budgets.essay.openings import (
    open_comparison,
    open_coverage,
    open_government,
    open_official,
    open_programme,
    open_targets,
)
from budgets.essay.prose import Prose

__all__ = [
    "Prose",
    "achievement_table",
    "differences_table",
    "events_table",
    "figures_table",
    "findings_table",
    "functional_table",
    "measures_table",
    "nearest_table",
    "open_comparison",
    "open_coverage",
    "open_government",
    "open_official",
    "open_programme",
    "open_targets",
    "reasons_table",
    "rulings_table",
    "sources_table",
    "together_table",
]
