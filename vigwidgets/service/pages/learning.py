"""“My learning”: a greeting, one next step, and the path."""

from __future__ import annotations

from dataclasses import dataclass

from vigwidgets.records import Person
from vigwidgets.service.pages.path import Next, Standing, kept_words, marking_words, next_step, standings
from vigwidgets.service.pages.words import count, first_name, minutes, number
from vigwidgets.service.state import ServiceState

__all__ = ["Learning", "Step", "learning"]


@dataclass(frozen=True)
class Step:
    """One line of the path."""

    title: str
    path: str
    words: str
    state: str
    state_words: str
    actions: list[tuple[str, str]]
    terms: str = ""


@dataclass(frozen=True)
class Learning:
    """All that the page says."""

    greeting: str
    lead: str
    next: Next | None
    course: str
    summary: str
    steps: list[Step]


def learning(person: Person, state: ServiceState) -> Learning:
    """Return what “My learning” shows to ``person``.

    Args:
        person: Who is signed in.
        state: The course as it is now, what was begun and handed in, and the films for the next step's picture.
    """
    steps = standings(state.course, state.records, person.id)
    exercises = [step for step in steps if step.exercise is not None]
    done = sum(step.state == "in" for step in exercises)
    return Learning(
        greeting=f"{'Welcome' if done == 0 else 'Welcome back'}, {first_name(person.name)}",
        lead=_lead(steps, exercises, done),
        next=next_step(steps, state),
        course=state.course.title,
        summary=_summary(exercises),
        steps=[_line(step) for step in steps],
    )


def _lead(steps: list[Standing], exercises: list[Standing], done: int) -> str:
    if not exercises:
        return "There is no exercise in this course yet; the person who runs it will add the first."
    if done == len(exercises):
        if any(step.state == "text" for step in steps):
            return "You have handed in every exercise. There is still something to read."
        again = any(step.exercise and step.exercise.marking != "summative" and step.again for step in exercises)
        more = "; you may do any exercise again that is for practice" if again else ""
        return f"That is the path for now: everything is handed in and read. Your feedback stays here{more}."
    if any(step.state == "begun" for step in exercises):
        return "What you began is kept. Take up where you stopped, when it suits you."
    if done == 0:
        return f"Begin with {count(exercises[0].minutes, 'quiet minute')}. Here is the first step."
    return f"You have handed in {count(done, 'exercise')} of {number(len(exercises))}. Here is the next step."


def _summary(exercises: list[Standing]) -> str:
    marked = [step for step in exercises if step.exercise and step.exercise.marking == "summative"]
    if not exercises:
        return ""
    if not marked:
        return "Nothing on this path is marked for a record: the exercises give you feedback, and that is all."
    names = ", ".join(f"“{step.title}”" for step in marked)
    return f"Marked for your record: {names}. Everything else is practice with feedback."


def _line(step: Standing) -> Step:
    takes = minutes(step.minutes)
    if step.kind == "set":
        says = {"fresh": "Not begun", "in": "All films rated"}.get(step.state, f"{count(step.tags, 'film')} rated")
        return Step(step.title, step.path, f"Set of ratings · {takes}", step.state, says, [])
    if step.exercise is None:
        says = "Read" if step.state == "read" else "To read"
        return Step(step.title, step.path, f"Lesson · {takes}", "in" if step.state == "read" else "text", says, [])
    words = f"Exercise · {takes} · {marking_words(step.exercise)}"
    feedback = f"attempts/{step.attempt.id}" if step.attempt else ""
    if step.state == "begun":
        says = f"Begun{' again' if feedback else ''}, {kept_words(step.exercise, step.tags)}"
        earlier = [("Earlier feedback", feedback)] if feedback else []
        return Step(step.title, step.path, words, "begun", says, [("Carry on", step.path), *earlier], step.terms)
    if feedback:
        says = "Handed in" if step.marked or step.exercise.marking != "formative" else "Handed in, feedback on its way"
        again = [("Do it again", f"{step.path}?again=1")] if step.again else []
        return Step(step.title, feedback, words, "in", says, [("Read feedback", feedback), *again], step.terms)
    return Step(step.title, step.path, words, "fresh", "Not begun", [], step.terms)
