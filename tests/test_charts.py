"""Charts by what they say: order, gaps, titles, passports, and no envelope ever divided or set against a year."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets import charts, measures
from budgets import vocabulary as v
from budgets.basis import BudgetBasis, TargetBasis
from budgets.charts.export import save_picture
from budgets.charts.placing import RADIUS, Box, _boxes, sides
from budgets.charts.theme import COLOUR, CONFIG, clipped, columns, wrapped
from budgets.comparison import Comparison, compare_budgets, compare_targets
from budgets.errors import MeasureError, UsageError
from budgets.official import functional_budgets
from budgets.page.chart import data_table, figures_of
from budgets.tables import Tables
from budgets.words import text

Spec = dict[str, Any]
SCRAMBLED = ("gyeonggi", "gwangju", "seoul", "incheon")
ORDER = ["서울", "인천", "광주", "경기"]
PROGRAMMES = BudgetBasis(fiscal_year=2026, phase="proposed", coverage="programme", governments=SCRAMBLED)
WHOLE = BudgetBasis(fiscal_year=2026, phase="proposed", scope="ai_core", governments=SCRAMBLED)


def everything(tables: Tables, language: str) -> dict[str, Any]:
    """Every chart of the package on the real data."""
    race = two_wholes(tables, ("gyeonggi", 209), ("seoul", 5), others=("incheon", "gwangju"))
    return {
        "interval_bars": charts.interval_bars(measures.total(race), language),
        "per_resident": charts.interval_bars(measures.per_resident(measures.total(race)), language),
        "figure_bars": charts.figure_bars(race, language),
        "not_drawn": charts.not_drawn(compare_budgets(tables, WHOLE), language),
        "timeline": charts.interval_timeline(tables, tables.judged_budgets, language),
        "target_actual": charts.target_actual(tables, measures.achievement(tables), language),
        "stock_path": charts.stock_path(tables, "seoul-ai-hub", "companies_supported", language),
        "phases": charts.phases(tables, "seoul-ai-administration", language),
        "vintages": charts.vintages(tables, "gwangju-cluster1", language),
        "payers": charts.payers(tables, "gwangju-cluster1", language),
        "milestones": charts.milestones(tables, SCRAMBLED, language),
        "coverage": charts.coverage_grid(tables, SCRAMBLED, 2019, 2026, language),
        "functional": charts.functional_bars(tables, 2025, SCRAMBLED, "per_resident", language),
    }


@pytest.fixture(scope="module", params=["ko", "en"])
def specs(request: pytest.FixtureRequest, tables: Tables) -> dict[str, Spec]:
    return {name: chart.to_dict() for name, chart in everything(tables, request.param).items()}


def nodes(node: object, key: str) -> Iterator[Any]:
    """Every value that stands under *key* anywhere in a specification (data left out)."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name == key:
                yield child
            if name not in ("datasets", "usermeta"):
                yield from nodes(child, key)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child, key)


def data(spec: Spec, *keys: str) -> list[dict[str, Any]]:
    """The rows, of all data sets, that have all of *keys*; each once."""
    seen = {json.dumps(row, sort_keys=True): row for rows in spec["datasets"].values() for row in rows}
    return [row for row in seen.values() if set(keys) <= set(row)]


def title(spec: Spec) -> str:
    return " ".join(spec["title"]["text"])


# ---- what every chart keeps to ----


def test_every_chart_says_what_it_shows_and_has_a_table(specs: dict[str, Spec]) -> None:
    for name, spec in specs.items():
        said = spec["usermeta"]
        assert said["title"] and said["finding"] and said["columns"], name
        assert title(spec) == said["title"], name
        keys = [column[0] for column in said["columns"]]
        assert any(set(keys) <= set(row) for row in data(spec)), (name, keys)
        assert all("{" not in part for part in (said["title"], said["finding"], said.get("subtitle", ""))), name


def test_the_data_table_of_a_page_holds_every_mark(specs: dict[str, Spec]) -> None:
    for name, spec in specs.items():
        table = str(data_table(spec, name, "ko"))
        missing = [figure for figure in figures_of(spec) if figure not in table]
        assert not missing, name


def test_every_mark_names_figures_that_exist(specs: dict[str, Spec], tables: Tables) -> None:
    known = {f for table in (tables.budgets, tables.targets, tables.milestones) for f in table["figure_id"]}
    known |= {"seoul-whole-ai-2024", "gyeonggi-whole-ai-2024"}  # the race of `everything`
    known |= set(functional_budgets(tables, 2025)["figure"])
    for name, spec in specs.items():
        ids = {f for row in data(spec, "figure") for f in (row["figure"] or "").split()}
        assert ids and ids <= known | set(spec["usermeta"].get("passports", ())), name


