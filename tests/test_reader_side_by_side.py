"""What texts write that put governments, years and stages side by side."""

import pytest

from readings import Rules, figures, proposals


def test_the_government_right_before_an_amount_is_whose_it_is(rules: Rules) -> None:
    found = figures("본예산은 서울 2,064억 원, 경기도 1,310억 원, 경기 광주시 3억 원이다. 인천이 9억 원으로 가장 적고 세종(8억 원)이 뒤를 이었다.", rules)
    assert {t: p.value("government") for t, p in found.items()} == {
        "2,064억 원": "seoul", "1,310억 원": "gyeonggi", "3억 원": "gyeonggi-gwangju", "9억 원": "incheon", "8억 원": "sejong",
    }  # fmt: skip


def test_what_is_ranked_is_of_the_year_and_stage_of_the_whole(rules: Rules) -> None:
    found = figures("17개 시·도가 2022년부터 2024년까지 집행한 예산은 318억 원이다.\n서울이 74억 원으로 가장 많이 썼고 경기 51억 원이 뒤를 이었다.", rules)
    assert {(p.value("period_start"), p.value("period_end"), p.value("phase")) for p in found.values()} == {("2022-01-01", "2024-12-31", "paid")}


def test_the_nation_stays_the_subject_until_another_is_named(rules: Rules) -> None:
    found = figures("서울시는 올해 9억 원을 들인다.\n행안부는 공통기반을 만든다. 내년 예산안에 56억 원이 들어 있다. 서울시는 7억 원을 낸다.", rules)
    assert [p.value("government") for p in found.values()] == ["seoul", "national", "seoul"]


@pytest.mark.parametrize(
    ("text", "start", "end", "as_of", "phase"),
    [
        ("지난해 말 부산의 AI 기업은 278곳, 늘고 있다.", "", "", "2024-12-31", "actual"),
        ("2024년 말 278곳인 기업을 늘린다.", "", "", "2024-12-31", "actual"),
        ("지난해 말 278곳을 지원했다.", "2024-10-01", "2024-12-31", "", "actual"),
        ("지금 부산시가 굴리는 장비는 278곳입니다.", "", "", "2025-03-04", "actual"),
        ("올해 2월까지 278곳을 지원했다.", "2025-01-01", "2025-02-28", "", "actual"),
        ("지난해 30곳이던 학교를 278곳으로 늘린다.", "", "", "", "target"),
        ("2024년 1월부터 11월까지 300곳, 지난해 같은 기간 278곳이 찾았다.", "2023-01-01", "2023-11-30", "", "actual"),
        ("278곳을 지원한다는 목표 아래 30곳이 과정을 마쳤다.", "", "", "", "target"),
        ("실제 착공한 곳은 278곳에 그친다.", "", "", "", "actual"),
    ],
)
def test_a_count_stands_at_a_day_or_over_a_time(text: str, start: str, end: str, as_of: str, phase: str, rules: Rules) -> None:
    p = figures(text, rules)["278곳"]
    assert [p.value(c) for c in ("period_start", "period_end", "as_of", "phase")] == [start, end, as_of, phase]


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("예산현액 68억 원에서 5억 원을 썼다.", "paid"),
        ("여기에 들어간 돈은 5억 원이다.", "paid"),
        ("연말까지 5억 원밖에 쓰지 못했다.", "paid"),
        ("국회를 통과한 예산에는 설계비 5억 원만 담겼습니다.", "approved"),
        ("시의회가 5억 원을 의결했다.", "approved"),
        ("시가 5억 원을 올린 사업이다.", "proposed"),
        ("보조금을 최대 5억 원까지 지급하기로 했다.", "announced"),
        ("3년간 5억 원 푼다", "announced"),
    ],
)
def test_the_stage_of_an_amount(text: str, phase: str, rules: Rules) -> None:
    assert next(p for t, p in figures(f"부산시 AI 사업. {text}", rules).items() if "5억" in t and "68억" not in t).value("phase") == phase


def test_a_draft_budget_holds_what_it_names_also_before_another_time(rules: Rules) -> None:
    found = figures(
        "2026년도 예산안 제출에 즈음한 시정연설\n‘AI 거점’에 42억 원을 편성하여 2028년까지 기업 300개사를 모으겠습니다. 총사업비는 480억 원입니다.", rules
    )
    assert {t: (p.value("period_start"), p.value("phase")) for t, p in found.items() if p.kind == "budget"} == {
        "42억 원": ("2026-01-01", "proposed"), "480억 원": ("", "unknown"),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["점포 한 곳에 최대 5억 원을 준다.", "한 학교에 5억 원씩 준다.", "한 기업이 받을 수 있는 돈은 5억 원이다."])
