"""Rows as plain mappings are those of pandas, to the type."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rows import each
from budgets.tables import Tables

TYPES = {
    "str": st.text(max_size=3) | st.none(),
    "Int64": st.integers(-(2**62), 2**62) | st.none(),
    "Float64": st.floats(allow_nan=False) | st.none(),
    "boolean": st.booleans() | st.none(),
    "datetime64[us]": st.datetimes(min_value=pd.Timestamp("1900-01-01"), max_value=pd.Timestamp("2199-12-31")) | st.none(),
    "int64": st.integers(-(2**62), 2**62),
    "float64": st.floats(),
    "object": st.none() | st.text(max_size=2) | st.lists(st.integers(), max_size=2),
}


def same(table: pd.DataFrame) -> None:
    ours, theirs = each(table), table.to_dict("records")
    assert repr(ours) == repr(theirs)
    assert [[type(value) for value in row.values()] for row in ours] == [[type(value) for value in row.values()] for row in theirs]


@given(st.data(), st.integers(0, 4))
def test_any_table(data: st.DataObject, count: int) -> None:
    same(pd.DataFrame({kind: pd.Series(data.draw(st.lists(values, min_size=count, max_size=count)), dtype=kind) for kind, values in TYPES.items()}))


@pytest.mark.parametrize("name", ["budgets", "targets", "milestones", "denominators", "governments", "sources", "programme_rulings"])
def test_the_real_tables(tables: Tables, name: str) -> None:
    same(getattr(tables, name))
    same(getattr(tables, name).iloc[0:0])
