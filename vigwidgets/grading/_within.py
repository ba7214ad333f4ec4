"""A mark's lists with another eye for edges: the same moments, sorted anew at a tolerance that somebody tries."""

from __future__ import annotations

from collections.abc import Mapping

from vigwidgets.agreement import Alignment
from vigwidgets.contract import Beat
from vigwidgets.grading._mark import Again, Mark, Seen
from vigwidgets.grading._score import as_again, as_seen
from vigwidgets.schemes import Codebook

__all__ = ["lists_within"]

_KINDS = {"shifted": "other_boundary", "mislabelled": "other_name"}


def lists_within(mark: Mark, alignment: Alignment, codebook: Codebook, duration: int) -> tuple[list[Seen], list[Again]]:
    """Return what is alike within an alignment's tolerance, and what is not, as a mark lists them; both in film order.

    The mark itself is not touched: it stays at its policy's tolerance.

    Args:
        mark: The mark.
        alignment: Of its two observations, as `as_observations` gives them.
        codebook: The scheme.
        duration: The film's length in microseconds.
    """
    beats = _beats(mark)
    was = {one.tag.id: one for one in mark.seen}
    tags = {name: one.tag for name, one in was.items()}
    tags |= {one.tag.id: one.tag for one in mark.again if one.tag is not None}
    all_beats, all_tags = list(beats.values()), list(tags.values())
    seen, again = [], []
    for link in alignment.links:
        beat, tag = beats[link.first], tags[link.second]
        if link.kind == "matched":
            before = was.get(tag.id)
            same = before is not None and before.beat.id == beat.id
            lane = before.lane if before is not None and same else codebook.lane_of(tag.code).id
            also = before.also if before is not None and same else []
            seen.append(as_seen(beat, tag, also, lane, codebook, duration))
        else:
            again.append(as_again(_KINDS[link.kind], beat, tag, (), codebook, duration))
    again += [as_again("missed", beats[name], None, all_tags, codebook, duration) for name in alignment.missed]
    again += [as_again("extra", None, tags[name], all_beats, codebook, duration) for name in alignment.extra]
    return (
        sorted(seen, key=lambda one: (one.beat.start, one.beat.id)),
        sorted(again, key=lambda one: (one.start, one.end, one.kind, one.lane)),
    )


def _beats(mark: Mark) -> Mapping[str, Beat]:
    """Return a mark's beats under the names that `as_observations` gives them."""
    seen = {f"b{place}": one.beat for place, one in enumerate(mark.seen)}
    return seen | {f"m{place}": one.beat for place, one in enumerate(mark.again) if one.beat is not None}
