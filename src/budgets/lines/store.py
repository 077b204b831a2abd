"""``data/clean/budget_lines/year=YYYY/part.parquet``: the lines of one snapshot a year, replaced whole or not at all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from budgets.checkout import default_data
from budgets.contract_arrow import arrow_type, to_pandas
from budgets.errors import DataError, UsageError
from budgets.schema import BudgetLines

COLUMNS = tuple(BudgetLines.to_schema().columns)
_META = b"budgets"
_PLAIN = (
    "programme_code",
    "programme_name",
    "adjusted_krw",
    "national_krw",
    "provincial_krw",
    "municipal_krw",
    "other_krw",
    "paid_krw",
    "compiled_krw",
)
"""Columns in which values hardly repeat: written as they are."""


@dataclass(frozen=True)
class Stored:
    """What is stored of one year. ``content`` is a hash of all that made it: the files, the governments, the contract."""

    year: int
    snapshot: date
    rows: int
    content: str
    governments: tuple[str, ...]


def lines_folder(data: Path) -> Path:
    return data / "clean" / "budget_lines"


def part_path(data: Path, year: int) -> Path:
    return lines_folder(data) / f"year={year}" / "part.parquet"


def write_part(table: pa.Table, path: Path, facts: Stored) -> None:
    """Write lines with their facts, as one Parquet file. The same table gives the same bytes."""
    meta = {
        "year": facts.year,
        "snapshot": facts.snapshot.isoformat(),
        "content": facts.content,
        "governments": facts.governments,
    }
    write_parquet(table, path, meta, plain=_PLAIN)


def write_parquet(table: pa.Table, path: Path, facts: Mapping[str, object], plain: Sequence[str] = ()) -> None:
    """Write *table* with *facts* in its footer; text dictionaries are stored, not announced (readers see text).

    Compressed for speed, not for size: a national year takes 25 MB, and a third less time than with zstd.
    """
    repeated = [name for name in table.column_names if name not in plain]
    with pq.ParquetWriter(
        path,
        table.schema,
        compression="snappy",
        use_dictionary=repeated,
        write_statistics=["government"],
        store_schema=False,
    ) as file:
        file.write_table(table)
        file.add_key_value_metadata({_META: json.dumps(dict(facts), ensure_ascii=False, sort_keys=True).encode()})


def facts_of(path: Path) -> dict[str, object]:
    """The facts in a Parquet footer; empty if there is no such file, or not one of ours."""
    try:
        meta = pq.read_metadata(path)
        facts = json.loads((meta.metadata or {}).get(_META, b"{}"))
    except (OSError, pa.ArrowInvalid, ValueError):
        return {}
    return {**facts, "rows": meta.num_rows} if facts else {}


def stored_years(data: Path | str | None = None) -> dict[int, Stored]:
    """What is stored, by year; empty if nothing is. Reads footers only."""
    found = {}
    for path in sorted(lines_folder(Path(data) if data else default_data()).glob("year=*/part.parquet")):
        facts = facts_of(path)
        if facts:
            year = int(str(facts["year"]))
            governments = facts["governments"]
            assert isinstance(governments, list)
            found[year] = Stored(
                year,
                date.fromisoformat(str(facts["snapshot"])),
                int(str(facts["rows"])),
                str(facts["content"]),
                tuple(governments),
            )
    return found


def read_lines(
    data: Path | str | None = None,
    *,
    years: Sequence[int] | None = None,
    governments: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Budget lines in the types of the contract: of *years* (default all), *governments* (all), *columns* (all).

    Raises `DataError` with how to get lines where there are none of the years asked for, `UsageError` for an unknown
    column. Years are never to be summed: 예산현액 holds what was carried over.
    """
    folder = Path(data) if data else default_data()
    if unknown := sorted(set(columns or ()) - set(COLUMNS)):
        raise UsageError("contract.column_in_schema", column=unknown[0])
    known = stored_years(folder)
    if not known:
        raise DataError("lofin.no_lines")
    wanted = sorted(known) if years is None else sorted(set(years))
    if lacking := [year for year in wanted if year not in known]:
        raise DataError("lofin.no_such_year", years=", ".join(map(str, lacking)), known=", ".join(map(str, sorted(known))))
    dataset = ds.dataset([str(part_path(folder, year)) for year in wanted], schema=arrow_schema(), format="parquet")
    chosen = None if governments is None else pc.field("government").isin(list(governments))
    return to_pandas(dataset.to_table(columns=list(columns or COLUMNS), filter=chosen))


def arrow_schema() -> pa.Schema:
    """The lines' columns and plain types."""
    return pa.schema([(name, arrow_type(column)) for name, column in BudgetLines.to_schema().columns.items()])


def move_in(beside: Path, path: Path) -> None:
    """Put a file written beside into its place, at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(path)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a `DataError` that names *path*."""
    try:
        yield
    except OSError as error:
        raise DataError("lofin.unwritable", path=path, why=error) from None
