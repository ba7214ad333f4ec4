"""Agreement: a hundred observers of a ten-minute film, each with each; and the field's packages beside ours.

The others are plain Python loops, written as one would on paper, and the packages that have the coefficient. Each row
first asserts that both give the same result. Where the other is slow it does a part, and its time is scaled.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater

from vigwidgets.agreement import Setting, cohen_kappa, fleiss_kappa, icc, krippendorff_alpha, pairwise
from vigwidgets.agreement._panel import panel
from vigwidgets.agreement._unitizing import unitizing_parts
from vigwidgets.contract import Member, Observation, SchemeRef, Tag

OBSERVERS, TAGS, CODES, SECONDS = 100, 500, 7, 600
SAMPLE = 12
TARGET_S = 10.0
TOLERANCE, REACH, UNIT = 500_000, 2_000_000, 100_000
Row = tuple[int, int, int]  # code, start, end


def run() -> list[dict[str, Any]]:
    """Measure all in one run."""
    observers = cohort()
    return [
        all_pairs(observers),
        unitizing(observers),
        alpha(),
        alpha_in_loops(),
        one("Cohen's kappa, 200,000 units (other: scikit-learn)", *kappa()),
        one("Fleiss' kappa, 5,000 units × 20 (other: statsmodels)", *fleiss()),
        one("six ICCs, 200 targets × 10 (other: pingouin)", *iccs()),
    ]


def timed(call: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Return the best time of some, and the result."""
    best, result = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        result = call()
        best = min(best, time.perf_counter() - start)
    return best, result


def row(name: str, ours: float, other: float, target: str, holds: bool) -> dict[str, Any]:
    unit, scale = ("s", 1.0) if other >= 1 else ("ms", 1000.0)
    return {
        "name": name,
        "ours": round(ours * scale, 3),
        "other": round(other * scale, 3),
        "unit": unit,
        "ratio": round(other / ours, 1),
        "target": target,
        "holds": holds,
    }


def one(name: str, ours: Callable[[], float], other: Callable[[], float]) -> dict[str, Any]:
    mine, value = timed(ours)
    theirs, same = timed(other)
    assert abs(value - same) < 1e-6, (name, value, same)
    return row(name, mine, theirs, "same result, no slower (ratio ≥ 0.8)", theirs >= 0.8 * mine)


def cohort() -> list[Observation]:
    """Return observers of one truth, each with errors of their own."""
    random = np.random.default_rng(5)
    truth = np.sort(random.uniform(0, SECONDS - 6, TAGS))
    lengths, codes = random.uniform(0.5, 4, TAGS), random.integers(0, CODES, TAGS)
    cast = [Member(id="baby", role="child", name="Mila"), Member(id="mother", role="parent", name="Jana")]
    found = []
    for who in range(OBSERVERS):
        start = np.clip(truth + random.normal(0, 0.3, TAGS), 0, SECONDS - 1)
        end = np.minimum(start + np.maximum(0.1, lengths + random.normal(0, 0.3, TAGS)), SECONDS)
        named = np.where(random.random(TAGS) < 0.15, random.integers(0, CODES, TAGS), codes)
        lost = random.random(TAGS) < 0.1
        start = np.where(lost, random.uniform(0, SECONDS - 6, TAGS), start)
        end = np.where(lost, start + 1, end)
        tags = [
            Tag(id=f"t{at}", code=str(named[at]), actor="mother", target="baby",
                start=int(start[at] * 1e6), end=int(end[at] * 1e6))
            for at in range(TAGS)
        ]  # fmt: skip
        found.append(
            Observation(id=f"o{who}", film="long", duration=SECONDS * 1_000_000, observer=f"o{who}", cast=cast,
                        scheme=SchemeRef(id="paig", version="1"), tags=tags)
        )  # fmt: skip
    return found


