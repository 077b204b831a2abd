"""A grammar that is compiled late answers as the one that is compiled at once."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys

import pytest
if {late}:
    from budgets.late import late_grammar
    late_grammar()
import altair, nbformat
print("lark" in sys.modules)
from jsonschema import Draft202012Validator, FormatChecker
check = Draft202012Validator({{"format": "iri"}}, format_checker=Draft202012Validator.FORMAT_CHECKER)
print([check.is_valid(text) for text in ("https://example.org/길?a=1#b", "길 없음", "://", 5)])
reference = Draft202012Validator({{"format": "iri-reference"}}, format_checker=Draft202012Validator.FORMAT_CHECKER)
print([reference.is_valid(text) for text in ("길#b", "a b", "%zz", "")])
import rfc3987_syntax
print("lark" in sys.modules, rfc3987_syntax.__file__ is not None, len(dir(rfc3987_syntax)))
"""


def said(late: bool) -> list[str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(late=late)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.slow
def test_checks_of_addresses_stay_the_same() -> None:
    at_once, late = said(False), said(True)
    assert at_once[0] == "True" and late[0] == "False"
    assert at_once[1:] == late[1:]
    assert "False" in late[1] and "True" in late[1]
