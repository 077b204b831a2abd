"""What the reader supposes where the text does not say: shown as that, in no cell of the workbook."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from annotated import load as load_article
from budgets.checkout import default_data
from budgets.clean import load
from budgets.reader import Proposal, read
from budgets.reader.known import Known
from budgets.reader.records import as_json, entry_rows
from budgets.sources.articles import ArticleFile, rows
from budgets.sources.workbooks.template import template
from payers import judged
from readings import Rules, figures

ARTICLES = Path(__file__).parent / "articles"
DATA = default_data()
CALL = "부산시는 ‘2025 새물결 국가공모사업’(13억 원 규모)에 도전장을 냈다."


def funder(p: Proposal) -> tuple[str, list[str]] | None:
    one = p.supposed.get("funding")
    return (one.value, [span.text for span in one.words]) if one else None


def test_a_call_and_the_year_in_its_name_are_supposed_and_not_said(rules: Rules) -> None:
    (call,) = figures(CALL, rules).values()
    assert (call.value("funding"), call.value("period_kind")) == ("unknown", "unknown")
    assert funder(call) == ("national", ["국가공모사업"])
    assert [call.proposed[c] for c in ("funding", "period_kind", "period_start", "period_end")] == ["national", "fiscal_year", "2025-01-01", "2025-12-31"]


def test_no_cell_of_the_workbook_holds_what_is_supposed(rules: Rules) -> None:
    reading = read(f"입력 2025-03-04\n{CALL}", *rules)
    file = ArticleFile("a.txt", CALL, "0" * 64)
    (record,) = as_json(reading, file)["proposals"]
    assert record["funding"] == "national" and record["supposed"]["funding"]["words"][0]["text"] == "국가공모사업"
    entered = load_workbook(BytesIO(template(load(DATA), "ko", proposals=entry_rows(reading, file, {}, {}, "ko"))))["금액"]
    cells = {str(entered.cell(4, n).value).removesuffix(" *"): entered.cell(7, n) for n in range(1, 23)}
    assert (cells["재원"].value, cells["기간의 종류"].value, cells["비고"].value) == ("재원 미상", "기간 미상", None)
    assert "국비" in cells["재원"].comment.text and "2025" in cells["기간의 종류"].comment.text
    assert cells["구분"].value == "제안 1 · 추정 있음"


@pytest.mark.parametrize(
    ("text", "said", "supposed"),
    [
        ("부산시는 총사업비 90억 원을 들여 ‘가람 데이터 거점’을 짓는다.", "unknown", "mixed"),
        ("‘가람 데이터 거점’의 총사업비는 약 90억 원이다.", "unknown", "mixed"),
        ("부산시는 총사업비 90억 원을 전액 시비로 대어 ‘가람 데이터 거점’을 짓는다.", "provincial", None),
        ("부산시는 ‘가람 데이터 거점’을 짓는 총사업비 90억 원을 국비로 확보했다.", "national", None),
        ("부산시는 사업비 90억 원을 들여 ‘가람 데이터 거점’을 짓는다.", "unknown", None),
    ],
)
def test_a_total_cost_may_be_the_money_of_many_and_names_none(text: str, said: str, supposed: str | None, rules: Rules) -> None:
    (p,) = figures(text, rules).values()
    found = funder(p)
    assert (p.value("funding"), found[0] if found else None) == (said, supposed)


def test_money_spent_together_with_a_ministry_may_be_mixed(rules: Rules) -> None:
    together = "대전시는 과학기술정보통신부와 함께 사업단을 세우고 2027년까지 90억 원을 투입한다."
    assert funder(figures(together, rules)["90억 원"]) == ("mixed", ["과학기술정보통신부와 함께"])
    for apart in ("대전시는 홍보 사업부와 함께 90억 원을 투입한다.", "과학기술정보통신부가 계획을 냈다.\n대전시는 90억 원을 투입한다."):
        assert funder(figures(apart, rules)["90억 원"]) is None


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("부산시는 3월 10일 ‘가람 인공지능 포럼’을 개최한다. ‘가람 인공지능 포럼’에는 시민 200명이 참여한다.", "provincial"),
        ("김해시는 3월 10일 ‘가람 인공지능 포럼’을 개최한다. ‘가람 인공지능 포럼’에는 시민 200명이 참여한다.", "municipal"),
        ("3월 10일 부산에서 ‘가람 인공지능 포럼’이 열린다. ‘가람 인공지능 포럼’에는 시민 200명이 참여한다.", None),
        ("부산시는 ‘가람 교육’에 국비 4억 원을 들인다. ‘가람 교육’에는 시민 200명이 참여한다.", "national"),
        ("부산시는 ‘가람 교육’에 국비 4억 원을 들인다. ‘누리 체험’에는 시민 200명이 참여한다.", None),
        ("부산시는 ‘가람 교육’에 국비 4억 원을, 지난해 ‘가람 교육’에 시비 2억 원을 썼다. ‘가람 교육’에는 시민 200명이 참여한다.", None),
    ],
)
def test_a_count_may_have_the_funder_of_its_programme_or_its_host(text: str, supposed: str | None, rules: Rules) -> None:
    p = figures(text, rules)["200명"]
    found = funder(p)
    assert (found[0] if found else None) == supposed
    assert "funding" not in p.fields


def test_what_is_supposed_is_what_a_person_would_suppose(rules: Rules) -> None:
    """On twelve articles and 180 funders by somebody who had not seen the rules. No rule was made for these articles."""
    people = rows(ARTICLES / "payers.csv")
    found = Counter[str]()
    for path in sorted((ARTICLES / "fifth").glob("*.txt")):
        found += judged(path.stem, read(load_article(path).text, *rules), people)
    assert found["wrong"] == 0
    assert found["right"] >= 13 and found["not supposed"] <= 7, found


@pytest.mark.parametrize(
    "text",
    [
        "부산시는 지역 신문의 홍보 사업부와 함께 90억 원을 투입한다.",
        "이 기사는 본지 산업부와 함께 취재했다. 부산시는 90억 원을 투입한다.",
        "부산시는 행정안전부와 함께가 아니라 홀로 90억 원을 투입한다.",
        "부산시는 90억 원 규모의 국가공모사업이 아닌 자체 사업을 한다.",
        "부산시는 90억 원 규모의 국가공모사업에서 탈락했다.",
        "부산시는 총사업비 90억 원을 들인다. 90억 원은 전액 국비다.",
    ],
)
def test_what_is_denied_or_said_elsewhere_is_not_supposed(text: str, rules: Rules) -> None:
    assert all(not p.supposed for p in read(f"입력 2025-03-04\n{text}", *rules).proposals if p.kind == "budget")


def test_a_year_far_from_the_day_is_a_vision(rules: Rules) -> None:
    assert "period" not in figures("부산시는 ‘2030 인공지능 비전 사업’(13억 원 규모)에 도전장을 냈다.", rules)["13억 원 규모"].supposed


def test_another_host_than_the_government_is_not_the_government(rules: Rules) -> None:
    found = figures("부산시는 7일 이렇게 밝혔다. 한빛전자는 3월 10일 ‘가람 인공지능 포럼’을 개최한다. ‘가람 인공지능 포럼’에는 시민 200명이 참여한다.", rules)
    assert funder(found["200명"]) is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("저작권자 © 한빛신문, 무단 전재 금지", "한빛신문"),
        ("ⓒ 한빛일보(www.hanbit.co.kr), 무단전재 및 수집 금지", "한빛일보"),
        ("[나래방송 김가람 기자] 부산시는 새 사업을 한다.", "나래방송"),
        ("부산시청 전경 ⓒ사진통신", "unknown"),
        ("저작권자 © 한빛신문, 무단 전재 금지\n저작권자 © 나래신문, 무단 전재 금지", "unknown"),
    ],
)
def test_the_publisher_is_who_says_so_and_no_photographer(line: str, publisher: str, rules: Rules) -> None:
    assert read(f"입력 2025-03-04\n부산시는 올해 3억 원을 편성했다고 4일 밝혔다.\n{line}", *rules).publisher.value == publisher


def test_a_name_that_only_holds_another_is_no_programme_on_file(rules: Rules) -> None:
    known = Known.of([], [{"programme_id": "busan-garam", "government": "busan", "name_ko": "가람 인공지능 실증단지 조성"}])
    text = "입력 2025-03-04\n부산시는 올해 ‘{}’에 시비 3억 원을 편성했다."
    (same,) = read(text.format("가람 인공지능 실증단지 조성 사업"), *rules, known=known).proposals
    (other,) = read(text.format("인공지능 실증단지"), *rules, known=known).proposals
    assert (same.value("programme_id"), other.value("programme_id"), other.similar) == ("busan-garam", "", ("busan-garam",))
