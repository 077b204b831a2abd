"""Two states of the data: what differs, and what that does to every number shown. No file is opened here.

| module | job |
|---|---|
| ``records`` | the rows of both states, paired: every difference is one `Change` of one kind |
| ``mixtures`` | states in between: some of the changes made, others not |
| ``numbers`` | the numbers that reports show of a state, view by view |
| ``reach`` | which changes may have to do with which numbers |
| ``causes`` | why a number is another one: the smallest set of changes that explains it both ways |
| ``official_lines`` | official lines of both states: new, gone, changed, AI only now or no longer |
| ``official_sums`` | the same of states that keep no lines, but sums of them: editions |
| ``saying`` · ``effects`` | all that in words: the 정오표 |
"""

from budgets.revisions.causes import Effect, Revision, revision
from budgets.revisions.numbers import BudgetView, TargetView, View, views
from budgets.revisions.official_lines import LinesChange, lines_changes
from budgets.revisions.official_sums import Shown, Sums, SumsChange, sums_changes
from budgets.revisions.records import KINDS, Change, Field, changes, term_changes
from budgets.revisions.saying import Erratum, errata, headline, lead, lines, moved, summary

__all__ = [
    "KINDS",
    "BudgetView",
    "Change",
    "Effect",
    "Erratum",
    "Field",
    "LinesChange",
    "Revision",
    "Shown",
    "Sums",
    "SumsChange",
    "TargetView",
    "View",
    "changes",
    "errata",
    "headline",
    "lead",
    "lines",
    "lines_changes",
    "moved",
    "revision",
    "summary",
    "sums_changes",
    "term_changes",
    "views",
]
