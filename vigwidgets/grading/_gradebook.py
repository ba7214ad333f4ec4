"""The gradebook: every attempt a row, as data and as CSV that a spreadsheet opens without obeying it."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING

from vigwidgets.curriculum import Course
from vigwidgets.grading._mark import Mark
from vigwidgets.grading._standing import Standing, counting_attempts, standing_of

if TYPE_CHECKING:
    from vigwidgets.records import Attempt, DamagedAttempt, Records

__all__ = ["GRADEBOOK_COLUMNS", "csv_of", "gradebook_csv", "gradebook_rows", "write_gradebook"]

Cell = str | int | float | None

# What a spreadsheet may take for the beginning of a formula, in its wide forms as well.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")

GRADEBOOK_COLUMNS = (
    "person",
    "login",
    "exercise",
    "title",
    "exercise_version",
    "attempt",
    "handed_in_at",
    "state",
    "moments",
    "seen",
    "nearly",
    "only_expert",
    "only_own",
    "recall",
    "precision",
    "f1",
    "kappa_time",
    "measured",
    "stage",
    "late_s",
    "taken_off",
    "judged",
    "override",
    "credit",
    "reached",
    "counts",
)
"""``state`` is ``waiting``, ``marked``, ``not counted`` or ``could not be read``.

Of the ``moments`` that the expert saw, each is ``seen``, ``nearly`` seen (with another name or another edge) or seen by
``only_expert``; ``only_own`` are the trainee's that are none of these. They are the words and numbers of feedback.

``measured`` is the mark's main figure and ``credit`` what it is worth after lateness (``taken_off``), what supervisors
``judged`` and their ``override``; ``reached`` says whether that is as much as the terms ask for, and ``counts`` whether
this is the attempt that counts.
"""


def gradebook_rows(records: Records, course: Course) -> list[dict[str, Cell]]:
    """Return a row for each attempt, in the order in which they were handed in.

    An exercise that is not marked has no figures.
    """
    people = {person.id: person for person in records.people()}
    standings = {one.id: standing_of(one, records, course) for one in records.attempts()}
    counted = counting_attempts(list(standings.values()))
    damaged = {one.id: one for one in records.damaged_attempts()}
    whole: list[Attempt | DamagedAttempt] = [one.attempt for one in standings.values()]
    rows = []
    # Both keep their order, in which nobody's second attempt comes before their first, whatever the clock said.
    for attempt in merge(whole, damaged.values(), key=lambda one: one.handed_in_at):
        person, exercise = people.get(attempt.person), course.exercises.get(attempt.exercise)
        standing = standings.get(attempt.id)
        blind = standing is not None and standing.blind
        row: dict[str, Cell] = dict.fromkeys(GRADEBOOK_COLUMNS)
        row |= {
            "person": "(marked blind)" if blind else person.name if person else attempt.person,
            "login": None if blind or not person else person.login,
            "title": exercise.title if exercise else None,
            "exercise": attempt.exercise,
            "exercise_version": attempt.exercise_version,
            "attempt": attempt.id,
            "handed_in_at": attempt.handed_in_at,
            "state": "could not be read",
        }
        rows.append(row | (_about(standing, attempt.id in counted) if standing else {}))
    return rows


def _about(one: Standing, counts: bool) -> dict[str, Cell]:
    counted = one.exercise is None or one.exercise.marking != "none"
    state = "waiting" if one.mark is None else "marked" if counted else "not counted"
    about: dict[str, Cell] = {
        "state": state if one.readable else "could not be read",
        "stage": one.stage,
        "late_s": round(one.lateness.seconds),
        "taken_off": _rounded(one.settled.taken_off),
        "measured": _rounded(one.settled.measured),
        "judged": None if one.blind else _rounded(one.settled.judged),
        "override": None if one.blind else _rounded(one.settled.override),
        "credit": None if one.blind else _rounded(one.settled.credit),
        "reached": None if one.blind or one.reached is None else "yes" if one.reached else "no",
        "counts": "yes" if counts else "no",
    }
    return about | (_figures(one.mark) if isinstance(one.mark, Mark) and counted else {})


def _figures(mark: Mark) -> dict[str, Cell]:
    all_lanes = mark.overall
    kappa = all_lanes.time.kappa if all_lanes.time else None
    return {
        "moments": all_lanes.seen + all_lanes.missed,
        "seen": all_lanes.seen,
        "nearly": all_lanes.nearly,
        "only_expert": all_lanes.missed - all_lanes.nearly,
        "only_own": all_lanes.alone,
        "recall": _rounded(all_lanes.recall.value),
        "precision": _rounded(all_lanes.precision.value),
        "f1": _rounded(all_lanes.f1),
        "kappa_time": _rounded(kappa),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def gradebook_csv(rows: list[dict[str, Cell]]) -> str:
    """Return rows as CSV (UTF-8, one header line, CRLF).

    A text that a spreadsheet would take for a formula gets an apostrophe before it: names are written by people.
    """
    return csv_of(GRADEBOOK_COLUMNS, rows)


def csv_of(columns: Sequence[str], rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return rows as CSV that a spreadsheet opens without obeying it, as the gradebook is."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _harmless(value: Cell) -> Cell:
    if isinstance(value, str) and (value.startswith(("\t", "\r", "\n")) or value.lstrip().startswith(_FORMULA)):
        return "'" + value
    return value


def write_gradebook(records: Records, course: Course, data: Path) -> Path:
    """Write ``gradebook.csv`` into the data directory, whole or not at all, and return its path."""
    path = data / "gradebook.csv"
    text = gradebook_csv(gradebook_rows(records, course))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=data, delete=False) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    return path
