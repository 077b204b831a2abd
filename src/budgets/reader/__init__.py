"""From an article to proposals: found, resolved, each value with the words it rests on. A person decides.

The rules are data (``data/rulings/reader_cues.csv``); what the text does not say stays ``unknown``.
"""

from budgets.reader.cues import Cues
from budgets.reader.governments import Gazetteer
from budgets.reader.known import Known
from budgets.reader.proposals import Proposal, Reading
from budgets.reader.reading import read

__all__ = ["Cues", "Gazetteer", "Known", "Proposal", "Reading", "read"]
