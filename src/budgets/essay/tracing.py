"""What a comparison adds to the passports of its figures: whether each stands in it, and why its neighbours do not."""

import pandas as pd

from budgets.comparison import Comparison
from budgets.passport import citations
from budgets.reading import each
from budgets.words import text

OWN, OTHERS = 4, 1
"""How many neighbours of a figure are named: of its own government, and of each other one."""

NAMED = ["figure_id", "government", "programme_as_printed", "as_printed", "source_id", "differs"]


def trace(comparison: Comparison, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure → label → words, for every figure that was compared or set aside.

    A neighbour is a figure that was set aside and misses the basis by least, of the same programme first.
    """
    basis = comparison.basis.describe(language)
    here, aside = text("essay.trace.here", language), text("essay.trace.neighbours", language)
    found: dict[str, dict[str, str]] = {}
    for figure, differs, why in zip(*(comparison.set_aside[c].tolist() for c in ("figure_id", "differs", "why")), strict=True):
        words = text("essay.trace.aside", language, basis=basis, reasons=_reasons(differs, language))
        found[figure] = {here: f"{words}\n{why}" if isinstance(why, str) else words}
    compared = text("essay.trace.compared", language, basis=basis)
    near = {r["figure_id"]: each(_neighbours(comparison, r["government"], r["programme_id"])) for r in each(comparison.rows)}
    cited = citations(comparison.tables, (one["source_id"] for some in near.values() for one in some), language)
    for row in each(comparison.rows):
        lines = [_neighbour(comparison, one, cited[one["source_id"]], language) for one in near[row["figure_id"]]]
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


def _neighbour(comparison: Comparison, row: dict[str, object], source: str, language: str) -> str:
    """‘131억 원’(경기, 중부일보(2025. 4. 23.)): 다른 단계 · 다른 포괄 단위."""
    tables = comparison.tables
    return text(
        "essay.trace.neighbour",
        language,
        printed=row["as_printed"],
        government=tables.name(str(row["government"]), language),
        programme=row["programme_as_printed"],
        source=source,
        reasons=_reasons(str(row["differs"]), language),
    )


def _reasons(codes: str, language: str) -> str:
    return " · ".join(text(f"reason.{code}", language) for code in codes.split(" · "))
