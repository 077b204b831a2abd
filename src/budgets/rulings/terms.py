"""The table of AI terms (``data/rulings/ai_terms.csv``), read and checked.

One row per term, context, exclusion or rule, with an example and a reason:

- an *exclusion* is deleted from a name before anything is looked for;
- a *term* makes a name worth judging; a *context* tells which meaning a term has. Both hold a regular expression,
  which may name another row in braces: ``{ai-letters}기반``;
- a *rule* names the rows it ``needs`` (alternatives separated by ``|``, each a list of rows that must all be found),
  the rows it must stand ``without``, and perhaps the ``field`` of the budget. The first rule, by ``order``, decides.
"""

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from budgets.disk import refuse_endless
from budgets.errors import ContractError, DataError, Fault
from budgets.vocabulary import SCOPES

COLUMNS = (
    "kind",
    "id",
    "order",
    "pattern",
    "needs",
    "without",
    "field",
    "scope",
    "is_ai",
    "example",
    "reason",
    "decided_on",
)
KINDS = ("exclusion", "term", "context", "rule")
VERDICTS = ("true", "false", "unclear")
CHECKOUT_TERMS = Path(__file__).parents[3] / "data" / "rulings" / "ai_terms.csv"

_ALWAYS = {"id", "example", "reason"}
_OF_RULES = {"order", "needs", "scope", "is_ai"}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOOKAROUND = re.compile(  # with up to one pair of brackets inside
    r"\(\?<?[!=](?:[^()\\\[]|\\.|\[(?:[^\]\\]|\\.)*\]|\((?:[^()\\\[]|\\.|\[(?:[^\]\\]|\\.)*\])*\))*\)"
)
_NAMED = re.compile(r"\{([a-z][a-z0-9-]*)\}")


@dataclass(frozen=True)
class Rule:
    """What must be found, what must not, and what then follows."""

    id: str
    wakes: frozenset[str]
    """The terms in ``needs``: without any of them the rule need not be looked at."""
    needs: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    field: re.Pattern[str] | None
    scope: str
    is_ai: str


@dataclass(frozen=True)
class Terms:
    """The whole table, compiled. ``patterns`` holds terms and contexts by id; ``rules`` stand in their order."""

    exclusions: re.Pattern[str] | None
    patterns: dict[str, re.Pattern[str]]
    widened: dict[str, str]
    """Of each term a regular expression without lookarounds, for Arrow: with fewer conditions it finds too much, never too little."""
    rules: tuple[Rule, ...]
    examples: tuple[tuple[str, str, str], ...]
    """``(kind, id, example)`` of every row."""


def load_terms(path: Path | str | None = None) -> Terms:
    """The rules of *path*, by default of the checkout; read again only when the file changed.

    Raises DataError when the file is missing, ContractError with every fault in it.
    """
    file = Path(path) if path is not None else CHECKOUT_TERMS
    try:
        stat = file.stat()
    except OSError:
        raise DataError("ai_terms.missing", path=file) from None
    return _load(file, stat.st_mtime_ns, stat.st_size)


def term_faults(path: Path) -> list[Fault]:
    """What is wrong in the table of *path*, as the build says it; nothing where there is none (the checkout's counts)."""
    try:
        load_terms(path)
    except ContractError as error:
        return [replace(fault, file=f"{path.parent.name}/{path.name}") for fault in error.faults]
    except DataError:
        return []
    return []


@cache
def _load(path: Path, _changed: int, _size: int) -> Terms:
    rows, faults = _read(path)
    faults += [fault for check in (_cells, _repeats, _references) for fault in check(rows)] if not faults else []
    sources: dict[int, str] = {}
    if not faults:
        sources, faults = _expanded(rows)
    if faults:
        raise ContractError(Fault(path.name, line, column, value, f"ai_terms.{key}", fields) for line, column, value, key, fields in faults)
    return _compiled(rows, sources)


_Row = tuple[int, dict[str, str]]
_Found = tuple[int | None, str | None, str | None, str, dict[str, object]]


def _read(path: Path) -> tuple[list[_Row], list[_Found]]:
    """The rows with their line numbers, or why they cannot be told apart."""
    refuse_endless(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if tuple(header) != COLUMNS:
                return [], [(1, None, ",".join(header), "columns", {"columns": ", ".join(COLUMNS)})]
            rows, faults, line = [], list[_Found](), reader.line_num + 1
            for cells in reader:
                if len(cells) == len(COLUMNS):
                    rows.append((line, dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))))
                elif cells:
                    faults.append((line, None, None, "cells", {}))
                line = reader.line_num + 1
    except UnicodeDecodeError:
        return [], [(None, None, None, "encoding", {})]
    except csv.Error:
        return [], [(reader.line_num, None, None, "cells", {})]
    if not faults and not any(row["kind"] == "rule" for _, row in rows):
        faults.append((None, "kind", None, "no_rule", {}))
    return rows, faults


