import json

import pytest

from budgets.sources.lofin.envelope import EnvelopeError, parse_page
from lofin_api import KEY, envelope, refusal, row


def test_rows_and_total():
    page = parse_page("QWGJK", envelope("QWGJK", [row(1), row(2)], 4711))
    assert page.total == 4711
    assert [r["dbiz_cd"] for r in page.rows] == ["6110000202500001", "6110000202500002"]


def test_no_row_part_and_bom_and_result_as_a_list():
    head = {"head": [{"list_total_count": "0"}, {"RESULT": [{"CODE": "INFO-000"}]}]}
    assert parse_page("QWGJK", b"\xef\xbb\xbf" + json.dumps({"QWGJK": [head]}).encode()).rows == []


@pytest.mark.parametrize("listed", [True, False])
def test_no_data_is_an_empty_page(listed):
    assert parse_page("QWGJK", refusal("INFO-200", listed=listed)).total == 0


def test_no_data_inside_the_head():
    assert parse_page("QWGJK", envelope("QWGJK", [], 0, result="INFO-200")).total == 0


@pytest.mark.parametrize(
    ("body", "kind", "passing"),
    [
        (b"{}", "empty", True),
        (b"<!DOCTYPE html><html><body>login</body></html>", "html", True),
        (envelope("QWGJK", [row(1)], 1)[:-40], "truncated", True),
        (b"", "truncated", True),
        (b"[]", "shape", True),
        (b'{"QWGJK":[{"head":[{"list_total_count":"many"},{"RESULT":{"CODE":"INFO-000"}}]}]}', "shape", True),
        (envelope("QWGJK", [row(1), row(2)], 1), "shape", True),
        (b'{"QWGJK":[{"row":[{"fyr":"2025"}]}]}', "shape", True),
        (b'{"OTHER":[]}', "shape", True),
        (refusal("ERROR-290"), "bad_key", False),
        (refusal("ERROR-300", listed=False), "missing_argument", False),
        (refusal("ERROR-337"), "limit", False),
        (refusal("CMSE0025"), "server_fault", True),
        (refusal("ERROR-999"), "other", False),
    ],
)
def test_what_is_no_page(body, kind, passing):
    with pytest.raises(EnvelopeError) as error:
        parse_page("QWGJK", body)
    assert (error.value.kind, error.value.passing) == (kind, passing)
    for language in ("ko", "en"):
        assert error.value.say(language) and KEY not in error.value.say(language)


def test_a_code_that_is_a_text_is_not_repeated():
    with pytest.raises(EnvelopeError) as error:
        parse_page("QWGJK", refusal(f"ERROR Key={KEY} is not known here"))
    assert KEY not in str(error.value)


def test_decimals_keep_their_digits():
    body = envelope("QWGJK", [row(1, bdg_cash_amt=12.5)], 1)
    assert parse_page("QWGJK", body).rows[0]["bdg_cash_amt"] == "12.5"
