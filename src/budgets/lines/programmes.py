"""What our rulings make of the lines: a cache in ``data/derived``, by year, rebuilt when lines or rulings change.

Two small tables stand for the millions of lines, so that reports never read those: ``ai_programmes`` (every line in
which a rule found a term, with what it decided: AI, bird flu, digital, unclear …) and ``line_totals`` (the sums of
all lines, AI or not, by the kind that a name tells, so that internal transfers or reserves can be left out).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from budgets.checkout import default_data
from budgets.contract_arrow import to_pandas
from budgets.disk import one_writer
from budgets.lines.kinds import kinds_of
from budgets.lines.store import (
    COLUMNS,
    Stored,
    arrow_schema,
    facts_of,
    move_in,
    part_path,
    stored_years,
    write_parquet,
    writing,
)
from budgets.rulings.classifier import NO_TERM, classify_programmes

TABLES = ("ai_programmes", "line_totals")
MONEY = tuple(name for name in COLUMNS if name.endswith("_krw"))
GROUPS = (
    "fiscal_year",
    "snapshot",
    "government",
    "lofin_code",
    "province",
    "level",
    "account_class",
    "field_name",
    "section_name",
    "kind",
)
LINE_GROUPS = GROUPS[:-1]
"""The groups that are columns of a line; ``kind`` is what its name tells (`kinds`)."""
VERDICT = ("scope", "is_ai", "rule")


def read_programmes(data: Path | str | None = None) -> pd.DataFrame:
    """The lines in which a rule found a term: columns of `BudgetLines`, then scope, is_ai, rule. Empty without lines."""
    return _read(data, "ai_programmes")


def read_line_totals(data: Path | str | None = None) -> pd.DataFrame:
    """Sums of all lines by year, government, account class, field, section and kind; ``lines`` counts them. Empty without lines."""
    return _read(data, "line_totals")


def classified(lines: pa.Table, terms: Path | None) -> tuple[pa.Table, pa.Table]:
    """(ai_programmes, line_totals) of a table of lines."""
    names = to_pandas(lines.select(["programme_name", "field_name", "section_name"]))
    verdicts = classify_programmes(names["programme_name"], names["field_name"], names["section_name"], terms=terms)
    found = (verdicts["rule"] != NO_TERM.rule).to_numpy()
    some, told = lines.filter(pa.array(found)).combine_chunks(), verdicts.loc[found]
    for column in VERDICT:
        some = some.append_column(column, pa.array(told[column], pa.string()))
    return some, _summed(lines)


def judged_year(data: Path, year: int) -> tuple[pa.Table, pa.Table]:
    """`classified` of the stored lines of one year; nothing is written."""
    return classified(pq.read_table(part_path(data, year), schema=arrow_schema()).combine_chunks(), terms_path(data))


def _summed(lines: pa.Table) -> pa.Table:
    """The sums of lines by `GROUPS`, sorted. Code and account decide the other groups, so five are compared, not ten."""
    keys = ["lofin_code", "account_class", "field_name", "section_name"]
    numbered = lines.select([*keys, *MONEY]).append_column("kind", kinds_of(lines["programme_name"]))
    groups = numbered.append_column("row", pa.array(np.arange(lines.num_rows))).group_by([*keys, "kind"])
    sums = groups.aggregate([*((column, "sum") for column in MONEY), ("row", "count"), ("row", "min")])
    named = lines.select(list(LINE_GROUPS)).take(sums["row_min"])
    columns = [
        *(column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in named.columns),
        sums["kind"],
        sums["row_count"],
        *(sums[f"{column}_sum"] for column in MONEY),
    ]
    return pa.table(columns, names=[*GROUPS, "lines", *MONEY]).sort_by([(name, "ascending") for name in GROUPS])


def write_cache(data: Path, year: int, content: str, tables: tuple[pa.Table, pa.Table]) -> None:
    """Keep the tables of one year, marked with the *content* of its lines and the rulings as they are now."""
    with _caching(data):
        _write_year(data, year, content, tables)


def refresh(data: Path) -> list[int]:
    """Rebuild the cache of every year whose lines or rulings changed, drop years that are gone; return the rebuilt years.

    Several processes may find the same years stale at once: each year is rebuilt by one of them, the others wait for it.
    """
    if _gone(data):
        with _caching(data):
            for path in _gone(data):
                path.unlink(missing_ok=True)
    rebuilt = []
    for year in _stale(data):
        with _caching(data):
            if stored := _stale(data).get(year):  # by now another process may have done it
                _write_year(data, year, stored.content, judged_year(data, year))
                rebuilt.append(year)
    return rebuilt


def _write_year(data: Path, year: int, content: str, tables: tuple[pa.Table, pa.Table]) -> None:
    for name, table in zip(TABLES, tables, strict=True):
        path = _path(data, name, year)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}")
        write_parquet(table, beside, {"made_of": _made_of(data, content)})
        move_in(beside, path)


def _stale(data: Path) -> dict[int, Stored]:
    return {
        year: stored
        for year, stored in stored_years(data).items()
        if any(facts_of(_path(data, name, year)).get("made_of") != _made_of(data, stored.content) for name in TABLES)
    }


def _gone(data: Path) -> list[Path]:
    """Tables of years that are gone, and what a process that died left behind."""
    years = {str(year) for year in stored_years(data)}
    return [path for name in TABLES for path in (data / "derived" / name).glob("*.parquet") if path.stem not in years]


@contextmanager
def _caching(data: Path) -> Iterator[None]:
    """The only writer of ``data/derived``; readers rebuild the cache too, and wait for each other."""
    with writing(data / "derived"):
        (data / "derived").mkdir(parents=True, exist_ok=True)
        with one_writer(data / "derived", wait=True):
            yield


def _read(data: Path | str | None, name: str) -> pd.DataFrame:
    folder = Path(data) if data else default_data()
    refresh(folder)
    tables = [pq.read_table(_path(folder, name, year)) for year in stored_years(folder)]
    return to_pandas(pa.concat_tables(tables, promote_options="default") if tables else _empty(name))


def _empty(name: str) -> pa.Table:
    lines = arrow_schema()
    if name == "ai_programmes":
        return pa.schema([*lines, *((column, pa.string()) for column in VERDICT)]).empty_table()
    return pa.schema(
        [
            *(lines.field(c) for c in LINE_GROUPS),
            pa.field("kind", pa.string()),
            pa.field("lines", pa.int64()),
            *(lines.field(c) for c in MONEY),
        ]
    ).empty_table()


def _path(data: Path, name: str, year: int) -> Path:
    return data / "derived" / name / f"{year}.parquet"


def terms_path(data: Path) -> Path | None:
    """The rulings of *data*; a folder without its own uses the checkout's."""
    path = data / "rulings" / "ai_terms.csv"
    return path if path.exists() else None


def made_of(data: Path) -> tuple[str, ...]:
    """For every stored year a hash of what its cache is made of."""
    return tuple(_made_of(data, stored.content) for stored in stored_years(data).values())


def rules_of(data: Path) -> str:
    """A hash of the terms of *data* and of the code that applies them."""
    return _made_of(data, "")


def _made_of(data: Path, content: str) -> str:
    """A hash of the lines, the terms, and the code that applies them."""
    terms = terms_path(data) or default_data() / "rulings" / "ai_terms.csv"
    return hashlib.sha256(content.encode() + terms.read_bytes() + _classifier()).hexdigest()


@cache
def _classifier() -> bytes:
    code = {"budgets.rulings": ("classifier.py", "terms.py"), "budgets.lines": ("kinds.py",)}
    return b"".join(files(package).joinpath(name).read_bytes() for package, names in code.items() for name in names)
