"""What a trainee is shown of a mark: everything, nothing yet, or everything but the figures."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from vigwidgets.contract import Beat, Tag
from vigwidgets.curriculum import Exercise
from vigwidgets.grading._mark import Again, Answer, Figures, LaneMark, Mark, Seen
from vigwidgets.grading._words import summary

__all__ = ["Feedback", "feedback_of"]


class Feedback(BaseModel):
    """A mark as a trainee may see it.

    Attributes:
        released: False: only that it was handed in; everything else is empty.
        counted: Whether figures are shown; a try-out has none.
        opening: A few sentences, strengths first.
        seen: Moments seen as the expert saw them, in film order.
        again: Moments worth another look, in film order.
        answers: Initiatives and their receptions; shown, never graded.
        lanes: Figures of each lane; empty when not counted.
        overall: All figures; None when not counted.
        next_step: One thing to do next.
        beats: The expert's beats that count, for the timeline.
        tags: The trainee's tags, all of them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    released: bool
    counted: bool
    opening: list[str]
    seen: list[Seen]
    again: list[Again]
    answers: list[Answer]
    lanes: list[LaneMark]
    overall: Figures | None
    next_step: str
    beats: list[Beat]
    tags: list[Tag]


def feedback_of(mark: Mark, exercise: Exercise, *, released: bool = False) -> Feedback:
    """Return what a trainee may see of a mark.

    Args:
        mark: The mark.
        exercise: Its exercise, which says whether figures are shown and whether a supervisor must release them.
        released: Whether a supervisor has; without effect unless the exercise is summative.
    """
    if exercise.marking == "summative" and not released:
        return _waiting()
    counted = exercise.marking != "none"
    tags = [*(_tags_of(mark)), *mark.aside]
    beats = [seen.beat for seen in mark.seen] + [again.beat for again in mark.again if again.beat]
    words = summary(mark.overall, mark.lanes, len(mark.aside), len(tags) - len(mark.aside), counted)
    return Feedback(
        released=True,
        counted=counted,
        opening=words,
        seen=mark.seen,
        again=mark.again,
        answers=mark.answers,
        lanes=mark.lanes if counted else [],
        overall=mark.overall if counted else None,
        next_step=_next_step(mark),
        beats=sorted(beats, key=lambda beat: (beat.start, beat.id)),
        tags=sorted(tags, key=lambda tag: (tag.start, tag.id)),
    )


def _tags_of(mark: Mark) -> list[Tag]:
    right = [tag for seen in mark.seen for tag in (seen.tag, *seen.also)]
    return right + [again.tag for again in mark.again if again.tag]


def _waiting() -> Feedback:
    return Feedback(
        released=False,
        counted=False,
        opening=["Your work is safely handed in; your supervisor releases the feedback."],
        seen=[],
        again=[],
        answers=[],
        lanes=[],
        overall=None,
        next_step="You will find the feedback here when it has been released.",
        beats=[],
        tags=[],
    )


def _next_step(mark: Mark) -> str:
    """Choose the one thing that helps most, by what the differences are mostly about."""
    kinds: list[str] = [again.kind for again in mark.again]
    if not kinds:
        return "Choose the moment that you like best, and look at what came just before it."
    most = max(("other_boundary", "other_name", "missed", "extra"), key=kinds.count)
    return {
        "other_boundary": "Take one moment whose edge differs, and step frame by frame to where you first see it.",
        "other_name": "Take one moment that you and the expert name differently, and ask what else it could be.",
        "missed": "Play the first moment that you have not marked, at half speed, and look at the child first.",
        "extra": "Take one moment that only you marked, and say in a sentence what you see change in it.",
    }[most]
