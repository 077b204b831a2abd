"""The passports of what a lens divides by: residents, total expenditure."""

from collections.abc import Iterable

from budgets.measures import Measure
from budgets.passport import denominator_figure, denominator_passports
from budgets.tables import Tables

BASIS = ("stage", "accounts", "netting")


def divisor_figure(measure: Measure, government: str) -> str:
    """An identifier of what the amount of *government* was divided by; empty where it was not divided."""
    divisor = _divisor(measure)
    return denominator_figure(divisor[0], divisor[1], government, **divisor[2]) if divisor else ""


def divided_by(tables: Tables, measures: Iterable[Measure | None], language: str = "ko") -> dict[str, dict[str, str]]:
    """Figure (`divisor_figure`) → label → words, for all that these measures were divided by."""
    found: dict[str, dict[str, str]] = {}
    for measure in measures:
        if measure is not None and (divisor := _divisor(measure)):
            name, year, basis = divisor
            found |= denominator_passports(tables, name, year, measure.rows["government"], language, **basis)
    return found


def _divisor(measure: Measure) -> tuple[str, int, dict[str, str]] | None:
    """Which denominator, of which year, on which basis."""
    if "population" in measure.rows:
        return "population", int(measure.rows["population_year"].iloc[0]), {}
    for note in measure.notes:
        if note.key == "note.share":
            fields = dict(note.fields)
            basis = {name: str(fields[name]).removeprefix(f"{name}.") for name in BASIS}
            return "total_expenditure", int(str(fields["year"])), basis
    return None
