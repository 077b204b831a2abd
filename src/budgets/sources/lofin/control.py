"""What decides whether an export is accepted, beyond the cells: sums that must agree, codes that stand once, the unit."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from budgets.contract_arrow import single
from budgets.errors import Fault
from budgets.sources.lofin.fields import MONEY
from budgets.sources.lofin.raw import Raw

UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
SUMMARY_NAME = r"^\s*\S+계\s*$"
WHOLE_THOUSANDS = 0.5
"""Budgets are made in thousands of won: in won, well over half of all amounts end in 000 (0.95 of 138,284 lines, 0.89
in the least of 80 governments), in thousands or millions far fewer. Below this share the unit cannot be won."""
ENOUGH = 200


def summary_rows(table: pa.Table) -> pa.Array | None:
    """Which rows are sums over a region or the nation; None if none is."""
    masks = []
    for field, pattern in (("laf_cd", r"\*"), ("laf_hg_nm", SUMMARY_NAME)):
        if field in table.column_names:
            values = single(table[field])
            if not pa.types.is_dictionary(values.type):
                values = values.dictionary_encode()
            some = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(values.dictionary, pattern), False))
            if len(some):
                masks.append(pc.fill_null(pc.is_in(values.indices, value_set=some.cast(values.indices.type)), False))
    if not masks:
        return None
    return masks[0] if len(masks) == 1 else pc.or_(*masks)


def funding_faults(raw: Raw, lines: pa.Table, row_of: Callable[[int], int]) -> Iterator[Fault]:
    parts = pc.add(pc.add(lines["national_krw"], lines["provincial_krw"]), pc.add(lines["municipal_krw"], lines["other_krw"]))
    for row in pc.indices_nonzero(pc.not_equal(parts, lines["adjusted_krw"])).to_pylist():
        yield raw.fault(
            row_of(row),
            "bdg_cash_amt",
            lines["adjusted_krw"][row].as_py(),
            "lofin.funding",
            {"sum": f"{parts[row].as_py():,}"},
        )


def text_faults(raw: Raw, lines: pa.Table, row_of: Callable[[int], int]) -> Iterator[Fault]:
    """Names with control characters, or with marks that turn the direction of what follows."""
    for row in pc.indices_nonzero(pc.match_substring_regex(lines["programme_name"], UNSEEN)).to_pylist():
        name = lines["programme_name"][row].as_py()
        code = next(f"U+{ord(char):04X}" for char in name if re.match(UNSEEN, char))
        yield raw.fault(row_of(row), "dbiz_nm", name, "contract.unseen", {"code": code})


def repeat_faults(raw: Raw, lines: pa.Table, row_of: Callable[[int], int]) -> Iterator[Fault]:
    """Programme codes that stand twice in one government."""
    for row in repeats(lines):
        yield raw.fault(row_of(row), "dbiz_cd", lines["programme_code"][row].as_py(), "lofin.repeated")


def repeats(lines: pa.Table) -> list[int]:
    """Rows whose government and programme code stood before."""
    codes = single(lines["programme_code"])
    if _surely_distinct(codes):
        return []
    keyed = pa.table({"g": lines["government"].cast(pa.string()), "c": codes, "row": pa.array(range(len(codes)), pa.int64())}).filter(pc.is_valid(codes))
    first = keyed.group_by(["g", "c"]).aggregate([("row", "min")])["row_min"]
    return sorted(set(keyed["row"].to_pylist()) - set(first.to_pylist()))


def _surely_distinct(codes: pa.Array) -> bool:
    """True if no code (16 bytes each, as the contract has it) stands twice; False if one may.

    Codes are compared as numbers mixed from their halves, which is several times faster than comparing text.
    """
    plain = codes.drop_null()
    halves = np.frombuffer(plain.cast(pa.binary()).cast(pa.binary(16)).buffers()[1], "u8")[2 * plain.offset :][: 2 * len(plain)].reshape(-1, 2)
    return bool(pd.Index(halves[:, 0] * np.uint64(0x9E3779B97F4A7C15) + halves[:, 1]).is_unique)


def unit_faults(raw: Raw, lines: pa.Table) -> Iterator[Fault]:
    """Amounts that cannot be in won, by the share of them that end in 000."""
    amounts = lines["adjusted_krw"].filter(pc.not_equal(lines["adjusted_krw"], 0))
    if len(amounts) < ENOUGH:
        return
    whole = pc.equal(pc.subtract(amounts, pc.multiply(pc.divide(amounts, 1000), 1000)), 0)
    share = pc.mean(whole.cast(pa.int8())).as_py()
    if share < WHOLE_THOUSANDS:
        yield Fault(
            raw.name,
            None,
            raw.labels.get("bdg_cash_amt", "bdg_cash_amt"),
            None,
            "lofin.not_won",
            {"share": f"{share:.0%}"},
        )


def sum_faults(raw: Raw, sums: pa.Table, rows: list[int], table: pa.Table) -> Iterator[Fault]:
    """Every amount of every summary row against the sum of the rows it sums up."""
    regions = table["wa_laf_hg_nm"].cast(pa.string()) if "wa_laf_hg_nm" in table.column_names else None
    for row, summary in zip(rows, sums.to_pylist(), strict=True):
        region = "".join((summary["laf_hg_nm"] or "").split()).removesuffix("계")
        if region == "전국" or str(summary.get("laf_cd") or "").startswith("000000"):
            part = table
        elif regions is None:
            part = table.slice(0, 0)
        else:
            part = table.filter(pc.equal(regions, region))
        if not part.num_rows:
            yield raw.fault(row, "laf_hg_nm", summary["laf_hg_nm"], "lofin.sum_of_nothing")
            continue
        for field in MONEY:
            if summary.get(field) is not None and summary[field] != (total := pc.sum(part[field]).as_py()):
                yield raw.fault(row, field, summary[field], "lofin.sum", {"sum": f"{total:,}", "name": summary["laf_hg_nm"]})
