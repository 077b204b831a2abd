"""Official lines compared: like with like, gaps that stay gaps, levels that are not added blindly. Invented lines."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from bs4 import BeautifulSoup
from lxml import html

from budgets import LineBasis, charts, essay
from budgets.contract_arrow import to_pandas
from budgets.errors import BasisError, DataError
from budgets.lines.comparing import REASONS, compare_lines, living
from budgets.lines.kinds import EXCLUSIONS, kind_of
from budgets.lines.levels import both_levels
from budgets.lines.matching import bare_name, match_programmes
from budgets.lines.official import OfficialLines, load_lines, verdict_of
from budgets.lines.press import press_against_official
from budgets.lines.programmes import GROUPS, VERDICT, classified
from budgets.lines.store import Stored, arrow_schema
from budgets.lines.succession import moved, reshaped
from budgets.lines.years import compare_years, over_years
from budgets.measures import local_money, national_money
from budgets.page import Table
from budgets.page.chart import figures_of
from budgets.passport import aside_figure, line_passports, scope_figure
from budgets.tables import Tables
from budgets.words import text
from lofin_api import new_data
from numbers_shown import number_cells
from small import money
from small import tables as small_tables

END, MID = date(2025, 12, 31), date(2025, 7, 5)
Row = dict[str, Any]


def code_of(government: str) -> str:
    """A code of its own for every government, of the shape of its level."""
    number = sum(ord(letter) * 31**i for i, letter in enumerate(government)) % 97
    place = sum(ord(letter) * 7**i for i, letter in enumerate(government)) % 997 + 1 if "-" in government else 0
    return f"{number:02d}{place:03d}00"


def line(government: str, name: str, amounts: tuple[int, int, int, int] = (400, 300, 300, 0), **more: Any) -> Row:
    """One line: its money by funding (national, provincial, municipal, other), half of it paid."""
    province, _, place = government.partition("-")
    national, provincial, municipal, other = amounts
    row = {
        "fiscal_year": 2025, "snapshot": pd.Timestamp(END), "government": government, "government_as_printed": government,
        "lofin_code": code_of(government), "province": province, "level": "municipality" if place else "province",
        "account_name": "일반회계", "account_class": "general", "programme_name": name, "field_name": "일반공공행정", "section_name": "일반행정",
        "adjusted_krw": sum(amounts), "national_krw": national, "provincial_krw": provincial, "municipal_krw": municipal, "other_krw": other,
        "paid_krw": sum(amounts) // 2,
    }  # fmt: skip
    return row | more


def official(rows: Iterable[Row]) -> OfficialLines:
    """The caches that these lines make, by the project's own rules."""
    rows = list(rows)
    names = arrow_schema().names
    parts = []
    for year in sorted({row["fiscal_year"] for row in rows}) or [2025]:  # as they are stored: a year at a time
        some = [{name: row.get(name) for name in names} for row in rows if row["fiscal_year"] == year]
        parts.append(classified(pa.Table.from_pylist(some, arrow_schema()), None))
    programmes, totals = (to_pandas(pa.concat_tables([part[i] for part in parts])) for i in (0, 1))
    stored = {}
    for row in rows:
        stored[row["fiscal_year"]] = Stored(row["fiscal_year"], row["snapshot"].date(), len(rows), "x", ())
    return OfficialLines(programmes, totals, stored)


SEVERAL = [
    line("gangwon-chuncheon", "인공지능 민원 상담 서비스"),
    line("gangwon-chuncheon", "도로 정비", (0, 0, 9000, 0)),
    line("gangwon-chuncheon", "내부거래지출", (0, 0, 5000, 0)),
    line("gangwon-wonju", "고병원성 AI 긴급방역비"),
    line("gangwon-gangneung", "AI 행정 챗봇 구축", (0, 0, 0, 0)),
    line("gangwon", "인공지능 산업 육성", (700, 300, 0, 0)),
    line("gangwon-wonju", "스마트시티 통합플랫폼"),
    line("gangwon-wonju", "인공지능 인력운영비"),
    line("gangwon-wonju", "인공지능 민원 상담 서비스", fiscal_year=2024, snapshot=pd.Timestamp(2024, 12, 31)),
]
BASIS = LineBasis(fiscal_year=2025)


def one(comparison: Any, government: str) -> "pd.Series[Any]":
    row: pd.Series[Any] = comparison.governments.set_index("government").loc[government]
    return row


