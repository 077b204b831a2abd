"""The passport of a figure: complete, in both languages, with the rulings that touch it from either side."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from budgets import vocabulary as v
from budgets.basis import BudgetBasis
from budgets.comparison import compare_budgets
from budgets.errors import BasisError
from budgets.essay import reasons_table
from budgets.official import functional_budgets
from budgets.passport import (
    SHORT,
    cited_official,
    cited_sources,
    functional_passports,
    functional_sources,
    gap_figure,
    gap_passports,
    passport,
    passports,
    short_passports,
)
from budgets.reading import say_interval, say_place, say_reading, say_short, say_value
from budgets.survey import coverage
from budgets.tables import Tables
from budgets.words import text

CLUSTER = "gwangju-cluster1-envelope-2020-2024-donga"


def label(key: str, language: str = "ko") -> str:
    return text(f"passport.{key}", language)


def test_the_reading_is_said_with_its_interval(tables: Tables) -> None:
    said = passport(tables, "incheon-rnd-activation-envelope-2020-2024-announced-kyungdo")
    assert said[label("printed")] == "227억여 원"
    assert said[label("reading")] == "227억 원 (227억 원 ~ 228억 원 사이로 읽음)"
    assert said[label("hedge")] == "여"
    assert said[label("period")] == "2020–2024년 총사업비(해마다 나누지 않음)"
    assert said[label("funding")] == v.label("funding", "unknown")
    assert said[label("government")] == "인천광역시"


def test_the_source_is_named_with_date_licence_and_place(tables: Tables) -> None:
    figure = "incheon-ai-playground-companies-2024-target-lawissue"
    source = tables.sources.set_index("source_id").loc[tables.targets.set_index("figure_id").at[figure, "source_id"]]
    said = passport(tables, figure)
    assert source["publisher"] in said[label("source")]
    assert said[label("published")] == "2025. 4. 10."
    assert said[label("licence")] == "이용허락 표시 없음"
    assert said[label("locator")] == say_place(tables.targets.set_index("figure_id").at[figure, "locator"])
    assert said[label("checked")] == v.label("checked", source["checked"])
    assert said[label("indicator")] == "지원 기업"
    assert passport(tables, figure, "en")[label("published", "en")] == "10 April 2025"


def test_what_is_not_known_is_said(tables: Tables) -> None:
    sources = tables.sources.assign(title=pd.NA, published_on=pd.NaT, published_basis="unknown")
    said = passport(replace(tables, sources=sources), CLUSTER)
    assert "제목 미상" in said[label("source")]
    assert said[label("published")] == "미상"


def test_an_inferred_date_is_marked(tables: Tables) -> None:
    said = passport(tables, "gwangju-cluster1-envelope-2020-2024-fixed-namdonews")
    assert said[label("published")].endswith("(추정)")


def test_rulings_are_told_from_both_sides(tables: Tables) -> None:
    whole = passport(tables, CLUSTER)[label("rulings")]
    part = passport(tables, "gwangju-cluster1-envelope-national-2020-2024-nkeconomy")[label("rulings")]
    assert "‘2843억 원’" in whole and "포함함" in whole
    assert "‘3천939억원’" in whole and "대체됨" in whole
    assert "‘4061억 원’" in part and "일부" in part
    reasons = tables.figure_rulings.loc[
        (tables.figure_rulings["figure_id"] == CLUSTER) | (tables.figure_rulings["other_figure_id"] == CLUSTER),
        "reason",
    ]
    assert len(reasons) >= 4
    assert all(reason in whole for reason in reasons)


def test_the_ruling_on_the_programme_names_scope_and_coverage(tables: Tables) -> None:
    ruling = tables.programme_rulings.set_index("programme_id").loc["gwangju-cluster1"]
    said = passport(tables, CLUSTER)[label("programme_ruling")]
    assert v.label("scope", ruling["scope"]) in said
    assert v.label("coverage", ruling["coverage"]) in said
    assert ruling["reason"] in said


def test_a_programme_that_was_not_ruled_says_so(tables: Tables) -> None:
    unruled = replace(tables, programme_rulings=tables.programme_rulings.iloc[:0])
    assert passport(unruled, CLUSTER)[label("programme_ruling")] == "범위 판정 없음"


def test_an_event_has_its_date_to_its_precision(tables: Tables) -> None:
    said = passport(tables, "seoul-ai-hub-building-construction-start-2020-planned-metro")
    assert said[label("date")] == "2020년 말"
    assert said[label("state")] == "예정"
    assert label("reading") not in said


# ---- official values ----


def test_official_values_are_said_in_the_unit_in_which_they_were_printed(tables: Tables) -> None:
    rows = functional_budgets(tables, 2025, ["seoul"]).head(1)
    value = float(rows["value"].iloc[0])

    def printed(half: float, derived: bool = False) -> str:
        row = rows.assign(low=value - half, high=value + half, derived=derived)
        (said,) = functional_passports(tables, row).values()
        return said["적힌 그대로"]

    assert printed(500_000) == f"{value / 1e6:,.0f}백만원" and printed(500) == f"{value / 1e3:,.0f}천원"
    assert printed(0) == f"{value:,.0f}원" and printed(500_000, derived=True) == "적히지 않음(다른 값에서 셈함)"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_official_passports_name_statistic_copy_and_address(tables: Tables, language: str) -> None:
    for said in functional_passports(tables, functional_budgets(tables, 2025), language).values():
        source, place, url = (said[label(key, language)] for key in ("source", "locator", "url"))
        assert ("지방재정365" if language == "ko" else "lofin365") in source and "github" not in source and "2025" in source
        assert place.startswith("github:") and url.startswith("https://github.com/") and place.rpartition("@")[2] in url
        assert label("note", language) in said and not [key for key, words in said.items() if "nan" in words.split()]


def test_a_source_line_names_statistics_and_not_files(tables: Tables) -> None:
    said = functional_sources(tables, functional_budgets(tables, 2025), per_resident=True, base_year=2020)
    assert len(said) == 3 and not [one for one in said if "github" in one or "data/" in one]
    assert "주민등록인구" in said[1] and "소비자물가지수" in said[2]
    assert cited_official("행정안전부 고시 제1호") == "행정안전부 고시 제1호", "what is not known is named as it is"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_figure_has_a_passport_without_codes_or_holes(tables: Tables, language: str) -> None:
    made = passports(tables, language=language)
    every = {f for table in (tables.budgets, tables.targets, tables.milestones) for f in table["figure_id"]}
    assert set(made) == every
    printed = {label(key, language) for key in ("printed", "reading", "locator", "words", "note", "url", "source_note")}
    for figure, said in made.items():
        for name, value in said.items():
            assert value and value not in ("nan", "None", "NaT", "<NA>"), (figure, name)
            if name not in printed:
                assert not re.search(r"\b[a-z]+_[a-z_]+\b", value), (figure, name, value)
        keys = list(said)
        assert keys.index(label("printed", language)) < keys.index(label("source", language))


def test_the_short_form_has_its_fields_for_every_figure(tables: Tables) -> None:
    short = short_passports(tables, tables.budgets["figure_id"])
    assert all(tuple(said) == SHORT for said in short.values())
    assert short[CLUSTER]["source"] == "동아일보(2019. 11. 12.)"
    assert "대체됨" in short[CLUSTER]["ruling"]


def test_cited_sources_stand_by_date_and_once(tables: Tables) -> None:
    ids = [
        "gwangju-cluster1-envelope-2020-2024-paid-kwangju",
        CLUSTER,
        "gwangju-cluster1-infrastructure-envelope-2020-2024-donga",
    ]
    assert cited_sources(tables, ids) == ["동아일보(2019. 11. 12.)", "광주일보(2025. 8. 22.)"]


def test_a_figure_that_does_not_exist_is_refused_with_the_nearest(tables: Tables) -> None:
    with pytest.raises(BasisError) as refused:
        passport(tables, CLUSTER + "x")
    assert CLUSTER in str(refused.value)


@pytest.mark.parametrize(
    ("low", "value", "high", "said"),
    [
        (20, None, 30, "20명 ~ 30명(범위로 적힘)"),
        (100, 100, None, "100명 (100명 이상 사이로 읽음)"),
        (100, None, None, "100명 이상(한쪽 끝이 열려 있음)"),
        (59, 59, 59, "59명(정확한 값)"),
        (None, None, None, ""),
    ],
)
def test_readings(low: int | None, value: int | None, high: int | None, said: str) -> None:
    assert say_reading(low, value, high, "persons", counter="명") == said


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_gap_says_how_many_amounts_were_looked_at_and_that_it_is_not_nought(tables: Tables, language: str) -> None:
    cells = coverage(tables, ["seoul", "incheon"], 2018, 2026)
    made = gap_passports(tables, cells, language)
    empty = cells.loc[cells["figures"] == 0]
    assert len(made) == len(empty) > 0
    money = tables.judged_budgets.loc[(tables.judged_budgets["nature"] == "budget") & (tables.judged_budgets["government"] == "seoul")]
    said = made[gap_figure("seoul", 2018)]
    assert "0" in said[text("sum.gap", language)] and str(len(money)) in said[text("passport.steps", language)]
    assert "2018" in said[text("passport.period", language)]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_count_of_figures_set_aside_names_those_nearest_to_the_basis(tables: Tables, language: str) -> None:
    comparison = compare_budgets(
        tables, BudgetBasis(fiscal_year=2026, phase="proposed", scope="ai_core", funding="unknown", coverage="government", governments=("seoul", "incheon"))
    )
    table = reasons_table(comparison, language)
    assert len(table.passports) == len(comparison.reasons())
    for reason, said in zip(comparison.reasons().index, table.passports.values(), strict=True):
        some = comparison.set_aside.loc[comparison.set_aside["reason_code"] == reason].sort_values(["misses", "figure_id"])
        named = said[text("sum.nearest", language)].splitlines()
        assert some["as_printed"].iloc[0] in named[0] and len(named) == min(len(some), 6)
        counts = [int(n) for n in re.findall(r"(\d+)건|: (\d+)", said[text("passport.steps", language)]) for n in n if n]
        assert sum(counts) == len(some)


def test_an_interval_narrower_than_its_words_is_not_said_twice() -> None:
    assert say_reading(19_308_865_500_000, 19_308_866_000_000, 19_308_866_500_000, "KRW") == "19조 3,089억 원"


def test_computed_won_are_said_to_four_digits_and_printed_won_as_they_are() -> None:
    assert say_value(123_456_789_012.3, "KRW") == "1,235억 원"
    assert say_value(227_0000_0000, "KRW") == "227억 원"
    assert say_value(6_960_000, "KRW") == "696만 원"
    assert say_interval(None, None, "KRW") == ""
    assert say_short(None, 0.29, None, "percent") == "0.29%"
