"""The passport of a figure: what was printed where, how it was read, and which rulings touch it.

Pure: tables in, words out. `passport` is the full form, label → words in reading order; `short_passports` the short
form that a chart's tooltip carries.
"""

from collections.abc import Callable, Iterable, Mapping

from budgets.asked import Asked
from budgets.passport.denominators import denominator_figure, denominator_passports
from budgets.passport.gaps import gap_figure, gap_passports
from budgets.passport.line_sums import (
    aside_figure,
    aside_passports,
    level_passports,
    levels_figure,
    pair_passports,
    year_passports,
)
from budgets.passport.lines import line_passports, programme_figure, programme_passports
from budgets.passport.office import ENDS, Office, say_event
from budgets.passport.official import cited_official, function_name, functional_passports, functional_sources
from budgets.passport.sums import counted, found_passport, labelled, ruled, scope_figure, scope_passports, slug
from budgets.reading import given
from budgets.tables import Row, Tables

__all__ = [
    "ENDS",
    "SHORT",
    "aside_figure",
    "aside_passports",
    "brief_passports",
    "citations",
    "cited_official",
    "cited_sources",
    "counted",
    "denominator_figure",
    "denominator_passports",
    "found_passport",
    "function_name",
    "functional_passports",
    "functional_sources",
    "gap_figure",
    "gap_passports",
    "labelled",
    "level_passports",
    "levels_figure",
    "line_passports",
    "pair_passports",
    "passport",
    "passports",
    "programme_figure",
    "programme_passports",
    "ruled",
    "say_event",
    "scope_figure",
    "scope_passports",
    "short_passports",
    "slug",
    "year_passports",
]

SHORT = ("programme", "printed", "reading", "basis", "source", "locator", "ruling")
"""The fields of the short form, in the order of a tooltip."""


def passport(tables: Tables, figure_id: str, language: str = "ko") -> dict[str, str]:
    """Label → words, in reading order, for a figure of any of the three tables.

    Raises `BasisError`, naming the nearest identifier, for a figure that does not exist.
    """
    return Office(tables, language).full(figure_id)


def passports(tables: Tables, figure_ids: Iterable[str] | None = None, language: str = "ko") -> Mapping[str, dict[str, str]]:
    """The passports of several figures (default: of all), each once, in the order given, said when asked for.

    Raises `BasisError`, naming the nearest identifier, for a figure that does not exist.
    """
    office = Office(tables, language)
    wanted = office.figures if figure_ids is None else {figure: office.figure(figure) for figure in figure_ids}
    return Asked(wanted, office.full)


def short_passports(tables: Tables, figure_ids: Iterable[str], language: str = "ko") -> dict[str, dict[str, str]]:
    """For each figure the fields of `SHORT`: what a tooltip shows."""
    office = Office(tables, language)
    return {figure: office.short(figure) for figure in dict.fromkeys(figure_ids)}


def cited_sources(tables: Tables, figure_ids: Iterable[str], language: str = "ko") -> list[str]:
    """The sources of the figures for a 자료: line, by date of publication: publisher and date, each once."""
    office = Office(tables, language)
    used = [office.register.sources[office.figure(f)["source_id"]] for f in dict.fromkeys(figure_ids)]
    dated = sorted(used, key=lambda s: (not given(s["published_on"]), s["published_on"], s["source_id"]))
    return list(dict.fromkeys(office.cited(source) for source in dated))


def citations(tables: Tables, source_ids: Iterable[str], language: str = "ko") -> dict[str, str]:
    """For each source how it is cited: publisher and date."""
    office = Office(tables, language)
    return {source: office.cited(office.register.sources[source]) for source in dict.fromkeys(source_ids)}


def brief_passports(tables: Tables, rows: Mapping[str, Row], language: str = "ko") -> Callable[[str, Row], dict[str, str]]:
    """What says in a few fields, as far as there are any, what a figure (identifier, row with its ``_kind``) itself does not.

    reading · words · locator · rulings · source · published · url · licence · programme_ruling. *rows*: all figures, by
    identifier; looked into only where a ruling names another figure.
    """
    return Office(tables, language, rows).brief
