"""Finds printed amounts and counts, with their hedge words; what is none is named with its reason."""

import re
from collections.abc import Iterator

from budgets.amounts import Amount, parse_amount
from budgets.amounts.units import COUNTERS
from budgets.errors import AmountError
from budgets.reader.cues import Cues
from budgets.reader.funder_words import FUNDERS
from budgets.reader.places import Article
from budgets.reader.proposals import LeftOut, Token

_UNITS = r"개\s사(?=[가는은이를에의도와\s,.·)]|$)|" + "|".join(
    re.escape(word) for word in sorted(COUNTERS | {"원", "퍼센트", "%포인트", "달러", "유로", "위안", "엔"}, key=lambda word: (-len(word), word))
)
_DIGITS = r"[0-9]+(?:,[0-9]+)*(?:\.[0-9]+)?"
_COUNTED = r"[십백천만억조원]|[만천]?여?\s?(?:명|개|건|곳|대|가구|세대|회|장|마리|인(?!치))"
"""What may stand behind the second half of a number in two words: 1만 2,730명, 3억 5000만 원; but not 10억 2026년."""
_NUMERAL = rf"{_DIGITS}(?:\s?(?:[십백천만억조]|여(?=\s?[만억조]))|\s?(?<=[만억조천백] ){_DIGITS}(?=\s?(?:{_COUNTED}))|(?<=[만억조천백]){_DIGITS})*"
_IN_WORDS = (
    r"(?=[일이삼사오육칠팔구십백천])(?:[일이삼사오육칠팔구]?[십백천]\s?)*(?:[일이삼사오육칠팔구]?[백천]|[일이삼사오육칠팔구십])?여?\s?[만억조](?=\s?여?\s?원)"
)
_NATIVE = (
    r"(?:(?:열|스물|서른|마흔|쉰)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)|열|스무|서른|마흔|쉰)\s(?:곳|명|개|대|건|가구|팀|농가|학교)"
    r"|(?:두|세|네|다섯|여섯|일곱|여덟|아홉)\s(?:곳|명|개|대|건|가구|팀|농가|학교)(?=뿐|에\s(?:그|불과|머물))"
)
"""Counts in Korean words: those below ten only where they are told as a result (두 곳뿐), else they are turns of speech."""
_BEFORE = r"(?:(?<![가-힣])(?:약|최대|최고|최소|대략|적어도)\s*)"
_HEDGE = (
    r"(?:\s?(?:규모|내외|가량|정도|안팎|수준|남짓|이상|초과|이하|이내|미만)(?![가-힣]*력)"
    r"|(?<=[만억조원])\s?대(?![가-힣])|\s?[이가을를에]?\s?(?:넘는|넘게|웃도는|못\s?미치는|밑도는))"
)
_SEPARATOR = r"\s?[~∼〜–-]\s?"
_TAIL = rf"(?:\s?(?:여|남짓))?(?:\s?(?:{_UNITS}))?"
_NOUN = r"(?:\s(?:기업|업체|기관|단체|대학|도시|국가|과제|사업|지자체))"
TOKEN = re.compile(
    rf"{_BEFORE}?(?<![A-Za-z0-9.,:/\-~])(?P<number>{_NUMERAL}(?:{_TAIL}{_SEPARATOR}{_NUMERAL})?|(?<![가-힣0-9]){_IN_WORDS}){_TAIL}(?:{_NOUN}?{_HEDGE})?"
    rf"|(?<![가-힣]){_NATIVE}(?![가-힣]*씩|\s(?:중|가운데)\s)"
    rf"|(?<![가-힣])(?P<daywords>하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름)(?:간|\s?동안)|(?<![0-9.])[0-9]{{1,2}}일\s?(?:간|동안)"
)
_NOTHING_AFTER = re.compile(
    r"(?:을|를|이(?!상|하|내)|가|은|는|의|에|로|으로|과|와|도|만(?!명)|까지|부터|에서|밖에|께|씩|당|보다|라|인|이며|이고|이다|짜리|어치|대(?!상)|규모|여|선|들|분야|전략|과제|사업|기업|업체|기관"
    r"|대학|국가|도시|프로|다(?![가-힣])|입니다|예요|이에요|답니다|였|며(?![가-힣])|고(?![가-힣])|지만|꼴|농|정도|가량|이상|이하|이내|미만|안팎|내외|수준|중|등|뿐|이나|나|가까|상당|전체|모두|마다|째|투|추|증|감|확|지|편)"
)
_MAY_TOUCH = re.compile(r"(?:총|각|연|월|등|와|과|약|은|는|이|가|을|를|에|당|의)$")
_WEAK = frozenset(["회", "인", "기", "동", "실", "석", "면", "편", "권", "부", "채", "사", "팀", "장", "번", "쪽"])
"""Counters that are as often parts of names or ranks: only from ten on."""
_NO_FIGURE = frozenset(["년", "개년", "개월", "주", "시간", "분", "초", "세", "점", "배", "번", "번째", "쪽", "페이지", "차례", "줄", "일"])
"""Lengths of time, ages, marks and multiples: they say something else than how much was given or reached."""
_HEDGES = (
    "약", "최대", "최고", "최소", "대략", "적어도", "규모", "내외", "가량", "정도", "안팎", "수준", "남짓", "이상", "초과", "이하", "이내", "미만", "여", "넘는", "넘게", "웃도는", "미치는", "밑도는",
)  # fmt: skip
_UNIT_AT_END = re.compile(r"(?:백만|천|억|만)\s?원$")
_BRACKET = re.compile(r"\s?\([^()]*\)")
_SHARE = re.compile(rf"(?:{FUNDERS}|기금|기타)\s?(?P<number>[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)(?=\s?(?:[)·/+]|,(?![0-9]{{3}})|\s[가-힣]))")
_MOST_SHARES = 12
_AROUND = 20
_NARROW = {n: n - 0xFEE0 for n in range(0xFF01, 0xFF5F)} | str.maketrans("億兆萬万千百圓", "억조만만천백원")
"""Full-width digits and signs (１００) and Hanja units (億) one by one, so that places in the line stay the same."""
_WON_FOR_THINGS = re.compile(r"(?<=[억조])\s(?:사업|과제|프로젝트|계획|기업|기관|도시|대학|단지|센터)$")
"""62억 사업: money and what it is for, no count of 62억 things."""
_WON_AND_A_WORD = re.compile(r"(?<=[억조])\s[가-힣]$")
"""612억 편성: no 612억 편."""
_BARE = re.compile(rf"{_DIGITS}\s?[십백천]?만")
"""1만, 3천만: nothing says that they are won, as 억 and 조 do."""
_A_DAY = re.compile(r"[0-9]{1,2}일")


