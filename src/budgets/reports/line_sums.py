"""What an edition keeps of official lines, which are too large to be kept: their sums by year, government and verdict.

They stand in ``manifest.json`` of an edition that has pages on lines, so that two editions can be compared
(`revisions.official_sums`): a few numbers for each government and year.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgets.reports.manifest import Manifest, damaged
from budgets.revisions.official_lines import Lines
from budgets.revisions.official_sums import Shown, Sums

if TYPE_CHECKING:
    import pandas as pd

    from budgets.lines.store import Stored


def sums_in(folder: Path) -> Shown | None:
    """What an edition keeps, or what a folder of data gives (nothing is written there); None where there are no lines.

    Raises `DataError` for a manifest whose sums cannot be read.
    """
    from budgets.contract_arrow import to_pandas
    from budgets.lines.programmes import judged_year, rules_of
    from budgets.lines.store import stored_years

    if kept := Manifest.read(folder).lines:
        if (shown := _read(kept)) is None:
            raise damaged(folder, "part", part="lines")
        return shown
    sums: dict[tuple[int, str], Sums] = {}
    stored = stored_years(folder)
    for year in stored:
        programmes, totals = judged_year(folder, year)
        sums |= sums_of(to_pandas(programmes), to_pandas(totals), stored)
    return Shown(sums, _content(stored), rules_of(folder)) if stored else None


def to_keep(data: Path) -> dict[str, Any]:
    """What is kept of the lines of *data*, as JSON writes it; empty where there are none. Raises `BudgetsError`."""
    from budgets.lines import load_lines
    from budgets.lines.programmes import rules_of

    found = load_lines(data)
    return _written(Shown(sums_of(found.programmes, found.totals, found.stored), _content(found.stored), rules_of(data))) if found else {}


def _content(stored: Mapping[int, "Stored"]) -> dict[int, str]:
    return {year: one.content for year, one in stored.items()}


def sums_of(programmes: "pd.DataFrame", totals: "pd.DataFrame", stored: Mapping[int, "Stored"]) -> dict[tuple[int, str], Sums]:
    """The sums of both tables of the cache (`lines.programmes`)."""
    from budgets.lines.official import verdict_of

    key = ["fiscal_year", "government"]
    judged = programmes.assign(verdict=verdict_of(programmes), n=1)
    verdicts: dict[tuple[int, str], dict[str, Lines]] = {}
    for year, government, verdict, n, krw in judged.groupby([*key, "verdict"])[["n", "adjusted_krw"]].sum().reset_index().itertuples(index=False):
        verdicts.setdefault((int(year), str(government)), {})[str(verdict)] = Lines(int(n), int(krw))
    certain = judged.loc[judged["is_ai"] == "true"].groupby(key)[["n", "adjusted_krw"]].sum()
    ai = {(int(year), str(government)): Lines(int(n), int(krw)) for (year, government), n, krw in certain.itertuples()}
    whole = totals.groupby(key)[["lines", "adjusted_krw"]].sum().reset_index()
    return {
        (where := (int(year), str(government))): Sums(
            stored[int(year)].snapshot.isoformat(), int(n), ai.get(where, Lines(0, 0)), int(krw), verdicts.get(where, {})
        )
        for year, government, n, krw in whole.itertuples(index=False)
    }


def _written(shown: Shown) -> dict[str, Any]:
    years: dict[str, dict[str, Any]] = {}
    for (year, government), sums in sorted(shown.sums.items()):
        one = years.setdefault(str(year), {"snapshot": sums.snapshot, "content": shown.content[year], "governments": {}})
        verdicts = {verdict: [lines.n, lines.krw] for verdict, lines in sorted(sums.verdicts.items())}
        one["governments"][government] = {"all": [sums.lines, sums.krw], "ai": [sums.ai.n, sums.ai.krw], "verdicts": verdicts}
    return {"rules": shown.rules, "years": years}


def _read(kept: Mapping[str, Any]) -> Shown | None:
    """None for what this version cannot read."""
    try:
        sums = {
            (int(year), government): Sums(
                one["snapshot"], its["all"][0], Lines(*its["ai"]), its["all"][1], {verdict: Lines(*some) for verdict, some in its["verdicts"].items()}
            )
            for year, one in kept["years"].items()
            for government, its in one["governments"].items()
        }
        return Shown(sums, {int(year): one["content"] for year, one in kept["years"].items()}, kept["rules"])
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None
