"""Whatever is read from outside: no exception but ours, in bounded time. A million inputs each by ``make soak``."""

import gzip
import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.amounts import parse_amount, parse_cell
from budgets.checkout import default_data
from budgets.errors import AmountError, BudgetsError
from budgets.rulings.classifier import classify_programme
from budgets.rulings.terms import load_terms
from budgets.sources.lofin.envelope import EnvelopeError, parse_page
from budgets.sources.workbooks.faults import WorkbookError
from budgets.sources.workbooks.ledgers import read_ledgers
from budgets.sources.workbooks.mapping import Mapping
from budgets.sources.workbooks.reading import read_book
from hostile.cases import NEWS, TABLE, xlsx
from lofin_api import envelope, row

Target = Callable[[str], object]
TERMS = load_terms(default_data() / "rulings" / "ai_terms.csv")
PIECES = {
    "amount": [*"0123456789,.~-–()%₩△▲½²①", "억", "만", "조", "천", "백", "원", "명", "개", "여", "약", "대", "규모", "이상", "미만", "에서", " ", "일", "삼", "KRW", "bn", "못 미치는", "\u200b", "１", "\u0301", "년", "최대"],
    "cell": [*"0123456789,.-+()△ eE%", "null", "N/A", "１", "−", "원", "\u00a0", "1e9", "∞"],
    "name": ["AI", "인공지능", "조류", "방역", "고병원성", " ", "·", "기반", "허브", "А", "\u200b", "\u202e", "(", ")", "AI ", "스마트", "Ⅰ", "ㆍ", "AIDT", "1", "\t", "비"],
    "envelope": ['{"QWGJK":[{"head":[{"list_total_count":', "1", '},{"RESULT":{"CODE":"INFO-000"}}]},', '{"row":[', "{}", "]}]}", "null", "[", "]", "{", "}", '"', ",", ":", "1e999", "-0", "<html>", '"RESULT"', '"CODE"', "\\u0000", "9" * 40, "true"],
    "table": ["사업명", ",", "\n", "2025 본예산", "(단위: 백만원)", "합계", "1,200", '"', "△3", "AI", "\t", ";", "2026", "천원", " ", "비고", "증감", "\r", "총계", "0", "|", "="],
    "article": [NEWS, "40억 원", "올해", "지난해", "인천시는", "\n", "예산", "(", ")", "2026년", "~", "명", "약", "달성", "목표", "‘", "’", ". ", "|", "%", "국비", "12월 31일", "까지", "여", "-"],
}  # fmt: skip


def amount(text: str) -> object:
    try:
        return parse_amount(text)
    except AmountError:
        return None


def cell(text: str) -> object:
    try:
        return parse_cell(text, "백만원")
    except AmountError:
        return None


def name(text: str) -> object:
    return classify_programme(text, terms=TERMS)


def page(text: str) -> object:
    try:
        return parse_page("QWGJK", text.encode("utf-8", "surrogatepass"))
    except EnvelopeError:
        return None


def table(text: str, folder: Path) -> object:
    path = folder / "table.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        return read_ledgers(read_book(path).grids, Mapping())
    except WorkbookError:
        return None


def article(text: str, folder: Path) -> object:
    from datetime import date

    from budgets.reader.desk import read_file

    path = folder / "article.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        return read_file(path, default_data(), published=date(2026, 1, 5).isoformat())
    except BudgetsError:
        return None


QUICK = {"amount": 0.05, "cell": 0.05, "name": 0.2, "envelope": 0.1, "table": 2.0, "article": 8.0}
"""Seconds of the processor that one input may take, by far."""
ALL = {"amount": 1_000_000, "cell": 1_000_000, "name": 1_000_000, "envelope": 1_000_000, "table": 1_000_000, "article": 20_000}
"""Inputs by ``make soak``; an article takes too long for a million."""


def target(which: str, folder: Path) -> Target:
    plain: dict[str, Target] = {"amount": amount, "cell": cell, "name": name, "envelope": page}
    return plain.get(which) or (lambda text: {"table": table, "article": article}[which](text, folder))


