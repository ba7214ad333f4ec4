"""What a browser keeps for a file lies under a name that the next kernel finds again, and nobody else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vigwidgets.observations import _shared
from vigwidgets.widgets import RatingSheet, Tagger


def opened(film: Path, file: Path) -> Tagger:
    """Open it as a kernel does that has only just begun."""
    _shared._SHARED.clear()
    return Tagger(film, file=file)


def test_a_new_kernel_finds_it_before_there_is_a_file_and_after(film_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "mine.json"
    first = opened(film_folder, place)
    second = opened(film_folder, place)
    assert first.observation.id != second.observation.id
    second.add("3", 1, 2)
    assert first._drawer == second._drawer == opened(film_folder, place)._drawer


def test_it_is_one_under_every_name_of_the_file(
    film_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    names = [Path("mine.json"), tmp_path / "mine.json", tmp_path / "link" / "mine.json"]
    assert len({opened(film_folder, name)._drawer for name in names}) == 1


def test_a_copy_has_another_and_so_has_other_work_in_its_place(film_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "mine.json"
    first = opened(film_folder, place)
    first.add("3", 1, 2)
    copy = opened(film_folder, Path(shutil.copy(place, tmp_path / "copy.json")))
    assert copy.observation.id == first.observation.id
    place.unlink()
    _shared._SHARED.clear()
    scale = RatingSheet(film_folder, file=place)
    assert len({one._drawer for one in (first, copy, scale)}) == 3


def test_two_peoples_servers_on_one_hub_have_each_their_own(
    film_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = set()
    for server in ("/user/ann/", "/user/ben/"):
        monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", server)
        names.add(opened(film_folder, tmp_path / "mine.json")._drawer)
    assert len(names) == 2


def test_the_path_cannot_be_read_from_it(film_folder: Path, tmp_path: Path) -> None:
    name = opened(film_folder, tmp_path / "mine.json")._drawer
    assert "mine" not in name
    assert str(tmp_path) not in name
