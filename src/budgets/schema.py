"""The contract: one declaration per table.

Each model prints four things: the runtime check (``validate``), ``data/clean/datapackage.json``, the workbook's
"열 설명" sheet and ``docs/data-dictionary.md``. The class docstring is the table's grain; each field carries its
description, its unit and its Fiscal Data Package column type. Descriptions are ``한국어 | English``.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from budgets import vocabulary as v

if TYPE_CHECKING:
    Day: TypeAlias = pd.Timestamp
else:
    Day = "datetime64[us]"  # pandera accepts any unit; the reader makes microseconds, which hold the year 9999
ADDRESS = r"^https?://[^\s<>\"'`\\]+$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _field(description: str, *, fdp: str | None = None, unit: str | None = None, codes: tuple[str, ...] | None = None, **checks: Any) -> Any:
    metadata = {"unit": unit, "fdp": fdp}
    if codes:
        checks["isin"] = list(codes)
    return pa.Field(description=description, metadata=metadata, **checks)


class _Table(pa.DataFrameModel):
    class Config:
        strict = True
        ordered = True
        coerce = False


class Sources(_Table):
    """출처 하나에 한 행. | One row per source."""

    source_id: Series[str] = _field("출처 식별자(바뀌지 않음) | identifier of the source, never changed", unique=True, str_matches=SLUG)
    kind: Series[str] = _field("출처 종류 | kind of source", codes=v.SOURCE_KINDS)
    publisher: Series[str] = _field("펴낸 곳(원문 그대로) | publisher, as printed")
    title: Series[str] = _field("제목. 모르면 비움 | title; empty when not known", nullable=True)
    published_on: Series[Day] = _field("발행일. 정밀도는 다음 열 | date of publication; see its precision", nullable=True)
    published_precision: Series[str] = _field("발행일의 정밀도 | precision of the publication date", codes=v.DATE_PRECISIONS)
    published_basis: Series[str] = _field("발행일을 안 근거 | how the date is known", codes=v.DATE_BASES)
    accessed_on: Series[Day] = _field("읽은 날. 모르면 비움 | date read; empty when not known", nullable=True)
    url: Series[str] = _field("주소 | address", nullable=True, str_matches=ADDRESS)
    licence: Series[str] = _field("이용허락(공공누리 유형 등). 적혀 있지 않으면 비움 | licence as stated; empty when none is", nullable=True)
    redistribute: Series[pd.BooleanDtype] = _field("본문을 다시 나누어 줄 수 있는가 | may the text be redistributed")
    text_file: Series[str] = _field("읽은 본문 파일의 이름 | name of the text file that was read", nullable=True)
    sha256: Series[str] = _field("읽은 본문의 SHA-256 | SHA-256 of the text read", nullable=True, str_matches=r"^[0-9a-f]{64}$")
    checked: Series[str] = _field("얼마나 읽었나 | how much of it was read", codes=v.CHECKED)
    reliability: Series[str] = _field("신뢰도 | reliability", codes=v.RELIABILITIES)
    note: Series[str] = _field("아는 것과 모르는 것 | what is known and what is not", nullable=True)


class Governments(_Table):
    """지방정부와 그 유효 기간마다 한 행. | One row per government and period of validity."""

    government: Series[str] = _field("지방정부 식별자 | identifier of the government", fdp="administrative-classification:generic:level1:code", str_matches=SLUG)
    name_ko: Series[str] = _field("정식 이름 | official name", fdp="administrative-classification:generic:level1:label")
    short_ko: Series[str] = _field("짧은 이름 | short name")
    name_en: Series[str] = _field("영어 이름 | English name")
    level: Series[str] = _field("층위 | level", codes=v.LEVELS)
    province: Series[str] = _field("속한 시·도의 식별자 | province it belongs to", nullable=True)
    official_order: Series[pd.Int64Dtype] = _field("직제 순서 | official order", ge=0)
    colour: Series[str] = _field("그림의 색 | colour in pictures", nullable=True, str_matches=r"^#[0-9A-F]{6}$")
    lofin_code: Series[str] = _field("지방재정365 자치단체코드 | code in lofin365", nullable=True, str_matches=r"^[0-9]{7}$")
    mois_code: Series[str] = _field("행정안전부 시도(2자리)·시군구(5자리) 코드 | Ministry of the Interior code", nullable=True, str_matches=r"^[0-9]{2}([0-9]{3})?$")
    kostat_code: Series[str] = _field("통계청 시도 코드 | Statistics Korea code", nullable=True, str_matches=r"^[0-9]{2}([0-9]{3})?$")
    iso_3166_2: Series[str] = _field("ISO 3166-2 코드 | ISO 3166-2 code", nullable=True, str_matches=r"^KR-[0-9]{2}$")
    valid_from: Series[Day] = _field("유효 시작일. 비면 기록 이전부터 | valid from; empty means before the records", nullable=True)
    valid_to: Series[Day] = _field("유효 종료일. 비면 지금까지 | valid to; empty means still", nullable=True)
    successor: Series[str] = _field("뒤를 이은 지방정부 | successor", nullable=True)
    source: Series[str] = _field("출처 | source of the row")


class Programmes(_Table):
    """사업 하나에 한 행. | One row per programme."""

    programme_id: Series[str] = _field("사업 식별자 | identifier of the programme", fdp="activity:generic:program:code", unique=True, str_matches=SLUG)
    government: Series[str] = _field("지방정부 | government", fdp="administrative-classification:generic:level1:code")
    name_ko: Series[str] = _field("사업 이름(우리가 부르는) | name, as we call it", fdp="activity:generic:program:label")
    name_en: Series[str] = _field("영어 이름 | English name")
    aliases: Series[str] = _field("출처에 적힌 이름들(세로줄로 나눔) | names as printed, separated by vertical bars", nullable=True)
    source_id: Series[str] = _field("이름이 적힌 출처 | source that names it")
    locator: Series[str] = _field("그 출처 안의 자리 | place in that source")


class Indicators(_Table):
    """지표 하나에 한 행. | One row per indicator."""

    indicator: Series[str] = _field("지표 식별자 | identifier of the indicator", unique=True, str_matches=r"^[a-z]+(_[a-z]+)*$")
    name_ko: Series[str] = _field("지표 이름 | name in Korean")
    name_en: Series[str] = _field("영어 이름 | English name")
    unit: Series[str] = _field("단위(companies, persons, percent …) | unit")
    unit_ko: Series[str] = _field("단위의 한국어 | unit in Korean")
    means: Series[str] = _field("무엇을 세는가 | what is counted")


class Budgets(_Table):
    """발표된 금액 하나에 한 행. | One row per published amount of money.

    low ≤ amount ≤ high; re-reading ``as_printed`` (with its hedge) gives the three.
    """

    figure_id: Series[str] = _field("수치 식별자(다시 매기지 않음) | identifier of the figure, never renumbered", unique=True, str_matches=SLUG)
    programme_id: Series[str] = _field("사업 | programme", fdp="activity:generic:program:code")
    programme_as_printed: Series[str] = _field("출처에 적힌 사업 이름 | programme as printed", fdp="activity:generic:program:label")
    nature: Series[str] = _field("돈의 성격 | what the money is", codes=v.NATURES)
    period_kind: Series[str] = _field("기간의 종류 | kind of period", codes=v.PERIOD_KINDS)
    period_start: Series[Day] = _field("기간의 첫날 | first day of the period", fdp="date:fiscal:activity-start", nullable=True)
    period_end: Series[Day] = _field("기간의 마지막 날 | last day of the period", fdp="date:fiscal:activity-end", nullable=True)
    phase: Series[str] = _field("예산 단계 | phase of the budget", fdp="phase:id", codes=v.PHASES)
    phase_round: Series[str] = _field("추경의 차수 | round of the supplementary budget", nullable=True)
    funding: Series[str] = _field("재원 | whose money", fdp="fin-source:generic:code", codes=v.FUNDINGS)
    unit: Series[str] = _field("단위 | unit", codes=v.MONEY_UNITS)
    amount_low_krw: Series[pd.Int64Dtype] = _field("하한. 비면 열려 있음 | lower end; empty means open", fdp="value", unit="KRW (nominal)", nullable=True, ge=0)
    amount_krw: Series[pd.Int64Dtype] = _field("적힌 값. 범위이면 비움 | printed value; empty for a range", fdp="value", unit="KRW (nominal)", nullable=True, ge=0)
    amount_high_krw: Series[pd.Int64Dtype] = _field("상한. 비면 열려 있음 | upper end; empty means open", fdp="value", unit="KRW (nominal)", nullable=True, ge=0)
    as_printed: Series[str] = _field("적힌 그대로(어림말 포함) | the token as printed, with its hedge word")
    hedge: Series[str] = _field("어림말: 적힌 낱말, none, unknown(옮기며 잃음: 약으로 읽음) | hedge word as printed, none, or unknown (lost in transcription: read like 약)")
    source_id: Series[str] = _field("출처 | source")
    locator: Series[str] = _field("출처 안의 자리 | place in the source")
    words: Series[str] = _field("판단의 근거가 된 낱말 | the words the reading rests on", nullable=True)
    note: Series[str] = _field("비고 | remark", nullable=True)

    @pa.dataframe_check(name="low ≤ printed ≤ high")
    @classmethod
    def _ordered(cls, df: pd.DataFrame) -> pd.Series:
        return _in_order(df, "amount_low_krw", "amount_krw", "amount_high_krw")

    @pa.dataframe_check(name="period_start ≤ period_end")
    @classmethod
    def _period(cls, df: pd.DataFrame) -> pd.Series:
        return _in_order(df, "period_start", "period_end")

    @pa.dataframe_check(name="fiscal_year: period_start 01-01, period_end 12-31")
    @classmethod
    def _fiscal_year(cls, df: pd.DataFrame) -> pd.Series:
        return _whole_years(df, "fiscal_year", one=True)

    @pa.dataframe_check(name="envelope: period_start, period_end in several fiscal years")
    @classmethod
    def _envelope(cls, df: pd.DataFrame) -> pd.Series:
        return _several_years(df, "envelope", several=True)

    @pa.dataframe_check(name="part_year: period_start, period_end in one fiscal year")
    @classmethod
    def _part_year(cls, df: pd.DataFrame) -> pd.Series:
        return _several_years(df, "part_year", several=False)


class Targets(_Table):
    """지표의 발표된 값 하나에 한 행. | One row per published value of an indicator."""

    figure_id: Series[str] = _field("수치 식별자(다시 매기지 않음) | identifier of the figure, never renumbered", unique=True, str_matches=SLUG)
    programme_id: Series[str] = _field("사업 | programme")
    programme_as_printed: Series[str] = _field("출처에 적힌 사업 이름 | programme as printed")
    indicator: Series[str] = _field("지표 | indicator")
    unit: Series[str] = _field("단위 | unit")
    phase: Series[str] = _field("목표인가 실적인가 | target or actual", codes=v.TARGET_PHASES)
    extent: Series[str] = _field("유량·저량 | flow or stock", codes=v.EXTENTS)
    period_kind: Series[str] = _field("기간의 종류 | kind of period", codes=v.PERIOD_KINDS)
    period_start: Series[Day] = _field("기간의 첫날 | first day of the period", nullable=True)
    period_end: Series[Day] = _field("기간의 마지막 날 | last day of the period", nullable=True)
    as_of: Series[Day] = _field("저량의 기준일 | date of a stock", nullable=True)
    value_low: Series[pd.Float64Dtype] = _field("하한. 비면 열려 있음 | lower end; empty means open", unit="as in unit", nullable=True)
    value: Series[pd.Float64Dtype] = _field("적힌 값. 범위이면 비움 | printed value; empty for a range", unit="as in unit", nullable=True)
    value_high: Series[pd.Float64Dtype] = _field("상한. 비면 열려 있음 | upper end; empty means open", unit="as in unit", nullable=True)
    as_printed: Series[str] = _field("적힌 그대로(어림말 포함) | the token as printed, with its hedge word")
    hedge: Series[str] = _field("어림말: 적힌 낱말, none, unknown | hedge word as printed, none, or unknown")
    source_id: Series[str] = _field("출처 | source")
    locator: Series[str] = _field("출처 안의 자리 | place in the source")
    words: Series[str] = _field("판단의 근거가 된 낱말 | the words the reading rests on", nullable=True)
    note: Series[str] = _field("비고 | remark", nullable=True)

    @pa.dataframe_check(name="low ≤ printed ≤ high")
    @classmethod
    def _ordered(cls, df: pd.DataFrame) -> pd.Series:
        return _in_order(df, "value_low", "value", "value_high")

    @pa.dataframe_check(name="period_start ≤ period_end")
    @classmethod
    def _period(cls, df: pd.DataFrame) -> pd.Series:
        return _in_order(df, "period_start", "period_end")


class Milestones(_Table):
    """날짜가 있는 사건 하나에 한 행. | One row per dated event."""

    figure_id: Series[str] = _field("사건 식별자 | identifier of the event", unique=True, str_matches=SLUG)
    programme_id: Series[str] = _field("사업 | programme")
    programme_as_printed: Series[str] = _field("출처에 적힌 이름 | name as printed")
    event: Series[str] = _field("사건의 종류 | kind of event", str_matches=r"^[a-z]+(_[a-z]+)*$")
    date_start: Series[Day] = _field("가장 이른 날 | earliest day", nullable=True)
    date_end: Series[Day] = _field("가장 늦은 날 | latest day", nullable=True)
    precision: Series[str] = _field("날짜의 정밀도 | precision of the date", codes=v.MILESTONE_PRECISIONS)
    state: Series[str] = _field("예정인가 이루어졌나 | planned or happened", codes=v.MILESTONE_STATES)
    as_printed: Series[str] = _field("적힌 그대로 | as printed")
    source_id: Series[str] = _field("출처 | source")
    locator: Series[str] = _field("출처 안의 자리 | place in the source")
    words: Series[str] = _field("판단의 근거가 된 낱말 | the words the reading rests on", nullable=True)
    note: Series[str] = _field("비고 | remark", nullable=True)

    @pa.dataframe_check(name="date_start ≤ date_end")
    @classmethod
    def _dates(cls, df: pd.DataFrame) -> pd.Series:
        return _in_order(df, "date_start", "date_end")


class Denominators(_Table):
    """지방정부·연도·분모(단계·회계·분야)마다 한 행. | One row per government, year, denominator and its basis."""

    government: Series[str] = _field("지방정부 | government", fdp="administrative-classification:generic:level1:code")
    year: Series[pd.Int64Dtype] = _field("연도 | year", fdp="date:fiscal-year", ge=1900, le=2100)
    denominator: Series[str] = _field("분모 | denominator", codes=v.DENOMINATORS)
    field: Series[str] = _field("분야(분야별 세출에만) | function, for functional budgets", fdp="functional-classification:generic:level1:label", nullable=True)
    stage: Series[str] = _field("예산 단계(돈에만) | stage, for money", codes=v.STAGES, nullable=True)
    accounts: Series[str] = _field("회계 범위(돈에만) | accounts, for money", codes=v.ACCOUNTS, nullable=True)
    netting: Series[str] = _field("총계·순계(돈에만) | gross or net, for money", codes=v.NETTINGS, nullable=True)
    snapshot: Series[Day] = _field("기준일 | date of the snapshot", nullable=True)
    unit: Series[str] = _field("단위 | unit (persons, KRW, index 2020=100)", codes=("persons", "KRW", "index 2020=100"))
    value: Series[pd.Float64Dtype] = _field("값 | value", fdp="value", ge=0)
    low: Series[pd.Float64Dtype] = _field("하한(반올림된 출처) | lower end where the source rounds", fdp="value", ge=0)
    high: Series[pd.Float64Dtype] = _field("상한(반올림된 출처) | upper end where the source rounds", fdp="value", ge=0)
    derived: Series[pd.BooleanDtype] = _field("다른 값에서 셈한 값인가 | computed from other printed values")
    source: Series[str] = _field("출처 | source of the value")
    note: Series[str] = _field("비고 | remark", nullable=True)

    @pa.dataframe_check(name="low ≤ value ≤ high")
    @classmethod
    def _ordered(cls, df: pd.DataFrame) -> pd.Series:
        return _in_order(df, "low", "value", "high")


class ProgrammeRulings(_Table):
    """사업 하나에 대한 우리의 판정 한 행. | One row per programme: what we decided about it."""

    programme_id: Series[str] = _field("사업 | programme", unique=True, str_matches=SLUG)
    scope: Series[str] = _field("범위 | scope", codes=v.SCOPES, nullable=True)
    coverage: Series[str] = _field("포괄 단위 | how much of the government it covers", codes=v.COVERAGES)
    parent: Series[str] = _field("이 사업을 품은 사업 | programme that contains it", nullable=True)
    reason: Series[str] = _field("이유(온전한 문장) | reason, a full sentence")
    decided_on: Series[Day] = _field("판정한 날 | date of the ruling")


class FigureRulings(_Table):
    """수치 하나와 판정 하나에 한 행. | One row per figure and ruling."""

    figure_id: Series[str] = _field("수치 | figure", str_matches=SLUG)
    ruling: Series[str] = _field("판정 | ruling", codes=v.RULINGS)
    other_figure_id: Series[str] = _field("상대 수치(대표·전체·뒤의 것) | the other figure", nullable=True)
    reason: Series[str] = _field("이유(온전한 문장) | reason, a full sentence")
    decided_on: Series[Day] = _field("판정한 날 | date of the ruling")


class BudgetLines(_Table):
    """지방정부의 세부사업 하나에, 한 회계연도의 한 기준일에 한 행. | One row per programme of a government, fiscal year and snapshot date.

    National + provincial + municipal + other money is the adjusted budget, in every row. Large, hence Parquet by year
    and not in `CLEAN`; `contract_arrow` checks it column by column. Nothing here is 본예산 (approved) or 결산 (settled).
    """

    fiscal_year: Series[pd.Int64Dtype] = _field("회계연도 | fiscal year", fdp="date:fiscal-year", ge=2000, le=2100)
    snapshot: Series[Day] = _field("기준일(이날까지의 누계) | date up to which the export is cumulative", fdp="date:generic")
    government: Series[str] = _field("지방정부 | government", fdp="administrative-classification:generic:level2:code", str_matches=SLUG)
    government_as_printed: Series[str] = _field("자료에 적힌 자치단체 이름 | government as printed", fdp="administrative-classification:generic:level2:label")
    lofin_code: Series[str] = _field("지방재정365 자치단체코드 | code in lofin365", str_matches=r"^[0-9]{7}$")
    province: Series[str] = _field("기준일에 속한 시·도(본청은 자신) | province on that date; a province's own office names itself", str_matches=SLUG)
    level: Series[str] = _field("층위: 시·도 본청 또는 시·군·구 | level", codes=("province", "municipality"))
    account_name: Series[str] = _field("회계(자료 그대로) | account, as printed")
    account_class: Series[str] = _field("회계 구분(이름으로 나눔) | general, special or fund, by its name", codes=("general", "special", "fund"))
    department_code: Series[str] = _field("부서코드 | department code in lofin365", nullable=True)
    programme_code: Series[str] = _field(
        "세부사업코드: 기관 7 + 연도 4 + 16진수 5. 이름만 있는 파일에서는 비움 | programme code, always text; empty in files without codes",
        fdp="activity:generic:program:code", nullable=True, str_matches=r"^[0-9]{11}[0-9A-Fa-f]{5}$",
    )  # fmt: skip
    programme_name: Series[str] = _field("세부사업명(자료 그대로) | programme name, verbatim", fdp="activity:generic:program:label")
    field_code: Series[str] = _field("분야코드 | code of the function", fdp="functional-classification:generic:level1:code", nullable=True)
    field_name: Series[str] = _field("분야 | function", fdp="functional-classification:generic:level1:label")
    section_code: Series[str] = _field("부문코드 | code of the section", fdp="functional-classification:generic:level2:code", nullable=True)
    section_name: Series[str] = _field("부문 | section of the function", fdp="functional-classification:generic:level2:label")
    adjusted_krw: Series[pd.Int64Dtype] = _field("예산현액(추경·이월 포함): 해를 넘겨 더하지 않음 | adjusted budget with carry-over, never summed over years", fdp="value", unit="KRW (nominal)")
    national_krw: Series[pd.Int64Dtype] = _field("그 가운데 국비 | of it national money", fdp="value", unit="KRW (nominal)")
    provincial_krw: Series[pd.Int64Dtype] = _field("그 가운데 시·도비 | of it provincial money", fdp="value", unit="KRW (nominal)")
    municipal_krw: Series[pd.Int64Dtype] = _field("그 가운데 시·군·구비 | of it municipal money", fdp="value", unit="KRW (nominal)")
    other_krw: Series[pd.Int64Dtype] = _field("그 가운데 기타 | of it other money", fdp="value", unit="KRW (nominal)")
    paid_krw: Series[pd.Int64Dtype] = _field("지출액(기준일까지): 결산이 아님 | paid up to the snapshot date; not settled accounts", fdp="value", unit="KRW (nominal)")
    compiled_krw: Series[pd.Int64Dtype] = _field("편성액: 본예산으로 쓰지 않음 | compiled amount; never read as the approved budget", fdp="value", unit="KRW (nominal)", nullable=True)

    @pa.dataframe_check(name="national + provincial + municipal + other = adjusted")
    @classmethod
    def _funding_adds_up(cls, df: pd.DataFrame) -> pd.Series:
        parts = df["national_krw"] + df["provincial_krw"] + df["municipal_krw"] + df["other_krw"]
        return (parts == df["adjusted_krw"]).fillna(True).astype(bool)

    @pa.dataframe_check(name="a programme code stands once in a government")
    @classmethod
    def _once(cls, df: pd.DataFrame) -> pd.Series:
        return df["programme_code"].isna() | ~df.duplicated(["government", "programme_code"])

    @pa.dataframe_check(name="province iff the code ends in 00000")
    @classmethod
    def _level_of_code(cls, df: pd.DataFrame) -> pd.Series:
        return (df["lofin_code"].str[2:5] == "000") == (df["level"] == "province")


CLEAN: dict[str, type[_Table]] = {
    "budgets": Budgets,
    "targets": Targets,
    "milestones": Milestones,
    "programmes": Programmes,
    "governments": Governments,
    "indicators": Indicators,
    "denominators": Denominators,
    "sources": Sources,
}
LARGE: dict[str, type[_Table]] = {"budget_lines": BudgetLines}
"""Kept as Parquet by year, outside `CLEAN`. A cache adds scope, is_ai and rule to the lines in which a term was found."""
RULING: dict[str, type[_Table]] = {"programmes": ProgrammeRulings, "figures": FigureRulings}


def _in_order(df: pd.DataFrame, *columns: str) -> pd.Series:
    """True where the given columns do not decrease; an empty end is open and never wrong."""
    fine = pd.Series(True, index=df.index)
    for i, lower in enumerate(columns):
        for upper in columns[i + 1 :]:
            fine &= ~(df[lower] > df[upper]).fillna(False).astype(bool)
    return fine


def _several_years(df: pd.DataFrame, kind: str, *, several: bool) -> pd.Series:
    """Rows of this period kind with both ends known lie in several years, or in one."""
    start, end = df["period_start"], df["period_end"]
    known = start.notna() & end.notna() & (df["period_kind"] == kind)
    kept: pd.Series = ~known | ((start.dt.year != end.dt.year) == several)
    return kept.fillna(True).astype(bool)


def _whole_years(df: pd.DataFrame, kind: str, *, one: bool) -> pd.Series:
    """Rows of this period kind run from a 1 January to a 31 December (of the same year if *one*)."""
    start, end = df["period_start"], df["period_end"]
    whole = start.dt.strftime("%m-%d").eq("01-01") & end.dt.strftime("%m-%d").eq("12-31")
    if one:
        whole &= start.dt.year == end.dt.year
    kept: pd.Series = (df["period_kind"] != kind) | whole.fillna(False).astype(bool)
    return kept
