"""The rows of a table as plain mappings, as every room reads them that reads them one by one."""

from typing import Any

import pandas as pd


def each(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, column → value: what ``to_dict("records")`` gives, in a quarter of the time.

    Values are asked for a column at a time; pandas asks Arrow for every text by itself.

    >>> each(pd.DataFrame({"name": ["가", None], "n": pd.array([1, None], dtype="Int64")}))
    [{'name': '가', 'n': 1}, {'name': nan, 'n': None}]
    """
    names = table.columns.tolist()  # asked once: an index asks Arrow for every name, too
    values = [values_of(column) for _, column in table.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def values_of(column: "pd.Series[Any]") -> list[Any]:
    """The values of a column as plain Python ones: None or NaN where there is none, as pandas has it."""
    if isinstance(column.dtype, pd.StringDtype):
        return list(column.to_numpy(dtype=object))
    if getattr(column.dtype, "na_value", None) is pd.NA:
        return list(column.to_numpy(dtype=object, na_value=None))  # type: ignore[call-overload]
    return column.tolist()
