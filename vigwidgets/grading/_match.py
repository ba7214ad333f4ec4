"""Which tag is which beat: what counts, what agrees, and the best pairing of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement import best_pairs, gaps, overlap_share
from vigwidgets.contract import Beat, Open, Tag, Truth
from vigwidgets.curriculum import Policy
from vigwidgets.schemes import Codebook

__all__ = ["Material", "Pairing", "agrees", "lane_of_beat", "lane_that_counts", "material", "pair", "time_fit"]

_SECOND = 1_000_000
# A tag that lasts agrees with a moment inside it only if it is short: who tags the whole film has not seen it.
_LONGEST_FOR_A_POINT = 4
# Of the overlap that agreement needs, this part is enough to say that the same moment was nearly seen.
_PART_FOR_NEAR = 4


@dataclass(frozen=True)
class Material:
    """What of an observation and of a film's truth counts.

    Attributes:
        tags: The tags that count, in an order that does not depend on how they were made. After pairing, tags on
            other lanes that are right, or nearly right, follow them: they speak for their beat and never against
            the trainee.
        beats: The beats that count, each with all its codes, those on lanes that count first.
        aside: The tags that count neither way.
        lanes: The codes of the lanes that count, in the scheme's order.
        elsewhere: Until pairing, the tags on other lanes; afterwards none.
    """

    tags: list[Tag]
    beats: list[Beat]
    aside: list[Tag]
    lanes: list[str]
    elsewhere: list[Tag] = field(default_factory=list)


@dataclass
class Pairing:
    """Which tag is which beat, by their places in the material.

    Attributes:
        seen: Beat to the tag that agrees with it.
        also: Beat to further tags that are right names for the same moment.
        boundary: Beat to a tag that agrees but for its time.
        name: Beat to a tag that agrees but for its code, or for who acts.
    """

    seen: dict[int, int] = field(default_factory=dict)
    also: dict[int, list[int]] = field(default_factory=dict)
    boundary: dict[int, int] = field(default_factory=dict)
    name: dict[int, int] = field(default_factory=dict)

    @property
    def used_tags(self) -> set[int]:
        """The tags that have a place."""
        more = {tag for tags in self.also.values() for tag in tags}
        return {*self.seen.values(), *self.boundary.values(), *self.name.values(), *more}

    @property
    def used_beats(self) -> set[int]:
        """The beats that have a tag of any kind."""
        return {*self.seen, *self.boundary, *self.name}


def material(tags: Sequence[Tag], truth: Truth, codebook: Codebook, policy: Policy) -> Material:
    """Return what counts: nothing that lies mostly in an open stretch, and only lanes that the policy names.

    A beat counts if any of its codes lies on a lane that counts, and keeps its other codes. Who names such a beat
    rightly on a lane that does not count has seen it, and a fair teacher does not tell them that they missed it;
    who names it on that lane wrongly has only used a lane on which nothing is counted.

    Raises:
        Refusal: A tag or a beat names a code that the scheme does not have.
    """
    lanes = [lane.id for lane in codebook.lanes if policy.counts is None or lane.id in policy.counts]
    beats = []
    for beat in truth.beats:
        codes = sorted(beat.codes, key=lambda code: codebook.lane_of(code).id not in lanes)
        if codebook.lane_of(codes[0]).id in lanes and not _mostly_open(beat.start, beat.end, truth.open):
            beats.append(beat.model_copy(update={"codes": codes}))
    what = Material([], sorted(beats, key=lambda beat: (beat.start, beat.id)), [], lanes)
    for tag in sorted(tags, key=_in_order):
        on_lane = codebook.lane_of(tag.code).id in lanes
        is_open = _mostly_open(tag.start, tag.end, truth.open)
        (what.aside if is_open else what.tags if on_lane else what.elsewhere).append(tag)
    return what


def _in_order(tag: Tag) -> tuple[int, int, str, str, str]:
    return tag.start, tag.end or tag.start, tag.code, tag.actor, tag.id


def _mostly_open(start: int, end: int | None, stretches: Sequence[Open]) -> bool:
    if end is None:
        return any(stretch.start <= start < stretch.end for stretch in stretches)
    common = sum(max(0, min(end, stretch.end) - max(start, stretch.start)) for stretch in stretches)
    return common * 2 > end - start


def agrees(code: str, codes: Sequence[str], codebook: Codebook) -> bool:
    """Return whether ``code`` is among ``codes``, or a principle stands for one of its behaviours or the reverse."""
    return any(code == other or code in _above(other, codebook) or other in _above(code, codebook) for other in codes)


def _above(code: str, codebook: Codebook) -> list[str]:
    found: list[str] = []
    parent = codebook.code(code).parent
    while parent is not None:
        found.append(parent)
        parent = codebook.code(parent).parent
    return found


def lane_of_beat(beat: Beat, codebook: Codebook) -> str:
    """Return the lane that a beat belongs to while nobody has named it: that of the first code that counts."""
    return codebook.lane_of(beat.codes[0]).id


def lane_that_counts(beat: Beat, tag: Tag, lanes: Sequence[str], codebook: Codebook) -> str:
    """Return the lane on which a seen beat counts: where it was named, or, if that lane does not count, the beat's."""
    named = codebook.lane_of(tag.code).id
    return named if named in lanes else lane_of_beat(beat, codebook)


