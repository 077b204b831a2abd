"""The money units that lines above, under and beside a table state."""

import re

from budgets.sources.workbooks.periods import narrow

MONEY_UNITS = ("조원", "십억원", "억원", "천만원", "백만원", "십만원", "만원", "천원", "원")
_UNIT_LINE = re.compile(r"단\s*위\s*(?:는|은)?\s*[:：;]?\s*([^()〔〕\[\]【】<>]*)")
_UNIT_ALONE = re.compile(r"\s*[(〔\[【<]([^()〔〕\[\]【】<>]*)[)〕\]】>]\s*")
_UNIT_LAST = re.compile(r"(?<![0-9\s])\s*[(〔\[【<]([^()〔〕\[\]【】<>]*)[)〕\]】>]\s*$")


def units(text: str) -> list[str]:
    """The money units a unit line states.

    >>> units("〔단위：억원〕"), units("(단위 : 백만원, %)"), units("※ 금액 단위는 억원임"), units("(천원)"), units("단위사업 목록")
    (['억원'], ['백만원'], ['억원'], ['천원'], [])
    """
    found = []
    plain_text = narrow(text)
    for line in _UNIT_LINE.findall(plain_text) + ([alone[1]] if (alone := _UNIT_ALONE.fullmatch(plain_text)) else []):
        compact = re.split(r"[,/·、]", re.sub(r"(임|입니다|이다)\.?$", "", "".join(line.split())))
        found += [word for part in compact if (word := part.removeprefix(":")) in MONEY_UNITS]
    return found


def title_units(text: str) -> list[str]:
    """The money units a line above a table states, also as its last word in brackets.

    >>> title_units("2025년도 본예산(천원)"), title_units("총사업비 1,234(백만원)"), title_units("AI 예산 (단위: 억원)")
    (['천원'], [], ['억원'])
    """
    last = "".join(found[1].split()) if (found := _UNIT_LAST.search(narrow(text))) else ""
    return units(text) or [last] * (last in MONEY_UNITS)
