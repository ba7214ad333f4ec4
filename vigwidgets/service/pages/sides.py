"""Agreement from other sides: by event and by time, at several tolerances, with intervals and beside chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from vigwidgets.agreement import Comparison, Estimate
from vigwidgets.contract import Observation
from vigwidgets.errors import NotAllowed, Refusal
from vigwidgets.grading import TOLERANCES, Mark, Sides, feedback_of, lists_within, sides_of
from vigwidgets.observations import content_hash
from vigwidgets.records import Attempt, Person
from vigwidgets.schemes import Codebook
from vigwidgets.service.base import Missing
from vigwidgets.service.comparison import Paired, paired_as
from vigwidgets.service.pages.charts import Curve, curve_svg
from vigwidgets.service.pages.listed import Group, Unlisted, listed
from vigwidgets.service.pages.marks import mark_of
from vigwidgets.service.pages.moments import Moment
from vigwidgets.service.pages.otherwise import OwnViews, own_views
from vigwidgets.service.release import NOT_RELEASED, withheld
from vigwidgets.service.state import ServiceState

__all__ = ["Agreement", "Drawn", "Within", "agreement_view", "within_view"]


@dataclass(frozen=True)
class Drawn:
    """One figure as a curve.

    Attributes:
        title: What it is, for everybody.
        says: What it asks.
        chart: The drawing.
        sentence: The figure at the usual tolerance, in words.
    """

    title: str
    says: str
    chart: Markup
    sentence: str


@dataclass(frozen=True)
class Agreement:
    """What the section says.

    Attributes:
        attempt: The attempt's id.
        curves: The figures.
        usual: The tolerance nearest to the exercise's own, in microseconds; what is said at first.
        steps: What is said at each tolerance: the tolerance in microseconds, and a sentence.
        more: The other figures, a sentence each.
        cautions: What a reader should know first.
    """

    attempt: str
    usual: int
    curves: list[Drawn]
    steps: list[tuple[int, str]]
    more: list[str]
    cautions: list[str]


@dataclass(frozen=True)
class Within:
    """A mark's lists at another tolerance.

    Attributes:
        seen: What is alike.
        again: What is not, by what it is.
        unlisted: How many the page leaves out.
        lanes: Whether figures are shown, which is so wherever there is a slider.
        tip: One thing to do; nothing here.
        says: How many of each there are, and that the mark stays.
        paired: Which moment is which there, for the film's lanes.
        otherwise: What its owner may see otherwise, as on the page: nobody else may say it.
    """

    seen: list[Moment]
    again: list[Group]
    unlisted: Unlisted
    lanes: bool
    tip: str
    says: str
    paired: list[Paired]
    otherwise: OwnViews | None


def within_view(attempt: Attempt, reader: Person, state: ServiceState, tolerance: int) -> Within:
    """Return an attempt's lists at a tolerance in microseconds, one of `TOLERANCES`; what counts is untouched.

    Raises:
        NotAllowed: It is their own, and not released.
        Missing: There is no mark, no figures, or no such tolerance.
    """
    mark, codebook, found = _found(attempt, reader, state)
    comparison = next((one for one in found.curve.comparisons if one.tolerance == tolerance), None)
    if comparison is None or comparison.alignment is None:
        steps = ", ".join(f"{one / 1_000_000:g}" for one in TOLERANCES)
        raise Missing(f"There are no lists for this tolerance; the slider has steps of {steps} s.")
    seen, again = lists_within(mark, comparison.alignment, codebook, attempt.observation.duration)
    shown = feedback_of(mark, state.course.exercise(attempt.exercise), released=True)
    lists = listed(shown.model_copy(update={"seen": seen, "again": again}), mark, None)
    kinds = Counter(one.kind for one in again)
    whose = "yours" if attempt.person == reader.id else "the trainee's"
    nearly = kinds["other_name"] + kinds["other_boundary"]
    says = (
        f"Where edges may differ by {tolerance / 1_000_000:g} s: {len(seen)} seen alike, {nearly} nearly, "
        f"{kinds['missed']} only the expert's, {kinds['extra']} only {whose}. The mark stays as it is: it was "
        f"made with {mark.policy.edge_s:g} s, and counts moments that share enough time as well."
    )
    alike = [replace(one, id="") for one in lists.seen]
    own = own_views(attempt, state) if attempt.person == reader.id else None
    return Within(alike, _unnamed(lists.again), lists.unlisted, True, "", says, paired_as(seen, again), own)


def _unnamed(groups: Sequence[Group]) -> list[Group]:
    """Return groups whose moments have no address of their own: those of the page keep theirs."""
    return [replace(group, moments=[replace(one, id="") for one in group.moments]) for group in groups]


def agreement_view(attempt: Attempt, reader: Person, state: ServiceState) -> Agreement:
    """Return agreement from other sides, as the reader may see it.

    Raises:
        NotAllowed: It is their own, and not released.
        Missing: There is no mark, or the exercise has no figures.
    """
    _, _, found = _found(attempt, reader, state)
    usual = found.usual
    return Agreement(
        attempt.id,
        usual.tolerance,
        _curves(found),
        [(one.tolerance, _step(one)) for one in found.curve.comparisons],
        [_plain(figure) for figure in (usual.labels, usual.unitizing)],
        list(dict.fromkeys([*usual.warnings, *usual.time.warnings, *usual.events.warnings])),
    )


def _found(attempt: Attempt, reader: Person, state: ServiceState) -> tuple[Mark, Codebook, Sides]:
    """Return a mark with its scheme and its sides, as the reader may see them.

    Raises:
        NotAllowed: It is their own, and not released.
        Missing: There is no mark, or the exercise has no figures.
    """
    if withheld(attempt, reader, state.course, state.records):
        raise NotAllowed(NOT_RELEASED)
    exercise = state.course.exercises.get(attempt.exercise)
    codebook = state.course.codebooks.get(attempt.observation.scheme.id)
    mark = mark_of(attempt, state.records)
    if exercise is None or exercise.marking == "none" or codebook is None or mark is None:
        raise Missing("There are no figures for this attempt; go back to its feedback.")
    try:
        return mark, codebook, _sides(_Key(mark, attempt.observation, codebook))
    except Refusal as refused:
        raise Missing(str(refused)) from None


class _Key:
    """What figures depend on; equal when the same was handed in, under the same scheme, and marked alike."""

    def __init__(self, mark: Mark, observation: Observation, codebook: Codebook) -> None:
        self.mark, self.observation, self.codebook = mark, observation, codebook
        self._name = (content_hash(observation), mark.model_dump_json(), codebook.ref.model_dump_json())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._name == other._name

    def __hash__(self) -> int:
        return hash(self._name)


@lru_cache(maxsize=64)
def _sides(key: _Key) -> Sides:
    return sides_of(key.mark, key.observation, key.codebook)


def _curves(found: Sides) -> list[Drawn]:
    seconds = [tolerance / 1_000_000 for tolerance in TOLERANCES]
    comparisons = found.curve.comparisons
    figures = (
        ("events", "Moment by moment", "Of all moments of both, how many have a partner with the same name?"),
        ("time", "Second by second", "Beyond chance, how much of the time do both say the same? (kappa)"),
    )
    drawn = []
    for name, title, says in figures:
        estimates: list[Estimate] = [getattr(one, name) for one in comparisons]
        sentence = _plain(getattr(found.usual, name))
        drawn.append(Drawn(title, says, curve_svg(_curve(seconds, estimates), name, f"{title}. {sentence}"), sentence))
    return drawn


def _curve(seconds: Sequence[float], estimates: Sequence[Estimate]) -> Curve:
    return Curve(
        seconds,
        [one.value for one in estimates],
        [one.low for one in estimates],
        [one.high for one in estimates],
        [one.chance_high if one.chance_high is not None else one.chance for one in estimates],
    )


def _plain(figure: Estimate) -> str:
    return figure.sentence()


def _step(one: Comparison) -> str:
    """Say what a tolerance gives, in a sentence that anybody can read."""
    aligned = one.alignment
    within = f"Within {one.tolerance / 1_000_000:g} s at both edges"
    if aligned is None or not aligned.recall.n:
        return f"{within} there is nothing to compare."
    alike, theirs, yours = aligned.recall.count, aligned.recall.n, aligned.precision.n
    said = f"{within}, {alike} of the expert's {theirs} moments match one of the trainee's {yours}"
    if one.events.chance is None:
        return f"{said}."
    by_chance = round(one.events.chance * (theirs + yours) / 2)
    luck = "none" if by_chance == 0 else f"about {by_chance}"
    return f"{said}; the same marks elsewhere in the film would match {luck}."
