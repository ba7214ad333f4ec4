"""What trainees see otherwise: on their own page to say it, and on the supervisor's to read it beside the items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vigwidgets.curriculum import Course
from vigwidgets.grading import ItemStatistics, Standing, clock, differences, item_statistics, standing_of
from vigwidgets.records import Attempt, Records
from vigwidgets.service.base import VigHandler
from vigwidgets.service.pages.words import signed
from vigwidgets.service.release import UNNAMED
from vigwidgets.service.state import ServiceState

__all__ = ["OTHERWISE_ROUTES", "OwnViews", "Views", "own_views", "views"]


@dataclass(frozen=True)
class OwnView:
    """One difference, and what its owner said of it."""

    item: str
    words: str
    reason: str


@dataclass(frozen=True)
class OwnViews:
    """The part of the feedback page.

    Attributes:
        path: Where the form goes, below the application's root.
        open: Differences of which nothing was said.
        said: Those of which something was.
    """

    path: str
    open: list[OwnView]
    said: list[OwnView]


def own_views(attempt: Attempt, state: ServiceState) -> OwnViews | None:
    """Return what an attempt's owner may see otherwise, or None where there is no difference.

    Whoever calls has asked whether the mark may be read.
    """
    mark = standing_of(attempt, state.records, state.course).mark
    there = differences(mark) if mark is not None else {}
    reasons = {one.item: one.reason for one in state.records.otherwise(attempt.id)}
    all_of_them = [OwnView(item, words, reasons.get(item, "")) for item, words in there.items()]
    if not all_of_them:
        return None
    return OwnViews(
        f"attempts/{attempt.id}/otherwise",
        [one for one in all_of_them if not one.reason],
        [one for one in all_of_them if one.reason],
    )


@dataclass(frozen=True)
class View:
    """One reason, as a supervisor reads it."""

    who: str
    about: str
    reason: str
    at: str
    path: str


@dataclass(frozen=True)
class ItemRow:
    """One item of an exercise."""

    says: str
    at: str
    alike: str
    discrimination: str
    doubtful: bool
    otherwise: int


@dataclass(frozen=True)
class Section:
    """One exercise: what is seen otherwise, and its items."""

    id: str
    title: str
    views: list[View]
    items: list[ItemRow]


@dataclass(frozen=True)
class Views:
    """All that the supervisor's page says."""

    sections: list[Section]


def views(course: Course, records: Records) -> Views:
    """Return what trainees see otherwise, by exercise, with each item's figures beside it."""
    people = {person.id: person.name for person in records.people()}
    sections = []
    for exercise in course.exercises.values():
        standings = {one.id: standing_of(one, records, course) for one in records.attempts(exercise.id)}
        # A person's attempts are no other people: as on the group's page, each counts with the newest mark.
        marks = {one.attempt.person: one.mark for one in standings.values() if one.mark is not None}
        if not marks:
            continue
        said = records.otherwise(exercise=exercise.id)
        rows = [
            View(
                _who(standings[one.attempt], people), _about(standings[one.attempt], one.item), one.reason, one.at,
                f"attempts/{one.attempt}",
            )
            for one in said
            if one.attempt in standings
        ]  # fmt: skip
        by_person = {(standings[one.attempt].attempt.person, one.item): one for one in said if one.attempt in standings}
        items = [_row(one) for one in item_statistics(list(marks.values()), list(by_person.values()))]
        if rows or items:
            sections.append(Section(exercise.id, exercise.title, rows, items))
    return Views(sections)


def _who(standing: Standing, people: dict[str, str]) -> str:
    return UNNAMED if standing.blind else people.get(standing.attempt.person, "")


def _about(standing: Standing, item: str) -> str:
    there = differences(standing.mark) if standing.mark is not None else {}
    return there.get(item, "A difference that a later mark no longer shows.")


def _row(one: ItemStatistics) -> ItemRow:
    power, low, high = one.discrimination, one.discrimination_low, one.discrimination_high
    return ItemRow(
        says=one.says,
        at="" if one.start is None else clock(one.start),
        alike=f"{one.alike.count} of {one.alike.n}",
        discrimination="–" if power is None else f"{signed(power)}{_between(low, high)}",
        doubtful=(high is not None and high < 0) or (one.otherwise >= 3 and one.otherwise * 3 >= one.alike.n),
        otherwise=one.otherwise,
    )


def _between(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" ({signed(low)} to {signed(high)})"


class OtherwiseListHandler(VigHandler):
    """``/supervision/otherwise``."""

    actions: ClassVar = {"get": "marking.read"}

    async def get(self) -> None:
        """Show what is seen otherwise, and the items."""
        view = await self.state.read(views, self.state.course, self.state.records)
        self.page("otherwise.html", here="supervision", view=view)


OTHERWISE_ROUTES: list[tuple[str, type[VigHandler]]] = [(r"supervision/otherwise", OtherwiseListHandler)]
"""The page's address below the application's root."""
