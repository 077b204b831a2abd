"""Budget lines and budget totals from the API of 지방재정365: a whole snapshot, or nothing."""

import difflib
import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from budgets.checkout import default_data
from budgets.disk import replace_folder, writing_data
from budgets.errors import DataError, UsageError
from budgets.lines.exports import exports_folder, listed, write_denominators
from budgets.lines.store import writing
from budgets.lines.taking import ImportReport, take_in
from budgets.sources.lofin.client import BASE_URL, Client
from budgets.sources.lofin.codebook import Codebook, Entry, read_codebook
from budgets.sources.lofin.envelope import parse_page
from budgets.sources.lofin.files import inputs, unpacked
from budgets.sources.lofin.lines import Lines
from budgets.sources.lofin.receipts import write_receipt
from budgets.sources.lofin.snapshot import SIZE, Paused, Progress, Query, collect, hashes, set_aside
from budgets.sources.lofin.totals import total_rows, totals_query
from budgets.words import text

FIRST_YEAR = 2016
KEY_VARIABLE, URL_VARIABLE = "LOFIN_API_KEY", "BUDGETS_LOFIN_URL"
REGION_CODES = {"6100000": "1300000"}
"""The region's code where it is not the code of the province's own office."""


@dataclass(frozen=True)
class FetchReport:
    """How a call of `fetch` ended. Paused: nothing was taken in, ``pages`` are kept. ``exit_code`` 1 if paused, or if
    a government asked for came empty."""

    year: int
    snapshot: date
    totals: int
    lines: ImportReport | None
    empty: tuple[Entry, ...]
    paused: tuple[int, int | None] | None

    @property
    def exit_code(self) -> int:
        return 1 if self.paused or self.empty or self.lines is None else self.lines.exit_code

    def say(self, language: str = "ko") -> str:
        said = [
            text(
                "lofin.report.totals" if self.totals else "lofin.report.no_totals",
                language,
                year=self.year,
                governments=self.totals,
            )
        ]
        if self.paused:
            said.append(text("lofin.report.paused", language, pages=self.paused[0], of=self.paused[1] or "?"))
        elif self.lines is None and not self.empty:
            said.append(text("lofin.report.no_data", language, year=self.year, snapshot=self.snapshot))
        if self.lines:
            said.append(self.lines.say(language))
        if self.empty:
            said.append(
                text(
                    "lofin.report.empty",
                    language,
                    n=len(self.empty),
                    names=listed(e.called(language) for e in self.empty),
                )
            )
        return "\n".join(said)


def fetch(
    year: int,
    governments: Sequence[str] = (),
    day: date | None = None,
    data: Path | str | None = None,
    *,
    key: str | None = None,
    base_url: str | None = None,
    pause: float = 0.2,
    tries: int = 3,
    backoff: float = 2.0,
    size: int = SIZE,
    today: date | None = None,
    progress: Progress | None = None,
) -> FetchReport:
    """Fetch the budget totals of *year* and the lines as of *day* (default: year's end, or yesterday), and take them in.

    *governments* are our identifiers; a province stands for itself and its municipalities; none means the nation. The
    key comes from the environment variable LOFIN_API_KEY unless given. At the limit of the day the report is
    ``paused``, and the same call goes on later. Raises `UsageError` before anything is asked, `DataError` or
    `ContractError` when what came is not whole or breaks the contract; then nothing has changed but the kept pages.
    """
    folder, now = Path(data) if data else default_data(), today or date.today()
    client = Client(
        key or os.environ.get(KEY_VARIABLE, ""),
        base_url or os.environ.get(URL_VARIABLE) or BASE_URL,
        pause,
        tries,
        backoff,
    )
    codebook = read_codebook(folder)
    if not FIRST_YEAR <= year <= now.year:
        raise UsageError("lofin.year_range", first=FIRST_YEAR, last=now.year, year=year)
    label = _label(governments)
    snapshot = day or _begun(folder, year, label) or min(date(year, 12, 31), now - timedelta(1))
    if snapshot.year != year or snapshot >= now:
        raise UsageError("lofin.date_range", date=snapshot, year=year)
    queries = _queries(year, snapshot, governments, codebook)
    with writing_data(folder):
        name = f"lofin-qwgjk_{year}_{snapshot:%Y%m%d}{label}"
        try:
            totals = _fetch_totals(client, folder, codebook, year, now, size)
        except Paused as limit:
            return FetchReport(year, snapshot, 0, None, (), (limit.pages, limit.of))
        partial = exports_folder(folder) / f".partial-{name}"
        counts = {}
        try:
            with writing(partial):
                for query in queries:
                    counts[query.name] = collect(client, query, partial, size=size, progress=progress)
        except Paused as limit:
            return FetchReport(year, snapshot, totals, None, (), (len(hashes(partial)), limit.of if len(queries) == 1 else None))
        empty = tuple(codebook.by_id[query.name][-1] for query in queries if not counts[query.name] and query.name in codebook.by_id)
        rows = sum(counts.values())
        if not rows:
            shutil.rmtree(partial)
            return FetchReport(year, snapshot, totals, None, empty, None)
        facts: dict[str, object] = {
            "source": "lofin365 QWGJK", "address": client.base_url, "fiscal_year": year, "snapshot": snapshot, "fetched_on": now,
            "governments": list(governments), "rows": rows, "empty": [entry.government for entry in empty], "queries": {query.name: counts[query.name] for query in queries},
        }  # fmt: skip

        def accept(lines: Lines) -> None:
            # Summary rows count as rows of the server, not as lines.
            if lines.table.num_rows + lines.sums != rows or (lines.year, lines.snapshot) != (year, snapshot):
                raise DataError("lofin.row_count", found=lines.table.num_rows + lines.sums, wanted=rows)

        def export(_: int) -> Path:
            with writing(partial):
                write_receipt(partial, facts, hashes(partial))
                replace_folder(partial, final)
            return final

        final = exports_folder(folder) / name
        try:
            taken = take_in(inputs([partial]), folder, export=export, accept=accept)
        except DataError:
            if partial.exists():
                set_aside(partial)
            raise
        return FetchReport(year, snapshot, totals, taken, empty, None)


