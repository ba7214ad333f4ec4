"""What one pair of eyes does again and again: the difference that is no accident, over several films."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from vigwidgets.grading._mark import Again, Share

__all__ = ["Habit", "HabitKind", "Instance"]

HabitKind = Literal["misses", "late", "early", "confuses", "actor", "too_much", "milder", "stricter"]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Instance(_Data):
    """One moment in which a habit shows.

    Attributes:
        film: The film's id.
        start: Where to begin playing, film time in microseconds.
        end: Where to stop.
        sentence: What differs there.
    """

    film: str
    start: int
    end: int
    sentence: str

    @classmethod
    def of(cls, film: str, again: Again) -> Instance:
        """Return a difference as an instance."""
        return cls(film=film, start=again.start, end=again.end, sentence=again.sentence)


class Habit(_Data):
    """A difference that comes too often, and too much in one way, to be an accident.

    Attributes:
        kind: ``misses``: one lane is seen far less than the others. ``late``, ``early``: moments begin after, or
            before, the expert's throughout. ``confuses``: two lanes change places. ``actor``: who acts is mixed up.
            ``too_much``: many moments where the expert saw nothing. ``milder``, ``stricter``: ratings lie to one side.
        lanes: The lanes it is about; two for ``confuses``, none where it is about all.
        share: In how many of how many cases it shows.
        amount: How much, in seconds or in steps of the scale; None where it is a matter of how often.
        low: The lower end of the amount's interval (95 %).
        high: Its upper end.
        odds: How probable so many cases would be by accident.
        sentence: The same in words, for the trainee.
        next_step: One thing to do about it.
        instances: Where it shows, in the order of films and time.
    """

    kind: HabitKind
    lanes: list[str]
    share: Share
    amount: float | None = None
    low: float | None = None
    high: float | None = None
    odds: float
    sentence: str
    next_step: str
    instances: list[Instance] = []