def all_pairs(observers: list[Observation]) -> dict[str, Any]:
    setting = Setting(tolerance=TOLERANCE, reach=REACH, unit=UNIT)
    ours, found = timed(lambda: pairwise(observers, setting), 2)
    rows = [sorted((int(tag.code), tag.start, tag.end or tag.start) for tag in one.tags) for one in observers]
    pairs = list(combinations(range(OBSERVERS), 2))
    some = [pairs[int(at)] for at in np.random.default_rng(1).choice(len(pairs), SAMPLE, replace=False)]
    start = time.perf_counter()
    plain = [(kappa_in_loops(rows[a], rows[b]), alignment_in_loops(rows[a], rows[b])) for a, b in some]
    other = (time.perf_counter() - start) / SAMPLE * len(pairs)
    for (a, b), (kappa_, counts) in zip(some, plain, strict=True):
        assert abs(found.time[a, b] - kappa_) < 1e-9
        assert counts == (found.matched[a, b], found.shifted[a, b], found.mislabelled[a, b]), (a, b, counts)
    name = (
        f"{len(pairs):,} pairs of observers, {TAGS} tags, {SECONDS // 60} min: time and events (other: loops, scaled)"
    )
    return row(name, ours, other, f"ours ≤ {TARGET_S:g} s, same result", ours <= TARGET_S)


