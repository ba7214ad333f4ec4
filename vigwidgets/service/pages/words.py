"""How pages say numbers, times and lists: short words for people, in British English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

__all__ = ["clock", "count", "day_and_time", "first_name", "listed", "minutes", "number", "seconds", "when"]

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(n: int) -> str:
    """Return a small number as a word ("three"), a larger one as digits."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else str(n)


def count(n: int, one: str, many: str | None = None) -> str:
    """Return how many of something: "no moments", "one moment", "13 moments"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def minutes(n: float) -> str:
    """Return how long something takes: "about two minutes"."""
    return f"about {count(max(1, round(n)), 'minute')}"


def listed(things: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: "one, two and three"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def clock(moment: int) -> str:
    """Return film time in microseconds as it is read aloud: "0:41" or "1:02:03"; whole seconds, rounded down."""
    whole = moment // 1_000_000
    hours, rest = divmod(whole, 3600)
    if hours:
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return f"{rest // 60}:{rest % 60:02d}"


def seconds(span: int) -> str:
    """Return a span of microseconds in seconds with one decimal: "0.6 s"."""
    return f"{span / 1_000_000:.1f} s"


def when(moment: datetime | str) -> datetime:
    """Return a moment as an aware datetime in UTC.

    Args:
        moment: A datetime (naive ones are taken as UTC) or ISO 8601 text.
    """
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def day_and_time(moment: datetime | str) -> str:
    """Return a moment as "21 November 2026, 14:05 UTC"; a script on the page turns it into the reader's own time."""
    value = when(moment)
    return f"{value.day} {value:%B %Y, %H:%M} UTC"


def first_name(name: str) -> str:
    """Return how to greet a person: the first word of the name, or all of it when it is one."""
    return next(iter(name.split()), name)
