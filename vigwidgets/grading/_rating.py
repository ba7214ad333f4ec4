"""Mark ratings on a scale against a reference: item by item, and as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from statistics import fmean, median_low
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vigwidgets.contract import Observation, Step
from vigwidgets.curriculum import Policy
from vigwidgets.errors import Refusal
from vigwidgets.grading._mark import Marked, Part
from vigwidgets.grading._words import CAUTION, verbal_count
from vigwidgets.observations import content_hash, evidence_of, rating_id, ratings
from vigwidgets.schemes import Codebook

__all__ = ["ItemMark", "RatingMark", "Reference", "mark_ratings", "reference_of_panel"]


class Reference(BaseModel):
    """What one item of a scale is rated by whoever the key is.

    Attributes:
        item: The item's code.
        steps: How many gave which step, by the step's id; one key gives one.
        says: What in the film makes it so.
        said: What those who gave a step say makes it that step, by the step's id, where they differ.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    steps: Annotated[dict[str, int], Field(min_length=1)]
    says: str = ""
    said: dict[str, str] = {}


class ItemMark(BaseModel):
    """One item, as the trainee and the reference rated it.

    Attributes:
        item: Its code.
        label: Its name.
        own: The step that the trainee chose; None: none.
        reference: The reference's.
        off: How many steps the trainee lies above the reference (below 0: under it); None: not rated.
        share: Agreement, 0 to 1: 1 the same step, 0 the other end of the scale or no rating.
        evidence: How many moments the trainee kept for it.
        says: What in the film makes it so.
        sentence: The same in words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    label: str
    own: str | None
    reference: str
    off: int | None
    share: Part
    evidence: int
    says: str
    sentence: str


class RatingMark(Marked):
    """How ratings agree with a reference.

    Attributes:
        scheme: The scale.
        items: Each item, in the scale's order.
        exact: How many items have the same step.
        near: How many lie one step off.
        bias: The mean of how many steps the trainee lies above the reference; None: nothing was rated.
        total: The trainee's sum; None while an item is missing, or for a scale of words.
        reference_total: The reference's; None as well while it lacks an item.
        cutoff: From which total on the scale calls for a closer look; None: it has none.
    """

    format: Literal["vig-rating-mark"] = "vig-rating-mark"
    version: Literal[1] = 1
    scheme: str
    items: list[ItemMark]
    exact: int
    near: int
    bias: float | None
    total: int | None
    reference_total: int | None
    cutoff: int | None

    @property
    def measured(self) -> float | None:
        """The mean agreement over all items."""
        return fmean(item.share for item in self.items) if self.items else None


def reference_of_panel(panel: Sequence[Observation], codebook: Codebook) -> list[Reference]:
    """Return how often experts gave each step of each item; items that no one rated are left out.

    What makes it so is the note that an expert wrote on a rating of that step: a trainee reads it, and not whose it is.
    The order of the experts does not matter.
    """
    found = []
    for item in codebook.lanes:
        chosen = [(step.id, _note(one, item.id)) for one in panel if (step := ratings(one, codebook)[item.id])]
        if chosen:
            said: dict[str, str] = {}
            for given, note in sorted(chosen):
                if note:
                    said.setdefault(given, note)
            counts = dict(sorted(Counter(step for step, _ in chosen).items()))
            found.append(Reference(item=item.id, steps=counts, said=said))
    return found


def _note(observation: Observation, item: str) -> str:
    return next((tag.note.strip() for tag in observation.tags if tag.id == rating_id(item)), "")


def mark_ratings(
    observation: Observation, references: Sequence[Reference], codebook: Codebook, policy: Policy
) -> RatingMark:
    """Return how an observation's ratings agree with a reference.

    Where several experts rated, the policy's ``against`` decides: ``nearest`` compares with the expert's step that is
    nearest, ``distribution`` gives the mean agreement with all of them; else it is their lower median.

    Raises:
        Refusal: The scheme is no scale, or the reference names an item or a step that it does not have.
    """
    scale = codebook.scheme.scale
    if scale is None:
        raise Refusal(f"Scheme {codebook.scheme.id!r} is no rating scale; rate on a scale, such as m-adbb.")
    place = {step.id: number for number, step in enumerate(scale.steps)}
    own = ratings(observation, codebook)
    items = []
    for reference in _in_order(references, codebook, place):
        chosen = own[reference.item]
        items.append(_item(reference, chosen, scale.steps, place, observation, codebook, policy))
    rated = [item.off for item in items if item.off is not None]
    mark = RatingMark(
        observation=observation.id,
        observation_sha256=content_hash(observation),
        film=observation.film,
        summary=[],
        scheme=codebook.scheme.id,
        items=items,
        exact=sum(off == 0 for off in rated),
        near=sum(abs(off) == 1 for off in rated),
        bias=fmean(rated) if rated else None,
        total=_total([own[lane.id] for lane in codebook.lanes]),
        # A sum of some items is not on the scale's cut-off's side of anything.
        reference_total=_total([scale.steps[place[item.reference]] for item in items])
        if len(items) == len(codebook.lanes)
        else None,
        cutoff=scale.cutoff,
    )
    core = {lane.id for lane in codebook.lanes if lane.core}
    return mark.model_copy(update={"summary": _summary(mark, core)})


def _in_order(
    references: Sequence[Reference], codebook: Codebook, place: dict[str, int]
) -> list[Reference]:  # fmt: skip
    by_item = {reference.item: reference for reference in references}
    lanes = [lane.id for lane in codebook.lanes]
    for reference in references:
        strange = [step for step in reference.steps if step not in place]
        if reference.item not in lanes or strange:
            raise Refusal(
                f"The reference rates {reference.item!r} as {', '.join(strange) or 'an item'}, which scale "
                f"{codebook.scheme.id!r} does not have; correct the film's ratings."
            )
    return [by_item[lane] for lane in lanes if lane in by_item]


def _item(
    reference: Reference,
    chosen: Step | None,
    steps: Sequence[Step],
    place: dict[str, int],
    observation: Observation,
    codebook: Codebook,
    policy: Policy,
) -> ItemMark:
    given = sorted(place[step] for step, count in reference.steps.items() for _ in range(count))
    key = median_low(given)
    at = None if chosen is None else place[chosen.id]
    if at is not None and policy.against == "nearest":
        key = min(given, key=lambda one: (abs(one - at), one))
    against = given if policy.against == "distribution" else [key]
    span = len(steps) - 1
    share = 0.0 if at is None else fmean(1 - abs(at - one) / span for one in against)
    says = reference.said.get(steps[key].id, reference.says)
    code = codebook.code(reference.item)
    off = None if at is None else at - key
    label = code.label["en"]
    return ItemMark(
        item=code.id, label=label, own=None if chosen is None else chosen.id, reference=steps[key].id, off=off,
        share=share, evidence=len(evidence_of(observation, code.id)), says=says,
        sentence=_sentence(label, chosen, steps[key], off, says),
    )  # fmt: skip


def _sentence(label: str, chosen: Step | None, key: Step, off: int | None, says: str) -> str:
    why = f" {says}" if says else ""
    step = f"“{key.label['en']}”"
    if chosen is None or off is None:
        return f"{label}: not rated yet; the reference says {step}.{why}"
    if off == 0:
        return f"{label}: you and the reference both say {step}.{why}"
    way = "above" if off > 0 else "below"
    steps = verbal_count(abs(off), "step")
    return f"{label}: you say “{chosen.label['en']}”, {steps} {way} the reference's {step}.{why}"


def _total(chosen: Sequence[Step | None]) -> int | None:
    values = [None if step is None else step.value for step in chosen]
    return None if not values or None in values else sum(value for value in values if value is not None)


def _summary(mark: RatingMark, core: Collection[str]) -> list[str]:
    n = len(mark.items)
    said = [f"You and the reference chose the same step for {mark.exact} of {n} items."]
    central = [item for item in mark.items if item.item in core]
    if central:
        same = sum(item.off == 0 for item in central)
        said.append(f"Of the {verbal_count(len(central), 'core one')} it is the same for {same}.")
    if mark.near:
        said.append(f"{verbal_count(mark.near, 'more lies', 'more lie').capitalize()} one step off.")
    if mark.bias is not None and abs(mark.bias) >= 0.4:
        way = "more withdrawal" if mark.scheme in ("adbb", "m-adbb") else "more"
        less = way.replace("more", "less", 1)
        said.append(f"On the whole you saw {way if mark.bias > 0 else less} than the reference.")
    if mark.total is not None and mark.reference_total is not None and mark.cutoff is not None:
        same = (mark.total >= mark.cutoff) == (mark.reference_total >= mark.cutoff)
        both = "On the same side of the cut-off" if same else "On different sides of the cut-off"
        said.append(f"{both}: your total is {mark.total}, the reference's {mark.reference_total}.")
    return [*said, CAUTION]
