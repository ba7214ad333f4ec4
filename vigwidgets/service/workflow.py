"""What supervisors do with marks: judge, override, move on, release, and give more time. Plain forms, one act each."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from vigwidgets.curriculum import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.records import Attempt as AttemptRecord
from vigwidgets.records import AttemptDamaged, Person, Seen, StoreUnavailable
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.state import ServiceState

if TYPE_CHECKING:
    from vigwidgets.grading import Standing

__all__ = ["ExtensionHandler", "JudgementHandler", "ReleaseHandler", "StageHandler", "the_attempt", "the_standing"]

_FIRST_YEAR, _LAST_YEAR = 2000, 2200
_OWN_WORK = "This is your own work; another supervisor marks it."


def the_attempt(state: ServiceState, attempt_id: str) -> AttemptRecord:
    """Return an attempt that an address names.

    Raises:
        Missing: There is none.
        AttemptDamaged: It is there and cannot be read.
    """
    try:
        return state.records.attempt(attempt_id)
    except (AttemptDamaged, StoreUnavailable):
        raise
    except Refusal as refused:
        raise Missing(str(refused)) from None


def the_standing(state: ServiceState, attempt_id: str) -> Standing:
    """Return how the marking of an attempt stands that an address names.

    Raises:
        Missing: There is no such attempt.
    """
    from vigwidgets.grading import standing_of  # noqa: PLC0415 - numpy and more, on first use

    return standing_of(the_attempt(state, attempt_id), state.records, state.course)


class _Act(VigHandler):
    """The base of forms: what was done is told, and a page's reader goes back to the page."""

    @property
    def actor(self) -> Person:
        """Who acts; the table of rights lets nobody act who is not signed in."""
        assert self.person is not None  # noqa: S101
        return self.person

    def text(self, name: str) -> str:
        """Return what a field of the form holds."""
        return str(self.get_body_argument(name, ""))

    def done(self, path: str, **told: Any) -> None:
        """Answer a script with what was done, and send a page's reader to ``path``."""
        if self._navigates():
            self.redirect(f"{self.state.base}{path}", status=HTTPStatus.SEE_OTHER)
        else:
            self.send_json(told)


class StageHandler(_Act):
    """``/attempts/<id>/stage``: move one attempt on, or back."""

    actions: ClassVar = {"post": "marking.release"}

    async def post(self, attempt_id: str) -> None:
        """Move it."""
        seen = Seen(*(_number(self.text(name)) for name in ("after", "mark", "judgement")))
        stage = await self.state.writer.submit_for(
            self.actor.id, _move, self.state, attempt_id, self.actor, self.text("to"), self.text("note"), seen
        )
        self.done(f"attempts/{attempt_id}/marking", stage=stage)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise Refusal(
            "Open the attempt's marking page and decide there: a mark is judged and moves on only as it was seen."
        )
    return int(text)


def _move(state: ServiceState, attempt_id: str, by: Person, to: str, note: str, seen: Seen) -> str:
    from vigwidgets.grading import LONGEST_REASON, check_move, typed  # noqa: PLC0415 - numpy and more, on first use

    standing = the_standing(state, attempt_id)
    if standing.attempt.person == by.id:
        raise Refusal(_OWN_WORK)
    stage = check_move(standing.facts, to, note)
    state.records.add_stage(attempt_id, stage, by.id, typed(note)[:LONGEST_REASON], seen=seen)
    return stage


class ReleaseHandler(_Act):
    """``/supervision/release``: release all that is ready in one exercise."""

    actions: ClassVar = {"post": "marking.release"}

    async def post(self) -> None:
        """Release them."""
        exercise = self.text("exercise")
        released = await self.state.writer.submit_for(self.actor.id, _release, self.state, exercise, self.actor)
        self.done("supervision/marking", released=released)


def _release(state: ServiceState, exercise: str, by: Person) -> list[str]:
    from vigwidgets.grading import standing_of  # noqa: PLC0415 - numpy and more, on first use

    state.course.exercise(exercise)
    released = []
    for attempt in state.records.attempts(exercise):
        standing = standing_of(attempt, state.records, state.course)
        if standing.stage == "ready" and attempt.person != by.id:
            # What is ready was declared so as it is now; should it change this moment, it waits for another look.
            try:
                state.records.add_stage(attempt.id, "released", by.id, seen=standing.seen)
            except StoreUnavailable:
                raise
            except Refusal:
                continue
            released.append(attempt.id)
    return released


