"""The API client against a real HTTP server on loopback that misbehaves on purpose."""

import logging
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from budgets.errors import ContractError, DataError, UsageError
from budgets.lines import exported_denominators, fetch, read_lines, stored_years
from budgets.sources.lofin.client import BASE_URL, Client
from budgets.sources.lofin.envelope import EnvelopeError
from lofin_api import KEY, Api, envelope, files_under, new_data, refusal, row, serve, total, until

TODAY = date(2026, 3, 1)
FINAL = "lofin-qwgjk_2025_20251231"


@pytest.fixture
def api():
    with serve(Api(lines=[row(i) for i in range(23)], totals=[total(i) for i in range(5)])) as served:
        yield served


@pytest.fixture
def data(tmp_path):
    return new_data(tmp_path / "data")


def get(api, data, **options):
    return fetch(
        2025,
        data=data,
        **{"key": KEY, "base_url": api.url, "pause": 0, "backoff": 0, "size": 5, "today": TODAY} | options,
    )


def nothing_taken_in(data):
    return not stored_years(data) and not (data / "raw" / "exports" / FINAL).exists()


def test_a_whole_snapshot(api, data):
    report = get(api, data)
    assert report.exit_code == 0 and report.totals == 5 and report.lines.years[0].rows == 23
    lines = read_lines(data)
    assert len(lines) == 23 and lines["adjusted_krw"].sum() == sum(r["bdg_cash_amt"] for r in api.lines)
    assert set(lines["field_code"]) == {"010"} and set(lines["department_code"]) == {"0010200"}
    folder = data / "raw" / "exports" / FINAL
    receipt = (folder / "receipt.toml").read_text(encoding="utf-8")
    assert "rows = 23" in receipt and "snapshot = 2025-12-31" in receipt and "fetched_on = 2026-03-01" in receipt
    assert len(list(folder.glob("*.json.gz"))) == 5
    assert not list((data / "raw" / "exports").glob(".*"))
    for language in ("ko", "en"):
        assert "23" in report.say(language)


def test_the_arguments_asked(api, data):
    get(api, data)
    _, asked = next(call for call in api.calls if call[0] == "QWGJK")
    assert {k: v for k, v in asked.items() if k != "Key"} == {
        "Type": "json",
        "pIndex": "1",
        "pSize": "5",
        "fyr": "2025",
        "exe_ymd": "20251231",
    }


@pytest.mark.parametrize(
    "slip",
    [
        b"<html>please log in</html>",
        b"{}",
        b'{"QWGJK":[{"head":[{"list_tot',
        refusal("CMSE0025"),
        (503, b"busy"),
        (302, b""),
        None,
        envelope("QWGJK", [row(5)], 23),
    ],
    ids=["html", "empty", "truncated", "server fault", "503", "redirect", "hung up", "short page"],
)
def test_a_passing_fault_is_tried_again(api, data, slip):
    api.trick = lambda code, asked, nth: slip if (code, asked["pIndex"], nth) == ("QWGJK", "2", 0) else ...
    assert get(api, data).exit_code == 0
    assert api.asked() == [1, 2, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "slip",
    [b"<html>please log in</html>", b"{}", b"half", refusal("CMSE0025"), (500, b""), None],
    ids=["html", "empty", "truncated", "server fault", "500", "hung up"],
)
def test_a_lasting_fault_ends_it_and_the_next_call_resumes(api, data, slip):
    api.trick = lambda code, asked, nth: slip if (code, asked["pIndex"]) == ("QWGJK", "3") else ...
    with pytest.raises(DataError):
        get(api, data)
    assert api.asked() == [1, 2, 3, 3, 3] and nothing_taken_in(data)
    api.trick = lambda code, asked, nth: ...
    api.calls.clear()
    assert get(api, data).exit_code == 0
    assert api.asked() == [3, 4, 5]


def test_the_limit_of_the_day(api, data):
    api.trick = lambda code, asked, nth: refusal("ERROR-337") if (code, asked["pIndex"]) == ("QWGJK", "4") else ...
    report = get(api, data)
    assert report.paused == (3, 5) and report.exit_code == 1 and nothing_taken_in(data)
    assert "3" in report.say("ko") and "tomorrow" in report.say("en")
    with pytest.raises(DataError, match="no budget lines"):
        read_lines(data)
    api.trick = lambda code, asked, nth: ...
    api.calls.clear()
    assert get(api, data).exit_code == 0 and api.asked() == [4, 5]


def test_a_snapshot_of_this_year_is_taken_up_on_another_day(data):
    lines = [row(i, year=2026, day="20260228") for i in range(12)]
    with serve(Api(lines=lines, trick=lambda code, asked, nth: refusal("ERROR-337") if asked["pIndex"] == "2" else ...)) as api:
        assert fetch(2026, data=data, key=KEY, base_url=api.url, pause=0, size=5, today=TODAY).paused
        api.trick = lambda code, asked, nth: ...
        api.calls.clear()
        report = fetch(2026, data=data, key=KEY, base_url=api.url, pause=0, size=5, today=date(2026, 3, 2))
    assert report.snapshot == date(2026, 2, 28) and api.asked() == [2, 3]


