"""What is held equal in a comparison. A basis only selects; it never computes."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from typing import Any

from budgets import vocabulary as v
from budgets.errors import BasisError
from budgets.words import text

Several = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BudgetBasis:
    """The basis of a comparison of money: one value for each field.

    Several values of a field (a tuple) only on purpose: the result is then a table of a mixture, never one axis of bars.

    - ``fiscal_year``: the year, for amounts of one fiscal year (or part of one);
      ``envelope_years``: (first, last), for totals over several years. One of the two is needed.
    - ``funding="unknown"`` selects amounts whose text does not say whose money it is; the caption says that this is
      not the same as one funding.
    - ``snapshot``: the date, for amounts that grow to a date (paid, adjusted).

    Raises `BasisError`, naming the nearest code, for a value that does not exist.

    >>> BudgetBasis(fiscal_year=2026, phase="proposed").phase
    'proposed'
    >>> BudgetBasis(fiscal_year=2026, phase="propsed")
    Traceback (most recent call last):
    budgets.errors.BasisError: phase: ‘propsed’ is not known; did you mean ‘proposed’?
      allowed: announced, requested, applied_for, awarded, proposed, approved, supplementary, adjusted, cost_fixed, paid, settled, unknown
    """

    fiscal_year: int | tuple[int, ...] | None = None
    envelope_years: tuple[int, int] | None = None
    period_kind: str | Several = ""
    phase: str | Several = "approved"
    scope: str | Several = "ai_core"
    funding: str | Several = "unknown"
    coverage: str | Several = "government"
    level: str | Several = "province"
    snapshot: date | None = None
    governments: Several = v.FOUR

    def __post_init__(self) -> None:
        years = _span(self.envelope_years)
        if not self.period_kind:
            _set(self, "period_kind", "envelope" if years and self.fiscal_year is None else "fiscal_year")
        for name, codes in _BUDGET_CODES.items():
            _set(self, name, _codes(name, getattr(self, name), codes))
        _set(self, "envelope_years", years)
        _set(self, "fiscal_year", _years(self.fiscal_year))
        _set(self, "snapshot", _day("snapshot", self.snapshot))
        _set(self, "governments", _names(self.governments))
        kinds = several(self.period_kind)
        if {"fiscal_year", "part_year"} & set(kinds) and self.fiscal_year is None:
            raise BasisError("basis.no_year")
        if ("envelope" in kinds) != (years is not None):
            raise BasisError("basis.no_envelope_years")

    @property
    def mixed(self) -> Several:
        """The fields that hold several values."""
        return _mixed(self, (*_BUDGET_CODES, "fiscal_year"))

    def describe(self, language: str = "ko") -> str:
        """The basis in one line of words: ``2026년 · 예산안 · AI 핵심 · 재원 미상 · 정부 전체 · 광역``."""
        parts = [_period_words(self.fiscal_year, self.envelope_years, language)]
        parts += [_labels(name, getattr(self, name), language) for name in ("phase", "scope", "funding", "coverage", "level")]
        if self.snapshot:
            parts.append(text("basis.snapshot", language, day=_day_words(self.snapshot, language)))
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class TargetBasis:
    """The basis of a comparison of targets or of achieved values: one value for each field.

    ``indicator`` and ``phase`` (target or actual); ``extent`` (flow, stock, increase, cumulative, per_year);
    ``fiscal_year`` for values of one year, ``envelope_years`` for values of a period of several years, or ``as_of``
    for a stock at a date (a year alone takes any date in it).
    """

    indicator: str | Several
    phase: str = "target"
    extent: str | Several = "flow"
    fiscal_year: int | tuple[int, ...] | None = None
    envelope_years: tuple[int, int] | None = None
    as_of: date | None = None
    scope: str | Several = v.SCOPES
    coverage: str | Several = "programme"
    level: str | Several = "province"
    governments: Several = v.FOUR

    def __post_init__(self) -> None:
        for name, codes in _TARGET_CODES.items():
            _set(self, name, _codes(name, getattr(self, name), codes))
        _set(self, "indicator", _one_or_several(several(self.indicator)))
        _set(self, "fiscal_year", _years(self.fiscal_year))
        _set(self, "envelope_years", _span(self.envelope_years))
        _set(self, "as_of", _day("as_of", self.as_of))
        _set(self, "governments", _names(self.governments))
        if self.fiscal_year is None and self.as_of is None and self.envelope_years is None:
            raise BasisError("basis.no_year")

    @property
    def mixed(self) -> Several:
        """The fields that hold several values (scope is no field of likeness for indicators)."""
        return _mixed(self, ("indicator", "extent", "coverage", "level", "fiscal_year"))

    def describe(self, language: str = "ko") -> str:
        """The basis in one line of words."""
        when = text("basis.as_of", language, day=_day_words(self.as_of, language)) if self.as_of else _period_words(self.fiscal_year, self.envelope_years, language)
        parts = [when, *(_labels(name, getattr(self, name), language) for name in ("phase", "extent", "coverage", "level"))]
        return " · ".join(part for part in parts if part)


_BUDGET_CODES = {
    "period_kind": v.PERIOD_KINDS,
    "phase": v.PHASES,
    "scope": v.SCOPES,
    "funding": v.FUNDINGS,
    "coverage": v.COVERAGES,
    "level": v.LEVELS,
}
_TARGET_CODES = {"phase": v.TARGET_PHASES, "extent": v.EXTENTS, "scope": v.SCOPES, "coverage": v.COVERAGES, "level": v.LEVELS}


def several(value: Any) -> tuple[Any, ...]:
    """A field's values as a tuple, whether it holds one or several.

    >>> several("approved"), several(("approved", "proposed"))
    (('approved',), ('approved', 'proposed'))
    """
    if isinstance(value, (str, int, date)) or value is None:
        return (value,)
    return tuple(value)


def unknown_name(field: str, given: object, known: Iterable[str]) -> BasisError:
    """The error for a name that does not exist, with the nearest one that does."""
    allowed = list(known)
    near = get_close_matches(str(given), allowed, n=1)
    if near:
        return BasisError("basis.unknown_near", field=field, given=given, near=near[0], allowed=_some(allowed))
    return BasisError("basis.unknown", field=field, given=given, allowed=_some(allowed))


def _some(names: list[str], most: int = 24) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def _set(basis: object, name: str, value: object) -> None:
    object.__setattr__(basis, name, value)  # the dataclass is frozen for everyone else


def _one_or_several(values: tuple[str, ...]) -> str | Several:
    return values[0] if len(values) == 1 else values


def _codes(field: str, given: str | Iterable[str], codes: Several) -> str | Several:
    values = several(given)
    for value in values:
        if value not in codes:
            raise unknown_name(field, value, codes)
    if not values:
        raise BasisError("basis.empty", field=field)
    return _one_or_several(tuple(dict.fromkeys(values)))


def _years(given: int | Iterable[int] | None) -> int | tuple[int, ...] | None:
    if given is None:
        return None
    years = several(given)
    for year in years:
        if isinstance(year, bool) or not isinstance(year, int) or not 1900 <= year <= 2100:
            raise BasisError("basis.year", given=year)
    return years[0] if len(years) == 1 else tuple(sorted(set(years)))


def _span(given: Iterable[int] | None) -> tuple[int, int] | None:
    if given is None:
        return None
    years = tuple(given) if not isinstance(given, (int, str)) else ()
    if len(years) != 2 or _years(years) is None or years[0] > years[1]:
        raise BasisError("basis.span", given=given)
    return int(years[0]), int(years[1])


def _day(field: str, given: date | str | None) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise BasisError("basis.day", field=field, given=given) from None


def _names(given: str | Iterable[str]) -> Several:
    names = tuple(dict.fromkeys(several(given)))
    if not names:
        raise BasisError("basis.empty", field="governments")
    return names


def _mixed(basis: object, names: Iterable[str]) -> Several:
    present = {f.name for f in fields(basis)}  # type: ignore[arg-type]
    return tuple(name for name in names if name in present and isinstance(getattr(basis, name), tuple))


def _labels(vocabulary: str, value: str | Several, language: str) -> str:
    names = {"phase": "target_phase"} if value in v.TARGET_PHASES else {}
    return "+".join(v.label(names.get(vocabulary, vocabulary), code, language) for code in several(value))


def _period_words(year: int | tuple[int, ...] | None, span: tuple[int, int] | None, language: str) -> str:
    words = []
    if year is not None:
        words.append(text("basis.years", language, years=", ".join(str(y) for y in several(year))))
    if span is not None:
        words.append(text("basis.envelope", language, first=span[0], last=span[1]))
    return " + ".join(words)


def _day_words(day: date, language: str) -> str:
    return f"{day.year}. {day.month}. {day.day}." if language == "ko" else day.isoformat()
