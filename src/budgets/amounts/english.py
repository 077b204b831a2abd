"""Won as printed in English: ``KRW 22.7bn``, ``₩6,960,000``, ``22.7 billion won``."""

import re

from budgets.amounts.intervals import Numeral
from budgets.amounts.numerals import digits

SCALES = {
    "trillion": 10**12, "tn": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "mn": 10**6, "m": 10**6,
}  # fmt: skip

_NUMBER = rf"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?:\s*(?P<scale>{'|'.join(SCALES)}))?"
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (rf"(?:KRW|₩)\s*{_NUMBER}", rf"{_NUMBER}\s*(?:KRW|won)"))


def read_english(text: str, given: str) -> Numeral | None:
    """The number of won of an English print; None where it is none. Raises AmountError for misplaced commas."""
    found = _FORMS[0].fullmatch(text) or _FORMS[1].fullmatch(text)
    if not found:
        return None
    number, place = digits(found["number"], given)
    scale = (found["scale"] or "").casefold()
    return Numeral(number * SCALES.get(scale, 1), place * SCALES.get(scale, 1), scale)
