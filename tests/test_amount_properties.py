"""What holds for every amount, whatever is printed: tried on generated texts, cells and numbers."""

import re
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from budgets.amounts import Amount, format_amount, parse_amount, parse_cell, read_figure
from budgets.errors import AmountError

PIECES = [
    *"0123456789", *"십백천만억조경", *"일이삼사오육칠팔구", *",.~-−△▲()% ", "약 ", "최대 ", "총 ", "여", "대",
    " 이상", "이내", " 규모", "원", "명", "개", "개사", "곳", "일", "간", "에서 ", "가 넘는", "수", "나흘",
    "두 ", "달러", "KRW ", "bn", "１", "\u00a0", "제", "년",
]  # fmt: skip
COUNTERS = ["명", "개", "개사", "곳", "개국", "건", "%"]
HEDGES_BEFORE = ["", "약 ", "최대 ", "최소 ", "약"]
HEDGES_AFTER = ["", " 규모", " 내외", " 이상", " 이내", " 미만", "가 넘는", "대"]

printed_numbers = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(0, 10**9).map("{:,}".format),
    st.tuples(st.integers(0, 9999), st.sampled_from(["천", "만", "억", "조", "천억", "백만"])).map(lambda t: f"{t[0]}{t[1]}"),
    st.tuples(st.integers(1, 99), st.integers(1, 9999)).map(lambda t: f"{t[0]}조 {t[1]}억"),
    st.tuples(st.integers(1, 9999), st.integers(1, 9999)).map(lambda t: f"{t[0]:,}억 {t[1]:,}만"),
    st.tuples(st.integers(0, 999), st.integers(0, 99)).map(lambda t: f"{t[0]}.{t[1]:02}억"),
)
prints = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(HEDGES_BEFORE),
    printed_numbers,
    st.sampled_from(["", "여 ", " "]),
    st.sampled_from(["원", *COUNTERS]),
    st.sampled_from(HEDGES_AFTER),
)


def ordered(amount: Amount) -> bool:
    """low ≤ printed ≤ high, where they are."""
    present = [end for end in (amount.low, amount.printed, amount.high) if end is not None]
    return present == sorted(present)


def reading(text: Any) -> Amount | None:
    """The amount, or None where it is refused; anything else that escapes fails the test."""
    try:
        return parse_amount(text)
    except AmountError as error:
        assert error.say("ko") and error.say("en")
        return None


@settings(max_examples=800)
@given(st.one_of(st.text(st.characters(), max_size=150), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
@example("\ud800")
@example("\x00")
def test_nothing_but_amount_error_escapes_and_intervals_are_in_order(text: str) -> None:
    amount = reading(text)
    if amount:
        assert ordered(amount)
        assert amount.low is not None and amount.low >= 0
        assert amount.printed is None or re.search(r"\w", text)


@settings(max_examples=500)
@given(prints)
def test_plausible_prints_are_intervals_in_order_and_within_the_caps(text: str) -> None:
    amount = reading(text)
    if amount is None or amount.printed is None:
        return
    assert ordered(amount)
    hedged = re.search("약|최|여|규모|내외|이상|이내|미만|넘는|대", text)
    if not hedged:
        assert amount.low is not None and amount.high is not None
        assert amount.high - amount.printed == amount.printed - amount.low
        assert (amount.high - amount.printed) * 20 <= amount.printed
    elif not re.search("최|이상|이내|미만|넘는|대", text):
        assert amount.low is not None and amount.high is not None
        assert max(amount.high - amount.printed, amount.printed - amount.low) * 10 <= amount.printed


@given(printed_numbers, st.sampled_from(["원", "명"]))
def test_a_number_with_its_unit_is_always_read(number: str, unit: str) -> None:
    assert parse_amount(number + unit).unit == {"원": "KRW"}.get(unit, unit)


@given(printed_numbers, st.sampled_from(["원", *COUNTERS]))
def test_a_hedge_never_narrows(number: str, unit: str) -> None:
    plain, hedged = reading(number + unit), reading("약 " + number + unit)
    if plain:
        assert hedged == read_figure(number + unit, "unknown")
        assert hedged is not None and plain.low is not None and plain.high is not None
        assert hedged.low is not None and hedged.high is not None
        assert hedged.low <= plain.low and plain.high <= hedged.high


@given(prints)
def test_blanks_widths_and_commas_do_not_matter(text: str) -> None:
    amount = reading(text)
    wide = text.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert reading(wide) == amount
    assert reading(f"\u3000{text}\u200b ".replace(" ", "\u00a0")) == amount
    if amount:
        assert reading(re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text)) == amount


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(COUNTERS), st.sampled_from(["~", "∼", " ~ ", "에서 "]))
def test_a_range_is_its_two_ends(a: int, b: int, unit: str, between: str) -> None:
    amount = reading(f"{a}{between}{b}{unit}")
    assert amount == (Amount(a, None, b, unit) if a <= b else None)


