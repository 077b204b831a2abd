"""How many figures a comparison set aside for each reason, with a passport of every count."""

from collections import Counter
from dataclasses import replace

import pandas as pd

from budgets.comparison import Comparison
from budgets.essay.cells import column, name_column
from budgets.essay.standing import named_figure
from budgets.page import Table, html_table
from budgets.passport import citations, counted, labelled, slug
from budgets.reading import say_reasons
from budgets.rows import each
from budgets.words import text

NAMED = 5
"""How many of the figures set aside for one reason are named."""


def reasons_table(comparison: Comparison, language: str = "ko") -> Table:
    """How many figures were set aside, by reason, in the order in which the reasons are tried."""
    counts = comparison.reasons()
    rows = pd.DataFrame(
        {
            "figure": [_figure(comparison, str(reason)) for reason in counts.index],
            "reason": [text(f"reason.{reason}", language) for reason in counts.index],
            "number": counts.to_numpy(),
        }
    )
    kept = text("essay.kept", language, n=len(comparison.rows), all=len(comparison.rows) + len(comparison.set_aside))
    columns = [column("reason", language), column("number", language, "number")]
    made = html_table(rows, columns=columns, caption=text("essay.caption.reasons", language), notes=[kept], language=language)
    passports = {_figure(comparison, str(reason)): _passport(comparison, str(reason), language) for reason in counts.index}
    return replace(made, passports=passports)


def _figure(comparison: Comparison, reason: str) -> str:
    """An identifier of what this comparison set aside for a reason."""
    return slug("aside", comparison.basis.describe("en"), reason)


def _passport(comparison: Comparison, reason: str, language: str) -> dict[str, str]:
    """What was counted: by government, and those nearest to the basis with all that keeps them away."""
    tables, aside = comparison.tables, comparison.set_aside
    some = aside.loc[aside["reason_code"] == reason].sort_values(["misses", "figure_id"], kind="stable")
    names = [tables.name(government, language) for government in some["government"]]
    near = each(some.head(NAMED))
    cited = citations(tables, (row["source_id"] for row in near), language)
    programmes = tables.programmes.set_index("programme_id")[name_column(language)]
    lines = []
    for row in near:
        figure = named_figure(tables, row, programmes[row["programme_id"]], cited[row["source_id"]], language)
        lines.append(text("essay.trace.differs", language, figure=figure, reasons=say_reasons(row["differs"], language)))
    if len(some) > len(near):
        lines.append(text("sum.more", language, n=len(some) - len(near)))
    said = {
        "sum.count": text("sum.aside.figures", language, reason=text(f"reason.{reason}", language)),
        "passport.basis": comparison.basis.describe(language),
        "passport.steps": text("sum.aside.where", language, parts=counted(Counter(names).most_common(), language)),
        "sum.nearest": "\n".join(lines),
        "passport.note": text("sum.aside.first", language),
    }
    return labelled(said, language)
