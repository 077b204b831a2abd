"""The units an amount may have: won, and the counters of Korean.

The list is closed: a word we do not know may change what the number means (``20명 증가`` is no head count), so it is
refused, not dropped.
"""

import re
from collections.abc import Set

WON = "KRW"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is counted, glued to 개: 109개사, 45개국, 12개소. Printed apart it is the same counter.
_PIECES = frozenset("사국소교팀동반종월년시도군구")

_COUNTED = _words("""
    명 인 사람 개 곳 건 사 팀 일 회 번 차례 가지 종 종류 편 권 부 장 대 기 동 채 실 석 좌석 면 량 척 쌍 벌 세트 좌
    가구 농가 세대 마리 그루 필지 병상 교 학급 교실 과목 강좌 과정 문항 쪽 줄 페이지
""")

# Measured, not counted: these may have decimals.
_MEASURED = _words("""
    % %p 배 점 세 개월 주 시간 분 초 m km ㎡ ㎢ m2 km2 평 ha kg t 톤
    kW MW GW kWh MWh GWh MB GB TB PB PF 페타플롭스 ℃
""")

# A noun after a counter says what is counted and is no part of the unit: 80개 기업, 3대 전략. Alone it is a counter.
_NOUNS = _words("""
    기업 업체 기업체 기관 단체 대학 학교 도시 국가 지역 지자체 자치구 시·군 시군 시·도 시도 부서 부처
    과제 사업 전략 분야 센터 프로그램 과정 강좌 스타트업 서비스 항목 품목 노선 마을 지구 권역 시설
""")

# Other spellings of one unit. 간 and 동안 say that it is a length of time, not a date: 년 alone is no unit.
_SAME = {
    "퍼센트": "%", "%포인트": "%p", "퍼센트포인트": "%p",
    "일간": "일", "일동안": "일", "년간": "년", "년동안": "년", "개월간": "개월", "주간": "주",
}  # fmt: skip

# Counters that may follow a number in words; others would read 사건 (case) or 만일 (if) as numbers.
_AFTER_WORDS = _words("명 개 곳 건 가지 차례")

COUNTERS = _COUNTED | _MEASURED | _NOUNS | {f"개{piece}" for piece in _PIECES}


def _either(words: Set[str]) -> str:
    """A pattern for any of *words*, the longest first; a blank may stand after 개 and before 동안."""
    spelled = (re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return "|".join(re.sub(r"^개(?=.)", r"개\\s*", word).replace("동안", r"\s*동안") for word in spelled)


UNIT_PATTERN = rf"(?:{_either(COUNTERS | _SAME.keys() | {'원'})})"
NOUN_PATTERN = rf"(?:{_either(_NOUNS)})"


def unit_of(printed: str) -> str:
    """The unit behind its printing: ``원`` is KRW, ``개 사`` is 개사, ``퍼센트`` is %."""
    compact = "".join(printed.split())
    return WON if compact == "원" else _SAME.get(compact, compact)


def is_known(printed: str) -> bool:
    """Is this the name of a unit, without a word of place before it?"""
    return printed == "원" or printed in _SAME or printed in COUNTERS


def is_whole(unit: str) -> bool:
    """Is this unit counted in whole numbers (won, persons), not measured (%, 배)?"""
    return unit not in _MEASURED and unit != "년"


def follows_words(unit: str) -> bool:
    """May this unit follow a number written in words: 삼천만 원, 두 곳, 백여 개사?"""
    return unit == WON or unit in _AFTER_WORDS or (len(unit) > 1 and unit.startswith("개"))