@settings(max_examples=500)
@given(st.one_of(st.integers(0, 10**17), st.integers(0, 17).flatmap(lambda n: st.integers(0, 10**n))))
@example(999_999_994_999)
@example(999_999_995_000)
@example(999_950_000)
@example(10**12 + 49_999_999)
@example(9 * 10**18)
def test_what_is_formatted_reads_back_to_an_interval_that_holds_it(won: int) -> None:
    for language in ("ko", "en"):
        amount = parse_amount(format_amount(won, language))
        assert amount.unit == "KRW"
        assert amount.low is not None and amount.high is not None
        assert amount.low <= won <= amount.high


@given(st.integers(1, 10**17))
def test_a_decrease_is_the_same_amount_with_a_sign(won: int) -> None:
    assert format_amount(-won) == "△" + format_amount(won)
    assert format_amount(-won, "en") == "-" + format_amount(won, "en")


@settings(max_examples=500)
@given(
    st.one_of(
        st.text(st.characters(), max_size=40),
        st.lists(st.sampled_from([*"0123456789,.()-−△▲+ eE%", "１", "원", "null"]), max_size=10).map("".join),
        st.integers(),
        st.floats(),
        st.decimals(),
        st.none(),
        st.booleans(),
        st.binary(max_size=5),
    ),
    st.one_of(st.sampled_from(["원", "천원", "백만원", "억원", "명", "천명", "%"]), st.text(max_size=5)),
)
def test_cells_raise_nothing_but_amount_error_and_are_exact(value: Any, unit: str) -> None:
    try:
        amount = parse_cell(value, unit)
    except AmountError as error:
        assert error.say("ko") and error.say("en")
    else:
        assert amount is None or amount.low == amount.printed == amount.high


@given(st.integers(-(10**12), 10**12), st.sampled_from([("원", 1), ("천원", 10**3), ("백만원", 10**6)]))
def test_a_cell_reads_alike_however_it_is_written(number: int, unit: tuple[str, int]) -> None:
    name, factor = unit
    size = f"{abs(number):,}"
    signs = ("△{}", "-{}", "−{}", "({})") if number < 0 else ("{}", " {} ", "+{}")
    written = [sign.format(form) for sign in signs for form in (size, size.replace(",", ""), size.replace(",", " "))]
    for cell in (*written, number, float(number), Decimal(number)):
        assert parse_cell(cell, name) == Amount(number * factor, number * factor, number * factor, "KRW")


@pytest.mark.parametrize(
    "unit",
    [
        "일",
        "천",
        "1,",
        "약 ",
        "이",
        "일십백천만억",
        "1억",
        "여",
        " ",
        "개 ",
        "1~",
        "5이상 ",
        " 이상",
        "5년 ",
        "0-",
        "조",
        "만 ",
    ],
)
def test_hostile_texts_take_no_time(unit: str) -> None:
    started = time.perf_counter()
    for text in (unit * 40, "5개" + unit * 40, unit * 40 + "명", unit * 10**6):
        reading(text[:120])
        reading(text)
    assert time.perf_counter() - started < 0.5


