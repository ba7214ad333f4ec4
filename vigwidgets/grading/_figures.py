"""The figures of a mark: by event and by unit of time, for each lane and for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement import UnitAgreement, covered_units, proportion, time_unit_kappa
from vigwidgets.contract import Beat, Open, Tag
from vigwidgets.curriculum import Policy
from vigwidgets.grading._mark import Figures, LaneMark, Share, TimeAgreement
from vigwidgets.grading._match import Material, Pairing, lane_of_beat, lane_that_counts
from vigwidgets.grading._words import figures_sentence
from vigwidgets.schemes import Codebook

__all__ = ["figures"]

Bits = NDArray[np.bool_]


@dataclass(frozen=True)
class _Units:
    """One lane (or all) in units of time: what the tags say, what the beats say, and which units count."""

    tags: Bits
    beats: Bits
    counted: Bits


def figures(
    what: Material, pairing: Pairing, codebook: Codebook, policy: Policy, duration: int, stretches: Sequence[Open]
) -> tuple[Figures, list[LaneMark]]:
    """Return the figures of all lanes together, and of each lane on which anybody saw anything.

    A beat counts on the lane on which it was named, or, if it was missed or that lane does not count, on that of
    its first code.

    Args:
        what: What counts.
        pairing: Which tag is which beat.
        codebook: The scheme.
        policy: The exercise's policy.
        duration: The film's length in microseconds.
        stretches: The film's open stretches.
    """
    tag_lane = [codebook.lane_of(tag.code).id for tag in what.tags]
    beat_lane = [
        lane_that_counts(beat, what.tags[pairing.seen[place]], what.lanes, codebook)
        if place in pairing.seen
        else lane_of_beat(beat, codebook)
        for place, beat in enumerate(what.beats)
    ]
    lanes, all_units = [], []
    for lane in what.lanes:
        tags = [place for place, its in enumerate(tag_lane) if its == lane]
        beats = [place for place, its in enumerate(beat_lane) if its == lane]
        if not tags and not beats:
            continue
        units = _lane_units(lane, tags, beats, what, pairing, codebook, policy, duration, stretches)
        code = codebook.code(lane)
        counts = _count(tags, beats, pairing, _kappa([units], policy), code.label["en"])
        if counts.seen + counts.missed + counts.extra == 0:
            continue  # only second names for moments of other lanes
        all_units.append(units)
        lanes.append(LaneMark(lane=lane, label=code.label["en"], colour=code.colour, **dict(counts)))
    counting = [place for place, lane in enumerate(tag_lane) if lane in what.lanes]
    return _count(counting, list(range(len(what.beats))), pairing, _kappa(all_units, policy), None), lanes


def _count(
    tags: list[int], beats: list[int], pairing: Pairing, time: TimeAgreement | None, label: str | None
) -> Figures:
    also = {tag for more in pairing.also.values() for tag in more}
    right = set(pairing.seen.values())
    seen = sum(beat in pairing.seen for beat in beats)
    missed = len(beats) - seen
    nearly = sum(beat in pairing.boundary or beat in pairing.name for beat in beats)
    extra = sum(tag not in right and tag not in also for tag in tags)
    used = pairing.used_tags
    alone = sum(tag not in used for tag in tags)
    all_seen = 2 * seen + missed + extra
    numbers = Figures(
        seen=seen,
        missed=missed,
        nearly=nearly,
        extra=extra,
        alone=alone,
        recall=Share.of(proportion(seen, seen + missed)),
        precision=Share.of(proportion(seen, seen + extra)),
        f1=2 * seen / all_seen if all_seen else None,
        time=time,
        sentence="",
    )
    return numbers.model_copy(update={"sentence": figures_sentence(numbers, label)})


def _kappa(lanes: list[_Units], policy: Policy) -> TimeAgreement | None:
    if not lanes:
        return None
    found: UnitAgreement = time_unit_kappa(
        np.concatenate([units.tags for units in lanes]),
        np.concatenate([units.beats for units in lanes]),
        counted=np.concatenate([units.counted for units in lanes]),
    )
    shown = found.units - found.neither
    if not shown:
        return None
    return TimeAgreement(
        kappa=found.kappa, agreement=found.agreement, units=found.units, shown=shown, unit_ms=policy.unit_ms
    )


def _lane_units(
    lane: str,
    tags: list[int],
    beats: list[int],
    what: Material,
    pairing: Pairing,
    codebook: Codebook,
    policy: Policy,
    duration: int,
    stretches: Sequence[Open],
) -> _Units:
    """Return a lane in units of time, one film's length for each person who acts on it."""
    people = sorted({what.tags[tag].actor for tag in tags} | {what.beats[beat].actor for beat in beats})
    unit = policy.unit_ms * 1000
    said, shown, counted = [], [], []
    for person in people:
        mine = [what.tags[tag] for tag in tags if what.tags[tag].actor == person]
        theirs = [what.beats[beat] for beat in beats if what.beats[beat].actor == person]
        said.append(covered_units(_lasting(mine), duration, unit))
        shown.append(covered_units(_lasting(theirs), duration, unit))
        left_out = _left_out(lane, person, what, pairing, codebook, policy, stretches)
        counted.append(~covered_units(left_out, duration, unit))
    return _Units(np.concatenate(said), np.concatenate(shown), np.concatenate(counted))


def _lasting(events: Sequence[Tag] | Sequence[Beat]) -> list[tuple[int, int]]:
    return [(event.start, event.end) for event in events if event.end is not None]


def _left_out(
    lane: str,
    person: str,
    what: Material,
    pairing: Pairing,
    codebook: Codebook,
    policy: Policy,
    stretches: Sequence[Open],
) -> list[tuple[int, int]]:
    """Return the stretches that count neither way on a lane.

    They are the open stretches, the unsure edges of beats, moments without length, and beats that the expert
    would also name on this lane but that were rightly named on another.
    """
    out = [(stretch.start, stretch.end) for stretch in stretches]
    for place, beat in enumerate(what.beats):
        names = {codebook.lane_of(code).id for code in beat.codes}
        if beat.actor != person or lane not in names:
            continue
        tag = what.tags[pairing.seen[place]] if place in pairing.seen else None
        edge = max(beat.edge, int(policy.edge_s * 1_000_000))
        end = beat.start if beat.end is None else beat.end
        out += [(beat.start - edge, beat.start + edge), (end - edge, end + edge)]
        own_lane = codebook.lane_of(tag.code).id if tag else lane_of_beat(beat, codebook)
        if own_lane != lane:
            out.append((beat.start - edge, end + edge))
        elif tag and (tag.end is None or beat.end is None):
            # A moment rightly paired with a stretch: its length is nothing to agree or differ about.
            out.append((min(tag.start, beat.start), max(tag.end or tag.start, end) + 1))
    out += [
        (also.start, also.end)
        for tags in pairing.also.values()
        for also in (what.tags[tag] for tag in tags)
        if also.end is not None and also.actor == person and codebook.lane_of(also.code).id == lane
    ]
    return out
