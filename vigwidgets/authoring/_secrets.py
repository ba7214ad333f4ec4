"""Whether a summative key would be read by those whom it examines."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from vigwidgets.curriculum import Course, Exercise, Problem

__all__ = ["leaks"]


def leaks(course: Course, shipped: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each summative exercise whose key lies open.

    Args:
        course: The course.
        shipped: The films whose scripts, and so whose truths, lie in the course for everybody to read.
    """
    yield from _shown_in_its_set(course)
    for exercise in course.exercises.values():
        if exercise.marking == "summative":
            file = f"exercises/{exercise.id}.yaml"
            for sentence in (*_shown_elsewhere(exercise, course), *_in_the_course(exercise, course, shipped)):
                yield Problem(file, 0, sentence)


def _shown_in_its_set(course: Course) -> Iterator[Problem]:
    """Yield a problem for each film that a set shows before it is rated blind."""
    for one in course.sets.values():
        rated = {name: course.exercises[name].film for name in one.exercises if name in course.exercises}
        before = {*one.see, *(rated[name] for name in one.practise if name in rated)}
        for name in one.blind:
            if rated.get(name) in before:
                sentence = f"film {rated[name]!r} of {name!r} is shown before it is rated blind; choose another film."
                yield Problem(f"sets/{one.id}.yaml", 0, sentence)


def _shown_elsewhere(exercise: Exercise, course: Course) -> Iterator[str]:
    films = set(films_of(exercise))
    for one in course.sets.values():
        for film in films & set(one.see):
            yield f"film {film!r} is shown with its reference in set {one.id!r}; give the exercise a film of its own."
    for other in course.exercises.values():
        shared = films & set(films_of(other))
        if shared and other.marking != "summative":
            yield (
                f"film {min(shared)!r} is also that of {other.id!r}, whose feedback shows its key at once; give the "
                "summative exercise a film of its own."
            )


def _in_the_course(exercise: Exercise, course: Course, shipped: Collection[str]) -> Iterator[str]:
    known = sorted(set(films_of(exercise)) & set(shipped))
    if any(question.right for question in exercise.questions):
        yield f"the right choices stand in it; write them into keys/{exercise.id}/answers.yaml of the data directory."
    if known and exercise.policy.against == "truth" and not exercise.questions:
        yield (
            f"the key of film {known[0]!r} lies in the course for everybody to read; keep the film in the service's "
            "data directory only, or mark against a panel (policy.against) that lies there."
        )
    if (course.folder / "keys" / exercise.id).exists():
        yield f"its key lies in the course, keys/{exercise.id}; move it to the service's data directory."
    if (course.folder / "attempts" / exercise.id).exists():
        yield f"an expert's attempt lies in the course, attempts/{exercise.id}; take it away."


def films_of(exercise: Exercise) -> list[str]:
    """Return the films that an exercise shows."""
    return [exercise.film]
