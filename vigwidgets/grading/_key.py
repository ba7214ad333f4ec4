"""Mark against a panel: several experts who are kept apart, and do not always agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median
from typing import Any

from vigwidgets.agreement import Setting, best_pairs, by_lane, compare
from vigwidgets.contract import Beat, Observation, Scheme, Tag, Truth
from vigwidgets.curriculum import Policy
from vigwidgets.errors import Refusal
from vigwidgets.grading._mark import Mark, PanelNote
from vigwidgets.grading._match import material, pair, time_fit
from vigwidgets.grading._score import mark_observation
from vigwidgets.grading._words import summary, verbal_count
from vigwidgets.observations import content_hash
from vigwidgets.schemes import Codebook

__all__ = ["consensus_of", "mark_against_panel"]

_LEAST = {"consensus": 2, "nearest": 1, "distribution": 2}


@dataclass
class _Moment:
    """What experts saw together: one tag of each who saw it, by the expert's place."""

    tags: dict[int, Tag] = field(default_factory=dict)


def mark_against_panel(
    observation: Observation, panel: Sequence[Observation], codebook: Codebook, policy: Policy
) -> Mark:
    """Return how an observation agrees with a panel, in the way that the policy names.

    ``consensus``: with what more than ``policy.quorum`` of the experts saw; what fewer of them saw counts neither way.
    ``nearest``: with the expert to whom it is nearest. ``distribution``: as for consensus, and the figure weighs each
    moment by the part of the experts who saw it.

    The order of the panel does not matter.

    Args:
        observation: What a trainee tagged.
        panel: The experts' observations.
        codebook: The scheme of all.
        policy: What counts.

    Raises:
        Refusal: There are too few experts, or the observations do not belong together.
    """
    experts = sorted(panel, key=lambda one: (content_hash(one), one.id))
    least = _LEAST.get(policy.against, 1)
    if len(experts) < least:
        raise Refusal(
            f"This exercise is marked against its panel ({policy.against}), which has {len(experts)} of at least "
            f"{least} experts; add one with `vig key add`."
        )
    mark = _mark(observation, experts, codebook, policy)
    note = _note(
        tuple(one.model_dump_json() for one in experts), codebook.scheme.model_dump_json(), policy.model_dump_json()
    )
    return mark.model_copy(update={"panel": note})


def _mark(observation: Observation, experts: Sequence[Observation], codebook: Codebook, policy: Policy) -> Mark:
    if policy.against == "nearest":
        marks = [mark_observation(observation, _truth_of(one, codebook, policy), codebook, policy) for one in experts]
        return max(marks, key=lambda mark: mark.overall.f1 or 0)
    beats, weights = consensus_of(experts, codebook, policy)
    whole = _truth(experts[0], beats)
    what = material(observation.tags, whole, codebook, policy)
    what, pairing = pair(what, codebook, policy)
    most = {beat.id for beat in beats if weights[beat.id] > policy.quorum}
    seen = {what.beats[beat].id: what.tags[tag] for beat, tag in pairing.seen.items()}
    # What a few experts saw is neither asked of a trainee nor held against one.
    fewer = {tag.id for beat, tag in seen.items() if beat not in most}
    left = observation.model_copy(update={"tags": [tag for tag in observation.tags if tag.id not in fewer]})
    mark = mark_observation(left, _truth(experts[0], [b for b in beats if b.id in most]), codebook, policy)
    aside = [*mark.aside, *(tag for tag in observation.tags if tag.id in fewer)]
    counting = sum(tag.id not in {one.id for one in aside} for tag in observation.tags)
    changed: dict[str, Any] = {
        "observation_sha256": content_hash(observation),
        "aside": sorted(aside, key=lambda tag: (tag.start, tag.id)),
        "summary": summary(mark.overall, mark.lanes, len(aside), counting, counted=True),
    }
    if policy.against == "distribution":
        there = [weights[beat.id] for beat in what.beats]
        tags = counting + len(fewer)
        both = sum(there) + tags
        changed["weighted"] = 2 * sum(weights[beat] for beat in seen) / both if both else None
    return mark.model_copy(update=changed)


