"""One programme in the lines of two years: by its code, then by its name without dressing; never by a guess."""

import re
from dataclasses import dataclass

import pandas as pd

from budgets.rulings.classifier import normalise_name

_WORDS = (
    "보조|국가?보조|직접|자체|전환|전환사업|지방이양|이양|국비|도비|시비|군비|구비|국·?도비|국·?시비|국|도|시|군|구|균특|기금|지특|"
    "신규|계속|이월|명시이월|사고이월|추경|본예산|주민참여|주민참여예산|공모|공약|일반|특별|광주|전남|현금|민간|위탁|"
    r"(?:\d{2}|\d{4})년?도?|\d+차|\d+회"
)
_DRESSING = re.compile(rf"[\(\[\{{<〔【「](?:{_WORDS})(?:[,·/+](?:{_WORDS}))*[\)\]\}}>〕】」]")
_YEAR = re.compile(r"^(?:20\d{2}년?도?)|(?:20\d{2}년?도?)$")
_BLANK = re.compile(r"[\s·,\-_]+")


def bare_name(name: str) -> str:
    """The name without what a year or a payer adds to it: (보조), [국], (2026), 2026년 …, blanks and dots.

    >>> bare_name("[국] 2026년 AI 돌봄 로봇 지원(보조)"), bare_name("인공지능(AI) 행정")
    ('AI돌봄로봇지원', '인공지능(AI)행정')
    """
    said = _DRESSING.sub("", normalise_name(name))
    return _BLANK.sub("", _YEAR.sub("", said.strip()))


@dataclass(frozen=True, eq=False)
class Matching:
    """``pairs``: government · code · before_name · after_name · before_krw · after_krw · by (code or name) · before_line ·
    after_line (places among the lines given). ``ambiguous``: government · name · before · after (how many lines of that
    bare name on each side), left unmatched. ``gone`` and ``new``: the lines of the one year and of the other without a partner, the ambiguous ones included."""

    pairs: pd.DataFrame
    ambiguous: pd.DataFrame
    gone: pd.DataFrame
    new: pd.DataFrame


def match_programmes(before: pd.DataFrame, after: pd.DataFrame) -> Matching:
    """Pair the lines of two years within each government: rows of `LineComparison` with ``amount_krw``.

    A code pairs where it stands once on both sides; what is left pairs by `bare_name` where that stands once on both.
    """
    old, new = (table.reset_index(drop=True) for table in (before, after))
    by_code = _once(old, new, "programme_code")
    rest_old, rest_new = (_without(t, by_code[side]) for t, side in ((old, "before"), (new, "after")))
    rest_old, rest_new = (t.assign(bare=[bare_name(n) for n in t["programme_name"]]) for t in (rest_old, rest_new))
    by_name = _once(rest_old, rest_new, "bare")
    pairs = pd.concat([by_code.assign(by="code"), by_name.assign(by="name")], ignore_index=True)
    shown = pd.DataFrame(
        {
            "government": old.loc[pairs["before"], "government"].to_numpy(),
            "code": new.loc[pairs["after"], "programme_code"].to_numpy(),
            "before_name": old.loc[pairs["before"], "programme_name"].to_numpy(),
            "after_name": new.loc[pairs["after"], "programme_name"].to_numpy(),
            "before_krw": old.loc[pairs["before"], "amount_krw"].array,
            "after_krw": new.loc[pairs["after"], "amount_krw"].array,
            "by": pairs["by"].to_numpy(),
            "before_line": pairs["before"].to_numpy(),
            "after_line": pairs["after"].to_numpy(),
        }
    )
    left_old, left_new = _without(rest_old, by_name["before"]), _without(rest_new, by_name["after"])
    return Matching(shown, _several(left_old, left_new), left_old, left_new)


def _once(old: pd.DataFrame, new: pd.DataFrame, key: str) -> pd.DataFrame:
    """Row labels before · after of what stands once on either side under (government, *key*)."""
    sides = []
    for table, name in ((old, "before"), (new, "after")):
        given = table.loc[table[key].notna() & (table[key] != ""), ["government", key]]
        alone = given.loc[~given.duplicated(keep=False)]
        sides.append(alone.assign(**{name: alone.index}))
    return sides[0].merge(sides[1], on=["government", key])[["before", "after"]]


def _without(table: pd.DataFrame, rows: "pd.Series[int]") -> pd.DataFrame:
    return table.loc[~table.index.isin(rows)]


def _several(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Bare names on both sides that stand more than once on one of them."""
    counts = [t.groupby(["government", "bare"]).size().rename(n) for t, n in ((old, "before"), (new, "after"))]
    both = pd.concat(counts, axis=1, join="inner").reset_index().rename(columns={"bare": "name"})
    return both[["government", "name", "before", "after"]]
