"""A player's second camera, and the offset that Python and the browser both set."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from traitlets import TraitError

from vigwidgets.errors import Refusal
from vigwidgets.widgets import Player


@pytest.fixture
def second_folder(film_folder: Path) -> Path:
    folder = film_folder.with_name("other")
    shutil.copytree(film_folder, folder)
    film = json.loads((folder / "film.json").read_text())
    (folder / "film.json").write_text(json.dumps({**film, "id": "other"}))
    (folder / "proxy.mp4").write_bytes(b"another picture")
    return folder


def test_a_second_camera_goes_along_with_its_offset(film_folder: Path, second_folder: Path) -> None:
    player = Player(film_folder, second=second_folder, offset=-0.48)
    assert player._second["film"]["id"] == "other"
    assert player._second["source"]["bytes"] == len(b"another picture")
    assert (player._offset, player.offset) == (-480_000, -0.48)
    player.offset = 2
    assert player._offset == 2_000_000


def test_without_one_nothing_of_it_goes(film_folder: Path) -> None:
    player = Player(film_folder)
    assert (player._second, player.offset) == ({}, 0)
    with pytest.raises(Refusal, match="no second camera"):
        player.offset = 1
    with pytest.raises(Refusal, match="between two cameras"):
        Player(film_folder, offset=1)


@pytest.mark.parametrize("offset", ["2", None, True, float("nan"), float("inf"), 86_401, -86_401])
def test_an_offset_that_is_no_number_of_seconds_is_refused(film_folder: Path, second_folder: Path, offset: Any) -> None:
    with pytest.raises(Refusal, match="not a number of seconds"):
        Player(film_folder, second=second_folder, offset=offset)


@pytest.mark.parametrize("written", ["2", None, 1.5, 10**15, -(10**15), {"at": 1}])
def test_what_a_browser_writes_for_the_offset_is_a_number_within_a_day_or_nothing(
    film_folder: Path, second_folder: Path, written: Any
) -> None:
    player = Player(film_folder, second=second_folder, offset=1)
    with pytest.raises(TraitError):
        player.set_state({"_offset": written})
    assert player.offset == 1
    player.set_state({"_offset": 1_040_000})
    assert player.offset == 1.04


def test_each_camera_is_sent_by_its_name(film_folder: Path, second_folder: Path, line: Any) -> None:
    wire = line(Player(film_folder, second=second_folder))
    wire.say({"id": 1, "message": {"type": "film", "start": 0, "view": "second"}})
    assert wire.buffers[-1][0] == b"another picture"
    wire.say({"id": 2, "message": {"type": "film", "start": 0}})
    assert wire.buffers[-1][0] == (film_folder / "proxy.mp4").read_bytes()[:1_000_000]
    assert wire.say({"id": 3, "message": {"type": "film", "start": 0, "view": "third"}})["ok"] is False


def test_a_player_of_one_camera_has_no_second_to_send(film_folder: Path, line: Any) -> None:
    reply = line(Player(film_folder)).say({"id": 1, "message": {"type": "film", "start": 0, "view": "second"}})
    assert reply["ok"] is False
    assert "no second camera" in reply["error"]


def test_a_film_drawn_from_two_sides_brings_its_second_camera(film_folder: Path, line: Any) -> None:
    (film_folder / "second.mp4").write_bytes(b"from the other side")
    player = Player(film_folder)
    assert player._second["film"]["id"] == "hello"
    assert player._second["source"]["name"] == "second.mp4"
    assert player._source["name"] == "proxy.mp4"
    assert player.offset == 0
    wire = line(player)
    wire.say({"id": 1, "message": {"type": "film", "start": 0, "view": "second"}})
    assert wire.buffers[-1][0] == b"from the other side"


def test_another_camera_that_is_named_goes_before_the_films_own(film_folder: Path, second_folder: Path) -> None:
    (film_folder / "second.mp4").write_bytes(b"from the other side")
    assert Player(film_folder, second=second_folder)._second["source"]["bytes"] == len(b"another picture")


def test_what_is_to_be_seen_goes_along_in_words(film_folder: Path) -> None:
    assert Player(film_folder)._descriptions == {}
    (film_folder / "descriptions.en.vtt").write_text("WEBVTT\n")
    assert Player(film_folder)._descriptions == {"en": "WEBVTT\n"}


def test_a_film_drawn_from_two_sides_brings_its_second_camera(film_folder: Path, line: Any) -> None:
    (film_folder / "second.mp4").write_bytes(b"from the other side")
    player = Player(film_folder)
    assert player._second["film"]["id"] == "hello"
    assert player._second["source"]["name"] == "second.mp4"
    assert player._source["name"] == "proxy.mp4"
    assert player.offset == 0
    wire = line(player)
    wire.say({"id": 1, "message": {"type": "film", "start": 0, "view": "second"}})
    assert wire.buffers[-1][0] == b"from the other side"


def test_another_camera_that_is_named_goes_before_the_films_own(film_folder: Path, second_folder: Path) -> None:
    (film_folder / "second.mp4").write_bytes(b"from the other side")
    assert Player(film_folder, second=second_folder)._second["source"]["bytes"] == len(b"another picture")


def test_what_is_to_be_seen_goes_along_in_words(film_folder: Path) -> None:
    assert Player(film_folder)._descriptions == {}
    (film_folder / "descriptions.en.vtt").write_text("WEBVTT\n")
    assert Player(film_folder)._descriptions == {"en": "WEBVTT\n"}


def test_a_film_drawn_from_two_sides_brings_its_second_camera(film_folder: Path, line: Any) -> None:
    (film_folder / "second.mp4").write_bytes(b"from the other side")
    player = Player(film_folder)
    assert player._second["film"]["id"] == "hello"
    assert player._second["source"]["name"] == "second.mp4"
    assert player._source["name"] == "proxy.mp4"
    assert player.offset == 0
    wire = line(player)
    wire.say({"id": 1, "message": {"type": "film", "start": 0, "view": "second"}})
    assert wire.buffers[-1][0] == b"from the other side"


def test_another_camera_that_is_named_goes_before_the_films_own(film_folder: Path, second_folder: Path) -> None:
    (film_folder / "second.mp4").write_bytes(b"from the other side")
    assert Player(film_folder, second=second_folder)._second["source"]["bytes"] == len(b"another picture")


def test_what_is_to_be_seen_goes_along_in_words(film_folder: Path) -> None:
    assert Player(film_folder)._descriptions == {}
    (film_folder / "descriptions.en.vtt").write_text("WEBVTT\n")
    assert Player(film_folder)._descriptions == {"en": "WEBVTT\n"}