class JudgementHandler(_Act):
    """``/attempts/<id>/judgements``: what one supervisor says of an attempt."""

    actions: ClassVar = {"post": "marking.judge"}

    async def post(self, attempt_id: str) -> None:
        """Keep it beside the computed mark."""
        said = {name: self.text(name) for name in self.request.body_arguments if name != "_xsrf"}
        number = await self.state.writer.submit_for(self.actor.id, _judge, self.state, attempt_id, self.actor, said)
        self.done(f"attempts/{attempt_id}/marking", number=number)


def _judge(state: ServiceState, attempt_id: str, by: Person, said: dict[str, str]) -> int:
    from vigwidgets.grading import check_credit, check_points, check_reason  # noqa: PLC0415 - numpy and more

    standing = the_standing(state, attempt_id)
    kind = said.get("kind", "")
    if standing.attempt.person == by.id:
        raise Refusal(_OWN_WORK)
    if kind not in ("marking", "override"):
        raise Refusal(f"The kind of judgement is {kind[:20]!r}; allowed are 'marking' and 'override'.")
    if standing.stage == "released":
        raise Refusal("This attempt is released; take it back first, so that its owner is told of what changes.")
    if kind == "marking" and standing.exercise is not None and standing.facts.needed == 0:
        raise Refusal("This exercise is marked without judgements; override the mark instead, with a reason.")
    if kind == "override" and standing.blind:
        raise Refusal(
            "This attempt is marked blind, and a credit set now would tell the others what you think; set it when all "
            "have judged."
        )
    rubric = standing.exercise.rubric if standing.exercise and kind == "marking" else []
    body: dict[str, Any] = {"credit": check_credit(said.get("credit", ""))}
    if rubric:
        points = check_points(rubric, {line.id: said.get(f"points-{line.id}", "") for line in rubric})
        body = {"credit": sum(points.values()) / sum(line.points for line in rubric), "points": points}
    if kind == "marking" and body["credit"] is None:
        raise Refusal("A judgement needs a credit; write a number from 0 to 1, such as 0.75.")
    reason = check_reason(said.get("reason", ""))
    # As the page showed it, not as it stands now; others' judgements apart, of which a blind marker knows nothing.
    seen = Seen(_number(said.get("after", "")), _number(said.get("mark", "")), standing.seen.judgement)
    return state.records.add_judgement(attempt_id, kind, by.id, body, reason, seen=seen)


class ExtensionHandler(_Act):
    """``/supervision/extensions``: more time for one person at one exercise."""

    actions: ClassVar = {"post": "extension.give"}

    async def post(self) -> None:
        """Give it."""
        given = await self.state.writer.submit_for(
            self.actor.id, _extend, self.state, self.actor, self.text("exercise"), self.text("person"),
            self.text("until"), self.text("reason"),
        )  # fmt: skip
        self.done("supervision/marking#time", until=given)


def _extend(state: ServiceState, by: Person, exercise_id: str, person_id: str, until: str, reason: str) -> str:
    from vigwidgets.grading import check_reason  # noqa: PLC0415 - numpy and more, on first use

    exercise = state.course.exercise(exercise_id)
    person = state.records.person(person_id)
    if person.id == by.id:
        raise Refusal("You cannot give yourself more time; ask another supervisor.")
    if exercise.terms.due is None and exercise.terms.closes is None:
        raise Refusal(f"“{exercise.title}” has neither a due nor a closing time, so that nobody needs more.")
    moment = _moment(until, exercise)
    state.records.extend(exercise.id, person.id, moment, check_reason(reason), by.id)
    return moment


def _moment(text: str, exercise: Exercise) -> str:
    """Return what a field for date and time holds, in the exercise's own time zone, as ISO 8601 in UTC."""
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(f"The time is {text.strip()[:30]!r}; write it like 2026-03-21 17:00.") from None
    aware = local if local.tzinfo is not None else local.replace(tzinfo=ZoneInfo(exercise.terms.zone))
    if not _FIRST_YEAR <= aware.year <= _LAST_YEAR:
        raise Refusal(f"The time is {text.strip()[:30]!r}; choose a year from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return aware.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
