"""Where a person stands on the course's pathway, and the one step that comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from vigwidgets.curriculum import Course, Exercise, RatingSet
from vigwidgets.errors import Refusal
from vigwidgets.records import Attempt, Records
from vigwidgets.service.due import terms_told
from vigwidgets.service.films import film_url
from vigwidgets.service.pages.words import count, minutes
from vigwidgets.service.state import ServiceState
from vigwidgets.service.terms import key_shown, opened

__all__ = ["MARKING", "Next", "Standing", "kept_words", "marking_words", "next_step", "poster_of", "standings"]

MARKING = {
    "none": "not marked",
    "formative": "feedback at once, for practice only",
    "summative": "marked, and released by your supervisor",
}
"""What an exercise's marking means, in a few words for the trainee."""

_KINDS = {
    "rating": "Watch a meeting once, as you would live, and rate what the baby shows.",
    "clips": "Choose the clips that answer a parent's question with what goes well.",
    "mcq": "A few questions about a film.",
    "reflection": "A few questions about your own looking, in your own words. Your supervisor reads them.",
}

State = Literal["text", "read", "fresh", "begun", "in"]


@dataclass(frozen=True)
class Standing:
    """One step of the pathway as one person sees it.

    Attributes:
        kind: A lesson to read, an exercise to do, or a set of films to rate.
        id: Which one.
        title: What it is called.
        minutes: How long it takes.
        state: ``text`` (a lesson), ``read`` (a lesson that was opened), ``fresh``, ``begun`` or ``in`` (handed in).
        tags: How many tags have been made, when begun; of a set, how many films are rated.
        attempt: What was handed in last, if anything.
        marked: Whether that has its feedback.
        exercise: The exercise, for one.
        again: Whether its terms let it be handed in once more.
        terms: Until when, how often still, and what being late means, where it may yet be handed in.
    """

    kind: str
    id: str
    title: str
    minutes: int
    state: State
    tags: int = 0
    attempt: Attempt | None = None
    marked: bool = False
    exercise: Exercise | None = None
    again: bool = False
    terms: str = ""

    @property
    def path(self) -> str:
        """Where it is done, below the application's root."""
        return f"{self.kind}s/{self.id}"


@dataclass(frozen=True)
class Next:
    """The card that says what to do next."""

    over: str
    title: str
    about: str
    facts: list[str]
    path: str
    action: str
    aside: str = ""
    aside_path: str = ""
    poster: str = ""
    terms: str = ""


def standings(course: Course, records: Records, person: str) -> list[Standing]:
    """Return the steps of the pathway, in order, as ``person`` (an id) stands on them."""
    own = records.attempts(person=person)
    latest = {attempt.exercise: attempt for attempt in own}
    done = Counter(attempt.exercise for attempt in own)
    read = records.readings(person)
    steps: list[Standing] = []
    for step in course.pathway:
        if step.kind == "set":
            steps.append(_set(course.rating_set(step.id), done))
        elif step.kind == "lesson":
            lesson = course.lesson(step.id)
            state: State = "read" if step.id in read else "text"
            steps.append(Standing("lesson", lesson.id, lesson.title, lesson.minutes, state))
        else:
            exercise = course.exercise(step.id)
            found = _exercise(exercise, records, person, latest.get(step.id))
            again = exercise.may_follow(done[step.id]) and not key_shown(records, person, exercise)
            terms = terms_told(exercise, person, records).whole if again or found.state == "begun" else ""
            steps.append(replace(found, again=again, terms=terms))
    return steps


def _set(found: RatingSet, done: Counter[str]) -> Standing:
    """Return where a person stands in a set of ratings: it is in when every film has been rated."""
    rated = [done[one] > 0 for one in found.exercises]
    state: State = "in" if all(rated) else "begun" if any(rated) else "fresh"
    return Standing("set", found.id, found.title, found.minutes, state, tags=sum(rated))


