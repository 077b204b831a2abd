"""The reader of articles, on press releases made up for this test: every trap once, and every value with its words."""

import importlib.util
import io
import json
import resource
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from browsing import started, until
from budgets.checkout import default_data
from budgets.clean import build, load
from budgets.errors import ContractError, DataError
from budgets.reader import Cues, Gazetteer, Known, Proposal, Reading, read
from budgets.reader.cues import COLUMNS
from budgets.reader.desk import read_file
from budgets.reader.periods import whens
from budgets.sources.articles import article_text, rows
from budgets.sources.printed import unwrapped
from budgets.verification import check_text
from conftest import ROOT, Command
from workspace import Workspace

SHARED = ROOT.parent / "shared"
DATA = default_data()


@pytest.fixture(scope="module")
def cues() -> Cues:
    return Cues.of(rows(DATA / "rulings" / "reader_cues.csv", COLUMNS))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.of(rows(DATA / "raw" / "reference" / "governments.csv"))


@pytest.fixture
def reader(cues: Cues, gazetteer: Gazetteer):  # type: ignore[no-untyped-def]
    def reading(text: str, day: str | None = "2025-04-10", **more: object) -> Reading:
        return read(text, cues, gazetteer, published=date.fromisoformat(day) if day else None, **more)  # type: ignore[arg-type]

    return reading


def one(reading: Reading, token: str, occurrence: int = 1) -> Proposal:
    return [p for p in reading.proposals if p.span.text == token][occurrence - 1]


def tokens(reading: Reading) -> list[str]:
    return [p.span.text for p in reading.proposals if p.kind != "milestone"]


ARTICLE = """최종편집:2026-01-02 09:00 (금)
한빛시 소식
해운대구, 3년간 인공지능 사업에 90억 투입
입력 2025-03-14 10:11:12
수정 2025-03-15 08:00:00
댓글 3개
조회수 1,204회
0개

부산시는 올해부터 3년간 ‘가람 인공지능 실증단지 조성’ 사업에 총사업비 90억여 원을 투입할 계획이라고 14일 밝혔다. 지난해에는 8억 원의 사업비를 편성해 31개 기업을 지원했으며, 교육생 120명이 과정을 수료했다.
올해는 인공지능 기업 45개를 지원하고 약 200여 명의 인재를 양성한다는 방침이다. 현재 12개 기업이 입주해 있는 센터를 확대해 입주 기업을 20개까지 늘릴 계획이다.
시는 ▲영상 관제 고도화(기업당 최대 5000만 원) ▲음성 안내 개발(과제당 1억 원) ▲로봇 실습실 운영(과제당 1억 원) 등을 추진할 예정이다. 세계 3대 강국을 향한 제28회 인공지능 대회는 5년 연속 열린다.
시는 또 ‘누리 데이터 거점’ 공모사업(60억 원 규모)에 도전장을 냈다. 이 가운데 국비 30억 원, 시비 20억 원, 민자 10억 원 등 총 60억 원이다.
홍길동 기자 hong@example.kr
무단 전재 및 재배포 금지
관련뉴스
- 옆 도시, 도로 정비에 300억 원 투입
비트코인 | 122,101,000원 | ▼244,000원
전화번호:051-888-1234
"""


# ---- the day of publication ----


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("최종편집:2024-04-23 22:14\n승인 2021.03.25 20:22", date(2021, 3, 25)),
        ("수정 2025-04-19 08:00\n본문이다.\n기사입력:2025-04-10 17:14:36", date(2025, 4, 10)),
        ("입력 : 2025. 4. 1. 오전 9:00 | 수정 : 2025. 4. 2.", date(2025, 4, 1)),
        ("2025년 3월 4일 등록", date(2025, 3, 4)),
        ("제목\n2025.12.01 09:00\n시는 2024년 5월 1일 사업을 시작했다.", date(2025, 12, 1)),
        ("최종편집 2024-04-23\n시는 2024년 5월 1일 사업을 시작했다고 밝혔다.", None),
    ],
)
def test_the_day_of_publication_is_what_is_labelled_so(reader, text: str, day: date | None) -> None:  # type: ignore[no-untyped-def]
    published = reader(text, None).published
    assert published.day == day
    assert published.basis == ("printed" if day else "unknown")
    assert all(span.text in text for span in published.words)