def kappa_in_loops(first: list[Row], second: list[Row]) -> float:
    """Return the pooled time-unit kappa, unit by unit."""
    n, reach = SECONDS * 1_000_000 // UNIT, TOLERANCE // UNIT
    top = below = 0.0
    for code in range(CODES):
        said = []
        for tags in (first, second):
            units = [False] * n
            for named, start, end in tags:
                if named != code:
                    continue
                covered = [at for at in range(start // UNIT, min(n, end // UNIT + 1))
                           if start <= at * UNIT + UNIT // 2 < end]  # fmt: skip
                for at in covered or [start // UNIT]:
                    units[at] = True
            said.append(units)
        a, b = said
        both = one = other = 0
        for at in range(n):
            near_a, near_b = any(a[max(0, at - reach) : at + reach + 1]), any(b[max(0, at - reach) : at + reach + 1])
            yes_a, yes_b = a[at] or (b[at] and near_a), b[at] or (a[at] and near_b)
            both += yes_a and yes_b
            one += yes_a and not yes_b
            other += yes_b and not yes_a
        if both + one + other:
            p, q = (both + one) / n, (both + other) / n
            chance = p * q + (1 - p) * (1 - q)
            top += 1 - (one + other) / n - chance
            below += 1 - chance
    return top / below


def alignment_in_loops(first: list[Row], second: list[Row]) -> tuple[int, int, int]:
    """Return how many tags match, are shifted, have another name: the best alignment, over all pairs of tags."""
    worth = np.zeros((len(first), len(second)))
    many = min(len(first), len(second))
    steps = [0.0, many + 1.0]
    steps += [many * (steps[1] + 1) + 1]
    steps += [many * (steps[2] + 1) + 1]
    for i, (code, start, end) in enumerate(first):
        for j, (code2, start2, end2) in enumerate(second):
            apart = max(abs(start - start2), abs(end - end2))
            if code == code2 and apart <= TOLERANCE:
                worth[i, j] = steps[3]
            elif code == code2 and (abs(start - start2) <= REACH or (start2 < end and start < end2)):
                worth[i, j] = steps[2]
            elif code != code2 and apart <= TOLERANCE:
                worth[i, j] = steps[1]
    chosen = worth[linear_sum_assignment(worth, maximize=True)]
    return tuple(int((chosen == step).sum()) for step in steps[:0:-1])  # type: ignore[return-value]


def unitizing(observers: list[Observation]) -> dict[str, Any]:
    few = panel(observers[:4])
    arguments = (few.events, 4, len(few.codes), few.duration)
    ours, value = timed(lambda: float(unitizing_parts(*arguments, form="2004", unit=UNIT).alpha()[0]))
    other, same = timed(lambda: unitizing_in_loops(few.events, len(few.codes)), 1)
    assert abs(value - same) < 1e-9, (value, same)
    name = f"unitizing alpha, 4 observers, {TAGS} tags (other: loops)"
    return row(name, ours, other, "same result, ratio ≥ 10", other >= 10 * ours)


def unitizing_in_loops(events: Any, codes: int) -> float:
    """Return unitizing alpha of 2004 from its sums, section by section."""
    whole, m, all_seen, all_chance = SECONDS * 1_000_000 // UNIT, 4, 0.0, 0.0
    for code in range(codes):
        sections = []
        for owner in range(m):
            mine = np.flatnonzero((events.owner == owner) & (events.code == code))
            spans = sorted((round(events.start[at] / UNIT), round(events.end[at] / UNIT)) for at in mine)
            line: list[Row] = []
            at = 0
            for start, end in ((start, max(start + 1, end)) for start, end in spans):
                start, end = max(start, at), min(end, whole)  # noqa: PLW2901
                if end <= start:
                    continue
                line += [(at, start - at, 0)] if start > at else []
                line.append((start, end - start, 1))
                at = end
            sections.append(line + ([(at, whole - at, 0)] if at < whole else []))
        seen = top = 0.0
        inside, count = 0, sum(unit for line in sections for _, _, unit in line)
        for i, line in enumerate(sections):
            for b, size, unit in line:
                for j, other in enumerate(sections):
                    for b2, size2, unit2 in other if i != j else ():
                        if unit and unit2 and -size < b - b2 < size2:
                            seen += (b - b2) ** 2 + (b + size - b2 - size2) ** 2
                        elif unit and not unit2 and size2 - size >= b - b2 >= 0:
                            seen += 2 * size**2
                if unit:
                    room = sum(s - size + 1 for other in sections for _, s, u in other if not u and s >= size)
                    top += (count - 1) / 3 * (2 * size**3 - 3 * size**2 + size) + size**2 * room
                    inside += size * (size - 1)
        all_seen += seen / (m * (m - 1) * whole**2)
        all_chance += 2 / whole * top / (m * whole * (m * whole - 1) - inside)
    return 1 - all_seen / all_chance


def ratings(units: int, raters: int, steps: int, gaps: float = 0.0) -> NDArray[np.float64]:
    random = np.random.default_rng(9)
    truth = random.integers(0, steps, units)
    noise = random.integers(0, steps, (units, raters))
    table = np.where(random.random((units, raters)) < 0.4, noise, truth[:, None]).astype(float)
    table[random.random((units, raters)) < gaps] = np.nan
    return table


def alpha() -> dict[str, Any]:
    table = ratings(5000, 100, 10, gaps=0.2)
    return one(
        "ordinal alpha, 5,000 units × 100 with gaps (other: krippendorff)",
        lambda: krippendorff_alpha(table, "ordinal", resamples=0).value or 0.0,
        lambda: float(krippendorff.alpha(reliability_data=table.T, level_of_measurement="ordinal")),
    )


def alpha_in_loops() -> dict[str, Any]:
    table = ratings(300, 6, 5, gaps=0.2)
    cells = [[None if np.isnan(cell) else int(cell) for cell in unit] for unit in table]

    def loops() -> float:
        kept = [[value for value in unit if value is not None] for unit in cells]
        kept = [unit for unit in kept if len(unit) > 1]
        values = [value for unit in kept for value in unit]
        seen = sum((a - b) ** 2 / (len(unit) - 1) for unit in kept for a in unit for b in unit) / len(values)
        chance = sum((a - b) ** 2 for a in values for b in values) / (len(values) * (len(values) - 1))
        return 1 - seen / chance

    ours, value = timed(lambda: krippendorff_alpha(table, "interval", resamples=0).value)
    other, same = timed(loops, 1)
    assert abs(value - same) < 1e-9
    name = "interval alpha, 300 units × 6 (other: loops)"
    return row(name, ours, other, "same result, ratio ≥ 10", other >= 10 * ours)


def kappa() -> tuple[Callable[[], float], Callable[[], float]]:
    first, second = ratings(200_000, 2, 8).T
    return (
        lambda: cohen_kappa(first, second, weights="quadratic").value or 0.0,
        lambda: float(cohen_kappa_score(first, second, weights="quadratic")),
    )


def fleiss() -> tuple[Callable[[], float], Callable[[], float]]:
    table = ratings(5000, 20, 6)
    return (
        lambda: fleiss_kappa(table).value or 0.0,
        lambda: float(inter_rater.fleiss_kappa(inter_rater.aggregate_raters(table.astype(int))[0])),
    )


def iccs() -> tuple[Callable[[], float], Callable[[], float]]:
    table = ratings(200, 10, 30)
    long = pd.DataFrame(table).reset_index().melt("index")
    kinds = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
    return (
        lambda: sum(icc(table, kind).value or 0.0 for kind in kinds),
        lambda: float(pingouin.intraclass_corr(long, "index", "variable", "value")["ICC"].sum()),
    )