def test_what_one_gets_is_no_total(text: str, rules: Rules) -> None:
    assert [p.value("unit") for p in proposals(f"부산시는 {text}", rules)] == ["KRW/recipient"]


@pytest.mark.parametrize(
    ("text", "prints"),
    [
        ("시민 1만 2,730명께서 들으셨다.", ["1만 2,730명"]),
        ("인공지능을 쓰는 곳은 스물한 곳뿐이고 문을 닫은 곳이 두 곳뿐이다. 세 곳을 가 봤다.", ["스물한 곳", "두 곳"]),
        ("재석 45명 가운데 41명이 찬성했다.", []),
        ("지난해 매출은 2870억 원, 영업이익은 194억 원이다.", []),
        ("이 기사에 대한 의견 27개", []),
        ("예산 1만을 들였다.", []),
        ("예산 10억 2026년까지", ["10억"]),
    ],
)
def test_what_is_a_figure(text: str, prints: list[str], rules: Rules) -> None:
    assert [p.as_printed for p in proposals(text, rules)] == prints


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("오는 9월 착공, 내년 6월 가동이 목표다.", "construction_start"),
        ("2027년 12월 준공하는 일정이다.", "construction_completed"),
        ("내년 1월 1일 자로 우리 실이 전략본부로 커진다.", "office_founded"),
        ("지난해 7월 15일 확정한 ‘인공지능 기본계획’을 지킨다.", "plan_adopted"),
        ("지난해 9월 시범 운영한 비서가 있다.", "trial_run"),
        ("지난해 3월 31일에야 운행에 들어갔다.", "service_started"),
        ("4분기 장비를 들인다.", "unknown"),
        ("다음 달 중순부터 신청을 받는다.", "applications_open"),
    ],
)
def test_what_happens_when(text: str, event: str, rules: Rules) -> None:
    assert next(p for p in proposals(f"부산시 소식. {text}", rules) if p.kind == "milestone").value("event") == event


# ---- what is told apart from the figure ----


def test_shares_that_come_to_a_total_printed_elsewhere_are_its_parts(rules: Rules) -> None:
    found = figures(
        "‘가람 데이터허브’에 2030년까지 2300억 원이 들어간다. 누가 낼지는 안갯속이다.\n빈 땅이 넓다.\n사업비는 국비 1150억 원, 시비 460억 원, 민간 690억 원.",
        rules,
    )
    whole = found["2300억 원"]
    assert whole.value("funding") == "mixed"
    assert {(found[t].part_of, found[t].value("period_end"), found[t].value("phase")) for t in ("1150억 원", "460억 원", "690억 원")} == {
        (whole.number, "2030-12-31", "announced")
    }
    assert figures("2301억 원을 쓴다.\n빈 땅이다.\n국비 1150억 원, 시비 460억 원, 민간 690억 원.", rules)["690억 원"].part_of is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("시가 2028년까지 내건 성과는 세 가지다. 기업 지원 278곳이다.", "", "2028-12-31"),
        ("새해 첫날이다.\n내년에는 이렇게 하겠습니다.\n하나, 학교를 278곳 만들겠습니다.", "2026-01-01", "2026-12-31"),
        ("가\n나\n다\n―당장 내년 살림은.\n“어려운 때이지만 기업 지원 278곳을 한다고 밝혔다.”", "2026-01-01", "2026-12-31"),
        ("내년 일이다. 기업 지원은 278곳이다.", "", ""),
    ],
)
def test_a_time_may_lead_on_to_what_follows(text: str, start: str, end: str, rules: Rules) -> None:
    p = figures(f"부산시 소식\n{text}", rules)["278곳"]
    assert (p.value("period_start"), p.value("period_end")) == (start, end)


def test_all_that_a_thing_costs_is_not_of_the_year_that_leads_on(rules: Rules) -> None:
    found = figures("부산시 소식\n내년에는 이렇게 하겠습니다.\n하나, 체험관을 짓겠습니다. 모두 175억 원이 듭니다.", rules)
    assert found["175억 원"].value("period_start") == ""


