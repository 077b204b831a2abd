"""The only writer of ``data/clean``: raw transcripts in, validated tables out, byte for byte the same every time.

What is judged here: nothing. Amounts are read (`budgets.amounts`), references between tables are checked, rows are
sorted. Rulings are checked for being about something that exists, and are not applied.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from budgets.amounts import Amount, read_figure
from budgets.checkout import default_data
from budgets.contract import PLACE, data_package, merged, typed, violations
from budgets.disk import replace_together, writing_data
from budgets.errors import AmountError, ContractError, DataError, Fault
from budgets.references import kind_faults, reference_faults
from budgets.rows import each, values_of
from budgets.rulings.judgement import check_rulings
from budgets.rulings.terms import term_faults
from budgets.schema import CLEAN, RULING, Budgets, Milestones, TableModel, Targets
from budgets.sources.cues import cue_faults
from budgets.sources.transcripts import read_figures, read_table
from budgets.tables import Tables

DENOMINATOR_FILES = ("population", "price_index", "budget_totals", "settlements", "functional_budgets")
SORTED_BY = {
    "governments": ["official_order", "valid_from"],
    "denominators": ["denominator", "government", "year", "field", "stage", "accounts", "netting", "source"],
}


def build(data: Path | str | None = None) -> dict[str, int]:
    """Rebuild ``data/clean`` from ``data/raw``; return the number of rows of each table.

    Raises `ContractError` with every fault of every file at once; then nothing is written.
    """
    folder = Path(data) if data else default_data()
    with writing_data(folder):
        files = clean_files(folder)
        _write(folder, files)
    return {name.removesuffix(".csv"): content.count(b"\n") - 1 for name, content in files.items() if name.endswith(".csv")}


def clean_files(data: Path) -> dict[str, bytes]:
    """What ``data/raw`` gives: every file of ``data/clean`` by name, in memory; the data package comes last."""
    tables, rulings, faults = read_raw(data)
    faults += _rulings_faults(tables, rulings) + cue_faults(data / "rulings" / "reader_cues.csv")
    if faults:
        raise ContractError(merged(faults))
    files = {f"{name}.csv": _csv_bytes(table, name) for name, table in tables.items()}
    hashes = {name.removesuffix(".csv"): hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files | {"datapackage.json": data_package(hashes).encode("utf-8")}


def load(data: Path | str | None = None) -> Tables:
    """The validated tables of *data* (default: the checkout's), with the rulings about them.

    A second call with unchanged files gives the tables at once, and never with what the caller did to the first ones.
    Raises `DataError` if ``data/clean`` was never built, or differs from what the build wrote.
    """
    folder = (Path(data) if data else default_data()).resolve()
    return _loaded(folder, _fingerprint(folder)).copy()


@lru_cache(maxsize=2)
def _loaded(folder: Path, fingerprint: str) -> Tables:
    tables = _read_clean(folder / "clean")
    rulings, faults = _read_rulings(folder / "rulings")
    faults += _rulings_faults(tables, rulings)
    if faults:
        raise ContractError(merged(faults))
    return Tables(**tables, programme_rulings=_plain(rulings["programmes"]), figure_rulings=_plain(rulings["figures"]))


def _fingerprint(folder: Path) -> str:
    """The hash of every file that `load` reads."""
    digest = hashlib.sha256()
    for path in sorted(path for part in ("clean", "rulings") for path in (folder / part).glob("[!.]*.*") if path.is_file()):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def read_raw(data: Path) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame], list[Fault]]:
    """Read, parse and check all of ``data/raw`` and ``data/rulings``: (tables, rulings, faults).

    Raises `ContractError` where a header is wrong or rows are ragged, with the faults found in the other files.
    """
    press, reference = data / "raw" / "press", data / "raw" / "reference"
    faults: list[Fault] = []
    shapeless: list[Fault] = []
    tables: dict[str, pd.DataFrame] = {}

    def take(name: str, raw: pd.DataFrame, derived: pd.DataFrame | None = None) -> None:
        tables[name], found = _checked(raw, CLEAN[name], derived)
        faults.extend(found)

    def read(path: Path, name: str) -> pd.DataFrame:
        # A file of the wrong shape counts as empty for now, so that the faults of the other files are found, too.
        columns = [c for c in CLEAN[name].to_schema().columns if c != "aliases"]
        try:
            return read_table(path, columns, shown_as=f"{path.parent.name}/{path.name}")
        except ContractError as error:
            shapeless.extend(error.faults)
            return pd.DataFrame(columns=[*columns, *PLACE], dtype="str")

    take("sources", read(press / "sources.csv", "sources"))
    take("governments", read(reference / "governments.csv", "governments"))
    take("indicators", read(reference / "indicators.csv", "indicators"))
    parts = [read(reference / f"{name}.csv", "denominators") for name in DENOMINATOR_FILES]
    from budgets.lines.exports import exported_denominators, without_repeats  # heavy, and only building needs it

    exported = exported_denominators(data)
    take("denominators", pd.concat([without_repeats(pd.concat(parts, ignore_index=True), exported), exported], ignore_index=True))

    figures, found = read_figures(press, set(tables["governments"]["government"].dropna()))
    shapeless += found
    faults += kind_faults(figures)
    programmes = read(press / "programmes.csv", "programmes")
    programmes["aliases"] = _aliases(programmes, figures)
    take("programmes", programmes)
    for name, kind in (("budgets", "budget"), ("targets", "target"), ("milestones", "milestone")):
        some = figures.loc[figures["kind"] == kind].reset_index(drop=True)
        if name == "milestones":
            tables[name], found = _checked(_columns_of(some.rename(columns={"date_precision": "precision"}), Milestones), Milestones)
            faults += [replace(f, column="date_precision") if f.column == "precision" else f for f in found]
            continue
        amounts, found = _read_amounts(some)
        faults += found
        model, ends = (Budgets, ["amount_low_krw", "amount_krw", "amount_high_krw"]) if kind == "budget" else (Targets, ["value_low", "value", "value_high"])
        numbers = pd.DataFrame({end: pd.array(values, dtype="Int64" if kind == "budget" else "Float64") for end, values in zip(ends, amounts, strict=True)})
        take(name, _columns_of(some.assign(**dict.fromkeys(ends, "")), model), numbers)
    if shapeless:  # what points to the rows of these files cannot be judged
        raise ContractError(merged([*shapeless, *faults]))
    faults += reference_faults(tables)
    rulings, found = _read_rulings(data / "rulings")
    return tables, rulings, faults + found + term_faults(data / "rulings" / "ai_terms.csv")


def _checked(raw: pd.DataFrame, model: type[TableModel], derived: pd.DataFrame | None = None) -> tuple[pd.DataFrame, list[Fault]]:
    """The typed table and all its faults; *derived* holds columns that are computed, not read."""
    table, found = _checked_once(model, _Cells(raw), None if derived is None else _Cells(derived))
    return table.copy(deep=False), list(found)


class _Cells:
    """A table that equals another with the same cells, so that what was checked of it need not be checked again.

    A command reads most of ``data/raw`` two or three times: as it is, with the rows that are to come, and as it becomes.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self.cells = (tuple(table.index), *((name, *values_of(column)) for name, column in table.items()))

    def __hash__(self) -> int:
        return hash(self.cells)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Cells) and self.cells == other.cells


