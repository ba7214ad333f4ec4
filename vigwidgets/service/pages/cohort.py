"""A group's work on one exercise: who may want a hand, which moments teach, and where people differ in the film."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from vigwidgets.curriculum import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.grading import (
    Cohort,
    CohortItem,
    CohortRater,
    Mark,
    Share,
    cohort_of,
    csv_of,
    habit_in_short,
    standing_of,
)
from vigwidgets.schemes import Codebook
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.pages.charts import spots_svg
from vigwidgets.service.pages.marks import mark_of
from vigwidgets.service.pages.moments import moment_at
from vigwidgets.service.pages.words import count, length
from vigwidgets.service.release import UNNAMED
from vigwidgets.service.state import ServiceState

__all__ = ["COHORT_ROUTES", "Group", "group_of"]

ITEM_COLUMNS = (
    "moment", "start", "lane", "says", "people", "seen", "nearly", "difficulty", "discrimination", "other_names",
    "note",
)  # fmt: skip
RATER_COLUMNS = (
    "person", "attempts", "moments", "seen", "marks", "shared", "severity", "drift", "drift_low", "drift_high", "habit",
    "help",
)  # fmt: skip


@dataclass(frozen=True)
class Rater:
    """One person's row."""

    who: str
    path: str
    seen: Share
    severity: str
    drift: str
    habit: str
    help: str


@dataclass(frozen=True)
class Item:
    """One moment's row."""

    at: int
    path: str
    lane: str
    colour: str
    says: str
    seen: Share
    nearly: int
    others: str
    tells: str
    note: str


@dataclass(frozen=True)
class Lane:
    """One lane's row."""

    name: str
    colour: str
    expert: int
    marks: str
    seen: Share
    alone: int


@dataclass(frozen=True)
class Group:
    """All that the page says.

    Attributes:
        exercise: The exercise.
        lead: How many people, and what waits.
        waiting: The attempts without a mark: whose, and where.
        raters: The people, those first who may want a hand.
        items: The moments, in film order.
        lanes: The lanes, in the scheme's order.
        spots: Where in the film people differ from the expert, as a drawing.
        hottest: The seconds in which most do, in words.
        cohort: The same as data.
        names: Who each person is, as the reader may know it.
    """

    exercise: Exercise
    lead: str
    waiting: list[tuple[str, str]]
    raters: list[Rater]
    items: list[Item]
    lanes: list[Lane]
    spots: Markup
    hottest: str
    cohort: Cohort
    names: dict[str, str]


def group_of(exercise_id: str, state: ServiceState) -> Group:
    """Return a group's work on an exercise.

    Raises:
        Missing: There is no such exercise, or nothing in it is counted.
    """
    try:
        exercise = state.course.exercise(exercise_id)
    except Refusal as refused:
        raise Missing(str(refused)) from None
    if exercise.marking == "none" or exercise.kind != "tagging":
        raise Missing(
            f"Nothing is counted in “{exercise.title}”, so there is nothing to compare; choose another exercise."
        )
    codebook = state.course.codebook(exercise)
    people = {person.id: person.name for person in state.records.people()}
    marks: dict[str, list[Mark]] = defaultdict(list)
    blind: set[str] = set()
    newest, waiting, duration = {}, [], 0
    for attempt in state.records.attempts(exercise.id):
        standing = standing_of(attempt, state.records, state.course)
        name = UNNAMED if standing.blind else people[attempt.person]
        blind |= {attempt.person} if standing.blind else set()
        mark = mark_of(attempt, state.records) if attempt.observation.scheme == codebook.ref else None
        if mark is None or mark.film != exercise.film:
            waiting.append((name, f"attempts/{attempt.id}"))
            continue
        marks[attempt.person].append(mark)
        # A row is made of all that a person handed in: one attempt that is marked blind hides the name of them all.
        newest[attempt.person] = (UNNAMED if attempt.person in blind else name, f"attempts/{attempt.id}")
        duration = max(duration, attempt.observation.duration)
    cohort = cohort_of(marks, codebook, duration)
    who = count(cohort.people, "person", "people")
    waits = f"; {count(len(waiting), 'attempt waits', 'attempts wait')} for a mark" if waiting else ""
    return Group(
        exercise=exercise,
        lead=f"{who} so far{waits}.".capitalize(),
        waiting=waiting,
        raters=[_rater(one, newest[one.person], codebook) for one in cohort.raters],
        items=[_item(one, newest[cohort.raters[0].person][1], codebook) for one in cohort.items],
        lanes=_lanes(cohort, codebook),
        spots=spots_svg(cohort.spots, "Where in the film people differ from the expert, second by second"),
        hottest=_hottest(cohort.spots),
        cohort=cohort,
        names={person: name for person, (name, _) in newest.items()},
    )


def _rater(one: CohortRater, known: tuple[str, str], codebook: Codebook) -> Rater:
    name, path = known
    drift = "–"
    if one.drift is not None and one.drift_low is not None and one.drift_high is not None:
        drift = f"{one.drift * 100:+.0f} ({one.drift_low * 100:+.0f} to {one.drift_high * 100:+.0f})".replace("-", "−")
    habit = habit_in_short(one.habit, codebook) if one.habit else ""
    return Rater(name, path, one.seen, f"{one.severity:.2f}", drift, habit, one.help)


