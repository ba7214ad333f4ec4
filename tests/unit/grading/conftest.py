"""A small film with its truth, and ways to tag it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from vigwidgets.contract import Beat, Member, Observation, Open, Tag, Truth
from vigwidgets.curriculum import Policy
from vigwidgets.grading import Mark, mark_observation
from vigwidgets.schemes import Codebook, load_scheme

SECOND = 1_000_000
CAST = [Member(id="mum", role="parent", name="Mum"), Member(id="baby", role="child", name="Sam")]


@dataclass(frozen=True)
class Bench:
    """Makes beats, tags and marks in seconds."""

    codebook: Codebook
    policy: Policy
    truth: Truth

    def beat(self, name: str, codes: list[str], actor: str, start: float, end: float | None, **more: Any) -> Beat:
        return Beat.model_validate(
            {
                "id": name, "codes": codes, "actor": actor, "target": "baby" if actor == "mum" else "mum",
                "start": round(start * SECOND), "end": None if end is None else round(end * SECOND),
                "edge": 300_000, "says": f"This is {name}.", **more,
            }
        )  # fmt: skip

    def tag(self, code: str, actor: str, start: float, end: float | None, name: str = "") -> Tag:
        return Tag(
            id=name or f"t-{code}-{round(start * 1000)}", code=code, actor=actor,
            target="baby" if actor == "mum" else "mum",
            start=round(start * SECOND), end=None if end is None else round(end * SECOND),
        )  # fmt: skip

    def as_expert(self, truth: Truth | None = None) -> list[Tag]:
        """The tags of somebody who sees just what the expert sees."""
        return [
            Tag(id=f"t-{b.id}", code=b.codes[0], actor=b.actor, target=b.target, start=b.start, end=b.end)
            for b in (truth or self.truth).beats
        ]

    def film(self, beats: list[Beat], stretches: list[tuple[float, float]] | None = None, seconds: float = 60) -> Truth:
        return Truth(
            film="blocks", duration=round(seconds * SECOND), scheme=self.codebook.ref, cast=CAST, beats=beats,
            open=[Open(start=round(a * SECOND), end=round(b * SECOND), why="unsure") for a, b in stretches or []],
        )  # fmt: skip

    def observation(self, tags: list[Tag], truth: Truth | None = None) -> Observation:
        return Observation(
            id="obs-1", film="blocks", duration=(truth or self.truth).duration, scheme=self.codebook.ref,
            observer="person-1", cast=CAST, tags=tags,
        )  # fmt: skip

    def mark(self, tags: list[Tag], truth: Truth | None = None, policy: Policy | None = None) -> Mark:
        truth = truth or self.truth
        return mark_observation(self.observation(tags, truth), truth, self.codebook, policy or self.policy)


@pytest.fixture(scope="session")
def bench() -> Bench:
    codebook = load_scheme("paig")
    empty = Truth(film="blocks", duration=SECOND, scheme=codebook.ref, cast=CAST, beats=[], open=[])
    bare = Bench(codebook, Policy(), empty)
    beats = [
        bare.beat("look", ["initiative.look"], "baby", 3, None),
        bare.beat("smile", ["3.4", "2.3"], "mum", 3.8, 6, answers="look"),
        bare.beat("reach", ["initiative.reach"], "baby", 20, 22),
        bare.beat("words", ["3.5"], "mum", 22, 25, answers="reach"),
        bare.beat("watch", ["1"], "mum", 40, 50),
    ]
    return Bench(codebook, Policy(), bare.film(beats, [(30, 35)]))
