"""What authors need before a course is published: a check of all its parts, and attempts to try marking with."""

from vigwidgets.authoring._check import CourseCheck, check_course
from vigwidgets.authoring._course_raters import RatersCheck, check_raters
from vigwidgets.authoring._keep import keep_made_up
from vigwidgets.authoring._kept import keep_attempt
from vigwidgets.authoring._ranking import Ranking, key_in_course
from vigwidgets.authoring.rater_check import RaterRow, Unseen
from vigwidgets.authoring.simulate import EYES, Eye, add_attempts, simulate_observation, simulate_tags

__all__ = [
    "EYES",
    "CourseCheck",
    "Eye",
    "Ranking",
    "RaterRow",
    "RatersCheck",
    "Unseen",
    "add_attempts",
    "check_course",
    "check_raters",
    "keep_attempt",
    "keep_made_up",
    "key_in_course",
    "simulate_observation",
    "simulate_tags",
]
