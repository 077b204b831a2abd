"""What councils, ministries and local papers write: tables without a unit, lists of governments, dates without a known verb."""

import pytest

from budgets.reader import read
from readings import Rules, figures, proposals


def events(text: str, rules: Rules) -> list[tuple[str, str, str, str]]:
    found = [p for p in proposals(text, rules) if p.kind == "milestone"]
    return [(p.value("event"), p.value("date_start"), p.value("date_end"), p.value("state")) for p in found]


@pytest.mark.parametrize("head", ["[한빛일보] 2025-03-04 21:47", "2025. 3. 4 (화) 07면"])
def test_a_day_behind_the_name_of_the_paper_or_before_its_page(head: str, rules: Rules) -> None:
    assert str(read(f"부산시 예산\n{head}\n부산시는 올해 3억 원을 쓴다.", *rules).published.day) == "2025-03-04"


def test_a_table_whose_cells_print_their_unit(rules: Rules) -> None:
    found = figures(
        "환경부는 가람 거점 공모 결과를 발표했다.\n< 선정 결과 >\n연번 | 시·도 | 총사업비 | 국비 | 지방비\n1 | 대전 | 50억 원 | 30억 원 | 20억 원\n2 | 제주 | 47억 원 | 29억 원 | 18억 원",
        rules,
    )
    assert {t: (p.value("government"), p.value("funding"), p.value("phase")) for t, p in found.items()} == {
        "50억 원": ("daejeon", "mixed", "awarded"), "30억 원": ("daejeon", "national", "awarded"), "20억 원": ("daejeon", "local", "awarded"),
        "47억 원": ("jeju", "mixed", "awarded"), "29억 원": ("jeju", "national", "awarded"), "18억 원": ("jeju", "local", "awarded"),
    }  # fmt: skip
    found = figures("부산시는 ‘가람 지킴이’를 단다.\n[연차별 보급 계획]\n구분 / 2025년 / 2026년\n보급 세대 / 2,000세대 / 4,500세대", rules)
    assert {t: (p.value("period_start")[:4], p.value("phase")) for t, p in found.items()} == {"2,000세대": ("2025", "target"), "4,500세대": ("2026", "target")}
    assert all(p.value("programme_as_printed") != "보급 세대" for p in found.values())


def test_counters_of_a_page_are_no_table(rules: Rules) -> None:
    text = "홈 | 뉴스 | 예산\n부산시 | 조회 120 | 댓글 3개\n부산시는 올해 3억 원을 쓴다."
    assert set(figures(text, rules)) == {"3억 원"}


def test_governments_in_a_list_are_not_who_acts(rules: Rules) -> None:
    found = figures("산업통상자원부(장관 김가람)는 대상지로 대전, 전남, 경북, 제주를 선정했다.\n올해 국비는 96억 원이다.", rules)
    assert found["96억 원"].value("government") == "national"
    found = figures("부산시는 올해 3억 원을 쓴다. 이웃한 김해시는 드론 11대를 띄웠다. 예산은 내년에 5억 원이다.", rules)
    assert {t: p.value("government") for t, p in found.items()} == {"3억 원": "busan", "11대": "gyeongnam-gimhae", "5억 원": "busan"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("부산시는 5월 중 운용사를 고른다.", ("unknown", "2025-05-01", "2025-05-31", "planned")),
        ("안건은 오는 22일 예비심사를 거쳐 본회의에 오른다.", ("unknown", "2025-03-22", "2025-03-22", "planned")),
        ("부산시는 7월부터 통합 창구를 꾸린다.", ("unknown", "2025-07-01", "2025-07-31", "planned")),
        ("시설은 내년 1분기 첫 손님을 맞는다.", ("unknown", "2026-01-01", "2026-03-31", "planned")),
        ("실증 선박은 지난달 진수됐다.", ("unknown", "2025-02-01", "2025-02-28", "happened")),
        ("챗봇을 다음 달 1일 개통한다고 4일 밝혔다.", ("service_started", "2025-04-01", "2025-04-01", "planned")),
    ],
)
def test_what_is_done_at_a_printed_time_is_an_event_whatever_the_verb(text: str, wanted: tuple[str, ...], rules: Rules) -> None:
    assert events(text, rules) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "부산시는 지난달 5,200건을 처리했다.",
        "시장을 지난달 27일 집무실에서 만났다.",
        "지난달까지 이곳을 거쳐 간 시민은 300명이다.",
        "시민 300명의 서명을 시에 전달했다.",
        "부산시는 4일 이같이 말했다.",
    ],
)
def test_a_time_that_is_no_event(text: str, rules: Rules) -> None:
    assert events(text, rules) == []


@pytest.mark.parametrize(
    ("text", "printed", "phase"),
    [
        ("부산시 플랫폼 구축에는 14억 원이 들었다.", "14억 원", "paid"),
        ("부산시가 올해 2월 말까지 집행한 금액은 3억 원이다.", "3억 원", "paid"),
        ("국비 14억 원을 서둘러 신청해 주십시오.", "14억 원", "requested"),
        ("의회는 집행부가 낸 14억 원을 따졌다.", "14억 원", "proposed"),
        ("‘가람 거점’ 14억 원은 원안대로 통과됐다.", "14억 원", "approved"),
        ("부산시는 예산 14억 원 중 5억 원이 깎였다고 밝혔다.", "14억 원", "proposed"),
        ("국비 14억 원 확보!", "14억 원", "awarded"),
    ],
)
def test_verbs_of_councils_and_accounts(text: str, printed: str, phase: str, rules: Rules) -> None:
    assert figures(text, rules)[printed].value("phase") == phase


def test_money_to_the_end_of_a_month_that_is_over(rules: Rules) -> None:
    found = figures("올해 예산 5억 원 가운데 2월 말까지 집행된 금액은 2억 원이다.", rules)
    assert [(p.value("period_start"), p.value("period_end")) for p in found.values()] == [("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-02-28")]


def test_years_that_add_up_are_parts_of_their_total(rules: Rules) -> None:
    text = "부산시는 3년에 걸쳐 총 96억 원을 투자하며, 올해 20억 원, 2026년 36억 원, 2027년 {}억 원이다."
    assert [(p.part_of, p.value("phase")) for p in list(figures(text.format(40), rules).values())[1:]] == [(1, "announced")] * 3
    assert [p.part_of for p in figures(text.format(49), rules).values()] == [None] * 4


def test_an_open_end_and_a_new_year(rules: Rules) -> None:
    found = figures("가람 거점(총사업비 38억 원, ~2029년)\n새해에는 부산시가 가람 교실 300곳을 연다.", rules)
    assert [(p.value("period_start")[:4], p.value("period_end")[:4]) for p in found.values()] == [("", "2029"), ("2025", "2025")]


@pytest.mark.parametrize("text", ["천장 높이 9m 건물", "100% 국산 부품", "인력 1명이 맡는 세대", "가람로봇 주가는 7.8% 오른 1만 8,450원에 마감했다."])
def test_sizes_and_shares_of_the_day_are_no_figures(text: str, rules: Rules) -> None:
    assert figures(text, rules) == {}


def test_what_is_only_intended_is_no_name(rules: Rules) -> None:
    found = figures("부산시는 챗봇 ‘가람이’를 올해 말까지 넓힐 계획이다. 구축에는 2억 원이 들었다.", rules)
    assert found["2억 원"].value("programme_as_printed") == "가람이"
