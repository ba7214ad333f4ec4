"""How far observations agree: pure functions over arrays, in microseconds or in units of time.

One event-based family (``overlap_share``, ``gaps``, ``best_pairs``, ``proportion``) and one time-based
(``covered_units``, ``time_unit_kappa``): report one of each, with how many cases it rests on.
"""

from vigwidgets.agreement._intervals import covered_units, gaps, overlap_share
from vigwidgets.agreement._matching import best_pairs
from vigwidgets.agreement._proportion import Proportion, proportion
from vigwidgets.agreement._units import UnitAgreement, time_unit_kappa

__all__ = [
    "Proportion",
    "UnitAgreement",
    "best_pairs",
    "covered_units",
    "gaps",
    "overlap_share",
    "proportion",
    "time_unit_kappa",
]