def _cells(rows: list[_Row]) -> Iterator[_Found]:
    """Every cell by itself: filled where it must be, empty where it has no meaning, a known code, a date."""
    for line, row in rows:
        if row["kind"] not in KINDS:
            yield line, "kind", row["kind"], "code", {"codes": ", ".join(KINDS)}
            continue
        is_rule = row["kind"] == "rule"
        needed = _ALWAYS | (_OF_RULES if is_rule else {"pattern"})
        unused = {"pattern"} if is_rule else _OF_RULES | {"without", "field"}
        yield from ((line, column, None, "empty", {}) for column in COLUMNS if column in needed and not row[column])
        yield from ((line, column, row[column], "unused", {}) for column in COLUMNS if column in unused and row[column])
        if row["id"] and not _ID.fullmatch(row["id"]):
            yield line, "id", row["id"], "code", {"codes": "a-z 0-9 -"}
        for column, codes in (("scope", SCOPES), ("is_ai", VERDICTS)) if is_rule else ():
            if row[column] and row[column] not in codes:
                yield line, column, row[column], "code", {"codes": ", ".join(codes)}
        if row["order"] and is_rule and not re.fullmatch(r"[1-9][0-9]*", row["order"], re.ASCII):
            yield line, "order", row["order"], "order", {}
        if not _is_day(row["decided_on"]):
            yield line, "decided_on", row["decided_on"], "date", {}


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _repeats(rows: list[_Row]) -> Iterator[_Found]:
    """An id or an order that stands twice. A rule may bear the id of a term, as it is another kind of thing."""
    seen = set[tuple[str, bool, str]]()
    for line, row in rows:
        for column in ("id", "order"):
            key = (column, row["kind"] == "rule", row[column])
            if row[column] and key in seen:
                yield line, column, row[column], "repeated", {}
            seen.add(key)


def _references(rows: list[_Row]) -> Iterator[_Found]:
    """Rules that name no row, or that rest on contexts alone."""
    kinds = {row["id"]: row["kind"] for _, row in rows if row["kind"] in ("term", "context")}
    for line, row in rows:
        for column in ("needs", "without"):
            for name in row[column].replace("|", " ").split():
                if name not in kinds:
                    yield line, column, row[column], "unknown_row", {"id": name}
        if row["kind"] == "rule" and not all("term" in map(kinds.get, names) for names in _alternatives(row["needs"])):
            yield line, "needs", row["needs"], "no_term", {}


def _alternatives(needs: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.split()) for part in needs.split("|"))


def _expanded(rows: list[_Row]) -> tuple[dict[int, str], list[_Found]]:
    """The regular expression of each line with the named rows put in, and what is wrong with them.

    A row may name rows that stand above it, so that no circle can arise.
    """
    known: dict[str, str] = {}
    sources: dict[int, str] = {}
    faults: list[_Found] = []
    for line, row in rows:
        column = "field" if row["kind"] == "rule" else "pattern"
        unknown = [name for name in _NAMED.findall(row[column]) if name not in known]
        faults += [(line, column, row[column], "unknown_row", {"id": name}) for name in unknown]
        sources[line] = _NAMED.sub(lambda found: known.get(found[1], ""), row[column])
        if _runs_away(sources[line]):
            faults.append((line, column, row[column], "runs_away", {}))
            continue
        try:
            re.compile(sources[line])
            if row["kind"] == "term":
                pc.match_substring_regex(pa.array([""]), _widened(sources[line]))
        except (re.error, pa.ArrowInvalid) as error:
            faults.append((line, column, row[column], "pattern", {"fault": error}))
        if row["kind"] in ("term", "context"):
            known[row["id"]] = f"(?:{sources[line]})"
    return sources, faults


def _runs_away(pattern: str) -> bool:
    """Does a repetition stand within a repetition? A name can be made on which ``(a+)+`` takes for ever.

    >>> [_runs_away(pattern) for pattern in ("(AI+)+$", "(?:(?:a*)b){2,}", "(?:AI ?)+", "[(+]+(?:a|b)*")]
    [True, True, False, False]
    """
    text = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern)
    while found := re.search(r"\(([^()]*)\)([+*]|\{[0-9]*,\})?", text):
        loops = "∞" in found[1] or re.search(r"[+*]|\{[0-9]*,\}", found[1]) is not None
        if loops and found[2]:
            return True
        text = text[: found.start()] + ("∞" if loops or found[2] else "x") + text[found.end() :]
    return False


def _widened(pattern: str) -> str:
    return _LOOKAROUND.sub("", pattern)


def _compiled(rows: list[_Row], sources: dict[int, str]) -> Terms:
    def of(*kinds: str) -> list[_Row]:
        return [(line, row) for line, row in rows if row["kind"] in kinds]

    terms = {row["id"] for _, row in of("term")}
    exclusions = "|".join(f"(?:{sources[line]})" for line, _ in of("exclusion"))
    return Terms(
        exclusions=re.compile(exclusions) if exclusions else None,
        patterns={row["id"]: re.compile(sources[line]) for line, row in of("term", "context")},
        widened={row["id"]: _widened(sources[line]) for line, row in of("term")},
        rules=tuple(
            Rule(
                row["id"],
                frozenset(row["needs"].replace("|", " ").split()) & terms,
                _alternatives(row["needs"]),
                tuple(row["without"].split()),
                re.compile(sources[line]) if row["field"] else None,
                row["scope"],
                row["is_ai"],
            )
            for line, row in sorted(of("rule"), key=lambda numbered: int(numbered[1]["order"]))
        ),
        examples=tuple((row["kind"], row["id"], row["example"]) for _, row in rows),
    )
