"""What somebody might hand us to do harm, for every entrance: made here, small, and by nobody else.

A case makes its files in a folder (where ``data`` is a small sound data folder) and gives the command that takes them
in. *outcome*: ``refused`` (exit code 1 or 2, a message that says why) or ``harmless`` (exit code 0, or 1 with faults
and notes; nothing of it runs, spreads or lasts).
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lofin_api import envelope, row
from test_lofin_files import text_of
from workspace import Workspace

REFUSED, HARMLESS = "refused", "harmless"
MILLION = 1_000_000


@dataclass(frozen=True)
class Case:
    """One attack. *make* returns the arguments of ``budgets`` (or, with *program*, of Python). *said*: what the Korean
    message must hold. *heavy* ones take seconds or hundreds of megabytes and run in a process of their own."""

    entrance: str
    attack: str
    outcome: str
    make: Callable[[Path], list[str]]
    said: str = ""
    heavy: bool = False
    program: bool = False

    @property
    def name(self) -> str:
        return f"{self.entrance}: {self.attack}"


CASES: list[Case] = []


def case(
    entrance: str, attack: str, outcome: str, said: str = "", *, heavy: bool = False, program: bool = False
) -> Callable[[Callable[[Path], list[str]]], None]:
    def take(make: Callable[[Path], list[str]]) -> None:
        CASES.append(Case(entrance, attack, outcome, make, said, heavy, program))

    return take


def house(folder: Path) -> Workspace:
    return Workspace(folder / "data")


def data(folder: Path) -> list[str]:
    return ["--data", str(folder / "data")]


def file(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return str(path)


# ---- transcripts and other tables kept by hand ----

AMOUNT_ROW = "seoul-ai-hub-rnd-2020-approved-metro"
CELLS: list[tuple[str, str, str, str, str]] = [
    ("NUL in a note", "note", "끝\0뒤", REFUSED, "U+0000"),
    ("direction turned around (bidi)", "note", "가\u202e나", REFUSED, "U+202E"),
    ("invisible characters in a name", "programme_as_printed", "AI\u200b 허브", REFUSED, "U+200B"),
    ("Cyrillic letters in an identifier", "programme_id", "sеoul-ai-hub-rnd", REFUSED, "키릴"),
    ("Greek letters in a name", "programme_as_printed", "ΑΙ 허브", REFUSED, "그리스"),
    ("full-width identifier", "figure_id", "ｓｅｏｕｌ-ai", REFUSED, "형식이 맞지 않습니다"),
    ("full-width amount", "as_printed", "４０억 원", HARMLESS, ""),
    ("path in an identifier", "figure_id", "../../../etc/passwd", REFUSED, "형식이 맞지 않습니다"),
    ("path in a source", "source_id", "../../sources", REFUSED, "없는 식별자"),
    ("formula in a note", "note", '=HYPERLINK("http://x.example/","열기")', REFUSED, "수식"),
    ("DDE in a name", "programme_as_printed", "=cmd|' /C calc'!A0", REFUSED, "수식"),
    ("<script> in a name", "programme_as_printed", "<script>window.ran=1</script>", HARMLESS, ""),
    ("amount beyond 2^63", "as_printed", "9999경 원", REFUSED, "press/seoul.csv"),
    ("amount of 10,000 digits", "as_printed", "9" * 10_000 + "원", REFUSED, "깁니다"),
    ("amount ‘1,1,1,…’", "as_printed", "1," * 10_000, REFUSED, "깁니다"),
    ("amount ‘여여여…’", "as_printed", "3억" + "여" * 100 + " 원", REFUSED, ""),
    ("parentheses 10,000 deep", "as_printed", "(" * 10_000 + "3억" + ")" * 10_000, REFUSED, "깁니다"),
    ("contradictory hedges", "as_printed", "3억 미만 이상", REFUSED, "맞서는 말"),
    ("the year 9999", "period_end", "9999-12-31", REFUSED, "1900~2199"),
    ("ISO week date", "period_start", "2020-W01-1", REFUSED, "2025-12-31처럼"),
]
for _attack, _column, _value, _outcome, _said in CELLS:

    def _cell(folder: Path, column: str = _column, value: str = _value) -> list[str]:
        workspace = house(folder)
        workspace.set("press/seoul.csv", workspace.line("press/seoul.csv", AMOUNT_ROW), column, value)
        return ["build", *data(folder)]

    case("transcripts", _attack, _outcome, _said)(_cell)


@case("transcripts", "javascript: address of a source", REFUSED, "http:// 나 https://")
def _(folder: Path) -> list[str]:
    house(folder).set("press/sources.csv", 2, "url", "javascript:alert(1)")
    return ["build", *data(folder)]


@case("transcripts", "quote that never closes", REFUSED, "press/seoul.csv")
def _(folder: Path) -> list[str]:
    path = house(folder).path("press/seoul.csv")
    path.write_bytes(path.read_bytes() + b'"' + b"a,b\n" * 1000)
    return ["build", *data(folder)]


@case("transcripts", "10^6 empty rows", HARMLESS, heavy=True)
def _(folder: Path) -> list[str]:
    path = house(folder).path("press/seoul.csv")
    path.write_bytes(path.read_bytes() + b"\n" * MILLION)
    return ["build", *data(folder)]


@case("transcripts", "cell of 100 MB", REFUSED, "press/seoul.csv", heavy=True)
def _(folder: Path) -> list[str]:
    path = house(folder).path("press/seoul.csv")
    path.write_bytes(path.read_bytes() + b'"' + b"a" * (100 * MILLION) + b'"\n')
    return ["build", *data(folder)]


@case("transcripts", "name of a file with a path in it", REFUSED, "옮기세요")
def _(folder: Path) -> list[str]:
    path = house(folder).path("press/seoul.csv")
    path.rename(path.with_name("..%2f..%2fseoul.csv"))
    return ["build", *data(folder)]


@case("reference", "number beyond 2^63", REFUSED, "숫자만")
def _(folder: Path) -> list[str]:
    workspace = house(folder)
    workspace.set("reference/population.csv", workspace.line("reference/population.csv", "seoul"), "value", "9" * 30)
    return ["build", *data(folder)]


@case("reference", "infinity by exponent", REFUSED, "숫자만")
def _(folder: Path) -> list[str]:
    workspace = house(folder)
    workspace.set("reference/population.csv", workspace.line("reference/population.csv", "seoul"), "value", "1e999")
    return ["build", *data(folder)]


# ---- rulings ----


@case("rulings", "broken table of AI terms", REFUSED, "rulings/ai_terms.csv")
def _(folder: Path) -> list[str]:
    file(folder, "data/rulings/ai_terms.csv", "kind,id\nterm,(((\n")
    return ["build", *data(folder)]


@case("rulings", "the same, by verify", REFUSED, "rulings/ai_terms.csv")
def _(folder: Path) -> list[str]:
    file(folder, "data/rulings/ai_terms.csv", b"\xff\xfe\x00")
    return ["verify", *data(folder)]


@case("rulings", "pattern that backtracks without end", REFUSED, "rulings/ai_terms.csv")
def _(folder: Path) -> list[str]:
    from budgets.rulings.terms import CHECKOUT_TERMS, COLUMNS

    given = {"kind": "context", "id": "trap", "pattern": "(AI+)+$", "example": "AI", "reason": "함정", "decided_on": "2026-11-21"}
    line = ",".join(given.get(column, "") for column in COLUMNS)
    file(folder, "data/rulings/ai_terms.csv", CHECKOUT_TERMS.read_text(encoding="utf-8") + line + "\n")
    return ["build", *data(folder)]


@case("rulings", "two canonical rows", REFUSED, "대표 행을 둘로")
def _(folder: Path) -> list[str]:
    workspace = house(folder)
    same = workspace.rows("rulings/figures.csv")[2]
    workspace.add("rulings/figures.csv", figure_id=same[0], ruling="same_as", other_figure_id=AMOUNT_ROW, reason="되풀이", decided_on="2026-11-21")
    return ["build", *data(folder)]


@case("rulings", "programmes nested in a circle of 2,000", REFUSED, "제자리로", heavy=True)
def _(folder: Path) -> list[str]:
    workspace = house(folder)
    programmes, rulings = workspace.rows("press/programmes.csv"), workspace.rows("rulings/programmes.csv")
    names = [f"seoul-circle-{n}" for n in range(2000)]
    at = {file: {column: n for n, column in enumerate(rows[0])} for file, rows in (("p", programmes), ("r", rulings))}
    for name, parent in zip(names, [*names[1:], names[0]], strict=True):
        one, two = programmes[1].copy(), rulings[1].copy()
        one[at["p"]["programme_id"]], one[at["p"]["government"]] = name, "seoul"
        two[at["r"]["programme_id"]], two[at["r"]["parent"]] = name, parent
        programmes.append(one)
        rulings.append(two)
    workspace.write("press/programmes.csv", programmes)
    workspace.write("rulings/programmes.csv", rulings)
    return ["build", *data(folder)]


# ---- workbooks ----

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
BOOK_RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
BOOK = '<?xml version="1.0"?>{dtd}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
SHEET = '<?xml version="1.0"?>{dtd}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "하하하하하하하하하하">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def cells(*rows: list[str]) -> str:
    """Rows of texts (and, for what begins with ``=``, of formulas)."""

    def one(at: str, value: str) -> str:
        if value.startswith("="):
            return f'<c r="{at}"><f>{value[1:]}</f><v>1</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'

    return "".join(f'<row r="{n}">' + "".join(one(f"{chr(65 + c)}{n}", value) for c, value in enumerate(row)) + "</row>" for n, row in enumerate(rows, 1))


TABLE = cells(
    ["(단위: 백만원)", "", ""], ["사업명", "2025 본예산", "2026 예산안"], ["AI 허브", "1200", "1300"], ["AI 교육", "100", "200"], ["AI 의료", "10", "20"]
)


def xlsx(rows: str = TABLE, *, dtd: str = "", book_dtd: str = "", name: str = "예산", extra: dict[str, bytes] | None = None, level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("xl/workbook.xml", BOOK.format(name=name, dtd=book_dtd))
        archive.writestr("xl/_rels/workbook.xml.rels", BOOK_RELS)
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows=rows, dtd=dtd))
        for part, content in (extra or {}).items():
            archive.writestr(part, content)
    return out.getvalue()


BOOKS: list[tuple[str, str, str, Callable[[], bytes], bool]] = [
    ("zip bomb (a part of 300 MB)", REFUSED, "압축", lambda: xlsx(extra={"xl/media/x.xml": b" " * (300 * MILLION)}), True),
    ("zip bomb in the sheet itself", REFUSED, "압축", lambda: xlsx(" " * (200 * MILLION)), True),
    ("billion laughs", REFUSED, "DOCTYPE", lambda: xlsx(cells(["&i;"]), dtd=LAUGHS), False),
    ("billion laughs in the list of sheets", REFUSED, "DOCTYPE", lambda: xlsx(name="&i;", book_dtd=LAUGHS), False),
    ("external entity", REFUSED, "DOCTYPE", lambda: xlsx(cells(["&a;"]), dtd=OUTSIDE), False),
    ("macros", HARMLESS, "", lambda: xlsx(extra={"xl/vbaProject.bin": b"\xcc\x61"}), False),
    ("links to other workbooks", HARMLESS, "", lambda: xlsx(extra={"xl/externalLinks/externalLink1.xml": b"<x/>"}), False),
    (
        "formulas that run programs",
        HARMLESS,
        "",
        lambda: xlsx(cells(["(단위: 백만원)"], ["사업명", "2025 본예산"], ["=cmd|'/C calc'!A0", "=WEBSERVICE(&quot;http://x.example&quot;)"])),
        False,
    ),
    ("10^6 rows of nothing", REFUSED, "", lambda: xlsx(cells(["사업명", "2025 본예산"]) + "".join(f'<row r="{n}"/>' for n in range(2, MILLION))), True),
    ("one cell in the last row and column", REFUSED, "", lambda: xlsx(cells(["사업명"]) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), True),
    ("cell of 100 MB", REFUSED, "", lambda: xlsx(cells(["a" * (100 * MILLION)])), True),
    ("elements 100,000 deep", REFUSED, "", lambda: xlsx("<row>" * 100_000 + "</row>" * 100_000), True),
    ("paths as names of parts", HARMLESS, "", lambda: xlsx(extra={"../escaped": b"x", "../../escaped": b"x", "/escaped": b"x"}), False),
    ("<script> and a path as the name of a sheet", HARMLESS, "", lambda: xlsx(name="../&lt;script&gt;"), False),
    ("damaged archive", REFUSED, "", lambda: xlsx()[:-200], False),
    ("numbers beyond 2^63", HARMLESS, "", lambda: xlsx(TABLE.replace("1200", "9" * 40)), False),
]
for _attack, _outcome, _said, _content, _heavy in BOOKS:

    def _book(folder: Path, content: Callable[[], bytes] = _content) -> list[str]:
        return ["check", file(folder, "table.xlsx", content()), *data(folder), "--painted", str(folder / "painted.xlsx")]

    case("workbooks", _attack, _outcome, _said, heavy=_heavy)(_book)


@case("workbooks", "10^6 nested tags, saved as .xls", REFUSED, heavy=True)
def _(folder: Path) -> list[str]:
    return ["check", file(folder, "table.xls", "<table>" + "<tr><td>" * MILLION), *data(folder)]


@case("workbooks", "a cell over 10^9 rows", HARMLESS)
def _(folder: Path) -> list[str]:
    rows = "<tr><td>사업명</td><td>2025 본예산(백만원)</td></tr><tr><td rowspan=999999999 colspan=999999999>AI</td><td>1</td></tr>"
    return ["check", file(folder, "table.html", f"<table>{rows}</table>"), *data(folder)]


@case("workbooks", "mapping file 10,000 brackets deep", REFUSED, "map.toml")
def _(folder: Path) -> list[str]:
    return ["check", file(folder, "table.xlsx", xlsx()), "--mapping", file(folder, "map.toml", "a = " + "[" * 10_000), *data(folder)]


@case("workbooks", "path as the mapping's source", HARMLESS)
def _(folder: Path) -> list[str]:
    mapping = 'government = "../../etc"\nsource_id = "../../../passwd"\n'
    return ["check", file(folder, "table.xlsx", xlsx()), "--mapping", file(folder, "map.toml", mapping), *data(folder)]


# ---- CSV ----

LINES = text_of([row(n) for n in range(5)])
CSVS: list[tuple[str, str, str, Callable[[], bytes], bool]] = [
    ("NUL bytes", REFUSED, "lines.csv", lambda: LINES.replace("마을", "마\0을").encode(), False),
    ("quote that never closes", REFUSED, "lines.csv", lambda: (LINES + '"').encode() + b"a,b\n" * 1000, False),
    ("cell of 100 MB", REFUSED, "lines.csv", lambda: LINES.encode() + b'"' + b"a" * (100 * MILLION) + b'"\n', True),
    ("10^6 empty rows", HARMLESS, "", lambda: LINES.encode() + b"\n" * MILLION, True),
    ("10^6 columns", REFUSED, "lines.csv", lambda: b"a," * MILLION + b"\n" + b"1," * MILLION, True),
    ("number beyond 2^63", REFUSED, "lines.csv", lambda: LINES.replace(",1234,", "," + "9" * 30 + ",").encode(), False),
    ("formula in a name", HARMLESS, "", lambda: LINES.replace("마을", "=1+1 마을").encode(), False),
    ("gzip bomb", REFUSED, "lines.csv", lambda: gzip.compress(b"0" * (1000 * MILLION), 9), True),
    ("damaged gzip", REFUSED, "lines.csv", lambda: gzip.compress(LINES.encode())[:-9], False),
    ("random bytes", REFUSED, "lines.csv", lambda: bytes(range(256)) * 100, False),
]
for _attack, _outcome, _said, _content, _heavy in CSVS:

    def _lines(folder: Path, content: Callable[[], bytes] = _content) -> list[str]:
        return ["import", "lofin", file(folder, "lines.csv", content()), *data(folder)]

    case("CSV", _attack, _outcome, _said, heavy=_heavy)(_lines)


@case("CSV", "KOSIS table with a cell of 100 MB", REFUSED, heavy=True)
def _(folder: Path) -> list[str]:
    return ["import", "kosis", file(folder, "인구.csv", b'"' + b"1" * (100 * MILLION) + b'"'), *data(folder)]


@case("CSV", "KOSIS zip bomb", REFUSED, "압축", heavy=True)
def _(folder: Path) -> list[str]:
    return ["import", "kosis", file(folder, "인구.xlsx", xlsx(" " * (200 * MILLION))), *data(folder)]


@case("CSV", "workbook of lines that is a zip bomb", REFUSED, "압축", heavy=True)
def _(folder: Path) -> list[str]:
    return ["import", "lofin", file(folder, "lines.xlsx", xlsx(" " * (200 * MILLION))), *data(folder)]


@case("CSV", "table to check: formulas and NUL", HARMLESS)
def _(folder: Path) -> list[str]:
    table = "사업명,2025 본예산(백만원)\n=cmd|' /C calc'!A0,1\n+1+1,2\n@SUM(A1),3\n"
    return ["check", file(folder, "table.csv", table), "--painted", str(folder / "painted.xlsx"), *data(folder)]


# ---- JSON pages ----

GOOD = json.loads(envelope("QWGJK", [row(n) for n in range(3)], 3))


def _changed(column: str, value: object) -> bytes:
    return envelope("QWGJK", [row(0), {**row(1), column: value}], 2)


PAGES: list[tuple[str, str, str, Callable[[], bytes], bool]] = [
    ("nested 100,000 deep", REFUSED, "", lambda: b'{"QWGJK":' + b"[" * 100_000, False),
    ("a number of 10,000 digits", REFUSED, "", lambda: _changed("bdg_cash_amt", 0).replace(b'"bdg_cash_amt": 0', b'"bdg_cash_amt": ' + b"9" * 10_000), False),
    ("number beyond 2^63", REFUSED, "", lambda: _changed("bdg_cash_amt", 2**70), False),
    ("NaN and Infinity", REFUSED, "", lambda: _changed("bdg_cash_amt", float("nan")), False),
    ("rows that are no rows", REFUSED, "", lambda: json.dumps({"QWGJK": [{"head": 5}, {"row": 7}]}).encode(), False),
    ("columns nobody knows, with paths", REFUSED, "", lambda: _changed("../../x", 1), False),
    ("NUL and direction marks in a name", REFUSED, "", lambda: _changed("dbiz_nm", "인공\0지능 \u202e"), False),
    ("text of 100 MB", REFUSED, "", lambda: _changed("dbiz_nm", "a" * (100 * MILLION)), True),
    ("list within a cell", REFUSED, "", lambda: _changed("dbiz_nm", [[["x"]]]), False),
]
for _attack, _outcome, _said, _content, _heavy in PAGES:

    def _page(folder: Path, content: Callable[[], bytes] = _content) -> list[str]:
        file(folder, "pages/nation-00001.json", content())
        return ["import", "lofin", str(folder / "pages"), *data(folder)]

    case("JSON pages", _attack, _outcome, _said, heavy=_heavy)(_page)


# ---- editions and parameters ----

EDITION = "[edition.{name}]\ntitle_ko = '판'\n[[edition.{name}.report]]\nnotebook = '{notebook}'\nname = '{report}'\n{more}\n"
READ_EDITIONS = """
import sys
from budgets.clean import load
from budgets.errors import BudgetsError
from budgets.reports.editions import read_editions
from pathlib import Path
try:
    print(sum(len(one.reports) for one in read_editions(Path(sys.argv[1]), load(sys.argv[2]))))
