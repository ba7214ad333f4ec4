"""Mark a choice of clips by its triple focus: the helping question, the initiative with its response, a principle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vigwidgets.agreement import overlap_share
from vigwidgets.contract import Beat, Observation, Tag, Truth
from vigwidgets.curriculum import ClipRule
from vigwidgets.errors import Refusal
from vigwidgets.grading._mark import Marked, Part
from vigwidgets.grading._match import agrees
from vigwidgets.grading._words import CAUTION, clock, verbal_count
from vigwidgets.observations import advice_on, clip_fits, content_hash, not_for_parent
from vigwidgets.schemes import Codebook

__all__ = ["ClipMark", "ClipsMark", "beats_named", "mark_clips"]

CLIP = "clip"
_LEAST_WORDS = 3
_MIDDLE = 15  # seconds: a clip that does not fit is too short below this, too long above
_NEAR = 1_000_000  # how far a tag made for a clip may lie from what happens, beyond the beat's own edge


class ClipMark(BaseModel):
    """One clip.

    Attributes:
        start: Where it begins, film time in microseconds.
        end: Where it ends.
        title: What was written of it.
        question: Whether it says, in a few words, how it helps with the helping question.
        pair: Whether it shows an initiative of the child with the adult's response.
        named: Whether the initiative and the response in it were tagged, the response by its principle.
        safe: Whether no moment lies in it that did not go well.
        fits: Whether it is as long as a clip should be (`observations.clip_fits`); a still is.
        repeats: Whether a clip before it shows most of the same.
        shows: What the expert saw in it.
        sentence: The same in words, strengths first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: int
    end: int
    title: str
    question: bool
    pair: bool
    named: bool
    safe: bool
    fits: bool = True
    repeats: bool = False
    shows: list[str]
    sentence: str

    @property
    def part(self) -> float:
        """How much of the triple focus is there, 0 to 1.

        Nothing if a parent would be shown a failed moment, or the same once more; half of it where the clip is too
        long to have been chosen for what it shows, or too short to be seen.
        """
        whole = (self.question + self.pair + self.named) / 3
        return 0.0 if not self.safe or self.repeats else whole if self.fits else whole / 2


class ClipsMark(Marked):
    """How a choice of clips does what a shared review needs.

    Attributes:
        clips: Each clip, in film order.
        asked: How many clips the exercise asks for at least.
        over: How many are too many.
        advice: What the craft advises, a sentence each.
    """

    format: Literal["vig-clips-mark"] = "vig-clips-mark"
    version: Literal[1] = 1
    clips: list[ClipMark]
    asked: int
    over: int
    advice: list[str]

    @property
    def measured(self) -> Part:
        """The mean part of the triple focus over the clips that are asked for, or that were chosen if more.

        Of more clips than a review has time for, the best count, and the others bring nothing.
        """
        best = sorted((clip.part for clip in self.clips), reverse=True)[: len(self.clips) - self.over]
        return sum(best) / max(self.asked, len(self.clips), 1)


@dataclass(frozen=True)
class _Pair:
    """An initiative of a child and what answers it."""

    initiative: Beat
    response: Beat


def mark_clips(observation: Observation, truth: Truth, codebook: Codebook, rule: ClipRule) -> ClipsMark:
    """Return how a choice of clips agrees with what a review needs; the order of tags does not matter.

    Args:
        observation: Clips and tags, coded under ``schemes.with_clips`` of the truth's scheme.
        truth: The film's beats.
        codebook: The scheme of the truth.
        rule: How many clips.

    Raises:
        Refusal: Observation and truth are not of one film, or the truth is in another scheme.
    """
    if observation.film != truth.film or truth.scheme != codebook.ref:
        raise Refusal(
            f"The clips are of film {observation.film!r} and the key of film {truth.film!r} in scheme "
            f"{truth.scheme.id!r}; mark them with their own film's key."
        )
    chosen = sorted(
        (tag for tag in observation.tags if tag.code == CLIP), key=lambda tag: (tag.start, tag.end or 0, tag.id)
    )
    tags = [tag for tag in observation.tags if tag.code in codebook]
    pairs = _pairs(truth)
    clips = [
        _clip(one, tags, pairs, truth, codebook, repeats=any(_mostly_same(one, before) for before in chosen[:at]))
        for at, one in enumerate(chosen)
    ]
    mark = ClipsMark(
        observation=observation.id,
        observation_sha256=content_hash(observation),
        film=observation.film,
        summary=[],
        clips=clips,
        asked=rule.least,
        over=max(0, len(clips) - rule.most),
        advice=advice_on(chosen, rule.least, rule.most),
    )
    return mark.model_copy(update={"summary": _summary(mark)})


