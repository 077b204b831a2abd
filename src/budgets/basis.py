"""What is held equal in a comparison. A basis only selects; it never computes."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from numbers import Integral
from typing import Any

from budgets import vocabulary as v
from budgets.errors import BasisError, unknown_name
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
        if self.period_kind in ("", None):
            _set(self, "period_kind", "envelope" if years and self.fiscal_year is None else "fiscal_year")
        for name, codes in _BUDGET_CODES.items():
            _set(self, name, _codes(name, getattr(self, name), codes))
        _set(self, "envelope_years", years)
        _set(self, "fiscal_year", _years(self.fiscal_year))
        _set(self, "snapshot", _day("snapshot", self.snapshot))
        _set(self, "governments", _names("governments", self.governments))
        kinds = several(self.period_kind)
        if {"fiscal_year", "part_year"} & set(kinds) and self.fiscal_year is None:
            raise BasisError("basis.no_year")
        if "envelope" in kinds and years is None:
            raise BasisError("basis.no_envelope_years")
        if "envelope" not in kinds and years is not None:
            raise BasisError("basis.year_and_envelope", kind="+".join(kinds))

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
        if not isinstance(self.phase, str):
            raise BasisError("basis.target_and_actual")
        _set(self, "indicator", _one_or_several(_names("indicator", self.indicator)))
        _set(self, "fiscal_year", _years(self.fiscal_year))
        _set(self, "envelope_years", _span(self.envelope_years))
        _set(self, "as_of", _day("as_of", self.as_of))
        _set(self, "governments", _names("governments", self.governments))
        if self.fiscal_year is None and self.as_of is None and self.envelope_years is None:
            raise BasisError("basis.no_year")

    @property
    def mixed(self) -> Several:
        """The fields that hold several values (scope is no field of likeness for indicators)."""
        return _mixed(self, ("indicator", "extent", "coverage", "level", "fiscal_year"))

    def describe(self, language: str = "ko") -> str:
        """The basis in one line of words."""
        when = (
            text("basis.as_of", language, day=_day_words(self.as_of, language))
            if self.as_of
            else _period_words(self.fiscal_year, self.envelope_years, language)
        )
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
    if isinstance(value, str) or not isinstance(value, Iterable):
        return (value,)
    return tuple(value)


def _set(basis: object, name: str, value: object) -> None:
    object.__setattr__(basis, name, value)  # the dataclass is frozen for everyone else


def _one_or_several(values: tuple[str, ...]) -> str | Several:
    return values[0] if len(values) == 1 else values


def _codes(field: str, given: str | Iterable[str], codes: Several) -> str | Several:
    values = _names(field, given)
    for value in values:
        if value not in codes:
            raise unknown_name(field, value, codes)
    return _one_or_several(values)


def _years(given: int | Iterable[int] | None) -> int | tuple[int, ...] | None:
    if given is None:
        return None
    years = several(given)
    if not years:
        raise BasisError("basis.empty", field="fiscal_year")
    for year in years:
        if not _is_year(year):
            raise BasisError("basis.year", given=repr(year))
    whole = tuple(sorted({int(year) for year in years}))
    return whole[0] if len(whole) == 1 else whole


def _is_year(given: object) -> bool:
    """A whole number, of whatever library, and no truth value."""
    return isinstance(given, Integral) and not isinstance(given, bool) and 1900 <= int(given) <= 2100


def _span(given: Iterable[int] | None) -> tuple[int, int] | None:
    """The first and the last of several years: an amount of one year is no envelope."""
    if given is None:
        return None
    years = several(given)
    if len(years) != 2 or not all(map(_is_year, years)) or years[0] >= years[1]:
        raise BasisError("basis.span", given=repr(given))
    return int(years[0]), int(years[1])


def _day(field: str, given: date | str | None) -> date | None:
    try:
        if isinstance(given, str):
            return date.fromisoformat(given)
    except ValueError:
        raise BasisError("basis.day", field=field, given=given) from None
    if given is None:
        return None
    if isinstance(given, date) and given == given:  # pandas' day that is none differs from itself
        return given.date() if isinstance(given, datetime) else given
    raise BasisError("basis.day", field=field, given=given)


def _names(field: str, given: str | Iterable[str]) -> Several:
    """One or several names, each once, in the order given."""
    names = several(given)
    if not names:
        raise BasisError("basis.empty", field=field)
    for name in names:
        if not isinstance(name, str):
            raise BasisError("basis.name", field=field, given=repr(name))
    return tuple(dict.fromkeys(names))


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
