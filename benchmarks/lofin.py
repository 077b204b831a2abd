"""One national year of budget lines in, against pandas reading the same file; ten years, for time and memory.

    python benchmarks/lofin.py [--rows 480000] [--years 10] [--frictionless]

Both sides of every ratio are measured in this run and printed. Rows come from a real export where one lies beside the
checkout (scaled up, with fresh programme codes), else they are made up. Exit code 1 if a bound is not kept.
"""

import argparse
import gzip
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from budgets.clean import default_data
from budgets.lines import import_lofin
from budgets.rulings.classifier import classify_programmes
from budgets.sources.lofin.codebook import read_codebook
from budgets.sources.lofin.fields import MONEY
from budgets.sources.lofin.files import inputs, read_input
from budgets.sources.lofin.lines import to_lines

REAL = Path(__file__).resolve().parents[2] / "shared" / "lofin" / "qwgjk_20260705_80gov.csv.gz"
COLUMNS = [
    "fyr",
    "wa_laf_cd",
    "wa_laf_hg_nm",
    "laf_cd",
    "laf_hg_nm",
    "acnt_dv_nm",
    "dbiz_cd",
    "dbiz_nm",
    "exe_ymd",
    "bdg_cash_amt",
    "bdg_ntep",
    "capep",
    "sggep",
    "etc_amt",
    "ep_amt",
    "cpl_amt",
    "fld_nm",
    "part_nm",
]
READ, CLASSIFY, FRICTIONLESS, MEMORY = 4.0, 1.0, 30.0, 2 << 30


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=480_000)
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--frictionless", action="store_true", help="also validate the whole file with frictionless (a minute or two)")
    options.add_argument("--only-import", nargs=2, metavar=("FOLDER", "DATA"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.only_import:
        return _years_of(*map(Path, given.only_import))
    with tempfile.TemporaryDirectory(prefix="bench-lofin-") as scratch:
        return run(Path(scratch), given.rows, given.years, given.frictionless)


def run(scratch: Path, rows: int, years: int, with_frictionless: bool) -> int:
    data = scratch / "data"
    for part in ("raw/reference", "rulings"):
        shutil.copytree(default_data() / part, data / part)
    table = lines(rows)
    file = write(table, scratch / "lines" / "2025.csv", 2025)
    print(f"{len(table):,} rows, {file.stat().st_size / 1e6:.0f} MB, {'real, scaled up' if REAL.exists() else 'synthetic'}")
    names, fields, sections = (pd.Series(table[c], dtype="str") for c in ("dbiz_nm", "fld_nm", "part_nm"))

    codebook = read_codebook(data)
    sides: dict[str, Callable[[], object]] = {
        "pandas": lambda: pd.read_csv(file, engine="pyarrow"),
        "import": lambda: import_lofin([file], data),
        "validate": lambda: to_lines(read_input(inputs([file])[0])[0], codebook),
        "classify": lambda: classify_programmes(names, fields, sections),
    }
    seconds = {name: min(times) for name, times in alternated(sides).items()}
    print(f"pandas.read_csv(engine='pyarrow')  {seconds['pandas']:6.2f} s")
    ok = bound("import, all of it", seconds["import"], seconds["pandas"], READ)
    print(f"read, hashed and validated         {seconds['validate']:6.2f} s   {seconds['validate'] / seconds['pandas']:5.2f} ×")
    ok &= bound("classification alone", seconds["classify"], seconds["pandas"], CLASSIFY)
    if with_frictionless:
        ok &= frictionless(file, seconds["validate"])
    if years > 1:
        ok &= many(scratch, data, table, years)
    return 0 if ok else 1


def alternated(sides: dict[str, Callable[[], object]], rounds: int = 7) -> dict[str, list[float]]:
    """Seconds of every side, taken in turn so that a busy machine hurts all alike; the first round warms up."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for i in range(rounds + 1):
        for name, side in sides.items():
            start = time.perf_counter()
            side()
            if i:
                times[name].append(time.perf_counter() - start)
    return times


def bound(what: str, ours: float, theirs: float, most: float) -> bool:
    print(f"{what:<34} {ours:6.2f} s   {ours / theirs:5.2f} × (at most {most:g} ×)")
    return ours <= most * theirs


def many(scratch: Path, data: Path, table: pd.DataFrame, years: int) -> bool:
    """One year, half of them, all: in processes of their own, for honest memory. Work (processor time) must be linear."""
    folder = scratch / "many"
    took = {}
    for n in (1, years // 2, years):
        shutil.rmtree(folder, ignore_errors=True)
        for year in range(2025 - n + 1, 2026):
            write(table, folder / f"{year}.csv", year)
        shutil.rmtree(data / "clean", ignore_errors=True)
        result = subprocess.run([sys.executable, __file__, "--only-import", folder, data], capture_output=True, text=True, check=True)
        wall, work, peak = map(float, result.stdout.split())
        took[n] = work
        print(
            f"{n:2} years, {n * len(table):>9,} rows: {wall:6.2f} s, of work {work:6.2f} s = {work / n:.2f} a year, peak memory {peak / 2**30:.2f} GiB (at most 2)"
        )
    linear = took[years] / years <= 1.3 * max(took[1], took[years // 2] / (years // 2))
    return linear and peak <= MEMORY


def _years_of(folder: Path, data: Path) -> int:
    start = time.perf_counter()
    import_lofin([folder], data)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
    return 0


def frictionless(file: Path, ours: float) -> bool:
    from frictionless import Resource, Schema, system

    # The rules of ours that it can state: types, required cells, the form of codes, codes once; no sums over columns.
    more = {"laf_cd": {"pattern": "[0-9]{7}"}, "dbiz_cd": {"pattern": "[0-9]{11}[0-9A-Fa-f]{5}", "unique": True}}
    fields = [{"name": c, "type": "integer" if c in MONEY else "string", "constraints": {"required": True, **more.get(c, {})}} for c in COLUMNS]
    start = time.perf_counter()
    with system.use_context(trusted=True):
        report = Resource(path=str(file), schema=Schema.from_descriptor({"fields": fields})).validate()
    took = time.perf_counter() - start
    print(
        f"frictionless validate              {took:6.1f} s   {took / ours:5.0f} × our reading and validating (at least {FRICTIONLESS:g} ×), {'valid' if report.valid else 'INVALID'}"
    )
    return took >= FRICTIONLESS * ours


def lines(rows: int) -> pd.DataFrame:
    """Rows as text: the real ones repeated, or made up; every programme code once."""
    if REAL.exists():
        with gzip.open(REAL, "rt", encoding="utf-8") as file:
            real = pd.read_csv(file, dtype="str", keep_default_na=False)
        table = pd.concat([real] * (-(-rows // len(real))), ignore_index=True).head(rows)
    else:
        table = _made_up(rows)
    table["dbiz_cd"] = [f"{code[:11]}{i:05X}" for i, code in enumerate(table["dbiz_cd"])]
    return table


def _made_up(rows: int) -> pd.DataFrame:
    chance = random.Random(1)
    governments = pd.read_csv(default_data() / "raw" / "reference" / "governments.csv", dtype="str")
    governments = governments.loc[governments["lofin_code"].notna() & governments["valid_to"].isna()].drop_duplicates("lofin_code")
    place = governments.iloc[sorted(chance.choices(range(len(governments)), k=rows))]
    words = [
        "청사",
        "도로",
        "하천",
        "경로당",
        "보육료",
        "재해",
        "상수도",
        "관광",
        "농업",
        "축제",
        "도서관",
        "체육관",
        "홍보",
        "정비",
        "지원",
        "운영",
        "관리",
        "개선",
        "사업",
        "조성",
        "확충",
        "보조",
    ]
    names = [" ".join(chance.choices(words, k=4)) + f" {chance.randrange(9999)}" for _ in range(rows)]
    names[::80] = [f"인공지능 {name}" for name in names[::80]]  # as rare as such names are in real exports
    parts = np.random.default_rng(1).integers(0, 500_000, (4, rows)) * 1000
    columns = {
        "fyr": "2025", "wa_laf_cd": place["lofin_code"].str[:2] + "00000", "wa_laf_hg_nm": place["province"].fillna(place["government"]), "laf_cd": place["lofin_code"],
        "laf_hg_nm": place["name_ko"], "acnt_dv_nm": chance.choices(["일반회계", "주차장특별회계", "재난관리기금"], [90, 7, 3], k=rows),
        "dbiz_cd": "61100002025", "dbiz_nm": names, "exe_ymd": "20251231", "bdg_cash_amt": parts.sum(axis=0), "bdg_ntep": parts[0], "capep": parts[1],
        "sggep": parts[2], "etc_amt": parts[3], "ep_amt": parts[0], "cpl_amt": parts[1], "fld_nm": chance.choices(["환경", "보건", "사회복지"], k=rows), "part_nm": "일반",
    }  # fmt: skip
    return pd.DataFrame(
        {name: values if isinstance(values, str) else np.asarray(values) for name, values in columns.items()},
        index=range(rows),
    ).astype("str")


def write(table: pd.DataFrame, path: Path, year: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.assign(fyr=str(year), exe_ymd=f"{year}1231")[COLUMNS].to_csv(path, index=False)
    return path


if __name__ == "__main__":
    sys.exit(main())
