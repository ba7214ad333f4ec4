"""An attempt and its key make a mark and feedback; papermill makes the report."""

from vigwidgets.grading._feedback import Feedback, feedback_of
from vigwidgets.grading._mark import Again, Answer, Figures, LaneMark, Mark, Seen, Share, TimeAgreement
from vigwidgets.grading._score import mark_observation
from vigwidgets.grading._words import CAUTION, clock

__all__ = [
    "CAUTION",
    "Again",
    "Answer",
    "Feedback",
    "Figures",
    "LaneMark",
    "Mark",
    "Seen",
    "Share",
    "TimeAgreement",
    "clock",
    "feedback_of",
    "mark_observation",
]
