"""The lens over whole governments: total, per resident and share of the budget, nominal and in constant prices."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from budgets.charts import interval_bars
from budgets.comparison import Comparison
from budgets.errors import MeasureError
from budgets.essay.cells import MILLION, cited, column
from budgets.essay.prose import Prose
from budgets.lens.divisors import divided_by, divisor_figure
from budgets.lens.steps import traced
from budgets.measures import (
    Measure,
    Note,
    budget_to_stand_against,
    constant_prices,
    per_resident,
    ranks,
    share_of_budget,
    total,
)
from budgets.page import Column, Lens, Table, View, html_table
from budgets.reading import given
from budgets.rows import each
from budgets.words import text

ENDS = ("low", "value", "high")
SCALE = {"KRW": MILLION, "KRW/resident": 1, "percent": 1}
"""What one unit of a table's column holds: amounts stand in million won."""


DIVISOR = "divisor"
"""The column with the figures of what amounts are divided by."""


@dataclass(frozen=True)
class Seen:
    """One view: its codes, and the measure or why there is none."""

    measure: str
    prices: str
    found: Measure | None
    why: str = ""


def of_comparison(comparison: Comparison, base_year: int, language: str = "ko") -> Lens | Prose:
    """The values of each government of the basis, in six views; one row for each government, also where nothing was
    published.

    For amounts of programmes, for a mixed basis and where nobody published, a sentence that says why there is none.
    """
    if comparison.speaks_of_parts or comparison.mixed:
        return Prose(text("essay.no_measures", language))
    if not comparison.present:
        return Prose(text("lens.nobody", language))
    try:
        views = list(views_of(comparison, base_year, language))
    except MeasureError as error:
        return Prose(error.say(language))
    title = text("essay.caption.measures", language, basis=comparison.basis.describe(language))
    passports = traced(views, language) | divided_by(comparison.tables, (one.found for one in views), language)
    return Lens(title, tuple(_view(one, language) for one in views), language, passports)


def views_of(comparison: Comparison, base_year: int, language: str = "ko") -> Iterator[Seen]:
    """The six views, those in nominal prices first."""
    nominal = total(comparison)
    yield Seen("total", "nominal", nominal)
    yield from _divided(nominal, "nominal", language)
    try:
        constant = constant_prices(nominal, base_year=base_year)
    except MeasureError as error:
        yield from (Seen(name, "constant", None, error.say(language)) for name in ("total", "per_resident", "share"))
        return
    if not constant.in_constant_prices:
        why = text("lens.no_index", language, year=nominal.basis.fiscal_year)
        yield from (Seen(name, "constant", None, why) for name in ("total", "per_resident"))
    else:
        yield Seen("total", "constant", constant)
        yield from (one for one in _divided(constant, "constant", language) if one.measure == "per_resident")
    for one in _divided(nominal, "constant", language):
        if one.measure == "share":
            same = one.found and _noted(one.found, Note("lens.note.share_same"))
            yield Seen("share", "constant", same, one.why)


def _divided(measure: Measure, prices: str, language: str) -> Iterator[Seen]:
    """Per resident and, of nominal money, as a share; or why not."""
    people = per_resident(measure)
    yield _unless_empty("per_resident", prices, people, language)
    if measure.name != "total":
        return
    basis, tables = measure.basis, measure.comparison.tables
    if basis.period_kind != "fiscal_year":
        yield Seen("share", prices, None, text("measure.share_needs_year", language))
        return
    year = int(basis.fiscal_year)  # type: ignore[arg-type]
    against = budget_to_stand_against(tables, year, str(basis.phase), measure.comparison.present)
    if against is None:
        yield Seen("share", prices, None, text("lens.no_budget", language, year=year))
    else:
        yield _unless_empty("share", prices, share_of_budget(measure, **against), language)


def _unless_empty(name: str, prices: str, measure: Measure, language: str) -> Seen:
    """The view, or the note that says why no government has a value."""
    published = measure.rows["figures"] > 0
    if measure.rows.loc[published, ["low", "value", "high"]].notna().any(axis=None):
        return Seen(name, prices, measure)
    return Seen(name, prices, None, measure.notes[-1].say(language))


def _noted(measure: Measure, note: Note) -> Measure:
    return Measure(measure.name, measure.rows, measure.unit, measure.comparison, (*measure.notes, note))


def _view(seen: Seen, language: str) -> View:
    if seen.found is None:
        return View(seen.measure, seen.prices, why=seen.why)
    drawn = None
    if seen.found.comparison.is_race and int(seen.found.rows["value"].notna().sum()) >= 2:
        drawn = interval_bars(seen.found, language).to_dict(validate=False)
    return View(seen.measure, seen.prices, _table(seen.found, language), drawn)


def _table(measure: Measure, language: str) -> Table:
    """Low · printed · high, what they were divided by, and the rank where it is certain."""
    tables, scale = measure.comparison.tables, SCALE[measure.unit]
    shown = pd.DataFrame({"government": [tables.name(g, language) for g in measure.rows["government"]]})
    shown["figure"] = [" ".join(ids) for ids in measure.rows["figure_ids"]]
    for end in ENDS:
        shown[end] = pd.Series([_number(row, end, scale, language) for row in each(measure.rows)], dtype=object)
    columns = [column("government", language), *(column(end, language, "number") for end in ENDS)]
    below = _denominator(measure)
    if below is not None:
        name, values = below
        shown[name] = values
        shown[DIVISOR] = [divisor_figure(measure, government) for government in measure.rows["government"]]
        missing = text("lens.no_denominator", language)
        columns.append(Column(name, text(f"column.{name}", language), "number", missing=missing, figure=DIVISOR))
    shown["rank"] = _ranks(measure, language)
    columns.append(column("rank", language))
    return html_table(
        shown,
        columns=columns,
        caption=f"{text(f'measure.{measure.name}', language)}: {measure.basis.describe(language)}",
        unit=text(f"lens.unit.{measure.unit.replace('/', '_')}", language),
        notes=[note.say(language) for note in measure.notes],
        sources=cited(tables, measure.comparison.rows, language),
        language=language,
    )


def _number(row: dict[str, object], end: str, scale: float, language: str) -> object:
    """A number as the table writes it; a figure without its denominator is another gap than no figure."""
    if not given(row[end]):
        open_end = row["figures"] and any(given(row[e]) for e in ENDS)
        return "–" if open_end else text("lens.no_denominator", language) if row["figures"] else None
    number = float(row[end]) / scale  # type: ignore[arg-type]
    return round(number, 2) if scale == MILLION or number < 100 else round(number)


def _denominator(measure: Measure) -> tuple[str, pd.Series] | None:
    if "population" in measure.rows:
        return "population", measure.rows["population"]
    if "budget_value" in measure.rows:
        return "expenditure", (measure.rows["budget_value"].astype("Float64") / MILLION).round(2)
    return None


def _ranks(measure: Measure, language: str) -> list[str]:
    published = measure.rows["figures"] > 0
    found = ranks(measure.rows.loc[published]).reindex(measure.rows.index)
    alone = int(published.sum()) < 2
    uncertain = text("essay.uncertain", language)
    return [str(rank) if given(rank) else "–" if alone or not known else uncertain for rank, known in zip(found, published, strict=True)]
