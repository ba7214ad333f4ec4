"""A lesson's page: its text, rendered once for each version of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from vigwidgets.curriculum import Course
from vigwidgets.service.pages.render import markdown

__all__ = ["LessonPage", "lesson_page"]


@dataclass(frozen=True)
class LessonPage:
    """All that the page says."""

    title: str
    minutes: int
    body: Markup
    next_path: str
    next_words: str


def lesson_page(lesson_id: str, course: Course) -> LessonPage:
    """Return a lesson's page.

    Raises:
        Refusal: The course has no such lesson.
    """
    lesson = course.lesson(lesson_id)
    path, words = _onward(lesson_id, course)
    return LessonPage(lesson.title, lesson.minutes, _body(lesson.markdown), path, words)


@lru_cache(maxsize=64)
def _body(text: str) -> Markup:
    # The page has the title as its heading already; most lessons open with it too.
    first, _, rest = text.partition("\n")
    return markdown(rest if first.startswith("# ") else text)


def _onward(lesson_id: str, course: Course) -> tuple[str, str]:
    steps = course.pathway
    for place, step in enumerate(steps[:-1]):
        if (step.kind, step.id) != ("lesson", lesson_id):
            continue
        after = steps[place + 1]
        if after.kind == "exercise":
            return f"exercises/{after.id}", f"On to the exercise: {course.exercise(after.id).title}"
        return f"lessons/{after.id}", f"Next lesson: {course.lesson(after.id).title}"
    return "", ""
