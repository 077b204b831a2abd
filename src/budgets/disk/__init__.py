"""Files, whole or not at all; one writer at a time.

| what | with |
|---|---|
| one file | ``write_whole`` |
| several files of one folder, all or none | ``replace_together`` |
| a folder | ``replace_folder`` |
| nobody else writes here meanwhile | ``one_writer``, ``writing_data`` |

A process may die between any two steps: what was there before stands, or what is new, and whoever writes next finishes
or takes back what was begun. (That the disk itself keeps what it was given when the power goes is the system's promise.)
"""

from budgets.disk.lock import PRIVATE, BusyError, finish_begun, one_writer, writing_data
from budgets.disk.whole import check_folder, replace_folder, replace_together, write_whole

__all__ = ["PRIVATE", "BusyError", "check_folder", "finish_begun", "one_writer", "replace_folder", "replace_together", "write_whole", "writing_data"]
