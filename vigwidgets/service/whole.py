"""Whether what is handed in is whole: items rated, a clip chosen, each answer as long as its question asks for."""

from __future__ import annotations

from collections.abc import Sequence

from vigwidgets.contract import Observation
from vigwidgets.curriculum import Exercise, Question, answers_in
from vigwidgets.errors import Refusal
from vigwidgets.observations import ratings
from vigwidgets.schemes import Codebook

__all__ = ["check_whole", "open_items", "unanswered"]


def check_whole(exercise: Exercise, observation: Observation, codebook: Codebook) -> None:
    """Go on only if nothing is missing that the exercise asks for; what is not marked may be handed in as it is.

    Args:
        exercise: What was done.
        observation: What would be handed in.
        codebook: The exercise's scheme, with the items of a scale.

    Raises:
        Refusal: Items are not rated, no clip is chosen, or an answer in words is shorter than its question asks for.
    """
    if exercise.marking == "none":
        return
    if exercise.kind == "rating" and (left := open_items(observation, codebook)):
        raise Refusal(
            f"{_joined(left)} {'is' if len(left) == 1 else 'are'} not rated yet; rate every item, then hand in. "
            "What you have so far is kept."
        )
    if exercise.kind == "clips" and not any(tag.code == "clip" for tag in observation.tags):
        raise Refusal(
            "No clip is chosen yet; lay one over what a parent shall see, then hand in. What you have so far is kept."
        )
    if short := _too_short(exercise.questions, observation):
        raise Refusal(f"{'; '.join(short)}. Write a little more, then hand in; what you have so far is kept.")


def open_items(observation: Observation, codebook: Codebook) -> list[str]:
    """Return the names of the items of a scale that are not rated, in the scheme's order."""
    return [codebook.code(item).label["en"] for item, step in ratings(observation, codebook).items() if step is None]


def unanswered(questions: Sequence[Question], observation: Observation) -> list[str]:
    """Return the texts of the questions to which nothing is chosen or written."""
    given = answers_in(observation)
    return [question.text for question in questions if not any(given.get(question.id, (frozenset(), "")))]


def _too_short(questions: Sequence[Question], observation: Observation) -> list[str]:
    given = answers_in(observation)
    found = []
    for question in questions:
        _, words = given.get(question.id, (frozenset(), ""))
        if len(words.split()) < question.words:
            found.append(f"“{question.text}” has {len(words.split())} of the {question.words} words that it asks for")
    return found


def _joined(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