except BudgetsError as error:
    print(error.say(sys.argv[3] if len(sys.argv) > 3 else "ko"), file=sys.stderr)
    sys.exit(error.exit_code)
"""
EDITIONS: list[tuple[str, str, dict[str, str]]] = [
    ("path as the name of an edition", "영문 소문자", {"name": "'../../escaped'"}),
    ("path as the name of a report", "영문 소문자", {"report": "../../escaped"}),
    ("path as a notebook", "노트북", {"notebook": "../../escaped"}),
    ("attributes in the name of a report", "영문 소문자", {"report": "{language.__class__}"}),
    ("a name of 10^9 blanks", "영문 소문자", {"report": "{language:>1000000000}"}),
    ("10^10 combinations", "matrix", {"more": "matrix = {" + ", ".join(f"p{n} = [1,2,3,4,5,6,7,8,9,10]" for n in range(10)) + "}"}),
    ("unknown parameter with a path", "../../x", {"more": "parameters = {'../../x' = 1}"}),
    ("a government that is a path", "../../etc", {"more": "parameters = {governments = ['../../etc']}"}),
    ("a government in Cyrillic letters", "seoul", {"more": "parameters = {governments = ['sеoul']}"}),
    ("a year beyond 2^63", "", {"notebook": "follow_targets", "more": f"parameters = {{fiscal_year = {10**17}}}"}),
    ("the year 9999", "", {"notebook": "follow_targets", "more": "parameters = {fiscal_year = 9999}"}),
    ("<script> as a language", "", {"more": "parameters = {language = '<script>'}"}),
    ("a limit of minus one second", "", {"more": "seconds = -1"}),
    ("nested 10,000 deep", "", {"more": "parameters = {governments = " + "[" * 10_000}),
]
for _attack, _said, _changes in EDITIONS:

    def _edition(folder: Path, changes: dict[str, str] = _changes) -> list[str]:
        given = {"name": "small", "notebook": "check_coverage", "report": "one", "more": ""} | changes
        return ["-c", READ_EDITIONS, file(folder, "editions.toml", EDITION.format(**given)), str(folder / "data")]

    case("editions", _attack, REFUSED, _said, program=True)(_edition)


ARGUMENTS: list[tuple[str, list[str], str]] = [
    ("edition that is a path", ["render", "../../etc"], "../../etc"),
    ("year 99999", ["fetch", "lofin", "--year", "99999"], ""),
    ("day in the year 9999", ["fetch", "lofin", "--year", "2025", "--date", "99991231"], ""),
    ("government that is a path", ["fetch", "lofin", "--year", "2025", "--government", "../../etc"], "../../etc"),
    ("file that is not there", ["classify", "/nonexistent"], "/nonexistent"),
    ("file of proposals that is no workbook", ["read", "-", "--out", "x.txt"], ".xlsx"),
    ("day that is none", ["read", "-", "--published", "2026-W01-1"], "2026-W01-1"),
]
for _attack, _arguments, _said in ARGUMENTS:

    def _argument(folder: Path, arguments: list[str] = _arguments) -> list[str]:
        return [*arguments, *(data(folder) if arguments[0] != "read" else [])]

    case("parameters", _attack, REFUSED, _said)(_argument)


# ---- names ----

NAMES: list[tuple[str, str, bool]] = [
    ("look-alike letters, full-width, direction marks", "АІ 기반 허브\nＡＩ 기반 허브\nA\u202eI 기반 허브\nA\u200bI 기반 허브\n", False),
    ("NUL, tabs, formulas", "인공\0지능\n인공\t지능\n=1+1\n@SUM(A1)\n", False),
    ("a name of 10^6 letters", "AI" * 500_000 + "\n", True),
    ("‘AI AI AI …’ 10^5 times", "AI " * 100_000 + "기반\n", True),
    ("10^5 names", "AI 기반 교육\n" * 100_000, True),
    ("parentheses 10,000 deep", "(" * 10_000 + "AI" + ")" * 10_000 + "\n", False),
    ("10^5 marks on one letter", "A" + "\u0301" * 100_000 + "I\n", True),
    ("bytes that are no UTF-8", "", False),
]
for _attack, _text, _heavy in NAMES:

    def _name(folder: Path, text: str = _text) -> list[str]:
        content = text.encode("utf-8") if text else b"\xff\xfe\xfa AI\n"
        return ["classify", file(folder, "names.txt", content)]

    case("names", _attack, HARMLESS if _text else REFUSED, heavy=_heavy)(_name)


# ---- articles ----


def docx(document: str, extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", TYPES.replace("/xl/workbook.xml", "/word/document.xml").replace("spreadsheetml.sheet.main", "wordprocessingml.document.main")
        )
        archive.writestr("_rels/.rels", RELS.replace("xl/workbook.xml", "word/document.xml"))
        archive.writestr("word/document.xml", document)
        for part, content in (extra or {}).items():
            archive.writestr(part, content)
    return out.getvalue()


WORD = '<?xml version="1.0"?>{dtd}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
NEWS = "인천시는 2026년 1월 5일 인공지능 사업에 올해 예산 40억 원을 투입한다고 밝혔다.\n"


def pdf(stream: bytes) -> bytes:
    """One page whose content is a packed stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(out)


