"""The verbs of the notebooks: what the tables say, in sentences and tables, in Korean or English.

Every number in a sentence is computed here from the tables; none is typed into a notebook.
"""

from budgets.essay.comparisons import (
    achievement_table,
    compared_table,
    differences_table,
    figures_table,
    nearest_table,
)
from budgets.essay.found import (
    found_fields_table,
    found_governments_table,
    found_programmes_table,
    found_scopes_table,
    open_found,
)
from budgets.essay.lines import (
    levels_table,
    lines_table,
    open_lines,
    press_table,
    set_aside_table,
)
from budgets.essay.lines_years import (
    ambiguous_table,
    matched_table,
    years_table,
)
from budgets.essay.listings import (
    events_table,
    findings_table,
    programmes_table,
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
from budgets.essay.prose import (
    Prose,
)
from budgets.essay.selection import (
    both,
    of_government,
    of_programme,
    together,
)
from budgets.essay.setting_aside import (
    reasons_table,
)

__all__ = [
    "Prose",
    "achievement_table",
    "ambiguous_table",
    "both",
    "compared_table",
    "differences_table",
    "events_table",
    "figures_table",
    "findings_table",
    "found_fields_table",
    "found_governments_table",
    "found_programmes_table",
    "found_scopes_table",
    "levels_table",
    "lines_table",
    "matched_table",
    "nearest_table",
    "of_government",
    "of_programme",
    "open_comparison",
    "open_coverage",
    "open_found",
    "open_government",
    "open_lines",
    "open_official",
    "open_programme",
    "open_targets",
    "press_table",
    "programmes_table",
    "reasons_table",
    "rulings_table",
    "set_aside_table",
    "sources_table",
    "together",
    "together_table",
    "years_table",
]
