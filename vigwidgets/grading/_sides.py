"""A mark from other sides: the same tags beside the expert's at several tolerances, and beside chance."""

from __future__ import annotations

from dataclasses import dataclass

from vigwidgets.agreement import Comparison, Curve, Setting, by_lane, tolerance_curve
from vigwidgets.contract import Beat, Observation, Tag
from vigwidgets.grading._mark import Mark
from vigwidgets.schemes import Codebook

__all__ = ["TOLERANCES", "Sides", "as_observations", "sides_of"]

TOLERANCES = (100_000, 200_000, 300_000, 500_000, 750_000, 1_000_000, 1_500_000, 2_000_000)
"""The tolerances that a page shows, in microseconds."""

_SURROGATES, _RESAMPLES = 40, 400  # enough for a drawing; `vig agree` takes more


@dataclass(frozen=True)
class Sides:
    """What a mark looks like by time and by event, with intervals and chance.

    Attributes:
        usual: The comparison at that of `TOLERANCES` which is nearest to the exercise's own.
        curve: The same at every one of `TOLERANCES`.
    """

    usual: Comparison
    curve: Curve


def as_observations(mark: Mark, observation: Observation, codebook: Codebook) -> tuple[Observation, Observation]:
    """Return what the expert saw, and what of the trainee's tags counts, as two observations of one film.

    A beat with several right names takes the one that the trainee gave it, where they gave it one; else its first.
    Who names a moment rightly is then not held to differ from an expert who would have said so too.

    Args:
        mark: The mark.
        observation: What was handed in; its film, length, scheme and cast are used.
        codebook: The scheme.
    """
    beats = [_tag_of(seen.beat, _named(seen.beat, seen.tag, codebook), f"b{n}") for n, seen in enumerate(mark.seen)]
    beats += [_tag_of(a.beat, a.beat.codes[0], f"m{n}") for n, a in enumerate(mark.again) if a.beat is not None]
    tags = [seen.tag for seen in mark.seen] + [again.tag for again in mark.again if again.tag is not None]
    expert = observation.model_copy(update={"id": "expert", "observer": "expert", "tags": beats})
    own = observation.model_copy(update={"observer": "trainee", "tags": tags})
    return expert, own


def _named(beat: Beat, tag: Tag, codebook: Codebook) -> str:
    lane = codebook.lane_of(tag.code).id
    return next((code for code in beat.codes if codebook.lane_of(code).id == lane), beat.codes[0])


def _tag_of(beat: Beat, code: str, name: str) -> Tag:
    return Tag(id=name, code=code, actor=beat.actor, target=beat.target, start=beat.start, end=beat.end)


def sides_of(mark: Mark, observation: Observation, codebook: Codebook) -> Sides:
    """Return a mark from several sides; the same every time. It takes about half a second.

    Principles are compared, not their behaviours, and who acts matters, as in marking.

    Args:
        mark: The mark.
        observation: What was handed in.
        codebook: The scheme.
    """
    both = as_observations(mark, observation, codebook)
    own = mark.policy.point_tolerance_s * 1_000_000
    setting = Setting(label=by_lane(codebook), surrogates=_SURROGATES, resamples=_RESAMPLES)
    curve = tolerance_curve(both, TOLERANCES, setting)
    return Sides(min(curve.comparisons, key=lambda one: abs(one.tolerance - own)), curve)
