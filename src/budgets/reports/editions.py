"""An edition: a named set of reports rendered together, as data (``reports/editions.toml``).

A report entry names a notebook and its parameters; ``matrix`` gives several values of some parameters and stands for
every combination; ``exclude`` takes combinations out; ``name`` is the file name, with ``{parameter}`` fields;
``seconds`` and ``megabytes`` are the limits of one report.
"""

import itertools
import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from budgets.errors import UsageError
from budgets.reports.limits import Limits

if TYPE_CHECKING:
    from budgets.reports.parameters import Parameters
    from budgets.tables import Tables

ENTRY = ("notebook", "name", "parameters", "matrix", "exclude", "seconds", "megabytes")
SHAPES = {
    "parameters": "{ fiscal_year = 2025 }",
    "matrix": "{ fiscal_year = [2025, 2026] }",
    "exclude": "[{ fiscal_year = 2025 }]",
}
MOST = 100_000
"""Reports of one entry."""
INDEX = "index"
"""The page that lists the others has this name."""
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True)
class Report:
    """One notebook with one set of checked parameters, and the name of its file."""

    name: str
    notebook: str
    parameters: "Parameters"
    limits: Limits


@dataclass(frozen=True)
class Edition:
    """A named set of reports, in reading order."""

    name: str
    title: dict[str, str]
    reports: tuple[Report, ...]


def read_entries(path: Path, wanted: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    """The editions of a file as they are written there (only those *wanted*, if any), by name.

    Raises `UsageError` for a file that cannot be read and for an unknown edition.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError("edition.broken", path=path, why=error) from None
    known = content.get("edition", {})
    if not isinstance(known, dict) or not all(isinstance(entry, dict) for entry in known.values()):
        raise UsageError("edition.broken", path=path, why="[edition.…]")
    for name in known:
        if not NAME.fullmatch(name) or len(name) > 100:  # it becomes the name of a folder
            raise UsageError("edition.name", name=name)
    for name in wanted:
        if name not in known:
            raise UsageError("edition.unknown", given=name, known=", ".join(known))
    return {name: known[name] for name in dict.fromkeys(wanted or known)}


def read_editions(path: Path, tables: "Tables", wanted: tuple[str, ...] = ()) -> list[Edition]:
    """The editions of a file (only those *wanted*, if any), every report's parameters checked.

    Raises `UsageError` for a file that cannot be read, an unknown edition, entry or parameter, and for two reports of
    one name.
    """
    return [read_edition(name, entry, tables) for name, entry in read_entries(path, wanted).items()]


def read_edition(name: str, entry: Mapping[str, Any], tables: "Tables") -> Edition:
    """One edition from its entry. Raises `UsageError` as `read_editions` does."""
    _only(entry, ("title_ko", "title_en", "report"), f"edition.{name}")
    given = entry.get("report", [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise UsageError("edition.shape", where=f"edition.{name}", key="report", example=f"[[edition.{name}.report]]")
    for key in ("title_ko", "title_en"):
        if not isinstance(entry.get(key, ""), str):
            raise UsageError("edition.shape", where=f"edition.{name}", key=key, example='"…"')
    reports = [report for one in given for report in _reports(one, f"edition.{name}", tables)]
    if not reports:
        raise UsageError("edition.no_reports", edition=name)
    seen: set[str] = set()
    for report in reports:
        if report.name == INDEX:
            raise UsageError("edition.index", edition=name, name=report.name)
        if report.name in seen:
            raise UsageError("edition.twice", edition=name, name=report.name)
        seen.add(report.name)
    return Edition(name, {"ko": entry.get("title_ko", name), "en": entry.get("title_en", name)}, tuple(reports))


def _reports(entry: Mapping[str, Any], where: str, tables: "Tables") -> Iterator[Report]:
    from budgets.reports.parameters import checked

    _only(entry, ENTRY, where)
    for key in ("notebook", "name"):
        if not isinstance(entry.get(key), str):
            raise UsageError("edition.missing_key", where=where, key=key)
    _shaped(entry, where)
    count = math.prod(len(values) for values in entry.get("matrix", {}).values())
    if count > MOST:
        raise UsageError("edition.too_many", where=where, count=f"{count:,}", most=f"{MOST:,}")
    limits = Limits(**{key: entry[key] for key in ("seconds", "megabytes") if _positive(entry, key, where)})
    for given in combinations(entry.get("parameters", {}), entry.get("matrix", {}), entry.get("exclude", [])):
        try:
            parameters = checked(entry["notebook"], given, tables)
            name = _name(entry["name"], parameters)
        except UsageError as error:
            raise UsageError("edition.report", where=where, name=entry["name"], why=error) from None
        yield Report(name, entry["notebook"], parameters, limits)


def combinations(fixed: Mapping[str, Any], matrix: Mapping[str, list[Any]], exclude: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every combination of the matrix's values over the fixed parameters, but the excluded ones.

    >>> list(combinations({"a": 1}, {"b": [1, 2], "c": ["x"]}, [{"b": 2}]))
    [{'a': 1, 'b': 1, 'c': 'x'}]
    """
    for values in itertools.product(*matrix.values()):
        one = {**fixed, **dict(zip(matrix, values, strict=True))}
        if not any(all(one.get(k) == v for k, v in some.items()) for some in exclude):
            yield one


def _shaped(entry: Mapping[str, Any], where: str) -> None:
    matrix, exclude = entry.get("matrix", {}), entry.get("exclude", [])
    fine = {
        "parameters": isinstance(entry.get("parameters", {}), dict),
        "matrix": isinstance(matrix, dict) and all(isinstance(values, list) for values in matrix.values()),
        "exclude": isinstance(exclude, list) and all(isinstance(some, dict) for some in exclude),
    }
    for key, example in SHAPES.items():
        if not fine[key]:
            raise UsageError("edition.shape", where=where, key=key, example=example)
    given = (*entry.get("parameters", {}), *matrix)
    for some in exclude:  # what takes nothing out is a slip
        _only(some, given, f"{where} exclude")


def _positive(entry: Mapping[str, Any], key: str, where: str) -> bool:
    value = entry.get(key)
    if value is not None and (not isinstance(value, int | float) or isinstance(value, bool) or value <= 0):
        raise UsageError("edition.limit", where=where, key=key, given=value)
    return value is not None


def _name(template: str, parameters: "Parameters") -> str:
    try:
        fields = [(field, form, turn) for _, field, form, turn in Formatter().parse(template) if field is not None]
    except ValueError:
        raise UsageError("edition.name", name=template) from None
    values = parameters.model_dump()
    if any(field not in values or form or turn for field, form, turn in fields):  # a name, not a program
        raise UsageError("edition.name", name=template)
    name = template.format(**values)
    if not NAME.fullmatch(name) or len(name) > 100:
        raise UsageError("edition.name", name=name)
    return name


def _only(entry: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in entry:
        if key not in keys:
            raise UsageError("edition.key", where=where, given=key, near=near(key, keys))


def near(given: str, known: Iterable[str]) -> str:
    """`` → name?`` for the nearest known name, or nothing."""
    found = get_close_matches(given, list(known), n=1)
    return f" → {found[0]}?" if found else ""