def pair(what: Material, codebook: Codebook, policy: Policy) -> tuple[Material, Pairing]:
    """Pair tags with beats: first those that agree in everything, then those that agree but for one thing.

    Tags on lanes that do not count take what is left: where they are right they show that a beat was seen, where
    only their time differs that it was nearly seen, and else they are put aside.

    Returns:
        The material with those tags of other lanes that have a beat, and which tag is which beat.
    """
    counting = len(what.tags)
    what = replace(what, tags=[*what.tags, *what.elsewhere], elsewhere=[])
    pairing = Pairing()
    if what.tags and what.beats:
        _pair_all(pairing, what, np.arange(len(what.tags)) < counting, codebook, policy)
    return _put_aside(what, pairing, counting)


def _put_aside(what: Material, pairing: Pairing, counting: int) -> tuple[Material, Pairing]:
    """Put aside what lies on a lane that does not count and has no beat."""
    used = pairing.used_tags
    kept = [tag for tag in range(len(what.tags)) if tag < counting or tag in used]
    new = {tag: place for place, tag in enumerate(kept)}
    left = [tag for place, tag in enumerate(what.tags) if place not in new]
    settled = Pairing(
        seen={beat: new[tag] for beat, tag in pairing.seen.items()},
        also={beat: [new[tag] for tag in tags] for beat, tags in pairing.also.items()},
        boundary={beat: new[tag] for beat, tag in pairing.boundary.items()},
        name={beat: new[tag] for beat, tag in pairing.name.items()},
    )
    aside = sorted([*what.aside, *left], key=_in_order)
    return replace(what, tags=[what.tags[tag] for tag in kept], aside=aside), settled


def _pair_all(pairing: Pairing, what: Material, counts: NDArray[np.bool_], codebook: Codebook, policy: Policy) -> None:
    fit = time_fit(what.tags, what.beats, policy)
    code = _table(what, lambda tag, beat: agrees(tag.code, beat.codes, codebook))
    actor = _table(what, lambda tag, beat: tag.actor == beat.actor)
    exact = _table(what, lambda tag, beat: tag.code in beat.codes)
    first = _table(what, lambda tag, beat: codebook.lane_of(tag.code).id == lane_of_beat(beat, codebook))
    # Of several tags that fit, the one on the lane of the expert's first name is the answer; then the finer one.
    may = (fit > 0) & code & actor
    # Before all that, a tag on a lane that counts: together the others never outweigh one of them.
    before = 4 * len(what.beats) * counts[:, None]
    for tag, beat in best_pairs(may * (before + first + 0.5 * fit + 0.25 * exact)):
        pairing.seen[beat] = tag
    _other_names_of_the_seen(pairing, what, fit * (code & actor), codebook)
    near = _nearness(what, fit, code, actor, policy)
    near.name[~counts] = 0
    _nearly(pairing, near, before)


def _table(what: Material, holds: Callable[[Tag, Beat], bool]) -> NDArray[np.bool_]:
    """Return whether something holds for every tag and beat, asking once for each code and actor; (tags, beats)."""
    kinds = {(tag.code, tag.actor): tag for tag in what.tags}
    row_of = {kind: row for row, kind in enumerate(kinds)}
    rows = np.array([[holds(tag, beat) for beat in what.beats] for tag in kinds.values()])
    return np.asarray(rows[[row_of[tag.code, tag.actor] for tag in what.tags]])


def _other_names_of_the_seen(pairing: Pairing, what: Material, fit: NDArray[np.float64], codebook: Codebook) -> None:
    """Let nobody pay for naming a moment twice, when the expert would give it both names."""
    taken = {(beat, codebook.lane_of(what.tags[tag].code).id) for beat, tag in pairing.seen.items()}
    right = set(pairing.seen.values())
    for tag in range(len(what.tags)):
        if tag in right:
            continue
        lane = codebook.lane_of(what.tags[tag].code).id
        for beat in pairing.seen:
            if fit[tag, beat] > 0 and (beat, lane) not in taken:
                taken.add((beat, lane))
                pairing.also.setdefault(beat, []).append(tag)
                break


