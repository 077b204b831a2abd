"""Years, spans of years and days as titles, headings and cells write them. Only what is written is read."""

import re
import unicodedata

OLDEST = 1950
"""A year before it is a slip: a number in a cell formatted as a date shows a day of 1905."""
_BUDGET_WORD = r"본예산|예산|결산|추경|당초|최종|기정|지출|집행|요구"
_YEARS = re.compile(
    r"(?<![0-9])((?:19[5-9]|20[0-9])[0-9])(?![0-9])"
    r"|['’‘`´]([0-9]{2})(?![0-9])"
    rf"|(?<![0-9.,~\-])([1-3][0-9])년(?:도)?(?=\s*(?:$|{_BUDGET_WORD}))"
)
_DAY = re.compile(r"((?:19|20)?[0-9]{2})\s*[.\-/년]\s*([0-9]{1,2})\s*[.\-/월]\s*([0-9]{1,2})\s*[.일]?(?![0-9])")
_AS_OF = re.compile(_DAY.pattern + r"\s*\)?\s*(?:자\s*)?(?:기준|현재|까지|말)")
_ENDS = r"['’‘`´]?((?:19|20)?[0-9]{2})\s*(?:년도?)?(?:\s*\.\s*[0-9]{1,2}\s*\.?(?:\s*[0-9]{1,2}\s*\.?)?)?"
_SPAN = re.compile(rf"(?<![0-9]){_ENDS}\s*(?:~|∼|-|–|부터|to)\s*{_ENDS}(?![0-9])")
_OPEN = re.compile(r"까지|이전|이후|부터|누계|누적|기투자|기집행|기지원|향후|잔여|[~∼]\s*\)?\s*$|^\s*\(?\s*[~∼]|\(\s*[~∼]|[0-9년.]\s*[~∼]\s*(?![0-9'’‘`´\s])")


def narrow(text: object) -> str:
    """A text with narrow letters and digits: ２０２５ is 2025."""
    return unicodedata.normalize("NFKC", str(text))


def years(text: object) -> list[int]:
    """The years a text names, each once; days are none.

    >>> years("2024~2025년"), years("'25년 예산"), years("２５년도 본예산"), years("20250101"), years("25년간")
    ([2024, 2025], [2025], [2025], [], [])
    >>> years("2025년 집행 현황(2026. 1. 31. 기준)")
    [2025]
    """
    found = _YEARS.findall(_AS_OF.sub(" ", narrow(text)))
    return sorted({int(full) if full else 2000 + int(short or bare) for full, short, bare in found})


def span(text: object) -> tuple[int, int] | None:
    """The first and last year of a period of several years, where both are written.

    >>> span("총사업비(2022~2028)"), span("'24.1~'28.12"), span("2024~"), span("2025년"), span("12-15")
    ((2022, 2028), (2024, 2028), None, None, None)
    """
    found = _SPAN.search(narrow(text))
    if not found or not re.search("[0-9]{4}|['’‘`´]|년", found[0]):
        return None
    first, last = (int(year) + 2000 * (len(year) == 2) for year in found.groups())
    return (first, last) if OLDEST <= first <= last <= first + 60 else None


def is_open(text: object) -> bool:
    """Does a heading gather years without saying them all: up to, from, so far, in future?

    >>> [is_open(t) for t in ("기투자(~2024)", "2027년 이후", "2027~", "누계", "2022~2028", "2025년 예산", "향후")]
    [True, True, True, True, False, False, True]
    """
    return bool(_OPEN.search(narrow(text)))


def day_stated(text: object) -> str:
    """The day to which a table speaks: ``2025-09-30``; empty if none is stated.

    >>> day_stated("2025년 집행현황(2025. 9. 30. 기준, 단위: 백만원)"), day_stated("'25.9.30. 현재"), day_stated("2025. 9. 30.")
    ('2025-09-30', '2025-09-30', '')
    """
    found = _AS_OF.search(narrow(text))
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    fine = 1 <= month <= 12 and 1 <= day <= 31
    return f"{year + 2000 * (year < 100)}-{month:02}-{day:02}" if fine else ""
