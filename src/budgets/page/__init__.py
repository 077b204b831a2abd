"""Pages: an executed notebook becomes one HTML file that opens anywhere and asks the network for nothing.

Pure: notebook and tables in, text out; no file is written here and nothing of a comparison is known here.
"""

from budgets.page.index import Entry, Failure, index_page
from budgets.page.lens import Lens, View
from budgets.page.report import report_page
from budgets.page.table import Column, Table, html_table

__all__ = ["Column", "Entry", "Failure", "Lens", "Table", "View", "html_table", "index_page", "report_page"]
