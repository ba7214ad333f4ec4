"""How reliable a rater is over a set of films: several figures side by side, never a single number.

A pure function of the ratings and their reference. Bands are those that the field uses for the correlation of the
total scores with the reference (.60, .80, .90); nobody is certified.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from vigwidgets.agreement import bland_altman, cohen_kappa, icc, lin_ccc, pearson, screening

__all__ = ["BANDS", "FEWEST", "Figure", "FilmRatings", "ItemFigures", "Reliability", "reliability"]

Band = Literal["none", "clinical", "research", "expert"]
"""In which band of the field a correlation of totals lies; ``none``: below all of them."""

BANDS: tuple[tuple[float, Band], ...] = ((0.90, "expert"), (0.80, "research"), (0.60, "clinical"))
"""From which correlation of totals the field speaks of which level, as a training exercise."""

FEWEST = 3
"""With fewer films there is no figure at all."""

_SETTLED = 20
_FOR_A_BAND = 10  # with fewer, one film may move the correlation across all bands
CAUTION = (
    "This is agreement in training, on these films, at this time. It certifies nobody, it is no basis for a clinical "
    "decision, and it says nothing about any baby or family."
)


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FilmRatings(_Data):
    """One film, as the rater and the reference rated it.

    Attributes:
        film: Its name, for the table.
        own: The rater's step of each item, as a number; an item that was not rated is left out.
        reference: The reference's.
        rated_at: When, ISO 8601 in UTC.
        again: The same rater's later ratings of the same film, for test–retest; none: there are none.
    """

    film: str
    own: dict[str, int]
    reference: dict[str, int]
    rated_at: str
    again: dict[str, int] = {}


class Figure(_Data):
    """One figure with its interval.

    Attributes:
        name: What it is called.
        value: The figure; None: it has none here.
        low: The interval's lower end.
        high: Its upper end.
        n: On how many films it rests.
        says: It in words, with its cautions.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int
    says: str


class ItemFigures(_Data):
    """One item over all films.

    Attributes:
        item: Its code.
        label: Its name.
        kappa: Quadratically weighted kappa with the reference.
        bias: By how many steps the rater lies above the reference on average; None: not rated.
        same: In how many films the step is the same.
        n: In how many films both rated it.
        says: What to know of this item.
    """

    item: str
    label: str
    kappa: Figure
    bias: float | None
    same: int
    n: int
    says: str


class Reliability(_Data):
    """A rater beside the reference over a set of films.

    Attributes:
        films: How many films were rated whole.
        band: The band in which the correlation lies: ``none``, ``clinical``, ``research``, ``expert``; None: too few.
        band_low: The band of the interval's lower end: what can be relied on.
        totals: Each film's totals: the rater's, the reference's.
        figures: Correlation, Lin's concordance, ICC(2,1) and bias of the totals, in this order.
        cutoff: What happens at the cut-off, in words; nothing without one.
        cutoff_errors: Films on different sides of the cut-off, by name.
        items: Each item, in the scale's order.
        drift: How the lean changes from the earlier half of the films to the later.
        retest: The correlation of totals between first and later ratings of the same films.
        sentences: The whole in words, strengths first.
    """

    films: int
    band: Band | None
    band_low: Band | None
    totals: dict[str, tuple[int, int]]
    figures: list[Figure]
    cutoff: str
    cutoff_errors: list[str]
    items: list[ItemFigures]
    drift: Figure
    retest: Figure
    sentences: list[str]


