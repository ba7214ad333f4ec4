"""Whether what was handed in is whole; earlier versions took sheets with open items, and answers of no words."""

from __future__ import annotations

from vigwidgets.contract import Observation
from vigwidgets.curriculum import Exercise, answers_in
from vigwidgets.observations import ratings
from vigwidgets.schemes import Codebook

__all__ = ["is_whole"]


def is_whole(exercise: Exercise, observation: Observation, codebook: Codebook) -> bool:
    """Tell whether every item is rated and every answer is as long as its question asks for.

    Args:
        exercise: What was done.
        observation: What was handed in.
        codebook: The exercise's scheme.
    """
    if exercise.kind == "rating" and None in ratings(observation, codebook).values():
        return False
    given = answers_in(observation)
    return all(
        len(given.get(question.id, (frozenset(), ""))[1].split()) >= question.words for question in exercise.questions
    )
