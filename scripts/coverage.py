"""How often a 95 % interval of agreement holds the figure of the long run, by simulation.

    python -m scripts.coverage                 every row, 200 samples each, as in docs/agreement.md
    python -m scripts.coverage --samples 100 --measure α
    python -m scripts.coverage --samples 2000 --population ADBB

A sample is drawn from a population whose figure is known, the interval is calculated as the product does it, and it is
counted whether the figure lies inside. Samples without an interval are left out: nothing was promised there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement import (
    Estimate,
    IccEstimate,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    icc,
    krippendorff_alpha,
    lin_ccc,
    pearson,
)
from vigwidgets.agreement._alpha import Level

__all__ = ["LEAST", "ROWS", "Coverage", "Row", "main", "measured"]

LEAST = 0.90
SIZES = (10, 20, 50)
Table = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], Table]
Figure = Callable[[Table], Estimate]


@dataclass(frozen=True)
class Row:
    """A measure on samples of one population.

    Attributes:
        measure: Its name.
        population: What the samples are drawn from, in words.
        draw: Draws a table (units, raters).
        figure: Calculates the measure with its interval.
        truth: The population's figure; None: that of a very large sample.
    """

    measure: str
    population: str
    draw: Draw
    figure: Figure
    truth: float | None


@dataclass(frozen=True)
class Coverage:
    """How often an interval held.

    Attributes:
        held: Of the samples with an interval, the part that holds the figure.
        shown: How many samples have an interval.
        width: The intervals' mean length.
    """

    held: float
    shown: int
    width: float


def named(shares: Sequence[float], raters: int, sure: float) -> Draw:
    """Return a population of categories: a rater names the truth, or else any category as common as it is."""

    def draw(random: np.random.Generator, n: int) -> Table:
        truth = random.choice(len(shares), size=(n, 1), p=shares)
        blind = random.choice(len(shares), size=(n, raters), p=shares)
        return np.where(random.random((n, raters)) < sure, truth, blind).astype(float)

    return draw


def steps(shares: Sequence[float], raters: int, sure: float = 0.8) -> Draw:
    """Return a population of ordered steps: a rater gives the truth, or a step beside it."""

    def draw(random: np.random.Generator, n: int) -> Table:
        truth = random.choice(len(shares), size=(n, 1), p=shares)
        beside = np.clip(truth + random.choice([-1, 1], size=(n, raters)), 0, len(shares) - 1)
        return np.where(random.random((n, raters)) < sure, truth, beside).astype(float)

    return draw


def totals(targets: float, raters_sd: float, error: float, raters: int = 2) -> Draw:
    """Return a population of numbers: standard deviations of targets, of raters' levels, and of what is left."""

    def draw(random: np.random.Generator, n: int) -> Table:
        found = random.normal(0, targets, (n, 1)) + random.normal(0, error, (n, raters))
        return np.asarray(found + random.normal(0, 1, (1, raters)) * raters_sd)

    return draw


def apart(targets: float, bias: float, error: float) -> Draw:
    """Return two raters of whom the second is higher by ``bias``, the same in every sample."""

    def draw(random: np.random.Generator, n: int) -> Table:
        both = random.normal(0, targets, (n, 1)) + random.normal(0, error, (n, 2))
        return np.asarray(both + np.array([0.0, bias]))

    return draw


def long_tailed(errors: Sequence[int], own: Sequence[int] = (0,)) -> Draw:
    """Return totals such as the ADBB's of a community: mean 2.2, one in six at 5 or more; and by how much each errs."""

    def draw(random: np.random.Generator, n: int) -> Table:
        truth = random.negative_binomial(0.8, 0.8 / (0.8 + 2.2), size=n)
        both = [truth + random.choice(tuple(err), size=n) for err in (own, errors)]
        return np.asarray(np.clip(np.column_stack(both), 0, 32), dtype=float)

    return draw


def nearly_all_nought(random: np.random.Generator, n: int) -> Table:
    """Draw totals of which 85 in 100 are nought, and each rater finds a point more in half of all."""
    truth = np.where(random.random((n, 1)) < 0.85, 0, random.integers(3, 15, (n, 1)))
    return np.asarray(truth + random.integers(0, 2, (n, 2)), dtype=float)


