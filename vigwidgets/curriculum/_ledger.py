"""The record of hours: how worked time is counted, and what somebody may write into it themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigwidgets.errors import Refusal

__all__ = ["IDLE", "SORTS", "Entry", "Sign", "Sort", "Worked", "entry_of", "worked"]

IDLE = timedelta(minutes=5)
"""A longer time without a sign of work is not counted at all."""

Sort = Literal["alone", "together", "supervision", "practice"]

SORTS: dict[Sort, str] = {
    "alone": "Learning on my own",
    "together": "Learning with others",
    "supervision": "Supervision",
    "practice": "Practice with families",
}
"""What an entry may be. Learning with others and supervision are taken part in; practice is no learning time."""

_FIRST_DAY = date(2000, 1, 1)
_Words = Annotated[str, Field(max_length=4000)]
_Line = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, slots=True)
class Sign:
    """A moment at which somebody was at work, and on what (any name)."""

    at: datetime
    on: str


@dataclass(frozen=True)
class Worked:
    """What one day's work on one thing comes to.

    Attributes:
        day: In the time zone that was asked for.
        on: On what.
        seconds: How long; 0 where there was a single sign.
        signs: How many signs of it there were.
    """

    day: date
    on: str
    seconds: float
    signs: int


def worked(signs: Iterable[Sign], idle: timedelta = IDLE) -> list[Worked]:
    """Return the time that was really worked, by day and thing, in the order in which each began.

    The time from one sign to the next counts if it is not longer than ``idle``, and belongs to the first one's day and
    thing; longer times count nothing. So no minute counts twice, whatever somebody has open at once, and the whole
    is never longer than the time that passed.

    Args:
        signs: In any order; each in the time zone whose days are counted.
        idle: The longest time without a sign that still counts as work.
    """
    ordered = [sign for sign, _ in groupby(sorted(signs, key=attrgetter("at", "on")))]
    seconds: dict[tuple[date, str], float] = {}
    count: dict[tuple[date, str], int] = {}
    for place, sign in enumerate(ordered):
        key = (sign.at.date(), sign.on)
        count[key] = count.get(key, 0) + 1
        seconds.setdefault(key, 0.0)
        if place + 1 < len(ordered) and (gap := ordered[place + 1].at - sign.at) <= idle:
            seconds[key] += gap.total_seconds()
    return [Worked(day, on, spent, count[day, on]) for (day, on), spent in seconds.items()]


class Entry(BaseModel):
    """What somebody wrote into their own record: hours that nobody else measured, and what they think of them.

    Attributes:
        day: When it was, or when the reflection was written.
        sort: What it was.
        minutes: How long; 0 for a reflection alone.
        title: What it was about, in a line.
        learnt: What they learnt.
        next: What they will do next, or differently.
        standard: The part of their profession's standards that it touches, in their own words.
        withdrawn: Taken out of the record; it stays in its history.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    sort: Sort
    minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 0
    title: Annotated[_Line, Field(min_length=1)]
    learnt: _Words = ""
    next: _Words = ""
    standard: _Line = ""
    withdrawn: bool = False

    @property
    def shared(self) -> bool:
        """Whether it was taken part in with others."""
        return self.sort in ("together", "supervision")

    @property
    def reflective(self) -> bool:
        """Whether it says both what was learnt and what follows from it."""
        return bool(self.learnt and self.next)

    @classmethod
    def read(cls, body: object) -> Self | None:
        """Return an entry as it was kept, or None where it cannot be read any more."""
        try:
            return cls.model_validate(body)
        except ValidationError:
            return None


def entry_of(fields: dict[str, str], today: date | None = None) -> Entry:
    """Return an entry from the fields of a form: ``day``, ``sort``, ``hours``, ``title``, ``learnt`` and so on.

    Args:
        fields: As they were typed; ``hours`` may have a decimal point or comma.
        today: What is today; None: by the clock.

    Raises:
        Refusal: One of them cannot be kept; the sentence says which and what is allowed.
    """
    said = {name: text.strip() for name, text in fields.items()}
    if not said.get("title"):
        raise Refusal("The entry has no title; say in a few words what it was.")
    if said.get("sort") not in SORTS:
        raise Refusal(f"{said.get('sort', '')[:40]!r} is no kind of entry; choose one of {', '.join(SORTS.values())}.")
    for name, most in (("title", 200), ("standard", 200), ("learnt", 4000), ("next", 4000)):
        if len(said.get(name, "")) > most:
            raise Refusal(
                f"“{_LABELS[name]}” has {len(said[name])} characters; {most} are kept at most, so shorten it."
            )
    return Entry.model_validate(
        {
            "day": _day(said.get("day", ""), today or datetime.now(UTC).astimezone().date()),
            "minutes": _minutes(said.get("hours", "")),
            "withdrawn": bool(said.get("withdrawn")),
            **{name: said.get(name, "") for name in ("sort", "title", "learnt", "next", "standard")},
        }
    )


_LABELS = {"title": "What it was", "standard": "Standards", "learnt": "What I learnt", "next": "What I will do next"}


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{text[:40]!r} is no date; write it like 2026-11-21.") from None
    if not _FIRST_DAY <= day <= today:
        raise Refusal(f"{day} lies outside what a record can hold; choose a day from {_FIRST_DAY} to today, {today}.")
    return day


def _minutes(text: str) -> int:
    try:
        hours = float(text.replace(",", ".") or 0)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 24:
        raise Refusal(f"{text[:40]!r} is no number of hours in a day; write one from 0 to 24, such as 1.5.")
    return round(hours * 60)