def test_a_bad_key_is_not_tried_again(api, data):
    with pytest.raises(EnvelopeError, match=r"data\.go\.kr"):
        get(api, data, key="another-key-altogether")
    assert len(api.calls) == 1


def test_a_total_that_changes_once_starts_anew(api, data):
    def trick(code, asked, nth):
        if code == "QWGJK" and asked["pIndex"] == "3" and len(api.lines) == 23:
            api.lines.append(row(23))
        return ...

    api.trick = trick
    assert get(api, data).lines.years[0].rows == 24
    assert api.asked() == [1, 2, 3, 3, 1, 2, 3, 4, 5]


def test_a_total_that_keeps_changing_is_refused(api, data):
    def trick(code, asked, nth):
        if code == "QWGJK" and asked["pIndex"] == "3":
            api.lines.append(row(len(api.lines)))
        return ...

    api.trick = trick
    with pytest.raises(DataError, match="number or order of rows changed"):
        get(api, data)
    assert nothing_taken_in(data)


def test_a_page_sent_twice_is_asked_for_again(api, data):
    api.trick = lambda code, asked, nth: api.honest(code, asked | {"pIndex": "1"}) if (code, asked["pIndex"], nth) == ("QWGJK", "2", 0) else ...
    assert get(api, data).lines.years[0].rows == 23
    assert api.asked() == [1, 2, 2, 3, 4, 5]


def test_a_page_that_is_always_another_page_is_refused(api, data):
    api.trick = lambda code, asked, nth: api.honest(code, asked | {"pIndex": "1"}) if (code, asked["pIndex"]) == ("QWGJK", "2") else ...
    with pytest.raises(DataError):
        get(api, data)
    assert nothing_taken_in(data)


def test_rows_that_do_not_add_up_are_refused_and_set_aside(api, data):
    api.lines[7]["sggep"] += 1
    with pytest.raises(ContractError) as error:
        get(api, data)
    assert len(error.value.faults) == 1
    fault = error.value.faults[0]
    assert (fault.file, fault.line, fault.key) == ("nation-00002.json.gz", 3, "lofin.funding")
    assert nothing_taken_in(data) and (data / "raw" / "exports" / f".refused-{FINAL}").is_dir()
    api.lines[7]["sggep"] -= 1
    api.calls.clear()
    assert get(api, data).exit_code == 0 and api.asked() == [1, 2, 3, 4, 5]


def test_another_year_than_asked_for_is_refused(api, data):
    api.trick = lambda code, asked, nth: envelope(code, [row(1, day="20251130")], 1) if code == "QWGJK" else ...
    with pytest.raises(DataError):
        get(api, data)
    assert nothing_taken_in(data)


def test_a_damaged_kept_page_is_fetched_again(api, data):
    api.trick = lambda code, asked, nth: refusal("ERROR-337") if (code, asked["pIndex"]) == ("QWGJK", "3") else ...
    get(api, data)
    (data / "raw" / "exports" / f".partial-{FINAL}" / "nation-00002.json.gz").write_bytes(b"\x1f\x8b half")
    api.trick = lambda code, asked, nth: ...
    api.calls.clear()
    assert get(api, data).exit_code == 0 and api.asked() == [2, 3, 4, 5]


def test_some_governments_and_an_empty_one(api, data):
    report = get(api, data, governments=["seoul", "seoul-jongno", "incheon-dong"])
    asked = [{k: v for k, v in arguments.items() if k.endswith("laf_cd")} for code, arguments in api.calls if code == "QWGJK"]
    assert {"wa_laf_cd": "1100000"} in asked and {"laf_cd": "2812000"} in asked and {"laf_cd": "1111000"} not in asked
    assert [e.government for e in report.empty] == ["incheon-dong"] and report.exit_code == 1
    assert "동구" in report.say("ko") and "0원이 아니라" in report.say("ko")
    assert set(read_lines(data)["government"]) == {"seoul", "seoul-jongno"}


def test_nothing_but_an_empty_government(api, data):
    report = get(api, data, governments=["incheon-dong"])
    assert report.exit_code == 1 and report.lines is None and not stored_years(data)


def test_gwangju_and_jeonnam_are_one_region_after_the_union(data):
    lines = [
        row(
            i,
            year=2026,
            day="20260901",
            wa_laf_cd="1300000",
            wa_laf_hg_nm="전남광주",
            laf_cd="6100000",
            laf_hg_nm="전남광주본청",
            dbiz_cd=f"62900002026{i:05X}",
        )
        for i in range(3)
    ]
    with serve(Api(lines=lines)) as api:
        fetch(
            2026,
            ["jeonnam-gwangju"],
            date(2026, 9, 1),
            data,
            key=KEY,
            base_url=api.url,
            pause=0,
            today=date(2026, 10, 1),
        )
    assert set(read_lines(data)["province"]) == {"jeonnam-gwangju"}


