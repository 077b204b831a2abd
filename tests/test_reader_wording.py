"""Wordings that other writers use: Hanja units, notes that end in nouns, shares told in the next sentence, days and deadlines of events."""

import pytest

from budgets.reader import Proposal, read
from readings import Rules, figures


def said(text: str, rules: Rules, *columns: str) -> dict[str, tuple[str, ...]]:
    return {token: tuple(p.value(c) for c in columns) for token, p in figures(text, rules).items()}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("부산시가 새 거점에 100億원을 들인다.", {"100億원": 10_000_000_000}),
        ("부산시 내년 살림 3조9千億", {"3조9千億": 3_900_000_000_000}),
        ("부산시, 새 거점 공모 62억 사업 따냈다", {"62억": 6_200_000_000}),
        ("부산시 추경안 612억 편성", {"612억": 61_200_000_000}),
        ("부산시는 예산(백만원)을 다시 짰다.", {}),
        ("부산시 인구는 5년 새 8만 명 줄어 300만 명이 됐다.", {}),
        ("부산시는 셔틀버스 20대를 돌린다.", {"20대": 20}),
        ("부산시는 20대 청년을 돕는다.", {}),
        ("부산시가 연 공모에서 전국 17개 시군이 경합했다.", {"17개": 17}),
        ("부산시는 전국 17개 시도 가운데 으뜸이다.", {}),
    ],
)
def test_amounts_and_counts(text: str, tokens: dict[str, int], rules: Rules) -> None:
    assert {t: p.token.amount.printed for t, p in figures(text, rules).items() if p.token} == tokens


def events(text: str, rules: Rules) -> list[tuple[str, str, str, str, str]]:
    found = [p for p in read(f"입력 2025-03-04\n{text}", *rules).proposals if p.kind == "milestone"]
    return [(p.span.text, p.value("event"), p.value("date_start"), p.value("date_end"), p.value("state")) for p in found]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("예산안은 다음 달 17일 본회의에서 의결된다.", ("다음 달 17일", "council_approved", "2025-04-17", "2025-04-17", "planned")),
        ("시의회는 지난 10일 본회의에서 내년 예산을 의결했다.", ("지난 10일", "council_approved", "2025-02-10", "2025-02-10", "happened")),
        ("배움터가 지난달 28일 개관 1주년을 맞았다.", ("지난달 28일", "anniversary", "2025-02-28", "2025-02-28", "happened")),
        ("시는 2026년 말까지 새 비서를 전 부서에 도입한다.", ("2026년 말까지", "service_started", "2026-10-01", "2026-12-31", "planned")),
        ("시는 오는 12월 시범 운영에 들어간다.", ("오는 12월", "trial_run", "2025-12-01", "2025-12-31", "planned")),
        ("신청서 접수 기간은 3월 10일부터 4월 4일까지다.", ("3월 10일부터 4월 4일까지", "applications_open", "2025-03-10", "2025-04-04", "planned")),
        ("지난주 동래에서 배움터 개소식이 있었다.", ("지난주", "facility_opened", "2025-02-24", "2025-03-02", "happened")),
        ("시는 8월 말까지 관리 지침을 새로 만들겠다고 했다.", ("8월 말까지", "plan_adopted", "2025-08-21", "2025-08-31", "planned")),
        ("시는 내년 봄 상설 체험관을 개관할 방침이다.", ("내년 봄", "facility_opened", "2026-03-01", "2026-05-31", "planned")),
        ("첫 삽은 오는 9월에 뜬다.", ("오는 9월", "construction_start", "2025-09-01", "2025-09-30", "planned")),
        ("○ 6월 말: 배움터 개소", ("6월 말", "facility_opened", "2025-06-21", "2025-06-30", "planned")),
    ],
)
def test_dated_events_that_other_verbs_and_nouns_tell(text: str, event: tuple[str, ...], rules: Rules) -> None:
    assert events(f"부산시 소식이다. {text}" if "○" not in text else f"부산시 일정\n{text}", rules) == [event]


