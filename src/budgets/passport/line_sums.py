"""Passports of what tables make of official lines: both levels together, years and pairs, lines set aside."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from budgets.lines.comparing import LineComparison
from budgets.lines.levels import Levels
from budgets.lines.years import Years
from budgets.passport.lines import line_passports, programme_figure, programme_passports, where_from
from budgets.passport.official import full_names
from budgets.passport.sums import MOST, counted, labelled, largest, ordered, slug
from budgets.reading import given
from budgets.rows import each, values_of
from budgets.words import text

MILLION = 1_000_000
OWN_REASON = "excluded kind"


# ---- both levels together ----


def levels_figure(levels: Levels, province: str) -> str:
    """An identifier of a province with its municipalities."""
    return levels.province.basis.figure(province).replace("lines-", "levels-", 1)


def level_passports(levels: Levels, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`levels_figure`) → label → words, for every province whose lines are whole."""
    names = full_names(levels.province.tables, language)
    own, below = (_sums(c, by) for c, by in ((levels.province, "government"), (levels.municipalities, "province")))
    kinds = "·".join(text(f"lines.kind.{kind}", language) for kind in levels.province.basis.exclusions)
    shared = where_from(levels.province, language)
    found = {}
    for row in each(levels.passed_on):
        province = row["government"]
        said = {
            "passport.government": names[province],
            "sum.what": text("sum.levels.what", language, name=names[province]),
            "passport.steps": "\n".join(_level_steps(own[province], below[province], language)),
            "sum.left_out": text("sum.levels.kinds", language, kinds=kinds, **_of_kinds(levels, province)),
        }
        found[levels_figure(levels, province)] = labelled(said | shared, language)
    return found


def _sums(comparison: LineComparison, by: str) -> dict[str, Counter[str]]:
    """Government or province → lines and won by funding; those without such a line have none of each."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    owners = dict(zip(comparison.governments["government"], comparison.governments[by], strict=True))
    for row in each(comparison.governments):
        known = found[str(owners[row["government"]])]
        known.update({name: int(row[name]) for name in ("lines", "national_krw", "provincial_krw", "municipal_krw") if given(row[name])})
    return found


def _level_steps(own: Counter[str], below: Counter[str], language: str) -> list[str]:
    def step(key: str, **fields: float) -> str:
        return text(f"sum.levels.{key}", language, **fields)

    first, second = own["provincial_krw"], below["municipal_krw"]
    a, b = own["national_krw"], below["national_krw"]
    passed = below["provincial_krw"]
    return [
        step("provincial", n=own["lines"], won=first, number=first / MILLION),
        step("municipal", n=below["lines"], won=second, number=second / MILLION),
        step("local", first=first, second=second, won=first + second, number=(first + second) / MILLION),
        step("national", first=a, second=b, low=max(a, b) / MILLION, high=(a + b) / MILLION),
        step("passed_on", won=passed, number=passed / MILLION),
    ]


def _of_kinds(levels: Levels, province: str) -> dict[str, int]:
    """How many lines of the province and its municipalities were left out by their names, with how much."""
    aside = [c.set_aside.loc[c.set_aside["reason"] == OWN_REASON] for c in (levels.province, levels.municipalities)]
    mine = pd.concat([some.loc[some["province"].fillna(some["government"]) == province] for some in aside])
    return {"n": len(mine), "won": int(mine["adjusted_krw"].sum())}


# ---- lines set aside ----


def aside_figure(comparison: LineComparison, reason: str) -> str:
    """An identifier of the lines that were set aside for one reason."""
    return slug(comparison.basis.figure(comparison.basis.level).replace("lines-", "aside-", 1), reason)


def aside_passports(comparison: LineComparison, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`aside_figure`) → label → words, for every reason for which lines were set aside."""
    shared = where_from(comparison, language)
    found = {}
    for reason, rows in comparison.set_aside.groupby("reason", sort=False):
        reason = str(reason)
        said: dict[str, Any] = {
            "sum.what": text("sum.aside.lines", language, reason=text(f"lines.reason.{reason}", language)),
            "passport.steps": _aside_steps(rows, language),
            "sum.largest": largest(ordered(rows, "adjusted_krw", MOST), "adjusted_krw", language, every=len(rows)),
            "passport.note": f"{text(f'sum.why.{reason}', language)}\n{text('sum.aside.first', language)}",
        }
        found[aside_figure(comparison, reason)] = labelled(said | shared, language)
    return found


