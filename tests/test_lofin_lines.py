"""Lines stored by year, replaced whole; the cache of AI programmes; one contract with two checkers."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from budgets.contract import violations
from budgets.contract_arrow import broken_rules, to_pandas
from budgets.errors import DataError, UsageError
from budgets.lines import import_lofin, read_line_totals, read_lines, read_programmes, stored_years
from budgets.lines.programmes import refresh
from budgets.lines.store import arrow_schema, part_path
from budgets.schema import BudgetLines
from budgets.sources.lofin.codebook import read_codebook
from budgets.sources.lofin.control import repeats
from budgets.sources.lofin.files import inputs, read_input
from budgets.sources.lofin.lines import to_lines
from lofin_api import PROJECT_DATA, files_under, new_data, row
from test_lofin_files import saved, text_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "lofin"
REAL = SHARED / "qwgjk_20260705_80gov.csv.gz"
real = pytest.mark.skipif(not REAL.exists(), reason="the real export is not beside this checkout")


@pytest.fixture
def data(tmp_path):
    return new_data(tmp_path / "data")


def csv_file(folder: Path, name: str, n: int, **changes) -> Path:
    return saved(folder / name, text_of([row(i, **changes) for i in range(n)]))


def test_a_newer_snapshot_replaces_the_year_whole(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 12, day="20250630")], data)
    report = import_lofin([csv_file(tmp_path, "b.csv", 7, day="20251231")], data)
    assert report.years[0].replaced.snapshot == date(2025, 6, 30) and report.years[0].replaced.rows == 12
    lines = read_lines(data)
    assert len(lines) == 7 and set(lines["snapshot"]) == {pd.Timestamp(2025, 12, 31)}
    assert {p.name for p in (data / "raw" / "exports").iterdir()} == {
        "lofin-qwgjk_2025_20250630",
        "lofin-qwgjk_2025_20251231",
    }


def test_governments_that_are_lost_by_it_are_named(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 12, day="20250630")], data)
    report = import_lofin([csv_file(tmp_path, "b.csv", 3, day="20251231")], data)
    assert [e.government for e in report.years[0].lost] == ["gwangju", "gyeonggi-gwangju"] and report.exit_code == 1
    assert "경기도 광주시" in report.say("ko") and "Gwangju-si, Gyeonggi" in report.say("en")
    assert "seoul-gangnam" in [e.government for e in report.years[0].absent]


def test_an_older_snapshot_is_refused(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 12)], data)
    with pytest.raises(DataError) as error:
        import_lofin([csv_file(tmp_path, "b.csv", 12, day="20250630")], data)
    assert error.value.key == "lofin.older" and len(read_lines(data)) == 12


def test_several_files_of_one_year(data, tmp_path):
    some = [row(i) for i in range(20)]
    of = {code: [r for r in some if r["laf_cd"] == code] for code in sorted({r["laf_cd"] for r in some})}
    files = [saved(tmp_path / f"{code}.csv", text_of(part)) for code, part in of.items()]
    report = import_lofin(files, data)
    assert report.years[0].rows == len(read_lines(data)) == 20 and report.years[0].governments == len(files) == 5
    assert read_line_totals(data)["lines"].sum() == 20
    refresh_again = refresh(data)
    assert refresh_again == [], "the cache made on import is the cache a rebuild would make"
    assert len(list((data / "raw" / "exports" / "lofin-qwgjk_2025_20251231").glob("*.csv"))) == 5


def test_several_years_and_one_fault_in_the_last(data, tmp_path):
    good = [csv_file(tmp_path, f"{year}.csv", 5, year=year, day=f"{year}1231") for year in (2022, 2023)]
    bad = csv_file(tmp_path, "2024.csv", 5, year=2024, day="20241231", etc_amt=5)
    with pytest.raises(DataError):
        import_lofin([*good, bad], data)
    assert not stored_years(data) and not [p for p in files_under(data) if ".staged" in str(p) or "derived" in p.parts]
    assert [y.year for y in import_lofin(good, data).years] == [2022, 2023]
    assert set(read_lines(data, years=[2023])["fiscal_year"]) == {2023}


def test_files_that_do_not_go_together(data, tmp_path):
    first = csv_file(tmp_path, "a.csv", 5)
    for other, key in (
        (csv_file(tmp_path, "b.csv", 5, day="20250630"), "lofin.two_dates"),
        (csv_file(tmp_path, "c.csv", 5), "lofin.in_two_files"),
    ):
        with pytest.raises(DataError) as error:
            import_lofin([first, other], data)
        assert error.value.key == key and not stored_years(data)


def test_the_export_folder_holds_the_untouched_file_and_gives_the_same_bytes_again(data, tmp_path):
    file = csv_file(tmp_path, "a.csv", 12)
    import_lofin([file], data)
    kept = data / "raw" / "exports" / "lofin-qwgjk_2025_20251231"
    assert (kept / "a.csv").read_bytes() == file.read_bytes()
    before = {path: path.read_bytes() for path in files_under(data)}
    for _ in range(5):
        import_lofin([kept], data)
        assert {path: path.read_bytes() for path in files_under(data)} == before


def test_reading_some_columns_governments_and_years(data, tmp_path):
    with pytest.raises(DataError) as error:
        read_lines(data)
    assert "budgets import lofin" in error.value.say("ko")
    assert list(read_programmes(data)) == [*BudgetLines.to_schema().columns, "scope", "is_ai", "rule"] and read_line_totals(data).empty
    import_lofin([csv_file(tmp_path, "a.csv", 12)], data)
    lines = read_lines(data, governments=["seoul"], columns=["programme_name", "paid_krw"])
    assert list(lines) == ["programme_name", "paid_krw"] and len(lines) == 3
    for options, kind, key in (
        ({"years": [2024]}, DataError, "lofin.no_such_year"),
        ({"columns": ["paid"]}, UsageError, "contract.column_in_schema"),
    ):
        with pytest.raises(kind) as error:
            read_lines(data, **options)
        assert error.value.key == key


def test_what_is_read_keeps_the_contract(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 40)], data)
    assert violations(read_lines(data), BudgetLines) == []
    assert violations(read_programmes(data).drop(columns=["scope", "is_ai", "rule"]), BudgetLines) == []


def test_the_cache_holds_what_the_rules_found(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 10)], data)
    found = read_programmes(data).set_index("programme_name")
    assert set(found.index) == {"인공지능 민원 안내 시범 운영", "고병원성 AI 소독약품 지원"}
    assert set(found.loc["인공지능 민원 안내 시범 운영", "is_ai"]) == {"true"} and set(found.loc["고병원성 AI 소독약품 지원", "rule"]) == {"avian-influenza"}
    totals, lines = read_line_totals(data), read_lines(data)
    assert totals["lines"].sum() == 10
    assert totals.groupby("government")["adjusted_krw"].sum().to_dict() == lines.groupby("government")["adjusted_krw"].sum().to_dict()
    assert totals.groupby("account_class")["paid_krw"].sum().to_dict() == lines.groupby("account_class")["paid_krw"].sum().to_dict()


def test_the_cache_is_rebuilt_when_the_terms_change_and_only_then(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 10)], data)
    assert refresh(data) == []
    terms = data / "rulings" / "ai_terms.csv"
    text = terms.read_text(encoding="utf-8")
    library = "term,our-library,,도서관,,,,,,마을 도서관,시험에서 더한 낱말입니다.,2026-11-21\nrule,our-library,1,,our-library,,,other,unclear,마을 도서관,시험에서 더한 규칙입니다.,2026-11-21\n"
    terms.write_text(
        "".join(line for line in text.splitlines(keepends=True) if not line.startswith("rule,") or line.split(",")[2] != "1") + library,
        encoding="utf-8",
    )
    assert "마을 도서관 바닥 공사" in set(read_programmes(data)["programme_name"])
    assert refresh(data) == []


def test_the_cache_follows_the_lines(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 10), csv_file(tmp_path, "b.csv", 10, year=2024, day="20241231")], data)
    assert set(read_programmes(data)["fiscal_year"]) == {2024, 2025}
    part_path(data, 2024).unlink()
    assert set(read_programmes(data)["fiscal_year"]) == {2025}


BREAKING = {
    "government": "Seoul",
    "lofin_code": "110000",
    "level": "ward",
    "account_class": "일반",
    "programme_code": "61100002025000001",
    "programme_name": None,
    "field_name": None,
    "adjusted_krw": None,
    "fiscal_year": 1990,
    "snapshot": None,
    "paid_krw": None,
}


@pytest.mark.parametrize("column", [None, *BREAKING])
def test_both_checkers_of_the_contract_agree(column, data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 10)], data)
    lines = read_lines(data)
    if column:
        lines.loc[3, column] = BREAKING[column]
    table = pa.Table.from_pandas(lines, schema=arrow_schema(), preserve_index=False).combine_chunks()
    over_columns = {check.name for check in BudgetLines.to_schema().checks}
    slow = {(f.line - 2, f.column, f.key) for f in violations(lines, BudgetLines) if f.fields.get("rule") not in over_columns}
    fast = {(i, b.column, b.key) for b in broken_rules(table, BudgetLines) for i in b.rows.to_pylist()}
    assert slow == fast and bool(fast) == bool(column)
    encoded = pa.table([c.dictionary_encode() if c.type == pa.string() else c for c in table.columns], names=table.column_names).combine_chunks()
    assert {(i, b.column, b.key) for b in broken_rules(encoded, BudgetLines) for i in b.rows.to_pylist()} == fast


def test_both_checkers_agree_on_repeated_codes(data, tmp_path):
    import_lofin([csv_file(tmp_path, "a.csv", 12)], data)
    lines = read_lines(data)
    assert repeats(pa.Table.from_pandas(lines, schema=arrow_schema())) == []
    lines.loc[5, "programme_code"] = lines.loc[0, "programme_code"]  # one government
    lines.loc[7, "programme_code"] = lines.loc[1, "programme_code"]  # two governments: fine
    lines.loc[2, "government"] = lines.loc[0, "government"]
    table = pa.Table.from_pandas(lines, schema=arrow_schema(), preserve_index=False)
    slow = [f.line - 2 for f in violations(lines, BudgetLines) if f.fields.get("rule", "").startswith("a programme code")]
    same = (
        lines.loc[5, "government"] == lines.loc[0, "government"],
        lines.loc[7, "government"] == lines.loc[1, "government"],
    )
    assert repeats(table) == slow == [i for i, one in zip((5, 7), same, strict=True) if one]


SCRIPT = """
import sys
from budgets.lines import import_lofin
print("ready", flush=True)
while True:
    for file in sys.argv[2:]:
        import_lofin([file], sys.argv[1])
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.05, 0.21, 0.37])
def test_killed_while_importing_again_and_again(after, data, tmp_path):
    """kill −9 at any moment leaves one of the two imports, whole."""
    sizes = (3000, 4000)
    files = [csv_file(tmp_path, f"{n}.csv", n) for n in sizes]
    import_lofin([files[0]], data)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    child = subprocess.Popen([sys.executable, "-c", SCRIPT, str(data), *map(str, files)], env=environment, stdout=subprocess.PIPE)
    child.stdout.readline()
    time.sleep(0.5 + after)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    lines, stored = read_lines(data), stored_years(data)[2025]
    assert len(lines) == stored.rows and stored.rows in sizes
    assert read_line_totals(data)["lines"].sum() == stored.rows
    assert import_lofin([files[1]], data).years[0].rows == sizes[1]


