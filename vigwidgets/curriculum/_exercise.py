"""What an exercise asks, and by which policy it is marked."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from vigwidgets.curriculum._questions import Criterion, Question
from vigwidgets.curriculum._terms import Terms

__all__ = ["ClipRule", "Exercise", "Policy", "Sheet"]

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""The id of an exercise, lesson, film or scheme in a course: small letters, digits and dashes."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Policy(BaseModel):
    """What counts when an exercise is marked.

    Attributes:
        counts: The scheme's lanes that are marked, for example ``["initiative", "3"]``; tags and beats on
            other lanes count neither way. None: all of them.
        min_overlap: How much a tag and a beat must share to be the same moment: their common time as a part
            of the time from the earlier start to the later end of both, 0 to 1.
        point_tolerance_s: How many seconds a moment without length may lie from the expert's.
        edge_s: How many seconds a start or an end may lie from the expert's, at least; a beat that is less
            sure of its edges allows more.
        near_s: How many seconds from a beat's beginning a tag may begin and still be an attempt at it, so that
            feedback can say "nearly" in place of "missed" and "extra"; never more than twice `point_tolerance_s`
            (or twice the beat's edge, if that is wider). A tag that shares a quarter of `min_overlap` is one too.
        unit_ms: The time unit of the time-based agreement, in milliseconds.
        against: What is the key: the film's own ``truth``, or a panel of experts: their ``consensus``, the
            ``nearest`` of them, or their ``distribution``.
        quorum: For a panel: more than this part of the experts must have seen a moment for it to be asked for.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    counts: list[str] | None = None
    min_overlap: Annotated[float, Field(gt=0, le=1)] = 0.4
    point_tolerance_s: Annotated[float, Field(ge=0, le=10)] = 1.0
    edge_s: Annotated[float, Field(ge=0, le=10)] = 0.3
    near_s: Annotated[float, Field(ge=0, le=30)] = 2.0
    unit_ms: Annotated[int, Field(ge=20, le=1000)] = 100
    against: Literal["truth", "consensus", "nearest", "distribution"] = "truth"
    quorum: Annotated[float, Field(ge=0, lt=1)] = 0.5


class Sheet(BaseModel):
    """What a rating sheet shows, for an exercise of kind ``rating``.

    Attributes:
        total: Whether the total and the cut-off are shown when every item is rated.
        look: ``whole``: first the whole film without a pause, as in a live meeting. ``free``: as one likes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    total: bool = False
    look: Literal["free", "whole"] = "free"


class ClipRule(BaseModel):
    """How many clips a selection has, for an exercise of kind ``clips``.

    Attributes:
        least: How many at least.
        most: How many at most.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    least: Annotated[int, Field(ge=1, le=10)] = 3
    most: Annotated[int, Field(ge=1, le=10)] = 4


class Exercise(BaseModel):
    """One exercise of a course, as its YAML file says it.

    Attributes:
        id: Its name, which is also its file's name.
        version: Raised by the author whenever task, film or policy change; an attempt keeps the one that it was
            made with.
        title: What a trainee reads.
        kind: What is done in it: ``tagging``: moments are tagged; ``rating``: a film is rated on a scale; ``clips``:
            clips for a shared review are chosen; ``mcq``: questions with choices; ``reflection``: questions that are
            answered in words. The exercise notebook and the grading notebook go by it.
        film: The film's id in the library.
        scheme: The scheme's id.
        level: Where in the training it belongs; 1 is the beginning.
        minutes: How long it takes.
        marking: ``none``: a try-out without figures. ``formative``: feedback at once. ``summative``: released
            by a supervisor.
        task: What to do, in Markdown.
        helping_question: The family's own question, if the exercise has one.
        content_note: What a trainee should know before watching, for example that a baby is withdrawn.
        policy: What counts.
        terms: When and how often it is handed in, and who marks it.
        compare: Whose moments may be laid beside one's own once one has handed in: ``expert``: the film's own truth;
            ``mine``: one's earlier attempts; ``colleagues``: others' newest, without names and notes. Nobody when
            it is left out.
        sheet: What the rating sheet shows; for kind ``rating`` only.
        clips: How many clips; for kind ``clips`` only.
        questions: What is asked; for kinds ``mcq`` and ``reflection`` only.
        rubric: How a supervisor reads answers in words; for kind ``reflection`` only.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Name
    version: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    title: Annotated[Text, Field(max_length=120)]
    kind: Literal["tagging", "rating", "clips", "mcq", "reflection"]
    film: Name
    scheme: Name
    level: Annotated[int, Field(ge=1, le=9)] = 1
    minutes: Annotated[int, Field(ge=1, le=240)]
    marking: Literal["none", "formative", "summative"]
    task: Text
    helping_question: Text | None = None
    content_note: Text | None = None
    policy: Policy = Policy()
    terms: Terms = Terms()
    compare: list[Literal["expert", "mine", "colleagues"]] = []
    sheet: Sheet | None = None
    clips: ClipRule | None = None
    questions: Annotated[list[Question], Field(max_length=60)] = []
    rubric: Annotated[list[Criterion], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        if self.kind != "rating" and self.sheet is not None:
            raise ValueError("sheet is for kind 'rating' only; leave it away")
        if self.kind != "clips" and self.clips is not None:
            raise ValueError("clips is for kind 'clips' only; leave it away")
        if self.kind == "clips" and self.clips is None:
            raise ValueError("clips is missing; say how many, for example clips: {least: 3, most: 4}")
        if self.kind == "clips" and self.policy.against != "truth":
            raise ValueError("clips are marked against the film's own truth; leave policy.against away")
        self._check_questions()
        if self.compare and self.marking == "summative":
            raise ValueError("compare is for exercises that do not count (marking: none or formative); leave it away")
        if self.compare and self.kind != "tagging":
            raise ValueError("compare is for kind 'tagging' only; leave it away")
        return self

    def _check_questions(self) -> None:
        asked = self.kind in ("mcq", "reflection")
        if asked is not bool(self.questions):
            raise ValueError("questions are for kinds 'mcq' and 'reflection', which have one at least")
        ids = [question.id for question in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError("questions has an id twice; give each question its own")
        if self.kind == "mcq" and any(not question.choices for question in self.questions):
            raise ValueError("a question of kind 'mcq' has choices; one that is answered in words is for 'reflection'")
        if (self.kind == "reflection") is not bool(self.rubric):
            raise ValueError("rubric is for kind 'reflection', which has one: a supervisor reads by it")

    @property
    def attempts_allowed(self) -> int | None:
        """How often it may be handed in; None: as often as one likes."""
        return self.terms.attempts or (1 if self.marking == "summative" else None)

    def may_follow(self, done: int) -> bool:
        """Tell whether it may be handed in once more by somebody who has done so ``done`` times."""
        return self.attempts_allowed is None or done < self.attempts_allowed

    @property
    def markers(self) -> int:
        """How many supervisors must have judged an attempt before it can be released."""
        return self.terms.markers if self.terms.markers is not None else int(self.kind == "reflection")
