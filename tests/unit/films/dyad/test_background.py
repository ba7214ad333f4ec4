"""Films that are drawn while nobody waits: the first seconds before the rest, and a word about how far it is."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vigwidgets.contract import Film
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.films._making import note_failure
from vigwidgets.films.dyad import Script, render, render_in_background
from vigwidgets.films.frames import read_frame_index


def until(there: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def test_the_first_seconds_can_be_played_before_the_rest_is_drawn(small: Script, tmp_path: Path) -> None:
    library = FilmLibrary(tmp_path)
    seen: list[tuple[int, float]] = []

    def look(_what: str, _share: float) -> None:
        for one in library.making():
            assert (one.id, one.title, one.failed) == ("small", "A small film", None)
            assert one.first is not None
            film = Film.model_validate_json((one.first / "film.json").read_text())
            index = read_frame_index(one.first / "proxy.mp4", "small")
            assert film.frames == len(index.times)
            seen.append((film.frames, one.share))

    film = render(small, library, first=1.0, progress=look)
    assert {frames for frames, _ in seen} == {25}
    assert seen[-1][1] > 0.5
    assert (film.frames, library.making()) == (100, [])
    folder = library.file("small", "film.json").parent
    assert not {"first", "making.json"} & {path.name for path in folder.iterdir()}


def test_a_film_is_drawn_in_the_background(small: Script, tmp_path: Path) -> None:
    library = FilmLibrary(tmp_path)
    note_failure(tmp_path / "films", "small", "A small film", "an older mishap")
    process = render_in_background(small, library)
    assert [one.failed for one in library.making()] == []
    until(library.making)
    with pytest.raises(Refusal, match="is being drawn already"):
        render_in_background(small, library)
    assert process.wait(60) == 0
    assert library.get("small").frames == 100
    with pytest.raises(Refusal, match="There is a film 'small' already"):
        render_in_background(small, library)


def test_a_killed_one_leaves_nothing_that_looks_alive(small: Script, tmp_path: Path) -> None:
    library = FilmLibrary(tmp_path)
    process = render_in_background(small, library)
    until(library.making)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
    until(lambda: not library.making(), 10)
    assert library.list() == []


def test_what_went_wrong_is_told_until_the_next_try(small: Script, tmp_path: Path) -> None:
    library = FilmLibrary(tmp_path)
    process = render_in_background(small, library, size=(3, 2))
    assert process.wait(60) == 1
    (told,) = library.making()
    assert told.id == "small"
    assert told.failed == "Films are not drawn at 3 × 2; choose 640 × 360 or 1280 × 720 or 1920 × 1080."
