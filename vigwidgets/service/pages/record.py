"""The pages of the record of hours: one's own, where one adds to it, a trainee's for supervisors, and both as CSV."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import ClassVar

from vigwidgets.curriculum import SORTS, entry_of
from vigwidgets.errors import Refusal
from vigwidgets.grading import csv_of, first_few
from vigwidgets.observations import new_id
from vigwidgets.records import Attempt, Person, StoreUnavailable
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.pages.hours import Hours, Period, hours_of, period_of
from vigwidgets.service.pages.reflections import own_entries
from vigwidgets.service.state import ServiceState

__all__ = ["RECORD_COLUMNS", "RECORD_ROUTES", "note_opening", "record_rows"]

RECORD_COLUMNS = (
    "date",
    "source",
    "kind",
    "with_others",
    "what",
    "hours",
    "learnt_or_written",
    "next",
    "standards",
    "changes",
)
"""``source`` is ``counted`` by the house, ``self-reported``, or ``written`` in an exercise or at a difference."""

_MOST_DAYS = 400
"""So many days a page shows; the table has them all."""

_FIELDS = ("day", "sort", "hours", "title", "learnt", "next", "standard", "withdrawn")


@dataclass(frozen=True)
class Form:
    """What stands in the form: fields as they were typed, which entry it changes, and why it was not kept."""

    entry: str
    number: int
    fields: dict[str, str]
    refused: str = ""


async def note_opening(state: ServiceState, attempt: Attempt, *, said: bool) -> None:
    """Note that somebody has opened their own feedback; a full disk keeps nobody from reading."""
    with contextlib.suppress(StoreUnavailable):
        await state.writer.submit_for(attempt.person, state.records.add_opening, attempt.person, attempt.id, said=said)


def record_rows(hours: Hours) -> list[dict[str, str | int | float | None]]:
    """Return a record as the rows of a table, in the order of time; see `RECORD_COLUMNS`."""
    rows: list[dict[str, str | int | float | None]] = []
    for day in hours.days:
        rows += [
            {"date": str(day.day), "source": "counted", "kind": line.kind, "what": line.title,
             "hours": round(line.seconds / 3600, 2)}
            for line in day.lines if not line.own
        ]  # fmt: skip
    for one in hours.entries:
        entry = one.entry
        rows.append(
            {
                "date": str(entry.day), "source": "self-reported", "kind": SORTS[entry.sort],
                "with_others": "yes" if entry.shared else "no", "what": entry.title,
                "hours": round(entry.minutes / 60, 2), "learnt_or_written": entry.learnt, "next": entry.next,
                "standards": entry.standard, "changes": one.number - 1,
            }
        )  # fmt: skip
    for written in hours.reflections:
        if written.own is None:
            words = "\n".join(f"{name}: {text}" for name, text in written.lines)
            rows.append(
                {"date": str(written.day), "source": "written", "kind": written.kind, "what": written.title,
                 "learnt_or_written": words}
            )  # fmt: skip
    return sorted(rows, key=lambda row: str(row["date"]))


class _RecordPage(VigHandler):
    """What the pages share."""

    @property
    def reader(self) -> Person:
        """Who reads; the table of rights lets nobody in who is not signed in."""
        assert self.person is not None  # noqa: S101
        return self.person

    def asked(self) -> Period:
        """Return the period that the address asks for.

        Raises:
            Refusal: It cannot be read.
        """
        return period_of(self.get_query_argument("from", ""), self.get_query_argument("to", ""))

    def trainee(self, person_id: str) -> Person:
        """Return a trainee.

        Raises:
            Missing: There is none with this id.
        """
        found = next((one for one in self.state.records.people() if one.id == person_id), None)
        if found is None or found.role != "trainee":
            raise Missing("There is no trainee with this record; choose one from the gradebook.")
        return found

    async def show(self, person_id: str | None, form: Form | None) -> None:
        """Show a record: one's own (None), or a trainee's."""
        # Three years of somebody who codes every day take a second: where it keeps no reader waiting.
        view = await self.state.work(self._hours, person_id, self.asked())
        days, more_days = view.days[:_MOST_DAYS], max(0, len(view.days) - _MOST_DAYS)
        reflections, more = first_few(view.reflections)
        own = person_id is None
        path = "learning/record" if own else f"supervision/records/{person_id}"
        self.page(
            "record.html", here="learning" if own else "supervision", view=view, form=form, own=own, path=path,
            days=days, more_days=more_days, reflections=reflections, more=more, sorts=SORTS,
            taken_out=view.taken_out[:100], today=datetime.now(UTC).astimezone().date(),
        )  # fmt: skip

    async def table(self, person_id: str | None) -> None:
        """Send a record as CSV."""
        view = await self.state.work(self._hours, person_id, self.asked())
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="record-of-hours.csv"')
        # With its mark a spreadsheet knows that this is UTF-8.
        self.send(csv_of(RECORD_COLUMNS, record_rows(view)).encode("utf-8-sig"))

    def _hours(self, person_id: str | None, period: Period) -> Hours:
        person = self.reader if person_id is None else self.trainee(person_id)
        return hours_of(person, self.reader, period, self.state)


class OwnRecordHandler(_RecordPage):
    """``/learning/record``: one's own, of the days ``?from`` and ``to``; ``?change=<entry>`` opens an entry."""

    actions: ClassVar = {"get": "record.keep", "post": "record.keep"}

    async def get(self) -> None:
        """Show it, with the form."""
        change = self.get_query_argument("change", "")
        form = await self.state.read(self._form, change) if change else _fresh()
        await self.show(None, form)

    async def post(self) -> None:
        """Keep an entry, or what was changed in one; what was refused is shown again, with what was typed."""
        fields = {name: str(self.get_body_argument(name, "", strip=False)) for name in _FIELDS}
        form = Form(self.get_body_argument("entry", "") or new_id("entry"), self._number(), fields)
        try:
            kept = entry_of(fields)
            await self.state.writer.submit_for(
                self.reader.id, self.state.records.keep_entry, self.reader.id, _name(form.entry),
                kept.model_dump(mode="json"), form.number,
            )  # fmt: skip
        except StoreUnavailable:
            raise
        except Refusal as refused:
            if not self._navigates():
                raise
            self.set_status(HTTPStatus.BAD_REQUEST)
            await self.show(None, Form(form.entry, form.number, fields, str(refused)))
            return
        self.redirect(f"{self.state.base}learning/record#reflections", status=HTTPStatus.SEE_OTHER)

    def _number(self) -> int:
        text = self.get_body_argument("number", "0")
        return int(text) if text.isdecimal() and len(text) < 6 else 0

    def _form(self, entry_id: str) -> Form:
        """Return the form with an entry in it.

        Raises:
            Missing: The reader has no such entry.
        """
        for one in own_entries(self.reader, self.state):
            if one.id == entry_id:
                fields = {name: str(value) for name, value in one.entry.model_dump(mode="json").items()}
                fields["withdrawn"] = "yes" if one.entry.withdrawn else ""
                return Form(one.id, one.number, {**fields, "hours": f"{one.entry.minutes / 60:g}"})
        raise Missing("There is no such entry in your record; go back to it and choose one.")