def _zlib(content: bytes) -> bytes:
    import zlib

    return zlib.compress(content, 9)


ARTICLES: list[tuple[str, str, str, Callable[[], bytes | str], bool]] = [
    (
        "<script> and javascript: in a page",
        HARMLESS,
        "a.html",
        lambda: f"<html><body><script>window.ran=1</script><p>{NEWS}</p><a href='javascript:window.ran=2'>x</a></body></html>",
        False,
    ),
    ("tags 100,000 deep", REFUSED, "a.html", lambda: "<html><body>" + "<div><p>" * 100_000 + NEWS, False),
    ("text of 100 MB", REFUSED, "a.txt", lambda: "가" * (34 * MILLION), True),
    ("text of 10^6 letters", REFUSED, "a.txt", lambda: NEWS * (MILLION // len(NEWS) + 1), True),
    ("‘1,1,1,…’ 10,000 times", REFUSED, "a.txt", lambda: NEWS + "1," * 10_000, True),
    ("‘(((…’ 9,000 deep", HARMLESS, "a.txt", lambda: NEWS + "(" * 9_000, True),
    ("‘여여여…’ 10,000 times", REFUSED, "a.txt", lambda: NEWS + "3억" + "여" * 10_000 + " 원", True),
    ("10,000 amounts in one sentence", REFUSED, "a.txt", lambda: NEWS + "40억 원과 " * 10_000, True),
    ("1,500 amounts in one paragraph", HARMLESS, "a.txt", lambda: NEWS + "40억 원과 " * 1_500, True),
    ("‘여여여…’ 5,000 times", HARMLESS, "a.txt", lambda: NEWS + "3억" + "여" * 5_000 + " 원", True),
    ("‘1,1,1,…’ 4,000 times", HARMLESS, "a.txt", lambda: NEWS + "1," * 4_000, True),
    ("4,000 sentences with an amount", HARMLESS, "a.txt", lambda: NEWS * 4_000, True),
    ("NUL bytes", REFUSED, "a.txt", lambda: NEWS + "\0", False),
    ("direction marks around an amount", HARMLESS, "a.txt", lambda: NEWS.replace("40억", "\u202e40\u202c억"), False),
    (
        "billion laughs in a document",
        REFUSED,
        "a.docx",
        lambda: docx(WORD.format(dtd=LAUGHS.replace("<!DOCTYPE x", "<!DOCTYPE w:document"), text="&i;")),
        False,
    ),
    (
        "external entity in a document",
        REFUSED,
        "a.docx",
        lambda: docx(WORD.format(dtd=OUTSIDE.replace("<!DOCTYPE x", "<!DOCTYPE w:document"), text="&a;")),
        False,
    ),
    ("zip bomb as a document", REFUSED, "a.docx", lambda: docx(WORD.format(dtd="", text=" " * (200 * MILLION))), True),
    ("PDF that unpacks to 1 GB", REFUSED, "a.pdf", lambda: pdf(_zlib(b" " * (1000 * MILLION))), True),
    ("damaged PDF", REFUSED, "a.pdf", lambda: pdf(b"nothing")[:150], False),
    ("a picture", REFUSED, "a.txt", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", False),
    ("the year 9999 and numbers without end", HARMLESS, "a.txt", lambda: NEWS + "9999년 12월 31일까지 " + "9" * 500 + "억 원을 투입한다.\n", False),
    ("formulas", HARMLESS, "a.txt", lambda: "=cmd|' /C calc'!A0\n" + NEWS, False),
]
for _attack, _outcome, _name_of, _text_of, _heavy in ARTICLES:

    def _article(folder: Path, name: str = _name_of, content: Callable[[], bytes | str] = _text_of) -> list[str]:
        return ["read", file(folder, name, content()), "--page", str(folder / "page.html"), "--out", str(folder / "proposed.xlsx")]

    case("articles", _attack, _outcome, heavy=_heavy)(_article)
