"""What we decided about programmes and figures: read, checked, and laid beside what was published.

A ruling is a row with a reason in ``data/rulings``. ``data/clean`` never contains one; comparisons apply them.
"""

from budgets.rulings.classifier import classify_programme
from budgets.rulings.judgement import check_rulings, judged, wholes

__all__ = ["check_rulings", "classify_programme", "judged", "wholes"]
