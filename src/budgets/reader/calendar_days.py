"""Days of the calendar: the end of a month, the nearest day that a printed one can mean, the same day a year before."""

from calendar import monthrange
from datetime import date

from budgets.reader.timewords import MONTHS

_LAST_CENTURY_FROM = 70


def full_year(short: str) -> int:
    """The year of two figures.

    >>> full_year("25"), full_year("99")
    (2025, 1999)
    """
    return (2000 if int(short) < _LAST_CENTURY_FROM else 1900) + int(short)


def month_of(word: str, published: date) -> tuple[int, int]:
    """The (year, month) of 이달, 지난달, 다음 달."""
    months = published.year * 12 + published.month - 1 + MONTHS[word.replace("지난 달", "지난달").replace("다음 달", "다음달")]
    return months // 12, months % 12 + 1


def nearest(published: date | None, month: int | None, day: int, toward: str | None) -> tuple[int | None, int | None]:
    """The (year, month) of a date printed without its year (and month)."""
    if published is None:
        return None, None
    if month is None:
        months = published.year * 12 + published.month - 1
        if toward == "지난" and day > published.day:
            months -= 1
        elif toward == "오는" and day < published.day:
            months += 1
        return months // 12, months % 12 + 1
    year = published.year
    if toward == "지난" and (month, day or 32) > (published.month, published.day):
        year -= 1  # 지난 10월 in October is last year's
    elif toward == "오는" and month < published.month:
        year += 1
    elif toward is None and month - published.month > 6:
        year -= 1
    elif toward is None and published.month - month > 8:
        year += 1
    return year, month


def year_before(day: date | None) -> date | None:
    return day and (day_of(day.year - 1, day.month, day.day) or month_end(day.year - 1, day.month))


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
