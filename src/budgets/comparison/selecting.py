"""Which figures stand on a basis, and the first reason of the others. A basis only selects."""

from typing import Any

import numpy as np
import pandas as pd

from budgets.basis import BudgetBasis, TargetBasis, several
from budgets.comparison.comparison import Comparison
from budgets.comparison.differing import RULINGS, Mask, columns, differing, kind_of
from budgets.errors import BasisError, unknown_name
from budgets.rows import each
from budgets.tables import Tables


def compare_budgets(tables: Tables, basis: BudgetBasis) -> Comparison:
    """The published amounts that stand on *basis*, and all others with their reasons.

    Raises `BasisError` for another kind of basis and for a government that is not in the tables.
    """
    _refuse_other_basis(basis, BudgetBasis)
    return _compare(tables, basis)


def compare_targets(tables: Tables, basis: TargetBasis) -> Comparison:
    """The published values of an indicator that stand on *basis*, and all others with their reasons.

    Raises `BasisError` for another kind of basis and for a government or an indicator that is not in the tables.
    """
    _refuse_other_basis(basis, TargetBasis)
    known = tables.indicators["indicator"]
    for indicator in several(basis.indicator):
        if indicator not in set(known):
            raise unknown_name("indicator", indicator, known)
    return _compare(tables, basis)


def _refuse_other_basis(basis: object, wanted: type) -> None:
    if not isinstance(basis, wanted):
        verb = "compare_budgets" if wanted is BudgetBasis else "compare_targets"
        raise BasisError("basis.kind", verb=verb, wanted=wanted.__name__, given=type(basis).__name__)


def _compare(tables: Tables, basis: BudgetBasis | TargetBasis) -> Comparison:
    known = set(tables.governments["government"])
    for government in basis.governments:
        if government not in known:
            raise unknown_name("governments", government, known)
    figures = columns(tables, kind_of(basis)).figures
    masks, holders = differing(tables, basis)
    applies, names = np.column_stack(list(masks.values())), np.array(list(masks), dtype=object)
    aside: Mask = np.logical_or.reduce(applies, axis=1)
    code = pd.Series(np.where(aside, names[applies.argmax(axis=1)], None), dtype="str")
    others = _others(tables, figures, code, holders)
    judged = figures.assign(reason=_in_full(code, others), reason_code=code, **others, misses=applies.sum(axis=1))
    set_aside = judged.loc[aside].reset_index(drop=True)
    set_aside["differs"] = [tuple(names[row]) for row in applies[aside]]
    return Comparison(basis, figures.loc[~aside].reset_index(drop=True), set_aside, tables)


def _ruled(tables: Tables, ruling: str) -> dict[str, dict[str, Any]]:
    """Figure → its ruling of this kind."""
    some = tables.figure_rulings.loc[tables.figure_rulings["ruling"] == ruling]
    rows = each(some.drop_duplicates("figure_id"))
    return {row["figure_id"]: {str(name): value for name, value in row.items()} for row in rows}


def _others(tables: Tables, figures: pd.DataFrame, code: pd.Series, holders: list[str | None]) -> dict[str, Any]:
    """The other figure a reason speaks of, and the ruling's sentence."""
    said = {ruling.replace("_", " "): _ruled(tables, ruling) for ruling in RULINGS}
    other: list[str | None] = []
    why: list[str | None] = []
    for figure, reason, whole in zip(figures["figure_id"].tolist(), code.tolist(), holders, strict=True):
        ruling = said.get(reason, {}).get(figure, {})
        value = whole if reason == "part of" else ruling.get("other_figure_id")
        other.append(None if pd.isna(value) else str(value))
        why.append(ruling.get("reason"))
    return {"other_figure_id": other, "why": why}


def _in_full(code: pd.Series, others: dict[str, Any]) -> Any:
    full: list[str | None] = []
    for reason, other, why in zip(code.tolist(), others["other_figure_id"], others["why"], strict=True):
        if pd.isna(reason):
            full.append(None)
        elif reason == "not comparable":
            full.append(f"{reason}: {why}")
        else:
            full.append(f"{reason} {other}" if other else str(reason))
    return full
