"""How values, days and periods are said to a reader: the same words in passports, charts and tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.amounts import format_amount
from budgets.words import catalogue, text

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def given(value: object) -> bool:
    """Is there a value at all (not None, NaN, NaT, NA or an empty text)?"""
    if isinstance(value, str):
        return value != ""
    return value is not None and not (pd.api.types.is_scalar(value) and bool(pd.isna(value)))  # type: ignore[call-overload]


def say_value(value: float, unit: str, language: str = "ko", *, counter: str = "") -> str:
    """A number in its unit; *counter* is the Korean counter of an indicator's unit (개, 명).

    Won that no source printed (a quotient, a price adjustment) are said to four significant digits.

    >>> say_value(59, "companies", counter="개"), say_value(0.2913, "percent"), say_value(41234.4, "KRW/resident")
    ('59개', '0.29%', '41,234원')
    """
    base, _, per = unit.partition("/")
    if base == "KRW" and per == "resident":
        return f"{value:,.0f}원" if language == "ko" else f"KRW {value:,.0f}"
    if base == "KRW":
        said = format_amount(_tidy(value), language)
        return f"{said}({v.label('money_unit', unit, language)})" if per else said
    number = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
    if unit == "percent":
        return f"{number}%"
    if language == "ko":
        return f"{number}{counter}"
    return f"{number} {unit}"


def _tidy(won: float) -> int:
    whole = round(won)
    if (won == whole and whole % 10_000 == 0) or abs(whole) < 10_000:
        return whole
    return int(round(whole, 4 - len(str(abs(whole)))))


def say_interval(low: object, high: object, unit: str, language: str = "ko", *, counter: str = "") -> str:
    """An interval in words; an empty end is open; both empty says nothing."""
    ends: dict[str, Any] = {"low": low, "high": high}
    said = {k: say_value(float(x), unit, language, counter=counter) for k, x in ends.items() if given(x)}
    if len(said) == 2:
        return said["low"] if said["low"] == said["high"] else text("passport.says.range", language, **said)
    if not said:
        return ""
    return text(f"passport.says.{'at_least' if 'low' in said else 'at_most'}", language, **said)


def say_reading(low: object, value: object, high: object, unit: str, language: str = "ko", *, counter: str = "") -> str:
    """How a print was read: the printed value with its interval, a range, or an open end."""
    interval = say_interval(low, high, unit, language, counter=counter)
    if not given(value):
        open_end = not (given(low) and given(high))
        return text(f"passport.says.{'open' if open_end else 'range_only'}", language, interval=interval) if interval else ""
    said = say_value(float(value), unit, language, counter=counter)  # type: ignore[arg-type]
    if low == value == high:
        return text("passport.says.exact", language, value=said)
    if interval == said:  # the ends lie closer together than these words tell; the steps give them to the won
        return said
    return text("passport.says.read", language, value=said, interval=interval)


def say_steps(row: Mapping[str, Any], ends: Sequence[object], language: str = "ko", *, counter: str = "") -> str:
    """From the print to the numbers of our tables, a line for each step; *ends*: low, printed, high in the row's unit.

    Amounts of money go on to the million won in which tables show them.
    """
    lines = [text("passport.step.printed", language, printed=row["as_printed"]), text(f"passport.step.{_rule(row['hedge'], *ends)}", language)]
    money = str(row["unit"]).startswith("KRW")
    unit = text("passport.step.won", language) if money else counter if language == "ko" else str(row["unit"])
    lines.append(text("passport.step.read", language, **_ends(ends, 1, language), unit=unit))
    if money:
        lines.append(text("passport.step.million", language, **_ends(ends, 1_000_000, language)))
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def _rule(hedge: object, low: Any, value: Any, high: Any) -> str:
    """By which rule the print was read, told from the interval it gave."""
    if not given(low) or not given(high):
        return "open"
    if not given(value):
        return "between"
    if low == value == high:
        return "exact"
    if low == value:
        return "over"
    if low == 0 and value == high:
        return "below"
    return {"none": "plain", "unknown": "lost", "cell": "cell"}.get(str(hedge), "near")


def _ends(ends: Sequence[object], scale: int, language: str) -> dict[str, str]:
    """low, printed and high as numbers in full; an end that is not there is said so."""
    names, nothing = ("low", "value", "high"), text("passport.step.no_end", language)
    said = (f"{float(end) / scale:,.2f}".rstrip("0").rstrip(".") if given(end) else nothing for end in ends)  # type: ignore[arg-type]
    return dict(zip(names, said, strict=True))


def say_short(low: object, value: object, high: object, unit: str, language: str = "ko", *, counter: str = "") -> str:
    """The value alone where there is one, else its interval: the label beside a mark."""
    if given(value):
        return say_value(float(value), unit, language, counter=counter)  # type: ignore[arg-type]
    return say_interval(low, high, unit, language, counter=counter)


def say_day(day: date, language: str = "ko", precision: str = "day") -> str:
    """A day to its precision: ``2025. 4. 10.`` · ``2024. 9.`` · ``2023년 초``.

    >>> say_day(date(2025, 4, 10)), say_day(date(2024, 9, 1), "en", "month")
    ('2025. 4. 10.', 'September 2024')
    """
    words = precision if f"precision.{precision}" in catalogue() else "day"
    return text(f"precision.{words}", language, y=day.year, m=day.month, d=day.day, month=MONTHS[day.month - 1])


def say_published(source: Mapping[str, Any], language: str = "ko") -> str:
    """When a source was published, to the precision known, and whether that was inferred."""
    if not given(source["published_on"]):
        return text("passport.says.no_date", language)
    day = say_day(source["published_on"], language, source["published_precision"])
    return text("passport.says.inferred", language, day=day) if source["published_basis"] == "inferred" else day


def say_period(row: Mapping[str, Any], language: str = "ko") -> str:
    """The period of an amount, or the period or date of an indicator's value.

    A whole year is named by its year, whole years by the first and the last, anything else by its days.
    """
    if given(row.get("as_of")):
        return text("passport.says.as_of", language, day=say_day(row["as_of"], language))
    first, last, kind = row["period_start"], row["period_end"], row["period_kind"]
    if not given(first) and not given(last):
        return v.label("period_kind", "unknown", language)
    if given(first) and given(last):
        said = _span(first, last, language)
    elif given(first):
        said = text("passport.says.since", language, first=say_day(first, language))
    else:
        said = text("passport.says.until", language, last=say_day(last, language))
    return text("passport.says.envelope", language, period=said) if kind == "envelope" else said


def _span(first: date, last: date, language: str) -> str:
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return text("passport.says.days", language, first=say_day(first, language), last=say_day(last, language))
    if first.year == last.year:
        return text("passport.says.year", language, year=first.year)
    return text("passport.says.years", language, first=first.year, last=last.year)


def say_event_date(row: Mapping[str, Any], language: str = "ko") -> str:
    """The date of an event to its precision; an event of several days by its first and last."""
    first, last, precision = row["date_start"], row["date_end"], row["precision"]
    if precision == "before" or not given(first):
        key = "before" if given(last) else "before_unknown"
        return text(f"passport.says.{key}", language, day=say_day(last, language) if given(last) else "")
    if precision == "day" and given(last) and last != first:
        return text("passport.says.days", language, first=say_day(first, language), last=say_day(last, language))
    return say_day(first, language, precision)


def say_reasons(codes: Iterable[str], language: str = "ko") -> str:
    """Why a figure is kept out of a comparison: all reasons in one line."""
    return " · ".join(text(f"reason.{code}", language) for code in codes)


def say_print(row: Mapping[str, Any], low: object, value: object, high: object, language: str = "ko", *, counter: str = "") -> str:
    """The label of one figure: in Korean as it was printed, in English its value with what the hedge word means."""
    if language == "ko":
        return str(row["as_printed"])
    said = say_short(low, value, high, row["unit"], language, counter=counter)
    if row["hedge"] == "none" or not given(value):
        return said
    return text(f"passport.says.{'over' if low == value else 'about'}", language, value=said)


def say_place(locator: str, language: str = "ko") -> str:
    """Where in its source a figure stands; a place that is no paragraph or line of a text is said as it is written.

    >>> say_place("paragraph 3, line 5"), say_place("excerpt", "en"), say_place("B12")
    ('문단 3, 줄 5', 'seen in an excerpt (place not known)', 'B12')
    """
    return ", ".join(_part_of_place(part, language) for part in locator.split(", "))


def _part_of_place(part: str, language: str) -> str:
    word, _, number = part.partition(" ")
    key = f"place.{word}"
    return text(key, language, n=number) if key in catalogue() and (number.isdigit() or not number) else part