def test_tooltips_carry_the_passport(specs: dict[str, Spec]) -> None:
    for name, spec in specs.items():
        if name == "coverage":  # counts: many figures stand behind a mark
            continue
        fields = {tip["field"] for tips in nodes(spec, "tooltip") if isinstance(tips, list) for tip in tips}
        if name == "functional":  # official values: what all marks say alike stands once in the specification
            known = {key for row in data(spec, "figure") for key in row} | {one["as"] for many in nodes(spec, "transform") for one in many if "as" in one}
            assert {"printed", "source", "locator"} <= fields & known
            continue
        assert {"printed", "reading", "source", "locator", "ruling"} <= fields, name
        assert any(row["printed"] and row["source"] for row in data(spec, "printed", "source")), name


def test_no_amount_is_written_in_thousands_or_millions_of_k(specs: dict[str, Spec]) -> None:
    for name, spec in specs.items():
        formats = [f for f in nodes(spec, "format") if isinstance(f, str)]
        assert not [f for f in formats if "s" in f.lower().replace("%", "")], name


def test_the_theme_is_in_the_chart_itself(specs: dict[str, Spec]) -> None:
    for spec in specs.values():
        assert spec["config"]["font"] == CONFIG["font"] == "Noto Sans KR"
        assert spec["config"]["view"]["stroke"] is None


def test_no_scale_is_left_to_sort_names_by_code_point(specs: dict[str, Spec]) -> None:
    for name, spec in specs.items():
        for y in nodes(spec, "y"):
            if isinstance(y, dict) and y.get("type") == "nominal":
                assert isinstance(y.get("sort"), list), (name, y)


def test_governments_stand_in_the_official_order(tables: Tables) -> None:
    spec = charts.interval_bars(measures.total(two_wholes(tables, ("gyeonggi", 209), ("seoul", 5), others=("incheon", "gwangju")))).to_dict()
    assert next(y["sort"] for y in nodes(spec, "y") if y.get("field") == "name") == ORDER
    grid = charts.coverage_grid(tables, SCRAMBLED, 2024, 2026).to_dict()
    assert next(y["sort"] for y in nodes(grid, "y") if y.get("field") == "name") == ORDER
    small = charts.functional_bars(tables, 2025, SCRAMBLED).to_dict()
    assert next(y["sort"] for y in nodes(small, "y") if y.get("field") == "name") == ORDER
    events = charts.milestones(tables, SCRAMBLED).to_dict()
    assert [panel["title"]["text"] for panel in events["vconcat"]] == ORDER


def test_colours_are_those_of_the_governments_and_grey_for_others(tables: Tables) -> None:
    own = tables.governments.drop_duplicates("government").set_index("government")["colour"]
    rows = data(charts.interval_timeline(tables, tables.judged_budgets).to_dict(), "colour", "government")
    assert {row["government"]: row["colour"] for row in rows if row["government"] in SCRAMBLED} == {g: own[g] for g in SCRAMBLED}
    assert {row["colour"] for row in rows if row["government"] == "gyeonggi-seongnam"} == {"#6b7685"}
    assert COLOUR.to_dict()["scale"] is None


# ---- comparisons ----


def test_one_government_alone_is_not_drawn_as_a_race(tables: Tables) -> None:
    comparison = compare_budgets(tables, WHOLE)
    assert comparison.present == ("seoul",)
    with pytest.raises(MeasureError):
        charts.interval_bars(measures.total(comparison))
    spec = charts.comparison_chart(comparison).to_dict()
    assert set(marks(spec)) == {"text"}
    assert "서울" in title(spec) and "인천·광주·경기" in title(spec)
    rows = {row["name"]: row for row in data(spec, "needed")}
    assert [rows[name]["said"] for name in ORDER[1:]] == ["발표 없음"] * 3
    near = comparison.nearest(most=1).set_index("government")
    for government in ("incheon", "gwangju", "gyeonggi"):
        row = rows[tables.name(government)]
        assert row["figure"] == near.at[government, "figure_id"]
        assert all(text(f"reason.{reason}") in row["needed"] for reason in near.at[government, "differs"])


