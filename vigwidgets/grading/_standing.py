"""All that is known of an attempt's marking at once: its mark, its stage, how late it was, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vigwidgets.curriculum import Course, Exercise, Lateness, Scored, Window, counting, lateness
from vigwidgets.errors import Refusal
from vigwidgets.grading._case import mark_of
from vigwidgets.grading._mark import Marked
from vigwidgets.grading._settle import Settled, judged_by, settle
from vigwidgets.grading._whole import is_whole
from vigwidgets.grading._workflow import Facts, Stage, stage_of
from vigwidgets.records import Seen

if TYPE_CHECKING:
    from vigwidgets.records import Attempt, Judgement, Records, StageStep

__all__ = ["Standing", "counting_attempts", "standing_of", "window_of"]


@dataclass(frozen=True)
class Standing:
    """An attempt and its marking.

    Attributes:
        attempt: What was handed in.
        exercise: Its exercise; None: it is no longer in the course.
        mark: The computed mark that counts; None: there is none, or none that can be read.
        readable: Whether the mark could be read.
        facts: What its stage follows from.
        stage: Where it stands.
        steps: How it came there, oldest first.
        lateness: How late it was.
        judgements: What supervisors said, oldest first.
        settled: What it is worth.
        seen: The numbers of its newest step, mark and judgement, for whoever decides on what stands here.
        whole: Whether nothing was missing in what was handed in.
    """

    attempt: Attempt
    exercise: Exercise | None
    mark: Marked | None
    readable: bool
    facts: Facts
    stage: Stage
    steps: list[StageStep]
    lateness: Lateness
    judgements: list[Judgement]
    settled: Settled
    seen: Seen
    whole: bool = True

    @property
    def reached(self) -> bool | None:
        """Whether its credit reaches what the exercise's terms ask for; None: they ask nothing, or it has none."""
        least = self.exercise.terms.reached if self.exercise else None
        credit = self.settled.credit
        return None if least is None or credit is None else credit >= least

    @property
    def blind(self) -> bool:
        """Whether it is marked blind, and its markers have not all judged yet."""
        return self.exercise is not None and self.exercise.terms.blind and self.facts.judged < self.facts.needed


def window_of(exercise: Exercise, person: str, records: Records) -> Window:
    """Return when an exercise is open to a person, with the time that they were given."""
    window = exercise.terms.window()
    given = records.extensions(exercise.id, person)
    return window.extended(datetime.fromisoformat(given[0].until)) if given else window


def standing_of(attempt: Attempt, records: Records, course: Course) -> Standing:
    """Return how the marking of an attempt stands."""
    exercise = course.exercises.get(attempt.exercise)
    # Asked for before the mark itself: if one comes in between, what is decided on it is refused, and not kept unseen.
    number = records.mark_count(attempt.id)
    stored = records.mark(attempt.id)
    try:
        mark, readable = mark_of(stored), True
    except Refusal:
        mark, readable = None, False
    judgements, steps = records.judgements(attempt.id), records.stages(attempt.id)
    facts = Facts(
        held=exercise is None or exercise.marking == "summative",
        marked=stored is not None or (exercise is not None and exercise.marking == "none"),
        judged=len(judged_by(judgements)),
        needed=exercise.markers if exercise else 0,
        # A step is about one mark: what was made since then is reviewed again.
        kept=None if not steps else steps[-1].stage if (steps[-1].mark_number or 0) == number else "in review",
    )
    late = Lateness("in time")
    if exercise is not None:
        handed_in = datetime.fromisoformat(attempt.handed_in_at)
        late = lateness(handed_in, window_of(exercise, attempt.person, records), exercise.terms.late)
    counted = exercise is None or exercise.marking != "none"
    settled = settle(mark.measured if mark and counted else None, late, judgements)
    newest = steps[-1].number if steps else 0, number, judgements[-1].number if judgements else 0
    whole = exercise is None or is_whole(exercise, attempt.observation, course.codebook(exercise))
    return Standing(
        attempt, exercise, mark, readable, facts, stage_of(facts), steps, late, judgements, settled, Seen(*newest),
        whole,
    )  # fmt: skip


def _scored(one: Standing) -> Scored:
    attempt = one.attempt
    return Scored(attempt.id, attempt.handed_in_at, one.settled.credit, attempt.nth, one.whole)


def counting_attempts(standings: list[Standing]) -> set[str]:
    """Return the ids of the attempts that count: one for each person and exercise, as its terms choose it."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in standings:
        groups.setdefault((one.attempt.person, one.attempt.exercise), []).append(one)
    chosen = set()
    for group in groups.values():
        if group[0].exercise is not None:
            scored = [_scored(one) for one in group]
            chosen.add(counting(scored, group[0].exercise.terms))
    return {one for one in chosen if one is not None}
