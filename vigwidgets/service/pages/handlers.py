"""The pages' handlers: each asks for its view beside the loop and renders it."""

from __future__ import annotations

import contextlib
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, ClassVar

from vigwidgets.errors import Refusal
from vigwidgets.records import Attempt, AttemptDamaged, Person, StoreUnavailable
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.courses import read_again
from vigwidgets.service.pages.authoring import authoring
from vigwidgets.service.pages.cohort import COHORT_ROUTES
from vigwidgets.service.pages.feedback import feedback
from vigwidgets.service.pages.learning import learning
from vigwidgets.service.pages.lesson import lesson_page
from vigwidgets.service.pages.marking import MARKING_ROUTES
from vigwidgets.service.pages.otherwise import OTHERWISE_ROUTES
from vigwidgets.service.pages.record import RECORD_ROUTES, note_opening
from vigwidgets.service.pages.sets import SET_ROUTES
from vigwidgets.service.pages.sides import Within, agreement_view, within_view
from vigwidgets.service.pages.supervision import supervision

__all__ = ["PAGE_ROUTES", "FeedbackHandler"]


class _Page(VigHandler):
    """What the pages share."""

    @property
    def reader(self) -> Person:
        """Who reads; the table of rights lets nobody in who is not signed in."""
        assert self.person is not None  # noqa: S101
        return self.person


class LearningHandler(_Page):
    """``/learning``."""

    actions: ClassVar = {"get": "learning.read"}

    async def get(self) -> None:
        """Show the next step and the path."""
        state = self.state
        view = await state.read(learning, self.reader, state)
        self.page("learning.html", here="learning", view=view)


class LessonHandler(_Page):
    """``/lessons/<id>``."""

    actions: ClassVar = {"get": "lesson.read"}

    async def get(self, lesson_id: str) -> None:
        """Show a lesson, and note that it has been opened."""
        try:
            view = await self.state.read(lesson_page, lesson_id, self.state.course)
        except Refusal as refused:
            raise Missing(str(refused)) from None
        # A full disk keeps nobody from reading.
        with contextlib.suppress(StoreUnavailable):
            await self.state.writer.submit(self.state.records.add_reading, self.reader.id, lesson_id)
        self.page("lesson.html", here="learning", view=view)


class FeedbackHandler(_Page):
    """``/attempts/<id>``."""

    actions: ClassVar = {"get": "attempt.read"}

    async def owns(self, *path: str) -> bool:
        """Tell whether the attempt is the asking person's own."""
        attempt = await self.state.read(self._found, path[0])
        return self.person is not None and attempt.person == self.person.id

    async def get(self, attempt_id: str) -> None:
        """Show the feedback on what was handed in."""
        view = await self.state.read(self._view, attempt_id)
        own = view.attempt.person == self.reader.id
        here = "learning" if own else "supervision"
        if own:
            self.state.in_background(note_opening(self.state, view.attempt, said=view.said is not None))
        self.page("feedback.html", here=here, view=view)

    def _view(self, attempt_id: str) -> Any:
        return feedback(self._found(attempt_id), self.reader, self.state)

    def _found(self, attempt_id: str) -> Attempt:
        try:
            return self.state.records.attempt(attempt_id)
        except AttemptDamaged:
            raise
        except Refusal as refused:
            raise Missing(str(refused)) from None


class AgreementHandler(FeedbackHandler):
    """``/attempts/<id>/agreement``: figures; ``?part`` gives the section alone, ``?within=`` lists at a tolerance."""

    async def get(self, attempt_id: str) -> None:
        """Show how near both are at several tolerances, and beside chance."""
        # Half a second of arithmetic: where it keeps no reader waiting.
        within = self.get_query_argument("within", None)
        if within is not None:
            lists = await self.state.work(
                self._within, attempt_id, int(within) if within.isdecimal() and len(within) < 9 else -1
            )
            self.page("_within.html", view=lists)
            return
        view = await self.state.work(self._agreement, attempt_id)
        part = self.get_query_argument("part", None) is not None
        own = view.attempt.person == self.reader.id
        template = "_agreement.html" if part else "agreement.html"
        self.page(template, here="learning" if own else "supervision", view=view.shown, attempt=view.attempt)

    def _within(self, attempt_id: str, tolerance: int) -> Within:
        return within_view(self._found(attempt_id), self.reader, self.state, tolerance)

    def _agreement(self, attempt_id: str) -> Any:
        attempt = self._found(attempt_id)
        return SimpleNamespace(attempt=attempt, shown=agreement_view(attempt, self.reader, self.state))


class SupervisionHandler(_Page):
    """``/supervision``."""

    actions: ClassVar = {"get": "supervision.read"}

    async def get(self) -> None:
        """Show what was handed in, and the gradebook."""
        view = await self.state.read(supervision, self.state.course, self.state.records)
        self.page("supervision.html", here="supervision", view=view)


class AuthoringHandler(_Page):
    """``/authoring``."""

    actions: ClassVar = {"get": "authoring.read"}

    async def get(self) -> None:
        """Show the course check and the exercises."""
        view = await self.state.read(self._view)
        self.page("authoring.html", here="authoring", view=view)

    def _view(self) -> Any:
        state = self.state
        refused = read_again(state)
        return authoring(state.library, state.course.folder, taught=state.course, refused=refused)


class TryHandler(_Page):
    """``/authoring/try/<exercise>``: to the exercise, as a trainee meets it."""

    actions: ClassVar = {"get": "authoring.try"}

    async def get(self, exercise_id: str) -> None:
        """Go to the exercise; what is tagged there is the author's own."""
        await self.state.read(read_again, self.state)
        try:
            self.state.course.exercise(exercise_id)
        except Refusal as refused:
            raise Missing(str(refused)) from None
        self.redirect(f"{self.state.base}exercises/{exercise_id}", status=HTTPStatus.SEE_OTHER)


class HelpHandler(VigHandler):
    """``/help``: open to everybody."""

    actions: ClassVar = {"get": "help.read"}

    async def get(self) -> None:
        """Show what this is, what is kept, and what a score means."""
        self.page("help.html", here="help")


PAGE_ROUTES: list[tuple[str, type[VigHandler]]] = [
    (r"learning", LearningHandler),
    (r"lessons/([a-z0-9-]+)", LessonHandler),
    (r"attempts/([A-Za-z0-9._-]+)", FeedbackHandler),
    (r"attempts/([A-Za-z0-9._-]+)/agreement", AgreementHandler),
    (r"supervision", SupervisionHandler),
    (r"authoring", AuthoringHandler),
    (r"authoring/try/([a-z0-9-]+)", TryHandler),
    (r"help", HelpHandler),
    *COHORT_ROUTES,
    *MARKING_ROUTES,
    *OTHERWISE_ROUTES,
    *RECORD_ROUTES,
    *SET_ROUTES,
]
"""The pages' addresses below the application's root, as patterns, with their handlers."""