def _exercise(exercise: Exercise, records: Records, person: str, attempt: Attempt | None) -> Standing:
    current = records.current_observation(person, exercise.id)
    state: State = "begun" if current else "in" if attempt else "fresh"
    tags = len(records.observation(current).observation.tags) if current else 0
    marked = attempt is not None and records.mark(attempt.id) is not None
    return Standing("exercise", exercise.id, exercise.title, exercise.minutes, state, tags, attempt, marked, exercise)


def next_step(steps: list[Standing], state: ServiceState) -> Next | None:
    """Return the first exercise that waits to be handed in, then the first lesson to read; None when all is done.

    An unread lesson that stands directly before an exercise that is not begun comes first, with a way past it.
    """
    for place, step in enumerate(steps):
        if step.kind == "set" and step.state != "in":
            return _rate(step)
        if step.exercise is None or step.state == "in":
            continue
        poster = poster_of(state, step.exercise.film) if opened(step.exercise) else ""
        before = steps[place - 1] if place else None
        if step.state == "fresh" and before is not None and before.state == "text":
            return Next(
                over="Your next step",
                title=before.title,
                about=f"A short lesson to read before the exercise “{step.title}”.",
                facts=[minutes(before.minutes).capitalize(), "To read, nothing to hand in"],
                path=before.path,
                action="Read the lesson",
                aside="Go straight to the exercise",
                aside_path=step.path,
                poster=poster,
            )
        return _do(step, step.exercise, poster)
    unread = next((step for step in steps if step.state == "text"), None)
    return None if unread is None else _read(unread)


def _rate(step: Standing) -> Next:
    return Next(
        over="Your next step" if step.state == "fresh" else "Carry on where you were",
        title=step.title,
        about="See a film that is rated already, practise with feedback, then rate the rest blind.",
        facts=[minutes(step.minutes).capitalize(), "In as many sittings as you like"],
        path=step.path,
        action="Begin" if step.state == "fresh" else "Carry on",
    )


def _read(lesson: Standing) -> Next:
    return Next(
        over="Your next step",
        title=lesson.title,
        about="A short lesson on this path that you have not opened yet.",
        facts=[minutes(lesson.minutes).capitalize(), "To read, nothing to hand in"],
        path=lesson.path,
        action="Read the lesson",
    )


def marking_words(exercise: Exercise) -> str:
    """Return what becomes of what is handed in, in a few words for the trainee."""
    if exercise.markers and exercise.marking == "formative":
        return "read by your supervisor, for practice only"
    return MARKING[exercise.marking]


def kept_words(exercise: Exercise, tags: int) -> str:
    """Return how much of an exercise has been done so far."""
    thing = "answer" if exercise.questions else "rating" if exercise.kind == "rating" else "tag"
    return f"{count(tags, thing)} kept"


def _do(step: Standing, exercise: Exercise, poster: str) -> Next:
    facts = [minutes(step.minutes).capitalize(), marking_words(exercise).capitalize()]
    if step.state == "begun":
        kept = kept_words(exercise, step.tags) if step.tags else "nothing tagged yet"
        return Next(
            over="Carry on where you were",
            title=step.title,
            about=f"You have begun: {kept}. It opens as you left it, on this device or another.",
            facts=facts,
            path=step.path,
            action="Carry on",
            poster=poster,
            terms=step.terms,
        )
    about = (
        _KINDS.get(exercise.kind)
        or {
            "none": "Try it out: watch a short film, tag what you notice, hand in. Nothing can go wrong here.",
            "formative": "Watch a film second by second and name what you see. Feedback comes as soon as you hand in.",
            "summative": "Watch a film second by second and name what you see. Your supervisor releases the mark.",
        }[exercise.marking]
    )
    return Next("Your next step", step.title, about, facts, step.path, "Begin", poster=poster, terms=step.terms)


def poster_of(state: ServiceState, film: str) -> str:
    """Return the address of a film's poster, or nothing when the film or its poster is not here yet."""
    try:
        return film_url(state, film, "poster.jpg")
    except Refusal:
        return ""