def test_a_given_day_overrides_the_printed_one(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader("입력 2025-04-10\n시는 올해 10억 원을 투입한다.", "2021-03-25")
    assert reading.published.basis == "given"
    assert one(reading, "10억 원").value("period_start") == "2021-01-01"


def test_without_a_day_relative_words_stay_unresolved_and_are_named(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader("부산시는 올해 10억 원을 투입하고 2024년까지 40억 원을 들일 계획이다.", None)
    assert reading.warnings == ("no_date",)
    this_year = one(reading, "10억 원").fields["period_kind"]
    assert this_year.value == "unknown" and [span.text for span in this_year.words] == ["올해"]
    assert one(reading, "40억 원").value("period_end") == "2024-12-31"


# ---- words of time ----


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("올해", "2025-01-01", "2025-12-31"),
        ("작년", "2024-01-01", "2024-12-31"),
        ("재작년", "2023-01-01", "2023-12-31"),
        ("내년", "2026-01-01", "2026-12-31"),
        ("지난해부터 5년간", "2024-01-01", "2028-12-31"),
        ("2027년까지 3년간", "2025-01-01", "2027-12-31"),
        ("2030년까지", "None", "2030-12-31"),
        ("5년간", "None", "None"),
        ("2025~2027년", "2025-01-01", "2027-12-31"),
        ("2025년부터 2027년까지 3년간", "2025-01-01", "2027-12-31"),
        ("이달 말", "2025-04-21", "2025-04-30"),
        ("지난 12월", "2024-12-01", "2024-12-31"),
        ("지난 4월", "2024-04-01", "2024-04-30"),
        ("오는 3월", "2026-03-01", "2026-03-31"),
        ("지난해 8월", "2024-08-01", "2024-08-31"),
        ("올 상반기", "2025-01-01", "2025-06-30"),
        ("2023년 초", "2023-01-01", "2023-03-31"),
        ("오는 3일", "2025-05-03", "2025-05-03"),
        ("지난 28일", "2025-03-28", "2025-03-28"),
        ("1일부터 4일까지", "2025-04-01", "2025-04-04"),
        ("30일부터 다음 달 3일까지", "2025-04-30", "2025-05-03"),
        ("’26년", "2026-01-01", "2026-12-31"),
    ],
)
def test_words_of_time_are_resolved_by_the_day_of_publication(text: str, first: str, last: str) -> None:
    (when,) = whens(f"{text} 사업", date(2025, 4, 10))
    assert (str(when.first), str(when.last)) == (first, last)


@pytest.mark.parametrize("text", ["지난해 대비", "전년보다", "제28회", "4차 산업혁명", "작년 동기"])
def test_comparisons_and_ordinals_are_no_time(text: str) -> None:
    assert whens(f"{text} 늘었다", date(2025, 4, 10)) == []


# ---- the made-up article ----


def test_every_figure_of_the_article_is_found_and_nothing_else(reader) -> None:  # type: ignore[no-untyped-def]
    assert tokens(reader(ARTICLE, None)) == [
        "90억", "90억여 원", "8억 원", "31개", "120명", "45개", "약 200여 명", "12개", "20개",
        "최대 5000만 원", "1억 원", "1억 원", "60억 원 규모", "30억 원", "20억 원", "10억 원", "60억 원",
    ]  # fmt: skip


def test_values_keep_their_hedges(reader) -> None:  # type: ignore[no-untyped-def]
    people = one(reader(ARTICLE, None), "약 200여 명")
    assert people.token is not None
    assert (people.value("hedge"), people.token.amount.low, people.token.amount.printed, people.token.amount.high) == ("약 여", 180, 200, 220)


