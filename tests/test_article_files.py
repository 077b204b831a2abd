"""Articles as files: what a person sees is read, at its column; what was deleted or hidden is not; damage is said."""

import hashlib
import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from pypdf import PdfWriter

from budgets.checkout import default_data
from budgets.errors import DataError
from budgets.reader.desk import read_file
from budgets.sources.articles import article_text, read_article
from budgets.verification import stands_at
from test_reader import pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = ["사업명", "총액", "국비", "시비"]


def saved(document: Word) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def lines(document: Word) -> list[str]:
    return [line for line in article_text(saved(document), "a.docx").split("\n") if line]


def table(document: Word, *rows: list[str]) -> Word:
    grid = document.add_table(len(rows), len(rows[0]))
    for n, row in enumerate(rows):
        for m, text in enumerate(row):
            grid.cell(n, m).text = text
    return document


def paragraph(*pieces: str) -> Word:
    """A document of one paragraph of XML pieces."""
    document = Document()
    element = document.add_paragraph()._p
    for piece in pieces:
        element.append(parse_xml(piece))
    return document


def page(body: str, head: str = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>") -> list[str]:
    return article_text((head + body).encode(), "a").split("\n")


# ---- columns ----


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (["등대", "60", "30", "30"], "등대 | 60 | 30 | 30"),
        (["등대", "60", "", "60"], "등대 | 60 | | 60"),
        (["등대", "60", "60", ""], "등대 | 60 | 60 | -"),
        (["등대", "60", "", ""], "등대 | 60 | - | -"),
        (["", "", "", ""], ""),
    ],
)
def test_equal_and_empty_cells_of_a_word_table_keep_their_columns(row: list[str], text: str) -> None:
    assert lines(table(Document(), HEAD, row)) == [" | ".join(HEAD), *([text] if text else [])]


def test_figures_of_a_word_table_stand_under_their_heads(tmp_path: Path) -> None:
    document = Document()
    for text in ("입력 2026-03-05", "인천시는 올해 AI 사업 예산을 편성했다. (단위: 억원)"):
        document.add_paragraph(text)
    (tmp_path / "a.docx").write_bytes(saved(table(document, HEAD, ["AI 등대 사업", "60", "30", "30"], ["AI 나루 사업", "80", "80", ""])))
    _, reading = read_file(tmp_path / "a.docx", default_data())
    assert [(p.as_printed, p.value("funding")) for p in reading.proposals if p.kind == "budget"] == [
        ("60억원", "mixed"), ("30억원", "national"), ("30억원", "provincial"), ("80억원", "national"), ("80억원", "national"),
    ]  # fmt: skip


def test_merged_cells_of_a_word_table_occupy_their_columns() -> None:
    document = table(Document(), ["", "", "", ""], HEAD, ["나루", "80", "30", "50"], ["", "81", "", "31"])
    grid = document.tables[0]
    grid.cell(0, 0).merge(grid.cell(0, 3)).text = "□ 거점 분야"
    grid.cell(2, 0).merge(grid.cell(3, 0)).text = "나루"
    grid.cell(2, 2).merge(grid.cell(3, 2)).text = "30"
    assert lines(document) == ["□ 거점 분야", "사업명 | 총액 | 국비 | 시비", "나루 | 80 | 30 | 50", "나루 | 81 | | 31"]


ROWS = ["사업명 | 예산액 | - | -", "사업명 | 계 | 국비 | 시비", "등대 | 60 | 30 | 30", "나루 | 80 | 30 | 50", "나루 | 81 | | 50"]


@pytest.mark.parametrize("closed", [True, False])
def test_cells_of_a_page_keep_their_columns_with_and_without_end_tags(closed: bool) -> None:
    rows = "<tr><th rowspan=2>사업명</th><th colspan=3>예산액</th></tr><tr><th>계</th><th>국비</th><th>시비</th></tr><tr><td>등대</td><td>60</td><td>30</td><td>30</td></tr><tr><td rowspan=2>나루</td><td><p>80</p></td><td rowspan=2>30</td><td>50</td></tr><tr><td>81</td><td>50</td></tr>"
    for tag in () if closed else ("</td>", "</th>", "</tr>"):
        rows = rows.replace(tag, "")
    assert page(f"<p>앞</p><table>{rows}</table><p>뒤</p>") == ["앞", *ROWS, "뒤"]


