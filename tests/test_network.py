"""Nothing but fetch opens a port or a connection; the key to the API is written nowhere."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from budgets.checkout import default_data
from budgets.clean import build, load
from budgets.sources.workbooks import template
from filling import filled, sound_rows
from lofin_api import KEY, Api, row, serve, total
from notebooks_made import edition_of, entry, written
from test_lofin_files import saved, text_of
from test_lofin_kosis import WIDE
from workspace import copied

HERE = Path(__file__).parent
BUDGETS = Path(sys.executable).with_name("budgets")
NEWS = "인천시는 2026년 1월 5일 인공지능 사업에 올해 예산 40억 원을 투입한다고 밝혔다.\n"
RENDER = """
import sys
from pathlib import Path
from budgets.reports.render import Options, render
folder = Path(sys.argv[1])
done = list(render((), data=folder / "data", out=folder / "out", options=Options(jobs=1, engine=sys.argv[2], pictures=True), editions=folder / "editions.toml"))
sys.exit(sum(len(one.failed) for one in done))
"""
EDITION = edition_of(entry("compare_budgets", "budgets"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cut")
    build(copied(default_data(), folder / "data").data)
    (folder / "article.txt").write_text(NEWS, encoding="utf-8")
    (folder / "table.csv").write_text("(단위: 백만원),\n사업명,2025 본예산\nAI 허브,1200\n", encoding="utf-8")
    (folder / "names.txt").write_text("AI 허브\n", encoding="utf-8")
    (folder / "editions.toml").write_text(EDITION, encoding="utf-8")
    small = copied(HERE / "refusals" / "sound", folder / "small").data
    build(small)
    later = copied(small, folder / "later")
    later.set("press/seoul.csv", 2, "note", "고친 비고")
    build(later.data)
    filled(template(load(small)), sound_rows(), folder / "filled.xlsx")
    saved(folder / "lines.csv", text_of([row(n) for n in range(0, 45, 5)]))
    (folder / "101_주민등록인구.csv").write_text(WIDE, encoding="utf-8")
    return folder


COMMANDS = {
    "build": ["build", "--data", "data"],
    "verify": ["verify", "--data", "data"],
    "export": ["export", "--data", "data", "--out", "out"],
    "check": ["check", "table.csv", "--data", "data", "--painted", "painted.xlsx"],
    "read": ["read", "article.txt", "--data", "data", "--page", "page.html", "--out", "read.xlsx"],
    "template": ["template", "new.xlsx", "--data", "data"],
    "classify": ["classify", "names.txt", "--data", "data"],
    "add": ["add", "filled.xlsx", "--data", "small"],
    "import lofin": ["import", "lofin", "lines.csv", "--data", "small"],
    "import kosis": ["import", "kosis", "101_주민등록인구.csv", "--data", "small"],
    "diff": ["diff", "small", "later", "--out", "errata.html"],
}


def cut(arguments: list[str], folder: Path) -> tuple["subprocess.CompletedProcess[str]", str]:
    """A program without a network; what it said, and the sockets it asked for."""
    seen = folder / "sockets"
    seen.unlink(missing_ok=True)
    environment = os.environ | {"PYTHONPATH": str(HERE / "without_network"), "SOCKETS_SEEN": str(seen), "LOFIN_API_KEY": KEY}
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True)
    return done, seen.read_text() if seen.exists() else ""


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_no_socket_is_asked_for(name: str, folder: Path) -> None:
    done, seen = cut([str(BUDGETS), *COMMANDS[name]], folder)
    assert seen == "" and "Traceback" not in done.stderr
    assert done.returncode == (1 if name == "check" else 0), done.stderr


@pytest.mark.slow
def test_the_watch_sees_what_it_should(folder: Path) -> None:
    """Fetch does ask, and is refused with a message."""
    done, seen = cut([str(BUDGETS), "fetch", "lofin", "--year", "2025", "--data", "data"], folder)
    assert done.returncode == 1 and "lofin365" in done.stderr and "Traceback" not in done.stderr
    assert "lofin365" in seen and KEY not in seen + done.stdout + done.stderr


@pytest.mark.slow
def test_rendering_asks_for_no_socket(folder: Path) -> None:
    """But for one of urllib3 (a library of papermill), which asks the system at import whether there is IPv6: it is
    bound to the loopback, never listened on or connected, and closed again."""
    done, seen = cut([sys.executable, "-c", RENDER, str(folder), "warm"], folder)
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(seen.splitlines()) <= {"socket.bind ('::1', 0)"} and (folder / "out" / "small" / "budgets.html").exists()


# ---- the network cut for good: a namespace that has none ----


def _namespaces() -> bool:
    try:
        return subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0
    except OSError:
        return False


def sockets_of(pid: int) -> set[str]:
    """The internet sockets of the namespace of a process, as the kernel lists them: also those of compiled libraries."""
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        try:
            lines = Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
        except OSError:
            continue
        found |= {f"{table} {line.split()[1]}" for line in lines}
    return found


@pytest.mark.slow
@pytest.mark.skipif(not _namespaces(), reason="no namespace without a network can be made here")
@pytest.mark.parametrize("engine", ["warm", "papermill"])
def test_rendering_in_a_namespace_without_a_network(engine: str, folder: Path, tmp_path: Path) -> None:
    """The warm engine opens no port at all. papermill's own engine talks to its kernels over ports of the loopback."""
    (tmp_path / "data").symlink_to(folder / "data")
    (tmp_path / "editions.toml").write_text(EDITION, encoding="utf-8")
    program = ["unshare", "-rn", "sh", "-c", 'ip link set lo up 2>/dev/null || true; exec "$0" "$@"', sys.executable, "-c", RENDER, str(tmp_path), engine]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    seen: set[str] = set()
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            seen.update(sockets_of(process.pid))
            time.sleep(0.005)

    watcher = threading.Thread(target=look)
    time.sleep(0.3)  # until it is in its namespace
    watcher.start()
    _, error = process.communicate(timeout=300)
    ended.set()
    watcher.join()
    if engine == "warm":
        assert process.returncode == 0, error[-2000:]
        assert seen == set()
    elif process.returncode == 0:  # where the loopback could be put up
        assert seen and all(re.search(r" (0100007F|[0-9A-F]{24}0100007F):", one) for one in seen), seen


