"""Whose line each row is: by code where the file has codes, else by region and name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from budgets.contract_arrow import TEXT, mapped, single
from budgets.errors import Fault
from budgets.sources.lofin.codebook import Codebook, Entry
from budgets.sources.lofin.raw import Raw


@dataclass(frozen=True)
class GovernmentsOf:
    """Government, lofin code, province and level of every row, as dictionaries."""

    government: pa.Array
    code: pa.Array
    province: pa.Array
    level: pa.Array


def governments_of(raw: Raw, table: pa.Table, row_of: Callable[[int], int], codebook: Codebook, day: date, faults: list[Fault]) -> GovernmentsOf:
    """The governments of *table*'s rows on *day*. Each distinct pair of code (or region) and name is looked up once.

    A code nobody has, a name nobody has in that region, and a name that is another government's than the code's are
    faults (added to *faults*, once each, at the first row where they stand).
    """
    coded = "laf_cd" in table.column_names
    firsts, names = (_encoded(table[field]) for field in ("laf_cd" if coded else "wa_laf_hg_nm", "laf_hg_nm"))
    width = len(names.dictionary) + 1
    keys = pc.add(
        pc.multiply(pc.fill_null(firsts.indices.cast(pa.int64()), len(firsts.dictionary)), width),
        pc.fill_null(names.indices.cast(pa.int64()), width - 1),
    ).dictionary_encode()
    found: list[Entry | None] = []
    for position, key in enumerate(keys.dictionary.to_pylist()):
        first, name = (_value(array, i) for array, i in zip((firsts, names), divmod(key, width), strict=True))
        entry, problem = (_by_code if coded else _by_name)(codebook, first, name, day)
        if problem:
            field, value, words, fields = problem
            row = pc.index(keys.indices, pa.scalar(position, keys.indices.type)).as_py()
            faults.append(raw.fault(row_of(row), field, value, words, fields))
        found.append(entry)

    def each(of: Callable[[Entry], str]) -> pa.Array:
        return mapped(keys, [of(entry) if entry else None for entry in found])

    return GovernmentsOf(each(lambda e: e.government), each(lambda e: e.code), each(lambda e: e.province), each(lambda e: e.level))


_Problem = tuple[str, str, str, dict[str, object]]


def _by_code(codebook: Codebook, code: str, name: str, day: date) -> tuple[Entry | None, _Problem | None]:
    entry = codebook.at(code.strip(), day) or codebook.former(code.strip(), name, day)
    if entry is None:
        return None, ("laf_cd", code, "lofin.unknown_code", {"name": name})
    owner = codebook.owner(name)
    if owner is not None and owner != entry.government:
        return None, ("laf_hg_nm", name, "lofin.other_government", {"code": code, "government": entry.name})
    return entry, None


def _by_name(codebook: Codebook, region: str, name: str, day: date) -> tuple[Entry | None, _Problem | None]:
    entry = codebook.named(region, name, day)
    return entry, None if entry else ("laf_hg_nm", name, "lofin.unknown_name", {"region": region})


def _encoded(values: pa.ChunkedArray) -> pa.Array:
    array = single(values)
    return array if pa.types.is_dictionary(array.type) else array.cast(pa.string()).dictionary_encode().cast(TEXT)


def _value(array: pa.Array, position: int) -> str:
    return array.dictionary[position].as_py() or "" if position < len(array.dictionary) else ""