def log_normal(random: np.random.Generator, n: int) -> Table:
    """Draw numbers with a tail so long that the largest of a sample nearly always makes the figure."""
    return np.asarray(np.exp(random.normal(0, 1, (n, 1))) + random.normal(0, 0.5, (n, 2)))


def counted(raters: int) -> Draw:
    """Return totals around 4, all but symmetric, a point up or down."""

    def draw(random: np.random.Generator, n: int) -> Table:
        truth = random.poisson(4, size=(n, 1))
        return np.asarray(np.clip(truth + random.integers(-1, 2, size=(n, raters)), 0, 32), dtype=float)

    return draw


def _others(found: IccEstimate) -> Estimate:
    """Return ICC(2,1) with the interval for raters at large in the place of that for these."""
    return replace(found, low=found.others_low, high=found.others_high)


def _kappa(categories: Sequence[int], weights: Literal["quadratic"] | None = None) -> Figure:
    return lambda table: cohen_kappa(*table.T, weights=weights, categories=categories)


def _fleiss(categories: Sequence[int], weights: Literal["quadratic"] | None = None) -> Figure:
    return lambda table: fleiss_kappa(table, weights=weights, categories=categories)


def _alpha(level: Level, categories: Sequence[int] | None = None) -> Figure:
    return lambda table: krippendorff_alpha(table, level, categories=categories)


def _gwet(categories: Sequence[int], ordered: bool = False) -> Figure:
    return lambda table: (gwet_ac2 if ordered else gwet_ac1)(table, categories=categories)


def _rows() -> list[Row]:
    return [*_categories(), *_steps(), *_numbers()]


def _categories() -> list[Row]:
    found = []
    for shares, sure in (((0.5, 0.5), 0.8), ((0.8, 0.2), 0.8), ((0.8, 0.2), 0.95), ((0.95, 0.05), 0.8),
                         ((0.95, 0.05), 0.95), ((0.7, 0.2, 0.1), 0.9)):  # fmt: skip
        q, even = len(shares), float(sum(share**2 for share in shares))
        kappa = sure**2
        seen, by_gwet = kappa + (1 - kappa) * even, (1 - even) / (q - 1)
        ac1 = (seen - by_gwet) / (1 - by_gwet)
        words = f"{' : '.join(f'{100 * share:g}' for share in shares)}, κ {kappa:.2f}"
        names = list(range(q))
        two, three, five = (named(shares, raters, sure) for raters in (2, 3, 5))
        found += [
            Row("Cohen's κ", words, two, _kappa(names), kappa),
            Row("Fleiss' κ, 3 raters", words, three, _fleiss(names), kappa),
            Row("α nominal, 2 raters", words, two, _alpha("nominal", names), kappa),
            Row("α nominal, 5 raters", words, five, _alpha("nominal", names), kappa),
            Row("AC1, 2 raters", words, two, _gwet(names), ac1),
        ]
    return found


def _steps() -> list[Row]:
    found = []
    for words, shares in (("five steps, 40 : 30 : 15 : 10 : 5", (0.4, 0.3, 0.15, 0.1, 0.05)),
                          ("five steps, 80 : 12 : 5 : 2 : 1", (0.8, 0.12, 0.05, 0.02, 0.01))):  # fmt: skip
        two, three, names = steps(shares, 2), steps(shares, 3), list(range(5))
        found += [
            Row("Cohen's κ quadratic", words, two,
                _kappa(names, "quadratic"), None),
            Row("Fleiss' κ quadratic, 3 raters", words, three,
                _fleiss(names, "quadratic"), None),
            Row("AC2 quadratic, 2 raters", words, two, _gwet(names, ordered=True), None),
            Row("α ordinal, 2 raters", words, two, _alpha("ordinal"), None),
            Row("α interval, 3 raters", words, three, _alpha("interval"), None),
        ]  # fmt: skip
    return found


