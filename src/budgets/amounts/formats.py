"""A number of won as a reader expects it: ``1조 2,068억 원``, ``KRW 22.7bn``."""

from decimal import Decimal
from numbers import Integral

from budgets.amounts.intervals import shown
from budgets.errors import AmountError

_JO, _EOK, _MAN = 10**12, 10**8, 10**4
_MOST = 9 * 10**18  # what is rounded up from here must still be readable


def format_amount(won: int, language: str = "ko") -> str:
    """Won in words of place, Korean (``ko``) or English (``en``); a decrease carries △ or a minus sign.

    Korean prints two units (조 and 억, 억 and 만; below 1억 the won themselves), English four digits or whole
    trillions. What is printed reads back (``parse_amount``) to an interval that holds *won*, unless it is negative.
    Raises AmountError for what is no whole number of won, and beyond 900경.

    >>> format_amount(22_700_000_000), format_amount(1_206_800_000_000), format_amount(50_000_000)
    ('227억 원', '1조 2,068억 원', '5,000만 원')
    >>> format_amount(68_260_000_000), format_amount(999_960_000_000), format_amount(12_345), format_amount(0)
    ('682억 6,000만 원', '9,999억 6,000만 원', '12,345원', '0원')
    >>> format_amount(22_700_000_000, "en"), format_amount(680_000_000, "en"), format_amount(-4_000_000_000, "en")
    ('KRW 22.7bn', 'KRW 680m', '-KRW 4bn')
    >>> format_amount(-4_000_000_000)
    '△40억 원'
    """
    if isinstance(won, bool) or not isinstance(won, Integral):
        raise AmountError("not_won", shown(won))
    size = abs(int(won))
    if size > _MOST:
        raise AmountError("too_large", shown(won))
    if language not in ("ko", "en"):
        raise AmountError("language", shown(language))
    if language == "ko":
        return ("△" if won < 0 else "") + _korean(size)
    return ("-" if won < 0 else "") + _english(size)


def _korean(won: int) -> str:
    if won >= _EOK:
        # Rounding may carry: 9,999억 9,999.6만 is 1조.
        won = _rounded(won, _EOK if _rounded(won, _MAN) >= _JO else _MAN)
    elif won % _MAN:
        return f"{won:,}원"
    groups = ((won // _JO, "조"), (won % _JO // _EOK, "억"), (won % _EOK // _MAN, "만"))
    return " ".join(f"{count:,}{name}" for count, name in groups if count) + " 원" if won else "0원"


def _english(won: int) -> str:
    if won < 10**6:
        return f"KRW {won:,}"
    rounded = _rounded(won, min(10 ** (len(str(won)) - 4), 10**12))
    name, size = next((name, size) for name, size in (("tn", 10**12), ("bn", 10**9), ("m", 10**6)) if rounded >= size)
    return f"KRW {Decimal(rounded) / size:,f}{name}"  # a quotient of decimals ends in no nought


def _rounded(won: int, size: int) -> int:
    """To the nearest *size*, halves up."""
    return (won + size // 2) // size * size