def tokens(article: Article, number: int, cues: Cues) -> tuple[list[Token], list[LeftOut]]:
    """The figures of one line and the numbers that are none."""
    line = article.line(number)
    found: list[Token] = []
    out: list[LeftOut] = []
    for start, end, unit_known in _candidates(line):
        span = article.span(number, start, end)
        reason = _out(line, start, end, cues)
        if reason is None:
            amount, why = _amount(span.text)
            if amount is None:
                reason = why if unit_known else "no_unit"
            elif amount.unit not in ("KRW", "") and _is_none(line, start, end, amount, span.text):
                reason = "counter"
            elif not amount.unit or _BARE.fullmatch(span.text):
                reason = "no_unit"
            else:
                found.append(Token(span, amount, _hedge(span.text), line[:start].count(span.text) + 1))
        if reason and unit_known and not _A_DAY.fullmatch(span.text):
            out.append(LeftOut(span, reason))
    shares = [share for token in found for share in _bare_shares(article, number, token)]
    return sorted([*found, *shares], key=lambda token: token.span.start), out


def _bare_shares(article: Article, number: int, whole: Token) -> Iterator[Token]:
    """21,000백만원(국비 10,500, 시비 8,400): shares without a unit, which is that of the amount before the bracket."""
    line, unit = article.line(number), _UNIT_AT_END.search(whole.span.text)
    bracket = _BRACKET.match(line, whole.span.end) if whole.money else None
    if unit is None or bracket is None:
        return
    shares: list[Token] = []
    for hit in _SHARE.finditer(line, *bracket.span()):
        span = article.span(number, *hit.span("number"))
        amount, _ = _amount(f"{span.text}{unit[0]}")
        if amount and len(shares) < _MOST_SHARES:
            shares.append(Token(span, amount, "none", line[: span.start].count(span.text) + 1, unit[0]))
    if sum(share.amount.printed or 0 for share in shares) == whole.amount.printed:
        yield from shares  # else they are ratios (국비 5, 도비 3) or not all


