"""Put a film's parameters into a phrase's lines: names, levels, and what a seed may choose."""

from __future__ import annotations

import random
import re
from typing import Any

__all__ = ["Unfit", "chosen", "fill", "wanted"]

_NAMED = re.compile(
    r"\$(?:\{(?P<braced>[a-z][a-z0-9_-]*)(?P<bname>\.name)?\}|(?P<plain>[a-z][a-z0-9_]*)(?P<name>\.name)?)"
)
_LONGEST = 400
_FRAME = 0.04


class Unfit(Exception):
    """A line of a phrase that cannot be filled; its text says why."""


def wanted(line: dict[str, Any], values: dict[str, Any]) -> bool:
    """Whether a line is there at all: ``only: {warmth: [2, 3, 4]}`` leaves it out at other levels.

    Raises:
        Unfit: ``only`` is not a mapping of parameters to lists.
    """
    only = line.get("only", {})
    if not isinstance(only, dict):
        raise Unfit("`only` is not a mapping; write `only: {warmth: [2, 3, 4]}`.")
    for name, allowed in only.items():
        if name not in values or not isinstance(allowed, list):
            raise Unfit(f"`only` names {name!r}; name a parameter of the phrase and a list of its values.")
        if values[name] not in allowed:
            return False
    return True


def fill(value: Any, values: dict[str, Any], names: dict[str, str], seed: str) -> Any:
    """Return a value with everything in it worked out.

    Args:
        value: Text with ``$names``, ``{by: level, 0: …}``, ``{any: […]}``, ``{between: [a, b]}``, or plain data.
        values: The parameters.
        names: What people are called, by id; ``$who.name`` gives it.
        seed: What makes a choice by chance the same each time.

    Raises:
        Unfit: Something in it is unknown, or what comes out is too long.
    """
    if isinstance(value, str):
        return _text(value, values, names)
    if isinstance(value, list):
        return [fill(one, values, names, f"{seed}/{i}") for i, one in enumerate(value)]
    if isinstance(value, dict):
        return fill(chosen(value, values, seed), values, names, seed)
    return value


def chosen(value: dict[Any, Any], values: dict[str, Any], seed: str) -> Any:
    """Return what a mapping in a phrase stands for.

    Raises:
        Unfit: It is none of the three forms.
    """
    chance = random.Random(seed)  # noqa: S311 - small life needs no secret
    if "by" in value:
        name = value["by"]
        level = values.get(name)
        if isinstance(level, bool) or not isinstance(level, int):
            raise Unfit(f"`by` names {name!r}, which is no level of the phrase; name one of its levels.")
        steps = {int(key): one for key, one in value.items() if str(key) in ("0", "1", "2", "3", "4")}
        reached = [step for step in steps if step <= level]
        if not reached:
            raise Unfit(f"`by: {name}` says nothing for level {level}; add it.")
        return steps[max(reached)]
    if set(value) == {"any"} and isinstance(value["any"], list) and value["any"]:
        return chance.choice(value["any"])
    if set(value) == {"between"} and isinstance(value["between"], list) and len(value["between"]) == 2:
        low, high = value["between"]
        if not all(isinstance(one, int | float) for one in (low, high)):
            raise Unfit("`between` takes two numbers, such as [0.4, 0.8].")
        return round(round(chance.uniform(low, high) / _FRAME) * _FRAME, 2)
    raise Unfit("a mapping here is one of `{by: level, 0: …}`, `{any: […]}` or `{between: [a, b]}`.")


def _text(text: str, values: dict[str, Any], names: dict[str, str]) -> Any:
    def named(found: re.Match[str]) -> Any:
        name = found["braced"] or found["plain"]
        if name not in values:
            raise Unfit(f"`${name}` is no parameter of the phrase; it takes {', '.join(values)}.")
        value = values[name]
        return names.get(str(value), value) if found["bname"] or found["name"] else value

    whole = _NAMED.fullmatch(text)
    if whole:
        return named(whole)
    filled = _NAMED.sub(lambda found: str(named(found))[:_LONGEST], text[: 2 * _LONGEST])
    if len(filled) > _LONGEST:
        raise Unfit(f"a text has {len(filled)} characters when it is filled; {_LONGEST} are allowed.")
    return filled