@real
def test_the_real_export():
    raw, hashes = read_input(inputs([REAL])[0])
    lines = to_lines(raw, read_codebook(PROJECT_DATA))
    table = to_pandas(lines.table)
    assert (len(table), table["government"].nunique(), lines.snapshot, len(hashes)) == (
        138_284,
        80,
        date(2026, 7, 5),
        1,
    )
    assert (table["level"] == "municipality").all() and table["programme_code"].is_unique
    assert (table[["national_krw", "provincial_krw", "municipal_krw", "other_krw"]].sum(axis=1) == table["adjusted_krw"]).all()
    assert table.loc[table["lofin_code"] == "2911000", "province"].unique().tolist() == ["jeonnam-gwangju"], "from 1 July 2026 on"
    expected = pd.read_csv(REAL, dtype="str", keep_default_na=False)
    assert table["programme_name"].tolist() == expected["dbiz_nm"].tolist()
    assert table["paid_krw"].tolist() == expected["ep_amt"].astype("int64").tolist()


# --- places that were elsewhere, or had another name


@pytest.mark.parametrize(
    ("year", "place", "government", "province"),
    [
        (2022, {"wa_laf_cd": "4700000", "wa_laf_hg_nm": "경북", "laf_cd": "4771000", "laf_hg_nm": "경북군위군"}, "daegu-gunwi", "gyeongbuk"),
        (2024, {"wa_laf_cd": "2700000", "wa_laf_hg_nm": "대구", "laf_cd": "2772000", "laf_hg_nm": "대구군위군"}, "daegu-gunwi", "daegu"),
        (2017, {"wa_laf_cd": "2800000", "wa_laf_hg_nm": "인천", "laf_cd": "2813999", "laf_hg_nm": "인천남구"}, "incheon-michuhol", "incheon"),
        (2017, {"wa_laf_cd": "2800000", "wa_laf_hg_nm": "인천", "laf_cd": "2813000", "laf_hg_nm": "인천남구"}, "incheon-michuhol", "incheon"),
        (2019, {"wa_laf_cd": "2800000", "wa_laf_hg_nm": "인천", "laf_cd": "2813000", "laf_hg_nm": "인천미추홀구"}, "incheon-michuhol", "incheon"),
    ],
)  # fmt: skip
def test_a_government_that_was_elsewhere_keeps_its_series(data, tmp_path, year, place, government, province):
    lines = [row(i, year=year, day=f"{year}1231", **place) for i in range(3)]
    import_lofin([saved(tmp_path / "coded.csv", text_of(lines))], data)
    stored = read_lines(data)
    assert set(stored["government"]) == {government} and set(stored["province"]) == {province} and set(stored["lofin_code"]) == {place["laf_cd"]}
    read = read_codebook(data).named(place["wa_laf_hg_nm"], place["laf_hg_nm"], date(year, 12, 31))
    assert read and (read.government, read.province) == (government, province), "told by region and name as well"