@pytest.mark.parametrize(
    "basis",
    [BASIS, BASIS.at("province"), replace(BASIS, fiscal_year=2024), replace(BASIS, snapshot=MID), replace(BASIS, scope=("smart_city",)),
     replace(BASIS, governments=("gangwon-wonju",)), replace(BASIS, exclusions=()), replace(BASIS, scope=("other",))],
)  # fmt: skip
def test_every_line_is_compared_or_set_aside_with_a_reason(tables: Tables, basis: LineBasis) -> None:
    lines = official(SEVERAL)
    comparison = compare_lines(tables, lines, basis)
    assert len(comparison.rows) + len(comparison.set_aside) == len(lines.programmes)
    assert set(comparison.set_aside["reason"]) <= set(REASONS)
    assert comparison.reasons().sum() == len(comparison.set_aside)


def test_each_reason_is_given_to_the_line_it_is_about(tables: Tables) -> None:
    aside = compare_lines(tables, official(SEVERAL), replace(BASIS, governments=("gangwon-wonju", "gangwon-gangneung"))).set_aside
    why = {(r.government, r.fiscal_year, r.programme_name): r.reason for r in aside.itertuples()}
    assert why["gangwon-wonju", 2025, "고병원성 AI 긴급방역비"] == "avian influenza"
    assert why["gangwon-wonju", 2025, "스마트시티 통합플랫폼"] == "other scope"
    assert why["gangwon-wonju", 2025, "인공지능 인력운영비"] == "excluded kind"
    assert why["gangwon-wonju", 2024, "인공지능 민원 상담 서비스"] == "other year"
    assert why["gangwon-chuncheon", 2025, "인공지능 민원 상담 서비스"] == "other government"
    of_level = compare_lines(tables, official(SEVERAL), replace(BASIS, governments=("gangwon", "gangwon-wonju"))).set_aside
    assert "other level" in set(of_level.loc[of_level["government"] == "gangwon", "reason"])


def test_amounts_shares_and_execution_are_exact(tables: Tables) -> None:
    comparison = compare_lines(tables, official(SEVERAL), BASIS)
    city = one(comparison, "gangwon-chuncheon")
    assert (city["state"], city["amount_krw"], city["paid_krw"], city["lines"]) == ("found", 1000, 500, 1)
    # The internal transfer of 5,000 won is in no total; without exclusions it is.
    assert city["total_krw"] == 10_000 and city["share"] == pytest.approx(10) and city["execution"] == pytest.approx(50)
    everything = compare_lines(tables, official(SEVERAL), replace(BASIS, exclusions=()))
    assert one(everything, "gangwon-chuncheon")["total_krw"] == 15_000
    national = compare_lines(tables, official(SEVERAL), replace(BASIS, funding="national"))
    assert one(national, "gangwon-chuncheon")["amount_krw"] == 400 and one(national, "gangwon-chuncheon")["share"] == 100
    local = compare_lines(tables, official(SEVERAL), replace(BASIS, funding="local"))
    assert one(local, "gangwon-chuncheon")["amount_krw"] == 600
    paid = compare_lines(tables, official(SEVERAL), replace(BASIS, phase="paid"))
    assert one(paid, "gangwon-chuncheon")["amount_krw"] == 500


def test_an_empty_file_is_a_finding_and_no_programme_by_name_is_zero(tables: Tables) -> None:
    comparison = compare_lines(tables, official(SEVERAL), replace(BASIS, governments=("gangwon-wonju", "gangwon-gangneung", "gangwon-taebaek")))
    wonju, gangneung, taebaek = (one(comparison, f"gangwon-{g}") for g in ("wonju", "gangneung", "taebaek"))
    assert (wonju["state"], wonju["amount_krw"]) == ("none_found", 0)
    assert taebaek["state"] == "no_lines" and pd.isna(taebaek["amount_krw"]) and pd.isna(taebaek["rank"])
    assert comparison.missing == ("gangwon-taebaek",) and gangneung["state"] == "found"
    empty = compare_lines(tables, official([line("gangwon-gangneung", "도로 정비", (0, 0, 0, 0))]), BASIS)
    assert one(empty, "gangwon-gangneung")["state"] == "empty" and pd.isna(one(empty, "gangwon-gangneung")["amount_krw"])


def test_another_date_is_never_put_beside_this_one(tables: Tables) -> None:
    comparison = compare_lines(tables, official(SEVERAL), replace(BASIS, snapshot=MID))
    assert comparison.rows.empty and not comparison.present
    assert "other snapshot" in set(comparison.set_aside["reason"])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_captions_say_what_the_money_is_and_is_not(tables: Tables, language: str) -> None:
    lines = official(SEVERAL)
    adjusted = compare_lines(tables, lines, BASIS).caption(language)
    paid = compare_lines(tables, lines, replace(BASIS, phase="paid")).caption(language)
    offices = compare_lines(tables, lines, BASIS.at("province")).caption(language)
    wanted = {
        "ko": ("2025. 12. 31.", "이월", "더하지 않음", "내부거래·보전지출·예비비·기본경비·인력운영비", "결산이 아니", "본청만"),
        "en": ("2025-12-31", "carry-over", "never summed", "internal transfers", "not settled accounts", "own offices alone"),
    }[language]
    assert all(word in adjusted for word in wanted[:4]) and wanted[4] in paid and wanted[5] in offices
    assert str(len(living(tables, END, "municipality"))) in adjusted  # of how many these lines are


