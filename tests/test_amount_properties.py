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
    st.tuples(st.integers(0, 9999), st.sampled_from(["천", "만", "억", "조", "천억", "백만"])).map(
        lambda t: f"{t[0]}{t[1]}"
    ),
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
