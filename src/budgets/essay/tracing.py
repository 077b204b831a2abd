"""What a comparison adds to the passports of its figures: whether each stands in it, and why its neighbours do not."""

from typing import Any

import pandas as pd

from budgets.comparison import Comparison
from budgets.essay.cells import name_column
from budgets.essay.standing import named_figure
from budgets.passport import citations
from budgets.reading import say_reasons
from budgets.rows import each
from budgets.words import text

OWN, OTHERS = 4, 1
"""How many neighbours of a figure are named: of its own government, and of each other one."""

NAMED = ["figure_id", "government", "programme_id", "as_printed", "source_id", "differs"]


def trace(comparison: Comparison, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure → label → words, for every figure that was compared or set aside.

    A neighbour is a figure that was set aside and misses the basis by least, of the same programme first.
    """
    basis = comparison.basis.describe(language)
    here, aside = text("essay.trace.here", language), text("essay.trace.neighbours", language)
    found: dict[str, dict[str, str]] = {}
    for figure, differs, why in zip(*(comparison.set_aside[c].tolist() for c in ("figure_id", "differs", "why")), strict=True):
        words = text("essay.trace.aside", language, basis=basis, reasons=say_reasons(differs, language))
        found[figure] = {here: f"{words}\n{why}" if isinstance(why, str) else words}
    compared = text("essay.trace.compared", language, basis=basis)
    near = {r["figure_id"]: each(_neighbours(comparison, r["government"], r["programme_id"])) for r in each(comparison.rows)}
    cited = citations(comparison.tables, (one["source_id"] for some in near.values() for one in some), language)
    programmes = comparison.tables.programmes.set_index("programme_id")[name_column(language)].to_dict()

    def said(one: dict[str, Any]) -> str:
        named = named_figure(comparison.tables, one, programmes[one["programme_id"]], cited[one["source_id"]], language)
        return text("essay.trace.differs", language, figure=named, reasons=say_reasons(one["differs"], language))

    for row in each(comparison.rows):
        lines = [said(one) for one in near[row["figure_id"]]]
        lines.append(text("essay.trace.all", language, n=len(comparison.set_aside)))
        found[row["figure_id"]] = {here: compared, aside: "\n".join(lines)}
    return found


def _neighbours(comparison: Comparison, government: str, programme: str) -> pd.DataFrame:
    """The figures set aside that are nearest to this one, its own government's first."""
    aside = comparison.set_aside.loc[comparison.set_aside["government"].isin(comparison.basis.governments)]
    kin = (aside["programme_id"] != programme).astype(int)
    ordered = aside.assign(_other=(aside["government"] != government).astype(int), _kin=kin)
    ordered = ordered.sort_values(["_other", "_kin", "misses", "figure_id"], kind="stable")
    own, others = ordered.loc[ordered["_other"] == 0], ordered.loc[ordered["_other"] == 1]
    nearest = others.sort_values(["misses", "figure_id"], kind="stable").groupby("government", sort=False).head(OTHERS)
    return pd.concat([own.head(OWN), nearest])[NAMED]
