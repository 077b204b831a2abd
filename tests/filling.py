"""Templates filled in as a person would: rows of Korean labels, put into a sheet in memory or into the real file."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from budgets.sources.workbooks.forms import FORMS, Form
from budgets.sources.workbooks.grids import Book, Grid, address
from budgets.sources.workbooks.template import HEAD

FIRST = 10
"""Row (as Excel counts) of the first entry; the examples stand above it."""
Rows = Mapping[str, list[dict[str, Any]]]


def sound_rows() -> dict[str, list[dict[str, Any]]]:
    """Rows for every sheet in which nothing is wrong, about the small data folder of ``refusals/sound``."""
    passport = {"source": "새신문 2025-05-02", "locator": "paragraph 3, line 4", "words": "올해"}
    whose = {"government": "인천", "programme": "인천 · AI 플레이그라운드 인천", "programme_as_printed": "AI 놀이터"}
    money = {"hedge": "없음", "nature": "예산", "period_kind": "회계연도", "funding": "국비", "unit": "원"}
    budget = [
        {**whose, **money, **passport, "as_printed": "16억 원", "period_start": "2025", "period_end": "2025", "phase": "본예산"},
        {**whose, **money, **passport, "as_printed": 1200, "table_unit": "백만원", "period_start": "2026", "period_end": "2026", "phase": "예산안"},
        {
            **whose,
            **money,
            **passport,
            "programme": "새 인공지능 사업",
            "as_printed": "약 30억 원",
            "hedge": "약",
            "period_start": 2027,
            "period_end": 2027,
            "phase": "발표",
        },
        {
            **whose,
            **money,
            **passport,
            "as_printed": "227억여 원",
            "hedge": "여",
            "period_kind": "총사업비(여러 해)",
            "period_start": "2025-01-01",
            "period_end": "2029",
            "phase": "발표",
            "figure_id": "incheon-playground-envelope",
        },
        {**whose, **money, **passport, "as_printed": "17억 원", "period_start": "2025", "period_end": "2025", "phase": "추경", "phase_round": "1회"},
    ]
    target = [
        {
            **whose,
            **passport,
            "indicator": "지원 기업",
            "target_phase": "목표",
            "as_printed": "150개",
            "hedge": "없음",
            "extent": "유량(기간 중)",
            "period_kind": "회계연도",
            "period_start": "2026",
            "period_end": "2026",
        },
        {
            **whose,
            **passport,
            "indicator": "인재 양성",
            "target_phase": "실적",
            "as_printed": "120여 명",
            "hedge": "여",
            "extent": "저량(시점)",
            "period_kind": "기간 미상",
            "as_of": "2025-12-31",
        },
    ]
    milestone = [
        {
            **whose,
            **passport,
            "event": "조례 제정",
            "date_start": "2025-03-01",
            "date_end": "2025-03-31",
            "date_precision": "월",
            "state": "이루어짐",
            "as_printed": "지난달",
        }
    ]
    source = [
        {
            "source_kind": "기사", "publisher": "새신문", "title": "=인천, 인공지능 놀이터", "published_on": "2025-05-02", "published_precision": "일", "published_basis": "본문에 적힘",
            "url": "https://www.newpaper.kr/a/1", "redistribute": "아니오", "checked": "전문 확인", "reliability": "언론",
        }
    ]  # fmt: skip
    programme = [
        {
            "government": "인천", "name_ko": "새 인공지능 사업", "name_en": "New AI programme", "source": "새신문 2025-05-02", "locator": "paragraph 3, line 4",
            "scope": "AI 핵심", "coverage": "사업", "parent": "AI 플레이그라운드 인천", "reason": "인공지능만을 위한 사업이므로 AI 핵심으로 본다.", "decided_on": "2026-11-21",
        }
    ]  # fmt: skip
    ruling = [
        {
            "figure": f"금액 {FIRST + 4}행",
            "ruling": "일부",
            "other_figure": "incheon-playground-envelope",
            "reason": "추경은 다섯 해 총사업비에 들어 있다.",
            "decided_on": "2026-11-21",
        }
    ]
    return {"budget": budget, "target": target, "milestone": milestone, "source": source, "programme": programme, "ruling": ruling}


def column(form: Form, key: str) -> int:
    return next(n for n, f in enumerate(form.fields) if f.key == key)


def place(form_name: str, row: int, key: str) -> tuple[str, str]:
    """(sheet, address) of a field in the *row*-th entry, counted from 0."""
    form = next(form for form in FORMS if form.name == form_name)
    return form.title("ko"), address(FIRST - 1 + row, column(form, key))


def book_of(rows: Rows) -> Book:
    """The filled-in template as it would be read, without writing a file."""
    grids = []
    for form in FORMS:
        head: list[object] = [f.title("ko") + (" *" if f.required else "") for f in form.fields]
        cells: list[list[object]] = [[form.title("ko")], [], [], head, *([] for _ in range(FIRST - HEAD - 2))]
        cells += [[row.get(f.key, "") for f in form.fields] for row in rows.get(form.name, [])]
        grids.append(Grid(form.title("ko"), cells))
    return Book(Path("filled.xlsx"), "xlsx", grids)


def filled(template: bytes, rows: Rows, path: Path) -> Path:
    """The real template with the rows entered, saved under *path*."""
    file = openpyxl.load_workbook(BytesIO(template))
    for form in FORMS:
        sheet = file[form.title("ko")]
        for n, row in enumerate(rows.get(form.name, [])):
            for key, value in row.items():
                cell = sheet.cell(FIRST + n, column(form, key) + 1)
                cell.value = value
                if isinstance(value, str) and value.startswith("="):
                    cell.data_type = "s"
    file.save(path)
    return path