def consensus_of(
    experts: Sequence[Observation], codebook: Codebook, policy: Policy
) -> tuple[list[Beat], dict[str, float]]:
    """Return every moment that any expert saw as a beat, and the part of them who saw it, by the beat's id.

    Tags of one lane and one actor that lie together in time are one moment; its edges are the medians, and how far
    the experts lie apart is how sure those are.
    """
    moments: list[_Moment] = []
    for place, expert in enumerate(experts):
        tags = sorted(expert.tags, key=lambda tag: (tag.start, tag.end or tag.start, tag.code, tag.id))
        taken: dict[int, int] = {}
        if tags and moments:
            beats = [_beat(one, f"m{n}", policy, len(experts), codebook) for n, one in enumerate(moments)]
            fit = time_fit(tags, beats, policy)
            for row, tag in enumerate(tags):
                for column, beat in enumerate(beats):
                    same = _kind(tag, codebook) == (codebook.lane_of(beat.codes[0]).id, beat.actor)
                    fit[row, column] *= same
            taken = dict(best_pairs(fit))
        for row, tag in enumerate(tags):
            if row in taken:
                moments[taken[row]].tags[place] = tag
            else:
                moments.append(_Moment({place: tag}))
    moments.sort(key=lambda one: (_middle(one)[0], min(tag.code for tag in one.tags.values())))
    found = [_beat(one, f"key-{n:03d}", policy, len(experts), codebook) for n, one in enumerate(moments, 1)]
    return found, {
        beat.id: len(one.tags) / len(experts) for beat, one in zip(found, moments, strict=True)
    }  # fmt: skip


def _kind(tag: Tag, codebook: Codebook) -> tuple[str, str]:
    return codebook.lane_of(tag.code).id, tag.actor


def _middle(moment: _Moment) -> tuple[int, int | None]:
    starts = [tag.start for tag in moment.tags.values()]
    ends = [tag.end for tag in moment.tags.values() if tag.end is not None]
    start = int(median(starts))
    return start, max(int(median(ends)), start + 1) if len(ends) * 2 > len(starts) else None


def _beat(moment: _Moment, name: str, policy: Policy, experts: int, codebook: Codebook) -> Beat:
    tags = [moment.tags[place] for place in sorted(moment.tags)]
    start, end = _middle(moment)
    apart = max(abs(tag.start - start) for tag in tags)
    if end is not None:
        apart = max(apart, *(abs(tag.end - end) for tag in tags if tag.end is not None))
    votes = Counter(tag.code for tag in tags)
    note = next((tag.note.strip() for tag in tags if tag.note.strip()), "")
    lane = codebook.lane_of(tags[0].code).label["en"]
    says = f"{verbal_count(len(tags), 'expert').capitalize()} of {experts} saw “{lane}” here."
    return Beat(
        id=name,
        codes=sorted(votes, key=lambda code: (-votes[code], code)),
        actor=tags[0].actor,
        target=Counter(tag.target for tag in tags).most_common(1)[0][0],
        start=start,
        end=end,
        edge=max(apart, round(policy.edge_s * 1_000_000)),
        says=(note or says)[:400],
    )


def _truth_of(expert: Observation, codebook: Codebook, policy: Policy) -> Truth:
    return _truth(expert, consensus_of([expert], codebook, policy)[0])


def _truth(like: Observation, beats: list[Beat]) -> Truth:
    return Truth(film=like.film, duration=like.duration, scheme=like.scheme, cast=like.cast, beats=beats, open=[])


@lru_cache(maxsize=8)
def _note(experts: tuple[str, ...], scheme: str, policy: str) -> PanelNote:
    """Return what the experts are to each other: the same for every attempt."""
    panel = [Observation.model_validate_json(one) for one in experts]
    codebook, rule = Codebook(Scheme.model_validate_json(scheme)), Policy.model_validate_json(policy)
    if len(panel) < 2:
        return PanelNote(experts=len(panel), against=rule.against, quorum=rule.quorum, among=[], low=None, high=None)
    setting = Setting(
        tolerance=round(rule.point_tolerance_s * 1_000_000), label=by_lane(codebook), surrogates=20, resamples=200
    )
    found = [
        value
        for place, one in enumerate(panel)
        if (value := _mark(one, panel[:place] + panel[place + 1 :], codebook, rule).measured) is not None
    ]
    return PanelNote(
        experts=len(panel),
        against=rule.against,
        quorum=rule.quorum,
        among=[figure.sentence() for figure in compare(panel, setting).figures],
        low=min(found, default=None),
        high=max(found, default=None),
    )
