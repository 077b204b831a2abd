"""The open API of 지방재정365, asked politely; the key is sent to it and goes nowhere else.

A pause between calls, a few tries with growing pauses, one page at a time. The server speaks only old TLS; it alone is
allowed to. httpx writes each address it calls to its log, and the key stands in the address: its loggers are quiet
while we call.
"""

import logging
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from budgets.errors import DataError, UsageError
from budgets.sources.lofin.envelope import EnvelopeError, Page, parse_page

HOST = "www.lofin365.go.kr"
BASE_URL = f"https://{HOST}/lf/hub"
OLD_TLS = "DEFAULT:@SECLEVEL=1"
LARGEST = 64 << 20
"""Bytes of one page, unpacked: a thousand rows take less than one."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass
class Client:
    """One key's access to the API. Raises `UsageError` without a key, or for an address that would carry it in clear."""

    key: str = field(repr=False)
    base_url: str = BASE_URL
    pause: float = 0.2
    tries: int = 3
    backoff: float = 2.0
    timeout: float = 60.0
    _last: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        self.key = self.key.strip()
        if not self.key:
            raise UsageError("lofin.no_key")
        address = urlsplit(self.base_url)
        if address.scheme != "https" and not (address.scheme == "http" and address.hostname in _LOOPBACK):
            raise UsageError("lofin.no_tls", host=address.hostname or self.base_url)

    def page(self, code: str, arguments: Mapping[str, str], number: int, size: int) -> tuple[Page, bytes]:
        """Page *number* (from 1) of a query, and its body as it came.

        Raises `EnvelopeError` for an answer without rows, at once or, where asking again may help, after all tries;
        `DataError` when the server cannot be reached.
        """
        problem: DataError = DataError("lofin.unreachable", host=urlsplit(self.base_url).hostname, why="-")
        for attempt in range(self.tries):
            if attempt:
                time.sleep(self.backoff * 2 ** (attempt - 1))
            try:
                body = self._get(code, {**arguments, "pIndex": str(number), "pSize": str(size)})
                page = parse_page(code, body)
                if len(page.rows) != (wanted := max(0, min(size, page.total - (number - 1) * size))):
                    raise EnvelopeError("truncated_page", code=code, number=number, found=len(page.rows), wanted=wanted)
                return page, body
            except EnvelopeError as error:
                if not (error.passing or error.kind == "truncated_page"):
                    raise
                problem = error
            except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
                # The text of such an error may hold the address, hence the key: only its kind is passed on.
                problem = DataError("lofin.unreachable", host=urlsplit(self.base_url).hostname, why=type(error).__name__)
        raise problem

    def _get(self, code: str, arguments: Mapping[str, str]) -> bytes:
        time.sleep(max(0.0, self._last + self.pause - time.monotonic()))
        try:
            with _quiet(), httpx.Client(verify=self._tls(), timeout=self.timeout, follow_redirects=False) as http:
                parameters = {"Key": self.key, "Type": "json", **arguments}
                with http.stream("GET", f"{self.base_url}/{code}", params=parameters) as answer:
                    body = self._body(code, answer)
        finally:
            self._last = time.monotonic()
        if answer.status_code != 200:
            raise EnvelopeError("status", code=code, status=answer.status_code)
        # Bodies are kept as they come; should the server repeat the key in one, it is the only thing taken out.
        return body.replace(self.key.encode(), b"***") if len(self.key) >= 8 else body

    def _body(self, code: str, answer: httpx.Response) -> bytes:
        """All of an answer, unpacked; one that does not end, in bytes or in time, is cut off."""
        pieces, size, began = [], 0, time.monotonic()
        for piece in answer.iter_bytes(1 << 20):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise EnvelopeError("endless", code=code, most=LARGEST >> 20)
            if time.monotonic() - began > 5 * self.timeout:
                raise httpx.ReadTimeout("the answer does not end")
        return b"".join(pieces)

    def _tls(self) -> ssl.SSLContext | bool:
        if urlsplit(self.base_url).hostname != HOST:
            return True
        context = ssl.create_default_context()
        context.set_ciphers(OLD_TLS)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
        return context


@contextmanager
def _quiet() -> Iterator[None]:
    """No record of httpx or httpcore below WARNING, whatever level their loggers have, until this ends."""
    names = [name for name in ("httpx", "httpcore", *logging.root.manager.loggerDict) if name.split(".")[0] in ("httpx", "httpcore")]
    before = {name: logging.getLogger(name).level for name in names}
    try:
        for name in names:
            logging.getLogger(name).setLevel(logging.WARNING)
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
