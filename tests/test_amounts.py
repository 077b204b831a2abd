"""Printed amounts, cells and formats, case by case. The cases stand in ``tests/cases``, for an official to read."""

import csv
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd
import pytest

import budgets.amounts
from budgets.amounts import Amount, format_amount, parse_amount, parse_cell, read_figure
from budgets.errors import AmountError
from budgets.words import entries

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell: str) -> Decimal | None:
    """A cell of a case table: 3,950,000,000; empty is an open end, or no printed value."""
    return Decimal(cell.replace(",", "")) if cell else None


PRINTED, CELLS = rows("amounts.csv"), rows("cells.csv")


@pytest.mark.parametrize("case", [case for case in PRINTED if not case["reason"]], ids=lambda case: case["printed"])
def test_printed_amount_is_its_interval(case: dict[str, str]) -> None:
    expected = (*(number(case[column]) for column in ("low", "value", "high")), case["unit"])
    assert parse_amount(case["printed"]) == expected


@pytest.mark.parametrize("case", [case for case in PRINTED if case["reason"]], ids=lambda case: case["printed"])
def test_what_is_no_amount_is_refused_with_its_reason(case: dict[str, str]) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(case["printed"])
    assert (caught.value.reason, caught.value.given) == (case["reason"], case["printed"])
    for language in ("ko", "en"):
        assert f"‘{case['printed']}’" in caught.value.say(language)


def test_every_case_of_the_tables_names_its_rule_and_stands_once() -> None:
    for cases, key in ((PRINTED, ("printed",)), (CELLS, ("cell", "unit"))):
        assert all(case["rule"] for case in cases)
        assert len({tuple(case[name] for name in key) for case in cases}) == len(cases)


@pytest.mark.parametrize("case", CELLS, ids=lambda case: f"{case['cell']} [{case['unit']}]")
def test_cell_is_read_in_the_unit_of_its_table(case: dict[str, str]) -> None:
    if case["reason"]:
        with pytest.raises(AmountError) as caught:
            parse_cell(case["cell"], case["unit"])
        shown = case["unit"] if case["reason"] == "unknown_unit" else case["cell"]
        assert (caught.value.reason, caught.value.given) == (case["reason"], shown)
    elif case["value"] == "발표 없음":
        assert parse_cell(case["cell"], case["unit"]) is None
    else:
        value = number(case["value"])
        assert parse_cell(case["cell"], case["unit"]) == (value, value, value, case["reads_in"])


@pytest.mark.parametrize(
    ("value", "unit", "won"),
    [
        (5, "천원", 5_000),
        (-892, "백만원", -892_000_000),
        (1.2e9, "원", 1_200_000_000),
        (38.643, "백만원", 38_643_000),
        (0.1 + 0.2, "백만원", 300_000),
        (-0.0, "원", 0),
        (Decimal("38.643"), "백만원", 38_643_000),
        (Decimal("1E+3"), "원", 1_000),
        (Fraction(1, 2), "천원", 500),
        (np.int64(5), "천원", 5_000),
        (np.float64(5.5), "천원", 5_500),
        (np.float32(0.5), "천원", 500),
        (2**63 - 1, "원", 2**63 - 1),
    ],
)
def test_machine_numbers_are_exact(value: Any, unit: str, won: int) -> None:
    assert parse_cell(value, unit) == Amount(won, won, won, "KRW")


