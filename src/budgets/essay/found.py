"""What was found in the official lines: AI programmes by scope, government and function; what was kept out, and why."""

import pandas as pd

from budgets import vocabulary as v
from budgets.essay.cells import MILLION, column
from budgets.essay.prose import Prose, listed
from budgets.lines.comparing import FLU, living, say_snapshot
from budgets.lines.official import OfficialLines
from budgets.measures import KRW
from budgets.page import Column, Table, html_table
from budgets.reading import given, say_value
from budgets.tables import Tables
from budgets.words import text

Shown = Table | Prose
