"""Questions and their answers: a page without a kernel, and what its form sends."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from vigwidgets.contract import Drop, Edit, Film, Put
from vigwidgets.curriculum import Exercise, answer_id, answer_tag, answers_in
from vigwidgets.errors import Refusal
from vigwidgets.observations import new_id
from vigwidgets.records import ObservationRecord
from vigwidgets.service.due import terms_told
from vigwidgets.service.films import FilmFiles, film_files
from vigwidgets.service.handin import OfAnObservation, hand_in_and_mark
from vigwidgets.service.state import ServiceState
from vigwidgets.service.whole import check_whole, unanswered

__all__ = ["AnswersHandler", "AnswersPage", "answers_page"]


@dataclass(frozen=True)
class ChoiceRow:
    """A choice as it is shown: never whether it is right."""

    id: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class QuestionRow:
    """A question with what has been answered so far."""

    id: str
    text: str
    several: bool
    choices: list[ChoiceRow]
    words: str
    least: int


@dataclass(frozen=True)
class Asking:
    """What is said before answers are handed in.

    Attributes:
        refused: What is missing, so that they cannot be; nothing: they can.
        left: The questions that have no answer.
        answered: How many have one.
    """

    refused: str
    left: list[str]
    answered: int


@dataclass(frozen=True)
class AnswersPage:
    """All that the page says; ``asking`` is there once somebody wants to hand in, ``terms`` where there are any."""

    title: str
    minutes: int
    content_note: str
    task: Any
    helping_question: str
    observation: str
    film: Film
    files: FilmFiles
    questions: list[QuestionRow]
    saved: bool
    asking: Asking | None
    terms: str


def answers_page(
    state: ServiceState, exercise: Exercise, record: ObservationRecord, saved: bool, asks: bool = False
) -> AnswersPage:
    """Return the page on which questions are answered.

    Args:
        state: The service.
        exercise: What is asked.
        record: What is answered so far.
        saved: Whether to say that it has just been saved.
        asks: Whether to ask if it shall be handed in.

    Raises:
        Refusal: The film is not here.
    """
    from vigwidgets.service.pages.render import markdown  # noqa: PLC0415 - pages know this module

    film = state.library.get(record.observation.film)
    given = answers_in(record.observation)
    questions = []
    for question in exercise.questions:
        chosen, words = given.get(question.id, (frozenset(), ""))
        choices = [ChoiceRow(choice.id, choice.text, choice.id in chosen) for choice in question.choices]
        questions.append(QuestionRow(question.id, question.text, question.several, choices, words, question.words))
    return AnswersPage(
        title=exercise.title,
        minutes=exercise.minutes,
        content_note=exercise.content_note or "",
        task=markdown(exercise.task),
        helping_question=exercise.helping_question or "",
        observation=record.id,
        film=film,
        files=film_files(state, film),
        questions=questions,
        saved=saved,
        asking=_asking(state, exercise, record) if asks else None,
        terms=_terms(state, exercise, record.person),
    )


def _terms(state: ServiceState, exercise: Exercise, person: str) -> str:
    for_what = "It is marked for your record." if exercise.marking == "summative" else ""
    return f"{for_what} {terms_told(exercise, person, state.records).whole}".strip()


def _asking(state: ServiceState, exercise: Exercise, record: ObservationRecord) -> Asking:
    left = unanswered(exercise.questions, record.observation)
    try:
        check_whole(exercise, record.observation, state.course.codebook(exercise))
    except Refusal as refused:
        return Asking(str(refused), left, 0)
    return Asking("", left, len(exercise.questions) - len(left))


class AnswersHandler(OfAnObservation):
    """``/observations/<id>/answers``: keep answers as a draft, or hand them in; a page asks once before that."""

    actions: ClassVar = {"post": "observation.edit"}

    async def post(self, observation_id: str) -> None:
        """Keep what the form holds in one edit; then go back to it, or hand in."""
        record = await self.found(observation_id)
        exercise = self.state.course.exercises.get(record.exercise)
        if exercise is None or not exercise.questions:
            raise Refusal("This exercise asks no questions; open it from “My learning” and tag what you see.")
        sent = {
            question.id: [str(text) for text in self.get_body_arguments(question.id)] for question in exercise.questions
        }
        await self.state.writer.submit_for(
            record.person, _save, self.state, observation_id, exercise, sent
        )  # fmt: skip
        wants = self.get_body_argument("do", "save")
        if wants == "hand-in" and self._navigates():
            self._onward(f"exercises/{exercise.id}?sure=1#sure")
            return
        if wants not in ("hand-in", "hand-in-now"):
            self._onward(f"exercises/{exercise.id}?saved=1", saved=True)
            return
        self.require("observation.hand-in", owner=record.person)
        attempt = await hand_in_and_mark(self.state, record)
        self._onward(f"attempts/{attempt.id}", attempt=attempt.id, receipt=attempt.receipt)

    def _onward(self, path: str, **told: Any) -> None:
        if self._navigates():
            self.redirect(f"{self.state.base}{path}", status=HTTPStatus.SEE_OTHER)
        else:
            self.send_json(told)


def _save(state: ServiceState, observation_id: str, exercise: Exercise, sent: dict[str, list[str]]) -> None:
    observation = state.records.observation(observation_id).observation
    there = {tag.id for tag in observation.tags}
    changes: list[Put | Drop] = []
    for question in exercise.questions:
        values = sent[question.id]
        if question.choices and len(values) > 1 and not question.several:
            raise Refusal(f"Question {question.id!r} takes one choice and was given {len(values)}; choose one.")
        words = "" if question.choices else "\n".join(values).replace("\r\n", "\n")
        if values if question.choices else words.strip():
            tag = answer_tag(question, values if question.choices else [], words, observation)
            changes.append(Put(op="put", tag=tag))
        elif answer_id(question.id) in there:
            changes.append(Drop(op="drop", id=answer_id(question.id)))
    if changes:
        codebook = state.course.codebook(exercise)
        state.records.append_edit(observation_id, Edit(id=new_id("edit"), changes=changes), codebook, None)