def _pairs(truth: Truth) -> list[_Pair]:
    children = {member.id for member in truth.cast if member.role == "child"}
    beats = {beat.id: beat for beat in truth.beats}
    return [
        _Pair(first, beat)
        for beat in truth.beats
        if beat.answers in beats
        and (first := beats[beat.answers]).actor in children
        and beat.actor not in children
        and not beat.not_for_parent
        and not first.not_for_parent
    ]


def _mostly_same(one: Tag, other: Tag) -> bool:
    """Tell whether two clips share more than half of the shorter; a still repeats nothing."""
    if one.end is None or other.end is None:
        return False
    common = min(one.end, other.end) - max(one.start, other.start)
    return common * 2 > min(one.end - one.start, other.end - other.start)


def _clip(
    clip: Tag, tags: Sequence[Tag], pairs: Sequence[_Pair], truth: Truth, codebook: Codebook, *, repeats: bool
) -> ClipMark:
    start, end = clip.start, clip.end if clip.end is not None else clip.start + 1
    inside = [pair for pair in pairs if _in(pair.initiative, start, end) and _in(pair.response, start, end)]
    question = sum(any(sign.isalpha() for sign in word) for word in clip.note.split()) >= _LEAST_WORDS
    fits = clip.end is None or clip_fits(end - start)
    named = any(_tagged(pair.initiative, tags, codebook) and _tagged(pair.response, tags, codebook) for pair in inside)
    closed = [one for one in not_for_parent(truth) if start < one.end and one.start < end]
    return ClipMark(
        start=start, end=end, title=clip.note.strip(), question=question, pair=bool(inside), named=named,
        safe=not closed, fits=fits, repeats=repeats,
        shows=[text for pair in inside for text in (pair.initiative.says, pair.response.says)],
        sentence=_sentence(question, bool(inside), named, [clock(one.start) for one in closed], repeats, _length(clip)),
    )  # fmt: skip


def _in(beat: Beat, start: int, end: int) -> bool:
    """Tell whether a clip shows a beat: its beginning, and at least half of it."""
    last = beat.end if beat.end is not None else beat.start + 1
    common = min(last, end) - max(beat.start, start)
    return start <= beat.start + beat.edge and common * 2 >= last - beat.start


def _tagged(beat: Beat, tags: Sequence[Tag], codebook: Codebook) -> bool:
    return any(_names(tag, beat, codebook) for tag in tags)


def _names(tag: Tag, beat: Beat, codebook: Codebook) -> bool:
    if tag.actor != beat.actor or not agrees(tag.code, beat.codes, codebook):
        return False
    last = beat.end if beat.end is not None else beat.start
    own = tag.end if tag.end is not None else tag.start
    return abs(tag.start - beat.start) <= beat.edge + _NEAR or _share(tag.start, own, beat.start, last) > 0


