"""Questions with choices, questions that are answered in words, and the rubric by which a supervisor reads those."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vigwidgets.contract import Code, Observation, Scheme, Tag, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.schemes import Codebook
from vigwidgets.yamls import read_file

__all__ = [
    "AnswerKey",
    "ChoiceLine",
    "Criterion",
    "Question",
    "answer_id",
    "answer_tag",
    "answers_codebook",
    "answers_in",
    "read_answer_key",
]

CHOSEN = "yes"
_Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
_Text = Annotated[str, Field(min_length=1, max_length=1000)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChoiceLine(_Data):
    """One choice of a question.

    Attributes:
        id: Its name in the question.
        text: What it says.
        right: Whether it is right. In a summative exercise this stands in the data directory only.
        says: What the trainee is told of it afterwards.
    """

    id: _Id
    text: _Text
    right: bool = False
    says: _Text | None = None


class Question(_Data):
    """One question.

    Attributes:
        id: Its name in the exercise.
        text: What is asked, in Markdown.
        choices: What can be chosen; none: it is answered in words.
        several: Whether more than one may be chosen.
        words: How many words an answer has at least, for one in words.
    """

    id: _Id
    text: _Text
    choices: Annotated[list[ChoiceLine], Field(max_length=16)] = []
    several: bool = False
    words: Annotated[int, Field(ge=0, le=500)] = 0

    @model_validator(mode="after")
    def _check(self) -> Self:
        ids = [choice.id for choice in self.choices]
        if len(set(ids)) < len(ids):
            raise ValueError(f"question {self.id!r} has a choice twice; give each its own id")
        if len(ids) == 1:
            raise ValueError(f"question {self.id!r} has one choice; give it two at least, or none")
        if len(self.right) > 1 and not self.several:
            raise ValueError(f"question {self.id!r} has several right choices; say several: true")
        if self.choices and self.words:
            raise ValueError(f"question {self.id!r} has choices, and words are for answers in words")
        return self

    @property
    def right(self) -> frozenset[str]:
        """The choices that are right."""
        return frozenset(choice.id for choice in self.choices if choice.right)


class Criterion(_Data):
    """One line of a rubric.

    Attributes:
        id: Its name.
        text: What a supervisor looks for.
        points: How many points there are for it at most.
    """

    id: _Id
    text: _Text
    points: Annotated[int, Field(ge=1, le=20)] = 3


class AnswerKey(_Data):
    """The right choices of an exercise, kept apart from it.

    Attributes:
        right: For each question, the ids of the right choices.
        says: For each question, what is told of it afterwards.
    """

    right: dict[str, list[str]]
    says: dict[str, _Text] = {}


def read_answer_key(path: Path) -> AnswerKey:
    """Read the key of an exercise from its YAML file.

    Raises:
        Refusal: The file is not there, or is no key.
    """
    data, _ = read_file(path)
    try:
        return AnswerKey.model_validate(data)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, path.name)) from None


def answers_codebook(exercise: str, version: str, questions: list[Question]) -> Codebook:
    """Return the scheme under which answers are kept: a code for each question, so that answers are edits like tags.

    A chosen choice is a modifier with the value ``yes``; an answer in words is the tag's note.
    """
    codes = [
        Code(id=question.id, parent=None, kind="state", label={"en": question.text[:200]}) for question in questions
    ]
    title = {"en": "Answers"}
    return Codebook(Scheme(id=f"{exercise[:56]}.answers", version=version, title=title, codes=codes))


def answer_id(question: str) -> str:
    """Return the id of the answer to a question: one for each, so that two windows cannot make two."""
    return f"answer.{question}"


def answer_tag(question: Question, chosen: list[str], words: str, observation: Observation) -> Tag:
    """Return an answer as it is kept.

    Args:
        question: What was asked.
        chosen: The ids of the choices that were chosen.
        words: What was written.
        observation: Where it is kept.

    Raises:
        Refusal: A choice is not the question's, or the text is too long.
    """
    known = {choice.id for choice in question.choices}
    strange = next((one for one in chosen if one not in known), None)
    if strange is not None:
        raise Refusal(f"Question {question.id!r} has no choice {strange[:40]!r}; choose one of {sorted(known)}.")
    if len(words) > 4000:
        raise Refusal(f"This answer has {len(words)} characters; 4000 are kept at most, so shorten it.")
    somebody = observation.cast[0].id
    return Tag(
        id=answer_id(question.id), code=question.id, actor=somebody, target=somebody, start=0,
        end=observation.duration, modifiers=dict.fromkeys(chosen, CHOSEN), note="" if question.choices else words,
    )  # fmt: skip


def answers_in(observation: Observation) -> dict[str, tuple[frozenset[str], str]]:
    """Return what was chosen and what was written, by the question's id."""
    return {
        tag.code: (frozenset(name for name, value in tag.modifiers.items() if value == CHOSEN), tag.note)
        for tag in observation.tags
        if tag.id == answer_id(tag.code)
    }