# ---- the key ----


@pytest.mark.slow
def test_the_key_is_in_nothing_that_is_written_or_said(folder: Path, tmp_path: Path) -> None:
    """A canary in the environment; a server that repeats it; a report that fails while it is set."""
    data = copied(default_data(), tmp_path / "data").data
    build(data)
    said = []

    def trick(code: str, arguments: dict[str, str], nth: int) -> object:
        if code == "QWGJK" and arguments["pIndex"] == "2" and nth == 0:
            return json.dumps({"RESULT": {"CODE": "ERROR-500", "MESSAGE": f"Key={KEY}"}}).encode()
        return ...

    with serve(Api(lines=[row(n) for n in range(1500)], totals=[total(n) for n in range(5)], trick=trick)) as api:
        environment = os.environ | {"LOFIN_API_KEY": KEY, "BUDGETS_LOFIN_URL": api.url, "PYTHONDEVMODE": "1", "HTTPX_LOG_LEVEL": "trace"}

        def run(*arguments: str) -> int:
            done = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, text=True)
            said.append(done.stdout + done.stderr)
            return done.returncode

        fetch = [str(BUDGETS), "fetch", "lofin", "--year", "2025", "--date", "20251231", "--data", "data"]
        assert run(*fetch) == 1, "refused by the server's answer"
        assert run(*fetch) == 0, said[-1]
        written(tmp_path / "notebooks" / "compare_budgets.ipynb", "import os\nprint(sorted(os.environ))\nfrom budgets import load\nload('/nowhere')")
        (tmp_path / "editions.toml").write_text(EDITION, encoding="utf-8")
        assert run(sys.executable, "-c", RENDER.replace('"editions.toml")', '"editions.toml", notebooks=folder / "notebooks")'), str(tmp_path), "warm") == 1
        assert run(str(BUDGETS), "export", "--data", "data", "--out", "out") == 0, said[-1]
    hits = [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in _plain(path)]
    assert hits == [] and not any(KEY in text for text in said)
    assert len([path for path in tmp_path.rglob("*") if path.suffix in (".gz", ".toml", ".ipynb", ".xlsx", ".parquet")]) > 5


def _plain(path: Path) -> bytes:
    """The bytes of a file, unpacked where they are packed."""
    import gzip
    import zipfile

    content = path.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(part) for part in archive.namelist())
    return content
