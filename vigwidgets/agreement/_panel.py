"""Several observers' tags of one film as arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.contract import Observation, Tag
from vigwidgets.errors import Refusal
from vigwidgets.schemes import Codebook

__all__ = ["Events", "Label", "Panel", "by_code", "by_code_and_actor", "by_lane", "panel"]

Label = Callable[[Tag], str]


@dataclass(frozen=True)
class Events:
    """Tags as arrays, sorted by owner and start.

    Attributes:
        owner: Whose, by number.
        code: What, by number.
        start: In microseconds.
        end: In microseconds; a point's is its start.
        point: Whether it is a moment without length.
    """

    owner: NDArray[np.int64]
    code: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    point: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.start)

    def of(self, owner: int) -> Events:
        """Return one owner's events, as those of owner 0."""
        low, high = np.searchsorted(self.owner, [owner, owner + 1])
        mine = slice(int(low), int(high))
        nobody = np.zeros(mine.stop - mine.start, dtype=np.int64)
        return Events(nobody, self.code[mine], self.start[mine], self.end[mine], self.point[mine])

    def rolled(self, offsets: NDArray[np.int64], duration: int) -> Events:
        """Return a copy for each offset in which all happens that much later, the film's end joined to its start.

        Copies are the owners 0, 1, …. A tag that crosses the film's end keeps its length and runs on past it.
        """
        copies = len(offsets)
        start = (self.start + offsets[:, None]) % max(duration, 1)
        order = np.argsort(start, axis=1, kind="stable")
        start = np.take_along_axis(start, order, axis=1)
        length = (self.end - self.start)[order]
        owner = np.repeat(np.arange(copies, dtype=np.int64), len(self))
        flat = start.ravel()
        return Events(owner, self.code[order].ravel(), flat, flat + length.ravel(), self.point[order].ravel())


@dataclass(frozen=True)
class Panel:
    """Some observers' coding of one film.

    Attributes:
        film: Its id.
        duration: In microseconds.
        codes: The names of the codes that any of them used, sorted.
        observers: Who.
        events: All tags.
        tags: For each event the tag's id.
        warnings: What differs between the observations and may matter.
    """

    film: str
    duration: int
    codes: tuple[str, ...]
    observers: tuple[str, ...]
    events: Events
    tags: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many tags each observer made."""
        return np.bincount(self.events.owner, minlength=len(self.observers))


def by_code(tag: Tag) -> str:
    """Tell tags apart by their code alone."""
    return tag.code


def by_code_and_actor(tag: Tag) -> str:
    """Tell tags apart by their code and by who acts."""
    return f"{tag.code} ({tag.actor})"


def by_lane(codebook: Codebook, actors: bool = True) -> Label:
    """Tell tags apart by the principle above their code, so that two examples of one principle are the same.

    Args:
        codebook: The scheme.
        actors: Whether it matters who acts.
    """

    def lane(tag: Tag) -> str:
        name = codebook.lane_of(tag.code).id
        return f"{name} ({tag.actor})" if actors else name

    return lane


def panel(observations: Sequence[Observation], label: Label = by_code_and_actor) -> Panel:
    """Return observations of one film as arrays.

    Args:
        observations: Two or more.
        label: What makes two tags the same.

    Raises:
        Refusal: Fewer than two observations, or they are of different films or schemes.
    """
    if len(observations) < 2:
        raise Refusal(f"Agreement needs at least two observations, and {len(observations)} was given; add another.")
    first = observations[0]
    for other in observations[1:]:
        _same_film(first, other)
    tags = [(at, tag) for at, observation in enumerate(observations) for tag in observation.tags]
    labels = [label(tag) for _, tag in tags]
    codes = tuple(sorted(set(labels)))
    place = {name: at for at, name in enumerate(codes)}
    owner = np.array([at for at, _ in tags], dtype=np.int64)
    code = np.array([place[name] for name in labels], dtype=np.int64)
    start = np.array([tag.start for _, tag in tags], dtype=np.int64)
    end = np.array([tag.start if tag.end is None else max(tag.start, tag.end) for _, tag in tags], dtype=np.int64)
    order = np.lexsort((code, end, start, owner))
    events = Events(owner[order], code[order], start[order], end[order], (end == start)[order])
    versions = {observation.scheme.version for observation in observations}
    said = (
        (f"The observations use different versions of the scheme ({', '.join(sorted(versions))}).",)
        if len(versions) > 1
        else ()
    )
    return Panel(
        first.film,
        first.duration,
        codes,
        tuple(observation.observer for observation in observations),
        events,
        tuple(tags[at][1].id for at in order),
        said,
    )


def _same_film(first: Observation, other: Observation) -> None:
    if first.film != other.film:
        raise Refusal(
            f"The observations are of different films ({first.film!r} and {other.film!r}); choose observations of one "
            "film."
        )
    if first.duration != other.duration:
        raise Refusal(
            f"The observations give film {first.film!r} different lengths ({first.duration / 1e6:g} s and "
            f"{other.duration / 1e6:g} s); code both on the same copy of the film."
        )
    if first.scheme.id != other.scheme.id:
        raise Refusal(
            f"The observations use different schemes ({first.scheme.id!r} and {other.scheme.id!r}); choose "
            "observations under one scheme."
        )
