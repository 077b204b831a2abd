"""What was printed: amounts of money, values of indicators, dated events. The class docstring is the table's grain."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from budgets import vocabulary as v
from budgets.schema.model import SLUG, Day, TableModel, described, in_order, several_years, whole_years


class Budgets(TableModel):
    """발표된 금액 하나에 한 행. | One row per published amount of money.

    low ≤ amount ≤ high; re-reading ``as_printed`` (with its hedge) gives the three.
    """

    figure_id: Series[str] = described("수치 식별자(다시 매기지 않음) | identifier of the figure, never renumbered", unique=True, str_matches=SLUG)
    programme_id: Series[str] = described("사업 | programme", fdp="activity:generic:program:code")
    programme_as_printed: Series[str] = described("출처에 적힌 사업 이름 | programme as printed", fdp="activity:generic:program:label")
    nature: Series[str] = described("돈의 성격 | what the money is", codes=v.NATURES)
    period_kind: Series[str] = described("기간의 종류 | kind of period", codes=v.PERIOD_KINDS)
    period_start: Series[Day] = described("기간의 첫날 | first day of the period", fdp="date:fiscal:activity-start", nullable=True)
    period_end: Series[Day] = described("기간의 마지막 날 | last day of the period", fdp="date:fiscal:activity-end", nullable=True)
    phase: Series[str] = described("예산 단계 | phase of the budget", fdp="phase:id", codes=v.PHASES)
    phase_round: Series[str] = described("추경의 차수 | round of the supplementary budget", nullable=True)
    funding: Series[str] = described("재원 | whose money", fdp="fin-source:generic:code", codes=v.FUNDINGS)
    unit: Series[str] = described("단위 | unit", codes=v.MONEY_UNITS)
    amount_low_krw: Series[pd.Int64Dtype] = described(
        "하한. 비면 열려 있음 | lower end; empty means open", fdp="value", unit="KRW (nominal)", nullable=True, ge=0
    )
    amount_krw: Series[pd.Int64Dtype] = described(
        "적힌 값. 범위이면 비움 | printed value; empty for a range", fdp="value", unit="KRW (nominal)", nullable=True, ge=0
    )
    amount_high_krw: Series[pd.Int64Dtype] = described(
        "상한. 비면 열려 있음 | upper end; empty means open", fdp="value", unit="KRW (nominal)", nullable=True, ge=0
    )
    as_printed: Series[str] = described("적힌 그대로(어림말 포함) | the token as printed, with its hedge word")
    hedge: Series[str] = described(
        "어림말: 적힌 낱말, none, unknown(옮기며 잃음: 약으로 읽음) | hedge word as printed, none, or unknown (lost in transcription: read like 약)"
    )
    source_id: Series[str] = described("출처 | source")
    locator: Series[str] = described("출처 안의 자리 | place in the source")
    words: Series[str] = described("판단의 근거가 된 낱말 | the words the reading rests on", nullable=True)
    note: Series[str] = described("비고 | remark", nullable=True)

    @pa.dataframe_check(name="low ≤ printed ≤ high")
    @classmethod
    def _ordered(cls, df: pd.DataFrame) -> pd.Series:
        return in_order(df, "amount_low_krw", "amount_krw", "amount_high_krw")

    @pa.dataframe_check(name="period_start ≤ period_end")
    @classmethod
    def _period(cls, df: pd.DataFrame) -> pd.Series:
        return in_order(df, "period_start", "period_end")

    @pa.dataframe_check(name="fiscal_year: period_start 01-01, period_end 12-31")
    @classmethod
    def _fiscal_year(cls, df: pd.DataFrame) -> pd.Series:
        return whole_years(df, "fiscal_year")

    @pa.dataframe_check(name="envelope: period_start, period_end in several fiscal years")
    @classmethod
    def _envelope(cls, df: pd.DataFrame) -> pd.Series:
        return several_years(df, "envelope", several=True)

    @pa.dataframe_check(name="part_year: period_start, period_end in one fiscal year")
    @classmethod
    def _part_year(cls, df: pd.DataFrame) -> pd.Series:
        return several_years(df, "part_year", several=False)


class Targets(TableModel):
    """지표의 발표된 값 하나에 한 행. | One row per published value of an indicator."""

    figure_id: Series[str] = described("수치 식별자(다시 매기지 않음) | identifier of the figure, never renumbered", unique=True, str_matches=SLUG)
    programme_id: Series[str] = described("사업 | programme")
    programme_as_printed: Series[str] = described("출처에 적힌 사업 이름 | programme as printed")
    indicator: Series[str] = described("지표 | indicator")
    unit: Series[str] = described("단위 | unit")
    phase: Series[str] = described("목표인가 실적인가 | target or actual", codes=v.TARGET_PHASES)
    extent: Series[str] = described("유량·저량 | flow or stock", codes=v.EXTENTS)
    period_kind: Series[str] = described("기간의 종류 | kind of period", codes=v.PERIOD_KINDS)
    period_start: Series[Day] = described("기간의 첫날 | first day of the period", nullable=True)
    period_end: Series[Day] = described("기간의 마지막 날 | last day of the period", nullable=True)
    as_of: Series[Day] = described("저량의 기준일 | date of a stock", nullable=True)
    value_low: Series[pd.Float64Dtype] = described("하한. 비면 열려 있음 | lower end; empty means open", unit="as in unit", nullable=True)
    value: Series[pd.Float64Dtype] = described("적힌 값. 범위이면 비움 | printed value; empty for a range", unit="as in unit", nullable=True)
    value_high: Series[pd.Float64Dtype] = described("상한. 비면 열려 있음 | upper end; empty means open", unit="as in unit", nullable=True)
    as_printed: Series[str] = described("적힌 그대로(어림말 포함) | the token as printed, with its hedge word")
    hedge: Series[str] = described("어림말: 적힌 낱말, none, unknown | hedge word as printed, none, or unknown")
    source_id: Series[str] = described("출처 | source")
    locator: Series[str] = described("출처 안의 자리 | place in the source")
    words: Series[str] = described("판단의 근거가 된 낱말 | the words the reading rests on", nullable=True)
    note: Series[str] = described("비고 | remark", nullable=True)

    @pa.dataframe_check(name="low ≤ printed ≤ high")
    @classmethod
    def _ordered(cls, df: pd.DataFrame) -> pd.Series:
        return in_order(df, "value_low", "value", "value_high")

    @pa.dataframe_check(name="period_start ≤ period_end")
    @classmethod
    def _period(cls, df: pd.DataFrame) -> pd.Series:
        return in_order(df, "period_start", "period_end")


class Milestones(TableModel):
    """날짜가 있는 사건 하나에 한 행. | One row per dated event."""

    figure_id: Series[str] = described("사건 식별자 | identifier of the event", unique=True, str_matches=SLUG)
    programme_id: Series[str] = described("사업 | programme")
    programme_as_printed: Series[str] = described("출처에 적힌 이름 | name as printed")
    event: Series[str] = described("사건의 종류 | kind of event", str_matches=r"^[a-z]+(_[a-z]+)*$")
    date_start: Series[Day] = described("가장 이른 날 | earliest day", nullable=True)
    date_end: Series[Day] = described("가장 늦은 날 | latest day", nullable=True)
    precision: Series[str] = described("날짜의 정밀도 | precision of the date", codes=v.MILESTONE_PRECISIONS)
    state: Series[str] = described("예정인가 이루어졌나 | planned or happened", codes=v.MILESTONE_STATES)
    as_printed: Series[str] = described("적힌 그대로 | as printed")
    source_id: Series[str] = described("출처 | source")
    locator: Series[str] = described("출처 안의 자리 | place in the source")
    words: Series[str] = described("판단의 근거가 된 낱말 | the words the reading rests on", nullable=True)
    note: Series[str] = described("비고 | remark", nullable=True)

    @pa.dataframe_check(name="date_start ≤ date_end")
    @classmethod
    def _dates(cls, df: pd.DataFrame) -> pd.Series:
        return in_order(df, "date_start", "date_end")