def test_wrong_names_are_refused_with_the_nearest() -> None:
    for wrong in ({"phase": "settled"}, {"level": "nation"}, {"funding": "nationl"}, {"exclusions": ("reserv",)}, {"fiscal_year": 25}):
        with pytest.raises(BasisError):
            LineBasis(**{"fiscal_year": 2025, **wrong})  # type: ignore[arg-type]
    with pytest.raises(BasisError, match="not published by funding"):
        LineBasis(fiscal_year=2025, phase="paid", funding="national")


def test_an_unknown_government_is_refused(tables: Tables) -> None:
    with pytest.raises(BasisError, match="gangwon-wonju"):
        compare_lines(tables, official(SEVERAL), replace(BASIS, governments=("gangwon-wonjoo",)))


# ---- codes and names of governments that change ----


def test_gwangju_the_city_and_gwangju_in_gyeonggi_are_two(tables: Tables) -> None:
    lines = official([line("gwangju", "인공지능 산업 육성", (5, 5, 0, 0)), line("gyeonggi-gwangju", "인공지능 산업 육성", (1, 1, 1, 0))])
    assert one(compare_lines(tables, lines, BASIS), "gyeonggi-gwangju")["amount_krw"] == 3
    assert one(compare_lines(tables, lines, BASIS.at("province")), "gwangju")["amount_krw"] == 10


def test_after_the_merger_gwangju_is_told_by_its_codes_and_the_caption_says_so(tables: Tables) -> None:
    day = {"snapshot": pd.Timestamp(2026, 7, 5), "fiscal_year": 2026, "lofin_code": "6100000"}
    lines = official(
        [
            line(
                "jeonnam-gwangju",
                "인공지능 집적단지(광주)",
                (7, 0, 0, 0),
                **day,
                level="province",
                province="jeonnam-gwangju",
                programme_code="62900002024301C5",
            ),
            line(
                "jeonnam-gwangju", "인공지능 농업(전남)", (0, 2, 0, 0), **day, level="province", province="jeonnam-gwangju", programme_code="64600002024301C5"
            ),
        ]
    )
    basis = LineBasis(fiscal_year=2026, level="province")
    former = compare_lines(tables, lines, replace(basis, governments=("gwangju", "jeonnam")))
    assert one(former, "gwangju")["amount_krw"] == 7 and one(former, "jeonnam")["amount_krw"] == 2
    assert pd.isna(one(former, "gwangju")["share"]), "the totals cannot be told apart"
    assert "코드의 앞자리" in former.caption() and "끊김" in former.caption()
    whole = compare_lines(tables, lines, basis)
    assert one(whole, "jeonnam-gwangju")["amount_krw"] == 9 and "gwangju" not in set(whole.governments["government"])
    both = compare_lines(tables, lines, replace(basis, governments=("gwangju", "jeonnam-gwangju")))
    assert both.governments["amount_krw"].sum() == 9, "nothing is counted twice"


# ---- years ----


def yearly(government: str, amounts: dict[int, int], **more: Any) -> list[Row]:
    """One AI line of *government* at the end of each year."""
    return [
        line(government, "인공지능 민원 상담 서비스", (0, 0, won, 0), fiscal_year=y, snapshot=pd.Timestamp(y, 12, 31), **more) for y, won in amounts.items()
    ]


def test_years_stand_side_by_side_and_change_is_of_the_last_two(tables: Tables) -> None:
    lines = official(
        [*yearly("incheon-yeonsu", {2023: 100, 2024: 200, 2025: 300}), *yearly("incheon-gyeyang", {2025: 50}), *yearly("incheon-namdong", {2024: 7})]
    )
    over = over_years(compare_years(tables, lines, BASIS))
    rows = over.rows.set_index("government")
    assert over.years == (2023, 2024, 2025) and list(rows.loc["incheon-yeonsu", ["2023", "2024", "2025"]]) == [100, 200, 300]
    assert rows.at["incheon-yeonsu", "change"] == pytest.approx(50)
    assert pd.isna(rows.at["incheon-gyeyang", "2024"]) and pd.isna(rows.at["incheon-gyeyang", "change"]), "a gap is no zero to grow from"
    assert set(rows.columns) == {"2023", "2024", "2025", "change"}, "no sum over years"


