"""A person's record of hours and reflections: what the house counted, what they wrote, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from vigwidgets.curriculum import IDLE, SORTS, Course, Sign, Worked, worked
from vigwidgets.dates import when
from vigwidgets.errors import Refusal
from vigwidgets.grading import standing_of
from vigwidgets.records import Person, WorkSign, iso
from vigwidgets.service.pages.reflections import OwnEntry, Reflection, own_entries, reflections_of
from vigwidgets.service.pages.words import count, day_words, hours_words
from vigwidgets.service.release import marks_blind
from vigwidgets.service.state import ServiceState

__all__ = ["Day", "Hours", "Line", "Period", "hours_of", "period_of"]

_KINDS = {
    "tagging": "Microanalysis",
    "rating": "Rating",
    "clips": "Choosing clips for a review",
    "mcq": "Questions",
    "reflection": "Reflecting in writing",
    "rehearsal": "Rehearsal",
}
"""What kinds of exercise are as work; what is no longer in the course is an exercise."""

_READING = {"lesson": "Reading a lesson", "feedback": "Reading feedback", "said": "Supervision read"}


@dataclass(frozen=True)
class Period:
    """From which day to which, both counted; None: without an end on that side."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def words(self) -> str:
        """The period as a page says it."""
        if self.first and self.last:
            return f"{day_words(self.first)} to {day_words(self.last)}"
        if self.first:
            return f"From {day_words(self.first)}"
        return f"Until {day_words(self.last)}" if self.last else "Everything so far"

    @property
    def query(self) -> str:
        """The same as an address says it: empty, or beginning with a question mark."""
        parts = [f"{name}={day}" for name, day in (("from", self.first), ("to", self.last)) if day]
        return f"?{'&'.join(parts)}" if parts else ""


@dataclass(frozen=True)
class Line:
    """One thing of one day.

    Attributes:
        kind: What sort of work it was.
        title: What it was about.
        seconds: How long; 0 where a single sign says no more than that it was.
        own: Whether the person entered it themselves.
        shared: Whether they entered it as taken part in with others.
        practice: Whether it is practice with families, which is no learning time.
        entry: The entry's name, where the person entered it.
    """

    kind: str
    title: str
    seconds: float
    own: bool = False
    shared: bool = False
    practice: bool = False
    entry: str = ""

    @property
    def words(self) -> str:
        """How long, as a page says it."""
        return hours_words(self.seconds) if self.seconds >= 30 else "–" if self.own else "under 1 min"


@dataclass(frozen=True)
class Day:
    """One day's lines."""

    day: date
    lines: list[Line]

    @property
    def words(self) -> str:
        """The day as a page says it."""
        return day_words(self.day)


@dataclass(frozen=True)
class Hours:
    """All that the record says.

    Attributes:
        person: Whose it is.
        period: Of what time.
        days: Newest first.
        kinds: What was counted here, by sort of work, longest first: its name and how long.
        counted: What the house counted, in seconds.
        learning: Learning that the person entered, in seconds.
        shared: The part of it that was with others.
        practice: Practice that the person entered, in seconds.
        reflections: Newest first.
        entries: What the person entered, newest first.
        taken_out: What they took out again.
        blind: Whether what is marked blind is left out; said of everybody alike, or it would tell who handed in.
        made_at: When this was put together.
    """

    person: Person
    period: Period
    days: list[Day]
    kinds: list[tuple[str, str]]
    counted: float
    learning: float
    shared: float
    practice: float
    reflections: list[Reflection]
    entries: list[OwnEntry]
    taken_out: list[OwnEntry]
    blind: bool
    made_at: datetime

    @property
    def totals(self) -> list[tuple[str, str, str]]:
        """The figures: a name, how much, and what is to be known of it."""
        accounts = sum(one.whole for one in self.reflections)
        days = sum(any(not line.own for line in day.lines) for day in self.days)
        return [
            ("Learning counted here", hours_words(self.counted), f"on {count(days, 'day')}"),
            ("Learning entered by hand", hours_words(self.learning), f"{hours_words(self.shared)} of it with others"),
            ("Learning in all", hours_words(self.counted + self.learning), "both together"),
            ("Practice entered by hand", hours_words(self.practice), "beside the learning"),
            ("Written reflections", str(accounts), "with what was learnt and what follows"),
        ]


