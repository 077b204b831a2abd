"""JSON pages of the API (fetched by us or saved by a person) → `Raw`."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

import pyarrow as pa

from budgets.contract_arrow import TEXT
from budgets.errors import Fault
from budgets.sources.lofin.delimited import MANY
from budgets.sources.lofin.envelope import parse_page
from budgets.sources.lofin.fields import HEADERS, MONEY, UNUSED, missing
from budgets.sources.lofin.raw import Raw, refuse


def read_pages(name: str, pages: Iterable[tuple[str, bytes]]) -> Raw:
    """The rows of all *pages* (name of the page, its JSON), in their order.

    Raises `ContractError` with every unknown or missing column and every cell that is neither text nor a whole
    number, and where pages are missing; `EnvelopeError` for a page that is no answer of the API.
    """
    tables, sizes, names, faults = [], list[int](), list[str](), list[Fault]()
    promised: Counter[int] = Counter()
    for page_name, body in pages:
        page = parse_page("QWGJK", body)
        rows = page.rows
        promised[page.total] += len(rows)
        if not rows:
            continue
        found = dict.fromkeys(column for row in rows for column in row)
        faults += [Fault(page_name, None, c, None, "contract.column_in_schema", {"column": c}) for c in found if c not in HEADERS]
        faults += [Fault(page_name, None, None, None, "contract.column_in_dataframe", {"column": f"{HEADERS[c][0]} ({c})"}) for c in missing(list(found))]
        columns = {}
        for column in found:
            if column in HEADERS and column not in UNUSED:
                columns[column] = _column(page_name, column, [row.get(column) for row in rows], faults)
        tables.append(pa.table(columns))
        sizes.append(len(rows))
        names.append(page_name)
    # Every page says how many rows its query has; several queries may have the same number.
    faults += [
        Fault(name, None, None, None, "lofin.pages_missing", {"found": found, "wanted": total}) for total, found in promised.items() if total and found % total
    ]
    refuse(faults)
    ends = list(accumulate(sizes))

    def place(row: int) -> tuple[str, int]:
        at = bisect_right(ends, row)
        return names[at], row - (ends[at - 1] if at else 0) + 1

    table = pa.concat_tables(tables, promote_options="default").unify_dictionaries() if tables else pa.table({})
    return Raw(name, table, {}, place)


def _column(page: str, column: str, values: list[object], faults: list[Fault]) -> pa.Array:
    texts: list[str | None] = []
    for row, value in enumerate(values, 1):
        if value is None or isinstance(value, str):
            texts.append(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            texts.append(str(value))
        else:
            faults.append(Fault(page, row, column, str(value), "contract.integer" if column in MONEY else "lofin.no_text"))
            texts.append(None)
    return pa.array(texts, pa.string() if column in MANY or column in MONEY else TEXT)
