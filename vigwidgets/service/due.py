"""An exercise's terms in words, for the one who does it: until when, how often still, and what being late means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from vigwidgets.curriculum import Exercise, Terms, Window, lateness
from vigwidgets.records import Records

__all__ = ["TermsTold", "terms_told"]


@dataclass(frozen=True)
class TermsTold:
    """What a person is told before they begin, and before they hand in.

    Attributes:
        says: Their own time in the exercise's zone, what comes of being late, and their attempts; nothing: there is
            no limit of any kind.
        now: That it is late already, and by how much; nothing: it is not.
        late_from: The moment after which it is late, ISO 8601 in UTC; None: it never is.
    """

    says: str
    now: str = ""
    late_from: str | None = None

    @property
    def whole(self) -> str:
        """All of it, as it is now."""
        return f"{self.says} {self.now}".strip()


def terms_told(exercise: Exercise, person: str, records: Records, now: datetime | None = None) -> TermsTold:
    """Return an exercise's terms as they are for a person (an id), with the time that they were given.

    Args:
        exercise: What is done.
        person: Who does it.
        records: Where their attempts and their extensions are.
        now: The moment that it is; None: ask the clock.
    """
    terms, moment = exercise.terms, now or datetime.now(UTC)
    said: list[str] = []
    window = Window()
    if not terms.opens is terms.due is terms.closes is None:
        from vigwidgets.grading import window_of  # noqa: PLC0415 - numpy and more, on first use

        window = window_of(exercise, person, records)
        said += _times(terms, window, moment)
    allowed = exercise.attempts_allowed
    if allowed is not None:
        said.append(_often(allowed, len(records.attempts(exercise.id, person))))
    after = None if window.due is None else window.due + timedelta(minutes=terms.late.grace_min)
    return TermsTold(" ".join(said), _late_now(terms, window, moment), after.isoformat() if after else None)


def _times(terms: Terms, window: Window, now: datetime) -> list[str]:
    zone = ZoneInfo(terms.zone)

    def at(moment: datetime) -> str:
        there = moment.astimezone(zone)
        return f"{there.day} {there:%B %Y, %H:%M} ({terms.zone})"

    said = [f"It opens {at(window.opens)}."] if window.opens and now < window.opens else []
    said += [f"Due {at(window.due)}. {_late(terms)}"] if window.due else []
    # Where what is late is refused, the later end is nobody's.
    if window.closes and not (window.due and terms.late.rule == "refuse"):
        said.append(f"It closes {at(window.closes)}.")
    return said


def _late(terms: Terms) -> str:
    late = terms.late
    after = f"More than {late.grace_min} minutes later" if late.grace_min else "Later"
    if late.rule == "refuse":
        return f"{after} it is not taken."
    if late.rule == "deduct":
        return f"{after}, {late.per_day:.0%} of the credit is taken off for each day begun, {late.at_most:.0%} at most."
    return f"{after} it is noted as late, and nothing is taken off."


def _often(allowed: int, done: int) -> str:
    if allowed == 1:
        return "It can be handed in once." if not done else "It could be handed in once, and has been."
    left = max(0, allowed - done)
    return f"It can be handed in {allowed} times; {left} {'is' if left == 1 else 'are'} left."


def _late_now(terms: Terms, window: Window, now: datetime) -> str:
    found = lateness(now, window, terms.late)
    if found.state == "closed":
        return "It is closed now."
    if found.state != "late":
        return ""
    hours = found.seconds / 3600
    span = "less than an hour" if hours < 1 else f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"
    taken = f": {found.taken_off:.0%} would be taken off" if found.taken_off else ""
    return f"It is {span} late now{taken}."
