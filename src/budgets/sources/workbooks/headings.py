"""What the headings, titles and unit lines of Korean budget tables mean: year, phase, whose money, unit, or no amount.

Only what is written is read. A heading that could mean two things means nothing here, and the reader asks.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from budgets.sources.workbooks.periods import is_open, narrow, span, years
from budgets.sources.workbooks.rounds import AFTER, is_after, round_in
from budgets.sources.workbooks.units import MONEY_UNITS

_BRACKETED = re.compile(r"[(\[〔【<]([^)\]〕】>]*)[)\]〕】>]")
_MARKS = re.compile(r"[①-⑳ⓐ-ⓩ\s*※·ㆍ.:\-_]")

ROLES: dict[str, tuple[str, ...]] = {
    "programme": (
        "세부사업명", "세부사업", "세사업명", "내역사업", "사업명", "사업", "사업내용", "단위사업", "정책사업", "프로그램", "내역", "세부내역", "항목",
        "과목", "예산과목", "구분", "과제", "과제명", "시책명", "공약명", "주요사업", "주요사업명", "사업별", "부서정책단위세부사업", "project", "projectdetail", "programme", "program", "name",
    ),
    "context": (
        "부서", "부서명", "담당부서", "실국", "실과", "소관", "분야", "부문", "회계", "회계구분", "통계목", "편성목", "기관", "조직", "성질별",
        "department", "field", "section", "cat1", "cat2", "account",
    ),
    "government": ("시도", "시도명", "시군구", "시군", "자치단체", "자치단체명", "지방자치단체", "단체명", "지역", "지역명", "region", "sido", "government"),
    "year": ("연도", "년도", "회계연도", "회계년도", "year", "fiscalyear", "time"),
    "period": ("사업기간", "기간", "추진기간", "사업년도", "총사업기간"),
    "funding": ("재원", "재원별", "재원구분", "재원내역", "재원명"),
    "indicator": ("지표", "지표명", "성과지표", "성과지표명", "핵심지표", "핵심성과지표", "관리지표", "목표지표", "kpi", "indicator"),
    "phase": ("예산구분", "예산종류", "예산단계", "단계", "budgettype", "phase"),
    "unit": ("단위", "unit"),
    "code": ("코드", "연번", "순번", "번호", "no", "id", "key", "code"),
    "remark": ("비고", "산출근거", "산출내역", "산출기초", "근거", "측정산식", "산식", "측정방법", "산출방법", "참고", "출처", "주소", "note", "url", "referenceurl", "source"),
    "amount": ("금액", "예산액", "예산", "amount", "budget", "budgetamount", "value", "계", "합계", "총계", "총액", "소계"),
}  # fmt: skip
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
    (r"총사업비\W*확정|확정\W*총사업비", "cost_fixed"),
    (r"본예산|당초예산|당초", "approved"),
    (r"건의", "requested"),
    (r"확보", "awarded"),
)
FUNDING_WORDS = (
    (r"국비|국고", "national"),
    (r"시도비|도비", "provincial"),
    (r"시군구비|시군비|구비|군비", "municipal"),
    (r"시비", "own"),
    (r"지방비", "local"),
    (r"민자|민간자본|민간부담|^민간$", "private"),
    (r"^기타$", "other"),
)
_RATE = re.compile(r"률|율$|비율|구성비|비중|증감율|%|퍼센트|지수|rate|ratio")
_CHANGE = re.compile(r"증감|증[()△▲]*감|비교|증가액|감소액|change")
_VALUE = re.compile(r"(?:연간|당초|최종|수정|누적|누계)?(목표|실적)(?:치|값|수치)?")
_REST = re.compile(r"잔액|이월|불용|반납|반환금")
_RELATIVE = ((r"전전년", -2), (r"전년|지난해|작년", -1), (r"금년|당해|올해|당년", 0), (r"차년|익년|내년|다음", 1))
_SUMS = ("계", "합계", "총계", "소계", "총액")
_AMOUNT = re.compile(r"예산|현액|결산|지출|집행|금액|액$|사업비|기정|경정|추경|당초|요구|budget|amount")


class Meaning(NamedTuple):
    """What a column holds. *phase* and *funding* are codes ("own" is 시비: the money of the city, whichever level it has)."""

    role: str = ""
    year: int | None = None
    phase: str = ""
    phase_round: str = ""
    funding: str = ""
    unit: str = ""
    envelope: bool = False
    """The whole cost over several years."""
    span: tuple[int, int] | None = None
    """First and last year of that, where the heading says them."""
    shift: int | None = None
    """Years after the year of the table: 전년도 is -1."""
    netting: str = ""
    """gross 총계 · net 순계."""


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
    return _MARKS.sub("", re.sub(r"[(]\s*(안|案)\s*[)]", "안", narrow(text))).casefold()


def meaning(path: Sequence[str]) -> Meaning:
    """What the headings above one column mean, the uppermost first.

    >>> means = meaning(["2025년", "본예산(백만원)"])
    >>> means.role, means.year, means.phase, means.unit
    ('amount', 2025, 'approved', '백만원')
    >>> meaning(["사 업 명"]).role, meaning(["비교증감", "증감률(%)"]).role, meaning(["비교증감(A-B)"]).role
    ('programme', 'rate', 'change')
    >>> meaning(["2025년 예산", "인건비"]).role, meaning(["2025년 예산", "금액"]).role
    ('', 'amount')
    >>> meaning(["총사업비(2022~2028)"]).span, meaning(["향후(2027년 이후)"]).role, meaning(["전년도 예산액"]).shift
    ((2022, 2028), 'cumulative', -1)
    """
    whole = narrow(" ".join(path))
    unit = next((word for inside in _BRACKETED.findall(whole) if (word := plain(inside).removeprefix("단위")) in MONEY_UNITS), "")
    whole = re.sub(r"[(]\s*(안|案)\s*[)]", "안", whole)
    bare = plain(_BRACKETED.sub("" if not re.search(r"[(]\s*%", whole) else "%", whole))
    last = plain(_BRACKETED.sub("", path[-1])) if path else ""
    if value := _value(path, whole):
        return value
    if _RATE.search(bare):
        return Meaning("rate", _one(years(whole)))
    if bare.endswith("사유"):
        return Meaning("remark")
    if _CHANGE.search(bare) or re.search(r"대비.*(금액|액)$", bare):
        return Meaning("change", unit=unit)
    if _REST.search(bare):
        return Meaning("ignore")
    role = _ROLE.get(last) or _ROLE.get(bare) or _ending(last)
    if role and role != "amount":
        return Meaning(role)
    means = _amount(whole, bare, role, unit)
    # 예산액 / 인건비: a part that only the lower heading names is none of the amounts we know.
    unknown = len(path) > 1 and last not in ("", *MONEY_UNITS) and not meaning(path[-1:]).role
    return Meaning() if unknown and means.role == "amount" else means


def _value(path: Sequence[str], whole: str) -> Meaning | None:
    """목표 or 실적 of an indicator, with the year beside it; the phase is target or actual, the unit of any kind.

    >>> [(m.phase, m.year, m.unit) for path in (["2025년", "목표"], ["실적(명)"], ["'25년 목표치"]) if (m := meaning(path))]
    [('target', 2025, ''), ('actual', None, '명'), ('target', 2025, '')]
    >>> meaning(["목표 달성률"]).role, meaning(["사업 목표"]).role, meaning(["누적 실적(2022~2025)"]).span
    ('rate', '', (2022, 2025))
    """
    bare = plain(re.sub(r"['’‘`´]?(?:[0-9]{2}){1,2}\s*(?:년도?|회계연도)?", "", _BRACKETED.sub("", narrow(" ".join(path)))))
    found = _VALUE.fullmatch(bare)
    if not found:
        return None
    inside = [plain(x) for x in _BRACKETED.findall(whole)]
    unit = next((x for x in inside if re.fullmatch(r"[가-힣]{1,3}|%", x) and x != "안"), "")
    return Meaning("value", _one(years(whole)) if not span(whole) else None, "target" if found[1] == "목표" else "actual", unit=unit, span=span(whole))


def as_money(means: Meaning) -> Meaning:
    """목표 and 실적 where no indicator stands beside them: amounts of a year, or unknown."""
    return means if means.role != "value" else Meaning("amount", means.year) if means.year else Meaning()


def _ending(last: str) -> str:
    """The role of a heading by its last word: 예산부서코드, 정책·단위·세부사업."""
    return "code" if re.search(r"(코드|번호)$", last) else "programme" if re.search(r"(세부사업|사업명)$", last) else ""


def _amount(whole: str, bare: str, role: str, unit: str) -> Meaning:
    """A heading that is no label, no rate and no change."""
    if "대비" in bare:  # a difference or a rate: the heading does not say which
        return Meaning()
    envelope, named = "총사업비" in bare, years(whole)
    period = span(whole)
    several = period is not None and period[0] < period[1]
    if is_open(whole) and not envelope and not is_after(whole):
        return Meaning("cumulative", unit=unit)
    phase, funding = phase_in(bare), first(FUNDING_WORDS, bare)
    shift = next((n for pattern, n in _RELATIVE if re.search(pattern, bare)), None)
    netting = "net" if "순계" in bare else "gross" if re.search(r"총계예산|예산총계|총계규모|총계액|총계기준", bare) else ""
    is_amount = role == "amount" or phase or funding or named or shift is not None or netting or bool(_AMOUNT.search(bare))
    if phase in ("", "supplementary") and is_after(whole):
        phase = AFTER
    return Meaning(
        "amount" if is_amount else "",
        None if envelope or several else _one(named),
        phase,
        round_in(whole) if phase in ("supplementary", AFTER) else "",
        funding,
        unit,
        envelope or several,
        period if envelope or several else None,
        shift if not named else None,
        netting,
    )


def _one(found: Sequence[int]) -> int | None:
    return found[0] if len(found) == 1 else None


def is_sum(heading: str) -> bool:
    """계, 합계 and their like: of what, only the columns beside it say."""
    return plain(_BRACKETED.sub("", heading)) in _SUMS


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


def is_total(label: object) -> bool:
    """Is this the label of a row of totals?

    >>> [is_total(x) for x in ("합 계", "【소계】", "서울계", "일반회계 소계", "계(A+B)", "통계", "생태계")]
    [True, True, True, True, True, False, False]
    """
    named = re.sub(r"(?<=.)[(][a-z0-9+\-=,~]*[)]$", "", plain(label))  # 계(A+B)
    name = unmarked(re.sub(r"[()\[\]<>【】〔〕]", "", named))
    return (
        name in ("계", "총합", "전체", "총괄", "total", "grandtotal", "subtotal", "sum")
        or bool(re.search(r"(합계|소계|총계|누계)$|^총?[0-9]+(건|개|개사업|개과제)계?$", name))
        or bool(re.fullmatch(_REGION_TOTAL, name))
    )


def unmarked(name: str) -> str:
    """A name without the bullet or number an outline puts before it.

    >>> unmarked("□ 합계"), unmarked("○ 가"), unmarked("㉮ 나"), unmarked("1) 다"), unmarked("AI 육성")
    ('합계', '가', '나', '다', 'AI 육성')
    """
    return re.sub(r"^(?:[□■○●◦◎◇◆▪▫∙•‣▷▶☐❍ㅇ❏※*+\-–—]|[①-⑳㉠-㉭㉮-㉻]|[0-9]{1,2}[.)]|[가-하][.)])\s*", "", name.strip())


def funding_row(label: object) -> str:
    """The code of a row that only says whose money the row above is: 국비, 시비, ( 구비 ); empty for any other.

    >>> funding_row("- 국비"), funding_row("국비 지원 사업"), funding_row("시·도비")
    ('national', '', 'provincial')
    """
    name = unmarked(re.sub(r"[()\[\]<>]", "", plain(label)))
    return (
        first(FUNDING_WORDS, name) if re.fullmatch(r"국비|국고|국고보조금|시도비|도비|시비|구비|군비|시군비|시군구비|지방비|민자|민간자본|민간", name) else ""
    )


_REGION_TOTAL = r"(전국|서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|시도|시군구|본청)계"


def is_note(text: object) -> bool:
    """Does a line under a table only explain it?

    >>> is_note("※ 2022년부터 기금 포함"), is_note("자료: 예산과"), is_note("주민자치")
    (True, True, False)
    """
    return bool(re.match(r"\s*(※|\*|주\s*[)）:：]|주[0-9]\s*[)）]|자료\s*[:：]|출처\s*[:：]|\(?단\s*위(?!사업|\s*$)|[0-9]\)\s)", str(text)))
