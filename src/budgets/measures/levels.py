"""Money of a province and of its municipalities together, never added blindly."""

import pandas as pd

from budgets.measures.measure import ENDS


def local_money(province: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Local money over both levels, an approximation: 시·도비 at the province plus 시·군·구비 at its municipalities.

    Both tables: government (the province) · low · value · high in won, *after* 조정교부금, 전출금, 내부거래 and 부담금
    were dropped. A province without one of the two levels is empty: half a total is not a total.
    """
    p, m = (t.set_index("government")[ENDS].astype("Float64") for t in (province, municipalities))
    return (p + m).reset_index()


def national_money(province: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """National money over both levels, an interval: the same won may stand in both books.

    From the larger level to both together; ``value`` is empty, and so is a province without one of the two levels.
    """
    p, m = (t.set_index("government")[ENDS].astype("Float64") for t in (province, municipalities))
    p, m = p.align(m)
    low = p["low"].where((p["low"] >= m["low"]).fillna(False), m["low"]).where(p["low"].notna() & m["low"].notna())
    return pd.DataFrame({"low": low, "value": pd.array([None] * len(low), dtype="Float64"), "high": p["high"] + m["high"]}).reset_index()