def test_a_mid_year_is_never_beside_a_year_end(tables: Tables) -> None:
    mid = line("incheon-yeonsu", "인공지능 민원 상담 서비스", fiscal_year=2024, snapshot=pd.Timestamp(2024, 7, 5))
    assert over_years(compare_years(tables, official([mid, *yearly("incheon-yeonsu", {2023: 1, 2025: 2})]), BASIS)).years == (2023, 2025)


def test_years_per_resident_and_in_constant_prices(tables: Tables) -> None:
    lines = official(yearly("incheon-yeonsu", {2024: 400_000_000, 2025: 400_000_000}))
    people = tables.denominators.query("denominator == 'population' and government == 'incheon-yeonsu'").set_index("year")["value"].astype(float)
    each = over_years(compare_years(tables, lines, BASIS), measure="per_resident").rows.set_index("government").loc["incheon-yeonsu"]
    assert each["2024"] == pytest.approx(400_000_000 / people[2023]) and each["2025"] == pytest.approx(400_000_000 / people[2024])
    constant = over_years(compare_years(tables, lines, BASIS), constant=True)
    index = tables.price_index
    assert constant.base_year == 2025 and constant.without_index == ()
    row = constant.rows.set_index("government").loc["incheon-yeonsu"]
    assert row["2024"] == pytest.approx(400_000_000 * index[2025] / index[2024]) and row["2025"] == 400_000_000
    assert row["change"] < 0, "the same won buys less"


def test_a_year_without_an_index_stays_empty_among_constant_prices(tables: Tables) -> None:
    lines = official(yearly("incheon-yeonsu", {2025: 10, 2026: 20}))
    over = over_years(compare_years(tables, lines, LineBasis(fiscal_year=2026)), constant=True)
    row = over.rows.set_index("government").loc["incheon-yeonsu"]
    assert over.without_index == (2026,) and row["2025"] == 10 and pd.isna(row["2026"]) and pd.isna(row["change"])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_tables_of_years_say_prices_population_and_changes_of_territory(tables: Tables, language: str) -> None:
    rows = [*yearly("incheon-seo", {2025: 10, 2026: 20}), *yearly("incheon-yeonsu", {2025: 10, 2026: 20})]
    basis = LineBasis(fiscal_year=2026)
    amount = essay.years_table(compare_years(tables, official(rows), basis), language).html
    assert ("더하지 않음" if language == "ko" else "never added") in amount
    assert ("구역이 나뉘거나" if language == "ko" else "territory divided") in amount
    assert ("100" in amount) and amount.count("100.0") <= 1, "the divided district has no change"
    each = essay.years_table(compare_years(tables, official(rows), basis), language, measure="per_resident").html
    assert ("앞 해 말" if language == "ko" else "year before") in each
    constant = essay.years_table(compare_years(tables, official(rows), basis), language, constant=True).html
    assert "import kosis" in constant and "2025" in constant


def test_incheon_is_reshaped_in_2026_and_jeonnam_only_renamed(tables: Tables) -> None:
    assert reshaped(tables, date(2025, 12, 31), date(2026, 12, 31)) == ["incheon-seo"]
    assert reshaped(tables, date(2024, 12, 31), date(2025, 12, 31)) == []
    comparison = compare_lines(tables, official(yearly("incheon-jemulpo", {2026: 20})), LineBasis(fiscal_year=2026))
    asked = set(comparison.governments["government"])
    assert {"incheon-jemulpo", "incheon-yeongjong", "incheon-geomdan", "incheon-seo"} <= asked
    assert not {"incheon-jung", "incheon-dong"} & asked, "districts that ended are no gaps"
    before = compare_lines(tables, official(yearly("incheon-jung", {2025: 20})), BASIS)
    assert one(before, "incheon-jung")["amount_krw"] == 20 and "incheon-jemulpo" not in set(before.governments["government"])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_gunwi_moved_and_its_own_series_goes_on(tables: Tables, language: str) -> None:
    rows = [*yearly("daegu-gunwi", {2022: 10}, province="gyeongbuk"), *yearly("daegu-gunwi", {2023: 20, 2024: 30})]
    assert [place.government for place in moved(date(2022, 12, 31), date(2024, 12, 31))] == ["daegu-gunwi"]
    assert moved(date(2023, 12, 31), date(2025, 12, 31)) == []
    over = over_years(compare_years(tables, official(rows), LineBasis(fiscal_year=2024)))
    assert list(over.rows.set_index("government").loc["daegu-gunwi", ["2022", "2023", "2024"]]) == [10, 20, 30]
    said = essay.years_table(compare_years(tables, official(rows), LineBasis(fiscal_year=2024)), language).html
    assert ("2023. 6. 30." in said and "경북" in said) if language == "ko" else ("2023-06-30" in said and "Gyeongbuk" in said)
    first = both_levels(tables, official(rows), LineBasis(fiscal_year=2022))
    later = both_levels(tables, official(rows), LineBasis(fiscal_year=2024))
    assert first.incomplete["gyeongbuk"][0] == 1 and first.incomplete["daegu"][0] == 0
    assert later.incomplete["gyeongbuk"][0] == 0 and later.incomplete["daegu"][0] == 1
    assert first.incomplete["gyeongbuk"][1] == later.incomplete["gyeongbuk"][1] + 1


