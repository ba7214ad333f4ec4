"""How the whole house writes a day and a time: one form, in the service's own time zone."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

__all__ = ["day_and_time", "day_words", "when", "zone_name"]


def when(moment: datetime | str) -> datetime:
    """Return a moment as an aware datetime in UTC.

    Args:
        moment: A datetime (naive ones are taken as UTC) or ISO 8601 text.
    """
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def day_and_time(moment: datetime | str) -> str:
    """Return a moment as "21 November 2026, 07:46", in the service's time zone; name that once with `zone_name`."""
    value = when(moment).astimezone()
    return f"{value.day} {value:%B %Y, %H:%M}"


def day_words(day: date) -> str:
    """Return a day as "21 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def zone_name() -> str:
    """Return what the service's time zone is called: "UTC"; with a summer time, both names: "GMT/BST"."""
    return "/".join(dict.fromkeys(time.tzname if time.daylight else time.tzname[:1]))
