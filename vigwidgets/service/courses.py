"""Keep the course that is taught in step with its files, so that an author sees at once what they wrote."""

from __future__ import annotations

from vigwidgets.curriculum import CourseRefused, load_course, stamp_of
from vigwidgets.service.state import ServiceState

__all__ = ["read_again"]


def read_again(state: ServiceState) -> str:
    """Read the course again if one of its files changed; a course that is refused takes nobody's place.

    Returns:
        Why the course on the disk is not the one that is taught; nothing if it is.
    """
    course = state.course
    if not course.stamp or stamp_of(course.folder) == course.stamp:
        return ""
    try:
        state.course = load_course(course.folder)
    except CourseRefused as refused:
        return str(refused)
    return ""
