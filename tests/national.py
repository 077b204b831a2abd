"""Official lines of the whole country, invented: every government that lived at the end of each year has some."""

from pathlib import Path

import numpy as np
import pandas as pd

from budgets.lines import import_lofin

NAMES = (
    "인공지능 행정 서비스 구축", "AI 돌봄 로봇 보급(보조)", "지능형 교통체계 운영", "조류인플루엔자(AI) 방역", "AI 방역초소 운영",
    "스마트시티 통합센터 운영", "인공지능 교육센터 조성", "AI 상황실 운영", "도로 정비", "인력운영비(AI 담당)",
)  # fmt: skip


def national_lines(data: Path, folder: Path, years: range) -> None:
    """Import lines of *years* into *data*: every government has each of `NAMES` once, with amounts of its own."""
    governments = pd.read_csv(data / "raw" / "reference" / "governments.csv", dtype="str")
    governments = governments.loc[governments["lofin_code"].notna()]
    short, code = (dict(zip(governments["government"], governments[name], strict=True)) for name in ("short_ko", "lofin_code"))
    folder.mkdir(parents=True)
    for year in years:
        day = f"{year}-12-31"
        living = (governments["valid_from"].fillna("") <= day) & (governments["valid_to"].fillna("9999") > day)
        here = governments.loc[living].drop_duplicates("lofin_code")
        place = here.loc[here.index.repeat(len(NAMES))].reset_index(drop=True)
        province = place["province"].fillna(place["government"])
        parts = np.random.default_rng(year).integers(1, 900_000, (4, len(place))) * 1000
        own = np.where(place["level"] == "province", "본청", place["short_ko"])
        table = pd.DataFrame(
            {
                "fyr": str(year), "wa_laf_cd": province.map(code), "wa_laf_hg_nm": province.map(short), "laf_cd": place["lofin_code"],
                "laf_hg_nm": province.map(short) + own, "acnt_dv_nm": "일반회계", "dbiz_cd": [f"61100002016{i:05X}" for i in range(len(place))],
                "dbiz_nm": list(NAMES) * len(here), "exe_ymd": day.replace("-", ""), "bdg_cash_amt": parts.sum(axis=0), "bdg_ntep": parts[0],
                "capep": parts[1], "sggep": parts[2], "etc_amt": parts[3], "ep_amt": parts[0], "cpl_amt": parts[1],
                "fld_nm": [("일반공공행정", "과학기술", "보건")[i % 3] for i in range(len(place))], "part_nm": "일반행정",
            }
        )  # fmt: skip
        file = folder / f"{year}.csv"
        table.to_csv(file, index=False)
        import_lofin([file], data)
