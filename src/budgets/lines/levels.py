"""Provinces and their municipalities together, with nothing counted twice as far as names and columns allow.

Provincial money stands in the books of the province and again, handed on, in those of its municipalities; it is
counted at the province alone. Municipal money is counted at the municipalities. National money may stand in both, so
only its bounds are known.
"""

from dataclasses import dataclass, replace

import pandas as pd

from budgets.lines.basis import LineBasis
from budgets.lines.comparing import LineComparison, compare_lines, living
from budgets.lines.kinds import HANDED_ON
from budgets.lines.official import OfficialLines
from budgets.tables import Tables

ENDS = ["low", "value", "high"]


@dataclass(frozen=True, eq=False)
class Levels:
    """Two comparisons on one basis, and by province what `measures.local_money` and `measures.national_money` take.

    Each of ``provincial``, ``municipal``, ``national_province``, ``national_municipalities``: government (the province)
    · low · value · high in won; only provinces whose lines are whole (its own office and every municipality).
    ``passed_on``: government · provincial_krw (provincial money in the books of its municipalities, not counted twice).
    ``incomplete``: province → municipalities whose lines are there, and how many there are.
    """

    province: LineComparison
    municipalities: LineComparison
    provincial: pd.DataFrame
    municipal: pd.DataFrame
    national_province: pd.DataFrame
    national_municipalities: pd.DataFrame
    passed_on: pd.DataFrame
    incomplete: dict[str, tuple[int, int]]


def both_levels(tables: Tables, lines: OfficialLines, basis: LineBasis) -> Levels:
    """The adjusted budget of both levels on *basis* (its level, funding and governments are not asked), after
    조정교부금, 전출금, 내부거래 and 부담금 were dropped by their names."""
    dropped = tuple(dict.fromkeys((*basis.exclusions, *HANDED_ON)))
    upper = replace(basis, phase="adjusted", funding="all", governments="all", exclusions=dropped, level="province")
    province, below = (compare_lines(tables, lines, replace(upper, level=level)) for level in ("province", "municipality"))
    day = province.basis.snapshot
    provinces = living(tables, day, "province") if day else []
    belongs = _provinces(tables, living(tables, day, "municipality") if day else [], below)
    there = {p: [g for g in below.present if belongs.get(g) == p] for p in provinces}
    all_of = {p: [g for g, owner in belongs.items() if owner == p] for p in provinces}
    whole = [p for p in provinces if p in province.present and len(there[p]) == len(all_of[p])]
    incomplete = {p: (len(there[p]), len(all_of[p])) for p in provinces if p not in whole}
    own = province.governments.set_index("government")
    sums = below.governments.assign(province=below.governments["government"].map(belongs)).groupby("province")
    down = sums[["provincial_krw", "municipal_krw", "national_krw"]].sum().reindex(provinces).fillna(0)
    return Levels(
        province,
        below,
        _ends(own["provincial_krw"], whole),
        _ends(down["municipal_krw"], whole),
        _ends(own["national_krw"], whole),
        _ends(down["national_krw"], whole),
        pd.DataFrame({"government": whole, "provincial_krw": [int(down["provincial_krw"][p]) for p in whole]}),
        incomplete,
    )


def _provinces(tables: Tables, governments: list[str], below: LineComparison) -> dict[str, str]:
    """Municipality → its province on the date of the snapshot."""
    if below.basis.snapshot is None:
        return {}
    when = pd.Timestamp(below.basis.snapshot)
    g = tables.governments
    alive = g.loc[~(g["valid_from"] > when).fillna(False) & ~(g["valid_to"] < when).fillna(False)]
    known = dict(zip(alive["government"], alive["province"], strict=True))
    told = below.governments.loc[below.governments["state"] != "no_lines"]  # as the lines say it on their date
    known |= dict(zip(told["government"], told["province"], strict=True))
    return {government: str(known[government]) for government in governments}


def _ends(amounts: "pd.Series[int]", provinces: list[str]) -> pd.DataFrame:
    values = [int(amounts[p]) for p in provinces]
    table = pd.DataFrame({"government": provinces, **dict.fromkeys(ENDS, values)})
    return table.astype(dict.fromkeys(ENDS, "Int64"))