@pytest.mark.parametrize("value", [None, float("nan"), Decimal("NaN"), Decimal("sNaN"), pd.NA, pd.NaT])
def test_missing_values_are_nothing_published_and_no_zero(value: Any) -> None:
    assert parse_cell(value, "백만원") is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "not_number"),
        (np.bool_(False), "not_number"),
        (float("inf"), "not_number"),
        (Decimal("-Infinity"), "not_number"),
        ([1], "not_number"),
        (b"5", "not_number"),
        (1 + 2j, "not_number"),
        (pd.Timestamp("2026-01-01"), "not_number"),
        (38.6431234, "fraction"),
        (Decimal("1E-999999"), "fraction"),
        (2**63, "too_large"),
        (9.3e18, "too_large"),
        (Decimal("1E+999999"), "too_large"),
        ("1" * 10_000, "too_long"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_cells_that_are_no_number_are_refused(value: Any, reason: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_cell(value, "백만원" if reason == "fraction" else "원")
    assert caught.value.reason == reason
    for language in ("ko", "en"):
        assert f"‘{str(value)[:20]}" in caught.value.say(language)


@pytest.mark.parametrize("unit", [None, 1000, "", "천", "달러", "원" * 1000, "단위: 천원"])
def test_unknown_unit_is_never_won(unit: Any) -> None:
    with pytest.raises(AmountError) as caught:
        parse_cell("5", unit)
    assert caught.value.reason == "unknown_unit"


def test_integers_python_refuses_to_print_are_refused_all_the_same() -> None:
    huge = 10**5000
    values: list[Any] = [huge, -huge, Fraction(huge, 3)]
    for read in (parse_amount, partial(parse_cell, unit="원")):
        for value in values:
            with pytest.raises(AmountError) as caught:
                read(value)
            for language in ("ko", "en"):
                assert f"<{type(value).__name__}>" in caught.value.say(language)
    for language in ("ko", "en"):
        with pytest.raises(AmountError):
            format_amount(-huge, language)


@pytest.mark.parametrize("given", [None, 5, 5.0, True, b"5", ["5"]])
def test_only_text_is_a_printed_amount(given: Any) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(given)
    assert (caught.value.reason, caught.value.given) == ("not_text", str(given))


def test_a_whole_article_is_no_amount() -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount("40억 원 " * 100_000)
    assert (caught.value.reason, caught.value.given) == ("too_long", ("40억 원 " * 20)[:120] + "…")
    assert len(caught.value.say("ko")) < 300


def test_types_of_an_amount() -> None:
    low, printed, high, unit = parse_amount("40억 원")
    assert (type(low), type(printed), type(high), unit) == (int, int, int, "KRW")
    assert isinstance(parse_amount("71.1%").printed, Decimal)
    assert type(parse_amount("80%").printed) is int


@pytest.mark.parametrize(
    ("as_printed", "hedge", "like"),
    [
        ("450개", "unknown", "약 450개"),
        ("428억 원", "unknown", "약 428억 원"),
        ("100여 명", "unknown", "약 100여 명"),
        ("450개", "none", "450개"),
        ("약 58억원", "약", "약 58억원"),
        ("534억원 이상", "이상", "534억원 이상"),
    ],
)
def test_a_lost_hedge_reads_like_yak(as_printed: str, hedge: str, like: str) -> None:
    assert read_figure(as_printed, hedge) == parse_amount(like)


@pytest.mark.parametrize(
    "variants",
    [
        ("40억 원", "40억원", "40억", " 40 억 원 ", "４０억 원", "40\u00a0억\u2009원", "40억\u200b원"),
        ("40억 원", "사십억 원", "4십억 원", "40億원"),
        ("5천억 원", "5000억원", "5,000억 원", "오천억 원", "5 천 억 원"),
        ("1조2천68억원", "1조 2,068억 원", "1조 2068억", "일조 이천육십팔억 원"),
        ("1억2천만원", "1억 2,000만 원", "1억2000만원"),
        ("15여개", "15여 개", "15 여개"),
        ("20~30명", "20∼30명", "20～30 명", "20〜30명", "20–30명", "20명에서 30명", "20에서 30명"),
        ("109개사", "109개 사", "109 개사"),
        ("320개가 넘는", "320개 넘는", "320개를 넘는", "320개 이상", "320개 초과"),
    ],
    ids=lambda variants: variants[0],
)  # fmt: skip
def test_variants_of_printing_read_alike(variants: tuple[str, ...]) -> None:
    assert {variant: parse_amount(variant) for variant in variants} == dict.fromkeys(variants, parse_amount(variants[0]))


def test_decomposed_hangul_reads_alike() -> None:
    assert parse_amount("227\u110b\u1165\u11a8\u110b\u1167") == parse_amount("227억여")


@pytest.mark.parametrize(
    ("won", "korean", "english"),
    [
        (22_700_000_000, "227억 원", "KRW 22.7bn"),
        (1_206_800_000_000, "1조 2,068억 원", "KRW 1.207tn"),
        (1_200_000_000_000, "1조 2,000억 원", "KRW 1.2tn"),
        (800_000_000, "8억 원", "KRW 800m"),
        (680_000_000, "6억 8,000만 원", "KRW 680m"),
        (68_260_000_000, "682억 6,000만 원", "KRW 68.26bn"),
        (406_100_000_000, "4,061억 원", "KRW 406.1bn"),
        (1_425_000_000, "14억 2,500만 원", "KRW 1.425bn"),
        (50_000_000, "5,000만 원", "KRW 50m"),
        (6_960_000, "696만 원", "KRW 6.96m"),
        (208_321, "208,321원", "KRW 208,321"),
        (10_000, "1만 원", "KRW 10,000"),
        (1, "1원", "KRW 1"),
        (0, "0원", "KRW 0"),
        (99_999_999, "99,999,999원", "KRW 100m"),
        (999_999_994_999, "9,999억 9,999만 원", "KRW 1tn"),
        (999_999_995_000, "1조 원", "KRW 1tn"),
        (999_949_999, "9억 9,995만 원", "KRW 999.9m"),
        (999_950_000, "9억 9,995만 원", "KRW 1bn"),
        (1_000_049_999_999, "1조 원", "KRW 1tn"),
        (123_456_789_012_345_678, "123,456조 7,890억 원", "KRW 123,457tn"),
        (-892_000_000, "△8억 9,200만 원", "-KRW 892m"),
        (np.int64(5_000_000_000), "50억 원", "KRW 5bn"),
    ],
)
def test_format(won: Any, korean: str, english: str) -> None:
    assert (format_amount(won), format_amount(won, "en")) == (korean, english)


@pytest.mark.parametrize(
    ("won", "language", "reason"),
    [
        (None, "ko", "not_won"),
        (1.5, "ko", "not_won"),
        (float("nan"), "en", "not_won"),
        (True, "ko", "not_won"),
        ("40억", "ko", "not_won"),
        (10**19, "ko", "too_large"),
        (-(10**19), "en", "too_large"),
        (5, "fr", "language"),
    ],
)
def test_what_cannot_be_formatted_is_refused(won: Any, language: str, reason: str) -> None:
    with pytest.raises(AmountError) as caught:
        format_amount(won, language)
    assert (caught.value.reason, caught.value.given) == (reason, language if reason == "language" else str(won))


def test_every_reason_is_worded_and_every_wording_is_a_reason_that_occurs() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(budgets.amounts.__path__[0]).glob("*.py"))
    for key, entry in entries("amounts").items():
        reason = key.removeprefix("amount.")
        assert f'"{reason}"' in source, f"no code gives the reason {reason}"
        for words in (entry["ko"], entry["en"]):
            assert {field for _, field, _, _ in Formatter().parse(words) if field} == {"given"}
    tabled = {case["reason"] for case in PRINTED + CELLS} - {""}
    assert {f"amount.{reason}" for reason in tabled} <= entries("amounts").keys()


# ---- at the edges ----


def test_a_loosened_range_of_a_measured_unit_keeps_its_fractions() -> None:
    assert parse_amount("약 1.5~2.5%") == Amount(Decimal("1.45"), None, Decimal("2.55"), "%")
    assert parse_amount("약 15~25명") == Amount(14, None, 26, "명")


@pytest.mark.parametrize("text", ["1억 10000만 원", "1억 12000만 원", "1조 10000억 원"])
def test_a_group_never_reaches_the_next_unit(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    assert caught.value.reason == "order"
    assert parse_amount(text.replace("10000", "9999").replace("12000", "9999")).printed is not None


@pytest.mark.parametrize(("digits", "read"), [("1.0000000004", "1"), ("1.0000000005", "1.000000001"), ("1.0000000006", "1.000000001")])
def test_more_decimals_than_are_kept_are_rounded_halves_up(digits: str, read: str) -> None:
    cell = parse_cell(Decimal(digits), "%")
    assert cell is not None and cell.printed == Decimal(read)


def test_what_cannot_be_read_is_shown() -> None:
    for value, unit, shown in (([1, 2], "원", "[1, 2]"), (object, "원", "object"), ("3", "달구지", "달구지"), ("3", None, "None"), (float("inf"), "원", "inf")):
        with pytest.raises(AmountError) as caught:
            parse_cell(value, unit)  # type: ignore[arg-type]
        assert shown in caught.value.say("ko") and shown in caught.value.say("en")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0.5명", "fraction"),
        ("1.123456789억 원", "fraction"),
        ("5천2000억 원", "order"),
        ("1조 억 원", "order"),
        ("1.123456789%", "fraction"),
        ("9300경 원", "too_large"),
        ("약 9300경 원", "too_large"),
        ("1.5~2명", "fraction"),
    ],
)
def test_a_refusal_shows_the_text_and_has_words(text: str, reason: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    assert (caught.value.reason, caught.value.given) == (reason, text)
    assert text in caught.value.say("ko") and text in caught.value.say("en")


def test_eight_decimals_are_read() -> None:
    assert parse_amount("1.12345678억 원").printed == 112_345_678


def test_the_longest_text_that_is_read() -> None:
    assert parse_amount("3명".ljust(120)).printed == 3
    cell = parse_cell("3".ljust(120), "명")
    assert cell is not None and cell.printed == 3
    for read in (parse_amount, partial(parse_cell, unit="명")):
        with pytest.raises(AmountError) as caught:
            read("3명".ljust(121))
        assert (caught.value.reason, caught.value.given) == ("too_long", "3명".ljust(120) + "…")


@pytest.mark.parametrize("text", ["1억 2억 원", "5만 3만 명", "1조 1조 원"])
def test_no_unit_stands_twice(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    assert caught.value.reason == "order"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5~6천억 원", 5000 * 10**8, 6000 * 10**8),
        ("5천~6천억 원", 5000 * 10**8, 6000 * 10**8),
        ("5백~6천억 원", 500 * 10**8, 6000 * 10**8),
        ("100~200억 원", 100 * 10**8, 200 * 10**8),
        ("3백~5백만 원", 3 * 10**6, 5 * 10**6),
        ("3~5백만원", 3 * 10**6, 5 * 10**6),
        ("2천~3천만 원", 2 * 10**7, 3 * 10**7),
    ],
)
def test_the_first_end_of_a_range_borrows_the_words_of_the_second(text: str, low: int, high: int) -> None:
    assert parse_amount(text) == Amount(low, None, high, "KRW")


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("0E99", "원", 0),
        ("0.000", "천명", 0),
        (Decimal("0E-999"), "원", 0),
        (-(2**63 - 1), "원", -(2**63 - 1)),
        ("△9,223,372,036,854,775,807", "원", -(2**63 - 1)),
    ],
)
def test_nought_and_the_largest_decrease_are_numbers(cell: Any, unit: str, value: int) -> None:
    read = parse_cell(cell, unit)
    assert read is not None and read.printed == value


