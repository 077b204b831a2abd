"""What the contract prints: the check of a table, the data package, and the description of its columns.

Text is parsed first (a wrong cell becomes a fault with its place), then validated without coercing: coercion
would hide every fault behind the first, and pandera's own messages escape Hangul.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import pandera.pandas as pa

from budgets.characters import refusal
from budgets.errors import ContractError, Fault
from budgets.rows import each
from budgets.schema import CLEAN, LARGE, TableModel

PLACE = ["_file", "_line"]
"""Columns that carry each row's place through parsing; dropped before anything is written."""
FRICTIONLESS = {"Int64": "integer", "Float64": "number", "boolean": "boolean", "datetime": "date"}
ISO_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
"""A day, in a year that money or a government can have."""
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
DTYPES = {"Int64": "Int64", "Float64": "Float64", "boolean": "boolean", "datetime": "datetime64[us]"}


def typed(raw: pd.DataFrame, model: type[TableModel]) -> tuple[pd.DataFrame, list[Fault]]:
    """Parse a table of text into the contract's types.

    *raw* holds text (empty = ``""``) with the columns ``_file`` and ``_line``. Returns the typed table (places
    kept) and one fault per cell that cannot be read.
    """
    faults: list[Fault] = []
    out = {}
    for name, column in model.to_schema().columns.items():
        kind = _kind(column)
        read, rule = _reader(kind)
        values = []
        for text, file, line in zip(raw[name], raw["_file"], raw["_line"], strict=True):
            value = None
            if text != "":
                try:
                    value = read(text)
                except (ValueError, InvalidOperation, OverflowError):
                    faults.append(Fault(file, line, name, text, rule))
                else:
                    if kind == "text" and (unwanted := refusal(text)):
                        faults.append(Fault(file, line, name, text, *unwanted))
            values.append(value)
        out[name] = pd.Series(values, index=raw.index, dtype=DTYPES.get(kind, "str"))
    for name in PLACE:
        out[name] = raw[name]
    return pd.DataFrame(out), faults


def violations(table: pd.DataFrame, model: type[TableModel]) -> list[Fault]:
    """Every violation of the contract in a typed table, with its place if the table carries one."""
    plain = table.drop(columns=PLACE, errors="ignore").reset_index(drop=True)
    try:
        model.validate(plain, lazy=True)
    except pa.errors.SchemaErrors as error:
        return _faults(error, table, model)
    return []


def check(table: pd.DataFrame, model: type[TableModel]) -> pd.DataFrame:
    """The table, if it keeps the contract; else `ContractError` with all faults."""
    if faults := violations(table, model):
        raise ContractError(faults)
    return table


def columns(model: type[TableModel]) -> pd.DataFrame:
    """The table's columns as a table: column, type, unit, codes, ko, en. Feeds the workbook and the docs."""
    rows = []
    for name, column in model.to_schema().columns.items():
        ko, _, en = (column.description or "").partition(" | ")
        rows.append(
            {
                "column": name,
                "type": FRICTIONLESS.get(_kind(column), "string"),
                "unit": (column.metadata or {}).get("unit") or "",
                "required": not column.nullable,
                "codes": " · ".join(_codes(column)),
                "ko": ko,
                "en": en,
            }
        )
    return pd.DataFrame(rows)


def grain(model: type[TableModel]) -> tuple[str, str]:
    """The table's grain in one sentence, Korean and English."""
    first = inspect.cleandoc(model.__doc__ or "").splitlines()[0]
    ko, _, en = first.partition(" | ")
    return ko, en


