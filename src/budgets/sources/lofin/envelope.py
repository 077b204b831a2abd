"""One answer of the lofin365 API, in all the shapes it comes in.

An answer is rows with their total, or a code (no data, bad key, daily limit …), or no answer at all: an HTML page with
status 200, half a body, an empty object that says neither. Messages of the server are not passed on: they may repeat
the request, and with it the key.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from budgets.errors import DataError

OK, NO_DATA, LIMIT, BAD_KEY, MISSING_ARGUMENT, SERVER_FAULT = (
    "INFO-000",
    "INFO-200",
    "ERROR-337",
    "ERROR-290",
    "ERROR-300",
    "CMSE0025",
)
_KNOWN = {LIMIT: "limit", BAD_KEY: "bad_key", MISSING_ARGUMENT: "missing_argument", SERVER_FAULT: "server_fault"}


class EnvelopeError(DataError):
    """An answer without rows that is not simply "no data". ``kind`` is its kind; ``passing`` if asking again may help."""

    def __init__(self, kind: str, **fields: object) -> None:
        super().__init__(f"lofin.answer.{kind}", **fields)
        self.kind = kind
        self.passing = kind in ("html", "truncated", "empty", "server_fault", "shape", "status")


@dataclass(frozen=True)
class Page:
    """One page: how many rows the whole query has, and the rows here (values as in the JSON, decimals as text)."""

    total: int
    rows: list[dict[str, Any]] = field(default_factory=list)


def parse_page(code: str, body: bytes) -> Page:
    """Read one answer of API *code*. Raises `EnvelopeError`."""
    text = body.decode("utf-8-sig", errors="replace").strip()
    if text.startswith("<"):
        raise EnvelopeError("html", code=code)
    try:
        answer = json.loads(text, parse_float=str)
    except (ValueError, RecursionError):  # also a number of thousands of digits
        raise EnvelopeError("truncated", code=code, n=len(body)) from None
    if answer == {}:
        raise EnvelopeError("empty", code=code)
    if not isinstance(answer, dict):
        raise EnvelopeError("shape", code=code)
    if code not in answer:
        return _without_rows(code, _result(answer.get("RESULT")))
    parts = answer[code]
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise EnvelopeError("shape", code=code)
    heads, bodies = ([part[key] for part in parts if key in part] for key in ("head", "row"))
    if not all(isinstance(one, list) for one in (*heads, *bodies)):
        raise EnvelopeError("shape", code=code)
    head = {key: value for entries in heads for entry in entries if isinstance(entry, dict) for key, value in entry.items()}
    result, total = _result(head.get("RESULT")), head.get("list_total_count")
    if result != OK:
        return _without_rows(code, result)
    rows = [row for entries in bodies for row in entries]
    if isinstance(total, str) and total.isdecimal() and len(total) <= 12:
        total = int(total)
    if not isinstance(total, int) or isinstance(total, bool) or total < len(rows) or not all(isinstance(row, dict) for row in rows):
        raise EnvelopeError("shape", code=code)
    return Page(total, rows)


def _result(result: object) -> str | None:
    """The code in ``RESULT``, which is an object or a list of one."""
    one = result[0] if isinstance(result, list) and result else result
    found = one.get("CODE") if isinstance(one, dict) else None
    return found if isinstance(found, str) else None


def _without_rows(code: str, result: str | None) -> Page:
    if result == NO_DATA:
        return Page(0)
    if result is None or result == OK:
        raise EnvelopeError("shape", code=code)
    if result in _KNOWN:
        raise EnvelopeError(_KNOWN[result], code=code)
    # A code is short and plain; anything else might be a text with the request in it.
    raise EnvelopeError("other", code=code, result=result if len(result) <= 20 and result.isascii() else "?")
