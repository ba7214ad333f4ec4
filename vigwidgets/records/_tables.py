"""The tables. `migrations/` makes them; a test holds the two together.

Moments are ISO 8601 texts in UTC (see `_values.iso`): they sort, and read the same in every database.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from vigwidgets.records._values import ROLES

__all__ = [
    "AttemptRow",
    "Base",
    "EditRow",
    "EntryRow",
    "ExtensionRow",
    "JudgementRow",
    "MarkRow",
    "ObservationRow",
    "OpeningRow",
    "OtherwiseRow",
    "PersonRow",
    "ReadingRow",
    "SessionRow",
    "SnapshotRow",
    "StageRow",
]

_OPEN = "frozen_at IS NULL AND set_aside_at IS NULL"


class Base(DeclarativeBase):
    """What every table descends from."""


class PersonRow(Base):
    """Somebody who may sign in; without a password only where the service offers it (the demonstration)."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint(f"role IN ({', '.join(map(repr, ROLES))})", name="people_role"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    login: Mapped[str] = mapped_column(String(200), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str | None] = mapped_column(String(300))
    added_at: Mapped[str] = mapped_column(String(32))


class SessionRow(Base):
    """A browser that somebody signed in with. Only the token's hash is kept: the table opens no door."""

    __tablename__ = "sessions"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[str] = mapped_column(String(32), index=True)


class ReadingRow(Base):
    """A lesson that somebody has opened, and when for the first time."""

    __tablename__ = "readings"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    lesson: Mapped[str] = mapped_column(String(64), primary_key=True)
    read_at: Mapped[str] = mapped_column(String(32))


class ObservationRow(Base):
    """One observation without its tags: those are the fold of its edits."""

    __tablename__ = "observations"
    __table_args__ = (
        # Two windows that open an exercise at once must end in one observation.
        Index(
            "observations_one_open",
            "person_id",
            "exercise",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    exercise: Mapped[str] = mapped_column(String(64), index=True)
    exercise_version: Mapped[str] = mapped_column(String(40))
    film: Mapped[str] = mapped_column(String(64), index=True)
    head: Mapped[str] = mapped_column(Text)
    seq: Mapped[int]
    started_at: Mapped[str] = mapped_column(String(32))
    frozen_at: Mapped[str | None] = mapped_column(String(32))
    set_aside_at: Mapped[str | None] = mapped_column(String(32))


class EditRow(Base):
    """The edit log: rows are added and never changed."""

    __tablename__ = "edits"
    __table_args__ = (UniqueConstraint("observation_id", "edit_id", name="edits_once"),)

    observation_id: Mapped[str] = mapped_column(ForeignKey("observations.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edit_id: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[str] = mapped_column(String(32))


class SnapshotRow(Base):
    """An observation's tags after edit ``seq``, so that opening it does not read its whole life."""

    __tablename__ = "snapshots"

    observation_id: Mapped[str] = mapped_column(ForeignKey("observations.id"), primary_key=True)
    seq: Mapped[int]
    tags: Mapped[str] = mapped_column(Text)


class AttemptRow(Base):
    """An observation as it was handed in, once."""

    __tablename__ = "attempts"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    observation_id: Mapped[str] = mapped_column(ForeignKey("observations.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    exercise: Mapped[str] = mapped_column(String(64), index=True)
    exercise_version: Mapped[str] = mapped_column(String(40))
    film: Mapped[str] = mapped_column(String(64))
    observation: Mapped[str] = mapped_column(Text)
    observation_sha256: Mapped[str] = mapped_column(String(64))
    handed_in_at: Mapped[str] = mapped_column(String(32), index=True)
    nth: Mapped[int] = mapped_column(server_default="1")


class MarkRow(Base):
    """A mark of an attempt; marking again adds one, and the highest number counts."""

    __tablename__ = "marks"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    marked_at: Mapped[str] = mapped_column(String(32))


class StageRow(Base):
    """A step of an attempt's marking: where it has come to, by whose hand; the highest number counts."""

    __tablename__ = "stages"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stage: Mapped[str] = mapped_column(String(20))
    mark_number: Mapped[int | None]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))


class JudgementRow(Base):
    """What a supervisor said of an attempt, beside what was computed: rows are added and never changed."""

    __tablename__ = "judgements"
    __table_args__ = (CheckConstraint("kind IN ('marking', 'override')", name="judgements_kind"),)

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    body: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    mark_number: Mapped[int | None]
    at: Mapped[str] = mapped_column(String(32))


class ExtensionRow(Base):
    """More time for one person at one exercise; the highest number counts."""

    __tablename__ = "extensions"

    exercise: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[str] = mapped_column(String(32))


class OtherwiseRow(Base):
    """“I see it otherwise”: a trainee's reason at one difference; the highest number of an item counts."""

    __tablename__ = "otherwise"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item: Mapped[str] = mapped_column(String(80), index=True)
    exercise: Mapped[str] = mapped_column(String(64), index=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))


class EntryRow(Base):
    """A version of what somebody wrote into their own record; the highest number counts, and none is ever changed."""

    __tablename__ = "entries"

    # An entry's name is its owner's: somebody else's is neither found by it nor in the way of it.
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))


class OpeningRow(Base):
    """That somebody opened their own feedback, and whether a supervisor's words stood on it."""

    __tablename__ = "openings"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    at: Mapped[str] = mapped_column(String(32), primary_key=True)
    said: Mapped[bool]
