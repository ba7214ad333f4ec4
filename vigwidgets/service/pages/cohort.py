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
from vigwidgets.service.pages.group_tables import file_rows
from vigwidgets.service.pages.groups import KINDS, KindGroup, kind_group, set_group
from vigwidgets.service.pages.marks import mark_of
from vigwidgets.service.pages.moments import moment_at
from vigwidgets.service.pages.words import count, length, signed
from vigwidgets.service.release import UNNAMED
from vigwidgets.service.state import ServiceState

__all__ = ["COHORT_ROUTES", "Group", "group_of"]

ITEM_COLUMNS = (
    "moment", "start", "lane", "says", "people", "seen", "nearly", "difficulty", "discrimination",
    "discrimination_low", "discrimination_high", "other_names", "note",
)  # fmt: skip
RATER_COLUMNS = (
    "person", "attempts", "moments", "seen", "marks", "shared", "severity", "severity_low",
    "severity_high", "drift", "drift_low", "drift_high", "habit",
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
    severity = f"{one.severity:.2f} ({one.severity_low:.2f} to {one.severity_high:.2f})"
    return Rater(name, path, one.seen, severity, drift, habit, one.help)


def _item(one: CohortItem, somewhere: str, codebook: Codebook) -> Item:
    lane = codebook.code(one.lane)
    others = ", ".join(f"{_short(code, codebook)} ({n})" for code, n in one.other_names)
    tells = "–"
    if one.discrimination is not None and one.discrimination_low is not None and one.discrimination_high is not None:
        ends = f"{signed(one.discrimination_low)} to {signed(one.discrimination_high)}"
        tells = f"{signed(one.discrimination)} ({ends})"
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
            "discrimination": _rounded(one.discrimination),
            "discrimination_low": _rounded(one.discrimination_low),
            "discrimination_high": _rounded(one.discrimination_high),
            "other_names": " ".join(f"{lane}:{n}" for lane, n in one.other_names), "note": one.note,
        }
        for one in group.cohort.items
    ]  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def rater_rows(group: Group) -> list[dict[str, Any]]:
    """Return the people as rows for a spreadsheet."""
    return [
        {
            "person": group.names[one.person], "attempts": one.attempts, "moments": one.seen.n, "seen": one.seen.count,
            "marks": one.shared.n, "shared": one.shared.count, "severity": _rounded(one.severity),
            "severity_low": _rounded(one.severity_low), "severity_high": _rounded(one.severity_high),
            "drift": _rounded(one.drift), "drift_low": _rounded(one.drift_low), "drift_high": _rounded(one.drift_high),
            "habit": one.habit.kind if one.habit else "", "help": one.help,
        }
        for one in group.cohort.raters
    ]  # fmt: skip


_ELSEWHERE = "Work of this kind is talked over and not counted, so nothing is compared; choose another exercise."


class CohortHandler(VigHandler):
    """``/supervision/cohort/<exercise or set of ratings>``."""

    actions: ClassVar = {"get": "supervision.read"}

    async def get(self, name: str) -> None:
        """Show a group's work, as its kind can be looked at."""
        found = await self.state.work(_group, name, self.state)
        template = "cohort.html" if isinstance(found, Group) else "group.html"
        self.page(template, here="supervision", view=found)


class CohortFileHandler(VigHandler):
    """``/supervision/cohort/<name>/people.csv``, ``cohort.json``, and ``moments.csv`` or ``items.csv``."""

    actions: ClassVar = {"get": "gradebook.read"}

    async def get(self, name: str, file: str) -> None:
        """Send the same as a file for a spreadsheet, or for a program."""
        group = await self.state.work(_group, name, self.state)
        if file == "cohort.json":
            self.set_header("Content-Disposition", f'attachment; filename="{name}-{file}"')
            self.send_json(_as_data(group))
            return
        text = _as_csv(group, file)
        self.set_header("Content-Disposition", f'attachment; filename="{name}-{file}"')
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.send(text.encode("utf-8-sig"))


def _group(name: str, state: ServiceState) -> Group | KindGroup:
    """Return the group of an exercise or of a set.

    Raises:
        Missing: There is neither, or nothing in it is counted.
    """
    exercise = state.course.exercises.get(name)
    if exercise is None:
        return set_group(name, state) if name in state.course.sets else group_of(name, state)
    if exercise.kind == "tagging" or exercise.marking == "none":
        return group_of(name, state)
    if exercise.kind not in KINDS:
        raise Missing(_ELSEWHERE)
    return kind_group(exercise, state)


def _as_data(group: Group | KindGroup) -> dict[str, Any]:
    if isinstance(group, KindGroup):
        return {"exercise": group.id, **group.data}
    data = group.cohort.as_data()
    for row in data["raters"]:
        row["person"] = group.names[row["person"]]
    return {"exercise": group.exercise.id, **data}


def _as_csv(group: Group | KindGroup, file: str) -> str:
    if isinstance(group, KindGroup):
        table = next((one for one in group.tables if one.file == file), None)
        if table is None:
            raise Missing(f"This group has no {file} yet; go back to it, and see what can be downloaded there.")
        return csv_of(*file_rows(table))
    if file == "items.csv":
        raise Missing("The items of this group are moments; download moments.csv.")
    if file == "moments.csv":
        return csv_of(ITEM_COLUMNS, item_rows(group))
    return csv_of(RATER_COLUMNS, rater_rows(group))


COHORT_ROUTES: list[tuple[str, type[VigHandler]]] = [
    (r"supervision/cohort/([a-z0-9-]+)", CohortHandler),
    (r"supervision/cohort/([a-z0-9-]+)/(moments\.csv|items\.csv|people\.csv|cohort\.json)", CohortFileHandler),
]
"""The group's addresses below the application's root."""
