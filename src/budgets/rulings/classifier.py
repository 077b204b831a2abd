"""Is a programme an AI programme? Its name, and where known its field and section, decide; rules stand in a table.

``classify_programme`` judges one name, ``classify_programmes`` a whole column of them, by the same rules: each
distinct name once, and only names in which a cheap search finds a term at all. What no rule can decide is
``unclear``, for a person to judge.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from budgets.rulings.terms import Terms, load_terms


class Classification(NamedTuple):
    """``scope`` of the vocabulary; ``is_ai`` ``true``, ``false`` or ``unclear``; ``rule`` that decided."""

    scope: str
    is_ai: str
    rule: str


NO_TERM = Classification("other", "false", "no-term")
NO_NAME = Classification("other", "unclear", "no-name")

DOTS = "·‧∙•ㆍ⋅ᆞ･․˙・•‥●∘◦⸱ꞏᐧ᛫∶"
"""Middle dots (and what is typed in their place), all read as ·."""

# Before NFKC, which would turn some dots into other things; with dashes, and letters of other alphabets like A, I, X.
_SAME = str.maketrans(dict.fromkeys(DOTS, "·") | dict.fromkeys("‐‑‒–—―−﹣", "-") | dict(zip("ΑАΙІӀｌΧХ", "AAIIIlXX", strict=True)))
_NOT_BETWEEN_LATIN = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")
_UNUSUAL = re.compile(r"[^\x20-\x7e가-힣·]")
"""What normalisation may change, beside blanks."""


def normalise_name(name: str) -> str:
    """One spelling for all: NFKC, one kind of dot and dash, no invisible characters, no blank beside Hangul.

    >>> normalise_name(" ＡＩ ㆍ IoT  기반 인공 지능")
    'AI·IoT기반인공지능'
    """
    if _UNUSUAL.search(name):
        name = unicodedata.normalize("NFKC", name.translate(_SAME)).translate(_SAME)
        name = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Mn"))
    return _NOT_BETWEEN_LATIN.sub("", " ".join(name.split()))


def classify_programme(
    name: str | None,
    field: str | None = None,
    section: str | None = None,
    *,
    terms: Terms | Path | str | None = None,
) -> Classification:
    """What the rules say of one programme name.

    *field* (분야) and *section* (부문) are context where a name alone does not decide. *terms* is another table
    than the checkout's. Raises ContractError when that table is faulty.

    >>> classify_programme("고병원성 AI 긴급방역비")
    Classification(scope='other', is_ai='false', rule='avian-influenza')
    """
    rules = _terms(terms)
    text = _readable(name, rules)
    present = {id for id in rules.widened if rules.patterns[id].search(text)}
    return _decide(text, present, f"{field or ''} {section or ''}", rules)


def classify_programmes(
    names: pd.Series,
    fields: pd.Series | None = None,
    sections: pd.Series | None = None,
    *,
    terms: Terms | Path | str | None = None,
) -> pd.DataFrame:
    """``classify_programme`` of every name: one row each, columns scope, is_ai, rule, on the index of *names*.

    *fields* and *sections*, where given, are as long as *names* and in the same order.
    """
    rules = _terms(terms)
    names = names.astype("str")
    distinct = pc.dictionary_encode(_strings(names))
    anything = "|".join([*rules.widened.values(), _UNUSUAL.pattern, "^$"])
    worth = pc.match_substring_regex(pc.replace_substring(distinct.dictionary, " ", ""), anything)
    codes = distinct.indices.fill_null(-1).to_numpy()
    # A missing name has the code -1 and so finds the last place: it is asked about, too.
    rows = np.append(worth.to_numpy(zero_copy_only=False), True)[codes]
    context = {"name": names, "field": fields, "section": sections}
    asked = pd.DataFrame({key: None if column is None else column.array[rows] for key, column in context.items()})
    group = asked.groupby(["name", "field", "section"], dropna=False, sort=False).ngroup()
    cases = asked[~group.duplicated()].astype("str").fillna("")
    texts = [_readable(name, rules) for name in cases["name"]]
    wheres = cases["field"] + " " + cases["section"]
    judged = [_decide(*case, rules) for case in zip(texts, _present(texts, rules), wheres, strict=True)]

    found = list(dict.fromkeys([NO_TERM, *judged]))
    which = np.zeros(len(names), dtype="int64")
    which[rows] = np.array([found.index(verdict) for verdict in judged], dtype="int64")[group]
    return pd.DataFrame(found, columns=Classification._fields, dtype="str").iloc[which].set_axis(names.index)


def classify_lines(lines: Iterable[str], *, terms: Terms | Path | str | None = None) -> Iterator[str]:
    """For each line that holds a programme name: ``scope<TAB>is_ai<TAB>rule<TAB>name``, in the same order."""
    rules = _terms(terms)
    for i, line in enumerate(lines):
        name = (line.removeprefix("\ufeff") if i == 0 else line).rstrip("\r\n")
        yield "\t".join((*classify_programme(name, terms=rules), name))


def _terms(terms: Terms | Path | str | None) -> Terms:
    return terms if isinstance(terms, Terms) else load_terms(terms)


def _readable(name: str | None, terms: Terms) -> str:
    """The normalised name, with □ where an exclusion stood."""
    text = normalise_name(name or "")
    return terms.exclusions.sub("□", text) if terms.exclusions else text


def _present(texts: list[str], terms: Terms) -> list[set[str]]:
    """Which terms stand in each text: the exact search only where the cheap one, which finds too much, found something."""
    present: list[set[str]] = [set() for _ in texts]
    squeezed = pc.replace_substring(pa.array(texts, type=pa.string()), " ", "")
    for id, widened in terms.widened.items():
        for i in pc.indices_nonzero(pc.match_substring_regex(squeezed, widened)).to_pylist():
            if terms.patterns[id].search(texts[i]):
                present[i].add(id)
    return present


def _decide(text: str, present: set[str], where: str, terms: Terms) -> Classification:
    """The first rule that applies to a readable name in which the terms of *present* stand."""
    if not text:
        return NO_NAME
    contexts: dict[str, bool] = {}

    def found(id: str) -> bool:
        if id in present:
            return True
        if id not in contexts:
            contexts[id] = terms.patterns[id].search(text) is not None
        return contexts[id]

    for rule in terms.rules:
        if rule.wakes.isdisjoint(present) or not any(all(map(found, needs)) for needs in rule.needs):
            continue
        if not any(map(found, rule.without)) and (rule.field is None or rule.field.search(where)):
            return Classification(rule.scope, rule.is_ai, rule.id)
    return NO_TERM


def _strings(names: pd.Series) -> pa.Array:
    strings = pa.array(names, type=pa.string(), from_pandas=True)
    return strings.combine_chunks() if isinstance(strings, pa.ChunkedArray) else strings
