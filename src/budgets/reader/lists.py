"""Lines of lists: the signs that begin an item, at the head of a line or within it. The reader has every set of such signs from here."""

import re

INLINE = "▲△▶■○●◆"
"""Signs that also part the items of one line: ▲데이터 댐 20억 원 ▲실증 30억 원."""
HEADING = f"{INLINE}◇□"
"""Signs at the head of a part (◇전남=…)."""
_SIGNS = f"{INLINE}▷□◇◦•∙※❍ㅇ✔✅☑①-⑳"
_NUMBERED = r"[가-하0-9]{1,2}[.)]\s"
_PARTED = re.compile(f"[{INLINE}]")
_WITHIN = re.compile(rf"[{_SIGNS}]|(?:^|\s)[-*·ㆍ]\s|^\s*\d{{1,2}}[.)]\s")
_ITEM = re.compile(rf"\s*(?:[{_SIGNS}❏*·ㆍ]|[-–]\s|{_NUMBERED})")
_RANKED = re.compile(rf"\s*(?:[{_SIGNS}*·ㆍ]|[-–—]\s|{_NUMBERED})")
_HEADING = re.compile(r"\s*[□■◆❏]|\s*[0-9]{1,2}[.)]\s")
_NAMED = re.compile(rf"\s*(?:[{_SIGNS}]|[-–*·ㆍ]\s|{_NUMBERED})\s*(?P<name>[^:：\[\]]{{4,50}}?)\s?[:：]\s")

_LEADS_ON = re.compile(r"다음과\s같|아래와\s같|(?:사업|내용|내역|항목)(?:은|는)?\s?[:：]?\s*$")


def leads_to_list(line: str) -> bool:
    """Does the line only announce the list below it?

    >>> leads_to_list("주요 내용은 다음과 같다."), leads_to_list("세부 내역:"), leads_to_list("시는 32억 원을 들인다.")
    (True, True, False)
    """
    return bool(_LEADS_ON.search(line))


def is_item(line: str) -> bool:
    """Does the line begin as an item of a list?

    >>> is_item(" ○ 사업비: 32억 원"), is_item("- 시비 3억 원"), is_item("3) 누리관"), is_item("시비 3억 원")
    (True, True, True, False)
    """
    return bool(_ITEM.match(line))


def is_heading(line: str) -> bool:
    """Does the line begin as an item of the highest rank, above which there is only the title?

    >>> is_heading("□ 사업개요"), is_heading("2. 추진 계획"), is_heading(" ○ 사업비: 32억 원")
    (True, True, False)
    """
    return bool(_HEADING.match(line))


def rank(line: str) -> str:
    """The sign of an item, 1 for any number: items of one list have the same. Empty for a line that is none.

    >>> rank("□ 사업개요"), rank(" - 국비"), rank("12. 누리관"), rank("3. 가람관"), rank("누리관")
    ('□', '-', '1.', '1.', '')
    """
    found = _RANKED.match(line)
    return re.sub(r"[0-9]+", "1", found[0].strip()) if found else ""


def parted(line: str, start: int, end: int) -> list[int]:
    """Where the items within a stretch of a line begin.

    >>> parted("20억 원이다. ▲물길 지도 9억 원 ▲바람 지도 11억 원", 9, 34)
    [9, 21]
    """
    return [found.start() for found in _PARTED.finditer(line, start, end)]


def behind_signs(line: str, start: int, end: int) -> list[int]:
    """Where the words of the items in a stretch of a line begin: right behind their signs.

    >>> behind_signs("▲물길 지도 9억 원 - 바람 지도 11억 원", 0, 24)
    [1, 14]
    """
    return [found.end() for found in _WITHIN.finditer(line, start, end)]


def name_of_item(line: str) -> tuple[int, int] | None:
    """Where the name stands that an item has before its colon.

    >>> name_of_item("1. 안내 로봇 도입: 시비 6억 원")
    (3, 11)
    """
    found = _NAMED.match(line)
    return found.span("name") if found and found["name"].strip() else None