class OwnTableHandler(_RecordPage):
    """``/learning/record.csv``."""

    actions: ClassVar = {"get": "record.keep"}

    async def get(self) -> None:
        """Send it."""
        await self.table(None)


class RecordHandler(_RecordPage):
    """``/supervision/records/<person>``: a trainee's, for supervisors."""

    actions: ClassVar = {"get": "record.read"}

    async def get(self, person_id: str) -> None:
        """Show it."""
        await self.show(person_id, None)


class TableHandler(_RecordPage):
    """``/supervision/records/<person>/record.csv``."""

    actions: ClassVar = {"get": "record.read"}

    async def get(self, person_id: str) -> None:
        """Send it."""
        await self.table(person_id)


def _fresh() -> Form:
    fields = dict.fromkeys(_FIELDS, "")
    return Form(new_id("entry"), 0, fields | {"day": str(datetime.now(UTC).astimezone().date()), "sort": "alone"})


def _name(entry: str) -> str:
    """Return an entry's name as a form may give it.

    Raises:
        Refusal: It is none.
    """
    if len(entry) > 64 or not entry.replace("-", "").isalnum() or not entry.isascii():
        raise Refusal(f"{entry[:40]!r} is no name of an entry; reload the page and write it again.")
    return entry


RECORD_ROUTES: list[tuple[str, type[VigHandler]]] = [
    (r"learning/record", OwnRecordHandler),
    (r"learning/record\.csv", OwnTableHandler),
    (r"supervision/records/([A-Za-z0-9_-]+)", RecordHandler),
    (r"supervision/records/([A-Za-z0-9_-]+)/record\.csv", TableHandler),
]
"""The record's addresses below the application's root."""
