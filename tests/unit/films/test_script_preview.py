"""A script beside its picture: kept at every change, its faults said with their line, its moments as pictures."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary, ScriptPreview
from vigwidgets.resources import resource_path, static_path

SHORT = """\
id: short
title: Two seconds
duration: 2
cast:
  - {id: ana, role: parent, name: Ana}
  - {id: mia, role: child, name: Mia}
acts:
  - {actor: ana, does: look_at, target: mia, start: 0}
beats: []
"""


class Talk:
    """The browser's end of the comm."""

    def __init__(self, preview: ScriptPreview, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[tuple[Any, list[bytes]]] = []
        monkeypatch.setattr(preview, "send", lambda content, buffers=None: self.heard.append((content, buffers or [])))
        self.preview = preview

    def say(self, message: Any, number: Any = 1) -> tuple[Any, list[bytes]]:
        self.preview._on_message(self.preview, {"id": number, "message": message}, [])
        return self.heard[-1]

    def check(self, text: str) -> dict[str, Any]:
        reply, _ = self.say({"type": "check", "text": text})
        assert reply["ok"], reply
        value: dict[str, Any] = reply["value"]
        return value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "morning.yaml"


@pytest.fixture
def talk(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    if not static_path("").is_dir():
        pytest.skip("the front end has not been built")
    preview = ScriptPreview(path, data=tmp_path / "data")
    yield Talk(preview, monkeypatch)
    if preview._process is not None:
        preview._process.wait(60)


def test_a_new_script_holds_and_its_moments_are_pictures(talk: Talk, path: Path) -> None:
    assert not path.exists(), "looking leaves no traces"
    told = talk.check(talk.preview._text)
    assert (told["kept"], told["fault"], told["film"]["id"]) == ("", None, "morning")
    assert path.read_text() == talk.preview._text
    _, (one,) = talk.say({"type": "frame", "at": 0})
    _, (two,) = talk.say({"type": "frame", "at": 2_000_000})
    with Image.open(io.BytesIO(one)) as picture:
        assert (picture.size, picture.format) == ((640, 360), "JPEG")
    assert one != two
    _, (sheet,) = talk.say({"type": "sheet"})
    with Image.open(io.BytesIO(sheet)) as picture:
        assert picture.size == (1280, 6 * 196)


def test_a_fault_has_its_line_and_the_last_picture_stays(talk: Talk, path: Path) -> None:
    good = talk.preview._text
    talk.check(good)
    wrong = good.replace("look_at", "look_att")
    told = talk.check(wrong)
    assert told["film"] is None
    assert told["fault"]["line"] == 1 + good[: good.index("look_at")].count("\n")
    assert "look_at" in told["fault"]["says"]
    assert path.read_text() == wrong, "what is wrong is kept too"
    reply, buffers = talk.say({"type": "frame", "at": 0})
    assert reply["ok"]
    assert buffers[0][:2] == b"\xff\xd8"


def test_what_somebody_else_writes_is_read_and_never_written_over(talk: Talk, path: Path) -> None:
    talk.check(talk.preview._text)
    assert talk.say({"type": "news"})[0]["value"]["text"] is None
    path.write_text("id: theirs\n")
    told = talk.check(talk.preview._text + "# mine\n")
    assert "changed by somebody else" in told["kept"]
    assert path.read_text() == "id: theirs\n"
    assert talk.say({"type": "news"})[0]["value"]["text"] == "id: theirs\n"
    assert talk.check("id: mine now\n")["kept"] == ""
    assert path.read_text() == "id: mine now\n"


def test_a_disk_that_does_not_take_it_is_told(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert "No space left" in talk.check(talk.preview._text)["kept"]


@pytest.mark.parametrize(
    "message",
    [
        {"type": "check", "text": 3},
        {"type": "check", "text": "x" * 400_001},
        {"type": "frame", "at": -1},
        {"type": "frame", "at": "0"},
        {"type": "frame", "at": 0, "path": "/etc/passwd"},
        {"type": "film", "part": "../../vig.db"},
        {"type": "run"},
        None,
    ],
)
def test_what_is_none_of_ours_is_refused(talk: Talk, message: Any, path: Path) -> None:
    reply, buffers = talk.say(message)
    assert reply["ok"] is False
    assert buffers == []
    assert not path.exists()


def test_what_goes_wrong_in_the_kernel_is_answered_as_well(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.check(talk.preview._text)

    def broken(*_: Any, **__: Any) -> Any:
        raise ValueError("a drawing library's own trouble")

    monkeypatch.setattr(talk.preview, "_frame", broken)
    talk.heard.clear()
    reply, _ = talk.say({"type": "frame", "at": 0})
    assert reply["ok"] is False
    assert "Something went wrong in the kernel" in reply["error"]
    assert "drawing library" not in reply["error"]


def test_without_a_script_that_holds_there_is_no_picture(talk: Talk) -> None:
    for message in ({"type": "frame", "at": 0}, {"type": "sheet"}, {"type": "draw"}, {"type": "film", "part": "whole"}):
        reply, _ = talk.say(message)
        assert reply == {"id": 1, "ok": False, "error": reply["error"]}
        assert "no picture yet" in reply["error"]


def test_a_film_is_drawn_and_its_first_seconds_come_before(talk: Talk, tmp_path: Path) -> None:
    assert talk.check(SHORT)["fault"] is None
    assert talk.say({"type": "draw"})[0]["value"]["drawing"] is True
    seen_first = False
    end = time.monotonic() + 100
    while (news := talk.say({"type": "news"})[0]["value"])["drawing"]:
        assert time.monotonic() < end
        if news["first"] and not seen_first:
            reply, buffers = talk.say({"type": "film", "part": "first"})
            seen_first = bool(reply["ok"] and b"ftyp" in buffers[0][:16])
        time.sleep(0.05)
    assert seen_first
    assert (news["drawn"], news["failed"]) == (True, None)
    assert FilmLibrary(tmp_path / "data").get("short").frames == 50
    reply, buffers = talk.say({"type": "film", "part": "whole"})
    assert reply["ok"]
    assert b"ftyp" in buffers[0][:16]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no folder"):
        ScriptPreview(tmp_path / "none" / "a.yaml")


def test_a_script_of_the_course_plays_its_phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "book.yaml"
    copy.write_text(resource_path("course/films/picture-book.yaml").read_text())
    talk = Talk(ScriptPreview(copy, data=tmp_path), monkeypatch)
    told = talk.check(talk.preview._text)
    assert told["film"]["second"] is True
    first, second = (talk.say({"type": "frame", "at": 1_000_000, "second": one})[1][0] for one in (False, True))
    assert first != second