def data_package(hashes: Mapping[str, str]) -> str:
    """``datapackage.json`` (Frictionless, with Fiscal Data Package column types), as text.

    *hashes* maps each table to the SHA-256 of its CSV bytes. No run time anywhere: the same tables give the same text.
    """
    package = {
        # The published fiscal profile is of an older generation and cannot be met; column types carry the fiscal meaning.
        "profile": "tabular-data-package",
        "name": "korean-regional-ai-budgets",
        "title": "AI budgets and AI targets of Korean regional governments, as published",
        "countryCode": "KR",
        "resources": [_resource(name, model, hashes[name]) for name, model in CLEAN.items()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def dictionary() -> str:
    """``docs/data-dictionary.md``, as text."""
    parts = ["# Data dictionary\n\nPrinted from the contract in `src/budgets/schema`; do not edit by hand.\n"]
    for name, model in (CLEAN | LARGE).items():
        ko, en = grain(model)
        parts.append(f"\n## {name}\n\n{en} ({ko})\n\n| column | type | unit | 한국어 | English |\n|---|---|---|---|---|\n")
        for row in each(columns(model)):
            codes = f" — {row['codes']}" if row["codes"] else ""
            parts.append(f"| `{row['column']}` | {row['type']} | {row['unit']} | {row['ko']} | {row['en']}{codes} |\n")
    return "".join(parts)


def _resource(name: str, model: type[TableModel], digest: str) -> dict[str, object]:
    fields = []
    key = []
    for column_name, column in model.to_schema().columns.items():
        metadata = column.metadata or {}
        constraints: dict[str, object] = {"required": not column.nullable}
        if codes := _codes(column):
            constraints["enum"] = codes
        if column.unique:
            constraints["unique"] = True
            key.append(column_name)
        entry = {
            "name": column_name,
            "type": FRICTIONLESS.get(_kind(column), "string"),
            "description": column.description,
            "constraints": constraints,
        }
        if metadata.get("unit"):
            entry["unit"] = metadata["unit"]
        if metadata.get("fdp"):
            entry["columnType"] = metadata["fdp"]
        fields.append(entry)
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if key:
        schema["primaryKey"] = key[:1]
    return {
        "name": name,
        "profile": "tabular-data-resource",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": " | ".join(grain(model)),
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


def _codes(column: pa.Column) -> list[str]:
    for one in column.checks:
        if "allowed_values" in one.statistics:
            return list(one.statistics["allowed_values"])
    return []


def _kind(column: pa.Column) -> str:
    """text · Int64 · Float64 · boolean · datetime: how a column's cells are read."""
    name = str(column.dtype)
    return "datetime" if name.startswith("datetime64") else name if name in FRICTIONLESS else "text"


def _reader(kind: str) -> tuple[Callable[[str], object], str]:
    return READERS.get(kind, (str, ""))


def _iso_day(text: str) -> pd.Timestamp:
    if not ISO_DAY.fullmatch(text):  # Python would also take 2026-W01-1
        raise ValueError(text)
    return pd.Timestamp(date.fromisoformat(text))


def _integer(text: str) -> int:
    value = int(text)
    if str(value) != text or not -(2**63) < value < 2**63:
        raise ValueError(text)
    return value


def _number(text: str) -> float:
    if not NUMBER.fullmatch(text) or abs(value := Decimal(text)) >= 2**63:
        raise ValueError(text)
    return float(value)


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "datetime": (_iso_day, "contract.date"),
    "Int64": (_integer, "contract.integer"),
    "Float64": (_number, "contract.number"),
    "boolean": (_boolean, "contract.boolean"),
}


def _faults(error: pa.errors.SchemaErrors, table: pd.DataFrame, model: type[TableModel]) -> list[Fault]:
    plain = table.reset_index(drop=True)
    places = plain[PLACE] if set(PLACE) <= set(table.columns) else None
    specs = model.to_schema().columns
    found: dict[tuple[object, ...], Fault] = {}
    for case in error.failure_cases.itertuples():
        row = None if pd.isna(case.index) else int(str(case.index))
        file = model.__name__ if places is None or row is None else str(places.at[row, "_file"])
        line = None if row is None else (row + 2 if places is None else int(str(places.at[row, "_line"])))
        column = None if case.schema_context != "Column" or case.column not in specs else str(case.column)
        value = None if column is None or pd.isna(case.failure_case) else _said(case.failure_case)
        key, fields = _rule(str(case.check), specs[column] if column else None, str(case.failure_case))
        if column is None and row is not None:  # a rule over several columns: show those it names
            named = [name for name in specs if re.search(rf"\b{name}\b", str(case.check))]
            column = ", ".join(named) or None
            value = ", ".join(_said(plain.at[row, name]) for name in named) or None
        # A failing check over whole rows is reported once a row, not once a cell.
        found.setdefault((file, line, column, str(case.check)), Fault(file, line, column, value, key, fields))
    return sorted(found.values(), key=lambda f: (f.file, f.line or 0, f.column or ""))


def _rule(check_name: str, column: pa.Column | None, case: str) -> tuple[str, dict[str, object]]:
    if check_name == "not_nullable":
        return "contract.empty", {}
    if check_name.startswith("isin") and column is not None:
        return "contract.code", {"codes": ", ".join(_codes(column))}
    if check_name == "field_uniqueness":
        return "contract.unique", {}
    if check_name.startswith("str_matches") and "https?" in check_name:
        return "contract.address", {}
    if check_name.startswith("str_matches"):
        return "contract.form", {"form": check_name.removeprefix("str_matches('").removesuffix("')")}
    if check_name in ("column_in_dataframe", "column_in_schema"):
        return f"contract.{check_name}", {"column": case}
    bound = re.fullmatch(r"(greater|less)_than_or_equal_to\((.+)\)", check_name)
    return "contract.rule", {"rule": f"{'≥' if bound[1] == 'greater' else '≤'} {bound[2]}" if bound else check_name}


def _said(value: Any) -> str:
    """A value as a person would have written it in a file."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def merged(faults: Iterable[Fault]) -> list[Fault]:
    """Faults in the order of files and lines, each once."""
    return sorted(dict.fromkeys(faults), key=lambda f: (f.file, f.line or 0, f.column or "", f.key))
