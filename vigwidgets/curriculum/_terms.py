"""By which terms an exercise is handed in: when, how often, which attempt counts, and what being late means.

Everything here is a pure function of moments that it is told; nobody looks at a clock.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, model_validator

__all__ = ["Late", "Lateness", "Scored", "Terms", "Window", "counting", "lateness"]

_DAY = timedelta(days=1)


class Late(BaseModel):
    """What being late means.

    Attributes:
        rule: ``note``: it is written down, and that is all. ``deduct``: the credit becomes smaller; what was measured
            stays as it was measured. ``refuse``: nothing is taken any more once the grace is over.
        grace_min: So many minutes late is not late.
        per_day: The part of the credit that each day begun takes, 0 to 1; for ``deduct``.
        at_most: The part that lateness takes at most.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: Literal["note", "deduct", "refuse"] = "note"
    grace_min: Annotated[int, Field(ge=0, le=1440)] = 0
    per_day: Annotated[float, Field(ge=0, le=1)] = 0.1
    at_most: Annotated[float, Field(ge=0, le=1)] = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """When an exercise is open to one person; None: no such limit. Moments are in UTC.

    Attributes:
        opens: From when on it may be begun.
        due: Until when it is in time.
        closes: Until when anything is taken.
    """

    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None

    def extended(self, until: datetime | None) -> Window:
        """Return the window of somebody who was given time until ``until``; it never becomes shorter."""
        if until is None:
            return self

        def later(moment: datetime | None) -> datetime | None:
            return None if moment is None else max(moment, until)

        return Window(self.opens, later(self.due), later(self.closes))


class Terms(BaseModel):
    """When and how often an exercise is handed in, and who marks it; in YAML under ``terms``.

    Attributes:
        attempts: How often it may be handed in; None: once if it is summative, else as often as one likes. A summative
            exercise that may be handed in more often is over for a person as soon as one attempt of theirs is released:
            its feedback shows the key.
        which: Which attempt counts: the ``latest``, the ``first`` (the first whole one, if any is), or the ``best``.
        opens: When it may be begun, as the clock shows it in ``zone``.
        due: Until when it is in time.
        closes: Until when anything is taken; like ``due``, with that very instant.
        zone: The time zone of the three, by its IANA name. An hour that its clocks go through twice means the first.
        late: What being late means.
        markers: How many supervisors judge an attempt, each for themselves; None: as the kind needs it.
        blind: Whether they do not see whose it is, nor what another said, before they have judged.
        reached: The credit from which the exercise is reached, 0 to 1; None: nobody asks.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    attempts: Annotated[int, Field(ge=1, le=100)] | None = None
    which: Literal["latest", "first", "best"] = "latest"
    opens: NaiveDatetime | None = None
    due: NaiveDatetime | None = None
    closes: NaiveDatetime | None = None
    zone: str = "UTC"
    late: Late = Late()
    markers: Annotated[int, Field(ge=0, le=2)] | None = None
    blind: bool = False
    reached: Annotated[float, Field(gt=0, le=1)] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        zone = _zone(self.zone)
        found = [(name, moment) for name in ("opens", "due", "closes") if (moment := getattr(self, name)) is not None]
        for name, moment in found:
            if moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
                raise ValueError(f"{name} is {moment}, which the clocks in {self.zone} skip; choose another time")
        for (name, moment), (after, later) in pairwise(found):
            if not moment < later:
                raise ValueError(f"{after} is {later}; allowed is after {name}, {moment}")
        if self.late.rule != "note" and self.due is None:
            raise ValueError(f"late.rule is {self.late.rule!r} and there is no due; add it, or leave the rule away")
        return self

    def window(self) -> Window:
        """Return when the exercise is open, in UTC."""
        zone = _zone(self.zone)

        def utc(moment: datetime | None) -> datetime | None:
            return None if moment is None else moment.replace(tzinfo=zone).astimezone(UTC)

        return Window(utc(self.opens), utc(self.due), utc(self.closes))


# The first is whatever the computer is set to, the others are for its makers: none says when it is five o'clock.
_NO_ZONES = frozenset({"localtime", "Factory", "posixrules"})


def _zone(name: str) -> ZoneInfo:
    try:
        if name in _NO_ZONES:
            raise ZoneInfoNotFoundError(name)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"zone is {name!r}, which is no time zone; allowed is a name such as 'Europe/London' or 'UTC'"
        ) from None


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a moment lies to a window.

    Attributes:
        state: ``early``: before it opens. ``in time``. ``late``: taken, after it was due. ``closed``: not taken.
        seconds: How many seconds after it was due; 0 where there is no such moment or it lies ahead.
        taken_off: The part of the credit that this takes, 0 to 1.
    """

    state: Literal["early", "in time", "late", "closed"]
    seconds: float = 0.0
    taken_off: float = 0.0


def lateness(moment: datetime, window: Window, late: Late) -> Lateness:
    """Return how late ``moment`` is; the later, the more is taken off, never less.

    Args:
        moment: When something is handed in; aware, in any time zone.
        window: When it may be, with the person's own extension in it.
        late: What being late means.
    """
    if window.opens is not None and moment < window.opens:
        return Lateness("early")
    past = timedelta(0) if window.due is None else max(timedelta(0), moment - window.due)
    seconds = past.total_seconds()
    beyond = past > timedelta(minutes=late.grace_min)
    if (window.closes is not None and moment > window.closes) or (beyond and late.rule == "refuse"):
        return Lateness("closed", seconds, late.at_most if late.rule == "deduct" else 0.0)
    if not beyond:
        return Lateness("in time", seconds)
    taken = min(late.at_most, math.ceil(past / _DAY) * late.per_day) if late.rule == "deduct" else 0.0
    return Lateness("late", seconds, taken)


@dataclass(frozen=True, slots=True)
class Scored:
    """One attempt of a person at an exercise, for choosing the one that counts.

    Attributes:
        id: The attempt's id.
        handed_in_at: When, ISO 8601 in UTC.
        credit: What it is worth, 0 to 1; None: not known yet, or no figure.
        nth: The how-manieth of this person it is, which holds although a clock was set back.
        whole: Whether nothing is missing in it.
    """

    id: str
    handed_in_at: str
    credit: float | None
    nth: int = 1
    whole: bool = True


def counting(attempts: Sequence[Scored], terms: Terms) -> str | None:
    """Return the id of the attempt that counts, whatever their order; None if there is none.

    Of several that are equally good, the earliest is the best; one without a credit is the best only if none has one.
    """
    inorder = sorted(attempts, key=lambda one: (one.nth, one.handed_in_at, one.id))
    if not inorder:
        return None
    if terms.which == "first":
        return next((one for one in inorder if one.whole), inorder[0]).id
    if terms.which == "latest":
        return inorder[-1].id
    return max(inorder, key=lambda one: -1.0 if one.credit is None else one.credit).id
