"""Files, whole or not at all; one writer at a time.

| what | with |
|---|---|
| one file | ``write_whole`` |
| several files of one folder, all or none | ``replace_together`` |
| a folder | ``replace_folder`` |
| a folder in which a long run replaces file after file, as it was before | ``remember``, ``take_back``, ``forget`` |
| read nothing that may never end (a pipe, a device), but the streams we were given | ``refuse_endless``, ``given_stream`` |
| tell a system that does not let us write from other errors | ``refused`` |
| nobody else writes here meanwhile | ``one_writer``, ``writing_data`` |

A process may die between any two steps: what was there before stands, or what is new, and whoever writes next finishes
or takes back what was begun. (That the disk itself keeps what it was given when the power goes is the system's promise.)
"""

from budgets.disk.before import forget, remember, remembered, settle_before, take_back
from budgets.disk.lock import PRIVATE, BusyError, finish_begun, one_writer, writing_data
from budgets.disk.plain import given_stream, refuse_endless
from budgets.disk.refusals import refused
from budgets.disk.whole import check_folder, replace_folder, replace_together, write_whole

__all__ = [
    "PRIVATE",
    "BusyError",
    "check_folder",
    "finish_begun",
    "forget",
    "given_stream",
    "one_writer",
    "refuse_endless",
    "refused",
    "remember",
    "remembered",
    "replace_folder",
    "replace_together",
    "settle_before",
    "take_back",
    "write_whole",
    "writing_data",
]
