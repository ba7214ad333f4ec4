"""A database and people in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vigwidgets.contract import Edit, Member, Observation, Put, Tag
from vigwidgets.observations import new_id, new_observation
from vigwidgets.records import Person, Records
from vigwidgets.schemes import Codebook, load_scheme

CAST = [Member(id="baby", role="child", name="Mila"), Member(id="mother", role="parent", name="Jana")]


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with an empty database, made once."""
    data = tmp_path_factory.mktemp("fresh")
    Records.open(data).close()
    return data


@pytest.fixture
def data(tmp_path: Path, fresh: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "data"))


@pytest.fixture
def records(data: Path) -> Iterator[Records]:
    with Records.open(data) as records:
        yield records


@pytest.fixture
def ann(records: Records) -> Person:
    return records.add_person("Ann", "ann", "trainee")


@pytest.fixture
def codebook() -> Codebook:
    return load_scheme("paig")


@pytest.fixture
def observation(records: Records, ann: Person, codebook: Codebook) -> Observation:
    """An observation that has been begun, of a film of ten seconds."""
    fresh = new_observation("blocks", 10_000_000, codebook.ref, ann.id, CAST)
    return records.start_observation(ann.id, "receiving", "1", fresh).observation


@pytest.fixture
def edit() -> Callable[..., Edit]:
    def edit(tag: int = 0, start: int = 0, edit_id: str | None = None, note: str = "") -> Edit:
        put = Tag(id=f"tag-{tag}", code="3", actor="mother", target="baby", start=start, end=start + 40_000, note=note)
        return Edit(id=edit_id or new_id("edit"), changes=[Put(tag=put)])

    return edit
