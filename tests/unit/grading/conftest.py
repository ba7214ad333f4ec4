"""A small film with its truth, and ways to tag it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.authoring import add_attempts
from vigwidgets.contract import Beat, Film, FrameIndex, Member, Observation, Open, Tag, Truth
from vigwidgets.curriculum import Policy, load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.grading import Mark, mark_observation
from vigwidgets.records import Attempt, Records
from vigwidgets.resources import resource_path
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


@dataclass(frozen=True)
class House:
    """A data directory with the course's films (their keys, not their pictures) and simulated people."""

    data: Path
    records: Records

    def attempts(self, exercise: str, count: int) -> list[Attempt]:
        return add_attempts(self.records, FilmLibrary(self.data), load_course(), exercise, count, seed=len(exercise))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    for film in ("hello", "blocks"):
        script = load_script(resource_path(f"course/films/{film}.yaml"))
        truth = truth_of(script)
        times = list(range(0, truth.duration, 40_000))
        about = Film(
            id=film, title=script.title, frames=len(times), duration=truth.duration, width=640, height=360,
            rate="25/1", sound=True, cast=truth.cast, captions=[], done=[], script=film, original=None,
        )  # fmt: skip
        folder = tmp_path / "films" / film
        folder.mkdir(parents=True)
        frames = FrameIndex(film=film, times=times, duration=truth.duration)
        for name, content in (("film", about), ("truth", truth), ("frames", frames)):
            (folder / f"{name}.json").write_text(content.model_dump_json(), encoding="utf-8")
    records = Records.open(tmp_path)
    yield House(tmp_path, records)
    records.close()