def test_a_decrease_beyond_the_largest_is_refused_as_an_increase_is() -> None:
    for cell in (-(2**63), "△9,223,372,036,854,775,808", Decimal(-(2**63))):
        with pytest.raises(AmountError) as caught:
            parse_cell(cell, "원")
        assert (caught.value.reason, caught.value.given) == ("too_large", str(cell))


@pytest.mark.parametrize(("digits", "read"), [("-1.0000000004", "-1"), ("-1.0000000005", "-1"), ("-1.0000000006", "-1.000000001"), ("-0.25", "-0.25")])
def test_decimals_of_a_decrease_are_rounded_to_the_nearest(digits: str, read: str) -> None:
    cell = parse_cell(Decimal(digits), "%")
    assert cell is not None and cell.printed == Decimal(read)


def test_a_hedge_that_was_lost_loosens_an_english_print_too() -> None:
    assert read_figure("KRW 1,200", "unknown") == Amount(1150, 1200, 1250, "KRW")
    assert read_figure("KRW 1,200", "none") == Amount(1200, 1200, 1200, "KRW")


@pytest.mark.parametrize("word", ["총", "약", "대략", "최대", "최고", "최소", "적어도"])
def test_words_before_an_amount_may_be_glued_or_apart(word: str) -> None:
    assert parse_amount(f"{word}300명") == parse_amount(f"{word}  300 명") == parse_amount(f"총 {word} 300명")


