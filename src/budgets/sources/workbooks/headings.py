"""What the headings, titles and unit lines of Korean budget tables mean: year, phase, whose money, unit, or no amount.

Only what is written is read. A heading that could mean two things means nothing here, and the reader asks.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MONEY_UNITS = ("조원", "십억원", "억원", "천만원", "백만원", "십만원", "만원", "천원", "원")
_UNIT_LINE = re.compile(r"단\s*위\s*[:：;]?\s*([^()〔〕\[\]【】<>]*)")
_UNIT_WORD = re.compile("|".join(MONEY_UNITS))
_BRACKETED = re.compile(r"[(\[〔【<]([^)\]〕】>]*)[)\]〕】>]")
_YEARS = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])|['’‘]([0-9]{2})(?=\s*(?:년|\.))")
_ROUND = re.compile(r"제?\s*([0-9])\s*(?:회|차)")
_MARKS = re.compile(r"[①-⑳ⓐ-ⓩ\s*※·ㆍ.:\-_]")

ROLES: dict[str, tuple[str, ...]] = {
    "programme": (
        "세부사업명", "세부사업", "세사업명", "내역사업", "사업명", "사업", "사업내용", "단위사업", "정책사업", "프로그램", "내역", "세부내역", "항목",
        "과목", "예산과목", "구분", "project", "projectdetail", "programme", "program", "name",
    ),
    "context": (
        "부서", "부서명", "담당부서", "실국", "실과", "소관", "분야", "부문", "회계", "회계구분", "통계목", "편성목", "기관", "조직", "성질별",
        "department", "field", "section", "cat1", "cat2", "account",
    ),
    "government": ("시도", "시도명", "시군구", "시군", "자치단체", "자치단체명", "지방자치단체", "단체명", "지역", "지역명", "region", "sido", "government"),
    "year": ("연도", "년도", "회계연도", "회계년도", "year", "fiscalyear", "time"),
    "phase": ("예산구분", "예산종류", "예산단계", "단계", "budgettype", "phase"),
    "unit": ("단위", "unit"),
    "code": ("코드", "연번", "순번", "번호", "no", "id", "key", "code"),
    "remark": ("비고", "산출근거", "산출내역", "산출기초", "근거", "참고", "출처", "주소", "note", "url", "referenceurl", "source"),
    "amount": ("금액", "예산액", "예산", "amount", "budget", "budgetamount", "value", "계", "합계", "총계", "총액", "소계"),
}
"""Headings as they stand alone; those of programmes with the most specific first."""
_ROLE = {name: role for role, names in ROLES.items() for name in names}
_PHASES = (
    (r"추경예산안|추경안|추경요구", ""),  # proposed and supplementary at once: not decided here
    (r"추경|추가경정", "supplementary"),
    (r"예산현액|현액", "adjusted"),
    (r"결산", "settled"),
    (r"지출|집행액", "paid"),
    (r"예산안|편성안", "proposed"),
    (r"요구액|예산요구|요구안", "requested"),
    (r"총사업비", "cost_fixed"),
    (r"본예산|당초예산|당초", "approved"),
)
_FUNDINGS = (
    (r"국비|국고", "national"),
    (r"시도비|도비", "provincial"),
    (r"시군구비|시군비|구비|군비", "municipal"),
    (r"시비", "own"),
    (r"지방비", "local"),
    (r"민자|민간자본|민간부담|^민간$", "private"),
)
_RATE = re.compile(r"률|율$|비율|구성비|비중|증감율|%|퍼센트|지수|rate|ratio")
_CHANGE = re.compile(r"증감|증[()△▲]*감|비교|증가액|감소액|change")
_AMOUNT = re.compile(r"예산|현액|결산|지출|집행|금액|액$|사업비|기정|경정|추경|당초|요구|budget|amount")


class Meaning(NamedTuple):
    """What a column holds. *phase* and *funding* are codes ("own" is 시비: the money of the city, whichever level it has)."""

    role: str = ""
    year: int | None = None
    phase: str = ""
    phase_round: str = ""
    funding: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Said:
    """Something a cell says: a unit, a title, a note."""

    place: str
    text: str


def plain(text: object) -> str:
    """A heading as it is compared: narrow letters, no blanks, no marks, lower case.

    >>> plain("예 산 액 (Ａ)"), plain("budget_amount")
    ('예산액(a)', 'budgetamount')
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", str(text))).casefold()


