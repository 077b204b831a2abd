"""How funders stand in lists and tables: a word each for whose money a share is."""

REGIONAL = r"도비|시비|군비|구비|시·?군비|시·?도비|시·?군·?구비|지방비"
FUNDERS = rf"국비|{REGIONAL}|민자|민간|자부담"
"""In sentences these, and others, are rules (``funding`` in ``reader_cues.csv``)."""
