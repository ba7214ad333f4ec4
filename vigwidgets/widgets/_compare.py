"""Whose moments lie beside one's own in a notebook."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from vigwidgets.contract import Observation, Tag
from vigwidgets.errors import Refusal, shown
from vigwidgets.observations import check_opened, place_of, read_observation
from vigwidgets.schemes import Codebook

__all__ = ["Beside", "observers_of"]

Beside = Mapping[str, Observation | str | os.PathLike[str]]
"""Observations, or the files that they lie in, by the name that stands over them."""

_LONGEST_NAME = 60
_MOST = 12


def observers_of(compare: Beside, start: Observation, codebook: Codebook) -> list[dict[str, Any]]:
    """Return others' moments as the page lays them beside one's own, as plain JSON.

    Args:
        compare: Observations, or their files, by name.
        start: An observation of the film that is coded: it says its length and who is in it.
        codebook: The scheme that it is coded with.

    Raises:
        Refusal: A name is empty or too long, a file cannot be read, or an observation is of another film or scheme,
            or holds what no file may hold that is opened.
    """
    if not isinstance(compare, Mapping):
        raise Refusal(f"compare={shown(compare)} is not a table of names; write compare={{'Expert': 'expert.json'}}.")
    if len(compare) > _MOST:
        raise Refusal(f"compare has {len(compare)} observers and at most {_MOST} lie side by side; choose fewer.")
    return [_observer(name, one, start, codebook, place) for place, (name, one) in enumerate(compare.items(), 1)]


def _observer(name: Any, one: Any, start: Observation, codebook: Codebook, place: int) -> dict[str, Any]:
    if not isinstance(name, str) or not 0 < len(name.strip()) <= _LONGEST_NAME:
        raise Refusal(f"compare names {shown(name)}; give each observer a name of 1 to {_LONGEST_NAME} letters.")
    observation = one if isinstance(one, Observation) else _read(name, one)
    if observation.film != start.film:
        raise Refusal(
            f"{name!r} coded film {observation.film!r}, not {start.film!r}; compare observations of one film."
        )
    if observation.scheme != codebook.ref:
        raise Refusal(
            f"{name!r} coded with {observation.scheme.id} version {observation.scheme.version}, not "
            f"{codebook.ref.id} version {codebook.ref.version}; compare observations of one scheme."
        )
    check_opened(observation, start, codebook, repr(name))
    return {"id": f"o{place}", "name": name.strip(), "tags": _own_ids(observation.tags, place)}


def _read(name: str, given: Any) -> Observation:
    if not isinstance(given, str | os.PathLike):
        raise Refusal(f"compare[{name!r}] is {shown(given)}; give an observation, or the path of its file.")
    path = place_of(f"compare[{name!r}]", given)
    if not path.exists():
        raise Refusal(f"{path} could not be read (there is no such file); check the path of {name!r}.")
    return read_observation(path)


def _own_ids(tags: list[Tag], place: int) -> list[dict[str, Any]]:
    """Return moments under ids that are nobody else's: two observers may have begun from one file."""
    fresh = {tag.id: f"o{place}-{number}" for number, tag in enumerate(tags)}
    found = []
    for tag in tags:
        links = [link.model_copy(update={"to": fresh[link.to]}) for link in tag.links or [] if link.to in fresh]
        found.append(tag.model_copy(update={"id": fresh[tag.id], "links": links}).model_dump(mode="json"))
    return found