def test_totals_become_denominators(api, data):
    get(api, data)
    rows = exported_denominators(data)
    seoul = rows.loc[rows["government"] == "seoul"].set_index("accounts")["value"]
    assert dict(seoul) == {"with_funds": "800000000", "general_special": "790000000", "general": "700000000"}
    assert set(rows["year"]) == {"2025"} and len(rows) == 15


def test_totals_that_do_not_add_up_are_refused(api, data):
    api.totals[2]["fnd_amt"] += 1
    with pytest.raises(DataError, match="인천중구"):
        get(api, data)
    assert exported_denominators(data).empty


@pytest.mark.parametrize(
    "options",
    [
        {"key": " "},
        {"governments": ["seol"]},
        {"day": date(2024, 12, 31)},
        {"day": date(2026, 3, 1)},
        {"base_url": "http://example.org/lf/hub"},
    ],
)
def test_nothing_is_asked_when_the_call_is_wrong(api, data, options, monkeypatch):
    monkeypatch.delenv("LOFIN_API_KEY", raising=False)
    with pytest.raises(UsageError):
        get(api, data, **options)
    assert not api.calls


def test_without_a_key_it_says_where_to_get_one(data, monkeypatch):
    monkeypatch.delenv("LOFIN_API_KEY", raising=False)
    with pytest.raises(UsageError) as error:
        fetch(2025, data=data)
    assert "LOFIN_API_KEY" in error.value.say("ko") and "lofin365.go.kr" in error.value.say("en") and error.value.exit_code == 2


def test_the_key_of_the_environment(api, data, monkeypatch):
    monkeypatch.setenv("LOFIN_API_KEY", f"{KEY}\n")
    assert get(api, data, key=None).exit_code == 0


def test_calls_are_spaced(api):
    client = Client(KEY, api.url, pause=0.1)
    client.page("ACEXBG", {"fyr": "2025"}, 1, 5)
    start = time.monotonic()
    client.page("ACEXBG", {"fyr": "2025"}, 1, 5)
    assert time.monotonic() - start >= 0.1


def test_old_tls_for_that_host_alone():
    official, other = Client(KEY)._tls(), Client(KEY, "https://example.org/lf/hub")._tls()
    assert BASE_URL.startswith("https://www.lofin365.go.kr/") and other is True
    assert official.verify_mode.name == "CERT_REQUIRED" and official.check_hostname
    assert official.security_level == 1
    assert "AES256-SHA256" in [cipher["name"] for cipher in official.get_ciphers()]


def test_the_key_is_nowhere(api, data, tmp_path, caplog, capfd):
    """Not in a file, a message, a log at its loudest, or on the screen: neither when all goes well nor when nothing does."""
    said = []
    for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    slips = [
        b"<html>",
        b"{}",
        refusal("ERROR-290"),
        refusal("ERROR-337"),
        refusal("ERROR-300"),
        refusal(f"X {KEY}"),
        None,
        (500, KEY.encode()),
        KEY.encode(),
        f'{{"RESULT":{{"CODE":"INFO-000","MESSAGE":"{KEY}"}}}}'.encode(),
    ]
    for slip in slips:
        api.trick = lambda code, asked, nth, slip=slip: slip if (code, asked["pIndex"]) == ("QWGJK", "2") else ...
        try:
            said.append(get(api, data, tries=2).say("en"))
        except DataError as error:
            said += [str(error), error.say("ko"), repr(error)]
            assert error.__suppress_context__ or error.__context__ is None or KEY not in str(error.__context__)
    api.trick = lambda code, asked, nth: ...
    said.append(get(api, data).say("ko"))
    try:
        get(api, tmp_path / "other", base_url="http://127.0.0.1:9/lf/hub")
    except DataError as error:
        said.append(str(error))
    said += [repr(Client(KEY)), caplog.text, *capfd.readouterr()]
    assert len(said) > len(slips) and len(api.calls) > len(slips)
    assert not [text for text in said if KEY in text]
    import gzip

    for path in files_under(tmp_path):
        content = path.read_bytes()
        assert KEY.encode() not in (gzip.decompress(content) if path.suffix == ".gz" else content), path


SCRIPT = """
import sys
from datetime import date
from budgets.lines import fetch
fetch(2025, data=sys.argv[1], base_url=sys.argv[2], pause=0, backoff=0, size=5, today=date(2026, 3, 1))
"""


def test_killed_in_the_middle_and_resumed(api, data):
    """kill −9 while page 4 is under way: nothing half-fetched is read; the next call asks for page 4 and 5 alone."""
    waiting = []

    def trick(code, asked, nth):
        if code == "QWGJK" and asked["pIndex"] == "4" and not waiting:
            waiting.append(asked)
            time.sleep(20)
        return ...

    api.trick = trick
    environment = os.environ | {"LOFIN_API_KEY": KEY, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    child = subprocess.Popen([sys.executable, "-c", SCRIPT, str(data), api.url], env=environment)
    until(lambda: bool(waiting), 60)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    assert nothing_taken_in(data)
    assert len(list((data / "raw" / "exports" / f".partial-{FINAL}").glob("*.json.gz"))) == 3
    api.calls.clear()
    assert get(api, data).lines.years[0].rows == 23
    assert api.asked() == [4, 5]
