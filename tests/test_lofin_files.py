"""Files a person downloaded: every encoding and layout reads the same; every fault is refused with its place."""

import csv
import gzip
import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from budgets.errors import BudgetsError, ContractError, DataError
from budgets.lines import import_lofin, read_lines, stored_years
from lofin_api import Row, envelope, new_data, row

LABELS = {
    "wa_laf_hg_nm": "지역", "laf_hg_nm": "자치단체", "acnt_dv_nm": "회계", "dbiz_nm": "사업명", "bdg_cash_amt": "예산현액", "bdg_ntep": "국비",
    "capep": "시도비", "sggep": "시군구비", "etc_amt": "기타", "ep_amt": "지출액", "balance": "잔액", "fld_nm": "분야", "part_nm": "부문",
}  # fmt: skip
DAY = {"snapshot": date(2025, 12, 31), "year": 2025}


@pytest.fixture
def data(tmp_path):
    return new_data(tmp_path / "data")


def rows(n: int = 12) -> list[Row]:
    return [row(i) for i in range(n)]


def text_of(some: list[Row], columns: list[str] | None = None, newline: str = "\n") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(some[0]), lineterminator=newline, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(some)
    return out.getvalue()


def saved(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(path: Path, some: list[Row], *, headers: tuple[list[str], ...] | None = None, title: str | None = None) -> Path:
    """A workbook as the site's: two header rows, the second under a merged 재원별."""
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    upper = ["재원별" if f == "bdg_ntep" else None if f in ("capep", "sggep", "etc_amt") else label for f, label in LABELS.items()]
    lower = [label if f in ("bdg_ntep", "capep", "sggep", "etc_amt") else None for f, label in LABELS.items()]
    for header in headers or (upper, lower):
        sheet.append(header)
    for one in some:
        sheet.append([one["bdg_cash_amt"] - one["ep_amt"] if f == "balance" else one[f] for f in LABELS])
    book.save(path)
    return path


def faults_of(path: Path | list[Path], data: Path, **options) -> list[tuple]:
    with pytest.raises(ContractError) as error:
        import_lofin(path if isinstance(path, list) else [path], data, **options)
    assert not stored_years(data) and not (data / "raw" / "exports").exists(), "half-imported"
    assert error.value.say("ko") != error.value.say("en")
    return [(f.line, f.column, f.key) for f in error.value.faults]


def plain(data: Path) -> pd.DataFrame:
    return read_lines(data).sort_values("programme_code", ignore_index=True)


@pytest.mark.parametrize(
    "content",
    [
        lambda some: text_of(some).encode(),
        lambda some: b"\xef\xbb\xbf" + text_of(some, newline="\r\n").encode(),
        lambda some: text_of(some).encode("cp949"),
        lambda some: text_of(some).encode("utf-16"),
        lambda some: gzip.compress(text_of(some).encode()),
        lambda some: text_of([r | {c: f"{r[c]:,}" for c in ("bdg_cash_amt", "bdg_ntep")} | {"capep": f" {r['capep']} "} for r in some]).encode(),
        lambda some: text_of(some, columns=[*reversed(some[0])]).encode(),
    ],
    ids=["utf-8", "bom crlf", "cp949", "utf-16", "gz", "grouped digits", "other order"],
)
def test_one_content_in_many_files(content, data, tmp_path):
    some = rows()
    import_lofin([saved(tmp_path / "plain.csv", text_of(some))], data)
    expected = plain(data)
    assert expected["programme_name"].tolist() == [r["dbiz_nm"] for r in some]
    assert expected["account_class"].tolist() == ["general", "special", "special", "fund"] * 3
    import_lofin([saved(tmp_path / "other.csv", content(some))], data)
    pd.testing.assert_frame_equal(plain(data), expected)


def test_a_cp949_file_with_korean_headers_and_codes(data, tmp_path):
    labels = {"fyr": "회계연도", "wa_laf_hg_nm": "지역명", "laf_cd": "자치단체코드", "laf_hg_nm": "자치단체명", "acnt_dv_nm": "회계구분명", "dbiz_cd": "세부사업코드", "dbiz_nm": "세부사업명",
              "exe_ymd": "집행일자", "bdg_cash_amt": "예산현액(원)", "bdg_ntep": "국비", "capep": "시·도비", "sggep": "시·군·구비", "etc_amt": "기타", "ep_amt": "지출액", "cpl_amt": "편성액", "fld_nm": "분야명", "part_nm": "부문명"}  # fmt: skip
    some = [{labels[c]: r[c] for c in labels} for r in rows()]
    import_lofin([saved(tmp_path / "x.csv", text_of(some).encode("cp949"))], data)
    assert len(read_lines(data)) == 12


def test_names_stay_as_they_are(data, tmp_path):
    names = [
        "  앞뒤 빈칸  ",
        "줄이\n바뀐 이름",
        '쉼표, 그리고 "따옴표"',
        "=1+1",
        "<script>x</script>",
        "AI·IoT ㆍ ＡＩ",
    ]
    import_lofin([saved(tmp_path / "x.csv", text_of([row(i, dbiz_nm=name) for i, name in enumerate(names)]))], data)
    assert plain(data)["programme_name"].tolist() == names


def test_codes_stay_text(data, tmp_path):
    codes = ["37800002024301C5", "3780000202430E10", "0100000202400012"]
    import_lofin([saved(tmp_path / "x.csv", text_of([row(i, dbiz_cd=c, fld_cd="010") for i, c in enumerate(codes)]))], data)
    lines = read_lines(data)
    assert sorted(lines["programme_code"]) == sorted(codes) and set(lines["field_code"]) == {"010"}


def test_a_workbook_without_codes(data, tmp_path):
    report = import_lofin([workbook(tmp_path / "2025_세부사업별세출현황.xlsx", rows())], data, **DAY)
    lines = read_lines(data)
    assert len(lines) == 12 and lines["programme_code"].isna().all() and lines["compiled_krw"].isna().all()
    by_name = lines.drop_duplicates("government_as_printed").set_index("government_as_printed")
    assert by_name.loc["경기광주시", ["government", "lofin_code", "level", "province"]].tolist() == [
        "gyeonggi-gwangju",
        "4135000",
        "municipality",
        "gyeonggi",
    ]
    assert by_name.loc["광주본청", ["government", "lofin_code", "level", "province"]].tolist() == [
        "gwangju",
        "2900000",
        "province",
        "gwangju",
    ]
    assert report.years[0].sums == 0


def test_names_of_governments_with_and_without_their_region(data, tmp_path):
    names = [
        ("경기도", "광주시", "gyeonggi-gwangju"),
        ("광주광역시", "본청", "gwangju"),
        ("광주", "광주 서구", "gwangju-seo"),
        ("인천", "서구", "incheon-seo"),
        ("강원", "고성군", "gangwon-goseong"),
        ("경남", "고성군", "gyeongnam-goseong"),
    ]
    some = [row(i, wa_laf_hg_nm=region, laf_hg_nm=name) for i, (region, name, _) in enumerate(names)]
    import_lofin([workbook(tmp_path / "x.xlsx", some)], data, **DAY)
    lines = read_lines(data).set_index("national_krw")
    assert [lines.at[i * 1000, "government"] for i in range(len(names))] == [government for _, _, government in names]


def test_gwangju_in_the_wrong_region_is_refused(data, tmp_path):
    some = [
        row(0, wa_laf_hg_nm="광주", laf_hg_nm="경기광주시"),
        row(1, wa_laf_hg_nm="경기", laf_hg_nm="광주본청"),
        row(2, wa_laf_hg_nm="광주", laf_hg_nm="광주시"),
    ]
    assert faults_of(workbook(tmp_path / "x.xlsx", some), data, **DAY) == [
        (3, "자치단체", "lofin.unknown_name"),
        (4, "자치단체", "lofin.unknown_name"),
        (5, "자치단체", "lofin.unknown_name"),
    ]


def test_a_code_with_another_governments_name_is_refused(data, tmp_path):
    some = [
        row(0),
        row(1, laf_cd="2900000", wa_laf_hg_nm="광주", laf_hg_nm="경기광주시"),
        row(2, laf_cd="9999999", laf_hg_nm="어디군"),
    ]
    assert faults_of(saved(tmp_path / "x.csv", text_of(some)), data) == [
        (3, "laf_hg_nm", "lofin.other_government"),
        (4, "laf_cd", "lofin.unknown_code"),
    ]


def test_a_wrong_sheet_dimension(data, tmp_path):
    path, wrong = workbook(tmp_path / "a.xlsx", rows()), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(wrong, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith("sheet1.xml"):
                content, n = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)
                assert n == 1
            target.writestr(item, content)
    import_lofin([wrong], data, **DAY)
    assert len(read_lines(data)) == 12


def test_a_workbook_under_a_title_with_the_unit(data, tmp_path):
    import_lofin([workbook(tmp_path / "x.xlsx", rows(), title="2025 세부사업별 세출현황 (단위: 원)")], data, **DAY)
    assert len(read_lines(data)) == 12
    (data / "clean" / "budget_lines" / "year=2025" / "part.parquet").unlink()
    shutil.rmtree(data / "raw" / "exports")
    assert faults_of(workbook(tmp_path / "y.xlsx", rows(), title="세출현황 (단위: 천원)"), data, **DAY) == [(1, None, "lofin.unit")]


def test_a_workbook_renamed_to_csv_and_a_csv_renamed_to_xls(data, tmp_path):
    path = workbook(tmp_path / "x.xlsx", rows())
    import_lofin([path.rename(tmp_path / "x.csv")], data, **DAY)
    import_lofin([saved(tmp_path / "y.xls", text_of(rows()).encode("cp949"))], data)
    assert len(read_lines(data)) == 12


def test_codes_that_a_spreadsheet_made_numbers(data, tmp_path):
    book = Workbook()
    book.active.append(list(row(0)))
    for i in range(3):
        book.active.append([*(row(i) | {"dbiz_cd": 6110000202500001 + i}).values()])
    book.save(tmp_path / "x.xlsx")
    assert faults_of(tmp_path / "x.xlsx", data) == [
        (2, "dbiz_cd", "lofin.code_as_number"),
        (3, "dbiz_cd", "lofin.code_as_number"),
        (4, "dbiz_cd", "lofin.code_as_number"),
    ]


def test_two_sheets_with_lines(data, tmp_path):
    path = workbook(tmp_path / "x.xlsx", rows())
    book = load_workbook(path)
    book.copy_worksheet(book.active)
    book.create_sheet("설명").append(["이 표는 세출현황입니다"])
    book.save(path)
    assert [key for _, _, key in faults_of(path, data, **DAY)] == ["lofin.two_sheets"] * 2


def test_a_folder_of_pages(data, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    some = rows()
    saved(folder / "p1.json", envelope("QWGJK", some[:7], 12))
    saved(folder / "p2.json.gz", gzip.compress(envelope("QWGJK", some[7:], 12)))
    import_lofin([folder], data)
    expected = plain(data)
    import_lofin([saved(tmp_path / "x.csv", text_of(some))], data)
    pd.testing.assert_frame_equal(plain(data), expected)


def test_a_fault_in_a_page(data, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    saved(folder / "p1.json", envelope("QWGJK", [row(0), row(1)], 4))
    saved(folder / "p2.json", envelope("QWGJK", [row(2), row(3, ep_amt="한푼", unheard_of=1)], 4))
    with pytest.raises(ContractError) as error:
        import_lofin([folder], data)
    assert [(f.file, f.column) for f in error.value.faults] == [("p2.json", "unheard_of")]
    saved(folder / "p2.json", envelope("QWGJK", [row(2), row(3, ep_amt="한푼")], 4))
    with pytest.raises(ContractError) as error:
        import_lofin([folder], data)
    assert [(f.file, f.line, f.column, f.value) for f in error.value.faults] == [("p2.json", 2, "ep_amt", "한푼")]


SUMMARY = ("1100000", "서울", "110000*", "서울계"), ("0000000", "전국", "000000*", "전국계")


def with_sums(some: list[Row]) -> list[Row]:
    out = list(some)
    for region_code, region, code, name in SUMMARY:
        part = [r for r in some if region in (r["wa_laf_hg_nm"], "전국")]
        amounts = {c: sum(r[c] for r in part) for c in ("bdg_cash_amt", "bdg_ntep", "capep", "sggep", "etc_amt", "ep_amt", "cpl_amt")}
        out.append(
            row(
                0,
                wa_laf_cd=region_code,
                wa_laf_hg_nm=region,
                laf_cd=code,
                laf_hg_nm=name,
                dbiz_cd="",
                dbiz_nm="",
                acnt_dv_nm="",
                fld_nm="",
                part_nm="",
                **amounts,
            )
        )
    return out


@pytest.mark.parametrize("book", [False, True])
def test_summary_rows_are_checked_and_dropped(book, data, tmp_path):
    some = with_sums(rows())
    path = workbook(tmp_path / "x.xlsx", some) if book else saved(tmp_path / "x.csv", text_of(some))
    report = import_lofin([path], data, **(DAY if book else {}))
    assert report.years[0].sums == 2 and report.years[0].rows == 12 and len(read_lines(data)) == 12


@pytest.mark.parametrize("book", [False, True])
def test_a_missing_row_is_found_by_the_sums(book, data, tmp_path):
    some = with_sums(rows())
    del some[5]  # a row of Seoul
    path = workbook(tmp_path / "x.xlsx", some) if book else saved(tmp_path / "x.csv", text_of(some))
    found = faults_of(path, data, **(DAY if book else {}))
    assert {key for _, _, key in found} == {"lofin.sum"} and {line for line, _, _ in found} == ({14, 15} if book else {13, 14})


def test_a_sum_of_a_region_that_is_not_there(data, tmp_path):
    some = [r for r in with_sums(rows()) if r["laf_cd"] not in ("1100000", "1111000", "000000*")]
    assert [key for _, _, key in faults_of(saved(tmp_path / "x.csv", text_of(some)), data)] == ["lofin.sum_of_nothing"]


def test_all_faults_at_once_with_their_places(data, tmp_path):
    some = rows()
    some[1]["dbiz_nm"] = "줄이\n바뀐 이름"  # every later row stands one line lower
    some[2]["ep_amt"] = "1,00"
    some[4]["bdg_cash_amt"] = "38.643"
    some[6]["capep"] = "null"
    some[7]["sggep"] = "▲5"
    some[8]["fld_nm"] = ""
    some[9]["laf_cd"] = "9999999"
    some[10]["etc_amt"] = 1
    assert sorted(faults_of(saved(tmp_path / "x.csv", text_of(some)), data)) == [
        (5, "ep_amt", "amount.commas"),
        (7, "bdg_cash_amt", "amount.fraction"),
        (9, "capep", "contract.empty"),
        (10, "sggep", "amount.sign"),
        (11, "fld_nm", "contract.empty"),
        (12, "laf_cd", "lofin.unknown_code"),
        (13, "bdg_cash_amt", "lofin.funding"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("ep_amt", "", "contract.empty"),
        ("ep_amt", "N/A", "contract.empty"),
        ("ep_amt", "-", "contract.empty"),
        ("ep_amt", "12.5", "amount.fraction"),
        ("ep_amt", "1.23457E+11", "lofin.rounded"),
        ("ep_amt", "오백", "amount.cell"),
        ("ep_amt", "▲500", "amount.sign"),
        ("bdg_cash_amt", "99999999999999999999", "amount.too_large"),
        ("dbiz_cd", "3.78E+15", "contract.form"),
        ("dbiz_cd", "", "contract.empty"),
        ("dbiz_nm", "  ", "contract.empty"),
        ("acnt_dv_nm", "", "contract.empty"),
        ("fld_nm", "", "contract.empty"),
        ("fyr", "25", "lofin.year"),
        ("fyr", "2024", "lofin.two_values"),
        ("exe_ymd", "20251301", "lofin.day"),
        ("exe_ymd", "20251130", "lofin.two_values"),
        ("laf_cd", "110000", "lofin.unknown_code"),
    ],
)
def test_a_broken_cell(column, value, key, data, tmp_path):
    some = rows()
    some[8][column] = value
    assert faults_of(saved(tmp_path / "x.csv", text_of(some)), data) == [(10, column, key)]


def test_pages_that_promise_more_rows_than_came_are_refused(data, tmp_path):
    """A year of which half the pages were saved would stand there as the whole year."""
    path = saved(tmp_path / "1.json", envelope("QWGJK", rows(12), 100))
    assert faults_of(path, data) == [(None, None, "lofin.pages_missing")] and not stored_years(data)
    folder = tmp_path / "pages"
    folder.mkdir()
    saved(folder / "1.json", envelope("QWGJK", rows(12)[:8], 12))
    saved(folder / "2.json", envelope("QWGJK", rows(12)[8:], 12))
    assert import_lofin([folder], data, **DAY)


def test_shifted_and_short_rows(data, tmp_path):
    lines = text_of(rows()).splitlines()
    lines[3] += ",more"
    lines[7] = lines[7].rpartition(",")[0]
    assert faults_of(saved(tmp_path / "x.csv", "\n".join(lines) + "\n"), data) == [
        (4, None, "contract.ragged"),
        (8, None, "contract.ragged"),
    ]


def test_a_nameless_column_with_values(data, tmp_path):
    text = "\n".join(line + "," for line in text_of(rows()).splitlines())
    import_lofin([saved(tmp_path / "x.csv", text)], data)
    assert len(read_lines(data)) == 12
    shutil.rmtree(data / "raw" / "exports")
    shutil.rmtree(data / "clean")
    assert faults_of(saved(tmp_path / "y.csv", text + "x"), data) == [(13, None, "lofin.unnamed_column")]


def test_the_same_code_twice_in_one_government(data, tmp_path):
    some = rows()
    some.append(row(3, bdg_ntep=0, bdg_cash_amt=3_020_000))
    assert faults_of(saved(tmp_path / "x.csv", text_of(some)), data) == [(14, "dbiz_cd", "lofin.repeated")]


def test_columns_unknown_missing_and_double(data, tmp_path):
    some = [{"new": 1, **r} for r in rows()]
    assert faults_of(saved(tmp_path / "a.csv", text_of(some)), data) == [(1, "new", "contract.column_in_schema")]
    some = [{c: v for c, v in r.items() if c not in ("ep_amt", "fyr")} for r in rows()]
    assert faults_of(saved(tmp_path / "b.csv", text_of(some)), data) == [(1, None, "contract.column_in_dataframe")] * 2
    text = text_of(rows()).replace("cpl_amt", "ep_amt", 1)
    assert {key for _, _, key in faults_of(saved(tmp_path / "c.csv", text), data)} == {
        "lofin.column_twice",
        "contract.column_in_dataframe",
    }


def test_a_unit_in_the_header(data, tmp_path):
    text = text_of(rows()).replace("bdg_cash_amt", "예산현액(천원)", 1)
    assert faults_of(saved(tmp_path / "x.csv", text), data) == [(1, "예산현액(천원)", "lofin.unit")]


def test_a_unit_nobody_wrote_down(data, tmp_path):
    """A file in thousands without a word about it is known by its amounts; the same file in won is taken in."""
    some = [row(i, bdg_ntep=i * 7_000, bdg_cash_amt=i * 7_000 + 3_020_000) for i in range(1, 400)]
    thousands = [r | {c: r[c] // 1000 for c in ("bdg_cash_amt", "bdg_ntep", "capep", "sggep", "ep_amt")} for r in some]
    assert faults_of(saved(tmp_path / "x.csv", text_of(thousands)), data) == [(None, "bdg_cash_amt", "lofin.not_won")]
    import_lofin([saved(tmp_path / "y.csv", text_of(some))], data)
    assert len(read_lines(data)) == 399


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("x.csv", b"", "lofin.no_header"),
        ("x.csv", "가,나\n1,2\n".encode(), "lofin.no_header"),
        ("x.csv", text_of([row(0)]).splitlines()[0].encode(), "file.empty"),
        ("x.xlsx", b"PK\x03\x04 broken", "intake.file.broken"),
        ("x.csv.gz", gzip.compress(b"fyr" * 100, mtime=0)[:-9], "file.broken"),
        ("x.xls", b"<html><table><tr><td>1</td></tr></table></html>", "lofin.html_file"),
        ("x.csv", b"\xff\xff\x81 \x81," + text_of([row(0)]).encode(), "lofin.encoding"),
        ("x.json", b'{"QWGJK": [', "lofin.answer.truncated"),
        ("x.csv", text_of([row(0)]).encode().replace(b",", b"\0,"), "lofin.not_text"),
    ],
)
def test_what_is_no_file_of_lines(name, content, key, data, tmp_path):
    with pytest.raises(DataError) as error:
        import_lofin([saved(tmp_path / name, content)], data)
    keys = [f.key for f in error.value.faults] if isinstance(error.value, ContractError) else [error.value.key]
    assert keys == [key] and not stored_years(data)
    assert all(error.value.say(language) for language in ("ko", "en"))


def test_one_broken_byte_in_utf8(data, tmp_path):
    content = text_of(rows()).encode().replace("정비".encode(), b"\xec\xa0 ", 1)
    with pytest.raises(DataError) as error:
        import_lofin([saved(tmp_path / "x.csv", content)], data)
    assert error.value.key == "lofin.encoding"


def test_no_file_no_folder_no_date(data, tmp_path):
    (tmp_path / "empty").mkdir()
    for given, options, key in (
        ([tmp_path / "none.csv"], {}, "lofin.no_file"),
        ([tmp_path / "empty"], {}, "lofin.empty_folder"),
        ([], {}, "lofin.nothing_given"),
        ([workbook(tmp_path / "x.xlsx", rows())], {"year": 2025}, "lofin.no_date"),
        ([workbook(tmp_path / "x.xlsx", rows())], {"snapshot": date(2025, 12, 31)}, "lofin.no_year"),
    ):
        with pytest.raises(BudgetsError) as error:
            import_lofin(given, data, **options)
        assert error.value.key == key


def test_a_date_given_against_the_files(data, tmp_path):
    found = faults_of(saved(tmp_path / "x.csv", text_of(rows())), data, snapshot=date(2025, 6, 30))
    assert found == [(2, "exe_ymd", "lofin.two_values")]


def test_many_faults_are_counted(data, tmp_path):
    some = [row(i, ep_amt="x") for i in range(250)]
    found = faults_of(saved(tmp_path / "x.csv", text_of(some)), data)
    assert len(found) == 101 and found[-1] == (None, "ep_amt", "lofin.more")


def test_the_json_of_the_api_with_amounts_as_text(data, tmp_path):
    page = json.loads(envelope("QWGJK", rows(), 12))
    for one in page["QWGJK"][1]["row"]:
        one["ep_amt"] = str(one["ep_amt"])
    import_lofin([saved(tmp_path / "x.json", json.dumps(page))], data)
    assert read_lines(data)["paid_krw"].tolist() == [1234] * 12
