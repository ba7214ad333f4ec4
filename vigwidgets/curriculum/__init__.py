"""The course as data: its pathway, lessons, exercises and policies, and the rules that they keep."""

from vigwidgets.curriculum._course import Course, Step, load_course, read_course, stamp_of
from vigwidgets.curriculum._exercise import ClipRule, Exercise, Policy, Sheet
from vigwidgets.curriculum._keys import add_to_panel, panel_folder, panel_of
from vigwidgets.curriculum._ledger import IDLE, SORTS, Entry, Sign, Sort, Worked, entry_of, worked
from vigwidgets.curriculum._lesson import Lesson
from vigwidgets.curriculum._markdown import plain_text, render_markdown
from vigwidgets.curriculum._places import CourseRefused, Problem
from vigwidgets.curriculum._questions import (
    AnswerKey,
    ChoiceLine,
    Criterion,
    Question,
    answer_id,
    answer_tag,
    answers_in,
    read_answer_key,
)
from vigwidgets.curriculum._sets import RatingSet
from vigwidgets.curriculum._terms import Late, Lateness, Scored, Terms, Window, counting, lateness

__all__ = [
    "IDLE",
    "SORTS",
    "AnswerKey",
    "ChoiceLine",
    "ClipRule",
    "Course",
    "CourseRefused",
    "Criterion",
    "Entry",
    "Exercise",
    "Late",
    "Lateness",
    "Lesson",
    "Policy",
    "Problem",
    "Question",
    "RatingSet",
    "Scored",
    "Sheet",
    "Sign",
    "Sort",
    "Step",
    "Terms",
    "Window",
    "Worked",
    "add_to_panel",
    "answer_id",
    "answer_tag",
    "answers_in",
    "counting",
    "entry_of",
    "lateness",
    "load_course",
    "panel_folder",
    "panel_of",
    "plain_text",
    "read_answer_key",
    "read_course",
    "render_markdown",
    "stamp_of",
    "worked",
]