@pytest.mark.parametrize("place", [("2023", "4771000", "경북군위군"), ("2022", "4771000", "경북아무군"), ("2022", "4899000", "경남군위군")])
def test_an_unknown_code_is_refused_where_no_former_place_explains_it(data, tmp_path, place):
    year, code, name = place
    lines = [row(0, year=int(year), day=f"{year}1231", laf_cd=code, laf_hg_nm=name)]
    with pytest.raises(DataError) as error:
        import_lofin([saved(tmp_path / "coded.csv", text_of(lines))], data)
    assert code in error.value.say("ko") and name in error.value.say("ko") and not stored_years(data)


def test_the_districts_of_incheon_before_and_after_july_2026(data, tmp_path):
    new = [("2811500", "인천영종구"), ("2812500", "인천제물포구"), ("2818500", "인천검단구"), ("2818000", "인천서해구")]
    lines = [row(i, year=2026, day="20260705", wa_laf_cd="2800000", wa_laf_hg_nm="인천", laf_cd=code, laf_hg_nm=name) for i, (code, name) in enumerate(new)]
    report = import_lofin([saved(tmp_path / "july.csv", text_of(lines))], data)
    assert set(read_lines(data)["government"]) == {"incheon-yeongjong", "incheon-jemulpo", "incheon-geomdan", "incheon-seo"}
    assert not {"incheon-dong", "incheon-jung"} & {entry.government for entry in report.years[0].absent}, "they ended: no gap"