def test_what_was_won_stays_won_in_the_sentence_that_follows_from_it(rules: Rules) -> None:
    text = "부산시가 ‘가람 실증거점’ 조성 공모에 최종 선정됐다. {}내년부터 국비 100억 원이 들어간다."
    assert [figures(text.format(link), rules)["100억 원"].value("phase") for link in ("이에 따라 ", "한편 ")] == ["awarded", "announced"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("도가 8억 원을 올린 ‘AI 관광비서’ 고도화 사업은 깎였다.", "AI 관광비서"),
        ("‘AI 관광비서’ 고도화 사업은 8억 원으로 깎였다.", "AI 관광비서"),
        ("8억 원짜리 ‘AI 관광비서’가 문을 닫았다.", "AI 관광비서"),
        ("‘AI 관광비서’를 만들었다. AI 관광비서에는 8억 원을 쓴다.", "AI 관광비서"),
        ("심사 과정에서 AI 홍보관 운영비 8억 원이 깎였다.", "AI 홍보관"),
        ("시가 ‘AI 관광비서’를 넓힌다.\n○ 집행액 : 8억 원", "AI 관광비서"),
    ],
)
def test_whose_money_it_is_by_name(text: str, name: str, rules: Rules) -> None:
    assert [p.value("programme_as_printed") for p in proposals(f"부산시 소식. {text}", rules) if p.kind == "budget"] == [name]


def test_the_headline_belongs_to_the_government_named_first(rules: Rules) -> None:
    """So that a name quoted in it is what the text is about."""
    found = figures("2천3백억 원짜리 ‘AI 데이터허브’\n대전시가 대덕특구에 짓는다고 밝혔다.\n시는 올해 9억 원을 쓴다.", rules)
    assert found["9억 원"].value("programme_as_printed") == "AI 데이터허브"


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("올해 추경으로 30억 원을 더해 AI 예산은 본예산 12억 원에서 42억 원으로 불어났다.", ["supplementary", "approved", "adjusted"]),
        ("○ 연도별 집행액 : 2023년 3억 원, 2024년 5억 원", ["paid", "paid"]),
        ("본예산에서 요구액 10억 원의 절반만 반영됐다.", ["requested"]),
        ("내년 예산으로 48억 원이 시의회에서 의결되었다. 국비는 이 중 20억 원이다.", ["approved", "approved"]),
    ],
)
def test_stages_of_several_amounts(text: str, phases: list[str], rules: Rules) -> None:
    assert [p.value("phase") for p in proposals(f"부산시 소식\n{text}", rules) if p.kind == "budget"] == phases


def test_the_stage_beside_the_unit_of_a_table_is_that_of_its_cells(rules: Rules) -> None:
    table = "[표 1] 주요 사업 (본예산, 단위: 백만 원)\n사업명\t2024\t2025\t재원\nAI 신호\t1,850\t2,640\t시비\nAI 비서\t1,200\t1,500\t도비·시비"
    found = [p for p in proposals(f"부산시 소식\n{table}", rules) if p.kind == "budget"]
    assert {p.value("phase") for p in found} == {"approved"}
    assert [p.value("funding") for p in found if p.value("period_start") == "2025-01-01"] == ["provincial", "mixed"]


def test_a_province_is_not_its_short_name_with_a_particle(rules: Rules) -> None:
    found = figures("용인시 소식지\n우리 시는 올해 9억 원을 쓴다.\n경기도 특별조정교부금 2억 원을 받았다.", rules)
    assert found["9억 원"].value("government") == "gyeonggi-yongin"


def test_the_growth_of_an_amount_leaves_the_year_before_behind(rules: Rules) -> None:
    found = figures(
        "지방정부들이 올해 본예산을 늘렸다고 밝혔다.\n인천시는 지난해 291억 원에서 452억 원으로 55.3% 늘어 가장 높았다. 광주시는 127억 원에서 93억 원으로 줄었다.",
        rules,
    )
    assert {t: (p.value("period_start")[:4], p.value("phase")) for t, p in found.items()} == {
        "291억 원": ("2024", "unknown"), "452억 원": ("2025", "approved"), "127억 원": ("", "unknown"), "93억 원": ("2025", "approved"),
    }  # fmt: skip


# ---- offices' short forms ----


def test_shares_without_a_unit_have_that_of_the_amount_before_the_bracket(rules: Rules) -> None:
    found = figures("부산시 소식\n ○ 총사업비 : 21,000백만원(국비 10,500, 시비 8,400, 민자 2,100)", rules)
    assert {t: (p.token.amount.printed, p.value("funding")) for t, p in found.items() if p.token} == {
        "21,000백만원": (21_000_000_000, "mixed"), "10,500백만원": (10_500_000_000, "national"), "8,400백만원": (8_400_000_000, "provincial"), "2,100백만원": (2_100_000_000, "private"),
    }  # fmt: skip
    assert list(figures("부산시 소식\n ○ 예산 : 31,480백만원(국비 12,600백만원, 시비 18,880백만원)", rules)) == ["31,480백만원", "12,600백만원", "18,880백만원"]