def test_a_mixed_basis_is_not_drawn_as_a_race(tables: Tables) -> None:
    comparison = compare_budgets(tables, replace(PROGRAMMES, phase=("proposed", "approved")))
    assert len(comparison.present) >= 2
    with pytest.raises(MeasureError):
        charts.figure_bars(comparison)
    assert set(marks(charts.comparison_chart(comparison).to_dict())) == {"text"}


def marks(spec: Spec) -> list[str]:
    return [mark["type"] if isinstance(mark, dict) else mark for mark in nodes(spec, "mark")]


def test_amounts_of_programmes_are_not_drawn_on_one_axis(tables: Tables) -> None:
    comparison = compare_budgets(tables, PROGRAMMES)
    spec = charts.comparison_chart(comparison).to_dict()
    assert not data(spec, "at", "axis_name")
    assert {"서울", "경기"} <= {row["name"] for row in data(spec, "name", "said")}
    assert "서로 다른 사업" in title(spec)
    assert v.label("coverage", "programme") in " ".join(spec["title"]["subtitle"])
    with pytest.raises(MeasureError):
        charts.interval_bars(measures.total(comparison))


def test_gaps_are_gaps(tables: Tables) -> None:
    measure = measures.total(two_wholes(tables, ("gyeonggi", 209), ("seoul", 5), others=("incheon", "gwangju")))
    rows = {row["name"]: row for row in data(charts.interval_bars(measure).to_dict(), "gap", "at")}
    assert set(rows) == set(ORDER)
    for name in ("인천", "광주"):
        assert rows[name]["gap"] == "발표 없음"
        assert rows[name]["at"] is rows[name]["low"] is rows[name]["high"] is rows[name]["far"] is None
    for name in ("서울", "경기"):
        assert rows[name]["gap"] is None
        assert rows[name]["low"] <= rows[name]["at"] <= rows[name]["high"]
    english = charts.interval_bars(measure, "en").to_dict()
    assert {row["gap"] for row in data(english, "gap")} == {None, "not published"}


def test_a_value_without_a_denominator_is_another_gap(tables: Tables) -> None:
    people = tables.denominators
    lost = replace(tables, denominators=people.loc[~((people["denominator"] == "population") & (people["government"] == "seoul"))])
    measure = measures.per_resident(measures.total(two_wholes(lost, ("busan", 100), ("daegu", 50), ("seoul", 80))))
    rows = {row["name"]: row for row in data(charts.interval_bars(measure).to_dict(), "gap")}
    assert rows["서울"]["gap"] == text("chart.bars.no_denominator")
    assert rows["부산"]["gap"] is None


def two_wholes(tables: Tables, *amounts: tuple[str, int], wide: bool = False, others: tuple[str, ...] = ("ulsan",)) -> Comparison:
    """A comparison of whole governments, each with one amount (억) of its own; others published nothing."""
    like = tables.budgets.loc[tables.budgets["figure_id"] == "seoul-ai-budget-2026-proposed-seoulshinmun"]
    programme = tables.programmes.iloc[[0]]
    ruling = tables.programme_rulings.loc[tables.programme_rulings["programme_id"] == like["programme_id"].iat[0]]
    figures, programmes, rulings = [], [], []
    for government, eok in amounts:
        spread = eok // 2 if wide else 1
        ends = {
            "amount_low_krw": (eok - spread) * 10**8,
            "amount_krw": eok * 10**8,
            "amount_high_krw": (eok + spread) * 10**8,
        }
        name = f"{government}-whole-ai"
        figures.append(
            like.assign(
                figure_id=f"{name}-2024",
                programme_id=name,
                as_printed=f"{eok}억 원",
                hedge="none",
                period_start=pd.Timestamp("2024-01-01"),
                period_end=pd.Timestamp("2024-12-31"),
                **ends,
            )
        )
        programmes.append(programme.assign(programme_id=name, government=government))
        rulings.append(ruling.assign(programme_id=name))
    made = replace(
        tables,
        budgets=pd.concat([tables.budgets, *figures], ignore_index=True),
        programmes=pd.concat([tables.programmes, *programmes], ignore_index=True),
        programme_rulings=pd.concat([tables.programme_rulings, *rulings], ignore_index=True),
    )
    governments = (*(g for g, _ in amounts), *others)
    return compare_budgets(made, BudgetBasis(fiscal_year=2024, phase="proposed", governments=governments))