def hours_of(person: Person, reader: Person, period: Period, state: ServiceState) -> Hours:
    """Return a person's record.

    Args:
        person: Whose it is.
        reader: Who reads: while an attempt is marked blind, nobody else is shown when it was worked on, as that
            would tell whose it is.
        period: Of what time.
        state: The service.
    """
    kept = _Kept() if reader.id == person.id else _blind(person, state)
    everything = [one for one in own_entries(person, state) if one.entry.day in period]
    entries = [one for one in everything if not one.entry.withdrawn]
    lines = [(one.entry.day, _entered(one)) for one in entries]
    counted = _counted(person, period, kept, state)
    days: dict[date, list[Line]] = {}
    for day, line in [*counted, *lines]:
        days.setdefault(day, []).append(line)
    kinds: dict[str, float] = {}
    for _, line in counted:
        kinds[line.kind] = kinds.get(line.kind, 0) + line.seconds
    learning = [line for _, line in lines if not line.practice]
    reflections = [one for one in reflections_of(person, state, kept.attempts, entries) if one.day in period]
    return Hours(
        person=person,
        period=period,
        days=[Day(day, days[day]) for day in sorted(days, reverse=True)],
        kinds=[
            (kind, hours_words(kinds[kind])) for kind in sorted(kinds, key=lambda one: -kinds[one]) if kinds[kind] >= 30
        ],
        counted=sum(kinds.values()),
        learning=sum(line.seconds for line in learning),
        shared=sum(line.seconds for line in learning if line.shared),
        practice=sum(line.seconds for _, line in lines if line.practice),
        reflections=reflections,
        entries=entries,
        taken_out=[one for one in everything if one.entry.withdrawn],
        blind=bool(kept.exercises),
        made_at=datetime.now(UTC),
    )


@dataclass(frozen=True)
class _Kept:
    """What of a person's work is kept from others while it is marked blind.

    Attributes:
        attempts: Their attempts that are marked blind now.
        exercises: The exercises in which attempts are marked blind.
        told: Their attempts in these, and the observations handed in, that all have judged.
    """

    attempts: frozenset[str] = frozenset()
    exercises: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    def hides(self, sign: WorkSign) -> bool:
        """Tell whether a sign is kept back: also of what is only begun, as its end would tell that it was handed in."""
        return sign.exercise in self.exercises and sign.of not in self.told


def _blind(person: Person, state: ServiceState) -> _Kept:
    """Return what of a person's work nobody else may be told now."""
    blind = [one.id for one in state.course.exercises.values() if marks_blind(one)]
    attempts = [attempt for name in blind for attempt in state.records.attempts(name, person.id)]
    hidden = {one.id for one in attempts if standing_of(one, state.records, state.course).blind}
    told = {name for one in attempts if one.id not in hidden for name in (one.id, one.observation.id)}
    return _Kept(frozenset(hidden), frozenset(blind), frozenset(told))


def _counted(person: Person, period: Period, kept: _Kept, state: ServiceState) -> list[tuple[date, Line]]:
    """Return what the house knows of, by day; a sign after the period's end may still end what lies in it."""
    after = "" if period.first is None else iso(_midnight(period.first))
    before = "9999" if period.last is None else iso(_midnight(period.last + timedelta(days=1)) + 2 * IDLE)
    signs = [one for one in state.records.work_signs(person.id, after, before) if not kept.hides(one)]
    names = {_key(sign): sign for sign in signs}
    found = worked(Sign(when(sign.at).astimezone(), _key(sign)) for sign in signs)
    return [(one.day, _line(one, names[one.on], state.course)) for one in found if one.day in period]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _key(sign: WorkSign) -> str:
    """What counts as one thing: an exercise however often it was done, a lesson, an exercise's feedback."""
    return f"{sign.kind}:{sign.exercise or sign.of}"


def _line(one: Worked, sign: WorkSign, course: Course) -> Line:
    if sign.kind == "lesson":
        lesson = course.lessons.get(sign.of)
        return Line(_READING["lesson"], lesson.title if lesson else sign.of, one.seconds)
    exercise = course.exercises.get(sign.exercise)
    title = exercise.title if exercise else sign.exercise
    kind = _KINDS.get(exercise.kind if exercise else "", "Exercise")
    return Line(kind if sign.kind == "work" else _READING[sign.kind], title, one.seconds)


def _entered(one: OwnEntry) -> Line:
    entry = one.entry
    return Line(
        SORTS[entry.sort], entry.title, entry.minutes * 60, own=True, shared=entry.shared,
        practice=entry.sort == "practice", entry=one.id,
    )  # fmt: skip


def period_of(first: str, last: str) -> Period:
    """Return a period from an address's ``from`` and ``to``.

    Raises:
        Refusal: One of them is no date, or they are the wrong way round.
    """
    found = Period(_day(first), _day(last))
    if found.first and found.last and found.first > found.last:
        raise Refusal(f"The record cannot begin on {found.first} and end on {found.last}; change one of the two days.")
    return found


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{text[:40]!r} is no date; write it like 2026-11-21.") from None