def test_the_total_of_funders_rows_is_of_several(rules: Rules) -> None:
    table = "<재원별 투자계획> (단위 : 백만원)\n구분 | 계 | 2026년 | 2027년\n합계 | 18,000 | 7,000 | 11,000\n국비 | 12,600 | 4,900 | 7,700\n시군비 | 5,400 | 2,100 | 3,300"
    found = figures(f"전북특별자치도는 ‘농생명 AI 전환’을 한다.\n{table}", rules)
    assert [found[f"{t}백만원"].value("funding") for t in ("18,000", "12,600", "3,300")] == ["mixed", "national", "municipal"]
    assert {p.value("programme_as_printed") for p in found.values()} == {"농생명 AI 전환"}


def test_a_numbered_heading_names_what_stands_below_it(rules: Rules) -> None:
    found = figures("부산시 계획\n1. AI 아카데미 확대\n ○ 예산 : 18억 원\n2. 제조 AI 실증 지원\n ○ 기간 및 총사업비 : 2025~2027년 / 21억 원", rules)
    assert [p.value("programme_as_printed") for p in found.values()] == ["AI 아카데미 확대", "제조 AI 실증 지원"]


def test_a_part_about_one_of_three_governments(rules: Rules) -> None:
    found = figures(
        "경남은 공장, 전남은 전력이다.\n◇경남=공장에 올해 30억 원이 붙었다.\n◇전남=해남에 올해 40억 원이 든다.\n기업은 경남 94곳, 전남 61곳이다.", rules
    )
    assert [p.value("government") for p in found.values()] == ["gyeongnam", "jeonnam", "gyeongnam", "jeonnam"]


def test_a_programme_of_two_governments_is_told_of_both(rules: Rules) -> None:
    text = "대전시와 충북도가 ‘AI 바이오 실증거점’ 공모에 뽑혔다고 밝혔다.\n대전시가 시비 75억 원, 충북도가 도비 40억 원을 낸다.\n대전이 70개사, 충북이 50개사를 맡는다."
    assert {p.value("programme_as_printed") for p in figures(text, rules).values()} == {"AI 바이오 실증거점"}


@pytest.mark.parametrize(
    ("text", "as_of", "phase"),
    [
        ("지난달 말 현재 누적 278개사에 그친다.", "2025-02-28", "actual"),
        ("올해 말 누적 278개사로 낮춘다.", "2025-12-31", "target"),
        ("지난해 말 64개사 → 올해 말 278개사", "2025-12-31", "target"),
        ("278개사를 계획했으나 117개사가 참여했다.", "", "target"),
    ],
)
def test_a_stock_in_the_words_of_an_office(text: str, as_of: str, phase: str, rules: Rules) -> None:
    p = figures(f"부산시 소식. {text}", rules)["278개사"]
    assert (p.value("as_of"), p.value("phase")) == (as_of, phase)


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("당초예산 31억 원에서 내년 12억 원으로 쪼그라들었다.", ["approved", "unknown"]),
        ("예산집행 : 최종예산 27억 원 중 25억 원 집행", ["adjusted", "paid"]),
        ("지난해 도비 8억 원을 써서 시범사업을 벌였다.", ["paid"]),
        ("9월까지 나간 돈도 3억 원이다.", ["paid"]),
        ("2022년부터 지난해까지 쓴 예산은 61억 원, 이 가운데 시비가 37억 원이고 나머지는 국비입니다.", ["paid", "paid"]),
    ],
)
def test_stages_in_the_words_of_an_office(text: str, phases: list[str], rules: Rules) -> None:
    assert [p.value("phase") for p in proposals(f"부산시 소식\n{text}", rules) if p.kind == "budget"] == phases


# ---- what must not be joined ----


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("인천시는 작년에 5억 원을 썼고 연말까지 10억 원을 쓴다.", ["2024-12-31", "2025-12-31"]),
        ("작년과 달리 연말까지 10억 원을 쓴다.", ["2025-12-31"]),
        ("작년에도 연말까지 10억 원밖에 쓰지 못했다.", ["2024-12-31"]),
        ("2027년부터 2025년까지 10억 원을 쓴다.", ["2025-12-31"]),
        ("올해 40억 원을 편성했다. 이용자가 가장 많은 곳은 300명이 찾은 공원이다.", ["2025-12-31", ""]),
        ("지금까지 가장 많은 70억 원은 2019년이었다. 가장 적은 해는 10억 원이다.", ["2019-12-31", ""]),
        ("지난해 40억 원을 썼다. 나머지는 부산시가 낸 20억 원이다.", ["2024-12-31", ""]),
        ("소식\n소식\n소식\n▲ 2023년 열린 인천 AI 축제 모습\n시는 거점에 100억 원을 들여 기업을 지원할 계획이라고 설명했다.", [""]),
        ("인천시가 2019년에 한 약속은 세 가지다. 인천은 지금 10억 원을 쓴다.", [""]),
    ],
)
def test_a_time_holds_only_for_what_it_is_said_of(text: str, periods: list[str], rules: Rules) -> None:
    assert [p.value("period_end") for p in proposals(f"인천시 소식\n{text}", rules) if p.kind != "milestone"] == periods


