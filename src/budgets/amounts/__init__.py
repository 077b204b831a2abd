"""How a printed amount is read, and how an amount is printed.

A printed amount is an interval: ``40억 원`` says no more than 39.5억 … 40.5억. Money is in won (unit ``KRW``), counts
carry the counter as printed (명, 개사, %).

| what | with |
|---|---|
| a token of a text: ``227억여 원``, ``20~30명`` | ``parse_amount`` |
| a token with the hedge noted beside it | ``read_figure`` |
| a cell of a table whose unit stands elsewhere | ``parse_cell`` |
| a number of won, for a reader | ``format_amount`` |

Whatever is not plainly an amount raises ``AmountError`` with the text and the reason; nothing is guessed.
"""

from budgets.amounts.cells import parse_cell
from budgets.amounts.formats import format_amount
from budgets.amounts.intervals import Amount, Value
from budgets.amounts.printed import parse_amount, read_figure

__all__ = ["Amount", "Value", "format_amount", "parse_amount", "parse_cell", "read_figure"]