def _numbers() -> list[Row]:
    found = []
    for of_targets, of_raters, error in ((3.0, 0.0, 1.0), (1.0, 0.0, 1.0), (3.0, 1.0, 1.0), (3.0, 2.0, 1.0)):
        whole = of_targets**2 + of_raters**2 + error**2
        truth, words = of_targets**2 / whole, f"spread {of_targets:g} : {of_raters:g} : {error:g}"
        draw = totals(of_targets, of_raters, error)
        bias = apart(of_targets, of_raters * 2**0.5, error)
        found += [
            Row("ICC(2,1), these 2 raters", words, bias, lambda t: icc(t, "2,1"), truth),
            Row("ICC(2,1), 2 raters for all", words, draw, lambda t: _others(icc(t, "2,1")), truth),
            Row("ICC(2,1), 3 raters for all", words, totals(of_targets, of_raters, error, 3),
                lambda t: _others(icc(t, "2,1")), truth),
            Row("Lin's concordance", words, bias, lambda t: lin_ccc(*t.T), truth),
        ]  # fmt: skip
        if not of_raters:
            found += [
                Row("Pearson's correlation", words, draw, lambda t: pearson(*t.T), truth),
                Row("α interval, 2 raters", words, draw, _alpha("interval"), truth),
                Row("ICC(1,1), 2 raters", words, draw, lambda t: icc(t, "1,1"), truth),
                Row("ICC(3,1), 2 raters", words, draw, lambda t: icc(t, "3,1"), truth),
            ]
    even = counted(2)
    return [
        *found,
        Row("Lin's concordance", "totals around 4", even, lambda t: lin_ccc(*t.T), None),
        Row("α interval, 2 raters", "totals around 4", even, _alpha("interval"), None),
        Row("α ordinal, 2 raters", "totals around 4", even, _alpha("ordinal"), None),
        *_long_tails(),
    ]


def _long_tails() -> list[Row]:
    populations: tuple[tuple[str, Draw], ...] = (
        ("ADBB totals, careful trainee", long_tailed((-1, 0, 0, 1))),
        ("ADBB totals, worse trainee", long_tailed((-4, -2, -1, 0, 0, 1, 2, 4))),
        ("ADBB totals, both err", long_tailed((-1, 0, 0, 1), (-1, 0, 0, 1))),
        ("85 of 100 totals nought", nearly_all_nought),
        ("log-normal", log_normal),
    )
    return [
        Row(measure, words, draw, figure, None)
        for words, draw in populations
        for measure, figure in (
            ("Pearson's correlation", lambda t: pearson(*t.T)),
            ("Lin's concordance", lambda t: lin_ccc(*t.T)),
            ("ICC(2,1), these 2 raters", lambda t: icc(t, "2,1", only_these=True)),
        )
    ]


ROWS = _rows()


@cache
def truth_of(row: Row) -> float:
    """Return the population's figure."""
    if row.truth is not None:
        return row.truth
    random = np.random.default_rng(1)
    # A mean of large samples is as good as one that is larger still, and drawing again from that takes a minute.
    found = [row.figure(row.draw(random, 20_000 if "α" not in row.measure else 2_000)).value for _ in range(20)]
    return float(np.mean([value for value in found if value is not None]))


def measured(row: Row, n: int, samples: int, seed: int = 0) -> Coverage:
    """Return how often the interval from ``n`` units held the figure.

    Args:
        row: The measure and the population.
        n: Units in a sample.
        samples: How many to draw.
        seed: For other samples.
    """
    random, truth = np.random.default_rng([seed, n]), truth_of(row)
    held, width = [], []
    for _ in range(samples):
        found = row.figure(row.draw(random, n))
        if found.low is not None and found.high is not None:
            held.append(found.low - 1e-9 <= truth <= found.high + 1e-9)
            width.append(found.high - found.low)
    shown = len(held)
    return Coverage(sum(held) / shown if shown else float("nan"), shown, sum(width) / shown if shown else float("nan"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if any interval holds less often than it must."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--samples", type=int, default=200)
    asked.add_argument("--measure", default="", help="only measures whose name holds this")
    asked.add_argument("--population", default="", help="only populations whose description holds this")
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args(arguments)
    print("| measure | population | true | " + " | ".join(f"n = {n}" for n in SIZES) + " |")
    print("|---|---|---|" + "---|" * len(SIZES))
    short = 0
    for row in ROWS:
        if given.measure.lower() not in row.measure.lower() or given.population.lower() not in row.population.lower():
            continue
        found = [measured(row, n, given.samples, given.seed) for n in SIZES]
        short += sum(one.held < LEAST for one in found)
        cells = " | ".join(f"{100 * one.held:.0f} ({one.width:.2f})" for one in found)
        print(f"| {row.measure} | {row.population} | {truth_of(row):.2f} | {cells} |", flush=True)
    print(f"\n{short} of {len(SIZES)} × the rows below {100 * LEAST:g} of 100.", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