@pytest.mark.parametrize(
    ("text", "governments"),
    [
        ("인천시는 서울에 50억 원을 보냈다.", ["incheon"]),
        ("인천시는 내년 서울에 30억 원을 들여 사무소를 연다.", ["incheon"]),
        ("인천시는 올해 서울 10개 기업과 손잡는다.", ["incheon"]),
        ("인천 기업은 지난해 서울에 30곳, 부산에 20곳의 지점을 냈다.", ["incheon", "incheon"]),
        ("올해 목표는 경남 1,800명, 전남 650명이다.", ["gyeongnam", "jeonnam"]),
    ],
)
def test_where_money_goes_is_not_whose_it_is(text: str, governments: list[str], rules: Rules) -> None:
    assert [p.value("government") for p in proposals(f"인천시는 밝혔다.\n{text}", rules) if p.kind != "milestone"] == governments


def test_shares_of_another_government_or_time_are_no_parts(rules: Rules) -> None:
    for text in (
        "서울시는 올해 100억 원을 들여 도로를 놓는다.\n부산시는 국비 60억 원, 시비 40억 원으로 항만을 만든다.",
        "서울시는 국비 60억 원과 시비 40억 원을 쓴다.\n부산시는 내년 100억 원을 들여 다리를 놓는다.",
        "서울시는 내년 100억 원을 들여 도로를 놓는다.\n서울시는 올해 국비 60억 원, 시비 40억 원으로 항만을 만든다.",
    ):
        found = figures(text, rules)
        assert [p.part_of for p in found.values()] == [None] * 3 and found["100억 원"].value("funding") == "unknown"


@pytest.mark.parametrize("bracket", ["국비 5:도비 3:시비 2", "도비 3, 시비 7", "국비 1차, 기타 2", "국비 2025, 시비 8"])
def test_ratios_in_a_bracket_are_no_money(bracket: str, rules: Rules) -> None:
    assert len(figures(f"부산시는 올해 20억 원({bracket})을 쓴다.", rules)) == 1


def test_repetitions_and_times_are_sound(rules: Rules) -> None:
    """A headline and its twin do not point at each other; of two times only one is taken."""
    for text in (
        "인천시, AI 거점에 100억 원\n인천시는 올해 송도에 AI 거점을 세울 계획이라고 4일 밝혔다.\n□ 사업비: 100억 원",
        "인천시, 2027년까지 100억 원 투입\n인천시는 AI 거점에 2029년 예산 100억 원을 편성할 계획이라고 4일 밝혔다.",
        "내년 총 30억 원을 쓰며 연말까지 국비 10억 원, 시비 20억 원을 쓴다.",
        "인천시, 올해 AI 쉼터 40곳 문 연다\n인천시는 2027년까지 AI 쉼터를 40곳까지 늘린다고 4일 밝혔다.",
    ):
        found = proposals(text, rules)
        assert not any(p.repeats and found[p.repeats - 1].repeats == p.number for p in found)
        for p in found:
            assert not (p.value("period_start") and p.value("period_end")) or p.value("period_start") <= p.value("period_end")
            assert not (p.value("as_of") and p.value("period_end"))


@pytest.mark.parametrize(
    "text",
    [
        "행사는 2월 20일부터 3월 30일까지 열린다. 접수는 30일 마감한다.",
        "시는 2027년 13월까지 센터를 준공한다.",
        "부산시는 " + "(1억 원)" * 1000,
        "부산시는 " + "1억 원(" * 1000,
    ],
)
def test_days_that_are_none_and_many_brackets_are_read(text: str, rules: Rules) -> None:
    assert isinstance(proposals(text, rules), list)


def test_what_is_counted_is_no_part_of_the_name(rules: Rules) -> None:
    found = figures("부산시 소식\n ○ AI 창업기업 지원 : 목표 45개사 → 실적 52개사\n ○ 인력(’25. 1. 1. 기준) : 정원 24명, 현원 22명", rules)
    assert [p.value("programme_as_printed") for p in found.values()] == ["AI 창업기업 지원", "AI 창업기업 지원", "unknown", "unknown"]