@given(st.integers(0, 9 * 10**18), st.integers(0, 9 * 10**18), st.sampled_from(["ko", "en"]))
def test_more_won_never_read_as_less(one: int, other: int, language: str) -> None:
    """And what is formatted, read and formatted again, stays as it is."""
    less, more = (format_amount(won, language) for won in sorted((one, other)))
    low, high = parse_amount(less).printed, parse_amount(more).printed
    assert low is not None and high is not None and low <= high
    assert [format_amount(int(won), language) for won in (low, high)] == [less, more]


@given(st.integers(1, 99999), st.sampled_from([("tn", 10**12), ("bn", 10**9), ("mn", 10**6), ("m", 10**6)]), st.integers(0, 2))
def test_english_prints_are_loose_by_half_of_their_last_place(number: int, scale: tuple[str, int], decimals: int) -> None:
    name, size = scale
    won = number * size // 10**decimals
    half = min(size // 10**decimals // 2, won // 20)
    for text in (f"KRW {number / 10**decimals:.{decimals}f}{name}", f"{number / 10**decimals:,.{decimals}f} {name} won"):
        assert parse_amount(text) == Amount(won - half, won, won + half, "KRW")


DIGITS = "일이삼사오육칠팔구"


def in_words(number: int) -> str:
    """1,206 as 일천이백육."""
    groups = []
    for size, big in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        group = number // size % 10**4
        places = [(group // place % 10, word) for place, word in ((1000, "천"), (100, "백"), (10, "십"), (1, ""))]
        groups.append("".join(DIGITS[digit - 1] + word for digit, word in places if digit) + big if group else "")
    return "".join(groups)


@given(st.integers(0, 13).flatmap(lambda n: st.integers(10, 10 ** (n + 2))))
@example(1_206_800_000_000)
@example(100_002_000)
def test_a_number_in_words_is_the_number_in_digits(number: int) -> None:
    """But for a digit alone, which is no number (사건, 이곳), and for 일억 이천 원, which lacks a 만."""
    if number > 10**8 and number % 10**8 < 10**4 and number % 10**4 and not number % 100:
        assert reading(f"{in_words(number)} 원") is None
        return
    assert parse_amount(f"{in_words(number)} 원").printed == number
    assert parse_amount(f"약 {in_words(number)}원") == parse_amount(f"약 {number:,}원")


def test_native_numbers_to_ninety_nine() -> None:
    ones = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
    tens = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
    native = {10 * i + j: ten + one for i, ten in enumerate(tens) for j, one in enumerate(ones) if i + j}
    native[20] = "스무"
    assert {n: parse_amount(f"{word} 명").printed for n, word in native.items()} == {n: n for n in native}


@given(
    st.integers(10, 500),
    st.integers(0, 500),
    st.sampled_from(["명", "개사", "억 원", "만 명", "%"]),
    st.sampled_from([("약 ", ""), ("", " 규모"), ("", "대"), ("최소 ", ""), ("", " 이내")]),
)
def test_a_loosened_range_has_the_ends_of_its_loosened_ends(a: int, more: int, unit: str, hedge: tuple[str, str]) -> None:
    before, after = hedge
    left, right = (parse_amount(f"{before}{n}{unit}{after}") for n in (a, a + more))
    whole = parse_amount(f"{before}{a}{unit}~{a + more}{unit}{after}")
    assert whole == Amount(left.low, None, right.high, left.unit)
    plain = parse_amount(f"{a}{unit}~{a + more}{unit}")
    assert whole.low is not None and plain.low is not None and whole.low <= plain.low


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["천", "백", "십"]), st.sampled_from(["만", "억", "조"]))
def test_the_first_end_borrows_as_if_all_were_printed(a: int, b: int, small: str, big: str) -> None:
    a, b = sorted((a, b))
    assert parse_amount(f"{a}~{b}{small}{big} 원") == parse_amount(f"{a}{small}{big}~{b}{small}{big} 원")
    assert parse_amount(f"{a}~{b}{big} 원") == parse_amount(f"{a}{big} 원~{b}{big} 원")
    assert parse_amount(f"{a}~{b}{small} 명") == parse_amount(f"{a}{small}~{b}{small}명")
