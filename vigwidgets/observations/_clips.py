"""The clips of a tray: their order, what a review may not hold, and the craft's advice in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vigwidgets.contract import Edit, Observation, Tag, Truth
from vigwidgets.errors import Refusal
from vigwidgets.observations._time import timecode
from vigwidgets.observations._whole import apply_changes

__all__ = [
    "PLACE",
    "Stretch",
    "advice_on",
    "clip_fits",
    "clips_of",
    "next_place",
    "not_for_parent",
    "refuse_clips",
    "refuse_edit",
]

PLACE = "place"
"""The modifier that says where in the review a clip comes: a whole number as text."""

SECOND = 1_000_000
_SHORT, _LONG = 5 * SECOND, 30 * SECOND
_FEW, _MANY = 3, 4
_NOWHERE = 10**9
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Film time from ``start`` to ``end``, half-open, in microseconds."""

    start: int
    end: int


def clips_of(observation: Observation) -> list[Tag]:
    """Return a tray's clips and stills in the order of the review."""
    return sorted(observation.tags, key=lambda clip: (_place(clip), clip.start, clip.id))


def next_place(observation: Observation) -> str:
    """Return the place behind everything that a tray holds, as its modifier writes it."""
    places = (_place(clip) for clip in observation.tags)
    return str(max((place for place in places if place < _NOWHERE), default=0) + 1)


def _place(clip: Tag) -> int:
    text = clip.modifiers.get(PLACE, "")
    # What a browser wrote is not trusted to be a number.
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 9 else _NOWHERE


def not_for_parent(truth: Truth | None) -> list[Stretch]:
    """Return the stretches of a film that no parent is shown: failed moments."""
    beats = truth.beats if truth is not None else []
    return [Stretch(beat.start, beat.end or beat.start + 1) for beat in beats if beat.not_for_parent]


def refuse_edit(edit: Edit, closed: Sequence[Stretch], clips: Sequence[Tag] = ()) -> None:
    """Refuse an edit that puts a clip over a stretch that no parent is shown.

    Args:
        edit: What to put and drop.
        closed: What no parent is shown.
        clips: The clips as they are: one end of a clip may have been moved meanwhile, and its other end by this edit.

    Raises:
        Refusal: It does; nothing was changed.
    """
    refuse_clips(apply_changes({clip.id: clip for clip in clips}, edit), closed)


def refuse_clips(clips: Sequence[Tag], closed: Sequence[Stretch]) -> None:
    """Refuse clips that lie over a stretch that no parent is shown.

    Raises:
        Refusal: One does; the sentence says where the stretch lies.
    """
    for clip in clips:
        end = clip.start + 1 if clip.end is None else clip.end
        for one in closed:
            if clip.start < one.end and one.start < end:
                what = "still" if clip.end is None else "clip"
                raise Refusal(
                    f"From {timecode(one.start)} to {timecode(one.end)} is a moment that did not go well, and no "
                    f"parent is shown one: this {what} lies over it. End it before, or begin it after."
                )


def clip_fits(length: int) -> bool:
    """Tell whether a clip is as long as the craft advises, 5 to 30 s; ``length`` is in microseconds."""
    return _SHORT <= length <= _LONG


def advice_on(clips: Sequence[Tag], few: int = _FEW, many: int = _MANY) -> list[str]:
    """Say what the craft advises about a review, a sentence each; never a refusal.

    Args:
        clips: Clips and stills in the order of the review.
        few: How many a review has at least: what an exercise asks for, else three.
        many: How many at most, else four.
    """
    if not clips:
        return []
    stills = [place for place, clip in enumerate(clips) if clip.end is None]
    said = [
        _on_number(len(clips), few, many),
        _on_stills(stills, len(clips)),
        *(_on_length(n, c) for n, c in enumerate(clips, 1)),
    ]
    return [sentence for sentence in said if sentence]


def _on_number(n: int, few: int, many: int) -> str:
    review = f"{_in_words(few)} or {_in_words(many)}" if many == few + 1 else f"{_in_words(few)} to {_in_words(many)}"
    review = _in_words(few) if many <= few else review
    if n < few:
        make = "makes" if many <= few == 1 else "make"
        return f"{'One clip' if n == 1 else f'{n} clips'} so far; {review} {make} a review."
    if n > many:
        leave = "leaves" if many <= few == 1 else "leave"
        return f"{n} clips are many: {review} {leave} time to look again and to talk."
    return ""


def _in_words(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def _on_stills(stills: list[int], n: int) -> str:
    if len(stills) > 1:
        return f"{len(stills)} stills; one is enough, and film shows what a still cannot."
    if stills == [0]:
        return "It begins with a still: good when film of oneself is new to the parent." if n > 1 else ""
    if stills:
        return "The still may come first when film of oneself is new to the parent."
    return ""


def _on_length(number: int, clip: Tag) -> str:
    if clip.end is None:
        return ""
    length = clip.end - clip.start
    if length < _SHORT:
        return f"Clip {number} lasts {length / SECOND:.1f} s; under 5 s there is little time to see it."
    if length > _LONG:
        return f"Clip {number} lasts {length / SECOND:.0f} s; over 30 s the one thing in it gets lost."
    return ""