def beats_named(tags: Sequence[Tag], beats: Sequence[Beat], codebook: Codebook) -> list[tuple[Tag, Beat]]:
    """Return which tags name which of the expert's beats, as near as marking asks it of clips; the nearest first.

    A tag names one beat, and a beat is named by one tag. Clips themselves name nothing.

    Args:
        tags: What was tagged, with the clips.
        beats: What the expert saw in the whole film.
        codebook: The scheme of the beats, with or without the lanes of clips.
    """
    near = [
        (abs(tag.start - beat.start), tag.id, beat.id, tag, beat)
        for tag in tags
        if tag.code in codebook
        for beat in beats
        if _names(tag, beat, codebook)
    ]
    found: list[tuple[Tag, Beat]] = []
    used: set[tuple[str, str]] = set()
    for _, tag_id, beat_id, tag, beat in sorted(near, key=lambda one: one[:3]):
        if used.isdisjoint({("tag", tag_id), ("beat", beat_id)}):
            used |= {("tag", tag_id), ("beat", beat_id)}
            found.append((tag, beat))
    return found


def _share(start: int, end: int, other: int, last: int) -> float:
    import numpy as np  # noqa: PLC0415 - one pair at a time

    first, second = np.array([[start, end]], dtype=np.int64), np.array([[other, last]], dtype=np.int64)
    return float(overlap_share(first, second)[0, 0])


def _length(clip: Tag) -> str:
    """Say what is to be done about how long a clip is; nothing if it fits."""
    if clip.end is None or clip_fits(clip.end - clip.start):
        return ""
    length = (clip.end - clip.start) / 1_000_000
    if length > _MIDDLE:
        return "It is too long for the one thing in it; let it last 5 to 30 s."
    return f"It lasts {length:.1f} s, too short for somebody who sees it for the first time; let it last 5 to 30 s."


def _sentence(question: bool, pair: bool, named: bool, closed: Sequence[str], repeats: bool, length: str) -> str:
    good = [
        words
        for there, words in (
            (question, "it says what it is for"),
            (pair, "it shows an initiative with its response"),
            (named, "both are tagged, with the principle"),
        )
        if there
    ]
    more = [
        words
        for there, words in (
            (question, "write in a few words how it helps with the helping question"),
            (pair, "look for where the child begins something and the adult takes it up, and let the clip hold both"),
            (named, "tag the initiative and the response in it by name"),
        )
        if not there
    ]
    said = [f"Good: {', '.join(good)}."] if good else []
    if closed:
        said.append(f"At {' and '.join(closed)} lies a moment that did not go well, and no parent is shown one.")
    if repeats:
        said.append("A clip before it shows most of the same.")
    if closed or repeats:  # nothing that is done to this one helps
        return " ".join([*said, "Choose another moment."])
    if length:
        said.append(length)
    if more:
        said.append(f"Next: {'; '.join(more)}.")
    return " ".join(said)


def _well(clips: Sequence[ClipMark]) -> list[str]:
    """Return the best of what is well in a clip, or that some were chosen; nothing without a clip."""
    if not clips:
        return []
    best = max(clips, key=lambda clip: (clip.safe and not clip.repeats, clip.question + clip.pair + clip.named))
    good = [
        words
        for there, words in (
            (best.question, "says what it is for"),
            (best.pair, "shows an initiative with its response"),
            (best.named, "has both tagged, with the principle"),
        )
        if there
    ]
    if not good:
        return [f"You looked for what goes well, and chose {verbal_count(len(clips), 'clip')}."]
    said = good[0] if len(good) == 1 else f"{', '.join(good[:-1])} and {good[-1]}"
    return [f"Your clip at {clock(best.start)} {said}."]


def _summary(mark: ClipsMark) -> list[str]:
    whole = sum(clip.part == 1 for clip in mark.clips)
    said = _well(mark.clips)
    said += [f"{verbal_count(whole, 'clip holds', 'clips hold').capitalize()} the whole triple focus."]
    unsafe = sum(not clip.safe for clip in mark.clips)
    if unsafe:
        said.append(f"{verbal_count(unsafe, 'clip').capitalize()} would show a parent a moment that did not go well.")
    if len(mark.clips) < mark.asked:
        said.append(f"The exercise asks for {verbal_count(mark.asked, 'clip')}; you chose {len(mark.clips)}.")
    if mark.over:
        said.append(f"That is {verbal_count(mark.over, 'clip')} more than a review has time for.")
    return [*said, CAUTION]
