"""Minutes of rendering: many reports cost no more than few, and a run that is killed again and again still arrives."""

import random
from pathlib import Path

import psutil
import pytest

from budgets.checkout import default_data
from budgets.reports import forks, pools
from budgets.reports.limits import Limits
from budgets.reports.make import Job
from notebooks_made import edition_of, entry, written
from test_render import House, killed_and_ended

pytestmark = [pytest.mark.soak, pytest.mark.skipif(not forks.can_fork(), reason="processes cannot be forked here")]
CELLS = (
    "from budgets import load\ntables = load(data)\nlen(tables.budgets)",
    "import altair, pandas\naltair.Chart(pandas.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q')",
)


def test_2430_reports_take_as_long_each_as_24_and_the_memory_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Time per report within 15 % (the processor's, of all processes; the clock of a busy machine says little); the
    memory of this process, of the warm process and of its workers does not grow."""
    process = forks.WarmProcess(str(default_data()))
    warm = psutil.Process(process._process.pid)
    source = written(tmp_path / "light.ipynb", *CELLS)
    each: dict[int, float] = {}
    curve: list[tuple[int, list[int]]] = []
    try:
        for count in (1, 24, 243, 2430):  # the first waits until the process is warm
            out = tmp_path / str(count)
            out.mkdir()
            jobs = [
                Job(
                    f"r{n}",
                    "light",
                    {"language": "ko", "data": str(default_data())},
                    "t",
                    source,
                    default_data(),
                    out,
                    limits=Limits(),
                )
                for n in range(count)
            ]
            before = _seconds(warm)
            for done, made in enumerate(pools.warm(jobs, 2, process), 1):
                assert not made.failed, made.errors
                if done % 81 == 0:
                    curve.append((done, [p.memory_info().rss // 2**20 for p in (psutil.Process(), warm, *warm.children())]))
                if done == count:
                    each[count] = (_seconds(warm) - before) / count
    finally:
        process.close()
    with capsys.disabled():
        print("\nreports, megabytes of this process, the warm process, its workers")
        for done, megabytes in curve:
            print(done, *filter(None, megabytes))
        print("seconds of the processor for each report:", {count: round(seconds, 4) for count, seconds in each.items()})
    counted = [each[count] for count in (24, 243, 2430)]
    assert max(counted) < 1.15 * min(counted)
    first, last = ([megabytes for megabytes in found if megabytes] for found in (curve[3][1], curve[-1][1]))
    assert all(after < before + 20 for before, after in zip(first, last, strict=True)), "nothing grows"


def _seconds(process: psutil.Process) -> float:
    """Seconds of the processor of a process, its children and theirs that have ended."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        spent = one.cpu_times()
        total += spent.user + spent.system + spent.children_user + spent.children_system
    return total


def test_thirty_kills_lose_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)
    names = ["seoul", "busan", "daegu", "incheon", "gwangju", "daejeon", "ulsan", "sejong", "gyeonggi", "gangwon", "chungbuk", "chungnam"]
    house.write(edition_of(entry("read_government", "r-{government}-{language}", matrix={"government": names, "language": ["ko", "en"]})))
    written(
        tmp_path / "notebooks" / "read_government.ipynb",
        "import time; time.sleep(0.3)",
        parameters='language = "ko"\ndata = ""\ngovernment = "incheon"\n',
    )
    done, made = killed_and_ended(house, 30, random.Random(1), (1.5, 4.5))
    assert len(done) + len(made) == 24
