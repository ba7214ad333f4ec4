"""How far observations agree: pure functions over ratings, and over tags in microseconds or units of time.

Ratings: ``cohen_kappa``, ``fleiss_kappa``, ``krippendorff_alpha``, ``gwet_ac1``, ``gwet_ac2``, ``icc``, ``lin_ccc``,
``bland_altman``, ``screening``; each returns its value with an interval, what it rests on, and a plain sentence.

Timed tags: ``compare`` says from several sides at once how far observations agree, ``tolerance_curve`` at several
tolerances, ``pairwise`` for each with each, ``align`` tag by tag, ``time_kappa`` and ``unitizing_alpha`` one figure
alone. Below them lie the parts that marking uses: event-based (``overlap_share``, ``gaps``, ``best_pairs``,
``proportion``) and time-based (``covered_units``, ``time_unit_kappa``).
"""

from vigwidgets.agreement._align import Alignment, Link, align
from vigwidgets.agreement._alpha import Level, krippendorff_alpha
from vigwidgets.agreement._bands import SCALES, Scale, ScaleName, band_words
from vigwidgets.agreement._compare import Comparison, Curve, compare, tolerance_curve
from vigwidgets.agreement._concordance import BlandAltman, bland_altman, lin_ccc, pearson
from vigwidgets.agreement._cutoff import Screening, screening
from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._icc import IccEstimate, icc
from vigwidgets.agreement._intervals import covered_units, gaps, overlap_share
from vigwidgets.agreement._kappa import cohen_kappa, cohen_kappa_of_table
from vigwidgets.agreement._matching import best_pairs
from vigwidgets.agreement._measures import MEASURES, Measure, Result, measure, measure_named
from vigwidgets.agreement._multirater import brennan_prediger, fleiss_kappa, gwet_ac1, gwet_ac2, percent_agreement
from vigwidgets.agreement._pairwise import Pairwise, pairwise
from vigwidgets.agreement._panel import Label, by_code, by_code_and_actor, by_lane
from vigwidgets.agreement._proportion import Proportion, proportion
from vigwidgets.agreement._readtable import RatingTable, read_ratings
from vigwidgets.agreement._setting import Setting
from vigwidgets.agreement._single import time_kappa, unitizing_alpha
from vigwidgets.agreement._unitizing import Form
from vigwidgets.agreement._units import UnitAgreement, time_unit_kappa
from vigwidgets.agreement._weights import WeightName

__all__ = [
    "MEASURES",
    "SCALES",
    "Alignment",
    "BlandAltman",
    "Comparison",
    "Curve",
    "Estimate",
    "Form",
    "IccEstimate",
    "Label",
    "Level",
    "Link",
    "Measure",
    "Pairwise",
    "Proportion",
    "RatingTable",
    "Result",
    "Scale",
    "ScaleName",
    "Screening",
    "Setting",
    "UnitAgreement",
    "WeightName",
    "align",
    "band_words",
    "best_pairs",
    "bland_altman",
    "brennan_prediger",
    "by_code",
    "by_code_and_actor",
    "by_lane",
    "cohen_kappa",
    "cohen_kappa_of_table",
    "compare",
    "covered_units",
    "fleiss_kappa",
    "gaps",
    "gwet_ac1",
    "gwet_ac2",
    "icc",
    "krippendorff_alpha",
    "lin_ccc",
    "measure",
    "measure_named",
    "overlap_share",
    "pairwise",
    "pearson",
    "percent_agreement",
    "proportion",
    "read_ratings",
    "screening",
    "time_kappa",
    "time_unit_kappa",
    "tolerance_curve",
    "unitizing_alpha",
]
