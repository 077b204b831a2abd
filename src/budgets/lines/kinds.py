"""What a programme's name says it is, where it is no work of the government but money moved or the cost of running it.

Five kinds are left out of a total that shares are taken of; four are money handed on, dropped before two levels of
government are added. The name decides, since exports carry no economic classification.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

PATTERNS = {
    "internal": r"내부\s*거래",
    "maintained": r"보전\s*지출",
    "reserve": r"예비비",
    "running": r"기본\s*경비",
    "staff": r"인력\s*운영비",
    "adjustment_grant": r"조정\s*교부금",
    "handed_over": r"(?<!보)전출금",
    # A charge that the government itself levies, or the share a person pays, is not handed to another government.
    "contribution": r"(?<!본인)(?<!개선)(?<!개발)(?<!훼손)(?<!유발)부담금(?!\s*(?:의?\s*)?(?:부과|징수|관리|지원))",
}
"""Kind → what its names hold; the first that fits counts."""
EXCLUSIONS = ("internal", "maintained", "reserve", "running", "staff")
"""Left out of totals: 내부거래, 보전지출, 예비비, 기본경비, 인력운영비."""
HANDED_ON = ("adjustment_grant", "handed_over", "internal", "contribution")
"""Dropped before levels are added: 조정교부금, 전출금, 내부거래, 부담금."""
ANY = "내부|보전|예비비|경비|운영비|교부금|전출금|부담금"
"""A cheap search that finds every name a pattern could, and more."""
_COMPILED = [(kind, re.compile(pattern)) for kind, pattern in PATTERNS.items()]


def kind_of(name: str) -> str:
    """The kind of a programme by its name; empty for a programme like any other.

    >>> kind_of("내부거래지출(통합계정)"), kind_of("개발부담금 부과"), kind_of("AI 행정 서비스")
    ('internal', '', '')
    """
    return next((kind for kind, pattern in _COMPILED if pattern.search(name)), "")


def kinds_of(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """`kind_of` every name: each distinct name that could have a kind is looked at once. No name has no kind."""
    texts = names.cast(pa.string())
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    rows = pc.indices_nonzero(pc.match_substring_regex(texts, ANY)).to_numpy()
    some = pc.dictionary_encode(texts.take(pa.array(rows)))
    codes = {kind: i for i, kind in enumerate(("", *PATTERNS))}
    told = np.array([codes[kind_of(name)] for name in some.dictionary.to_pylist()], dtype="int8")
    all_codes = np.zeros(len(texts), dtype="int8")
    if len(rows):
        all_codes[rows] = told[some.indices.to_numpy()]
    return pa.array(list(codes)).take(pa.array(all_codes))
