"""Passports of what amounts are divided by: residents, total expenditure."""

from collections.abc import Iterable

from budgets import vocabulary as v
from budgets.measures import denominator_rows
from budgets.passport.official import cited_official, full_names, place_of, printed_in
from budgets.passport.sums import labelled, slug
from budgets.reading import given, say_day
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text


def denominator_figure(denominator: str, year: int, government: str, **basis: str) -> str:
    """An identifier of a denominator: ``population-2024-seoul``."""
    return slug(denominator, year, government, *basis.values())


def denominator_passports(
    tables: Tables, denominator: str, year: int, governments: Iterable[str], language: str = "ko", **basis: str
) -> dict[str, dict[str, str]]:
    """Figure (`denominator_figure`) → label → words, for those of *governments* of which it is on file; *basis*: stage,
    accounts and netting of a total expenditure."""
    names, wanted = full_names(tables, language), set(governments)
    found = {}
    for row in each(denominator_rows(tables, denominator, year, **basis).reset_index()):
        if row["government"] not in wanted:
            continue
        people = row["unit"] == "persons"
        day = row["snapshot"] if given(row["snapshot"]) else None
        said = {
            "passport.government": names[row["government"]],
            "sum.denominator.what": text(f"sum.denominator.{denominator}", language),
            "passport.printed": text("sum.denominator.persons", language, value=row["value"]) if people else printed_in(row, language),
            "passport.period": text("sum.denominator.end_of_year" if people else "passport.says.year", language, year=year),
            **{f"passport.{name}": v.label(name, row[name], language) for name in ("stage", "accounts", "netting") if given(row[name])},
            "passport.snapshot": say_day(day, language) if day is not None else "",
            "passport.source": cited_official(row["source"], day, language),
            **{f"passport.{name}": words for name, words in place_of(row["source"], language).items()},
            "passport.note": text("sum.denominator.use", language),
        }
        found[denominator_figure(denominator, year, row["government"], **basis)] = labelled(said, language)
    return found