def test_places_point_into_the_text(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader(ARTICLE, None)
    lines = ARTICLE.split("\n")
    for p in reading.proposals:
        for span in [p.span, *(span for field in p.fields.values() for span in field.words)]:
            assert lines[span.line - 1][span.start : span.end] == span.text != ""
        assert p.paragraph == sum(1 for line in lines[: p.span.line] if line.strip())
    assert [one(reading, "1억 원", n).occurrence for n in (1, 2)] == [1, 2]
    assert one(reading, "1억 원", 2).locator == "paragraph 11, line 12, occurrence 2"


def test_every_value_that_is_said_rests_on_words(reader) -> None:  # type: ignore[no-untyped-def]
    said = ("phase", "funding", "indicator", "programme_as_printed", "period_kind", "government", "event", "state")
    for p in reader(ARTICLE, None).proposals:
        for name in said:
            if name in p.fields and p.value(name) not in ("", "unknown"):
                assert p.fields[name].words, (p.span.text, name)


@pytest.mark.parametrize(
    ("token", "occurrence", "field", "value"),
    [
        ("90억여 원", 1, "period_kind", "envelope"),
        ("90억여 원", 1, "period_end", "2027-12-31"),
        ("90억여 원", 1, "phase", "announced"),
        ("90억여 원", 1, "programme_as_printed", "가람 인공지능 실증단지 조성"),
        ("90억", 1, "period_end", "2027-12-31"),
        ("8억 원", 1, "phase", "approved"),
        ("8억 원", 1, "period_start", "2024-01-01"),
        ("8억 원", 1, "funding", "unknown"),
        ("31개", 1, "phase", "actual"),
        ("31개", 1, "indicator", "companies_supported"),
        ("120명", 1, "indicator", "graduates"),
        ("120명", 1, "period_start", "2024-01-01"),
        ("45개", 1, "phase", "target"),
        ("45개", 1, "period_start", "2025-01-01"),
        ("약 200여 명", 1, "indicator", "people_trained"),
        ("12개", 1, "phase", "actual"),
        ("12개", 1, "extent", "stock"),
        ("12개", 1, "as_of", "2025-03-14"),
        ("12개", 1, "indicator", "companies_tenants"),
        ("20개", 1, "extent", "stock"),
        ("20개", 1, "phase", "target"),
        ("최대 5000만 원", 1, "unit", "KRW/recipient"),
        ("최대 5000만 원", 1, "programme_as_printed", "영상 관제 고도화"),
        ("1억 원", 1, "unit", "KRW/project"),
        ("1억 원", 1, "programme_as_printed", "음성 안내 개발"),
        ("1억 원", 2, "programme_as_printed", "로봇 실습실 운영"),
        ("60억 원 규모", 1, "phase", "applied_for"),
        ("60억 원 규모", 1, "programme_as_printed", "누리 데이터 거점"),
        ("60억 원 규모", 1, "period_kind", "unknown"),
        ("30억 원", 1, "funding", "national"),
        ("20억 원", 1, "funding", "provincial"),
        ("10억 원", 1, "funding", "private"),
        ("60억 원", 1, "funding", "mixed"),
        ("8억 원", 1, "government", "busan"),
    ],
)
def test_the_context_is_read(reader, token: str, occurrence: int, field: str, value: str) -> None:  # type: ignore[no-untyped-def]
    assert one(reader(ARTICLE, None), token, occurrence).value(field) == value


def test_what_is_no_figure_is_left_out_with_its_reason(reader) -> None:  # type: ignore[no-untyped-def]
    reasons = {(out.token.text, out.reason) for out in reader(ARTICLE, None).left_out}
    assert {("28회", "ordinal"), ("3대", "slogan"), ("300억 원", "furniture"), ("122,101,000원", "market")} <= reasons


# ---- single traps ----


@pytest.mark.parametrize(
    ("sentence", "phase"),
    [
        ("시는 올해 40억 원을 투입할 계획이다.", "announced"),
        ("시는 올해 40억 원의 예산을 편성했다.", "approved"),
        ("시는 내년 예산안에 40억 원을 담았다.", "proposed"),
        ("시는 올해 본예산 40억 원을 집행한다.", "approved"),
        ("시는 2회 추경 40억 원으로 사업을 넓힌다.", "supplementary"),
        ("시는 추경에 국비 40억 원을 반영해 달라고 건의했다.", "requested"),
        ("시는 국가 공모에 선정돼 국비 40억 원을 지원받는다.", "awarded"),
        ("시는 국비 40억 원을 확보했다.", "awarded"),
        ("시는 국비 40억 원을 확보할 계획이다.", "announced"),
        ("시는 40억 원 규모의 국가 공모사업에 도전장을 냈다.", "applied_for"),
        ("시는 40억 원 규모의 공모에 지원했다.", "applied_for"),
        ("이 사업의 총사업비는 40억 원으로 최종 확정됐다.", "cost_fixed"),
        ("시는 9월까지 40억 원을 집행했다.", "paid"),
        ("지난해 결산액 40억 원이 공개됐다.", "settled"),
        ("예산현액 40억 원 가운데 일부가 남았다.", "adjusted"),
        ("이 사업의 규모는 40억 원이다.", "unknown"),
    ],
)
def test_the_phase_is_what_the_words_say(reader, sentence: str, phase: str) -> None:  # type: ignore[no-untyped-def]
    (proposal,) = [p for p in reader(f"부산시 사업 이야기다. {sentence}").proposals if p.kind == "budget"]
    assert proposal.value("phase") == phase


@pytest.mark.parametrize(
    ("sentence", "funding"),
    [
        ("부산시는 시비 40억 원을 들인다.", "provincial"),
        ("수원시는 시비 40억 원을 들인다.", "municipal"),
        ("경기도는 도비 40억 원을 들인다.", "provincial"),
        ("부산시는 지방비 40억 원을 들인다.", "local"),
        ("부산시는 민간투자 40억 원을 끌어온다.", "private"),
        ("부산시는 국비와 시비 등 총 40억 원을 들인다.", "mixed"),
        ("부산시는 지방비를 포함해 총 40억 원을 들인다.", "mixed"),
        ("부산시는 40억 원을 들인다.", "unknown"),
        ("부산시는 국가 공모사업에 40억 원을 신청했다.", "unknown"),
    ],
)
def test_whose_money_is_what_the_words_say(reader, sentence: str, funding: str) -> None:  # type: ignore[no-untyped-def]
    assert one(reader(sentence), "40억 원").value("funding") == funding


@pytest.mark.parametrize(
    ("sentence", "nature"),
    [
        ("시는 1000억 원 규모의 벤처펀드를 결성한다.", "fund_size"),
        ("시는 벤처펀드에 1000억 원을 출자한다.", "budget"),
        ("입주 기업은 매출 1000억 원을 올렸다.", "revenue"),
        ("생산유발효과 1000억 원이 기대된다.", "economic_effect"),
        ("입주 기업들은 투자 유치 1000억 원을 이뤘다.", "investment"),
        ("시는 예산을 1000억 원 증액했다.", "change"),
        ("시는 사업비로 1000억 원을 쓴다.", "budget"),
        ("이 수는 1000억 원이다.", "unknown"),
    ],
)
def test_money_that_is_no_budget_is_called_so(reader, sentence: str, nature: str) -> None:  # type: ignore[no-untyped-def]
    (proposal,) = reader(f"부산시 이야기다. {sentence}").proposals
    assert proposal.value("nature") == nature


@pytest.mark.parametrize(
    "sentence",
    [
        "제28회 대회가 5년 연속 열려 상위 2% 평가를 받고 3년간 이어진 만 39세 이하 과정이 2배 늘었다.",
        "인공지능 3대 강국을 향해 20대 청년과 1인 가구를 위한 2단계 사업을 4차 산업으로 잇는다.",
        "민원은 국번 없이 120번, 전화는 02-6925-0217, 메일은 ki84@example.kr이다.",
        "경쟁률은 10대1이었고 전국 17개 시·도가 함께했다.",
        "글로벌 시장 규모 300조 원을 보고 3억 달러를 벌어들였다.",
        "비용은 수십억 원이고 몇 개 기업이 온다.",
        "코로나19 이후 2026년 10월 3일 오후 3시 30분부터 6개월간 지하 2층에서 연다.",
    ],
)
def test_what_looks_like_a_figure_is_none(reader, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert tokens(reader(f"부산시는 이렇게 말했다. {sentence}")) == []


def test_letters_of_a_mac_and_wide_digits_are_read(tmp_path: Path) -> None:
    """한 as three letters, １００ in full width: the token stays as it stands in the text."""
    path = tmp_path / "a.txt"
    path.write_text(unicodedata.normalize("NFD", "서울시는 2025년 AI 허브에 １００억원을 편성했다. US$3 million은 따로다.\n"), encoding="utf-8")
    _, found = read_file(path, default_data())
    assert [p.token.span.text for p in found.proposals if p.token] == ["１００억원"]


def test_targets_and_actuals_of_two_years_in_one_paragraph(reader) -> None:  # type: ignore[no-untyped-def]
    text = "부산시는 작년 당초 목표였던 44개를 넘는 59개 기업을 지원하고 54명의 인재를 양성했으며, 올해는 80개 기업 지원과 100여 명의 인재 양성을 목표로 한다."
    reading = reader(text)
    assert [(p.span.text, p.value("phase"), p.value("period_start")[:4]) for p in reading.proposals] == [
        ("44개를 넘는", "target", "2024"),
        ("59개", "actual", "2024"),
        ("54명", "actual", "2024"),
        ("80개", "target", "2025"),
        ("100여 명", "target", "2025"),
    ]


def test_stock_and_increase(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader(
        "부산시는 지원 기업을 현재 70개에서 2027년 180개까지 확대한다. 올해는 40개 늘려 110개로 확대할 계획이다. 매년 30명을 교육하며 누적 500명이 수료했다."
    )
    said = {p.span.text: (p.value("extent"), p.value("as_of")) for p in reading.proposals}
    assert said["70개"] == ("stock", "2025-04-10")
    assert said["180개"] == ("stock", "2027-12-31")
    assert said["40개"] == ("increase", "")
    assert said["110개"] == ("stock", "2025-12-31")
    assert said["30명"][0] == "per_year" and said["500명"][0] == "cumulative"


def test_a_year_in_a_bracket_is_its_own(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader("부산시는 올해 연구 지원 사업에 40억 원(지난해 29억 원)을 배정했고 추가로 5억 원을 더 쓴다.")
    assert [(p.value("period_start")[:4], p.part_of) for p in reading.proposals] == [("2025", None), ("2024", None), ("2025", None)]


def test_an_amount_only_compared_with_keeps_its_year_to_itself(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader("부산시 예산은 전년 21억 원 대비 늘어난 40억 원으로 책정됐다.")
    assert one(reading, "21억 원").value("period_start") == "2024-01-01"
    assert one(reading, "40억 원").value("period_kind") == "unknown"


# ---- parts and wholes ----


@pytest.mark.parametrize(("last", "fits"), [("11억", True), ("25억", False)])
def test_parts_of_a_list_are_added_up(reader, last: str, fits: bool) -> None:  # type: ignore[no-untyped-def]
    text = f"부산시는 ‘누리 공모’ 사업(120억 원 규모)을 따내기 위해 ▲하늘 실험실(95억 원) ▲바다 관측망 구축(14억 5000만 원) ▲산길 안내(과제당 1억 원) ▲들판 정보(5000만 원)와 강물 지도({last} 원) 등의 응모를 준비한다."
    reading = reader(text)
    whole = one(reading, "120억 원 규모")
    (sum_,) = reading.sums
    assert sum_.whole == whole.number and len(sum_.parts) == 4 and sum_.fits is fits
    assert one(reading, "1억 원").part_of is None, "a rate is no part"
    assert one(reading, f"{last} 원").value("programme_as_printed") == "강물 지도"
    assert one(reading, "95억 원").value("phase") == "applied_for"


def test_shares_in_a_bracket_make_the_whole_mixed(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader("경기도는 내년 ‘가온 플랫폼’ 사업에 총 100억 원(국비 50억 원, 도비 30억 원, 시·군비 20억 원)을 투입한다.")
    assert one(reading, "100억 원").value("funding") == "mixed"
    assert [p.value("funding") for p in reading.proposals[1:]] == ["national", "provincial", "municipal"]
    assert all(p.part_of == 1 and p.value("period_start") == "2026-01-01" for p in reading.proposals[1:])
    assert reading.sums[0].fits and reading.sums[0].added == 10_000_000_000


# ---- events ----


@pytest.mark.parametrize(
    ("sentence", "token", "event", "start", "precision", "state"),
    [
        ("지난해 9월 국가 공모에 선정돼 과제를 시작했다.", "지난해 9월", "national_call_selected", "2024-09-01", "month", "happened"),
        ("이달 말 데이터사업단을 설립하고 전략을 발표할 계획이다.", "이달 말", "office_founded", "2025-04-21", "late_month", "planned"),
        ("2027년까지 ‘물결 관측’ 과제를 수행 중이다.", "2027년까지", "project_end", "2027-01-01", "year", "planned"),
        ("빠르면 올해 말 연구동 신축 공사에 들어간다.", "빠르면 올해 말", "construction_start", "2025-10-01", "late_year", "planned"),
        ("최근 ‘인공지능 기본 조례’를 개정해 기반을 마련했다.", "최근", "ordinance_amended", "", "before", "happened"),
        ("‘디지털 기본계획’을 수립했다.", "수립했다", "plan_adopted", "", "before", "happened"),
        ("오는 15일 ‘미래 포럼’을 개최한다고 밝혔다.", "오는 15일", "event_held", "2025-04-15", "day", "planned"),
    ],
)
def test_dated_events(reader, sentence: str, token: str, event: str, start: str, precision: str, state: str) -> None:  # type: ignore[no-untyped-def]
    (found,) = [p for p in reader(f"부산시는 {sentence}").proposals if p.kind == "milestone"]
    assert (found.span.text, found.value("event"), found.value("date_start"), found.value("date_precision"), found.value("state")) == (
        token,
        event,
        start,
        precision,
        state,
    )


def test_days_of_an_event_are_its_range(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader(
        "부산시는 14일부터 17일까지 ‘바다 주간’을 개최한다.\n나흘간 12개국에서 30여 개 도시 대표가 참여할 예정이다.\n마지막 날에는 ‘물결 포럼’이 열린다."
    )
    assert {p.value("period_end") for p in reading.proposals if p.kind == "target"} == {"2025-04-17"}
    assert [p.value("date_start") for p in reading.proposals if p.kind == "milestone"] == ["2025-04-14", "2025-04-17"]


def test_the_day_it_was_said_is_no_event(reader) -> None:  # type: ignore[no-untyped-def]
    reading = reader("9일 부산시에 따르면 시는 지난 3월 기술원을 개소했다. 이날 120명이 참석했다.")
    assert [p.span.text for p in reading.proposals] == ["지난 3월", "120명"]
    assert one(reading, "120명").value("period_kind") == "unknown"


# ---- against what is on file ----


KNOWN = {
    "figure_id": "busan-garam-2024", "kind": "budget", "programme_id": "busan-garam", "programme_as_printed": "가람 인공지능 실증단지 조성 사업", "nature": "budget",
    "phase": "approved", "funding": "unknown", "unit": "KRW", "period_start": "2024-01-01", "period_end": "2024-12-31", "as_printed": "8억 원", "hedge": "none", "source_id": "other",
}  # fmt: skip


@pytest.mark.parametrize(("printed", "relation"), [("8억 원", "repeats"), ("12억 원", "contradicts")])
def test_figures_on_file_are_repeated_or_contradicted(reader, printed: str, relation: str) -> None:  # type: ignore[no-untyped-def]
    known = Known.of([KNOWN | {"as_printed": printed}], [{"programme_id": "busan-garam", "government": "busan", "name_ko": "가람"}])
    (found,) = one(reader(ARTICLE, None, known=known), "8억 원").known
    assert (found.relation, found.figure_id) == (relation, "busan-garam-2024")


@pytest.mark.parametrize(
    "other",
    [{"period_start": "2023-01-01", "period_end": "2023-12-31"}, {"phase": "settled"}, {"programme_as_printed": "전혀 다른 사업"}, {"unit": "KRW/project"}],
)
def test_figures_of_another_period_phase_or_programme_are_neither(reader, other: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    known = Known.of([KNOWN | other], [{"programme_id": "busan-garam", "government": "busan", "name_ko": "다른 이름"}])
    assert one(reader(ARTICLE, None, known=known), "8억 원").known == ()


# ---- files ----


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page whose text is ASCII: enough to see that the text of a PDF is read."""
    content = "BT /F1 12 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def docx(*paragraphs: str) -> bytes:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "국비", "50억 원"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_plain_text_in_every_encoding(encoding: str) -> None:
    assert article_text("올해 40억 원을 투입한다.".encode(encoding), "a.txt") == "올해 40억 원을 투입한다."


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("euc-kr", "cp949")])
def test_saved_pages_give_their_lines_and_their_day(charset: str, encoding: str) -> None:
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>제목</title><meta property="article:published_time" content="2025-03-04T10:00:00+09:00">'
        "<script>var a = '300억 원';</script></head><body><nav>메뉴 500억 원</nav><article><h1>큰 제목</h1><p>올해 <b>40억</b> 원을<br>투입한다.</p>"
        "<table><tr><td>국비</td><td>50억 원</td></tr></table></article><footer>100억 원</footer></body></html>"
    )
    assert article_text(page.encode(encoding), "a.html").split("\n") == [
        "제목",
        "published 2025-03-04",
        "큰 제목",
        "올해 40억 원을",
        "투입한다.",
        "국비 | 50억 원",
    ]


def test_text_of_pdf_and_docx() -> None:
    assert "GPU 100" in article_text(pdf(["GPU 100", "second line"]), "a.pdf")
    assert article_text(docx("올해 40억 원을 투입한다.", "끝."), "a.docx") == "올해 40억 원을 투입한다.\n끝.\n국비 | 50억 원"


def test_lines_that_a_page_broke_are_joined() -> None:
    text = "부산시는 올해 인공지능 실증 사업에 모두 40\n억 원을 투입해 기업을 지원한다고 밝혔다.\n○ 둘째 항목은 따로 선다\n- 셋째 항목도"
    assert unwrapped(text).split("\n") == [
        "부산시는 올해 인공지능 실증 사업에 모두 40억 원을 투입해 기업을 지원한다고 밝혔다.",
        "○ 둘째 항목은 따로 선다",
        "- 셋째 항목도",
    ]


def broken() -> Iterator[tuple[str, bytes]]:
    yield "binary.txt", b"\x00\x01\x02\xff\xfe\x00"
    yield "cut.pdf", b"%PDF-1.4\nnothing here"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("other.txt", "no document")
    yield "archive.docx", target.getvalue()
    yield "old.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(("name", "data"), broken(), ids=[name for name, _ in broken()])
def test_files_that_cannot_be_read_are_said_to_be(name: str, data: bytes) -> None:
    with pytest.raises(DataError) as error:
        article_text(data, name)
    assert name in error.value.say("ko") and name in error.value.say("en")


# ---- rules ----


def test_every_rule_is_found_in_its_example(cues: Cues) -> None:
    """A cue at the end or the beginning of a stretch is looked for everywhere in its example."""
    for cue in cues.rows:
        assert cue.reason.endswith("다.") and cue.example
        if cue.side != "token" and "^" not in cue.cue:
            assert cue.pattern.search(cue.example), (cue.field, cue.value, cue.example)


def test_a_rule_that_cannot_be_is_refused() -> None:
    row = dict.fromkeys(COLUMNS, "") | {"cue": "(", "side": "after"}
    with pytest.raises(DataError, match=":2 "):
        Cues.of([row])
    with pytest.raises(DataError, match="elsewhere"):
        Cues.of([row | {"cue": "a", "side": "elsewhere"}])


def test_a_rule_is_added_as_a_row(reader, cues: Cues, gazetteer: Gazetteer) -> None:  # type: ignore[no-untyped-def]
    text = "부산시는 올해 40억 원을 어루만졌다."
    assert one(reader(text), "40억 원").value("phase") == "unknown"
    row = {"field": "phase", "value": "paid", "cue": "어루만졌", "side": "after", "needs": "money", "reason": "", "example": ""}
    more = Cues((*cues.rows, *Cues.of([row]).rows))
    assert one(read(text, more, gazetteer, published=date(2025, 1, 1)), "40억 원").value("phase") == "paid"


# ---- the command ----


def test_json_names_every_place(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "글.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    done = command("read", path, "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["published_on"] == "2025-03-14" and record["published_words"][0]["text"] == "입력 2025-03-14"
    for proposal in record["proposals"]:
        for place in [proposal, *(place for places in proposal["evidence"].values() for place in places)]:
            assert ARTICLE[place["span"][0] : place["span"][1]] == place["text"]
    assert record["sums"][0]["fits"] is True


def test_reading_is_the_same_every_time_and_from_standard_input(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "-.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    first, second, piped = command("read", path), command("read", path), command("read", "-", stdin=ARTICLE)
    assert first.stdout == second.stdout
    assert piped.stdout.split("\n")[1:] == first.stdout.split("\n")[1:]
    assert "공모 응모" in first.stdout and "본문이 말하지 않음" in first.stdout


def test_marked_page_holds_the_marks_and_only_its_own_script(command: Command, tmp_path: Path) -> None:
    path, page = tmp_path / "a.txt", tmp_path / "a.html"
    path.write_text(ARTICLE + "<script>alert(1)</script>", encoding="utf-8")
    done = command("read", path, "--page", page)
    assert done.returncode == 0, done.stderr
    html = page.read_text(encoding="utf-8")
    assert '<mark class="budget" id="m2">90억여 원<sup>' in html and "<script>alert" not in html and html.count("<script") == 1
    assert "http" not in html.split("</style>")[1]


def test_struck_proposals_are_left_out(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    whole = json.loads(command("read", path, "--json").stdout)["proposals"]
    left = json.loads(command("read", path, "--json", "--strike", "2, 5").stdout)["proposals"]
    assert [p["number"] for p in left] == [p["number"] for p in whole if p["number"] not in (2, 5)]
    page = tmp_path / "a.html"
    assert command("read", path, "--page", page, "--strike", "2").returncode == 0
    assert page.read_text(encoding="utf-8").count('type="checkbox" checked') == len(whole) - 1


@pytest.mark.browser
def test_accepting_and_striking_by_keyboard_writes_the_command(command: Command, tmp_path: Path) -> None:
    path, page = tmp_path / "a.txt", tmp_path / "a.html"
    path.write_text(ARTICLE, encoding="utf-8")
    assert command("read", path, "--page", page).returncode == 0
    with started() as chromium:
        tab = chromium.new_page()
        tab.goto(page.as_uri())
        for key in ("j", "x", "a", "x"):
            tab.keyboard.press(key)
        until(tab, "value => document.getElementById('command').value === value", f"budgets read {path} --strike 1,3 --out a.xlsx")
        until(tab, "document.activeElement === document.querySelectorAll('.proposal input')[3]")
        assert tab.locator("mark.struck").count() == 2


def test_workbook_is_filled_in(command: Command, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path, book = tmp_path / "a.txt", tmp_path / "a.xlsx"
    path.write_text(ARTICLE, encoding="utf-8")
    done = command("read", path, "--out", book)
    assert done.returncode == 0, done.stderr
    cells = [[str(cell) for cell in row if cell is not None] for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True)]
    for token in ("90억여 원", "약 200여 명", "60억 원 규모"):
        assert any(token in row for row in cells), token
    assert any("공모 응모" in row and "60억 원 규모" in row for row in cells)


NEWS = """인천시, 인공지능 놀이터 사업 넓힌다
입력 2026-03-05 10:00
인천시는 ‘AI 플레이그라운드 인천’ 사업을 넓혀 올해 90개 기업을 지원하고 120여 명의 인재를 양성할 계획이라고 5일 밝혔다. 지난해에는 83개 기업을 지원했다.
시는 이 사업에 올해 국비 12억 원과 시비 8억 원 등 총 20억 원을 편성했다.
"""


def fill_in(book: Path, sheet_name: str, heading: str, beside: dict[str, str]) -> None:
    """Write into the column of *heading* what belongs to the rows that hold each word of *beside*, as a person would."""
    from openpyxl import load_workbook

    filled = load_workbook(book)
    sheet = filled[sheet_name]
    column = next(cell.column for row in sheet.iter_rows(max_row=10) for cell in row if str(cell.value).startswith(heading))
    for word, value in beside.items():
        row = next(row[0].row for row in sheet.iter_rows(min_row=5) if any(str(cell.value) == word for cell in row))
        sheet.cell(row, column).value = value
    filled.save(book)


def name_the_publisher(book: Path, file: str) -> None:
    """Fill in what this text does not say."""
    for heading, value in (("펴낸 곳", "한빛신문"), ("출처의 종류", "기사"), ("신뢰도", "언론")):
        fill_in(book, "출처", heading, {file: value})


@pytest.mark.slow
def test_round_trip_from_article_to_data(command: Command, workspace: Workspace, tmp_path: Path) -> None:
    """Read, fill in what no text says (the publisher), check, add: the diff is the six figures and their source."""
    path, book = tmp_path / "news.txt", tmp_path / "news.xlsx"
    path.write_text(NEWS, encoding="utf-8")
    assert command("read", path, "--out", book, "--data", workspace.data).returncode == 0
    asked = command("check", book, "--data", workspace.data)
    assert asked.returncode == 1 and "펴낸 곳" in asked.stdout + asked.stderr
    name_the_publisher(book, "news.txt")
    checked = command("check", book, "--data", workspace.data)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    before = workspace.rows("press/incheon.csv")
    assert command("add", book, "--data", workspace.data).returncode == 0
    after = workspace.rows("press/incheon.csv")
    new = [dict(zip(after[0], row, strict=True)) for row in after[1:] if row not in before]
    assert len(after) == len(before) + 6 and all(row in after for row in before)
    assert {(r["as_printed"], r["phase"], r["funding"] or r["indicator"], r["period_start"]) for r in new} == {
        ("90개", "target", "companies_supported", "2026-01-01"),
        ("120여 명", "target", "people_trained", "2026-01-01"),
        ("83개", "actual", "companies_supported", "2025-01-01"),
        ("12억 원", "approved", "national", "2026-01-01"),
        ("8억 원", "approved", "provincial", "2026-01-01"),
        ("20억 원", "approved", "mixed", "2026-01-01"),
    }
    assert {r["programme_id"] for r in new} == {"incheon-ai-playground"}
    again = json.loads(command("read", path, "--json", "--data", workspace.data).stdout)
    assert all(any(k["relation"] == "repeats" for k in p["known"]) for p in again["proposals"])


OF_NEW_PROGRAMMES = """부산시, ‘가람 로봇 실증단지’ 공모 도전
입력 2026-03-05 10:00
[한빛신문 김나래 기자] 부산시는 올해 40억 원 규모의 ‘가람 로봇 실증단지’ 공모에 도전장을 냈다고 5일 밝혔다. 또 ‘누리 인공지능 학교’에는 올해 시비 7억 원을 편성해 인재 120명을 양성한다.
"""


@pytest.mark.slow
def test_programmes_that_are_new_are_proposed_with_their_figures(command: Command, workspace: Workspace, tmp_path: Path) -> None:
    """Only their English names are left to the person; an amount applied for gets a name like every other."""
    path, book = tmp_path / "news.txt", tmp_path / "news.xlsx"
    path.write_text(OF_NEW_PROGRAMMES, encoding="utf-8")
    assert command("read", path, "--out", book, "--data", workspace.data).returncode == 0
    asked = command("check", book, "--data", workspace.data)
    assert asked.returncode == 1 and [line.split("[")[1][:5] for line in asked.stderr.splitlines() if "[" in line] == ["영어 이름", "영어 이름"], asked.stderr
    fill_in(book, "새 사업", "영어 이름", {"가람 로봇 실증단지": "Garam robot test site", "누리 인공지능 학교": "Nuri AI school"})
    added = command("add", book, "--data", workspace.data)
    assert added.returncode == 0, added.stdout + added.stderr
    head, *new = workspace.rows("press/busan.csv")
    found = [dict(zip(head, row, strict=True)) for row in new]
    assert {(r["figure_id"].startswith(r["programme_id"]), r["programme_id"], r["as_printed"], r["phase"], r["note"]) for r in found} == {
        (True, "busan-garam-robot-test-site", "40억 원 규모", "applied_for", ""),
        (True, "busan-nuri-ai-school", "7억 원", "approved", ""),
        (True, "busan-nuri-ai-school", "120명", "target", ""),
    }


TABLE = """입력 2026-03-05
인천시는 ‘AI 플레이그라운드 인천’ 예산을 다음과 같이 편성했다고 밝혔다.
(단위: 백만 원)
사업명 | 2025년 본예산 | 2026년 본예산 | 증감
AI 플레이그라운드 인천 | 980 | 9,800 | 8,820
"""


@pytest.mark.parametrize("encoding", ["utf-8", pytest.param("cp949", marks=pytest.mark.slow)])
def test_a_cell_of_a_table_is_read_added_and_found_again(command: Command, workspace: Workspace, tmp_path: Path, encoding: str) -> None:
    path, book = tmp_path / "table.txt", tmp_path / "table.xlsx"
    path.write_bytes(TABLE.encode(encoding))
    assert command("read", path, "--out", book, "--data", workspace.data).returncode == 0
    name_the_publisher(book, "table.txt")
    added = command("add", book, "--data", workspace.data)
    assert added.returncode == 0, added.stdout + added.stderr
    build(workspace.data)
    mine = load(workspace.data).budgets.query("as_printed in ['980백만원', '9,800백만원']")
    assert set(mine["as_printed"]) == {"980백만원", "9,800백만원"}
    source = load(workspace.data).sources.set_index("source_id").loc[mine["source_id"].iloc[0]]
    assert check_text(source.name, path, source["sha256"], mine) == []
    path.write_bytes(TABLE.replace("9,800", "19,800").encode(encoding))
    assert [fault.key for fault in check_text(source.name, path, source["sha256"], mine)] == ["verify.hash", "verify.token"]


@pytest.mark.parametrize("words", [["build"], ["verify"], ["read", "-"]])
def test_rules_that_cannot_be_are_refused_by_every_command(command: Command, workspace: Workspace, words: list[str]) -> None:
    line = workspace.add("rulings/reader_cues.csv", field="phase", value="paid", cue="(썼", side="after", reason="쓴 돈이다.", example="썼다")
    refused = command(*words, "--data", workspace.data)
    assert refused.returncode == 1 and f"rulings/reader_cues.csv:{line} [cue]" in refused.stderr and "(썼" in refused.stderr


def test_a_build_called_from_python_refuses_them_too_and_names_all(workspace: Workspace) -> None:
    lines = [
        workspace.add("rulings/reader_cues.csv", field="phase", value="paid", cue=cue, side=side, reason="쓴 돈이다.", example="썼다")
        for cue, side in (("(썼", "after"), ("썼", "behind"))
    ]
    before = workspace.clean()
    with pytest.raises(ContractError) as refused:
        build(workspace.data)
    assert [(fault.file, fault.line, fault.key) for fault in refused.value.faults] == [("rulings/reader_cues.csv", line, "reader.unusable") for line in lines]
    assert workspace.clean() == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.txt"], 1, "none.txt"),
        (["{file}", "--published", "어제"], 2, "어제"),
        (["{file}", "--published", "9999-12-31"], 2, "9999-12-31"),
        (["{file}", "--government", "atlantis"], 2, "atlantis"),
        (["{file}", "--strike", "3,999"], 2, "999"),
        (["{file}", "--strike", "1,"], 2, "1,"),
        (["{file}", "--strike", " "], 2, "‘ ’"),
        (["{file}", "--strike", "9" * 5000], 2, "999"),
        (["{file}", "--page", "-"], 2, ".html"),
        (["{file}", "--page", "{file}"], 2, ".html"),
        (["{file}", "--page", "no/such/folder/a.html"], 1, "no/such/folder"),
    ],
)
def test_wrong_input_ends_in_a_sentence(command: Command, tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    done = command("read", *(a.format(file=path) for a in arguments))
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr


def test_reading_stores_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    before = {p: p.read_bytes() for p in workspace.data.rglob("*") if p.is_file()}
    read_file(path, workspace.data)
    assert {p: p.read_bytes() for p in workspace.data.rglob("*") if p.is_file()} == before


def test_twenty_pages_in_two_seconds(tmp_path: Path) -> None:
    """With the start of Python; processor time, since other tests may run beside this one."""
    path = tmp_path / "long.txt"
    path.write_text("입력 2025-03-04\n" + "\n".join(ARTICLE.split("\n")[9] * 2 for _ in range(100)), encoding="utf-8")
    assert len(path.read_text(encoding="utf-8")) > 20 * 1000
    command = [sys.executable, "-c", "from budgets.cli import main; main()", "read", str(path), "--json"]
    spent = []
    for _ in range(3):  # the least of three: busy neighbours make the same work dearer
        began = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin"})
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime)
        if spent[-1] < 2:
            break
    assert min(spent) < 2


# ---- the five texts ----


@pytest.mark.skipif(not (SHARED / "sources").is_dir(), reason="the five texts do not lie beside this checkout")
def test_the_five_texts_are_read_as_well_as_wanted() -> None:
    spec = importlib.util.spec_from_file_location("benchmark_reader", ROOT / "benchmarks" / "reader.py")
    assert spec and spec.loader
    benchmark = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = benchmark
    spec.loader.exec_module(benchmark)
    rules = Cues.of(rows(DATA / "rulings" / "reader_cues.csv", COLUMNS))
    governments = Gazetteer.of(rows(DATA / "raw" / "reference" / "governments.csv"))
    texts = benchmark.truths(SHARED / "figures" / "press_figures.csv", SHARED / "sources", DATA)
    total = benchmark.score([(t, read(t.text, rules, governments, published=t.published)) for t in texts])
    assert total.wanted == 45 and total.found >= 43, total.missed
    assert len(total.false) <= 5, total.false
    for field, share in (("period", 0.90), ("phase", 0.85), ("funding", 0.85), ("value", 0.99), ("programme", 0.85)):
        assert total.share(field) >= share, (field, total.wrong)