@pytest.mark.parametrize("text", ["올해까지 기업 80개사가 비서를 도입했다.", "산단이 내년이면 50주년을 맞는다."])
def test_a_year_alone_is_no_day_of_an_event(text: str, rules: Rules) -> None:
    assert events(f"부산시 소식이다. {text}", rules) == []


def test_a_million_city_and_its_mayor_are_that_city(rules: Rules) -> None:
    assert said("경기 화성특례시가 시비 3억 원을 쓴다.", rules, "government", "funding")["3억 원"] == ("gyeonggi-hwaseong", "municipal")
    assert said("[인터뷰] 천안시장 “골목부터”\nA. 올해 시비 3억 원을 씁니다.", rules, "government")["3억 원"] == ("chungnam-cheonan",)


def test_a_government_that_only_joins_in_does_not_take_over(rules: Rules) -> None:
    text = "강원 삼척시는 협약을 맺었다.\n시는 시비 8억 원을 대고, 강원특별자치도는 도비 6억 원을 지원하기로 했다.\n상주 인력 180명을 뽑는다."
    assert said(text, rules, "government") == {"8억 원": ("gangwon-samcheok",), "6억 원": ("gangwon",), "180명": ("gangwon-samcheok",)}


def test_columns_of_a_table_may_be_funders(rules: Rules) -> None:
    text = "수원시 사업비 (단위: 백만원)\n사업 | 국비 | 도비 | 시비 | 계\n가람 거점 | 1,800 | 900 | 1,700 | 4,400\n누리 교실 | - | - | 500 | 500"
    found = [p for p in read(f"입력 2025-03-04\n수원시는 예산을 짰다고 밝혔다.\n{text}", *rules).proposals if p.token]
    assert [p.value("funding") for p in found] == ["national", "provincial", "municipal", "mixed", "municipal", "municipal"]


def parts(text: str, rules: Rules) -> list[tuple[str, str, str, bool]]:
    proposals: list[Proposal] = list(figures(text, rules).values())
    return [(p.span.text, p.value("funding"), p.value("period_end")[:4], p.part_of is not None) for p in proposals]


def test_shares_may_be_told_in_the_next_sentence(rules: Rules) -> None:
    text = "김해시는 내년 가람 사업에 54억 원을 쓴다. 재원은 국비 27억 원, 도비 11억 원, 시비 {}억 원이다."
    assert parts(text.format(16), rules) == [
        ("54억 원", "mixed", "2026", False),
        ("27억 원", "national", "2026", True),
        ("11억 원", "provincial", "2026", True),
        ("16억 원", "municipal", "2026", True),
    ]
    assert parts(text.format(19), rules)[0] == ("54억 원", "unknown", "2026", False)


def test_the_rest_makes_the_parts_complete(rules: Rules) -> None:
    text = "김해시에 두 회사가 2029년까지 18억 원을 전액 민간투자로 들인다. 자기자본 4억 원에 나머지 14억 원은 프로젝트파이낸싱(PF)으로 마련한다."
    assert parts(text, rules) == [("18억 원", "private", "2029", False), ("4억 원", "private", "2029", True), ("14억 원", "private", "2029", True)]
    text = "김해시는 작년 가람 사업에 18억 원을 썼다. 이 중 시비가 12억 원이고 나머지는 도비다."
    assert parts(text, rules)[0] == ("18억 원", "mixed", "2024", False)


def test_matched_money_is_mixed(rules: Rules) -> None:
    text = "김해시는 국비 15억 원과 시비 15억 원을 1대 1로 매칭해 모두 30억 원을 쓴다."
    assert parts(text, rules)[-1][:2] == ("30억 원", "mixed")


def test_counts_in_the_bracket_of_an_amount_are_of_its_year(rules: Rules) -> None:
    text = "부산시는 올해 본예산에 45억 원을 편성했다고 밝혔다.\n ▲ 가람 거점 36억 원(거점 22곳)\n ▲ 누리 교실 9억 원"
    found = said(text, rules, "period_start", "phase")
    assert found == {
        "45억 원": ("2025-01-01", "approved"),
        "36억 원": ("2025-01-01", "approved"),
        "22곳": ("2025-01-01", "target"),
        "9억 원": ("2025-01-01", "approved"),
    }


