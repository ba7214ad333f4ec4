"""Mark answers: choices by their key; words are for a supervisor to read, with a rubric."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vigwidgets.contract import Observation
from vigwidgets.curriculum import AnswerKey, Question, answers_in
from vigwidgets.errors import Refusal
from vigwidgets.grading._mark import Marked
from vigwidgets.grading._words import verbal_count
from vigwidgets.observations import content_hash

__all__ = ["AnswerMark", "AnswersMark", "mark_answers"]

_NOT_A_JUDGEMENT = "This is about practice, never about a family, and it certifies nobody."


class AnswerMark(BaseModel):
    """One question, as it was answered.

    Attributes:
        question: Its id.
        text: What was asked.
        chosen: The texts of the choices that were chosen.
        right: Those of the right ones; none for a question in words.
        agrees: Whether just the right ones were chosen; None: it is read by a supervisor.
        words: What was written.
        short: How many words are missing; 0: none.
        says: What is told of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    text: str
    chosen: list[str]
    right: list[str]
    agrees: bool | None
    words: str
    short: int
    says: list[str]


class AnswersMark(Marked):
    """How questions were answered.

    Attributes:
        answers: Each question, in the exercise's order.
        right: How many questions with choices were answered as the key does.
        asked: Of how many.
    """

    format: Literal["vig-answers-mark"] = "vig-answers-mark"
    version: Literal[1] = 1
    answers: list[AnswerMark]
    right: int
    asked: int

    @property
    def measured(self) -> float | None:
        """The part of the questions with choices that were answered as the key does; None: there are none."""
        return self.right / self.asked if self.asked else None


def mark_answers(observation: Observation, questions: Sequence[Question], key: AnswerKey | None) -> AnswersMark:
    """Return how questions were answered.

    Args:
        observation: The answers.
        questions: What was asked.
        key: The right choices, where they are kept apart from the questions.

    Raises:
        Refusal: The key names no right choice for a question, or one that there is not.
    """
    given = answers_in(observation)
    answers = [_answer(question, *given.get(question.id, (frozenset(), "")), key) for question in questions]
    counted = [one for one in answers if one.agrees is not None]
    mark = AnswersMark(
        observation=observation.id,
        observation_sha256=content_hash(observation),
        film=observation.film,
        summary=[],
        answers=answers,
        right=sum(one.agrees is True for one in counted),
        asked=len(counted),
    )
    return mark.model_copy(update={"summary": _summary(mark)})


def _answer(question: Question, chosen: frozenset[str], words: str, key: AnswerKey | None) -> AnswerMark:
    text = {choice.id: choice.text for choice in question.choices}
    right = question.right if key is None else frozenset(key.right.get(question.id, []))
    if question.choices and (not right or not right <= set(text)):
        raise Refusal(f"The key of question {question.id!r} is {sorted(right)}; name right choices of {sorted(text)}.")
    says = [choice.says for choice in question.choices if choice.says and (choice.id in chosen or choice.id in right)]
    if key is not None and question.id in key.says:
        says = [key.says[question.id]]
    known = chosen & set(text)  # a browser may send anything
    return AnswerMark(
        question=question.id,
        text=question.text,
        chosen=[text[one] for one in text if one in known],
        right=[text[one] for one in text if one in right],
        agrees=known == right if question.choices else None,
        words=words.strip(),
        short=max(0, question.words - len(words.split())) if not question.choices else 0,
        says=says,
    )


def _summary(mark: AnswersMark) -> list[str]:
    said = []
    if mark.asked:
        said.append(f"You answered {mark.right} of {mark.asked} questions as the course does.")
    written = [one for one in mark.answers if one.agrees is None]
    if written:
        done = sum(bool(one.words) for one in written)
        said.append(
            f"{verbal_count(done, 'answer').capitalize()} in your own words {'is' if done == 1 else 'are'} kept; "
            "your supervisor reads them."
        )
    short = sum(one.short > 0 for one in written)
    if short:
        said.append(f"{verbal_count(short, 'of them is', 'of them are').capitalize()} shorter than was asked.")
    return [*said, _NOT_A_JUDGEMENT]