def _candidates(line: str) -> Iterator[tuple[int, int, bool]]:
    for found in TOKEN.finditer(line.translate(_NARROW)):
        start, end = found.span()
        if (match := re.search(r"\s+$", line[start:end])) is not None:
            end -= len(match[0])
        text = line[start:end].translate(_NARROW)
        part_of_word = re.match(r"[가-힣]", line[end : end + 1]) and not _NOTHING_AFTER.match(line, end)
        if (match := _WON_FOR_THINGS.search(text)) or (part_of_word and (match := _WON_AND_A_WORD.search(text))):
            end = start + match.start()
        text = line[start:end]
        yield start, end, not re.fullmatch(r"[\d,.\s~∼–-]+", text)


def _amount(text: str) -> tuple[Amount | None, str]:
    try:
        return parse_amount(text), ""
    except AmountError as error:
        return None, error.reason


def _out(line: str, start: int, end: int, cues: Cues) -> str | None:
    """The reason of the first rule that leaves this number out."""
    around = f"{line[max(start - _AROUND, 0) : start]}⟦{line[start:end]}⟧{line[end : end + _AROUND]}"
    rule = next((cue for cue in cues.of_field("leave_out") if cue.pattern.search(around)), None)
    return rule.value if rule else None


def _is_none(line: str, start: int, end: int, amount: Amount, text: str) -> bool:
    """Is a count with a known counter after all no figure: a length of time, part of a word, a small weak counter?"""
    unit = amount.unit
    if unit == "일" and re.search(r"간$|동안$", text):
        return False
    if unit in _NO_FIGURE:
        return True
    value = amount.printed if amount.printed is not None else amount.high
    if unit in _WEAK and (value is None or value < 10):
        return True
    last = text[-1]
    if f"{last}{line[end : end + 1]}".isascii() and f"{last}{line[end : end + 1]}".isalpha() and end < len(line):  # 3 m|illion
        return True
    if "가" <= last <= "힣" and end < len(line) and "가" <= line[end] <= "힣" and not _NOTHING_AFTER.match(line, end):
        return True
    glued = start > 0 and "가" <= line[start - 1] <= "힣" and not _MAY_TOUCH.search(line[:start])
    return (glued and unit != "%") or _comment_counter(line, start, end)


def _comment_counter(line: str, start: int, end: int) -> bool:
    """A count that is all its line says (0개, 12건) belongs to the page, not to the article."""
    return not re.search(r"[가-힣A-Za-z]", line[:start] + line[end:])


def _hedge(text: str) -> str:
    """The hedge words of a token as the transcripts keep them, or ``none``.

    >>> _hedge("약 200여 명"), _hedge("132억 원 규모"), _hedge("16억 원")
    ('약 여', '규모', 'none')
    """
    said = [word for word in _HEDGES if word in text]
    if re.search(r"[만억조원]\s?대$", text):
        said.append("대")
    return " ".join(sorted(said, key=text.index)) or "none"
