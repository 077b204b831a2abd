"""The official lines of governments' budgets, a programme and a snapshot a row."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from budgets.schema.model import SLUG, Day, TableModel, described


class BudgetLines(TableModel):
    """지방정부의 세부사업 하나에, 한 회계연도의 한 기준일에 한 행. | One row per programme of a government, fiscal year and snapshot date.

    National + provincial + municipal + other money is the adjusted budget, in every row. Large, hence Parquet by year
    and not in `CLEAN`; `contract_arrow` checks it column by column. Nothing here is 본예산 (approved) or 결산 (settled).
    """

    fiscal_year: Series[pd.Int64Dtype] = described("회계연도 | fiscal year", fdp="date:fiscal-year", ge=2000, le=2100)
    snapshot: Series[Day] = described("기준일(이날까지의 누계) | date up to which the export is cumulative", fdp="date:generic")
    government: Series[str] = described("지방정부 | government", fdp="administrative-classification:generic:level2:code", str_matches=SLUG)
    government_as_printed: Series[str] = described(
        "자료에 적힌 자치단체 이름 | government as printed", fdp="administrative-classification:generic:level2:label"
    )
    lofin_code: Series[str] = described("지방재정365 자치단체코드 | code in lofin365", str_matches=r"^[0-9]{7}$")
    province: Series[str] = described("기준일에 속한 시·도(본청은 자신) | province on that date; a province's own office names itself", str_matches=SLUG)
    level: Series[str] = described("층위: 시·도 본청 또는 시·군·구 | level", codes=("province", "municipality"))
    account_name: Series[str] = described("회계(자료 그대로) | account, as printed")
    account_class: Series[str] = described("회계 구분(이름으로 나눔) | general, special or fund, by its name", codes=("general", "special", "fund"))
    department_code: Series[str] = described("부서코드 | department code in lofin365", nullable=True)
    programme_code: Series[str] = described(
        "세부사업코드: 기관 7 + 연도 4 + 16진수 5. 이름만 있는 파일에서는 비움 | programme code, always text; empty in files without codes",
        fdp="activity:generic:program:code", nullable=True, str_matches=r"^[0-9]{11}[0-9A-Fa-f]{5}$",
    )  # fmt: skip
    programme_name: Series[str] = described("세부사업명(자료 그대로) | programme name, verbatim", fdp="activity:generic:program:label")
    field_code: Series[str] = described("분야코드 | code of the function", fdp="functional-classification:generic:level1:code", nullable=True)
    field_name: Series[str] = described("분야 | function", fdp="functional-classification:generic:level1:label")
    section_code: Series[str] = described("부문코드 | code of the section", fdp="functional-classification:generic:level2:code", nullable=True)
    section_name: Series[str] = described("부문 | section of the function", fdp="functional-classification:generic:level2:label")
    adjusted_krw: Series[pd.Int64Dtype] = described(
        "예산현액(추경·이월 포함): 해를 넘겨 더하지 않음 | adjusted budget with carry-over, never summed over years", fdp="value", unit="KRW (nominal)"
    )
    national_krw: Series[pd.Int64Dtype] = described("그 가운데 국비 | of it national money", fdp="value", unit="KRW (nominal)")
    provincial_krw: Series[pd.Int64Dtype] = described("그 가운데 시·도비 | of it provincial money", fdp="value", unit="KRW (nominal)")
    municipal_krw: Series[pd.Int64Dtype] = described("그 가운데 시·군·구비 | of it municipal money", fdp="value", unit="KRW (nominal)")
    other_krw: Series[pd.Int64Dtype] = described("그 가운데 기타 | of it other money", fdp="value", unit="KRW (nominal)")
    paid_krw: Series[pd.Int64Dtype] = described(
        "지출액(기준일까지): 결산이 아님 | paid up to the snapshot date; not settled accounts", fdp="value", unit="KRW (nominal)"
    )
    compiled_krw: Series[pd.Int64Dtype] = described(
        "편성액: 본예산으로 쓰지 않음 | compiled amount; never read as the approved budget", fdp="value", unit="KRW (nominal)", nullable=True
    )

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