def reliability(
    films: Sequence[FilmRatings], items: Mapping[str, str], steps: int, cutoff: int | None = None
) -> Reliability:
    """Return how a rater's ratings agree with the reference over a set of films; their order does not matter.

    Args:
        films: What was rated. A film of which an item is missing counts for its items, not for the totals.
        items: The scale's items with their names, in order.
        steps: How many steps the scale has.
        cutoff: From which total on the scale calls for a closer look.
    """
    inorder = sorted(films, key=lambda one: (one.rated_at, one.film))
    whole = [one for one in inorder if set(items) <= set(one.own) and set(items) <= set(one.reference)]
    own = [sum(one.own[item] for item in items) for one in whole]
    key = [sum(one.reference[item] for item in items) for one in whole]
    figures = _of_totals(own, key)
    found = [_item(item, label, inorder, steps) for item, label in items.items()]
    wrong, words = _at_cutoff(whole, own, key, cutoff)
    correlation = figures[0]
    result = Reliability(
        films=len(whole),
        band=_band(correlation.value),
        band_low=_band(correlation.low),
        totals={one.film: (mine, theirs) for one, mine, theirs in zip(whole, own, key, strict=True)},
        figures=figures,
        cutoff=words,
        cutoff_errors=wrong,
        items=found,
        drift=_drift(whole, own, key),
        retest=_retest(whole, items),
        sentences=[],
    )
    return result.model_copy(update={"sentences": _sentences(result)})


def _band(value: float | None) -> Band | None:
    if value is None:
        return None
    return next((name for least, name in BANDS if value >= least), "none")


def _of_totals(own: Sequence[int], key: Sequence[int]) -> list[Figure]:
    n = len(own)
    names = ("Correlation of totals", "Lin's concordance", "ICC(2,1)", "Bias of totals")
    if n < FEWEST:
        return [_none(name, n) for name in names]
    bias = bland_altman(key, own)
    return [
        *(
            _figure(name, found)
            for name, found in zip(
                names,
                (pearson(own, key), lin_ccc(own, key), icc(np.column_stack([own, key]), "2,1", only_these=True)),
                strict=False,
            )
        ),
        Figure(name=names[3], value=bias.bias, low=bias.low, high=bias.high, n=n, says=_lean(bias.bias)),
    ]


def _none(name: str, n: int) -> Figure:
    films = "film was" if n == 1 else "films were"
    return Figure(name=name, value=None, n=n, says=f"{n} {films} rated whole; {FEWEST} at least make a figure.")


def _figure(name: str, found: Any) -> Figure:
    says = " ".join([found.sentence(), *found.warnings])
    return Figure(name=name, value=found.value, low=found.low, high=found.high, n=found.n, says=says)


def _lean(bias: float) -> str:
    if abs(bias) < 0.5:
        return "On average totals lie within half a point of the reference's."
    return f"Totals lie {abs(bias):.1f} points {'above' if bias > 0 else 'below'} the reference's on average."


def _item(item: str, label: str, films: Sequence[FilmRatings], steps: int) -> ItemFigures:
    both = [(one.own[item], one.reference[item]) for one in films if item in one.own and item in one.reference]
    n = len(both)
    same = sum(mine == theirs for mine, theirs in both)
    if n < FEWEST:
        kappa = _none("Weighted kappa", n)
    else:
        mine, theirs = [pair[0] for pair in both], [pair[1] for pair in both]
        kappa = _figure("Weighted kappa", cohen_kappa(mine, theirs, weights="quadratic", categories=list(range(steps))))
    bias = float(np.mean([mine - theirs for mine, theirs in both])) if both else None
    rare = n >= FEWEST and sum(theirs > 0 for _, theirs in both) < FEWEST
    says = (
        "In these films the reference hardly ever sees anything on this item, so that kappa says little; read the "
        "number of same steps."
        if rare
        else ""
    )
    return ItemFigures(item=item, label=label, kappa=kappa, bias=bias, same=same, n=n, says=says)


def _at_cutoff(
    films: Sequence[FilmRatings], own: Sequence[int], key: Sequence[int], cutoff: int | None
) -> tuple[list[str], str]:
    if cutoff is None or len(films) < FEWEST:
        return [], ""
    found = screening(own, key, cutoff)
    wrong = [
        one.film
        for one, mine, theirs in zip(films, own, key, strict=True)
        if (mine >= cutoff) != (theirs >= cutoff)
    ]  # fmt: skip
    return wrong, " ".join([found.sentence(), *found.warnings])