def _item(one: CohortItem, somewhere: str, codebook: Codebook) -> Item:
    lane = codebook.code(one.lane)
    others = ", ".join(f"{_short(code, codebook)} ({n})" for code, n in one.other_names)
    tells = "–" if one.discrimination is None else f"{one.discrimination:.2f}".replace("-", "−")
    end = one.beat.start if one.beat.end is None else one.beat.end
    anchor = moment_at(one.beat.start, max(0, one.beat.start - 1_000_000), end + 500_000, "", "", "").anchor
    return Item(
        one.beat.start,
        f"{somewhere}#{anchor}",
        _short(one.lane, codebook),
        lane.colour or "#8d8577",
        one.beat.says,
        one.seen,
        one.nearly,
        others,
        tells,
        one.note,
    )


def _short(code: str, codebook: Codebook) -> str:
    found = codebook.code(code)
    return (found.short or found.label)["en"]


def _lanes(cohort: Cohort, codebook: Codebook) -> list[Lane]:
    return [
        Lane(
            codebook.code(one.lane).label["en"], codebook.code(one.lane).colour or "#8d8577", one.expert,
            f"{one.marks:.1f}", one.seen, one.alone,
        )
        for one in cohort.lanes
    ]  # fmt: skip


def _hottest(spots: Sequence[float]) -> str:
    """Name the three seconds in which most people differ, each far from the others."""
    ranked = sorted(range(len(spots)), key=lambda second: (-spots[second], second))
    chosen: list[int] = []
    for second in ranked:
        if spots[second] > 0 and all(abs(second - other) > 3 for other in chosen):
            chosen.append(second)
        if len(chosen) == 3:
            break
    said = [f"{length(second * 1_000_000)} ({spots[second] * 100:.0f} %)" for second in sorted(chosen)]
    return f"Most differ at {', '.join(said)}." if said else ""


def item_rows(group: Group) -> list[dict[str, Any]]:
    """Return the moments as rows for a spreadsheet."""
    return [
        {
            "moment": one.beat.id, "start": one.beat.start / 1_000_000, "lane": one.lane, "says": one.beat.says,
            "people": one.seen.n, "seen": one.seen.count, "nearly": one.nearly,
            "difficulty": round(one.difficulty, 4),
            "discrimination": None if one.discrimination is None else round(one.discrimination, 4),
            "other_names": " ".join(f"{lane}:{n}" for lane, n in one.other_names), "note": one.note,
        }
        for one in group.cohort.items
    ]  # fmt: skip


def rater_rows(group: Group) -> list[dict[str, Any]]:
    """Return the people as rows for a spreadsheet."""

    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    return [
        {
            "person": group.names[one.person], "attempts": one.attempts, "moments": one.seen.n, "seen": one.seen.count,
            "marks": one.shared.n, "shared": one.shared.count, "severity": rounded(one.severity),
            "drift": rounded(one.drift), "drift_low": rounded(one.drift_low), "drift_high": rounded(one.drift_high),
            "habit": one.habit.kind if one.habit else "", "help": one.help,
        }
        for one in group.cohort.raters
    ]  # fmt: skip


_ELSEWHERE = (
    "A group is compared moment by moment, and this exercise asks for no moments: each person's figures stand in the "
    "gradebook, and its items under “Seen otherwise”."
)


class CohortHandler(VigHandler):
    """``/supervision/cohort/<exercise>``."""

    actions: ClassVar = {"get": "supervision.read"}

    async def get(self, exercise_id: str) -> None:
        """Show a group's work on an exercise; of a kind without moments, say in a sentence where to look instead."""
        exercise = self.state.course.exercises.get(exercise_id)
        if exercise is not None and exercise.kind != "tagging" and exercise.marking != "none":
            self.page(
                "error.html", title=exercise.title, status="The group", way="Back to supervision",
                way_path="supervision", sentence=_ELSEWHERE,
            )  # fmt: skip
            return
        group = await self.state.work(group_of, exercise_id, self.state)
        self.page("cohort.html", here="supervision", view=group)


class CohortFileHandler(VigHandler):
    """``/supervision/cohort/<exercise>/moments.csv``, ``people.csv`` and ``cohort.json``."""

    actions: ClassVar = {"get": "gradebook.read"}

    async def get(self, exercise_id: str, name: str) -> None:
        """Send the same as a file for a spreadsheet, or for a program."""
        group = await self.state.work(group_of, exercise_id, self.state)
        self.set_header("Content-Disposition", f'attachment; filename="{exercise_id}-{name}"')
        if name == "cohort.json":
            data = group.cohort.as_data()
            for row in data["raters"]:
                row["person"] = group.names[row["person"]]
            self.send_json({"exercise": exercise_id, **data})
            return
        moments = name == "moments.csv"
        text = csv_of(ITEM_COLUMNS, item_rows(group)) if moments else csv_of(RATER_COLUMNS, rater_rows(group))
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.send(text.encode("utf-8-sig"))


COHORT_ROUTES: list[tuple[str, type[VigHandler]]] = [
    (r"supervision/cohort/([a-z0-9-]+)", CohortHandler),
    (r"supervision/cohort/([a-z0-9-]+)/(moments\.csv|people\.csv|cohort\.json)", CohortFileHandler),
]
"""The group's addresses below the application's root."""
