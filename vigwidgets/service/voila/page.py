"""The exercise page: film and tagging at once, the notebook's part when its kernel is there."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, ClassVar

from vigwidgets.curriculum import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.records import ObservationRecord, Person
from vigwidgets.schemes import across_of
from vigwidgets.service.anchors import in_site_words
from vigwidgets.service.answers import answers_page
from vigwidgets.service.base import Missing
from vigwidgets.service.clips import tray_for
from vigwidgets.service.comparison import compare_with
from vigwidgets.service.courses import read_again
from vigwidgets.service.due import terms_told
from vigwidgets.service.exercises import observation_for
from vigwidgets.service.films import film_files, second_view
from vigwidgets.service.pages.render import asset, markdown
from vigwidgets.service.state import ServiceState
from vigwidgets.service.voila.streamed import KernelPage

__all__ = ["ExerciseHandler", "boot_of"]


class ExerciseHandler(KernelPage):
    """``/exercises/<id>``; with ``?again=1`` what was handed in is begun anew."""

    actions: ClassVar = {"get": "exercise.do"}

    async def get(self, exercise_id: str) -> None:
        """Begin the exercise or go on with it, and send its page."""
        if exercise_id not in self.state.course.exercises:
            await self.state.read(read_again, self.state)  # an author may have written it a moment ago
        try:
            exercise = self.state.course.exercise(exercise_id)
        except Refusal as refused:
            raise Missing(str(refused)) from None
        person = self.person
        assert person is not None  # noqa: S101 - the table of rights lets nobody in who is not signed in
        again = self.get_query_argument("again", "") == "1"
        record = await observation_for(self.state, person, exercise, again=again)
        if exercise.questions:
            await self._ask(exercise, record)
            return
        tray = None
        if exercise.kind == "tagging":
            tray = await self.state.writer.submit(tray_for, self.state, person, exercise, record.observation.film)
        boot = await self.state.read(
            boot_of, self.state, exercise, record, person, self.xsrf_token.decode("ascii"), tray
        )
        context = {
            "title": exercise.title,
            "base": self.state.base,
            "boot": boot,
            # A script element ends at the first "</", whatever JSON thinks of it.
            "boot_json": json.dumps(boot, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
            "asset": partial(asset, base=self.state.base),
        }
        told = {
            "VIG_PERSON": person.id,
            "VIG_EXERCISE": exercise.id,
            "VIG_OBSERVATION": record.id,
            "VIG_SCHEME": exercise.scheme,
            "VIG_DATA_DIR": str(self.state.data),
        }
        await self.send_page(context, told)

    async def _ask(self, exercise: Exercise, record: ObservationRecord) -> None:
        """Send a page of questions, which needs no kernel; what was handed in has its feedback."""
        if record.frozen:
            attempt = await self.state.read(self.state.records.attempt_of, record.id)
            self.redirect(f"{self.state.base}attempts/{attempt.id if attempt else ''}", status=303)
            return
        saved = self.get_query_argument("saved", "") == "1"
        asks = self.get_query_argument("sure", "") == "1"
        view = await self.state.read(answers_page, self.state, exercise, record, saved, asks)
        self.page("answers.html", here="learning", view=view)


def boot_of(
    state: ServiceState,
    exercise: Exercise,
    record: ObservationRecord,
    person: Person,
    xsrf: str,
    tray: ObservationRecord | None = None,
) -> dict[str, Any]:
    """Return what the page's script starts from, as plain JSON; see ``frontend/src/boot.ts``.

    Args:
        state: The service.
        exercise: What is done on the page.
        record: The observation with which it is done.
        person: Whose page it is.
        xsrf: The token that the page sends back when it hands in.
        tray: Where this person collects clips in this exercise, if clips are collected in it.

    Raises:
        Refusal: The film is not here.
    """
    base = state.base
    film = state.library.get(record.observation.film)
    observation = f"{base}observations/{record.id}"
    files: dict[str, Any] = {**film_files(state, film)}
    return {
        "base": base,
        "film": film.model_dump(mode="json"),
        "frames": files.pop("frames"),
        "files": files,
        "second": second_view(state, film),
        "scheme": in_site_words(state.course.codebook(exercise).scheme, state.data).model_dump(mode="json"),
        "crosswalks": across_of(exercise.scheme),
        "compare": compare_with(state, exercise, record),
        "observation": record.id,
        "socket": f"{observation}/edits",
        "clips": None if tray is None else _tray(base, tray),
        "handIn": f"{observation}/hand-in",
        "xsrf": xsrf,
        "exercise": _told(state, exercise) | {"terms": None if record.frozen else _terms(state, exercise, person)},
        "person": {"name": person.name, "role": person.role},
        "home": base,
    }


def _told(state: ServiceState, exercise: Exercise) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": exercise.title,
        "task_html": str(markdown(exercise.task)),
        "helping_question": exercise.helping_question,
        "minutes": exercise.minutes,
        "marking": exercise.marking,
        "blind": state.course.set_of(exercise.id) is not None,
        "shared": "colleagues" in exercise.compare,
        # Clips are chosen on lanes of their own, with everything else as for tags.
        "kind": "rating" if exercise.kind == "rating" else "tagging",
        "sheet": _sheet(exercise),
        "place": _place(state, exercise),
    }


def _terms(state: ServiceState, exercise: Exercise, person: Person) -> dict[str, Any] | None:
    told = terms_told(exercise, person.id, state.records)
    return {"says": told.says, "now": told.now, "lateFrom": told.late_from} if told.says else None


def _tray(base: str, tray: ObservationRecord) -> dict[str, str]:
    address = f"{base}observations/{tray.id}"
    return {"observation": tray.id, "socket": f"{address}/edits", "export": f"{address}/clips.zip"}


def _sheet(exercise: Exercise) -> dict[str, Any] | None:
    return None if exercise.sheet is None else exercise.sheet.model_dump(mode="json")


def _place(state: ServiceState, exercise: Exercise) -> str:
    ids = [step.id for step in state.course.pathway if step.kind == "exercise"]
    where = f"exercise {ids.index(exercise.id) + 1} of {len(ids)}" if exercise.id in ids else "exercise"
    return f"Level {exercise.level} · {where}"