def _drift(films: Sequence[FilmRatings], own: Sequence[int], key: Sequence[int]) -> Figure:
    """Compare the lean of the later half with that of the earlier: an eye may grow milder or stricter over time."""
    n = len(films)
    if n < 2 * FEWEST:
        return Figure(
            name="Drift", value=None, n=n, says=f"{n} films are too few to see a drift; {2 * FEWEST} at least."
        )
    off = np.asarray(own, dtype=float) - np.asarray(key, dtype=float)
    early, late = off[: n // 2], off[n // 2 :]
    change = float(late.mean() - early.mean())
    error = float(np.sqrt(early.var(ddof=1) / len(early) + late.var(ddof=1) / len(late)))
    low, high = change - 1.96 * error, change + 1.96 * error
    days = (datetime.fromisoformat(films[-1].rated_at) - datetime.fromisoformat(films[0].rated_at)).days
    clear = low > 0 or high < 0
    says = (
        f"From the earlier to the later half ({days} days) totals moved by {change:+.1f} points against the reference"
        f"{', more than by chance' if clear else '; so much can be chance'}."
    )
    return Figure(name="Drift", value=change, low=low, high=high, n=n, says=says)


def _retest(films: Sequence[FilmRatings], items: Mapping[str, str]) -> Figure:
    twice = [one for one in films if set(items) <= set(one.again)]
    if len(twice) < FEWEST:
        says = f"{len(twice)} films were rated twice; {FEWEST} at least make a figure."
        return Figure(name="Test–retest", value=None, n=len(twice), says=says)
    first = [sum(one.own[item] for item in items) for one in twice]
    second = [sum(one.again[item] for item in items) for one in twice]
    return _figure("Test–retest", icc(np.column_stack([first, second]), "2,1", only_these=True))


_WORDS: dict[Band | None, str] = {
    "none": "below .60", "clinical": ".60 to .80", "research": ".80 to .90", "expert": ".90 and above",
}  # fmt: skip


def _together(found: Reliability, value: float, low: float | None, high: float | None) -> str:
    """Say how totals go together; a band is named only where enough films carry one, with its interval."""
    said = f"Your totals go with the reference's at {value:.2f}"
    if low is None or high is None:
        return f"{said}; {found.films} films are too few for a band, and allow no interval."
    between = f"from {found.films} films the interval reaches from {low:.2f} to {high:.2f}"
    if found.films < _FOR_A_BAND:
        return f"{said}; {between}, and they are too few for a band."
    return (
        f"{said}, in the band {_WORDS[found.band]}; {between}, so that only the band {_WORDS[found.band_low]} can be "
        "relied on."
    )


def _sentences(found: Reliability) -> list[str]:
    correlation, concordance = found.figures[0], found.figures[1]
    best = max((one for one in found.items if one.n), key=lambda one: one.same / one.n, default=None)
    said = []
    if best is not None:
        said.append(
            f"You and the reference are nearest on “{best.label}”: the same step in {best.same} of {best.n} films."
        )
    if correlation.value is None:
        return [*said, correlation.says, CAUTION]
    said.append(_together(found, correlation.value, correlation.low, correlation.high))
    if concordance.value is not None and correlation.value - concordance.value > 0.1:
        said.append(
            "A correlation does not see a rater who is milder or stricter throughout; Lin's concordance, which does, "
            f"is {concordance.value:.2f}. {found.figures[3].says}"
        )
    if found.cutoff_errors:
        said.append(f"On different sides of the cut-off: {', '.join(found.cutoff_errors)}.")
    if found.films < _SETTLED:
        said.append(f"{found.films} films are few; the field rates about {_SETTLED}.")
    return [*said, CAUTION]