def _aside_steps(rows: pd.DataFrame, language: str) -> str:
    if rows["fiscal_year"].nunique() > 1:
        counts = sorted(Counter(rows["fiscal_year"].tolist()).items())
        return text("sum.aside.years", language, parts=counted(((text("basis.years", language, years=year), n) for year, n in counts), language))
    won = int(rows["adjusted_krw"].sum())
    return text("sum.aside.money", language, n=len(rows), won=won, number=won / MILLION)


# ---- years ----


def year_passports(over: Years, governments: Collection[str], measure: str, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`LineBasis.figure`) → label → words, for these governments in every year: whole, with what was made of them
    over years (prices of one year, the change between the last two)."""
    found: dict[str, dict[str, str]] = {}
    for year, comparison in over.comparisons.items():
        found |= line_passports(comparison, governments, language, brief=year != over.years[-1])
    label = text("sum.years.label", language)
    steps = _prices(over, governments, language) if over.base_year else {}
    for row in each(over.rows.loc[over.rows["government"].isin(governments) & over.rows["change"].notna()]):
        steps.setdefault(over.last.basis.figure(row["government"]), []).append(_growth(over, row, measure, language))
    for figure, lines in steps.items():
        found[figure][label] = "\n".join(lines)
    return found


def _prices(over: Years, governments: Collection[str], language: str) -> dict[str, list[str]]:
    """Figure → from won of its year to million won in the prices of one year."""
    base: int = over.base_year or 0
    found: dict[str, list[str]] = {}
    index = over.last.tables.price_index
    for year, comparison in over.comparisons.items():
        amounts = dict(zip(*(values_of(comparison.governments[name]) for name in ("government", "amount_krw")), strict=True))
        for government in governments if base in index and year in index else ():
            won = amounts.get(government)
            if won is not None and given(won):
                number = won * index[base] / index[year] / MILLION
                fields = {"base": base, "won": won, "base_index": index[base], "index": index[year], "number": number}
                found[comparison.basis.figure(government)] = [text("sum.years.prices", language, **fields)]
    return found


def _growth(over: Years, row: Mapping[str, Any], measure: str, language: str) -> str:
    first, last = over.years[-2:]
    before, after = (float(row[str(year)]) for year in (first, last))
    fields = {"first": first, "last": last, "before": before, "after": after, "number": row["change"]}
    key = "growth_constant" if over.base_year else "growth_per_resident" if measure == "per_resident" else "growth"
    return text(f"sum.years.{key}", language, **fields, base=over.base_year)


def pair_passports(before: LineComparison, after: LineComparison, pairs: pd.DataFrame, language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`programme_figure`) → label → words, for both lines of each of *pairs* (`match_programmes`); that of the later
    year says how the two were paired and what lies between them."""
    old, new = before.rows.iloc[pairs["before_line"]], after.rows.iloc[pairs["after_line"]]
    found = programme_passports(after.tables, pd.concat([old, new]), language)
    label = text("sum.years.label", language)
    for row, line in zip(each(pairs), each(new), strict=True):
        won = row["after_krw"] - row["before_krw"]
        by = text(f"lines.by.{row['by']}", language)
        fields = {"before": row["before_krw"], "after": row["after_krw"], "won": won, "number": won / MILLION}
        found[programme_figure(line)][label] = text("sum.years.paired", language, by=by, **fields)
    return found
