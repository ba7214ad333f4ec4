"""The course as data: its pathway, lessons, exercises and policies, and the rules that they keep."""

from vigwidgets.curriculum._course import Course, Step, load_course, read_course, stamp_of
from vigwidgets.curriculum._exercise import Exercise, Policy, Sheet
from vigwidgets.curriculum._keys import add_to_panel, panel_folder, panel_of
from vigwidgets.curriculum._lesson import Lesson
from vigwidgets.curriculum._markdown import plain_text, render_markdown
from vigwidgets.curriculum._places import CourseRefused, Problem
from vigwidgets.curriculum._terms import Late, Lateness, Scored, Terms, Window, counting, lateness

__all__ = [
    "Course",
    "CourseRefused",
    "Exercise",
    "Late",
    "Lateness",
    "Lesson",
    "Policy",
    "Problem",
    "Scored",
    "Sheet",
    "Step",
    "Terms",
    "Window",
    "add_to_panel",
    "counting",
    "lateness",
    "load_course",
    "panel_folder",
    "panel_of",
    "plain_text",
    "read_course",
    "render_markdown",
    "stamp_of",
]
