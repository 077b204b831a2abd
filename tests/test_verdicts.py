"""What a comparison says of itself, word for word: the basis, the verdict, the caption, who is missing and what was near."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import small
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import Comparison, compare_budgets, compare_targets
from budgets.errors import BasisError

TWO = ("alpha", "beta")
WHOLE = BudgetBasis(fiscal_year=2025, governments=TWO, funding="provincial")
PARTS = replace(WHOLE, coverage="programme")
COUNTS = TargetBasis(indicator="companies_supported", fiscal_year=2025, governments=TWO)
NOT_GOVERNMENT = {
    "ko": "정부 전체가 아니라 ‘사업’ 단위의 수치입니다. 정부의 AI 예산 크기로 읽으면 안 됩니다.",
    "en": "These are figures of coverage “programme”, not of whole governments: do not read them as the size of a government's AI budget.",
}


def own(figure: str, government: str = "alpha", **more: Any) -> dict[str, Any]:
    return small.money(figure, government, **{"funding": "provincial", **more})


def comparison(basis: BudgetBasis | TargetBasis, *figures: dict[str, Any], rulings: Any = ()) -> Comparison:
    tables = small.tables(figures, rulings)
    return compare_budgets(tables, basis) if isinstance(basis, BudgetBasis) else compare_targets(tables, basis)


@pytest.mark.parametrize(
    ("basis", "ko", "en"),
    [
        (WHOLE, "2025년 · 본예산 · AI 핵심 · 시·도비 · 정부 전체 · 광역", "2025 · approved · AI core · provincial · whole government · province"),
        (
            BudgetBasis(fiscal_year=(2024, 2025), phase=("paid", "adjusted"), funding="unknown", snapshot="2025-06-30", coverage="line"),
            "2024, 2025년 · 지출액+예산현액 · AI 핵심 · 재원 미상 · 세부 항목 · 광역 · 2025. 6. 30. 기준",
            "2024, 2025 · paid+adjusted · AI core · funding unknown · line · province · as of 2025-06-30",
        ),
        (
            BudgetBasis(envelope_years=(2020, 2024), fiscal_year=2022, period_kind=("fiscal_year", "envelope"), funding="mixed"),
            "2022년 + 2020–2024년 총사업비 · 본예산 · AI 핵심 · 재원 합계 · 정부 전체 · 광역",
            "2022 + envelope 2020–2024 · approved · AI core · mixed · whole government · province",
        ),
        (COUNTS, "2025년 · 목표 · 유량(기간 중) · 사업 · 광역", "2025 · target · flow · programme · province"),
        (
            TargetBasis(indicator="companies_supported", phase="actual", extent="stock", as_of=date(2025, 6, 30)),
            "2025. 6. 30. 현재 · 실적 · 저량(시점) · 사업 · 광역",
            "as of 2025-06-30 · actual · stock · programme · province",
        ),
    ],
    ids=["a year", "a mixture at a date", "years and an envelope", "an indicator", "a stock"],
)
def test_a_basis_in_one_line(basis: Any, ko: str, en: str) -> None:
    assert basis.describe() == basis.describe("ko") == ko
    assert basis.describe("en") == en


BOTH = (own("one"), own("two", "beta"))
PROGRAMMES = tuple(f | {"coverage": "programme"} for f in BOTH)
VERDICTS: dict[str, tuple[Any, str, str]] = {
    "nobody": (
        (WHOLE,),
        "이 기준으로 수치를 발표한 지방정부가 없습니다. 비교할 수 없습니다.",
        "No government published a figure on this basis. Nothing can be compared.",
    ),
    "one alone": (
        (WHOLE, own("one")),
        "이 기준의 수치는 알파시만 발표했습니다. 베타시는 발표가 없어 비교할 수 없습니다.",
        "Only Alpha published a figure on this basis. Beta did not, so there is nothing to compare it with.",
    ),
    "one asked": ((replace(WHOLE, governments=("alpha",)), own("one")), "알파시의 수치가 이 기준에 있습니다.", "Alpha published on this basis."),
    "both": (
        (WHOLE, *BOTH),
        "알파시·베타시 모두의 수치를 같은 기준에서 견줄 수 있습니다.",
        "Alpha and Beta can all be compared on one basis.",
    ),
    "two of three": (
        (replace(WHOLE, governments=(*TWO, "gamma")), *BOTH),
        "알파시·베타시의 수치를 같은 기준에서 견줄 수 있습니다. 감마도는 이 기준의 발표가 없습니다(0이 아님).",
        "Alpha and Beta can be compared on one basis. Gamma published nothing on it (which is not zero).",
    ),
    "programmes": (
        (PARTS, *PROGRAMMES),
        f"알파시·베타시의 수치가 같은 기준에 서지만 서로 다른 사업의 금액이므로 크기를 견줄 수 없습니다. {NOT_GOVERNMENT['ko']}",
        f"Alpha and Beta have figures on this basis, but of different programmes, so their sizes cannot be compared. {NOT_GOVERNMENT['en']}",
    ),
    "programmes of two of three": (
        (replace(PARTS, governments=(*TWO, "gamma")), *PROGRAMMES),
        "알파시·베타시의 수치가 같은 기준에 서지만 서로 다른 사업의 금액이므로 크기를 견줄 수 없습니다. "
        f"{NOT_GOVERNMENT['ko']} 감마도는 이 기준의 발표가 없습니다(0이 아님).",
        "Alpha and Beta have figures on this basis, but of different programmes, so their sizes cannot be compared. "
        f"{NOT_GOVERNMENT['en']} Gamma published nothing on it (which is not zero).",
    ),
    "a programme alone": (
        (PARTS, PROGRAMMES[0]),
        f"이 기준의 수치는 알파시만 발표했습니다. 베타시는 발표가 없어 비교할 수 없습니다. {NOT_GOVERNMENT['ko']}",
        f"Only Alpha published a figure on this basis. Beta did not, so there is nothing to compare it with. {NOT_GOVERNMENT['en']}",
    ),
    "indicators": (
        (replace(COUNTS, governments=(*TWO, "gamma")), small.count("one"), small.count("two", "beta")),
        "알파시·베타시의 값이 이 기준에 있으나 서로 다른 사업의 지표이므로 크기로 우열을 가릴 수 없습니다. 감마도는 이 기준의 발표가 없습니다(0이 아님).",
        "Alpha and Beta have values on this basis, but of different programmes: they do not say who does more. Gamma published nothing on it (which is not zero).",
    ),
    "indicators of governments": (
        (replace(COUNTS, coverage="government"), small.count("one", coverage="government"), small.count("two", "beta", coverage="government")),
        "알파시·베타시 모두의 수치를 같은 기준에서 견줄 수 있습니다.",
        "Alpha and Beta can all be compared on one basis.",
    ),
    "a mixture": (
        (replace(WHOLE, phase=("approved", "proposed"), fiscal_year=(2024, 2025)), *BOTH),
        "기준이 섞여 있어(예산 단계, 연도) 견줄 수 없습니다. 한 축에 그리지 않고 표로만 보입니다.",
        "The basis is mixed (phase, year), so nothing is compared: a table only, never one axis.",
    ),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_the_verdict_word_for_word(case: str) -> None:
    asked, ko, en = VERDICTS[case]
    found = comparison(*asked)
    assert found.verdict() == found.verdict("ko") == ko
    assert found.verdict("en") == en


@pytest.mark.parametrize(("with_other", "key"), [(False, "only"), (True, "one")])
def test_who_is_kept_out_by_a_ruling_did_publish(with_other: bool, key: str) -> None:
    out = [small.ruling("two", "not_comparable")]
    found = comparison(WHOLE, *(BOTH if with_other else BOTH[1:]), rulings=out)
    assert found.withheld == ("beta",) and found.missing == (("beta",) if with_other else TWO)
    first = {"only": "이 기준에 서는 수치가 없습니다.", "one": "알파시의 수치가 이 기준에 있습니다."}[key]
    assert found.verdict() == f"{first} 베타시는 이 기준의 수치를 발표했으나 판정(같은 수치·대체됨·비교 불가 등)에 따라 제외했습니다."
    en = {"only": "No figure stands on this basis.", "one": "Alpha published on this basis."}[key]
    assert found.verdict("en") == f"{en} Beta did publish on this basis; the figure is kept out by a ruling (same as, superseded, not comparable …)."


def test_the_caption_is_the_basis_and_its_warnings() -> None:
    unknown = {
        "ko": "본문이 재원을 말하지 않은 수치들입니다. 같은 재원이라는 뜻이 아닙니다.",
        "en": "The texts do not say whose money it is; that is not the same as one funding.",
    }
    open_parts = replace(PARTS, funding=("unknown", "provincial"))
    for language in ("ko", "en"):
        said = {basis: comparison(basis).caption(language) for basis in (WHOLE, PARTS, open_parts)}
        assert said[WHOLE] == WHOLE.describe(language)
        assert said[PARTS] == f"{PARTS.describe(language)} — {NOT_GOVERNMENT[language]}"
        assert said[open_parts] == f"{open_parts.describe(language)} — {unknown[language]} {NOT_GOVERNMENT[language]}"
        assert comparison(COUNTS).caption(language) == COUNTS.describe(language)
    assert comparison(PARTS).caption() == comparison(PARTS).caption("ko")


def test_the_nearest_figures_and_the_reasons_in_their_order() -> None:
    figures = [
        own("far", "beta", year=2020, phase="paid", scope="digital"),
        own("near-b", "beta", phase="proposed"),
        own("near-a", "beta", year=2024),
        own("ruled", "beta"),
        own("elsewhere", "gamma"),
        *(own(f"one-{n}", phase="proposed", scope="digital") for n in range(4)),
    ]
    found = comparison(WHOLE, *figures, rulings=[small.ruling("ruled", "not_comparable")])
    assert list(found.nearest()["figure_id"]) == ["one-0", "one-1", "one-2", "near-a", "near-b", "far"]
    assert list(found.nearest(1)["figure_id"]) == ["one-0", "near-a"]
    assert list(found.nearest().index) == [0, 1, 2, 3, 4, 5] and "_order" not in found.nearest()
    assert list(found.nearest()["differs"])[3:] == [("other year",), ("other phase",), ("other year", "other phase", "other scope")]
    assert found.reasons().to_dict() == {"other government": 1, "other year": 2, "other phase": 5, "not comparable": 1}
    assert list(found.reasons().index) == ["other government", "other year", "other phase", "not comparable"]
    assert str(found.reasons().dtype) == "int64"


def test_sources_stand_in_the_order_of_their_names() -> None:
    found = comparison(WHOLE, *BOTH, own("three", reliability="unsourced"))
    assert list(found.sources()["source_id"]) == ["press"] and list(found.sources().index) == [0]
    assert comparison(WHOLE).sources().empty


def test_a_year_between_two_asked_years_is_another_year() -> None:
    basis = replace(WHOLE, fiscal_year=(2023, 2025), governments=("alpha",))
    found = comparison(
        basis,
        own("first", year=2023),
        own("between", year=2024),
        own("last"),
        own("later", year=2026),
        own("long", period_kind="envelope", period_start="2020-01-01"),
    )
    assert list(found.rows["figure_id"]) == ["first", "last"]
    assert found.set_aside.set_index("figure_id")["differs"].to_dict() == {"between": ("other year",), "later": ("other year",), "long": ("other period kind",)}


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: TargetBasis(indicator=5, fiscal_year=2025), "indicator"),  # type: ignore[arg-type]
        (lambda: BudgetBasis(fiscal_year=2025, governments=5), "governments"),  # type: ignore[arg-type]
        (lambda: BudgetBasis(fiscal_year=2025, scope=5), "scope"),  # type: ignore[arg-type]
        (lambda: BudgetBasis(fiscal_year=2025, snapshot="soon"), "snapshot"),  # type: ignore[arg-type]
        (lambda: TargetBasis(indicator="companies_supported", as_of="soon"), "as_of"),  # type: ignore[arg-type]
        (lambda: comparison(replace(COUNTS, indicator="companies")), "indicator"),
        (lambda: comparison(replace(WHOLE, governments=("alfa",))), "governments"),
    ],
)
def test_the_field_that_is_wrong_is_named(make: Any, field: str) -> None:
    with pytest.raises(BasisError) as caught:
        make()
    for language in ("ko", "en"):
        assert caught.value.say(language).startswith(f"{field}: ")


def test_part_of_a_year_needs_its_year_too() -> None:
    with pytest.raises(BasisError) as caught:
        BudgetBasis(period_kind="part_year")
    assert caught.value.key == "basis.no_year"
    assert BudgetBasis(period_kind="unknown").fiscal_year is None


def test_results_among_targets_and_years_beside_the_asked_ones() -> None:
    """A result is no target; a value of the year between two asked years, or of a period long past, is of another year."""
    rows = [
        small.count("stands"),
        small.count("result", phase="actual"),
        small.count("between", year=2024),
        small.count("first", year=2023),
        small.count("long-past", year=2019, period_start="2018-01-01"),
        small.count("running", period_start="2024-01-01"),
        small.count("stock-before", year=2022, extent="stock", as_of="2022-12-31"),
    ]
    found = comparison(replace(COUNTS, fiscal_year=(2023, 2025), governments=("alpha",)), *rows)
    assert list(found.rows["figure_id"]) == ["first", "stands"]
    assert found.set_aside.set_index("figure_id")["differs"].to_dict() == {
        "result": ("other phase",),
        "between": ("other year",),
        "long-past": ("other year", "other period kind"),
        "running": ("other period kind",),
        "stock-before": ("other year", "other extent"),
    }


def test_the_first_and_the_last_year_that_may_be_asked() -> None:
    assert [BudgetBasis(fiscal_year=year).fiscal_year for year in (1900, 2100)] == [1900, 2100]
    assert BudgetBasis(envelope_years=(1900, 2100)).envelope_years == (1900, 2100)
