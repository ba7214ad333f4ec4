"""Which lessons a person has opened; that is all that is kept of reading."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from vigwidgets.records._store import Store
from vigwidgets.records._tables import ReadingRow
from vigwidgets.records._values import now

__all__ = ["Readings"]


class Readings(Store):
    """The part of the records that knows who has read what."""

    def add_reading(self, person_id: str, lesson: str) -> None:
        """Note that a person has opened a lesson; the first time counts, and nothing is written after it."""
        if lesson in self.readings(person_id):
            return
        try:
            with self.writing() as connection:
                connection.execute(insert(ReadingRow).values(person_id=person_id, lesson=lesson, read_at=now()))
        except IntegrityError:
            return  # another window was first, or the person is gone

    def readings(self, person_id: str) -> set[str]:
        """Return the ids of the lessons that a person has opened."""
        with self.reading() as connection:
            return set(connection.scalars(select(ReadingRow.lesson).where(ReadingRow.person_id == person_id)))
