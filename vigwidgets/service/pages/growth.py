"""What a person's attempts say together: how their eye comes along, and the one habit to look at next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from vigwidgets.contract import Beat, Film
from vigwidgets.dates import when
from vigwidgets.grading import (
    FEWEST_FILMS,
    Habit,
    Mark,
    RatingMark,
    habit_of,
    landscape_of,
    leaning_of,
    on_one_ground,
    progress_of,
    standing_of,
)
from vigwidgets.records import Attempt, Person
from vigwidgets.schemes import Codebook
from vigwidgets.service.pages.charts import Whisker, whiskers_svg
from vigwidgets.service.pages.lanes import GREY
from vigwidgets.service.pages.marks import mark_of, rating_mark_of
from vigwidgets.service.pages.moments import Moment, moment_at
from vigwidgets.service.release import withheld
from vigwidgets.service.state import ServiceState

__all__ = ["Growth", "growth_of", "habit_moments", "habit_stretches", "landscapes", "marked_attempts"]

_NEWEST = 40
"""So many attempts are looked at: an eye of two years ago says little of today's."""

_DRAWN = 12

Marked = tuple[Attempt, str, Mark]


@dataclass(frozen=True)
class Growth:
    """What the page says of it.

    Attributes:
        figures: Whether tags were marked, so that there are figures by time and by event.
        chart: Attempts with their intervals; empty before the second.
        says: What can be said of them.
        habit: What shows again and again, if anything does.
        films: Over how many films it was looked for.
    """

    figures: bool
    chart: Markup
    says: str
    habit: Habit | None
    films: int


def marked_attempts(state: ServiceState, person: str, reader: Person, codebook: Codebook) -> list[Marked]:
    """Return a person's marked attempts under one scheme with their exercises' titles, by time.

    Try-outs have no figures and are left out; so is whatever is not released to the reader, and of another's what is
    marked blind.

    Args:
        state: The service.
        person: Whose.
        reader: Who looks.
        codebook: The scheme.
    """
    found: list[Marked] = []
    for attempt in state.records.attempts(person=person, newest=_NEWEST):
        exercise = state.course.exercises.get(attempt.exercise)
        if exercise is None or exercise.marking == "none" or withheld(attempt, reader, state.course, state.records):
            continue
        mark = mark_of(attempt, state.records) if attempt.observation.scheme == codebook.ref else None
        if mark is not None and not _blind(attempt, reader, state):
            found.append((attempt, exercise.title, mark))
    return found[::-1]


def _blind(attempt: Attempt, reader: Person, state: ServiceState) -> bool:
    return attempt.person != reader.id and standing_of(attempt, state.records, state.course).blind


def growth_of(attempt: Attempt, reader: Person, state: ServiceState, codebook: Codebook) -> Growth | None:
    """Return how the person who handed in has come along until this attempt; None where it has no figures.

    Args:
        attempt: What was handed in; later attempts are left out.
        reader: Who looks.
        state: The service.
        codebook: The scheme.
    """
    if codebook.scheme.scale is not None:
        return _leaning(attempt, reader, state)
    everything = marked_attempts(state, attempt.person, reader, codebook)
    way = everything[: 1 + next((n for n, one in enumerate(everything) if one[0].id == attempt.id), -1)]
    if not way:
        return None
    progress = progress_of([(one.id, title, one.handed_in_at, mark) for one, title, mark in way][-_DRAWN:])
    newest = {mark.film: mark for _, _, mark in way}
    chart, says = Markup(""), ""
    if progress is not None:
        whiskers = [
            Whisker(
                f"{when(one.when):%d.%m.}",
                one.seen.value or 0,
                one.seen.low or 0,
                one.seen.high or 1,
                f"{one.exercise}: {one.seen.count} of {one.seen.n} moments seen",
            )
            for one in progress.attempts
        ]
        title = "; ".join(f"{one.exercise}: {one.seen.count} of {one.seen.n} seen" for one in progress.attempts)
        chart, says = whiskers_svg(whiskers, title), progress.sentence
    return Growth(True, chart, says, habit_of(list(newest.values()), codebook), len(newest))


def _leaning(attempt: Attempt, reader: Person, state: ServiceState) -> Growth | None:
    """Return whether the person's ratings lean to one side, over the newest of each film until this attempt."""
    newest: dict[str, RatingMark] = {}
    everything = state.records.attempts(person=attempt.person, newest=_NEWEST)[::-1]
    until = 1 + next((n for n, one in enumerate(everything) if one.id == attempt.id), -1)
    for one in everything[:until]:
        if one.observation.scheme != attempt.observation.scheme:
            continue
        mark = rating_mark_of(one, state.records)
        kept = withheld(one, reader, state.course, state.records) or _blind(one, reader, state)
        if mark is not None and not kept:
            newest[mark.film] = mark
    habit = leaning_of(list(newest.values())) if len(newest) >= FEWEST_FILMS else None
    return Growth(False, Markup(""), "", habit, len(newest)) if newest else None


def habit_moments(growth: Growth | None, film: str) -> list[Moment]:
    """Return where the habit shows in a film, for the page to play; a few are enough."""
    there = growth.habit.instances if growth and growth.habit else []
    return [moment_at(one.start, one.start, one.end, "", GREY, one.sentence) for one in there if one.film == film][:4]


def habit_stretches(growth: Growth | None, film: str) -> set[tuple[int, int]]:
    """Return from where to where the differences of a film play in which the habit shows."""
    there = growth.habit.instances if growth and growth.habit else []
    return {(one.start, one.end) for one in there if one.film == film}


def landscapes(attempt: Attempt, beats: Sequence[Beat], film: Film | None, codebook: Codebook | None) -> dict[str, Any]:
    """Return the trainee's landscape and the expert's as JSON, where there is a scheme of what people do.

    Args:
        attempt: What was handed in.
        beats: What of the expert's the reader may see.
        film: The film, if it is still here.
        codebook: The scheme.
    """
    if film is None or codebook is None or codebook.scheme.scale:
        return {}
    lands = {
        name: landscape_of(events, film.cast, codebook, film.duration)
        for name, events in (("own", attempt.observation.tags), ("expert", beats))
        if events
    }
    return {name: land.as_data(codebook) for name, land in on_one_ground(lands, codebook).items()}
