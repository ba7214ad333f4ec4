"""How figures were reached, for somebody who works with families and not with statistics."""

from __future__ import annotations

from vigwidgets.curriculum import Policy
from vigwidgets.grading._mark import TimeAgreement
from vigwidgets.schemes import Codebook

__all__ = ["by_time", "how_counted"]

# From which kappa on which words; the figure itself stands beside them, in small print.
_CHANCE = ((0.75, "far more than"), (0.4, "clearly more than"), (0.1, "somewhat more than"), (-0.1, "about as much as"))


def by_time(time: TimeAgreement) -> tuple[str, str]:
    """Return agreement by time as a sentence for everybody, and the technical figure for the small print.

    Args:
        time: Agreement by units of time.
    """
    said = f"Second by second, you and the expert said the same in {(time.agreement or 0) * 100:.0f} % of the time"
    if time.kappa is None:
        said += "; there is too little to compare to say more."
    else:
        chance = next((words for least, words in _CHANCE if time.kappa >= least), "less than")
        said += (
            ", the quiet stretches included, in which neither saw anything. That is "
            f"{chance} two people would agree by luck alone."
        )
    kappa = "has no meaning here" if time.kappa is None else f"is {time.kappa:.2f}"
    small = (
        f"Cohen's kappa {kappa} (1: always alike, 0: as by luck), over {time.units} units of {time.unit_ms} ms that "
        f"count; in {time.shown} of them at least one of you saw something. Edges of which the expert is unsure are "
        "left out."
    )
    return said, small


def _whose_key(policy: Policy) -> list[str]:
    """Say whose eyes yours are compared with, where that is a panel."""
    if policy.against == "truth":
        return []
    said = {
        "consensus": f"what more than {policy.quorum:.0%} of them saw; what fewer of them saw counts neither way.",
        "nearest": "the one of them to whom you are nearest.",
        "distribution": "all of them: each moment weighs as much as the part of them who saw it.",
    }[policy.against]
    return [f"The expert here is a panel of several experts, who do not always agree. You are compared with {said}"]


def how_counted(policy: Policy, codebook: Codebook) -> list[str]:
    """Return in a few sentences what counts and what is taken for the same moment.

    Args:
        policy: The exercise's policy.
        codebook: The scheme, for the names of what counts.
    """
    labels = [codebook.code(lane).label["en"] for lane in policy.counts or [lane.id for lane in codebook.lanes]]
    names = " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))
    return [
        *_whose_key(policy),
        f"What counts: {names}. Tags with other names are never held against you, and where the expert could not be "
        "sure nothing is counted.",
        "Alike, or seen: you gave a name that the expert would give (a principle stands for each of its behaviours), "
        "to the same person, at the same time. Each of your tags is at most one moment, and of all ways to match them "
        "the best for you is taken.",
        f"At the same time: two stretches share at least {policy.min_overlap * 100:.0f} % of the time from where the "
        f"first begins to where the last ends, or both their edges lie within {policy.edge_s:g} s. A moment without "
        f"length may lie {policy.point_tolerance_s:g} s from the expert's, or more where the expert is less sure.",
        "Nearly: all agrees but the name, or but who did it; or the name agrees and yours begins within "
        f"{min(policy.near_s, 2 * max(policy.point_tolerance_s, policy.edge_s)):g} s of the expert's, or shares at "
        f"least {policy.min_overlap * 25:.0f} % of the time with it.",
        "The figures: how many of the expert's moments you saw, and how many of your tags the expert saw. Times are "
        "where the expert sees a moment begin; where only you saw one, where yours begins.",
    ]