def test_the_title_ranks_only_where_the_intervals_allow(tables: Tables) -> None:
    apart = charts.comparison_chart(two_wholes(tables, ("daegu", 50), ("busan", 100))).to_dict()
    assert "부산이 가장 큼: 100억 원" in title(apart) and "울산(0이 아님)" in title(apart)
    overlapping = charts.comparison_chart(two_wholes(tables, ("daegu", 90), ("busan", 100), wide=True)).to_dict()
    assert "순위 확정 불가" in title(overlapping)


def test_a_government_added_by_rows_appears_in_its_place(tables: Tables) -> None:
    spec = charts.comparison_chart(two_wholes(tables, ("gyeonggi", 90), ("busan", 100))).to_dict()
    assert next(y["sort"] for y in nodes(spec, "y") if y.get("field") == "name") == ["부산", "울산", "경기"]


def test_indicators_are_compared_figure_by_figure(tables: Tables) -> None:
    basis = TargetBasis(indicator="people_trained", fiscal_year=2025)
    comparison = compare_targets(tables, basis)
    assert len(comparison.present) >= 2
    spec = charts.comparison_chart(comparison).to_dict()
    assert {row["figure"] for row in data(spec, "axis_name") if row["at"] is not None} == set(comparison.rows["figure_id"])
    assert spec["usermeta"]["unit"] == "명"


# ---- what was published over the years ----


def panel(spec: Spec, words: str) -> list[Spec]:
    return [one for one in spec["vconcat"] if words in one["title"]["text"]]


def rows_of(spec: Spec, part: Spec) -> list[dict[str, Any]]:
    names = {d["name"] for d in nodes(part, "data")}
    return [row for name in names for row in spec["datasets"][name]]


def test_an_envelope_is_never_divided_nor_set_on_the_axis_of_years(tables: Tables) -> None:
    spec = charts.interval_timeline(tables, tables.judged_budgets).to_dict()
    published = tables.budgets.set_index("figure_id")
    singles = [row for one in panel(spec, "한 해의 금액") for row in rows_of(spec, one) if "figure" in row]
    bands = [row for one in panel(spec, "총사업비") for row in rows_of(spec, one) if "figure" in row]
    assert singles and bands
    assert {published.at[row["figure"], "period_kind"] for row in singles} == {"fiscal_year"}
    assert "fiscal_year" not in {published.at[row["figure"], "period_kind"] for row in bands}
    for row in singles + bands:
        ends = published.loc[row["figure"], ["amount_low_krw", "amount_krw", "amount_high_krw"]]
        assert row["at"] in set(ends.dropna()), row["figure"]
    for one in panel(spec, "총사업비"):
        assert not [y for y in nodes(one, "y") if y.get("type") == "quantitative"]
    for row in bands:
        start, end = published.loc[row["figure"], ["period_start", "period_end"]]
        if published.at[row["figure"], "period_kind"] == "envelope" and pd.notna(start) and pd.notna(end):
            assert row["last"] - row["first"] == pytest.approx((end - start).days / 365.25, abs=0.1)


def test_what_a_timeline_leaves_out_is_counted(tables: Tables) -> None:
    every = tables.judged_budgets
    spec = charts.interval_timeline(tables, every).to_dict()
    drawn = {row["figure"] for row in data(spec, "figure")}
    numbers = [int("".join(filter(str.isdigit, note.split("건")[0]))) for note in spec["usermeta"]["notes"] if "건" in note]
    assert len(drawn) + sum(numbers) == len(every)
    unsourced = every.loc[every["reliability"] == "unsourced", "figure_id"]
    assert len(unsourced) and not set(unsourced) & drawn


def test_nothing_to_draw_is_said_not_raised(tables: Tables) -> None:
    panels = [
        charts.interval_timeline(tables, tables.judged_budgets.iloc[:0]),
        charts.target_actual(tables, measures.achievement(tables).iloc[:0]),
        charts.stock_path(tables, "incheon-ai-playground", "companies_supported"),
        charts.phases(tables, "incheon-ai-playground"),
        charts.vintages(tables, "seoul-gpu-support"),
        charts.payers(tables, "seoul-ai-administration"),
        charts.milestones(tables, ["jeju"]),
    ]
    for one in panels:
        spec = one.to_dict()
        assert set(marks(spec)) == {"text"}
        assert spec["usermeta"]["finding"]


# ---- one programme ----


def test_target_against_actual(tables: Tables) -> None:
    pairs = measures.achievement(tables)
    spec = charts.target_actual(tables, pairs).to_dict()
    rows = data(spec, "target_at", "actual_at")
    assert {row["figure"] for row in rows} == {f"{p.target_id} {p.actual_id}" for p in pairs.itertuples()}
    incheon = next(row for row in rows if "incheon-ai-playground-companies-2024" in row["figure"])
    assert (incheon["target_at"], incheon["actual_at"], incheon["rate"]) == (44, 59, "134%")
    assert "2024년" in incheon["pair"] and "80" not in incheon["label"]