def made(which: str, seed: int, count: int) -> list[str]:
    """Inputs of pieces that mean something, with bytes that mean nothing among them."""
    chance = random.Random(seed)
    pieces = PIECES[which]
    found = []
    for _ in range(count):
        length = chance.choice((1, 2, 3, 5, 8, 13, 40))
        parts = [chance.choice(pieces) if chance.random() < 0.93 else chr(chance.randrange(1, 0x2FFF)) for _ in range(length)]
        if chance.random() < 0.02:
            parts *= chance.choice((10, 100))
        found.append("".join(parts))
    return found


def attack(which: str, folder: Path, seed: int, count: int) -> float:
    """Read *count* inputs; the longest time one took."""
    read, slowest = target(which, folder), 0.0
    for text in made(which, seed, count):
        began = time.process_time()
        try:
            read(text)
        except BaseException as error:
            raise AssertionError(f"{which}: {type(error).__name__} on {text[:500]!r} (seed {seed})") from error
        slowest = max(slowest, time.process_time() - began)
        assert slowest < 4 * QUICK[which], (which, slowest, text[:500])
    return slowest


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("which", [which for which in QUICK if which != "article"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_pieces_that_mean_something(which: str, scratch: Path, seed: int) -> None:
    attack(which, scratch, seed, 40 if which == "table" else 150)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_articles_of_pieces(scratch: Path, seed: int) -> None:
    attack("article", scratch, seed, 2)


@pytest.mark.parametrize("which", ["amount", "cell", "name", "envelope"])
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text(which: str, scratch: Path, text: str) -> None:
    target(which, scratch)(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), at=st.integers(0, 3000), kind=st.sampled_from(["plain", "xlsx", "gz", "json"]))
def test_any_bytes(scratch: Path, data: bytes, at: int, kind: str) -> None:
    """Bytes of nothing, and bytes put into the middle of something."""
    whole = {"plain": b"", "xlsx": xlsx(TABLE), "gz": gzip.compress(envelope("QWGJK", [row(0)], 1)), "json": envelope("QWGJK", [row(0)], 1)}[kind]
    content = whole[: at % (len(whole) + 1)] + data + whole[at % (len(whole) + 1) :]
    path = scratch / "any"
    path.write_bytes(content)
    with suppress(WorkbookError):
        read_ledgers(read_book(path).grids, Mapping())
    with suppress(EnvelopeError):
        parse_page("QWGJK", content)


LONG = [
    "1,",
    "(",
    ")",
    "여",
    "AI ",
    "억",
    "약 ",
    "1조",
    "~",
    " ",
    "인공지능",
    "0",
    "천백십",
    "못 미치는",
    "1.",
    "Ａ",
    "에서",
    "[",
    '{"',
    "\n",
    "사업명,",
    "국비 ",
    "‘",
    "일이",
]


@pytest.mark.slow
@pytest.mark.parametrize("which", ["amount", "cell", "name", "envelope"])
@pytest.mark.parametrize("piece", LONG, ids=ascii)
def test_the_same_ten_thousand_times_takes_no_longer_for_it(which: str, piece: str, scratch: Path) -> None:
    """No pattern backtracks: also with an end that does not fit."""
    read = target(which, scratch)
    for text in (piece * 10_000, piece * 10_000 + "!", "AI" + piece * 10_000 + "\u0001"):
        began = time.process_time()
        read(text)
        assert time.process_time() - began < 2.0, (which, piece)


@pytest.mark.soak
@pytest.mark.parametrize("which", QUICK)
def test_a_million_inputs(which: str, scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, slowest, step = time.process_time(), 0.0, min(10_000, ALL[which] // 10)
    for seed in range(ALL[which] // step):
        slowest = max(slowest, attack(which, scratch, seed, step))
    with capsys.disabled():
        print(f"\n{which}: {ALL[which]:,} inputs in {time.process_time() - began:,.0f} s of the processor, the slowest {slowest * 1000:.1f} ms")
