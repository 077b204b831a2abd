"""Ranks, where intervals allow one."""

import pandas as pd

from budgets.measures.measure import Measure, refuse_parts


def ranks(of: Measure | pd.DataFrame) -> pd.Series:
    """The rank of each row of low · high (1 = largest), empty where its interval touches another: 순위 확정 불가.

    Only rows with both ends take part; one row alone has no rank. Where something was published (``figures``) and an
    end is open, nothing is ranked. Raises `MeasureError` for a measure of programmes.
    """
    if isinstance(of, Measure):
        refuse_parts(of.comparison)
        of = of.rows
    closed = of["low"].notna() & of["high"].notna()
    complete = bool(closed[of["figures"] > 0].all()) if "figures" in of else True
    places = []
    for i, (_, one) in enumerate(of.iterrows()):
        others = of.loc[closed & (of.index != of.index[i])]
        apart = (others["low"] > one["high"]) | (others["high"] < one["low"])
        certain = complete and bool(closed.iloc[i]) and len(others) > 0 and bool(apart.all())
        places.append(int((others["low"] > one["high"]).sum()) + 1 if certain else None)
    return pd.Series(places, index=of.index, dtype="Int64", name="rank")