def test_after_the_merger_a_file_names_gwangju_and_jeonnam_by_their_new_government(data, tmp_path):
    common = {"wa_laf_cd": "1300000", "wa_laf_hg_nm": "전남광주"}
    places = [
        ("6100000", "전남광주본청", "62900002026"),
        ("6100000", "전남광주본청", "64600002026"),
        ("2911000", "전남광주동구", "30000002026"),
        ("4671000", "전남광주담양군", "48000002026"),
    ]
    lines = [row(i, year=2026, day="20260901", laf_cd=c, laf_hg_nm=n, dbiz_cd=f"{p}{i:05X}", **common) for i, (c, n, p) in enumerate(places)]
    import_lofin([saved(tmp_path / "merged.csv", text_of(lines))], data)
    stored = read_lines(data)
    assert set(stored["government"]) == {"jeonnam-gwangju", "gwangju-dong", "jeonnam-damyang"} and set(stored["province"]) == {"jeonnam-gwangju"}


REFRESH = "import sys; from pathlib import Path; from budgets.lines.programmes import refresh; print(len(refresh(Path(sys.argv[1]))))"


def test_workers_that_find_the_cache_stale_at_once_rebuild_each_year_once(data, tmp_path):
    for year in (2023, 2024, 2025):
        import_lofin([csv_file(tmp_path, f"{year}.csv", 9, year=year, day=f"{year}1231")], data)
    expected = read_programmes(data)
    terms = data / "rulings" / "ai_terms.csv"
    terms.write_text(terms.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # as any change does
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    workers = [subprocess.Popen([sys.executable, "-c", REFRESH, str(data)], env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sum(int(worker.communicate()[0]) for worker in workers) == 3 and all(worker.returncode == 0 for worker in workers)
    pd.testing.assert_frame_equal(read_programmes(data), expected)
    assert not refresh(data)