def meaning(path: Sequence[str]) -> Meaning:
    """What the headings above one column mean, the uppermost first.

    >>> meaning(["2025년", "본예산(백만원)"])
    Meaning(role='amount', year=2025, phase='approved', phase_round='', funding='', unit='백만원')
    >>> meaning(["사 업 명"]).role, meaning(["비교증감", "증감률(%)"]).role, meaning(["비교증감(A-B)"]).role
    ('programme', 'rate', 'change')
    """
    whole = " ".join(path)
    unit = next((word for inside in _BRACKETED.findall(whole) if (word := plain(inside).removeprefix("단위")) in MONEY_UNITS), "")
    bare = plain(_BRACKETED.sub("" if not re.search(r"[(]\s*%", whole) else "%", whole))
    last = plain(_BRACKETED.sub("", path[-1])) if path else ""
    found = years(whole)
    year = found[0] if len(found) == 1 else None
    if _RATE.search(bare):
        return Meaning("rate", year)
    if _CHANGE.search(bare):
        return Meaning("change", None, unit=unit)
    role = _ROLE.get(last) or _ROLE.get(bare) or ("code" if re.search(r"(코드|번호)$", last) else "")
    if role and role != "amount":
        return Meaning(role)
    phase, funding = phase_in(bare), first(_FUNDINGS, bare)
    is_amount = role == "amount" or phase or funding or year is not None or bool(_AMOUNT.search(bare))
    round_ = _ROUND.search(whole)
    return Meaning("amount" if is_amount else "", year, phase, f"{round_[1]}회" if round_ and phase == "supplementary" else "", funding, unit)


def is_exact(heading: str) -> bool:
    """Is this nothing but a heading: a word of the list, or a year with 년?

    >>> is_exact("사업명"), is_exact("2025년"), is_exact("예산처 기본경비")
    (True, True, False)
    """
    bare = plain(_BRACKETED.sub("", heading))
    return bare in _ROLE or bool(re.fullmatch(r"(?:19|20)[0-9]{2}(?:년도?|회계연도)", bare))


def first(words: Iterable[tuple[str, str]], text: str) -> str:
    return next((code for pattern, code in words if re.search(pattern, text)), "")


def phase_in(text: str) -> str:
    """The phase a text names; empty if none, or if it is not plain which.

    >>> phase_in("2025년도 본예산"), phase_in("예산액"), phase_in("제1회 추경예산안")
    ('approved', '', '')
    """
    return first(_PHASES, plain(text))


def phases_in(text: str) -> set[str]:
    """Every phase a title names."""
    return {code for pattern, code in _PHASES if re.search(pattern, plain(text))}


def years(text: str) -> list[int]:
    """The years a text names, each once.

    >>> years("2024~2025년"), years("'25년 예산"), years("20250101")
    ([2024, 2025], [2025], [])
    """
    return sorted({int(full) if full else 2000 + int(short) for full, short in _YEARS.findall(text)})


def units(text: str) -> list[str]:
    """The money units a unit line states.

    >>> units("〔단위：억원〕"), units("(단위 : 백만원, %)"), units("※ 단위: 억원"), units("단위사업 목록")
    (['억원'], ['백만원'], ['억원'], [])
    """
    found = []
    for line in _UNIT_LINE.findall(unicodedata.normalize("NFKC", text)):
        compact = re.split(r"[,/·、]", "".join(line.split()))
        found += [word for part in compact if (word := part.removeprefix(":")) in MONEY_UNITS]
    return found


def is_total(label: object) -> bool:
    """Is this the label of a row of totals?

    >>> [is_total(x) for x in ("합 계", "소계", "서울계", "일반회계 소계", "통계", "생태계")]
    [True, True, True, True, False, False]
    """
    name = re.sub(r"[()\[\]<>]", "", plain(label))
    return name in ("계", "총합", "total", "subtotal", "sum") or bool(re.search(r"(합계|소계|총계|누계)$", name)) or bool(re.fullmatch(_REGION_TOTAL, name))


_REGION_TOTAL = r"(전국|서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|시도|시군구|본청)계"


def is_note(text: object) -> bool:
    """Does a line under a table only explain it?

    >>> is_note("※ 2022년부터 기금 포함"), is_note("자료: 예산과"), is_note("주민자치")
    (True, True, False)
    """
    return bool(re.match(r"\s*(※|\*|주\s*[)）:：]|주[0-9]\s*[)）]|자료\s*[:：]|출처\s*[:：]|\(?단\s*위|[0-9]\)\s)", str(text)))