def _fetch_totals(client: Client, data: Path, codebook: Codebook, year: int, now: date, size: int) -> int:
    """Fetch the budget totals of a year into an export folder of their own; return for how many governments there are any."""
    name = f"lofin-acexbg_{year}_{now:%Y%m%d}"
    partial, query = exports_folder(data) / f".partial-{name}", totals_query(year)
    with writing(partial):
        shutil.rmtree(partial, ignore_errors=True)
        count = collect(client, query, partial, size=size)
        pages = [unpacked(path.name, path.read_bytes()) for path in sorted(partial.glob("*.json.gz"))]
        rows = total_rows((row for page in pages for row in parse_page(query.code, page).rows), codebook, year, now)
        if not rows:
            shutil.rmtree(partial)
            return 0
        facts = {
            "source": "lofin365 ACEXBG",
            "address": client.base_url,
            "fiscal_year": year,
            "fetched_on": now,
            "rows": count,
        }
        write_receipt(partial, facts, hashes(partial))
        write_denominators(partial, rows)
        replace_folder(partial, exports_folder(data) / name)
    return len({row["government"] for row in rows})


def _queries(year: int, day: date, governments: Sequence[str], codebook: Codebook) -> list[Query]:
    arguments = {"fyr": str(year), "exe_ymd": f"{day:%Y%m%d}"}
    key = ("laf_cd", "dbiz_cd")
    if not governments:
        return [Query("nation", "QWGJK", arguments, key)]
    queries = []
    for government in dict.fromkeys(governments):
        entries = codebook.by_id.get(government)
        if not entries:
            near = difflib.get_close_matches(government, codebook.by_id, 1)
            raise UsageError("lofin.unknown_government", government=government, near=f" {near[0]}?" if near else "")
        entry = next((e for e in entries if e.covers(day)), entries[-1])
        if entry.level == "province":
            queries.append(Query(government, "QWGJK", {**arguments, "wa_laf_cd": REGION_CODES.get(entry.code, entry.code)}, key))
        elif entry.province not in governments:
            queries.append(Query(government, "QWGJK", {**arguments, "laf_cd": entry.code}, key))
    return queries


def _label(governments: Sequence[str]) -> str:
    """What a snapshot of some governments has after its name; the whole nation has nothing."""
    if not governments:
        return ""
    joined = "-".join(sorted(set(governments)))
    return f"_{joined}" if len(joined) <= 60 else f"_{hashlib.sha256(json.dumps(joined).encode()).hexdigest()[:12]}"


def _begun(data: Path, year: int, label: str) -> date | None:
    """The date of a snapshot that was begun and not finished: it is taken up rather than begun anew for another day."""
    for path in sorted(exports_folder(data).glob(f".partial-lofin-qwgjk_{year}_*{label}"), reverse=True):
        day = path.name.removeprefix(f".partial-lofin-qwgjk_{year}_").removesuffix(label)
        if len(day) == 8 and day.isdecimal():
            return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    return None
