"""Mark an observation: a pure function of what was tagged and what there was to be seen."""

from __future__ import annotations

from collections.abc import Sequence

from vigwidgets.contract import Beat, Observation, Tag, Truth
from vigwidgets.curriculum import Policy
from vigwidgets.errors import Refusal
from vigwidgets.grading._figures import figures
from vigwidgets.grading._mark import Again, Answer, Mark, Seen
from vigwidgets.grading._match import Material, Pairing, lane_of_beat, lane_that_counts, material, pair
from vigwidgets.grading._words import again_sentence, seen_sentence, summary
from vigwidgets.observations import content_hash
from vigwidgets.schemes import Codebook

__all__ = ["as_again", "as_seen", "mark_observation"]

_LEAD_IN = 1_000_000  # a moment is understood from what comes just before it
_LEAD_OUT = 500_000


def mark_observation(observation: Observation, truth: Truth, codebook: Codebook, policy: Policy) -> Mark:
    """Return how an observation agrees with what there was to be seen.

    The same input gives the same mark, always; the order of the tags does not matter. A tag agrees with a beat if
    its code is among the beat's (a principle stands for its behaviours), the same person acts, and they lie
    together in time; pairing is one to one and the best of all. A tag on a lane that does not count can show that
    a beat was seen, and is never held against anybody.

    Args:
        observation: What a trainee tagged.
        truth: The film's beats and open stretches.
        codebook: The scheme of both.
        policy: What counts in the exercise.

    Raises:
        Refusal: Observation, truth and scheme do not belong together.
    """
    _check_same(observation, truth, codebook)
    what = material(observation.tags, truth, codebook, policy)
    what, pairing = pair(what, codebook, policy)
    overall, lanes = figures(what, pairing, codebook, policy, truth.duration, truth.open)
    return Mark(
        observation=observation.id,
        observation_sha256=content_hash(observation),
        film=observation.film,
        policy=policy,
        overall=overall,
        lanes=lanes,
        seen=_seen(what, pairing, codebook, truth.duration),
        again=_again(what, pairing, codebook, truth.duration),
        answers=_answers(what, pairing, truth.duration),
        aside=what.aside,
        summary=summary(overall, lanes, len(what.aside), len(what.tags), counted=True),
    )


def _check_same(observation: Observation, truth: Truth, codebook: Codebook) -> None:
    if observation.film != truth.film:
        raise Refusal(
            f"The observation is of film {observation.film!r} and the key of film {truth.film!r}; "
            "mark it with its own film's key."
        )
    for what, ref in (("observation", observation.scheme), ("key", truth.scheme)):
        if ref != codebook.ref:
            raise Refusal(
                f"The {what} is coded with {ref.id} version {ref.version}, not {codebook.ref.id} version "
                f"{codebook.ref.version}; mark it with the scheme that it was made with."
            )


def _stretch(duration: int, *events: Tag | Beat | None) -> tuple[int, int]:
    """Return from where to where to play, so that all of ``events`` are seen with what leads up to them."""
    there = [event for event in events if event is not None]
    start = min(event.start for event in there)
    end = max(event.start if event.end is None else event.end for event in there)
    return max(0, start - _LEAD_IN), min(duration, end + _LEAD_OUT)


def _seconds(microseconds: int) -> float:
    return round(microseconds / 1_000_000, 3)


def as_seen(beat: Beat, tag: Tag, also: list[Tag], lane: str, codebook: Codebook, duration: int) -> Seen:
    """Return a beat that was seen as a tag says it.

    Args:
        beat: What the expert saw.
        tag: The tag that agrees with it.
        also: More tags that are right names for it.
        lane: The lane on which it counts.
        codebook: The scheme of all.
        duration: The film's length in microseconds.
    """
    exact = tag.code in beat.codes
    start, end = _stretch(duration, beat, tag)
    no_end = tag.end is None or beat.end is None
    return Seen(
        beat=beat,
        tag=tag,
        also=also,
        lane=lane,
        exact=exact,
        start_off_s=_seconds(tag.start - beat.start),
        end_off_s=None if no_end else _seconds((tag.end or 0) - (beat.end or 0)),
        start=start,
        end=end,
        sentence=seen_sentence(beat, tag, also, exact, codebook),
    )


def as_again(
    kind: str,
    beat: Beat | None,
    tag: Tag | None,
    around: Sequence[Tag] | Sequence[Beat],
    codebook: Codebook,
    duration: int,
) -> Again:
    """Return a difference between what the expert saw and what the trainee did.

    Args:
        kind: What it is, as `Again` names it.
        beat: The expert's moment, where there is one.
        tag: The trainee's, where there is one.
        around: See `again_sentence`.
        codebook: The scheme of both.
        duration: The film's length in microseconds.
    """
    start, end = _stretch(duration, beat, tag)
    lane = lane_of_beat(beat, codebook) if beat else codebook.lane_of(tag.code).id if tag else ""
    sentence = again_sentence(kind, beat, tag, codebook, around)
    return Again.model_validate(
        {"kind": kind, "beat": beat, "tag": tag, "lane": lane, "start": start, "end": end, "sentence": sentence}
    )


def _seen(what: Material, pairing: Pairing, codebook: Codebook, duration: int) -> list[Seen]:
    found = []
    for place, beat in enumerate(what.beats):
        if place not in pairing.seen:
            continue
        tag = what.tags[pairing.seen[place]]
        also = [what.tags[other] for other in pairing.also.get(place, [])]
        lane = lane_that_counts(beat, tag, what.lanes, codebook)
        found.append(as_seen(beat, tag, also, lane, codebook, duration))
    return found


def _again(what: Material, pairing: Pairing, codebook: Codebook, duration: int) -> list[Again]:
    differences: list[tuple[str, Beat | None, Tag | None]] = []
    for place, beat in enumerate(what.beats):
        if place in pairing.boundary:
            differences.append(("other_boundary", beat, what.tags[pairing.boundary[place]]))
        elif place in pairing.name:
            differences.append(("other_name", beat, what.tags[pairing.name[place]]))
        elif place not in pairing.seen:
            differences.append(("missed", beat, None))
    used = pairing.used_tags
    differences += [("extra", None, tag) for place, tag in enumerate(what.tags) if place not in used]
    found = [
        as_again(kind, beat, tag, what.tags if kind == "missed" else what.beats, codebook, duration)
        for kind, beat, tag in differences
    ]
    return sorted(found, key=lambda again: (again.start, again.end, again.kind, again.lane))


def _answers(what: Material, pairing: Pairing, duration: int) -> list[Answer]:
    place_of = {beat.id: place for place, beat in enumerate(what.beats)}
    found = []
    for place, reception in enumerate(what.beats):
        first = place_of.get(reception.answers or "")
        if first is None:
            continue
        initiative = what.beats[first]
        both = first in pairing.seen and place in pairing.seen
        own = what.tags[pairing.seen[place]].start - what.tags[pairing.seen[first]].start if both else None
        start, end = _stretch(duration, initiative, reception)
        found.append(
            Answer(
                initiative=initiative.id,
                reception=reception.id,
                seconds=_seconds(reception.start - initiative.start),
                own_seconds=None if own is None else _seconds(own),
                start=start,
                end=end,
            )
        )
    return found
