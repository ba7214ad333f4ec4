from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.widgets import Player, _base, _film


def test_a_film_is_found_by_folder_and_by_id(film_folder: Path) -> None:
    by_folder = Player(film_folder)
    by_id = Player("hello", data=film_folder.parent.parent)
    assert by_folder._film == by_id._film
    assert by_folder._film["id"] == "hello"
    assert (by_folder._source["shelved"], by_id._source["shelved"]) == (False, True)
    assert by_folder._captions["en"].startswith("WEBVTT")
    assert by_folder._peaks == {"rate": 50, "peaks": [0, 50, 100]}


def test_the_small_pictures_go_with_the_film_where_there_are_any(
    film_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = {"columns": 2, "rows": 1, "width": 160, "height": 90, "times": [0, 2_000_000]}
    (film_folder / "scrub.json").write_text(json.dumps(index))
    bare = Player(film_folder)
    assert (bare._scrub, bare._scrub_sheet) == ({}, b"")
    (film_folder / "scrub.jpg").write_bytes(b"a picture")
    whole = Player(film_folder)
    assert (whole._scrub, whole._scrub_sheet) == (index, b"a picture")
    assert {"_scrub", "_scrub_sheet"} <= set(whole.get_state())
    monkeypatch.setattr(_film, "LARGEST_SHEET", 8)
    large = Player(film_folder)
    assert (large._scrub, large._scrub_sheet) == ({}, b"")


@pytest.mark.parametrize("film", ["nowhere", "../hello", "/etc", 7, None])
def test_what_is_no_film_is_refused(film: Any, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="film"):
        Player(film, data=tmp_path)


def test_an_unknown_argument_is_refused_with_those_that_are_known(film_folder: Path) -> None:
    with pytest.raises(Refusal, match="no argument 'width'; it takes film, second, offset and data"):
        Player(film_folder, width=3)


@pytest.mark.parametrize("missing", ["frames.json", "proxy.mp4"])
def test_a_film_that_is_not_whole_is_refused(film_folder: Path, missing: str) -> None:
    (film_folder / missing).unlink()
    with pytest.raises(Refusal, match=missing):
        Player(film_folder)


def test_a_damaged_film_json_is_named(film_folder: Path) -> None:
    (film_folder / "film.json").write_text('{"format": "vig-film"}')
    with pytest.raises(Refusal, match=r"film\.json"):
        Player(film_folder)


def test_the_film_goes_over_the_comm_in_pieces_that_make_the_whole(film_folder: Path, line: Any) -> None:
    wire = line(Player(film_folder))
    got = b""
    while True:
        reply = wire.say({"id": len(got), "message": {"type": "film", "start": len(got)}})
        got += wire.buffers[-1][0]
        if len(got) >= reply["value"]["size"]:
            break
    assert got == (film_folder / "proxy.mp4").read_bytes()
    assert len(wire.heard) == 3


def test_a_film_too_large_for_the_comm_says_what_to_do(
    film_folder: Path, line: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_base, "LARGEST_OVER_COMM", 1_000_000)
    reply = line(Player(film_folder)).say({"id": 1, "message": {"type": "film", "start": 0}})
    assert reply["ok"] is False
    assert "vigwidgets[serve]" in reply["error"]


def test_seeking_goes_to_a_frame(film_folder: Path, line: Any) -> None:
    player = Player(film_folder)
    wire = line(player)
    player.seek(1.25)
    player.play(1, 2.01)
    assert wire.heard == [
        {"command": "seek", "time": 1_240_000},
        {"command": "play", "start": 1_000_000, "end": 2_000_000},
    ]


@pytest.mark.parametrize("moment", [-1, 10.5, "3", None, True, float("nan")])
def test_a_moment_outside_the_film_is_refused(film_folder: Path, moment: Any) -> None:
    with pytest.raises(Refusal, match=r"moment|past the film's end"):
        Player(film_folder).seek(moment)


def test_a_stretch_that_ends_before_it_starts_is_refused(film_folder: Path) -> None:
    with pytest.raises(Refusal, match="not after its start"):
        Player(film_folder).play(3, 2)


def test_a_player_takes_no_edits(film_folder: Path, line: Any) -> None:
    reply = line(Player(film_folder)).say({"id": 4, "message": {"type": "state"}})
    assert reply == {"id": 4, "ok": False, "error": "This widget does not take 'state' messages; reload the page."}