def test_a_long_table_without_end_tags_is_not_deep() -> None:
    assert page("<table>" + "<tr><td>등대<td>60" * 2000 + "</table>") == ["등대 | 60"] * 2000


def test_a_table_that_lays_out_a_page_is_a_page() -> None:
    inner = "<table><tr><td>등대<td>60</table>"
    assert page(f"<table><tr><td><p>첫 문단이다.</p><p>둘째 문단이다.</p>{inner}</td><td>옆</td></tr></table>") == [
        "첫 문단이다.",
        "둘째 문단이다.",
        "등대 | 60",
        "옆",
    ]


def test_a_span_without_end_is_bounded() -> None:
    assert len(page("<table>" + "<tr><td rowspan=9999 colspan=9999>등대<td>60" * 5 + "</table>")) == 5


# ---- what nobody sees ----


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200c", "\u200d", "\u200e"])
def test_signs_that_nobody_sees_change_no_figure(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"입력 2026-03-05\n인천시는 올해 AI 사업에 3{sign}0억 원, AI 거점에 4{sign}0{sign}억{sign} 원을 편성했다.", encoding="utf-8")
    _, reading = read_file(path, default_data())
    assert [(p.as_printed, p.token.amount.printed) for p in reading.proposals if p.token] == [("30억 원", 3_000_000_000), ("40억 원", 4_000_000_000)]
    assert stands_at(article_text(path.read_bytes(), path.name).split("\n"), "30억 원", 2, 2)  # as `verify --texts` looks
    assert read_article(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def run(text: str, format_: str = "") -> str:
    return f'<w:r {W}><w:rPr>{format_}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        (f'<w:del {W} w:id="1"><w:r><w:delText>40억 원</w:delText></w:r></w:del>', ""),
        (f'<w:del {W} w:id="1">{run("40억 원")}</w:del>', ""),
        (f'<w:moveFrom {W} w:id="1">{run("40억 원")}</w:moveFrom>', ""),
        (run("40억 원", "<w:strike/>"), ""),
        (run("40억 원", "<w:dstrike/>"), ""),
        (run("40억 원", "<w:vanish/>"), ""),
        (run("40억 원", '<w:strike w:val="0"/>'), "40억 원"),
        (f'<w:ins {W} w:id="1">{run("40억 원")}</w:ins>', "40억 원"),
        (f"<w:sdt {W}><w:sdtContent>{run('40억 원')}</w:sdtContent></w:sdt>", "40억 원"),
        (f'<w:fldSimple {W} w:instr="X">{run("40억 원")}</w:fldSimple>', "40억 원"),
    ],
)
def test_changes_of_a_word_document_are_read_as_accepted(piece: str, text: str) -> None:
    assert lines(paragraph(run("시비 "), piece, run("을 편성"))) == [f"시비 {text}을 편성"]


def test_a_style_strikes_out_too() -> None:
    document = Document()
    style = document.styles.add_style("gone", 2)
    style.font.strike = True
    document.add_paragraph("시비 ").add_run("40억 원", style="gone")
    assert lines(document) == ["시비 "]


def test_what_stands_in_a_frame_of_a_word_document_is_read() -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:sdt {W}><w:sdtContent><w:p>{run('첫 문단')}</w:p></w:sdtContent></w:sdt>"))
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "밖"
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "안", "12억 원"
    box = f"<w:pict><w:txbxContent><w:p>{run('상자 속')}</w:p></w:txbxContent></w:pict>"
    document.add_paragraph()._p.append(parse_xml(f"<w:r {W}>{box}</w:r>"))
    assert lines(document) == ["첫 문단", "밖", "안 | 12억 원", "상자 속"]


@pytest.mark.parametrize(
    "gone",
    [
        "<del>{}</del>",
        "<s>{}</s>",
        "<strike>{}</strike>",
        "<span hidden>{}</span>",
        '<span style="display: none">{}</span>',
        "<span style='color:red;visibility:hidden'>{}</span>",
        '<span style="text-decoration: line-through">{}</span>',
    ],
)
def test_what_a_page_hides_or_strikes_out_is_not_read(gone: str) -> None:
    assert page(f"<p>시비 {gone.format('40억 원')}70억 원</p>") == ["시비 70억 원"]


