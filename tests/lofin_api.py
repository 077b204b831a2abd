"""A server of our own that answers like the lofin365 API, and misbehaves when told to; invented rows for it."""

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PROJECT_DATA = Path(__file__).resolve().parents[1] / "data"
KEY = "canary-5b1f0c9e-do-not-write-me"
Row = dict[str, Any]

GOVERNMENTS = (
    ("1100000", "서울", "1100000", "서울본청"),
    ("1100000", "서울", "1111000", "서울종로구"),
    ("2800000", "인천", "2811000", "인천중구"),
    ("2900000", "광주", "2900000", "광주본청"),
    ("4100000", "경기", "4135000", "경기광주시"),
)
NAMES = (
    "인공지능 민원 안내 시범 운영",
    "마을 도서관 바닥 공사",
    "고병원성 AI 소독약품 지원",
    "동네 체육관 지붕 수리",
    "하수관 정비, 2차",
)


def row(number: int, *, year: int = 2025, day: str = "20251231", **changes: Any) -> Row:
    """An invented budget line as the API gives it; its parts add up to its 예산현액."""
    region_code, region, code, name = GOVERNMENTS[number % len(GOVERNMENTS)]
    parts = [number * 1000, 20_000, 3_000_000, 0]
    return {
        "fyr": str(year), "wa_laf_cd": region_code, "wa_laf_hg_nm": region, "laf_cd": code, "laf_hg_nm": name, "acnt_dv_cd": "100",
        "acnt_dv_nm": ("일반회계", "주차장", "의료급여기금특별회계", "고향사랑기금")[number % 4], "dept_cd": "0010200", "dbiz_cd": f"6110000{year}{number:05X}",
        "dbiz_nm": NAMES[number % len(NAMES)], "exe_ymd": day, "bdg_cash_amt": sum(parts), "bdg_ntep": parts[0], "capep": parts[1], "sggep": parts[2],
        "etc_amt": parts[3], "ep_amt": 1_234, "cpl_amt": 0, "fld_cd": "010", "fld_nm": "일반공공행정", "ane_part_cd": "016", "part_nm": "일반행정",
        "padm_laf_cd": "6110000", "lup_ord": "11100", "zon_cd": "11",
    } | changes  # fmt: skip


def total(number: int, *, year: int = 2025, **changes: Any) -> Row:
    region_code, region, code, name = GOVERNMENTS[number]
    parts = {
        "gen_acnt_amt": 700_000_000,
        "pbco_spc_acnt_amt": 50_000_000,
        "etc_spc_acnt_amt": 40_000_000,
        "fnd_amt": 10_000_000,
    }
    return {
        "fyr": str(year),
        "wa_laf_cd": region_code,
        "wa_laf_hg_nm": region,
        "laf_cd": code,
        "laf_hg_nm": name,
        "ane_tott_amt": sum(parts.values()),
        **parts,
    } | changes


def envelope(code: str, rows: list[Row], count: int, *, result: str = "INFO-000") -> bytes:
    parts: list[dict[str, Any]] = [{"head": [{"list_total_count": count}, {"RESULT": {"CODE": result, "MESSAGE": "정상"}}]}]
    if rows:
        parts.append({"row": rows})
    return json.dumps({code: parts}, ensure_ascii=False).encode()


def refusal(result: str, *, listed: bool = True) -> bytes:
    # The real server's messages are not known; this one repeats the key, as the worst of them might.
    one = {"CODE": result, "MESSAGE": f"요청을 처리하지 못했습니다 Key={KEY}"}
    return json.dumps({"RESULT": [one] if listed else one}, ensure_ascii=False).encode()


@dataclass
class Api:
    """What the server holds, what it was asked, and how it misbehaves.

    ``trick(code, arguments, nth)`` may return another body (or status and body, or None to hang up) for the nth call
    of that very page; ``...`` means no trick.
    """

    lines: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    trick: Callable[[str, dict[str, str], int], Any] = lambda code, arguments, nth: ...
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def asked(self, code: str = "QWGJK") -> list[int]:
        """The numbers of the pages that were asked for, in order."""
        return [int(arguments["pIndex"]) for called, arguments in self.calls if called == code]

    def answer(self, code: str, arguments: dict[str, str]) -> Any:
        if arguments.get("Key") != KEY:
            return refusal("ERROR-290")
        nth = sum(called == code and before == arguments for called, before in self.calls)
        tricked = self.trick(code, arguments, nth)
        return self.honest(code, arguments) if tricked is ... else tricked

    def honest(self, code: str, arguments: dict[str, str]) -> bytes:
        if "fyr" not in arguments:
            return refusal("ERROR-300")
        rows = self.totals if code == "ACEXBG" else self.lines
        rows = [r for r in rows if all(r[c] == arguments[c] for c in ("fyr", "wa_laf_cd", "laf_cd") if c in arguments)]
        number, size = int(arguments["pIndex"]), int(arguments["pSize"])
        return envelope(code, rows[(number - 1) * size : number * size], len(rows)) if rows else refusal("INFO-200", listed=False)


@contextmanager
def serve(api: Api) -> Iterator[Api]:
    """Run *api* on a loopback port of the system's choice."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            code, arguments = asked.path.rpartition("/")[2], {k: v[0] for k, v in parse_qs(asked.query).items()}
            answer = api.answer(code, arguments)
            api.calls.append((code, arguments))
            if answer is None:
                self.connection.close()
                return
            status, body = answer if isinstance(answer, tuple) else (200, answer)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError, ValueError):  # The caller was killed, or we hung up.
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    api.url = f"http://127.0.0.1:{server.server_port}/lf/hub"
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


def new_data(folder: Path) -> Path:
    """A data folder with the project's governments and terms, and nothing else."""
    for part in ("raw/reference/governments.csv", "rulings/ai_terms.csv"):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT_DATA / part, folder / part)
    return folder


def files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
