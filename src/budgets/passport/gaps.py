"""Why a cell of the survey is empty: nothing published of a year is a gap, and never nought."""

import pandas as pd

from budgets.passport.official import full_names
from budgets.passport.sums import labelled, slug
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text


def gap_figure(government: str, year: int) -> str:
    """An identifier of what was not published: ``none-incheon-2019``."""
    return slug("none", government, year)


def gap_passports(tables: Tables, cells: pd.DataFrame, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`gap_figure`) → label → words, for every cell of `survey.coverage` without a figure."""
    names, found = full_names(tables, language), {}
    money = tables.judged_budgets.loc[tables.judged_budgets["nature"] == "budget", "government"].value_counts()
    published = cells.loc[cells["figures"] > 0].groupby("government")["year"].agg(list)
    for cell in each(cells.loc[cells["figures"] == 0]):
        government, year = cell["government"], int(cell["year"])
        name = names[government]
        looked = text("sum.none.looked", language, name=name, n=int(money.get(government, 0)))
        known = ", ".join(map(str, published.get(government, []))) or "–"
        said = {
            "passport.government": name,
            "passport.period": text("passport.says.year", language, year=year),
            "sum.gap": text("sum.none.says", language, year=year),
            "passport.steps": f"{looked}\n{text('sum.none.years', language, years=known)}",
        }
        found[gap_figure(government, year)] = labelled(said, language)
    return found