@pytest.mark.parametrize(
    "head", ['<?xml version="1.0" encoding="UTF-8"?>\n<html><body>', "<article>", "<div class=a>", "<p>", "<!-- saved -->\n<!DOCTYPE html>"]
)
def test_fragments_and_xhtml_are_pages(head: str) -> None:
    assert page("<b>40</b>억 원<br>끝", head) == ["40억 원", "끝"]


@pytest.mark.parametrize("text", ["<표 1> 예산", "<앵커> 인천시는", "3 < 4 <p>"])
def test_a_text_with_a_sign_is_no_page(text: str) -> None:
    assert page(text, "") == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("declared", ["utf-8", "euc-kr", "iso-8859-1", "utf-16", "x-windows-949"])
def test_a_page_that_declares_a_wrong_encoding_is_read(declared: str, encoding: str) -> None:
    markup = f"<html><head><meta charset={declared}></head><body><p>똠방각하 40억 원</p></body></html>"
    assert article_text(markup.encode(encoding), "a") == "똠방각하 40억 원"


# ---- length ----


def test_many_sentences_in_one_line_take_no_longer_than_in_many(tmp_path: Path) -> None:
    """322 sentences: below a second; with a look at the whole line for every figure and word of time it was 32."""
    sentence = "인천시는 올해 AI 사업에 국비 30억 원을 편성했다."
    (tmp_path / "a.txt").write_text("입력 2026-03-05\n" + " ".join([sentence] * 322), encoding="utf-8")
    began = time.process_time()
    _, reading = read_file(tmp_path / "a.txt", default_data())
    assert time.process_time() - began < 8
    assert [(p.value("period_start"), p.value("funding")) for p in reading.proposals] == [("2026-01-01", "national")] * 322


# ---- damage ----


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_locked_pdf_is_said_to_be_locked(algorithm: str) -> None:
    if algorithm == "AES-256":
        pytest.importorskip("cryptography")
    writer = PdfWriter(io.BytesIO(pdf(["GPU 100"])))
    writer.encrypt("secret", algorithm=algorithm)
    target = io.BytesIO()
    writer.write(target)
    with pytest.raises(DataError) as error:
        article_text(target.getvalue(), "a.pdf")
    assert error.value.key == "reader.locked"


def test_a_pdf_that_only_another_library_opens_is_said_to_be_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdf

    def refuse(*_: object) -> None:
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf, "PdfReader", refuse)
    with pytest.raises(DataError) as error:
        article_text(b"%PDF-1.7", "a.pdf")
    assert error.value.key == "reader.locked"


def damaged(data: bytes, part: str, seed: int) -> bytes:
    """A document one of whose parts is missing, cut, or has other letters in it."""
    chance, target = random.Random(seed), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as out:
        for name in archive.namelist():
            body = bytearray(archive.read(name))
            if name == part and seed == 0:
                continue
            if name == part and seed % 2:
                del body[chance.randrange(len(body)) :]
            elif name == part:
                for _ in range(chance.randrange(1, 8)):
                    body[chance.randrange(len(body))] = chance.randrange(32, 127)
            out.writestr(name, bytes(body))
    return target.getvalue()


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"])
def test_a_damaged_word_document_is_said_to_be(part: str) -> None:
    whole, refused = saved(table(paragraph(run("시비")), HEAD)), 0
    for seed in range(40):
        try:
            article_text(damaged(whole, part, seed), "a.docx")
        except DataError as error:
            refused += 1
            assert error.key in ("file.broken", "reader.kind", "reader.trap")
            assert "통합문서" not in error.say("ko") and "workbook" not in error.say("en")
    assert refused


def test_a_damaged_pdf_is_said_to_be() -> None:
    whole, chance = pdf(["GPU 100", "second line"]), random.Random(5)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(5, len(data))] = chance.randrange(256)
        try:
            article_text(bytes(data), "a.pdf")
        except DataError as error:
            assert error.key in ("file.broken", "reader.locked")