@lru_cache(maxsize=32)
def _checked_once(model: type[TableModel], raw: _Cells, derived: _Cells | None) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    table, found = typed(raw.table, model)
    if derived is not None:
        table[derived.table.columns] = derived.table
    spoiled = {(f.file, f.line, f.column) for f in found}
    # A cell that could not be read is empty now; do not report it a second time as empty.
    return table, (*found, *(f for f in violations(table, model) if (f.file, f.line, f.column) not in spoiled))


def _read_rulings(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    rulings: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for name, model in RULING.items():
        raw = read_table(folder / f"{name}.csv", model.to_schema().columns, shown_as=f"rulings/{name}.csv")
        rulings[name], found = _checked(raw, model)
        faults += found
    return rulings, faults


def _rulings_faults(tables: dict[str, pd.DataFrame], rulings: dict[str, pd.DataFrame]) -> list[Fault]:
    figures = {f for name in ("budgets", "targets", "milestones") for f in tables[name]["figure_id"]}
    return check_rulings(rulings["figures"], rulings["programmes"], figures, set(tables["programmes"]["programme_id"]))


def _aliases(programmes: pd.DataFrame, figures: pd.DataFrame) -> pd.Series:
    printed = figures.groupby("programme_id")["programme_as_printed"].agg(lambda names: " | ".join(sorted(set(names))))
    return programmes["programme_id"].map(printed).fillna("")


def _columns_of(some: pd.DataFrame, model: type[TableModel]) -> pd.DataFrame:
    return some[[*model.to_schema().columns, *PLACE]]


def _read_amounts(figures: pd.DataFrame) -> tuple[list[list[Any]], list[Fault]]:
    """(lows, printed values, highs) of figures as text, and what could not be read."""
    faults, columns = [], ([], [], [])  # type: ignore[var-annotated]
    for row in each(figures):
        place = {"file": row["_file"], "line": row["_line"]}
        amount: Amount | None = None
        try:
            amount = read_figure(row["as_printed"], row["hedge"])
        except AmountError as error:
            faults.append(Fault(**place, column="as_printed", value=row["as_printed"], key=error.key, fields=error.fields))
        if row["hedge"] not in ("none", "unknown") and not all(word in row["as_printed"] for word in row["hedge"].split()):
            fields = {"hedge": row["hedge"], "as_printed": row["as_printed"]}
            faults.append(Fault(**place, column="hedge", value=row["hedge"], key="contract.hedge", fields=fields))
        money = amount is not None and amount.unit == "KRW"
        if amount is not None and money != (row["kind"] == "budget"):
            faults.append(Fault(**place, column="as_printed", value=row["as_printed"], key=f"contract.{'money' if money else 'no_money'}"))
            amount = None
        for column, value in zip(columns, (amount.low, amount.printed, amount.high) if amount else (None,) * 3, strict=True):
            column.append(float(value) if value is not None and row["kind"] == "target" else value)
    return list(columns), faults


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Without places, sorted by its first columns."""
    table = table.drop(columns=PLACE)
    return table.sort_values(list(table.columns[:2]), ignore_index=True)


def _csv_bytes(table: pd.DataFrame, name: str) -> bytes:
    table = table.drop(columns=PLACE).sort_values(SORTED_BY.get(name, list(table.columns[:1])), kind="stable", ignore_index=True)
    text = pd.DataFrame({column: _as_text(table[column]) for column in table.columns})
    return text.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _as_text(values: pd.Series) -> pd.Series:
    """One way to write each type; numbers without exponent or trailing ``.0``."""
    write: Callable[[Any], str] = str
    kind = str(values.dtype)
    if kind.startswith("datetime64"):
        write = lambda day: f"{day:%Y-%m-%d}"  # noqa: E731
    elif kind == "boolean":
        write = lambda flag: "true" if flag else "false"  # noqa: E731
    elif kind == "Float64":
        write = lambda number: str(int(number)) if number == int(number) else repr(float(number))  # noqa: E731
    return pd.Series(["" if pd.isna(value) else write(value) for value in values], dtype="str")


def _write(data: Path, files: dict[str, bytes]) -> None:
    """All files into ``clean``, together; the data package, which names the others' hashes, last."""
    try:
        (data / "clean").mkdir(parents=True, exist_ok=True)
        replace_together(data, {f"clean/{name}": content for name, content in files.items()})
    except OSError as error:
        raise DataError("clean.unwritable", path=data / "clean", why=error) from None


def _read_clean(folder: Path) -> dict[str, pd.DataFrame]:
    package = folder / "datapackage.json"
    if not package.is_file():
        raise DataError("clean.missing", path=folder)
    tables, hashes, faults = {}, {}, []
    for name, model in CLEAN.items():
        path = folder / f"{name}.csv"
        raw = read_table(path, model.to_schema().columns, shown_as=f"clean/{name}.csv")
        hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        table, found = typed(raw, model)
        faults += found
        tables[name] = table.drop(columns=PLACE)
    if data_package(hashes) != package.read_text(encoding="utf-8"):
        raise DataError("clean.stale", path=folder)
    if faults:
        raise ContractError(faults)
    return tables