@pytest.mark.parametrize(
    ("words", "like"),
    [
        (("약", "대략"), "약 300명"),
        (("최대", "최고"), "300명 이하"),
        (("최소", "적어도"), "300명 이상"),
    ],
)
def test_words_before_an_amount_say_what_words_behind_it_say(words: tuple[str, ...], like: str) -> None:
    assert {word: parse_amount(f"{word} 300명") for word in words} == dict.fromkeys(words, parse_amount(like))


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        (("규모", " 내외", " 가량", "정도", " 안팎", " 수준", " 전후", "쯤"), Amount(1150, 1200, 1250, "명")),
        ((" 남짓",), Amount(1200, 1200, 1300, "명")),
        ((" 이상", " 초과", " 넘는", "이 넘는", "을 넘게", "을 웃도는", "에 넘는"), Amount(1200, 1200, None, "명")),
        ((" 이하", " 이내", " 미만", "에 못 미치는", "에 못미치는", "을 밑도는", "가 밑도는"), Amount(0, 1200, 1200, "명")),
    ],
    ids=["near", "over", "above", "below"],
)
def test_every_word_behind_an_amount(words: tuple[str, ...], amount: Amount) -> None:
    assert {word: parse_amount(f"1,200명{word}") for word in words} == dict.fromkeys(words, amount)


@pytest.mark.parametrize("text", ["최소 300명 이하", "300명 이상 미만", "적어도 20~30명 이내", "최대 100억~200억 원 이상"])
def test_what_is_above_and_below_itself_is_refused(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text)
    assert (caught.value.reason, caught.value.given) == ("both_ways", text)
