from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from vigwidgets.contract import Member, Observation, SchemeRef, Tag

Row = tuple[str, float, float | None]
Observe = Callable[..., Observation]


@pytest.fixture(scope="session")
def observe() -> Observe:
    """Return a maker of observations from rows of code, start and end in seconds (no end: a point)."""
    cast = [Member(id="baby", role="child", name="Mila"), Member(id="mother", role="parent", name="Jana")]

    def make(
        rows: Sequence[Row],
        name: str = "ann",
        *,
        seconds: float = 60,
        film: str = "blocks",
        scheme: str = "paig",
        version: str = "1",
        actor: str = "mother",
    ) -> Observation:
        tags = [
            Tag(
                id=f"{name}-{at}",
                code=code,
                actor=actor,
                target="baby",
                start=round(start * 1e6),
                end=None if end is None else round(end * 1e6),
            )
            for at, (code, start, end) in enumerate(rows)
        ]
        return Observation(
            id=f"obs-{name}",
            film=film,
            duration=round(seconds * 1e6),
            scheme=SchemeRef(id=scheme, version=version),
            observer=name,
            cast=cast,
            tags=tags,
        )

    return make