def test_notes_that_end_in_nouns(rules: Rules) -> None:
    found = said("부산시 추진 현황\n ○ 올해 기업 30개사를 지원할 계획임\n ○ 지난해 기업 61개사를 지원함\n ○ 올해 거점 5곳을 운영함", rules, "phase")
    assert found == {"30개사": ("target",), "61개사": ("actual",), "5곳": ("target",)}


def test_years_in_a_bracket_speak_for_the_noun_before_it(rules: Rules) -> None:
    assert said("부산시는 1단계(2020~2023년)에서는 31억 원을 썼다.", rules, "period_start", "period_end")["31억 원"] == ("2020-01-01", "2023-12-31")


def test_what_is_carried_over_is_not_of_the_year_it_goes_to(rules: Rules) -> None:
    assert said("부산시의 지난해 예산 가운데 7억 원이 올해로 이월됐다.", rules, "period_start")["7억 원"] == ("2024-01-01",)


def test_money_won_in_the_call_the_lead_tells_of(rules: Rules) -> None:
    text = "함양군이 국가공모사업 ‘AI 산지 과원’ 대상지로 최종 낙점됐다고 밝혔다.\n올해 ‘AI 산지 과원’ 몫은 12억 원이다. ‘AI 물길 사업’ 몫은 3억 원이다."
    assert said(text, rules, "phase") == {"12억 원": ("awarded",), "3억 원": ("unknown",)}


def test_shares_in_percent_behind_the_sentence(rules: Rules) -> None:
    assert said("무안군은 올해 가람 사업에 19억 원을 쓴다. 국비 70%, 지방비 30%다.", rules, "funding")["19억 원"] == ("mixed",)
    assert said("무안군은 올해 가람 사업에 19억 원을 쓴다. 참여율은 70%다.", rules, "funding")["19억 원"] == ("unknown",)


def test_a_public_notice(rules: Rules) -> None:
    text = "부산시 ‘동행 AI 인턴’ 참여자 모집\n□ 모집인원: 35명\n□ 급여: 월 251만 원\n□ 소요예산: 총 5억 원 (전액 시비)\n□ 접수: 3. 14.(금) ~ 4. 25.(금) 18시까지\n□ 선발결과 발표: 5월 30일"
    found = said(text, rules, "programme_as_printed", "funding", "indicator")
    assert found["5억 원"][:2] == ("동행 AI 인턴", "provincial") and found["35명"][::2] == ("동행 AI 인턴", "intake") and found["251만 원"][0] == "동행 AI 인턴"
    assert [e[1:4] for e in events(text, rules)] == [("applications_open", "2025-03-14", "2025-04-25"), ("results_announced", "2025-05-30", "2025-05-30")]


@pytest.mark.parametrize(
    ("text", "printed", "field"),
    [
        ("부산시는 국비 없이 30억 원을 투입한다.", "30억 원", "funding"),
        ("부산시는 총사업비 30억 원은 전액 국비가 아닌 돈으로 댄다.", "30억 원", "funding"),
        ("부산시는 시비 30억 원을 투입하지 않기로 했다.", "30억 원", "phase"),
        ("부산시는 30억 원을 투입할 계획을 철회했다.", "30억 원", "phase"),
        ("부산시는 국비 30억 원이 배정됐다는 보도를 부인했다.", "30억 원", "phase"),
        ("부산시는 30억 원이 아니라 20억 원을 편성했다.", "30억 원", "phase"),
        ("부산시는 당초 30억 원에서 20억 원으로 줄여 편성했다.", "30억 원", "phase"),
        ("부산시는 지난해 기업 100개를 유치하지 못했다.", "100개", "phase"),
        ("부산시는 올해 기업 100개를 지원하지 않기로 했다.", "100개", "phase"),
    ],
)
def test_what_is_taken_back_is_not_said(text: str, printed: str, field: str, rules: Rules) -> None:
    assert figures(text, rules)[printed].value(field) == "unknown"


def test_money_in_the_place_of_other_money_is_its_own(rules: Rules) -> None:
    assert figures("부산시는 국비 대신 시비 30억 원을 투입한다.", rules)["30억 원"].value("funding") == "provincial"