# ---- levels ----


def country(tables: Tables, province: str = "chungbuk") -> list[Row]:
    """Lines of a province's own office and of all its municipalities."""
    places = [g for g in living(tables, END, "municipality") if g.startswith(f"{province}-")]
    assert len(places) > 3
    rows = [line(g, "인공지능 돌봄", (10, 20, 30, 0)) for g in places]
    rows += [line(places[0], "인공지능 사업 부담금", (0, 0, 999, 0)), line(province, "인공지능 산업 육성", (100, 500, 0, 0))]
    return [*rows, line(province, "인공지능 특별회계 전출금", (0, 888, 0, 0))]


def test_levels_add_local_money_once_and_bound_national_money(tables: Tables) -> None:
    rows = country(tables)
    n = sum(row["level"] == "municipality" for row in rows) - 1
    levels = both_levels(tables, official(rows), BASIS)
    assert list(levels.passed_on["government"]) == ["chungbuk"]
    local = local_money(levels.provincial, levels.municipal).iloc[0]
    assert local["value"] == 500 + 30 * n, "the contribution and the transfer out are dropped"
    assert levels.passed_on["provincial_krw"].iloc[0] == 20 * n
    nation = national_money(levels.national_province, levels.national_municipalities).iloc[0]
    assert (nation["low"], nation["high"]) == (max(100, 10 * n), 100 + 10 * n) and pd.isna(nation["value"])


def test_half_a_province_is_not_added(tables: Tables) -> None:
    rows = country(tables)
    gone = next(row["government"] for row in rows if row["level"] == "municipality" and row["programme_name"] == "인공지능 돌봄")
    levels = both_levels(tables, official([row for row in rows if row["government"] != gone]), BASIS)
    there, all_of = levels.incomplete["chungbuk"]
    assert levels.passed_on.empty and there == all_of - 1


# ---- names ----


@pytest.mark.parametrize(
    ("name", "kind"),
    [("내부거래지출(통합계정)", "internal"), ("예비비", "reserve"), ("부서 기본경비", "running"), ("인력운영비(총괄)", "staff"), ("보전지출", "maintained"),
     ("기타회계전출금", "handed_over"), ("특별조정교부금 사업", "adjustment_grant"), ("시비부담금", "contribution"), ("환경개선부담금 부과징수", ""),
     ("본인부담금 지원", ""), ("계류보전 사업", ""), ("AI 챗봇", "")],
)  # fmt: skip
def test_kinds_are_told_by_names(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_totals_keep_every_won() -> None:
    lines = official(SEVERAL)
    assert lines.totals["adjusted_krw"].sum() == sum(row["adjusted_krw"] for row in SEVERAL)
    assert set(GROUPS) <= set(lines.totals.columns) and set(VERDICT) <= set(lines.programmes.columns)
    kinds = lines.totals.loc[lines.totals["kind"].isin(EXCLUSIONS)]
    assert kinds["adjusted_krw"].sum() == 6000


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("AI 행정 서비스(보조)", "[국] AI 행정서비스"),
        ("2025년 AI 챗봇 운영", "AI 챗봇 운영(2026)"),
        ("AI·IoT 돌봄(국비,도비)", "AI IoT 돌봄"),
        ("AI 단지 조성(광주)", "AI 단지 조성"),
    ],
)
def test_dressing_comes_off(one_name: str, other: str) -> None:
    assert bare_name(one_name) == bare_name(other)


def test_what_a_bracket_says_of_the_programme_stays() -> None:
    assert bare_name("인공지능(AI) 행정") != bare_name("인공지능 행정")
    assert bare_name("AI 돌봄(1단계)") != bare_name("AI 돌봄(2단계)")


def rows_of(*named: tuple[str, str | None, int]) -> pd.DataFrame:
    columns = ["programme_name", "programme_code", "amount_krw"]
    return pd.DataFrame(named, columns=columns).assign(government="gangwon-wonju")


