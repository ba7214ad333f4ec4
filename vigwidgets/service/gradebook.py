"""The gradebook as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any, ClassVar

from vigwidgets.records import Records
from vigwidgets.service.base import VigHandler

__all__ = ["COLUMNS", "GradebookHandler", "gradebook_csv", "plain"]

COLUMNS = (
    "person", "login", "exercise", "exercise_version", "attempt", "handed_in_at", "marked",
    "seen", "missed", "extra", "recall", "precision", "f1", "kappa",
)  # fmt: skip


class GradebookHandler(VigHandler):
    """``/supervision/gradebook.csv``."""

    actions: ClassVar = {"get": "gradebook.read"}

    async def get(self) -> None:
        """Send every attempt with the figures of the mark that counts."""
        text = await self.state.read(gradebook_csv, self.state.records)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="gradebook.csv"')
        self.send(text.encode("utf-8-sig"))


def gradebook_csv(records: Records) -> str:
    """Return a row for each attempt, in the order in which they were handed in, with `COLUMNS` above."""
    people = {person.id: person for person in records.people()}
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for attempt in records.attempts():
        person = people[attempt.person]
        mark = records.mark(attempt.id)
        words = (person.name, person.login, attempt.exercise, attempt.exercise_version, attempt.id)
        when = (attempt.handed_in_at, "no" if mark is None else "yes")
        writer.writerow([*map(plain, words), *when, *_figures(mark)])
    return file.getvalue()


def plain(cell: str) -> str:
    """Return a cell that a spreadsheet shows and does not run: what looks like a formula begins with a quote."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _figures(mark: dict[str, Any] | None) -> list[str]:
    overall = (mark or {}).get("overall") or {}
    shares = [(overall.get(name) or {}).get("value") for name in ("recall", "precision")]
    counts = [overall.get(name) for name in ("seen", "missed", "extra")]
    kappa = (overall.get("time") or {}).get("kappa")
    return [_number(value) for value in (*counts, *shares, overall.get("f1"), kappa)]


def _number(value: float | int | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.4f}"
