"""What is wrong with a value in a script, as a sentence for its author: pydantic's findings in our own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vigwidgets.yamls import Lines, YamlRefused

__all__ = ["TYPOGRAPHIC", "refusal", "wrong"]

TYPOGRAPHIC = "“”„‟"
"""Quotes that word processors write, and YAML takes for letters."""

_BRANCH = re.compile(r"\[|^(?:float|int|str|constrained-\w+)$")
_Place = tuple[str | int, ...]


def refusal(
    error: ValidationError, lines: Lines, data: Any, fields_at: Callable[[_Place], dict[str, Any]]
) -> YamlRefused:
    """Return the refusal for the first thing that is wrong.

    Args:
        error: What pydantic found.
        lines: Where the values stand.
        data: The values.
        fields_at: Returns the fields that are known at a place, by name.
    """
    first = _first(error)
    place = _written(first["loc"])
    if first["type"] == "missing":
        return lines.refusal(place[:-1], f"{place[-1]!r} is missing here; add it.")
    if first["type"] == "extra_forbidden":
        known = [field.alias or key for key, field in fields_at(place).items()]
        return lines.refusal(place, _unknown(str(place[-1]), known, _beside(data, place)))
    return lines.refusal(place, f"{_name(place, data)} {wrong(first)}")


def wrong(first: ErrorDetails) -> str:
    """Return what is wrong with a value and what is allowed, to follow its name: ``is -3; allowed is 0 or more.``."""
    value, kind, context = first["input"], first["type"], first.get("ctx", {})
    shown = repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "…"
    if kind == "string_type" and isinstance(value, bool):
        return f"is {shown}: so YAML reads yes, no, on, off, true and false; put the word in quotes."
    if kind == "string_type" and isinstance(value, int | float):
        return f'is {shown}, a number, where a text belongs; put it in quotes: "{value}".'
    told = {
        "greater_than_equal": "is {shown}; allowed is {ge} or more.",
        "greater_than": "is {shown}; allowed is more than {gt}.",
        "too_short": "has {actual_length} items; it needs {min_length} or more.",
        "too_long": "has {actual_length} items; allowed are {max_length} at most.",
        "string_too_short": "is empty; write something.",
        "string_too_long": "has {length} characters; allowed are {max_length} at most.",
        "string_pattern_mismatch": "is {shown}; allowed are letters, digits, dots, dashes and underscores, no blanks, "
        "and a letter or a digit at the beginning.",
    }.get(kind)
    if told is not None:
        length = len(value) if isinstance(value, str | Sequence) else 0
        numbers = {key: f"{one:g}" if isinstance(one, int | float) else one for key, one in context.items()}
        return told.format(shown=shown, length=length, **numbers)
    should = first["msg"].replace("Input should", "it should")
    return f"is {shown}; {should[0].lower() + should[1:]}."


def _first(error: ValidationError) -> ErrorDetails:
    """Return the first finding; of a value that may be a number or words, that for what it is."""
    found = error.errors(include_url=False)
    same = [one for one in found if _written(one["loc"]) == _written(found[0]["loc"])]
    return next((one for one in same if not one["type"].endswith(("_type", "_parsing"))), found[0])


def _written(loc: Sequence[str | int]) -> _Place:
    """Return a place without the names of the branches that a union tried."""
    return tuple(part for part in loc if not (isinstance(part, str) and _BRANCH.search(part)))


def _name(place: _Place, data: Any) -> str:
    """Return what a place is called: ``start` of 'wave'``, or the path to it."""
    if len(place) > 2 and isinstance(place[0], str) and isinstance(place[1], int):
        owner = _at(data, place[:2])
        called = owner.get("id") if isinstance(owner, Mapping) else None
        rest = ".".join(part for part in place[2:] if isinstance(part, str))
        if rest:
            return f"`{rest}`" + (f" of {called!r}" if isinstance(called, str) and rest != "id" else "")
    return ".".join(str(part) for part in place) or "the script"


def _at(data: Any, place: _Place) -> Any:
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _beside(data: Any, place: _Place) -> str:
    """Return all texts that stand beside a place, as one."""
    owner = _at(data, place[:-1])
    return " ".join(one for one in owner.values() if isinstance(one, str)) if isinstance(owner, Mapping) else ""


def _unknown(name: str, known: list[str], beside: str) -> str:
    if any(quote in name + beside for quote in TYPOGRAPHIC):
        return f'{name[:60]!r} stands alone; typographic quotes (“ ”) are letters to YAML: write straight ones, ".'
    if " " in name:
        return f"{name[:60]!r} stands alone; put the whole sentence in quotes: it has a comma."
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known here are {', '.join(known)}."
    return f"{name!r} is not a known name; {hint}"
