"""What the feedback page says of ratings, clips and answers; tags have the page's own parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vigwidgets.contract import Beat, Tag
from vigwidgets.curriculum import Course, Criterion, Exercise
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import AnswerMark, AnswersMark, ClipsMark, RatingMark, beats_named, clock, judged_by, mark_of
from vigwidgets.records import Attempt, Judgement
from vigwidgets.schemes import Codebook
from vigwidgets.service.comparison import Paired, paired_alike
from vigwidgets.service.pages.said import Said
from vigwidgets.service.release import why_withheld
from vigwidgets.service.state import ServiceState

__all__ = [
    "ClipLine",
    "ItemLine",
    "Part",
    "RubricLine",
    "all_beats",
    "beside_clips",
    "codebook_of",
    "in_clips",
    "part_of",
    "read_by",
]


@dataclass(frozen=True)
class ItemLine:
    """One item of a scale: both ratings as places on it, and the sentence."""

    label: str
    own: int | None
    reference: int
    steps: int
    says: str
    evidence: int
    item: str


@dataclass(frozen=True)
class ClipLine:
    """One clip: where it plays, and what it holds."""

    start: int
    end: int
    at: str
    title: str
    holds: list[tuple[str, bool, str]]
    says: str


@dataclass(frozen=True)
class RubricLine:
    """One line of a rubric with the points that each marker gave."""

    text: str
    points: int
    given: list[int]


@dataclass(frozen=True)
class Part:
    """One kind's part of the feedback page.

    Attributes:
        template: The file that shows it; nothing: there is nothing to show yet.
        opening: The page's first sentence.
        more: What follows it.
        counted: Whether there are figures, and so a report.
        items: For ratings.
        clips: For clips.
        advice: For clips, a sentence each.
        answers: For questions.
        rubric: For answers in words.
    """

    template: str
    opening: str
    more: str
    counted: bool = False
    items: list[ItemLine] = field(default_factory=list)
    clips: list[ClipLine] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    answers: list[AnswerMark] = field(default_factory=list)
    rubric: list[RubricLine] = field(default_factory=list)


_THANKS = "Handed in, and safely kept. Thank you for looking so closely."


def part_of(attempt: Attempt, exercise: Exercise | None, released: bool, state: ServiceState) -> Part | None:
    """Return a kind's part of the feedback page; None for tags, and for ratings that are compared with nobody's.

    Args:
        attempt: What was handed in.
        exercise: Its exercise, if it is still in the course.
        released: Whether the reader may see the mark.
        state: The service.
    """
    if exercise is None or exercise.kind == "tagging" or (exercise.kind == "rating" and exercise.marking == "none"):
        return None
    if not released:
        return Part("", _THANKS, why_withheld(exercise, state.course))
    try:
        mark = mark_of(state.records.mark(attempt.id))
    except Refusal:
        mark = None
    if isinstance(mark, RatingMark):
        return _ratings(mark, exercise, state)
    if isinstance(mark, ClipsMark):
        return _clips(mark)
    if isinstance(mark, AnswersMark):
        return _answers(mark, exercise, state.records.judgements(attempt.id))
    return Part("", _THANKS, "Your feedback is being made. Come back to this page in a moment.")


def _split(summary: list[str]) -> tuple[str, str]:
    return summary[0], " ".join(summary[1:-1])


def _ratings(mark: RatingMark, exercise: Exercise, state: ServiceState) -> Part:
    opening, more = _split(mark.summary)
    scale = state.course.codebook(exercise).scheme.scale
    place = {step.id: number for number, step in enumerate(scale.steps)} if scale else {}
    items = [
        ItemLine(
            one.label, None if one.own is None else place.get(one.own), place.get(one.reference, 0), len(place),
            one.sentence.partition(": ")[2], one.evidence, one.item,
        )
        for one in mark.items
    ]  # fmt: skip
    return Part("_part-ratings.html", opening, more, True, items=items)


def _clips(mark: ClipsMark) -> Part:
    opening, more = _split(mark.summary)
    clips = [
        ClipLine(
            one.start, one.end, clock(one.start), one.title or "Without a title",
            [("what it is for", one.question, "not yet"), ("initiative and response", one.pair, "not yet"),
             ("both tagged", one.named, "not yet"), ("may be shown to a parent", one.safe, "no")],
            one.sentence,
        )
        for one in mark.clips
    ]  # fmt: skip
    return Part("_part-clips.html", opening, more, True, clips=clips, advice=mark.advice)


def _answers(mark: AnswersMark, exercise: Exercise, judgements: list[Judgement]) -> Part:
    opening, more = _split(mark.summary)
    rubric = [_rubric(line, list(judged_by(judgements).values())) for line in exercise.rubric]
    return Part("_part-answers.html", opening, more, True, answers=mark.answers, rubric=rubric)


def read_by(part: Part | None, said: Said | None) -> Part | None:
    """Return the part of answers in words as it begins once people have read them: with what they wrote.

    Args:
        part: A kind's part of the page.
        said: What people said of the attempt, where its reader may know it.
    """
    if part is None or not part.rubric or said is None or not said.words:
        return part
    words = [
        f"{one.who} has read it: “{one.reason}”" if one.reason else f"{one.who} has read it." for one in said.words
    ]
    kept = part.opening.replace("; your supervisor reads them.", ".")
    return replace(part, opening=words[0], more=" ".join([*words[1:], kept, part.more]).strip())


def _rubric(line: Criterion, judgements: list[Judgement]) -> RubricLine:
    points = [one.body.get("points", {}).get(line.id) for one in judgements]
    return RubricLine(line.text, line.points, [given for given in points if isinstance(given, int)])


def all_beats(attempt: Attempt, exercise: Exercise, library: FilmLibrary) -> list[Beat]:
    """Return all that there is to be seen in a film, for clips: what lies in one is looked for everywhere."""
    try:
        truth = library.truth(attempt.observation.film, exercise.scheme)
    except Refusal:
        return []
    return truth.beats if truth else []


def beside_clips(beats: Sequence[Beat], tags: Sequence[Tag], codebook: Codebook) -> tuple[list[Beat], list[Paired]]:
    """Return the expert's beats for the timeline of clips, and which tag names which.

    They are those that lie in a clip, and those that a tag names. No tag stands as one's own alone: nobody was asked to
    find everything, so that nothing beyond what is alike was compared.
    """
    named = beats_named(tags, beats, codebook)
    met = {beat.id for _, beat in named} | {beat.id for beat in in_clips(beats, tags)}
    return [beat for beat in beats if beat.id in met], paired_alike(named)


def in_clips(beats: Sequence[Beat], tags: Sequence[Tag]) -> list[Beat]:
    """Return those that lie in a clip, if only in part: nobody was asked for what happens elsewhere."""
    clips = [(tag.start, tag.end) for tag in tags if tag.code == "clip" and tag.end is not None]
    return [
        beat
        for beat in beats
        if any(start < (beat.start + 1 if beat.end is None else beat.end) and beat.start < end for start, end in clips)
    ]


def codebook_of(attempt: Attempt, exercise: Exercise | None, course: Course) -> Codebook | None:
    """Return the scheme for the timeline; answers to questions have no place on one."""
    if exercise is None or exercise.kind == "tagging":
        return course.codebooks.get(attempt.observation.scheme.id)
    return None if exercise.questions else course.codebook(exercise)
