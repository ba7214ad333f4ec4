"""How marking ranks an expert's, a plausible and a naive attempt at an exercise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import fmean, median_low
from typing import TYPE_CHECKING

from vigwidgets.authoring._attempts import made_up
from vigwidgets.authoring.simulate import EYES, simulate_observation
from vigwidgets.contract import Observation, Truth
from vigwidgets.curriculum import Course, Exercise, panel_of
from vigwidgets.errors import Refusal
from vigwidgets.grading import (
    AnyMark,
    Key,
    Mark,
    RatingMark,
    Reference,
    consensus_of,
    mark_by_key,
    mark_observation,
    reference_of_panel,
)

if TYPE_CHECKING:
    from vigwidgets.films.dyad import Script

__all__ = ["Rank", "Ranking", "key_in_course", "made_attempt", "rank", "ranked"]

# One simulated trainee may be lucky; the mean of a few is steady, and quick to mark.
_SEEDS = range(1, 6)

Rank = Mapping[str, float]
"""The figure of each of ``expert``, ``plausible`` and ``naive``, 0 to 1."""


def ranked(figures: Rank) -> bool:
    """Tell whether an expert stands above a plausible, and that above a naive attempt."""
    return figures["expert"] > figures["plausible"] > figures["naive"]


@dataclass(frozen=True)
class Ranking:
    """How marking ranks attempts at an exercise.

    Attributes:
        exercise: The exercise.
        moments: How many moments the expert has in it, on lanes that count; or items, clips, questions, criteria.
        expert: Mean figure (F1 for tags) of made-up attempts as an expert makes them, 0 to 1; None where an attempt
            cannot be made up, because people read it.
        plausible: Likewise of a trainee's.
        naive: Likewise of somebody's who guesses.
        all_seen: Whether all of the expert's tags were seen as such, and nothing else was.
        kept: The figures of the three attempts that are kept with the course; None: none are.
    """

    exercise: str
    moments: int
    expert: float | None
    plausible: float | None
    naive: float | None
    all_seen: bool
    kept: Rank | None = None

    @property
    def holds(self) -> bool:
        """Whether marking can tell them apart."""
        if self.expert is None or self.plausible is None or self.naive is None:
            return self.kept is not None and ranked(self.kept)
        made = self.all_seen and self.expert > self.plausible > self.naive
        return made and (self.kept is None or ranked(self.kept))


def key_in_course(course: Course, exercise: Exercise, script: Script, truth: Truth) -> Key:
    """Return the key of an exercise, as far as it lies in the course.

    Args:
        course: The course.
        exercise: The exercise.
        script: Its film's script.
        truth: Its film's truth.

    Raises:
        Refusal: There is none, or its panel has fewer than two experts.
    """
    panel = _panel(course, exercise) if exercise.policy.against != "truth" else []
    if exercise.kind != "rating":
        return Key(panel=panel) if panel else Key(truth=truth)
    found = reference_of_panel(panel, course.codebook(exercise)) if panel else _references(exercise, script)
    if not found:
        raise Refusal(
            f"film {exercise.film!r} is not rated on {exercise.scheme!r}; add ratings to its script, or a panel."
        )
    return Key(references=found)


def _references(exercise: Exercise, script: Script) -> list[Reference]:
    lines = [one for one in script.ratings if one.scheme == exercise.scheme]
    first = [one for one in lines if one.of == lines[0].of]
    return [Reference(item=one.item, steps={str(one.level): 1}, says=one.says) for one in first]


def _panel(course: Course, exercise: Exercise) -> list[Observation]:
    # No data directory: an author checks what lies in the course.
    panel = panel_of(exercise, course, course.folder / "no-data")
    if len(panel) < 2:
        raise Refusal(
            f"policy.against is {exercise.policy.against!r} and keys/{exercise.id} holds {len(panel)} observations; "
            "a panel has two at least."
        )
    return panel


def _asked(course: Course, exercise: Exercise, truth: Truth, key: Key) -> Truth:
    """Return what there is to be seen: the film's truth, or what most of the panel saw."""
    if not key.panel:
        return truth
    beats, weights = consensus_of(key.panel, course.codebook(exercise), exercise.policy)
    most = [one for one in beats if weights[one.id] > exercise.policy.quorum]
    return truth.model_copy(update={"beats": most, "open": []})


def _maker(course: Course, exercise: Exercise, truth: Truth, key: Key) -> Callable[[str, int], Observation]:
    """Return what makes up an attempt by an eye and a seed."""
    if exercise.kind != "tagging":
        return lambda eye, seed: made_up(course, exercise, truth, key, eye, seed)
    codebook, asked = course.codebook(exercise), _asked(course, exercise, truth, key)
    return lambda eye, seed: simulate_observation(asked, codebook, EYES[eye], seed, exercise.policy.counts)


def rank(course: Course, exercise: Exercise, truth: Truth, key: Key) -> Ranking:
    """Return how marking ranks made-up attempts.

    Args:
        course: The course.
        exercise: An exercise of a kind that is marked without people.
        truth: Its film's truth.
        key: Its key.

    Raises:
        Refusal: They cannot be marked.
    """
    make, scheme = _maker(course, exercise, truth, key), course.codebook(exercise).scheme

    def mark(one: Observation) -> AnyMark:
        if exercise.kind == "tagging":  # against what most saw: what a few saw is made up by nobody
            return mark_observation(one, asked, course.codebook(exercise), exercise.policy)
        return mark_by_key(one, exercise, scheme, key)

    asked = _asked(course, exercise, truth, key)
    marks = {eye: [mark(make(eye, seed)) for seed in _SEEDS] for eye in EYES}
    expert, plausible, naive = (fmean(one.measured or 0 for one in marks[eye]) for eye in EYES)
    moments = _moments(exercise, key, marks["expert"][0])
    return Ranking(exercise.id, moments, expert, plausible, naive, all(map(_saw_all, marks["expert"])))


def _moments(exercise: Exercise, key: Key, expert: AnyMark) -> int:
    if isinstance(expert, Mark):
        return expert.overall.seen + expert.overall.missed
    return len(key.references) or len(exercise.questions) or (exercise.clips.least if exercise.clips else 0)


def _saw_all(mark: AnyMark) -> bool:
    if isinstance(mark, Mark):
        return mark.overall.missed == 0 and mark.overall.extra == 0
    if isinstance(mark, RatingMark):  # where experts differ, nobody is at one with all of them
        return mark.exact == len(mark.items)
    return mark.measured == 1


def made_attempt(course: Course, exercise: Exercise, truth: Truth, key: Key, eye: str) -> Observation:
    """Return a made-up attempt that is the middle one of a few, to be kept as an example of such an eye.

    Args:
        course: The course.
        exercise: The exercise.
        truth: Its film's truth.
        key: Its key.
        eye: ``expert``, ``plausible`` or ``naive``.
    """
    make, scheme = _maker(course, exercise, truth, key), course.codebook(exercise).scheme
    made = [make(eye, seed) for seed in _SEEDS]
    figures = [mark_by_key(one, exercise, scheme, key).measured or 0.0 for one in made]
    return made[figures.index(median_low(figures))]