def test_programmes_pair_by_code_then_by_name_and_never_by_a_guess() -> None:
    before = rows_of(("AI 행정(보조)", "A", 10), ("AI 돌봄 (2024)", "B", 20), ("AI 교육", "C", 30), ("AI 교육(보조)", "D", 40), ("AI 끝", "E", 1))
    after = rows_of(("AI 행정 새이름", "A", 15), ("AI 돌봄 (2025)", "X", 25), ("AI 교육", "Y", 35), ("AI 처음", None, 2))
    matching = match_programmes(before, after)
    pairs = {(row.before_krw, row.after_krw): row.by for row in matching.pairs.itertuples()}
    assert pairs == {(10, 15): "code", (20, 25): "name"}
    assert list(matching.ambiguous[["name", "before", "after"]].itertuples(index=False, name=None)) == [("AI교육", 2, 1)]
    assert set(matching.gone["amount_krw"]) == {30, 40, 1} and set(matching.new["amount_krw"]) == {35, 2}


# ---- the press ----


def press(**more: Any) -> Tables:
    return small_tables([money("ai-hub", "alpha", "10억 원", 2025, programme_id="인공지능허브구축", **more)])


@pytest.mark.parametrize(
    ("amount", "more", "verdict", "by"),
    [(1_000_000_000, {"phase": "adjusted", "funding": "national"}, "fits", ""),
     (2_000_000_000, {"phase": "approved", "funding": "national"}, "explained", "phase"),
     (2_000_000_000, {"phase": "adjusted", "funding": "unknown"}, "explained", "funding"),
     (2_000_000_000, {"phase": "adjusted", "funding": "national"}, "flagged", "")],
)  # fmt: skip
def test_press_beside_official_is_explained_or_flagged(amount: int, more: Row, verdict: str, by: str) -> None:
    figure = money("ai-hub", "alpha", "10억 원", 2025, scope="ai_broad", **more)
    tables = small_tables([figure])
    named = tables.programmes.assign(name_ko="인공지능 기반 행정 허브 구축")
    tables = replace(tables, programmes=named)
    lines = official([line("alpha", "인공지능 기반 행정 허브 구축(보조)", (amount, 0, 0, 0), level="province")])
    beside = press_against_official(tables, lines)
    assert len(beside) == 1 and beside["official_krw"].iloc[0] == amount
    scope = "" if beside["official_scope"].iloc[0] == "ai_broad" else "scope"
    assert beside["verdict"].iloc[0] == ("explained" if scope and verdict == "flagged" else verdict)
    assert by in beside["explained_by"].iloc[0]


def test_other_years_and_other_governments_are_not_beside_it() -> None:
    tables = small_tables([money("ai-hub", "alpha", "10억 원", 2024)])
    tables = replace(tables, programmes=tables.programmes.assign(name_ko="인공지능 기반 행정 허브 구축"))
    lines = official([line("alpha", "인공지능 기반 행정 허브 구축"), line("beta", "인공지능 기반 행정 허브 구축", fiscal_year=2025)])
    assert press_against_official(tables, lines).empty


# ---- what readers see ----


