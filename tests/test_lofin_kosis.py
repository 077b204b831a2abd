"""Tables downloaded from KOSIS: residents and prices, in the shapes they come in. All numbers here are invented."""

from datetime import date

import pytest
from openpyxl import Workbook

from budgets.contract import typed, violations
from budgets.errors import ContractError, DataError
from budgets.lines import exported_denominators, import_kosis
from budgets.lines.exports import without_repeats
from budgets.schema import Denominators
from lofin_api import new_data

TODAY = date(2027, 1, 20)


@pytest.fixture
def data(tmp_path):
    return new_data(tmp_path / "data")


def taken(data, path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = import_kosis(path, data, today=TODAY)
    assert report.say("ko") != report.say("en")
    rows = exported_denominators(data)
    return report, {(r["government"], r["year"]): r["value"] for r in rows.to_dict("records")}


WIDE = """"행정구역(시군구)별","2025","2025","2025","2026","2026","2026"
"행정구역(시군구)별","총인구수 (명)","남자인구수 (명)","여자인구수 (명)","총인구수 (명)","남자인구수 (명)","여자인구수 (명)"
"전국","3,000","1,400","1,600","3,010","1,405","1,605"
"서울특별시","1,000","500","500","1,010","505","505"
"   종로구","100","50","50","101","51","50"
"   중구","90","45","45","-","-","-"
"인천광역시","800","400","400","801","400","401"
"   중구","80","40","40","81","40","41"
"   검단출장소","5","2","3","5","2","3"
"""
RESIDENTS = {
    ("national", "2025"): "3000", ("national", "2026"): "3010", ("seoul", "2025"): "1000", ("seoul", "2026"): "1010", ("seoul-jongno", "2025"): "100", ("seoul-jongno", "2026"): "101",
    ("seoul-jung", "2025"): "90", ("incheon", "2025"): "800", ("incheon", "2026"): "801", ("incheon-jung", "2025"): "80",
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("총인구수 (명)", "총인구수 (천명)", "kosis.items"), ('"1,000"', '"-1,000"', "contract.faults"), ('"1,000"', '"1.000"', "contract.faults")],
)
def test_residents_are_whole_persons(old, new, key, data, tmp_path):
    """Thousands of persons, less than none, a point for a comma: refused, nothing taken in."""
    before = exported_denominators(data)
    with pytest.raises(DataError) as caught:
        taken(data, tmp_path / "x.csv", WIDE.replace(old, new))
    assert caught.value.key == key and exported_denominators(data).equals(before)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_residents_wide(encoding, data, tmp_path):
    report, values = taken(data, tmp_path / "101_주민등록인구.csv", WIDE.encode(encoding))
    assert values == RESIDENTS
    assert report.skipped == ("중구", "검단출장소"), "인천 중구 is no government any more at the end of 2026" and "검단출장소" in report.say("ko")


def test_residents_long_with_two_label_columns(data, tmp_path):
    lines = ["시점,시도별,시군구별,항목,단위,데이터"]
    for year, plus in (("2025", 0), ("2026", 1)):
        lines += [
            f"{year},서울특별시,계,총인구수,명,{1000 + plus}",
            f"{year},서울특별시,종로구,총인구수,명,{100 + plus}",
            f"{year},경기도,광주시,총인구수,명,{70 + plus}",
            f"{year},광주광역시,계,총인구수,명,{60 + plus}",
            f"{year},서울특별시,종로구,여자인구수,명,1",
        ]
    _, values = taken(data, tmp_path / "x.csv", "\n".join(lines))
    assert values["gyeonggi-gwangju", "2026"] == "71" and values["gwangju", "2025"] == "60" and values["seoul", "2026"] == "1001"
    assert ("gwangju", "2026") not in values, "in 2026 it is no government any more"


def test_residents_by_month_count_in_december(data, tmp_path):
    text = '"행정구역(시군구)별","2026.11 월","2026.12 월"\n"행정구역(시군구)별","총인구수 (명)","총인구수 (명)"\n"서울특별시","5","6"\n'
    assert taken(data, tmp_path / "인구.csv", text)[1] == {("seoul", "2026"): "6"}


def test_residents_in_a_workbook(data, tmp_path):
    book = Workbook()
    for line in WIDE.splitlines():
        cells = [cell.strip('"') for cell in line.split('","')]
        book.active.append([int(c.replace(",", "")) if c.replace(",", "").isdecimal() and i and not c.startswith("20") else c for i, c in enumerate(cells)])
    book.save(tmp_path / "x.xlsx")
    assert taken(data, tmp_path / "y.xlsx", (tmp_path / "x.xlsx").read_bytes())[1] == RESIDENTS


def test_prices(data, tmp_path):
    text = '"시도별","2019","2020","2026"\n"시도별","소비자물가지수(2020=100)","소비자물가지수(2020=100)","소비자물가지수(2020=100)"\n"전국","99.5","100","121.25"\n"서울특별시","99.4","100","121.3"\n'
    report, values = taken(data, tmp_path / "x.csv", text)
    assert values == {("national", "2019"): "99.5", ("national", "2020"): "100", ("national", "2026"): "121.25"}
    assert report.denominator == "price_index" and len(report.skipped) == 1


def test_what_is_taken_in_keeps_the_contract_and_a_newer_table_stands_above_an_older(data, tmp_path):
    taken(data, tmp_path / "인구.csv", WIDE)
    (tmp_path / "인구.csv").write_text(WIDE.replace('"1,010"', '"1,020"'), encoding="utf-8")
    import_kosis(tmp_path / "인구.csv", data, today=date(2027, 2, 1))
    rows = exported_denominators(data)
    table, faults = typed(rows, Denominators)
    assert faults == [] and violations(table, Denominators) == []
    seoul = rows.loc[(rows["government"] == "seoul") & (rows["year"] == "2026")]
    assert seoul["value"].tolist() == ["1020"] and "2027-02-01" in seoul["source"].item()
    older = rows.assign(source="reference")
    assert without_repeats(older, rows).empty and len(without_repeats(older, rows.iloc[:3])) == len(rows) - 3
    kept = data / "raw" / "exports" / "kosis-population_20270201"
    assert (kept / "인구.csv").read_bytes() == (tmp_path / "인구.csv").read_bytes() and (kept / "receipt.toml").exists()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a,b\n1,2\n", "kosis.unknown"),
        ("지역,2025\n서울특별시,5\n", "kosis.unknown"),
        (WIDE.replace("총인구수", "남자인구수"), "kosis.items"),
        ("시도별,2015,2026\n소비자물가지수(2015=100),,\n전국,100,130\n", "kosis.base"),
        (
            "시도별,2025.11,2025.12\n시도별,소비자물가지수(2020=100),소비자물가지수(2020=100)\n전국,120,121\n",
            "kosis.monthly",
        ),
        (WIDE.replace('"1,010"', '"천십"'), "contract.number"),
        (WIDE.replace('"1,010"', '"1,01"'), "contract.number"),
        (WIDE + '"   중구","70","1","2","3","4","5"\n', "kosis.twice"),
    ],
)
def test_what_is_refused(text, key, data, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        import_kosis(path, data, today=TODAY)
    keys = {f.key for f in error.value.faults} if isinstance(error.value, ContractError) else {error.value.key}
    assert keys == {key} and exported_denominators(data).empty and not (data / "raw" / "exports").exists()
    assert all(error.value.say(language) for language in ("ko", "en"))
