"""Korean numerals: 4,061 · 3천939억 · 1조2천68억 · 14.25억 · 삼천만 · 두.

``clean`` brings a text into one writing; ``numerals`` reads the number at its beginning and hands back the rest.
"""

import re
import unicodedata
from collections.abc import Iterator

from budgets.amounts.intervals import ONE, Numeral
from budgets.errors import AmountError

LONGEST = 120
"""A printed amount is a few characters; what is longer than this is not read."""

_SMALL = {"십": 10, "백": 100, "천": 1000}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
PLACES = _SMALL | _BIG
_DIGIT = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_ONES = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_TENS = {"열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "보름": 15,
}  # fmt: skip
_HANJA = str.maketrans("億兆萬万千百十圓", "억조만만천백십원")

_GROUP = re.compile(
    r"""\s*(?P<coefficient>
        (?:(?P<thousands>[1-9]?)\s*천\s*)? (?:(?P<hundreds>[1-9]?)\s*백\s*)? (?:(?P<tens>[1-9]?)\s*십\s*)?
        (?:(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?) (?:\s*(?P<table>[십백천]))?)?
    )
    (?:\s*(?P<over>여)?\s*(?P<big>[만억조경]))?""",
    re.VERBOSE,
)
_WORDS = re.compile(r"(?:[일이삼사오육륙칠팔구십백천만억조경 ]|여(?=\s*[만억조경])){1,40}")
_TWO_DIGITS = re.compile(rf"[{''.join(_DIGIT)}]\s*[{''.join(_DIGIT)}]")
_NATIVE = re.compile(rf"(스무)|({'|'.join(_TENS)})?({'|'.join(_ONES)})?")
_DAY = re.compile("|".join(_DAYS))
_ARABIC = re.compile(r"[0-9]|[천백십].*[0-9]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_UNUSUAL = re.compile(r"[^ -~가-힣]")
_INVISIBLE = "Cf"


def clean(text: str) -> str:
    """One writing: full-width forms narrow, every blank a plain one, Hanja units in Hangul, nothing invisible.

    >>> clean(" １２３\\u00a0억\\u200b ")
    '123 억'
    """
    if _UNUSUAL.search(text):
        text = _UNUSUAL.sub(lambda found: _usual(found[0]), unicodedata.normalize("NFC", text)).translate(_HANJA)
    return " ".join(text.split())


def _usual(char: str) -> str:
    """Narrow a full-width form or a digit. Other compatibility forms stay: ² and ① are footnote marks, not digits."""
    if unicodedata.category(char) == _INVISIBLE:
        return ""
    wide = unicodedata.east_asian_width(char) in "FH" or char.isdecimal() or char.isspace()
    return unicodedata.normalize("NFKC", char) if wide else char


def numerals(text: str, given: str) -> Iterator[tuple[Numeral, str]]:
    """The readings of the number *text* begins with, the likeliest first, each with the rest of the text.

    There is one reading, except in words: 백일 may be 101 or 100 days. Raises AmountError for a number that is none
    (``1,00``, ``1억 20000만``); yields nothing where the text begins with no number.
    """
    if _ARABIC.match(text):
        yield _scan(text, given)
        return
    if day := _DAY.match(text):
        yield Numeral(_DAYS[day[0]] * ONE, ONE), "일" + text[day.end() :]
        return
    if run := _WORDS.match(text):
        for end in range(run.end(), 0, -1):
            part = text[:end]
            if part[-1] != " " and (found := _in_words(part)):
                yield found, text[end:]
    if (native := _NATIVE.match(text)) and native[0]:
        value = 20 if native[1] else _TENS.get(native[2], 0) + _ONES.get(native[3], 0)
        yield Numeral(value * ONE, ONE, words=True), text[native.end() :]


def digits(printed: str, given: object, *, leading_zeros: bool = False) -> tuple[int, int]:
    """Digits as (value, place) in billionths: ``1,234.5`` → value 1234.5, place 0.1. Raises AmountError."""
    whole, _, decimals = printed.partition(".")
    if "," in whole and not _GROUPED.fullmatch(whole):
        raise AmountError("commas", given)
    if whole[0] == "0" and len(whole) > 1 and not leading_zeros:
        raise AmountError("leading_zeros", given)
    if len(decimals) > 8:
        raise AmountError("fraction", given)
    place = ONE // 10 ** len(decimals)
    return int(whole.replace(",", "")) * ONE + int(decimals or "0") * place, place


def _in_words(part: str) -> Numeral | None:
    """A number written in words, with at least one word of place: 오백 is a number, 사 (in 사건) is none."""
    if not set(part) & PLACES.keys() or _TWO_DIGITS.search(part):
        return None
    try:
        found, rest = _scan("".join(str(_DIGIT.get(char, char)) for char in part), part)
    except AmountError:
        return None
    return None if rest else found._replace(words=True)


def _scan(text: str, given: str) -> tuple[Numeral, str]:
    """Read group after group, each with a smaller big unit than the one before: 1조 | 2천68억 | 5000."""
    value, last_size, place, last = 0, 10**20, ONE, ""
    at, groups, final, over = 0, 0, False, False
    while True:
        found = _GROUP.match(text, at)
        if not found or not (found["coefficient"] or found["big"]):
            return Numeral(value, place, last, groups, over), text[at:]
        size = _BIG.get(found["big"] or "", 1)
        coefficient, place, final_here = _coefficient(found, given)
        after = at > 0
        if final or size >= last_size or (after and (coefficient >= 10**4 * ONE or found["table"])):
            raise AmountError("order", given)
        if size == 1 and last_size in (10**8, 10**12) and coefficient and not coefficient % (100 * ONE):
            # 1억 2천 원, 1억 2000: hardly thousands of won behind 억.
            raise AmountError("man_left_out", given)
        value, place, last_size = value + coefficient * size, place * size, size
        last = found["big"] or ("" if found["digits"] and not found["table"] else found["coefficient"].rstrip()[-1])
        over = over or bool(found["over"])
        at, groups, final = found.end(), groups + 1, final_here or over or size == 1


def _coefficient(found: re.Match[str], given: str) -> tuple[int, int, bool]:
    """What stands before a big unit: (value, place, whether it must be the last group). 2천64, 14.25, 천, 300백."""
    named = [(10**power, found[name]) for power, name in ((3, "thousands"), (2, "hundreds"), (1, "tens"))]
    value = sum(int(digit or 1) * size * ONE for size, digit in named if digit is not None)
    smallest = min((size for size, digit in named if digit is not None), default=0)
    if not found["digits"]:
        if not smallest and (found["big"] != "만" or found.start()):  # 만 원, but 일억 원
            raise AmountError("order", given)
        # Alone, 5천 is printed to the thousand; before a big unit its words of place are digits.
        return value or ONE, ONE if found["big"] else smallest * ONE, False
    number, place = digits(found["digits"], given, leading_zeros=bool(smallest or found.start()))
    if smallest and (number >= smallest * ONE or found["table"]):
        raise AmountError("order", given)
    if found["table"]:
        # 300백만원, 1.5천억: no numeral but a number and the unit of its table, so it is printed to that unit.
        size = _SMALL[found["table"]]
        return number * size, place * size, True
    return value + number, place, place < ONE
