"""How numbers, shares and dates are written in pages, in Korean and in English."""

from datetime import date, datetime
from decimal import Decimal
from numbers import Integral
from typing import Any, cast

import pandas as pd

MINUS = {"ko": "△", "en": "\N{MINUS SIGN}"}
"""Korean budget papers mark a negative number with a triangle."""


def is_missing(value: object) -> bool:
    """None, NaN, NaT, NA, an empty text, or a number that is not finite.

    >>> is_missing(float("nan")), is_missing(0)
    (True, False)
    """
    if value is None or value == "":
        return True
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return True
    return bool(pd.api.types.is_scalar(value) and pd.isna(cast(Any, value)))


def write_number(value: object, language: str = "ko") -> str:
    """A number with thousands separators and at most two decimals; what is no number stays as it is.

    >>> write_number(-1234567), write_number(1234.5), write_number(-5, "en"), write_number("약 40억 원")
    ('△1,234,567', '1,234.5', '−5', '약 40억 원')
    """
    number = _decimal(value)
    if number is None:
        return str(value)
    whole = number == number.to_integral_value()
    return _signed(number, f"{abs(number):,.0f}" if whole else f"{abs(number):,.2f}".rstrip("0").rstrip("."), language)


def write_percent(value: object, language: str = "ko") -> str:
    """A ratio (1 = 100 %) as per cent with one decimal.

    >>> write_percent(1.3409), write_percent(-0.05)
    ('134.1%', '△5.0%')
    """
    number = _decimal(value)
    return str(value) if number is None else _signed(number, f"{abs(number) * 100:,.1f}%", language)


def write_date(value: object, language: str = "ko") -> str:
    """A day as Korean offices write it; an ISO text is read first, any other text stays as it is.

    >>> write_date("2026-11-21"), write_date(date(2026, 1, 5), "en"), write_date("2026년 초")
    ('2026. 11. 21.', '5 January 2026', '2026년 초')
    """
    day = _day(value)
    if day is None:
        return str(value)
    return f"{day.year}. {day.month}. {day.day}." if language == "ko" else f"{day.day} {day:%B} {day.year}"


def _decimal(value: object) -> Decimal | None:
    number = isinstance(value, Integral | float | Decimal) and not isinstance(value, bool)
    return Decimal(str(value)) if number else None


def _signed(number: Decimal, size: str, language: str) -> str:
    rounded_to_zero = not size.strip("0.%")
    return MINUS[language] + size if number < 0 and not rounded_to_zero else size


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
