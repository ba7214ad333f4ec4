"""What the records know of somebody's work, and what they add to it in their own words."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, literal, select

from vigwidgets.errors import Refusal
from vigwidgets.records._store import Store
from vigwidgets.records._tables import (
    AttemptRow,
    EditRow,
    EntryRow,
    ObservationRow,
    OpeningRow,
    OtherwiseRow,
    PersonRow,
    ReadingRow,
)
from vigwidgets.records._values import EntryVersion, WorkSign, now

__all__ = ["MOST_ENTRIES", "MOST_VERSIONS", "Ledger"]

MOST_ENTRIES = 2_000
"""How many entries a person's record may hold: two on every working day of three years."""

MOST_VERSIONS = 100
"""How often one entry may be changed."""

_AGAIN = timedelta(minutes=1)  # feedback that is opened again sooner is the same reading


class Ledger(Store):
    """The part of the records that says when somebody worked, and keeps what they wrote of it. Rows are only added."""

    def keep_entry(self, person_id: str, entry_id: str, body: dict[str, Any], after: int) -> int:
        """Keep a version of an entry, and return its number; the same again is kept once.

        Args:
            person_id: Whose.
            entry_id: The entry's name among theirs.
            body: What was written, as data that JSON can hold.
            after: The number of the version that was changed; 0: it is new.

        Raises:
            Refusal: There is no such person, the entry was changed elsewhere meanwhile, or there are too many.
            StoreUnavailable: Nothing could be saved now.
        """
        text = json.dumps(body, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        with self.writing() as connection:
            held = select(PersonRow.id).where(PersonRow.id == person_id).with_for_update()
            if connection.execute(held).one_or_none() is None:
                raise Refusal("There is no such person any more; sign in again.")
            query = select(EntryRow).where(EntryRow.person_id == person_id, EntryRow.entry_id == entry_id)
            last = connection.execute(query.order_by(EntryRow.number.desc()).limit(1)).one_or_none()
            number = 0 if last is None else int(last.number)
            if last is not None and last.body == text:
                return number
            _refuse(connection, person_id, number, after)
            connection.execute(
                insert(EntryRow).values(person_id=person_id, entry_id=entry_id, number=number + 1, body=text, at=now())
            )
        return number + 1

    def entries(self, person_id: str) -> list[EntryVersion]:
        """Return every version of all that a person wrote, an entry's versions together, each oldest first."""
        query = select(EntryRow).where(EntryRow.person_id == person_id).order_by(EntryRow.entry_id, EntryRow.number)
        with self.reading() as connection:
            return [EntryVersion(r.entry_id, r.number, json.loads(r.body), r.at) for r in connection.execute(query)]

    def add_opening(self, person_id: str, attempt_id: str, *, said: bool) -> bool:
        """Note that somebody opened their own feedback, unless they did within a minute; return whether it was noted.

        Args:
            person_id: Who.
            attempt_id: Whose feedback it is.
            said: Whether a supervisor's words stood on it.
        """
        moment = now()
        last = select(func.max(OpeningRow.at)).where(
            OpeningRow.person_id == person_id, OpeningRow.attempt_id == attempt_id
        )
        with self.reading() as connection:
            before = connection.execute(last).scalar_one()
        if before is not None and datetime.fromisoformat(moment) - datetime.fromisoformat(before) < _AGAIN:
            return False
        with self.writing() as connection:
            connection.execute(
                insert(OpeningRow).values(person_id=person_id, attempt_id=attempt_id, at=moment, said=said)
            )
        return True

    def work_signs(self, person_id: str, after: str = "", before: str = "9999") -> list[WorkSign]:
        """Return every moment at which the records know that somebody was at work, in order.

        Args:
            person_id: Who.
            after: The first moment that is asked for, as `iso` writes it.
            before: The first that is not.
        """
        found: list[WorkSign] = []
        with self.reading() as connection:
            for query in _queries(person_id):
                # At is the first column of each.
                at = query.selected_columns[0]
                rows = connection.execute(query.where(at >= after, at < before))
                found += [WorkSign(*row) for row in rows]
        return sorted(found, key=lambda sign: (sign.at, sign.kind, sign.of))


def _queries(person: str) -> list[Any]:
    """Return what to ask: a moment, its kind, what it was about, and the exercise."""
    observation, attempt = ObservationRow, AttemptRow
    own = observation.person_id == person
    handed_in = attempt.person_id == person
    return [
        select(observation.started_at, literal("work"), observation.id, observation.exercise).where(own),
        select(EditRow.at, literal("work"), observation.id, observation.exercise)
        .join(observation, observation.id == EditRow.observation_id)
        .where(own),
        select(attempt.handed_in_at, literal("work"), attempt.observation_id, attempt.exercise).where(handed_in),
        select(OtherwiseRow.at, literal("feedback"), attempt.id, attempt.exercise)
        .join(attempt, attempt.id == OtherwiseRow.attempt_id)
        .where(handed_in),
        select(ReadingRow.read_at, literal("lesson"), ReadingRow.lesson, literal("")).where(
            ReadingRow.person_id == person
        ),
        *(
            select(OpeningRow.at, literal(kind), attempt.id, attempt.exercise)
            .join(attempt, attempt.id == OpeningRow.attempt_id)
            .where(OpeningRow.person_id == person, OpeningRow.said.is_(said))
            for kind, said in (("feedback", False), ("said", True))
        ),
    ]


def _refuse(connection: Connection, person: str, last: int, after: int) -> None:
    """Refuse what would hide a change made elsewhere, or would be too much.

    Raises:
        Refusal: It would.
    """
    if last != after:
        raise Refusal(
            "This entry was changed in another window meanwhile; copy what you wrote, reload the page, and change it "
            "there. Nothing was lost."
        )
    if last >= MOST_VERSIONS:
        raise Refusal(f"This entry has been changed {MOST_VERSIONS} times; add a new one instead.")
    many = select(func.count(func.distinct(EntryRow.entry_id))).where(EntryRow.person_id == person)
    if last == 0 and connection.execute(many).scalar_one() >= MOST_ENTRIES:
        raise Refusal(
            f"Your record holds {MOST_ENTRIES} entries, and that is the most; change one that is there instead."
        )