def verbs(tables: Tables, lines: OfficialLines, language: str) -> list[str]:
    comparison = compare_lines(tables, lines, LineBasis())
    shown: list[Any] = [essay.open_found(tables, lines, 0, language), essay.found_scopes_table(lines, 0, language)]
    shown += [essay.found_programmes_table(tables, lines, 0, verdict, language) for verdict in ("ai", "flu", "unclear")]
    shown += [essay.found_governments_table(tables, lines, 0, language), essay.found_fields_table(lines, 0, language)]
    shown += [essay.open_lines(comparison, lines, language), essay.lines_table(comparison, lines, language), essay.set_aside_table(comparison, lines, language)]
    yearly = compare_years(tables, lines, LineBasis())
    shown.append(essay.levels_table(tables, lines, LineBasis(), language))
    shown += [essay.years_table(yearly, language), essay.matched_table(yearly, language), essay.ambiguous_table(yearly, language)]
    shown.append(essay.press_table(tables, lines, language))
    return [str(getattr(one, "html", one)) for one in shown]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_an_export_the_openings_say_how_to_get_one_and_all_else_that_it_is_empty(tables: Tables, language: str) -> None:
    said = verbs(tables, official([]), language)
    openings = [one for one in said if "budgets fetch lofin" in one and "budgets import lofin" in one]
    empty = [one for one in said if one == text("lines.nothing_short", language)]
    assert len(openings) == 2 and len(openings) + len(empty) == len(said)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_with_some_governments_the_openings_say_whose_they_are(tables: Tables, language: str) -> None:
    said = verbs(tables, official(SEVERAL), language)
    whose = {"ko": "강원 4곳의 4곳 것이며 전체", "en": "4 governments in Gangwon (4)"}[language]
    assert whose in said[0] and whose in said[7]
    assert "춘천" in said[8] if language == "ko" else "Chuncheon" in said[8]
    assert "2024" in said[11] and "2025" in said[11], "the years of one day stand side by side"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_charts_of_lines(tables: Tables, language: str) -> None:
    lines = official(SEVERAL)
    municipalities, provinces = (compare_lines(tables, lines, BASIS.at(level)) for level in ("municipality", "province"))
    strip = charts.ranked_strip(municipalities, ["gangwon-wonju"], language).to_dict()
    labels = [row["label"] for rows in strip["datasets"].values() for row in rows if row.get("label")]
    assert len(labels) == 1 and ("원주" in labels[0] or "Wonju" in labels[0]), "the chosen one alone is named"
    tiles = charts.tile_map(provinces, language).to_dict()
    rows = max(tiles["datasets"].values(), key=len)
    assert len(rows) == len(living(tables, END, "province")), "every province has its tile"
    assert sum(row["at"] is not None for row in rows) == 1 and len({(row["col"], row["line"]) for row in rows}) == len(rows)
    split = charts.funding_split(municipalities, [], language).to_dict()
    parts = [row for rows in split["datasets"].values() for row in rows if "from" in row]
    assert sum(row["to"] - row["from"] for row in parts) == pytest.approx(len({row["name"] for row in parts}))
    scopes = charts.scope_bars(lines, 0, language).to_dict()
    assert scopes["usermeta"]["sources"]
    for spec in (strip, tiles, split, scopes):
        assert {"source", "locator"} <= tooltip_fields(spec) <= {key for rows in spec["datasets"].values() for row in rows for key in row} | computed(spec)


def tooltip_fields(node: Any) -> set[str]:
    """The fields of all tooltips of a specification."""
    if isinstance(node, list):
        return set().union(*map(tooltip_fields, node))
    if not isinstance(node, dict):
        return set()
    here = {tip["field"] for tip in node["tooltip"]} if isinstance(node.get("tooltip"), list) else set()
    return here.union(*(tooltip_fields(child) for key, child in node.items() if key not in ("datasets", "usermeta")))


def computed(node: Any) -> set[str]:
    """The fields that a specification computes, each once for all rows."""
    if isinstance(node, list):
        return set().union(*map(computed, node))
    if not isinstance(node, dict):
        return set()
    here = {node["as"]} if "calculate" in node and json.loads(node["calculate"]) else set()
    return here.union(*(computed(child) for key, child in node.items() if key not in ("datasets", "usermeta")))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_amount_of_official_lines_shown_has_its_passport(tables: Tables, language: str) -> None:
    lines = official(SEVERAL)
    comparison = compare_lines(tables, lines, BASIS)
    city = comparison.basis.figure("gangwon-chuncheon")
    of_city = line_passports(comparison, language=language)[city]
    assert "1,000" in of_city[text("passport.reading", language)]
    steps = of_city[text("passport.steps", language)].splitlines()
    assert any("÷ 10,000" in step and "10.00" in step for step in steps), "the total that the share is of"
    assert any("500" in step and "50.0" in step for step in steps), "paid of adjusted"
    assert "lofin-qwgjk_2025_20251231" in of_city[text("passport.locator", language)]
    table = essay.lines_table(comparison, lines, language)
    assert isinstance(table, Table) and f'data-figure="{city}"' in table.html and table.passports[city] == of_city
    for drawn in (charts.ranked_strip(comparison, [], language), charts.funding_split(comparison, [], language)):
        spec = json.loads(json.dumps(drawn.to_dict()))
        assert city in set(figures_of(spec)) <= set(spec["usermeta"]["passports"])
    other = {replace(BASIS, snapshot=END, phase="paid"), replace(BASIS, snapshot=END, exclusions=()), comparison.basis}
    assert len({basis.figure("gangwon-chuncheon") for basis in other}) == 3, "another basis is another amount"

    found = essay.found_programmes_table(tables, lines, 0, "ai", language)
    assert isinstance(found, Table) and len(found.passports) == found.html.count("data-figure=") == 4
    (said,) = [said for figure, said in found.passports.items() if "gangwon-gangneung" in figure]
    assert said[text("passport.programme", language)] == "AI 행정 챗봇 구축"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_number_of_the_tables_of_lines_opens_a_passport(tables: Tables, language: str) -> None:
    lines = official([*SEVERAL, *(one | {"fiscal_year": 2024, "snapshot": pd.Timestamp(2024, 12, 31)} for one in SEVERAL)])
    comparison, yearly = compare_lines(tables, lines, BASIS), compare_years(tables, lines, BASIS)
    made = [
        essay.found_scopes_table(lines, 0, language),
        essay.found_governments_table(tables, lines, 0, language),
        essay.found_fields_table(lines, 0, language),
    ]
    made += [essay.lines_table(comparison, lines, language), essay.set_aside_table(comparison, lines, language), essay.matched_table(yearly, language)]
    made += [essay.years_table(yearly, language, measure=measure) for measure in ("amount", "per_resident")]
    made += [essay.years_table(yearly, language, constant=True)]
    found: list[Any] = []
    for table in made:
        assert isinstance(table, Table), table
        cells = list(number_cells(html.fromstring(table.html), table.passports))
        assert not [cell for cell, opens in cells if not opens]
        found += cells
    assert len(found) > 60


