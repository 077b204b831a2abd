"""Which supplementary budget a heading, a title or a cell names, and whether it means the increment or all that came of it."""

import re

from budgets.sources.workbooks.periods import narrow

AFTER = "after"
"""The phase, here only, of what a budget came to with its supplements: it is read and verified, and not added."""
_BUDGET = r"추\s*(?:경|가\s*경정)"
_SEVERAL = re.compile(r"(?<![0-9])([0-9]{1,2})\s*(?:회|차)?\s*([~∼·,])\s*제?\s*([0-9]{1,2})\s*(?:회|차)")
_ONE = re.compile(rf"(?<![0-9])([0-9]{{1,2}})\s*(?:회|차)|(?<![0-9'’‘`´])([1-9])\s*{_BUDGET}|{_BUDGET}\s*[(]?\s*([1-9])(?![0-9년.])")
_NAMED = re.compile(rf"(정리|결산|마무리|최종|원포인트)\s*{_BUDGET}")
_AFTER = re.compile(rf"{_BUDGET}.*(?:후|포함|까지)|기정.*{_BUDGET}|{_BUDGET}.*기정")
_ROMAN = re.compile(r"제\s*(I{1,3}|IV|V)\s*(?=회|차)")


def round_in(text: object) -> str:
    """The supplementary budget a text about one names; empty where it does not say which.

    >>> [round_in(t) for t in ("제1회 추경", "1차 추경", "제2회추경예산", "추경(1회)", "제 10 회 추가경정예산", "1추경", "추경2", "제Ⅰ회 추경", "1회")]
    ['1회 추경', '1회 추경', '2회 추경', '1회 추경', '10회 추경', '1회 추경', '2회 추경', '1회 추경', '1회 추경']
    >>> [round_in(t) for t in ("정리추경", "결산 추경", "제3회 정리추경", "1~3회 추경", "1·2회 추경", "추경", "2025년 추경", "'25추경", "추경 2025")]
    ['정리추경', '결산추경', '3회 추경', '1~3회 추경', '1·2회 추경', '', '', '', '']
    """
    said = _ROMAN.sub(lambda found: f"제{('I', 'II', 'III', 'IV', 'V').index(found[1]) + 1}", narrow(text))
    if several := _SEVERAL.search(said):
        return f"{several[1]}{several[2].replace('∼', '~')}{several[3]}회 추경"
    if one := _ONE.search(said):
        return f"{int(next(filter(None, one.groups())))}회 추경"
    named = _NAMED.search(said)
    return f"{named[1]}추경" if named else ""


def is_after(text: object) -> bool:
    """Does a heading say what the budget came to with a supplement, and not what that added?

    >>> [is_after(t) for t in ("제1회 추경 후", "추경 포함 예산", "최종예산(2회 추경까지)", "기정예산(1회추경)", "1회 추경", "추경 증감")]
    [True, True, True, True, False, False]
    """
    return bool(_AFTER.search(narrow(text)))
