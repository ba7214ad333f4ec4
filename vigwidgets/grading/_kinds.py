"""Every kind of exercise, its key and its mark, behind one door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from vigwidgets.contract import Observation, Scheme, Truth
from vigwidgets.curriculum import AnswerKey, Course, Exercise, panel_folder, panel_of, read_answer_key
from vigwidgets.errors import Refusal
from vigwidgets.grading._answers import AnswersMark, mark_answers
from vigwidgets.grading._clips import ClipsMark, mark_clips
from vigwidgets.grading._key import mark_against_panel
from vigwidgets.grading._mark import Mark
from vigwidgets.grading._rating import RatingMark, Reference, mark_ratings, reference_of_panel
from vigwidgets.grading._score import mark_observation
from vigwidgets.schemes import Codebook, without_clips

if TYPE_CHECKING:
    from vigwidgets.films import FilmLibrary

__all__ = ["ANY_MARK", "AnyMark", "Key", "key_of", "mark_by_key", "references_in"]

AnyMark = Annotated[Mark | RatingMark | ClipsMark | AnswersMark, Field(discriminator="format")]
"""The mark of an exercise of any kind."""

ANY_MARK: TypeAdapter[Mark | RatingMark | ClipsMark | AnswersMark] = TypeAdapter(AnyMark)


class Key(BaseModel):
    """What an attempt is compared with; which of these, the kind of the exercise and its policy say.

    Attributes:
        truth: The film's own truth.
        panel: The experts' observations.
        references: A reference for each item of a rating scale.
        answers: The right choices, where they are kept apart from the exercise.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    truth: Truth | None = None
    panel: list[Observation] = []
    references: list[Reference] = []
    answers: AnswerKey | None = None


def key_of(exercise: Exercise, course: Course, library: FilmLibrary) -> Key:
    """Return the key of an exercise.

    Raises:
        Refusal: There is none.
    """
    if exercise.questions:
        return Key(answers=_answer_key(exercise, library))
    by_panel = exercise.policy.against != "truth"
    panel = panel_of(exercise, course, library.data) if by_panel else []
    if exercise.kind == "rating":
        codebook = course.codebook(exercise)
        found = reference_of_panel(panel, codebook) if by_panel else references_in(exercise, library)
        if not found:
            raise Refusal(
                f"Film {exercise.film!r} has no reference on scale {exercise.scheme!r}; rate it in the film's script, "
                "or add experts with `vig key add` and mark against them (policy.against)."
            )
        return Key(references=found)
    truth = None if by_panel else library.truth(exercise.film, exercise.scheme)
    if truth is None and not by_panel:
        raise Refusal(
            f"Film {exercise.film!r} has no key, so that nothing can be marked; "
            "draw the film from its script, or choose a film that has one."
        )
    return Key(truth=truth, panel=panel)


def references_in(exercise: Exercise, library: FilmLibrary) -> list[Reference]:
    """Return what a film itself shows on the scale of an exercise: of the first child that its ratings name."""
    lines: list[Mapping[str, object]] = [
        one for one in library.ratings(exercise.film) if one["scheme"] == exercise.scheme
    ]
    first = lines[0]["of"] if lines else None
    return [
        Reference(item=str(one["item"]), steps={str(one["level"]): 1}, says=str(one["says"]))
        for one in lines
        if one["of"] == first
    ]


def _answer_key(exercise: Exercise, library: FilmLibrary) -> AnswerKey | None:
    path = panel_folder(library.data, exercise.id) / "answers.yaml"
    if path.is_file():
        return read_answer_key(path)
    if exercise.marking == "summative" and any(question.choices for question in exercise.questions):
        raise Refusal(f"“{exercise.title}” has no key; write keys/{exercise.id}/answers.yaml in the data directory.")
    return None


def mark_by_key(
    observation: Observation, exercise: Exercise, scheme: Scheme, key: Key
) -> Mark | RatingMark | ClipsMark | AnswersMark:
    """Return the mark of an observation; the same every time.

    Args:
        observation: What was handed in.
        exercise: What it was made in.
        scheme: Under which it was coded.
        key: What it is compared with.

    Raises:
        Refusal: The observation does not belong to the exercise's film or scheme, or the key is not whole.
    """
    codebook = Codebook(scheme)
    if exercise.questions:
        return mark_answers(observation, exercise.questions, key.answers)
    if exercise.kind == "rating":
        return mark_ratings(observation, key.references, codebook, exercise.policy)
    if exercise.kind == "clips":
        if key.truth is None or exercise.clips is None:
            raise Refusal("Clips are marked against the film's own truth, which is not here; draw the film again.")
        return mark_clips(observation, key.truth, without_clips(codebook), exercise.clips)
    if key.truth is None:
        return mark_against_panel(observation, key.panel, codebook, exercise.policy)
    return mark_observation(observation, key.truth, codebook, exercise.policy)
