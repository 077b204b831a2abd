"""What figures are read and measured against: sources, governments, programmes, indicators and denominators."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from budgets import vocabulary as v
from budgets.schema.model import ADDRESS, SLUG, Day, TableModel, described, in_order


class Sources(TableModel):
    """출처 하나에 한 행. | One row per source."""

    source_id: Series[str] = described("출처 식별자(바뀌지 않음) | identifier of the source, never changed", unique=True, str_matches=SLUG)
    kind: Series[str] = described("출처 종류 | kind of source", codes=v.SOURCE_KINDS)
    publisher: Series[str] = described("펴낸 곳(원문 그대로) | publisher, as printed")
    title: Series[str] = described("제목. 모르면 비움 | title; empty when not known", nullable=True)
    published_on: Series[Day] = described("발행일. 정밀도는 다음 열 | date of publication; see its precision", nullable=True)
    published_precision: Series[str] = described("발행일의 정밀도 | precision of the publication date", codes=v.DATE_PRECISIONS)
    published_basis: Series[str] = described("발행일을 안 근거 | how the date is known", codes=v.DATE_BASES)
    accessed_on: Series[Day] = described("읽은 날. 모르면 비움 | date read; empty when not known", nullable=True)
    url: Series[str] = described("주소 | address", nullable=True, str_matches=ADDRESS)
    licence: Series[str] = described("이용허락(공공누리 유형 등). 적혀 있지 않으면 비움 | licence as stated; empty when none is", nullable=True)
    redistribute: Series[pd.BooleanDtype] = described("본문을 다시 나누어 줄 수 있는가 | may the text be redistributed")
    text_file: Series[str] = described("읽은 본문 파일의 이름 | name of the text file that was read", nullable=True)
    sha256: Series[str] = described("읽은 본문의 SHA-256 | SHA-256 of the text read", nullable=True, str_matches=r"^[0-9a-f]{64}$")
    checked: Series[str] = described("얼마나 읽었나 | how much of it was read", codes=v.CHECKED)
    reliability: Series[str] = described("신뢰도 | reliability", codes=v.RELIABILITIES)
    note: Series[str] = described("아는 것과 모르는 것 | what is known and what is not", nullable=True)


class Governments(TableModel):
    """지방정부와 그 유효 기간마다 한 행. | One row per government and period of validity."""

    government: Series[str] = described(
        "지방정부 식별자 | identifier of the government", fdp="administrative-classification:generic:level1:code", str_matches=SLUG
    )
    name_ko: Series[str] = described("정식 이름 | official name", fdp="administrative-classification:generic:level1:label")
    short_ko: Series[str] = described("짧은 이름 | short name")
    name_en: Series[str] = described("영어 이름 | English name")
    level: Series[str] = described("층위 | level", codes=v.LEVELS)
    province: Series[str] = described("속한 시·도의 식별자 | province it belongs to", nullable=True)
    official_order: Series[pd.Int64Dtype] = described("직제 순서 | official order", ge=0)
    colour: Series[str] = described("그림의 색 | colour in pictures", nullable=True, str_matches=r"^#[0-9A-F]{6}$")
    lofin_code: Series[str] = described("지방재정365 자치단체코드 | code in lofin365", nullable=True, str_matches=r"^[0-9]{7}$")
    mois_code: Series[str] = described(
        "행정안전부 시도(2자리)·시군구(5자리) 코드 | Ministry of the Interior code", nullable=True, str_matches=r"^[0-9]{2}([0-9]{3})?$"
    )
    kostat_code: Series[str] = described("통계청 시도 코드 | Statistics Korea code", nullable=True, str_matches=r"^[0-9]{2}([0-9]{3})?$")
    iso_3166_2: Series[str] = described("ISO 3166-2 코드 | ISO 3166-2 code", nullable=True, str_matches=r"^KR-[0-9]{2}$")
    valid_from: Series[Day] = described("유효 시작일. 비면 기록 이전부터 | valid from; empty means before the records", nullable=True)
    valid_to: Series[Day] = described("유효 종료일. 비면 지금까지 | valid to; empty means still", nullable=True)
    successor: Series[str] = described("뒤를 이은 지방정부 | successor", nullable=True)
    source: Series[str] = described("출처 | source of the row")


class Programmes(TableModel):
    """사업 하나에 한 행. | One row per programme."""

    programme_id: Series[str] = described("사업 식별자 | identifier of the programme", fdp="activity:generic:program:code", unique=True, str_matches=SLUG)
    government: Series[str] = described("지방정부 | government", fdp="administrative-classification:generic:level1:code")
    name_ko: Series[str] = described("사업 이름(우리가 부르는) | name, as we call it", fdp="activity:generic:program:label")
    name_en: Series[str] = described("영어 이름 | English name")
    aliases: Series[str] = described("출처에 적힌 이름들(세로줄로 나눔) | names as printed, separated by vertical bars", nullable=True)
    source_id: Series[str] = described("이름이 적힌 출처 | source that names it")
    locator: Series[str] = described("그 출처 안의 자리 | place in that source")


class Indicators(TableModel):
    """지표 하나에 한 행. | One row per indicator."""

    indicator: Series[str] = described("지표 식별자 | identifier of the indicator", unique=True, str_matches=r"^[a-z]+(_[a-z]+)*$")
    name_ko: Series[str] = described("지표 이름 | name in Korean")
    name_en: Series[str] = described("영어 이름 | English name")
    unit: Series[str] = described("단위(companies, persons, percent …) | unit")
    unit_ko: Series[str] = described("단위의 한국어 | unit in Korean")
    means: Series[str] = described("무엇을 세는가 | what is counted")


class Denominators(TableModel):
    """지방정부·연도·분모(단계·회계·분야)마다 한 행. | One row per government, year, denominator and its basis."""

    government: Series[str] = described("지방정부 | government", fdp="administrative-classification:generic:level1:code")
    year: Series[pd.Int64Dtype] = described("연도 | year", fdp="date:fiscal-year", ge=1900, le=2100)
    denominator: Series[str] = described("분모 | denominator", codes=v.DENOMINATORS)
    field: Series[str] = described(
        "분야(분야별 세출에만) | function, for functional budgets", fdp="functional-classification:generic:level1:label", nullable=True
    )
    stage: Series[str] = described("예산 단계(돈에만) | stage, for money", codes=v.STAGES, nullable=True)
    accounts: Series[str] = described("회계 범위(돈에만) | accounts, for money", codes=v.ACCOUNTS, nullable=True)
    netting: Series[str] = described("총계·순계(돈에만) | gross or net, for money", codes=v.NETTINGS, nullable=True)
    snapshot: Series[Day] = described("기준일 | date of the snapshot", nullable=True)
    unit: Series[str] = described("단위 | unit (persons, KRW, index 2020=100)", codes=("persons", "KRW", "index 2020=100"))
    value: Series[pd.Float64Dtype] = described("값 | value", fdp="value", ge=0)
    low: Series[pd.Float64Dtype] = described("하한(반올림된 출처) | lower end where the source rounds", fdp="value", ge=0)
    high: Series[pd.Float64Dtype] = described("상한(반올림된 출처) | upper end where the source rounds", fdp="value", ge=0)
    derived: Series[pd.BooleanDtype] = described("다른 값에서 셈한 값인가 | computed from other printed values")
    source: Series[str] = described("출처 | source of the value")
    note: Series[str] = described("비고 | remark", nullable=True)

    @pa.dataframe_check(name="low ≤ value ≤ high")
    @classmethod
    def _ordered(cls, df: pd.DataFrame) -> pd.Series:
        return in_order(df, "low", "value", "high")