def test_the_path_of_a_stock_holds_stocks_only(tables: Tables) -> None:
    spec = charts.stock_path(tables, "seoul-ai-hub", "companies_supported").to_dict()
    rows = sorted(data(spec, "when", "at"), key=lambda row: row["when"])
    assert [(row["at"], row["actual"]) for row in rows] == [(70, True), (110, False), (180, False)]
    assert any("증가분" in note for note in spec["usermeta"]["notes"])


def test_phases_keep_periods_apart(tables: Tables) -> None:
    spec = charts.phases(tables, "seoul-ai-administration").to_dict()
    panels = {one["title"]["text"]: [row["at"] // 10**8 for row in rows_of(spec, one)] for one in spec["vconcat"]}
    envelope, year = sorted(panels, key=len, reverse=True)
    assert "2024–2026년" in envelope and set(panels[envelope]) == {2064}
    assert year == "2025년" and set(panels[year]) == {545, 332}
    assert spec["resolve"]["scale"]["x"] == "independent"
    assert title(spec).index("예산요구") < title(spec).index("예산안")


def test_vintages_stand_by_publication(tables: Tables) -> None:
    spec = charts.vintages(tables, "gwangju-cluster1").to_dict()
    order = next(y["sort"] for y in nodes(spec, "y"))
    rows = {row["vintage"]: row for row in data(spec, "vintage")}
    assert [rows[name]["at"] // 10**8 for name in order] == [4061, 3939, 4100, 4119, 5000, 4300]
    assert [rows[name]["at"] // 10**8 for name in order if not rows[name]["standing"]] == [5000]
    about = next(row for row in rows.values() if row["at"] == 4300 * 10**8)
    assert (about["low"], about["high"]) == (4250 * 10**8, 4350 * 10**8)
    shares = {2843, 812, 406}
    assert not shares & {row["at"] // 10**8 for row in rows.values()}


def test_payers_stack_to_the_printed_total(tables: Tables) -> None:
    spec = charts.payers(tables, "gwangju-cluster1").to_dict()
    rows = sorted(data(spec, "start", "end"), key=lambda row: row["start"])
    assert [(row["funding"], row["at"] // 10**8) for row in rows] == [("국비", 2843), ("지방비", 812), ("민자", 406)]
    assert [row["start"] for row in rows[1:]] == [row["end"] for row in rows[:-1]]
    assert rows[-1]["end"] == 4061 * 10**8
    assert spec["usermeta"]["notes"] == [text("chart.payers.adds_up")]
    assert len({row["fullness"] for row in rows}) == 3


@pytest.mark.parametrize(("eok", "key"), [(4061, "adds_up"), (4060.8, "rounded"), (4500, "off")])
def test_payers_say_whether_the_shares_make_the_total(tables: Tables, eok: float, key: str) -> None:
    whole = "gwangju-cluster1-envelope-2020-2024-donga"
    won = round(eok * 10**8)
    ends = {"amount_low_krw": won - 10**7, "amount_krw": won, "amount_high_krw": won + 10**7}
    budgets = tables.budgets.copy()
    for column, value in ends.items():
        budgets.loc[budgets["figure_id"] == whole, column] = value
    spec = charts.payers(replace(tables, budgets=budgets), whole).to_dict()
    assert spec["usermeta"]["notes"] == [text(f"chart.payers.{key}")]


# ---- events and coverage ----


def test_planned_events_are_hollow_and_repeated_ones_drawn_once(tables: Tables) -> None:
    spec = charts.milestones(tables, SCRAMBLED).to_dict()
    rows = data(spec, "fill", "state")
    state = tables.milestones.set_index("figure_id")["state"]
    assert all((row["fill"] == "white") == (state[row["figure"]] == "planned") for row in rows)
    same = tables.figure_rulings.loc[tables.figure_rulings["ruling"] == "same_as", "figure_id"]
    assert not set(same) & {row["figure"] for row in rows}
    bureau = next(row for row in rows if row["shape"] == "before")
    assert "이전" in bureau["label"]
    late = next(row for row in rows if row["figure"] == "seoul-ai-hub-building-construction-start-2020-planned-metro")
    assert (late["date_start"][:10], late["date_end"][:10], late["shape"]) == ("2020-10-01", "2020-12-31", "long")
    assert "뒤에 바뀜" in late["label"]


def test_every_kind_of_event_has_words(tables: Tables) -> None:
    for event in set(tables.milestones["event"]):
        assert text(f"event.{event}") and text(f"event.{event}", "en")


def test_the_grid_says_where_nothing_was_published(tables: Tables) -> None:
    spec = charts.coverage_grid(tables, SCRAMBLED, 2018, 2026).to_dict()
    rows = data(spec, "state", "year")
    assert len(rows) == 4 * 9
    budget = tables.judged_budgets.loc[tables.judged_budgets["nature"] == "budget"]
    # An envelope of which one end is printed touches at least the year of that end.
    start = budget["period_start"].fillna(budget["period_end"]).dt.year
    end = budget["period_end"].fillna(budget["period_start"]).dt.year
    for row in rows:
        here = budget.loc[(budget["government"] == row["government"]) & (start <= row["year"]) & (end >= row["year"])]
        assert row["figures"] == len(here)
        assert (row["state"] == "gap") == here.empty
        assert (row["count"] == "발표 없음") == here.empty
        assert (row["state"] == "beside") == (row["comparable"] > 0)


@pytest.mark.parametrize(("measure", "column"), [("total", "value"), ("per_resident", "per_resident_value"), ("share", "share_value")])
def test_functional_bars_show_the_official_values(tables: Tables, measure: Any, column: str) -> None:
    spec = charts.functional_bars(tables, 2025, SCRAMBLED, measure).to_dict()
    frame = functional_budgets(tables, 2025, SCRAMBLED)
    shown = {(row["government"], row["code"]): row["at"] for row in data(spec, "code", "at")}
    assert shown == {(r["government"], r["field"]): pytest.approx(r[column]) for r in frame.to_dict("records")}
    assert "AI 예산이 아니며" in " ".join(spec["title"]["subtitle"])
    codes = set(frame["field"])
    assert all(text(f"function.{code}", "en").isascii() for code in codes)


# ---- small things charts rest on ----


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_pictures_are_written_whole(tables: Tables, tmp_path: Path, ending: str) -> None:
    path = save_picture(charts.payers(tables, "gwangju-cluster1"), tmp_path / f"누가 부담하나.{ending}")
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG") if ending == "png" else "국비" in content.decode("utf-8")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_picture_of_another_kind_is_refused(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        save_picture(charts.payers(tables, "gwangju-cluster1"), tmp_path / "picture.pdf")


def test_lines_break_at_blanks_but_not_inside_an_amount() -> None:
    assert wrapped("총사업비는 1조 2,068억 원", 16) == ["총사업비는", "1조 2,068억 원"]
    assert wrapped("spent KRW 22.7bn", 8) == ["spent", "KRW 22.7bn"]


@given(st.text(alphabet="가나다 abc…12억", max_size=40), st.integers(4, 30))
def test_clipped_texts_fit(line: str, width: int) -> None:
    assert columns(clipped(line, width)) <= width or (clipped(line, width) == line and columns(line) <= width)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 250), st.integers(2, 20)), max_size=14))
def test_labels_never_lie_on_one_another_or_on_a_point(points: list[tuple[float, float, int]]) -> None:
    places, wide = [(x, y) for x, y, _ in points], [n for _, _, n in points]
    chosen = sides(places, wide, 600)
    assert len(chosen) == len(points)
    dots = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in places]
    written = [(i, _boxes(*places[i], wide[i] * 5.9)[side]) for i, side in enumerate(chosen) if side]
    for n, (i, box) in enumerate(written):
        assert not any(box.meets(other) for _, other in written[:n])
        assert not any(box.meets(dot) for j, dot in enumerate(dots) if j != i)


def test_charts_do_not_change_the_tables(tables: Tables) -> None:
    copies = {name: getattr(tables, name).copy() for name in ("budgets", "milestones", "sources", "figure_rulings")}
    incheon = tables.judged_budgets.loc[tables.judged_budgets["government"] == "incheon"]
    judged = incheon.copy()
    charts.interval_timeline(tables, incheon)
    charts.vintages(tables, "gwangju-cluster1")
    charts.payers(tables, "gwangju-cluster1")
    charts.milestones(tables, ["incheon"])
    pd.testing.assert_frame_equal(incheon, judged)
    for name, copy in copies.items():
        pd.testing.assert_frame_equal(getattr(tables, name), copy)
