"""Which tag is which beat: what counts, what agrees, and the best pairing of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement import best_pairs, gaps, overlap_share
from vigwidgets.contract import Beat, Open, Tag, Truth
from vigwidgets.curriculum import Policy
from vigwidgets.schemes import Codebook

__all__ = ["Material", "Pairing", "agrees", "lane_of_beat", "material", "pair"]

_SECOND = 1_000_000
# A tag that lasts agrees with a moment inside it only if it is short: who tags the whole film has not seen it.
_LONGEST_FOR_A_POINT = 4


@dataclass(frozen=True)
class Material:
    """What of an observation and of a film's truth counts.

    Attributes:
        tags: The tags that count, in an order that does not depend on how they were made.
        beats: The beats that count, each with only those of its codes whose lanes count.
        aside: The tags that count neither way.
        lanes: The codes of the lanes that count, in the scheme's order.
    """

    tags: list[Tag]
    beats: list[Beat]
    aside: list[Tag]
    lanes: list[str]


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

    Raises:
        Refusal: A tag or a beat names a code that the scheme does not have.
    """
    lanes = [lane.id for lane in codebook.lanes if policy.counts is None or lane.id in policy.counts]
    beats = []
    for beat in truth.beats:
        codes = [code for code in beat.codes if codebook.lane_of(code).id in lanes]
        if codes and not _mostly_open(beat.start, beat.end, truth.open):
            beats.append(beat.model_copy(update={"codes": codes}))
    counted: list[Tag] = []
    aside: list[Tag] = []
    for tag in sorted(tags, key=lambda tag: (tag.start, tag.end or tag.start, tag.code, tag.actor, tag.id)):
        counts = codebook.lane_of(tag.code).id in lanes and not _mostly_open(tag.start, tag.end, truth.open)
        (counted if counts else aside).append(tag)
    return Material(counted, sorted(beats, key=lambda beat: (beat.start, beat.id)), aside, lanes)


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


def pair(what: Material, codebook: Codebook, policy: Policy) -> Pairing:
    """Pair tags with beats: first those that agree in everything, then those that agree but for one thing."""
    pairing = Pairing()
    if not what.tags or not what.beats:
        return pairing
    fit = _time_fit(what.tags, what.beats, policy)
    code = _table(what, lambda tag, beat: agrees(tag.code, beat.codes, codebook))
    actor = _table(what, lambda tag, beat: tag.actor == beat.actor)
    exact = _table(what, lambda tag, beat: tag.code in beat.codes)
    first = _table(what, lambda tag, beat: codebook.lane_of(tag.code).id == lane_of_beat(beat, codebook))
    # Of several tags that fit, the one on the lane of the expert's first name is the answer; then the finer one.
    may = (fit > 0) & code & actor
    for tag, beat in best_pairs(may * (first + 0.5 * fit + 0.25 * exact)):
        pairing.seen[beat] = tag
    _other_names_of_the_seen(pairing, what, fit * (code & actor), codebook)
    _nearly(pairing, what, fit, code, actor, policy)
    return pairing


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


def _nearly(
    pairing: Pairing,
    what: Material,
    fit: NDArray[np.float64],
    code: NDArray[np.bool_],
    actor: NDArray[np.bool_],
    policy: Policy,
) -> None:
    used_tags, used_beats = pairing.used_tags, pairing.used_beats
    free_tags = [tag for tag in range(len(what.tags)) if tag not in used_tags]
    free_beats = [beat for beat in range(len(what.beats)) if beat not in used_beats]
    if not free_tags or not free_beats:
        return
    near = policy.near_s * _SECOND
    apart = gaps(_spans(what.tags), _spans(what.beats))
    boundary = (code & actor & (apart <= near)) * (2 - apart / (near + 1))
    # Either the name or the person may differ, but not both: those are two different moments.
    name = ((code ^ actor) & (fit > 0)) * fit * 0.9
    worth = np.maximum(boundary, name)
    rows, columns = np.array(free_tags), np.array(free_beats)
    for row, column in best_pairs(worth[np.ix_(rows, columns)]):
        tag, beat = free_tags[row], free_beats[column]
        (pairing.boundary if boundary[tag, beat] > 0 else pairing.name)[beat] = tag


def _spans(events: Sequence[Tag] | Sequence[Beat]) -> NDArray[np.int64]:
    return np.array([(e.start, e.start if e.end is None else e.end) for e in events], dtype=np.int64).reshape(-1, 2)


def _time_fit(tags: Sequence[Tag], beats: Sequence[Beat], policy: Policy) -> NDArray[np.float64]:
    """Return how well every tag fits every beat in time: 0 not at all, 1 within the edges; shape (tags, beats)."""
    t, b = _spans(tags), _spans(beats)
    tag_is_point = np.array([tag.end is None for tag in tags])[:, None]
    beat_is_point = np.array([beat.end is None for beat in beats])[None, :]
    edge = np.maximum(np.array([beat.edge for beat in beats]), policy.edge_s * _SECOND)[None, :]
    reach = np.maximum(policy.point_tolerance_s * _SECOND, edge)
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
