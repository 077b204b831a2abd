"""Official budget lines of 지방재정365: fetched from its open API, or read from files a person downloaded.

| module | job |
|---|---|
| ``fields`` | which columns there are, and what their headers may look like |
| ``codebook`` | names and codes of governments → our identifiers |
| ``envelope`` | one answer of the API, in all its shapes |
| ``client`` | the API: polite, patient, careful with the key |
| ``snapshot`` | all pages of a query, or nothing |
| ``delimited`` ``workbook`` ``pages`` | a CSV file, a workbook, JSON pages → `raw.Raw` |
| ``files`` | which of the three a file is |
| ``lines`` | `raw.Raw` → rows of the contract (``places``: whose they are; ``control``: sums that must agree) |
| ``totals`` | budget totals (ACEXBG) → denominators |

Reads, never judges; writes nothing but the raw export.
"""