@dataclass
class _Nearness:
    """How nearly each tag is each beat but for its time, or but for its code or actor; 0: not so; (tags, beats)."""

    boundary: NDArray[np.float64]
    name: NDArray[np.float64]


def _nearness(
    what: Material, fit: NDArray[np.float64], code: NDArray[np.bool_], actor: NDArray[np.bool_], policy: Policy
) -> _Nearness:
    near, share, start_off, length = _beside(what, policy)
    # Who sees a moment begins near it or shares a fair part of it; to lie somewhere behind it is not to see it.
    beside = (share >= policy.min_overlap / _PART_FOR_NEAR) | ((start_off <= near) & length)
    worth = 1 + share / 2 + np.clip(1 - start_off / (near + 1), 0, 1) / 2
    # Either the name or the person may differ, but not both: those are two different moments.
    return _Nearness(
        boundary=(code & actor & beside) * worth,
        name=((code ^ actor) & (fit > 0)) * fit * 0.9,
    )


def _beside(
    what: Material, policy: Policy
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return what nearness goes by, each of shape (tags, beats) or one row of it.

    Returns:
        How far apart beginnings may lie in microseconds, what part of their time both share, how far apart their
        beginnings do lie, and whether the tag is not much longer than the beat.
    """
    t, b = _spans(what.tags), _spans(what.beats)
    near = np.minimum(policy.near_s * _SECOND, 2 * _reach(what.beats, policy))
    length, beat_length = (t[:, 1] - t[:, 0])[:, None], (b[:, 1] - b[:, 0])[None, :]
    start_off = np.abs(t[:, None, 0] - b[None, :, 0])
    return near, overlap_share(t, b), start_off, length <= _LONGEST_FOR_A_POINT * np.maximum(beat_length, near)


def _edge(beats: Sequence[Beat], policy: Policy) -> NDArray[np.float64]:
    return np.asarray(np.maximum(np.array([beat.edge for beat in beats]), policy.edge_s * _SECOND))[None, :]


def _reach(beats: Sequence[Beat], policy: Policy) -> NDArray[np.float64]:
    return np.asarray(np.maximum(policy.point_tolerance_s * _SECOND, _edge(beats, policy)))


def _nearly(pairing: Pairing, near: _Nearness, before: NDArray[np.int_]) -> None:
    used_tags, used_beats = pairing.used_tags, pairing.used_beats
    free_tags = [tag for tag in range(near.name.shape[0]) if tag not in used_tags]
    free_beats = [beat for beat in range(near.name.shape[1]) if beat not in used_beats]
    if not free_tags or not free_beats:
        return
    worth = np.maximum(near.boundary, near.name)
    worth = np.where(worth > 0, worth + before, 0)
    rows, columns = np.array(free_tags), np.array(free_beats)
    for row, column in best_pairs(worth[np.ix_(rows, columns)]):
        tag, beat = free_tags[row], free_beats[column]
        (pairing.boundary if near.boundary[tag, beat] > 0 else pairing.name)[beat] = tag


def _spans(events: Sequence[Tag] | Sequence[Beat]) -> NDArray[np.int64]:
    return np.array([(e.start, e.start if e.end is None else e.end) for e in events], dtype=np.int64).reshape(-1, 2)


def time_fit(tags: Sequence[Tag], beats: Sequence[Beat], policy: Policy) -> NDArray[np.float64]:
    """Return how well every tag fits every beat in time: 0 not at all, 1 within the edges; shape (tags, beats)."""
    t, b = _spans(tags), _spans(beats)
    tag_is_point = np.array([tag.end is None for tag in tags])[:, None]
    beat_is_point = np.array([beat.end is None for beat in beats])[None, :]
    edge, reach = _edge(beats, policy), _reach(beats, policy)
    start_off = np.abs(t[:, None, 0] - b[None, :, 0])
    end_off = np.abs(t[:, None, 1] - b[None, :, 1])
    share = overlap_share(t, b)
    lasting = np.where((start_off <= edge) & (end_off <= edge), 1.0, np.where(share >= policy.min_overlap, share, 0))
    # Between a moment and a stretch there is no overlap to measure: they agree where they touch or nearly do.
    length = (t[:, 1] - t[:, 0])[:, None]
    touches = (gaps(t, b) <= reach) & ~(beat_is_point & (length > _LONGEST_FOR_A_POINT * reach))
    stretch = np.maximum(length, (b[:, 1] - b[:, 0])[None, :]) + reach + 1
    momentary = touches * np.clip(1 - np.maximum(start_off - edge, 0) / stretch, 0.05, 1)
    return np.where(tag_is_point | beat_is_point, momentary, lasting)
