"""What somebody who had not seen the rules supposed of the funders in articles of our own: ``tests/articles/payers.csv``.

One row for each amount and count: ``said`` (the funder the text states), ``supposed`` (whom an official would suppose to
pay; ``cannot_tell`` where no words suggest it) and the words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from budgets.reader import Reading


def judged(article: str, reading: Reading, rows: Iterable[Mapping[str, str]]) -> Counter[str]:
    """How the suppositions of a reading stand to those of a person.

    *right*, *wrong*, *not supposed* (the person would suppose nothing there) and *left out* (only the person supposes).
    """
    here = [row for row in rows if row["article"] == article]
    found: Counter[str] = Counter()
    for p in reading.proposals:
        row = next((r for r in here if int(r["line"]) == p.span.line and (r["print"] in p.span.text or p.span.text in r["print"])), None)
        if row is None or p.kind == "milestone":
            continue
        here.remove(row)
        wanted = row["said"] or row["supposed"].replace("cannot_tell", "")
        if one := p.supposed.get("funding"):
            found["right" if one.value == wanted else "wrong" if wanted else "not supposed"] += 1
        elif wanted and p.value("funding") in ("", "unknown"):
            found["left out"] += 1
    return found
