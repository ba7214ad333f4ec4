"""The measures of ratings by name, so that a command, a notebook or a course file can ask for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from vigwidgets.agreement._alpha import krippendorff_alpha
from vigwidgets.agreement._concordance import BlandAltman, bland_altman, lin_ccc, pearson
from vigwidgets.agreement._cutoff import Screening, screening
from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._icc import icc
from vigwidgets.agreement._kappa import cohen_kappa
from vigwidgets.agreement._multirater import brennan_prediger, fleiss_kappa, gwet_ac1, gwet_ac2, percent_agreement
from vigwidgets.agreement._ratings import rows
from vigwidgets.errors import Refusal

__all__ = ["MEASURES", "Measure", "Result", "measure", "measure_named"]

Result = Estimate | BlandAltman | Screening
Categories = Sequence[Any] | None


@dataclass(frozen=True)
class Measure:
    """A measure of ratings.

    Attributes:
        name: What one asks for.
        about: What it is for, in a few words.
        of: Calculates it from a table (units × raters), the categories if any, and the cut-off if any.
        two: Whether it is for exactly two raters.
        cut_off: Whether it needs a cut-off.
        also: Other names that people use.
    """

    name: str
    about: str
    of: Callable[[Any, Categories, float | None], Result]
    two: bool = False
    cut_off: bool = False
    also: tuple[str, ...] = ()


def _columns(table: Any) -> tuple[list[Any], list[Any]]:
    cells = rows(table).tolist()
    return [row[0] for row in cells], [row[1] for row in cells]


def _both(of: Callable[[list[Any], list[Any]], Result]) -> Callable[[Any, Categories, float | None], Result]:
    return lambda table, _categories, _cut_off: of(*_columns(table))


def _cohen(weights: Any) -> Callable[[Any, Categories, float | None], Result]:
    return lambda table, categories, _: cohen_kappa(*_columns(table), weights=weights, categories=categories)


def _fleiss(weights: Any) -> Callable[[Any, Categories, float | None], Result]:
    return lambda table, categories, _: fleiss_kappa(table, weights=weights, categories=categories)


def _alpha(level: Any) -> Callable[[Any, Categories, float | None], Result]:
    return lambda table, categories, _: krippendorff_alpha(table, level, categories=categories)


def _ac2(weights: Any) -> Callable[[Any, Categories, float | None], Result]:
    return lambda table, categories, _: gwet_ac2(table, weights=weights, categories=categories)


def _icc(kind: str) -> Callable[[Any, Categories, float | None], Result]:
    return lambda table, _categories, _cut_off: icc(table, kind)


_SAME = "two raters, categories without order"
_STEPS = "two raters, ordered steps"
MEASURES: tuple[Measure, ...] = (
    Measure("cohen-kappa", _SAME, _cohen(None), two=True, also=("kappa", "cohen")),
    Measure("cohen-kappa-linear", _STEPS, _cohen("linear"), two=True, also=("kappa-linear", "kw-linear")),
    Measure(
        "cohen-kappa-quadratic",
        _STEPS,
        _cohen("quadratic"),
        two=True,
        also=("kappa-quadratic", "kw-quadratic", "weighted-kappa"),
    ),
    Measure("fleiss-kappa", "many raters, categories", _fleiss(None), also=("fleiss", "fleiss-gwet")),
    Measure("fleiss-kappa-linear", "many raters, ordered steps", _fleiss("linear")),
    Measure("fleiss-kappa-quadratic", "many raters, ordered steps", _fleiss("quadratic")),
    *(
        Measure(f"krippendorff-alpha-{level}", f"many raters, gaps, {about}", _alpha(level), also=(f"alpha-{level}",))
        for level, about in (
            ("nominal", "categories"),
            ("ordinal", "ranks"),
            ("interval", "numbers"),
            ("ratio", "numbers with a true zero"),
        )
    ),
    Measure(
        "gwet-ac1",
        "many raters, categories, nearly all of one kind",
        lambda t, c, _: gwet_ac1(t, categories=c),
        also=("ac1",),
    ),
    Measure(
        "gwet-ac2",
        "many raters, ordered steps, nearly all of one kind",
        _ac2("quadratic"),
        also=("ac2", "gwet-ac2-quadratic", "ac2-quadratic"),
    ),
    Measure("gwet-ac2-linear", "the same with linear weights", _ac2("linear"), also=("ac2-linear",)),
    *(
        Measure(
            f"icc-{kind.replace(',', '-')}",
            f"numbers, {'one rater' if kind.endswith('1') else 'the mean of all raters'}, {about}",
            _icc(kind),
            also=(f"icc({kind})", *(f"icc({letter},{kind[-1]})" for letter in letters)),
        )
        for kind, about, letters in (
            ("1,1", "each target has its own", ""),
            ("2,1", "level counts", "a"),
            ("3,1", "level does not count", "c"),
            ("1,k", "each target has its own", ""),
            ("2,k", "level counts", "a"),
            ("3,k", "level does not count", "c"),
        )
    ),
    *(
        Measure(name, f"two raters, numbers{about}", _both(of), two=True, also=also)
        for name, about, of, also in (
            ("lin-ccc", ": nearness to saying the same", lin_ccc, ("ccc", "lin", "lin-concordance")),
            ("pearson", "; blind to leniency", pearson, ("r", "pearson-r", "correlation")),
            ("bland-altman", ": bias and limits, second less first", bland_altman, ("bias",)),
        )
    ),
    Measure(
        "screening",
        "a rater (first column) and a reference (second) at a cut-off",
        lambda t, _, cut_off: screening(*_columns(t), cut_off or 0.0),
        two=True,
        cut_off=True,
        also=("sensitivity", "specificity", "sensitivity-specificity"),
    ),
    Measure(
        "brennan-prediger",
        "many raters, chance the same for all categories",
        lambda t, c, _: brennan_prediger(t, categories=c),
        also=("bp",),
    ),
    Measure(
        "percent-agreement",
        "how often two raters agree, nothing off for chance",
        lambda t, c, _: percent_agreement(t, categories=c),
        also=("agreement", "percent", "po", "percent-agreement-gwet"),
    ),
)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


_BY_NAME = {_plain(name): one for one in MEASURES for name in (one.name, *one.also)}


def measure_named(name: str) -> Measure:
    """Return a measure by its name; capitals, brackets and dashes do not matter.

    Raises:
        Refusal: There is none of that name.
    """
    found = _BY_NAME.get(_plain(name))
    if found is None:
        names = [one.name for one in MEASURES]
        asked = name.lower().replace("_", "-")
        # A name that begins several says no more than that: which of them is for whoever asks to say.
        near = [one for one in names if one.startswith(f"{asked}-")] or get_close_matches(asked, names, n=1, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}? Known are" if near else "known are"
        raise Refusal(f"The measure {name!r} is not known; {hint} {', '.join(names)}.")
    return found


def measure(table: Any, name: str, *, categories: Categories = None, cut_off: float | None = None) -> Result:
    """Calculate a measure by its name.

    Args:
        table: Shape (units, raters); None, NaN or "" where missing.
        name: For example ``"krippendorff-alpha-ordinal"`` or ``"ICC(2,1)"``.
        categories: All that could be chosen, in order; None: those that were.
        cut_off: For ``"screening"``: a score of this or more is a finding.

    Raises:
        Refusal: An unknown name, the wrong number of raters, no cut-off, or ratings that the measure cannot take.
    """
    found = measure_named(name)
    cells = rows(table)
    if found.two and cells.shape[1] != 2:
        raise Refusal(
            f"{found.name} compares two raters, and the table has {cells.shape[1]}; leave two columns, or choose a "
            "measure for many raters such as fleiss-kappa or krippendorff-alpha-nominal."
        )
    if found.cut_off and cut_off is None:
        raise Refusal(f"{found.name} needs a cut-off: the score from which on it is a finding, for example 5.")
    return found.of(table, categories, cut_off)
