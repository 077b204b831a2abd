"""From a figure to every number a lens shows of it, step by step, for its passport."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from budgets.measures import Measure
from budgets.reading import given
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text

if TYPE_CHECKING:
    from budgets.lens.governments import Seen

ENDS = ("value", "low", "high")
AGAINST = {"value": "budget_value", "low": "budget_high", "high": "budget_low"}
"""The least share is the lower end against the most expenditure."""


def traced(views: Sequence["Seen"], language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure → label → one line for each view: what was multiplied or divided by what, and the number shown; or why
    there is none. The first view is the nominal total."""
    nominal = views[0].found
    assert nominal is not None
    label = text("lens.steps", language)
    found: dict[str, dict[str, str]] = {}
    for place, row in enumerate(each(nominal.rows)):
        if row["figures"]:
            lines = [_line(seen, row, place, language) for seen in views]
            found |= {figure: {label: "\n".join(lines)} for figure in row["figure_ids"]}
    return found


def say_line(measure: str, prices: str, steps: Sequence[str], number: str, unit: str, language: str) -> str:
    """The steps of one view, and the number in *unit* to which they come."""
    said = text(f"lens.unit.{unit.replace('/', '_')}", language)
    return text("lens.step.line", language, view=_view(measure, prices, language), steps=" ".join(steps), number=number, unit=said)


def say_none(measure: str, prices: str, why: str, language: str) -> str:
    """That a view has no number, and why: where nothing else is said, there is nothing to divide by."""
    return text("lens.step.none", language, view=_view(measure, prices, language), why=why or text("lens.no_denominator", language))


def say_won(won: float, language: str) -> str:
    return text("lens.step.won", language, won=f"{float(won):,.0f}")


def say_prices(tables: Tables, base: int, year: int, language: str) -> str:
    """× index of the base year ÷ index of the year."""
    index = tables.price_index
    return text("lens.step.prices", language, base=base, base_index=f"{index[base]:g}", year=year, index=f"{index[year]:g}")


def say_people(row: Mapping[str, Any], language: str) -> str:
    return text("lens.step.people", language, people=f"{float(row['population']):,.0f}", year=int(row["population_year"]))


def _view(measure: str, prices: str, language: str) -> str:
    return " · ".join(text(f"page.lens.{axis}.{code}", language) for axis, code in (("measure", measure), ("prices", prices)))


def _line(seen: "Seen", nominal: Mapping[str, Any], place: int, language: str) -> str:
    """One view of the government at *place*; *nominal* is its row of the nominal total."""
    row = each(seen.found.rows)[place] if seen.found is not None else {}
    end = next((end for end in ENDS if given(row.get(end))), None)
    if seen.found is None or end is None:
        return say_none(seen.measure, seen.prices, seen.why, language)
    won = say_won(nominal[end], language)
    several = text("lens.step.several", language, n=nominal["figures"]) if nominal["figures"] > 1 else ""
    steps = [won + several, *_prices(seen.found, language), *_divisor(seen.found, row, end, language)]
    shown = float(row[end]) / (1_000_000 if seen.found.unit == "KRW" else 1)
    return say_line(seen.measure, seen.prices, steps, _rounded(shown), seen.found.unit, language)


def _prices(measure: Measure, language: str) -> list[str]:
    """× index of the base year ÷ index of the year, where the measure is in constant prices."""
    for note in measure.notes:
        if note.key == "note.prices":
            base, year = (int(str(dict(note.fields)[name])) for name in ("base", "year"))
            return [say_prices(measure.comparison.tables, base, year, language)]
    return []


def _divisor(measure: Measure, row: Mapping[str, Any], end: str, language: str) -> list[str]:
    """÷ residents or ÷ total expenditure, with the year it is of."""
    if "population" in row:
        return [say_people(row, language)]
    if "budget_value" in row:
        won = f"{float(row[AGAINST[end]]):,.0f}"
        basis = next(note for note in measure.notes if note.key == "note.share").say(language)
        return [text("lens.step.budget", language, won=won, basis=basis)]
    return []


def _rounded(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:,.2f}"