def test_a_sum_of_lines_says_what_was_added_and_what_was_left_out() -> None:
    lines = official(SEVERAL)
    found = essay.found_scopes_table(lines)
    assert isinstance(found, Table)
    programmes = lines.programmes.loc[lines.programmes["fiscal_year"] == 2025]
    for verdict, rows in programmes.groupby(verdict_of(programmes)):
        said = found.passports[scope_figure(2025, str(verdict))]
        steps = said[text("passport.steps")]
        assert f"{len(rows):,}건" in steps and f"{rows['adjusted_krw'].sum():,}원" in steps and f"{rows['paid_krw'].sum():,}원" in steps
        top = rows.sort_values(["adjusted_krw", "programme_name"], ascending=[False, True]).iloc[0]
        assert top["programme_name"] in said[text("sum.largest")].splitlines()[0]
        assert f"{len(programmes) - len(rows):,}건" in said[text("sum.left_out")]


def test_money_of_several_years_is_never_summed_in_what_was_set_aside(tables: Tables) -> None:
    """Also where the reason is another than the year: the municipalities' lines of all years are of another level."""
    lines = official([*SEVERAL, *(one | {"fiscal_year": 2024, "snapshot": pd.Timestamp(2024, 12, 31)} for one in SEVERAL)])
    comparison = compare_lines(tables, lines, BASIS.at("province"))
    table = essay.set_aside_table(comparison, lines)
    assert isinstance(table, Table)
    years = comparison.set_aside.groupby("reason")["fiscal_year"].nunique()
    assert ((years > 1).any() and (years == 1).any()) or (years > 1).all()
    for reason, n in years.items():
        steps = table.passports[aside_figure(comparison, str(reason))][text("passport.steps")]
        assert ("더하지 않음" in steps) == (n > 1)
    amounts = [row.find_all("td")[-1].text for row in BeautifulSoup(table.html, "html.parser").select("tbody tr")]
    assert sum(amount in ("–", "발표 없음") for amount in amounts) == int((years > 1).sum())


def test_the_change_between_two_years_is_computed_in_the_passport(tables: Tables) -> None:
    first, last = line("gangwon-wonju", "인공지능 행정"), line("gangwon-wonju", "인공지능 행정", (500, 400, 300, 0))
    lines = official([first | {"fiscal_year": 2024, "snapshot": pd.Timestamp(2024, 12, 31)}, last])
    yearly = compare_years(tables, lines, BASIS)
    table = essay.years_table(yearly)
    assert isinstance(table, Table)
    figure = yearly[2025].basis.figure("gangwon-wonju")
    assert table.passports[figure][text("sum.years.label")] == "증감률(2024→2025): (1,200 − 1,000) ÷ 1,000 × 100 = 20.0%"
    assert yearly[2024].basis.figure("gangwon-wonju") in table.passports


@pytest.mark.parametrize("chart", [lambda t, n: charts.tile_map(compare_lines(t, n, LineBasis(level="province"))), lambda t, n: charts.ranked_strip(compare_lines(t, n, LineBasis())), lambda t, n: charts.funding_split(compare_lines(t, n, LineBasis())), lambda t, n: charts.scope_bars(n)])  # fmt: skip
def test_charts_without_an_export_draw_no_zero(tables: Tables, chart: Any) -> None:
    spec = chart(tables, official([])).to_dict()
    assert [row for rows in spec["datasets"].values() for row in rows if "said" not in row] == []


def test_the_door(tmp_path: Any) -> None:
    lines = load_lines(new_data(tmp_path / "data"))
    assert not lines and lines.years == ()
    with pytest.raises(DataError):
        lines.year()
