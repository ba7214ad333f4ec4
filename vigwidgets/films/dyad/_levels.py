"""Levels on a rating scale, from what can be counted in a film's acts."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._measures import MEASURES, measure
from vigwidgets.films.dyad._model import Script
from vigwidgets.resources import resource_path
from vigwidgets.yamls import read_file

__all__ = ["Count", "LevelRules", "check_ratings", "level_of", "level_rules"]

Steps = Annotated[list[float], Field(min_length=2, max_length=4)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Count(_Written):
    """One measure with its steps: level 0 from the first figure on, one more with each that is missed."""

    measure: str
    at_least: Steps | None = None
    at_most: Steps | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        steps = self.at_least or self.at_most
        if self.measure not in MEASURES or steps is None or (self.at_least and self.at_most):
            raise ValueError(f"a count needs a known measure ({', '.join(MEASURES)}) and at_least or at_most")
        if steps != sorted(steps, reverse=self.at_least is not None):
            raise ValueError("at_least falls and at_most rises from level to level")
        return self

    def level(self, figure: float) -> int:
        """Return the level of a figure."""
        steps = self.at_least or self.at_most or []
        kept = [figure >= step - 1e-9 if self.at_least else figure <= step + 1e-9 for step in steps]
        return kept.index(True) if True in kept else len(steps)

    def allowed(self, level: int) -> str:
        """Return in words which figures are of a level."""
        steps = self.at_least or self.at_most or []
        near, far = ("at least", "less than") if self.at_least else ("at most", "more than")
        parts = ([f"{near} {steps[level]:g}"] if level < len(steps) else []) + (
            [f"{far} {steps[level - 1]:g}"] if level else []
        )
        return " and ".join(parts)


class Item(_Written):
    """One item: what is counted."""

    says: str
    counts: Annotated[list[Count], Field(min_length=1, max_length=4)]


class LevelRules(_Written):
    """The rules of one scale."""

    id: Literal["adbb", "m-adbb"]
    about: str
    items: dict[str, Item]


@lru_cache
def level_rules(scale: str) -> LevelRules:
    """Return a scale's rules.

    Raises:
        Refusal: There are none, or the file is wrong.
    """
    data, lines = read_file(resource_path(f"course/films/levels/{scale}.yaml"))
    try:
        return LevelRules.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise lines.refusal(first["loc"], f"{first['msg']}.") from None


def level_of(script: Script, child: str, scale: str, item: str) -> int:
    """Return the level of an item that a film's acts show: the worst that its measures give."""
    rules = level_rules(scale).items[item]
    return max(count.level(measure(script, child, count.measure)) for count in rules.counts)


def check_ratings(script: Script) -> None:
    """Check that the acts show the levels that a script claims, and that a scale is rated whole.

    Raises:
        Refusal: An item is unknown, missing, or has another level; one sentence with figures and what is allowed.
    """
    seen: dict[tuple[str, str], set[str]] = {}
    for i, rating in enumerate(script.ratings):
        key = f"rating:{i}"
        rules = level_rules(rating.scheme)
        if rating.item not in rules.items:
            raise _no(
                script, key, f"{rating.scheme!r} has no item {rating.item!r}; its items are {', '.join(rules.items)}."
            )
        child = next((person for person in script.cast if person.id == rating.of and person.baby), None)
        if child is None:
            raise _no(script, key, f"{rating.of!r} cannot be rated; name a baby of the cast.")
        items = seen.setdefault((rating.scheme, rating.of), set())
        if rating.item in items:
            raise _no(script, key, f"{rating.item!r} is rated twice for {rating.of!r}; keep one.")
        items.add(rating.item)
        for count in rules.items[rating.item].counts:
            _check_count(script, key, i, count)
    for (scale, child_id), items in seen.items():
        missing = [item for item in level_rules(scale).items if item not in items]
        if missing:
            raise _no(script, "ratings", f"{scale!r} of {child_id!r} lacks {', '.join(missing)}; rate every item.")


def _check_count(script: Script, key: str, i: int, count: Count) -> None:
    rating = script.ratings[i]
    rules = level_rules(rating.scheme).items[rating.item]
    steps = len(count.at_least or count.at_most or [])
    if rating.level > steps:
        raise _no(script, key, f"level {rating.level} is not on {rating.scheme!r}; allowed is 0 to {steps}.")
    shown = level_of(script, rating.of, rating.scheme, rating.item)
    figure = measure(script, rating.of, count.measure)
    if shown != rating.level and (len(rules.counts) == 1 or count.level(figure) != rating.level):
        raise _no(
            script,
            key,
            f"{rating.item!r} is said to be {rating.level}, and the acts show {shown}: "
            f"{count.measure} is {figure:.3g}; level {rating.level} needs {count.allowed(rating.level)}.",
        )


def _no(script: Script, key: str, sentence: str) -> Refusal:
    return Refusal(f"{script.source}, line {script.lines.get(key, 1)}: {sentence}")
