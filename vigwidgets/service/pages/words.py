"""How pages say numbers, times and lists: short words for people, in British English."""

from __future__ import annotations

from collections.abc import Sequence

from vigwidgets.dates import day_and_time, day_words, when, zone_name
from vigwidgets.grading import clock

__all__ = [
    "clock",
    "count",
    "day_and_time",
    "day_words",
    "first_name",
    "hours_words",
    "length",
    "listed",
    "minutes",
    "number",
    "seconds",
    "signed",
    "when",
    "zone_name",
]

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


def length(span: int) -> str:
    """Return how long a film is, from microseconds: "0:41" or "1:02:03"; whole seconds, rounded."""
    return clock((span + 500_000) // 1_000_000 * 1_000_000).removesuffix(".0")


def seconds(span: int) -> str:
    """Return a span of microseconds in seconds with one decimal: "0.6 s"."""
    return f"{span / 1_000_000:.1f} s"


def signed(value: float) -> str:
    """Return a figure with its sign: ``+0.40``, ``−0.10``, ``0.00``."""
    text = f"{value:+.2f}"
    return text.replace("-", "−") if float(text) else "0.00"


def hours_words(seconds: float) -> str:
    """Return a length in hours and minutes: "40 min", "2 h", "1 h 05 min"."""
    whole, rest = divmod(round(seconds / 60), 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02d} min" if rest else f"{whole} h"


def first_name(name: str) -> str:
    """Return how to greet a person: the first word of the name, or all of it when it is one."""
    return next(iter(name.split()), name)
