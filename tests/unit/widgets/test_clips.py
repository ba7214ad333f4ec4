from __future__ import annotations

import json
import subprocess
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.browser.numbered_page import make_film
from vigwidgets import ClipTray
from vigwidgets.errors import Refusal


def put(number: int, start: int, end: int | None) -> dict[str, Any]:
    """Return the message with which a browser keeps a clip."""
    tag = {
        "id": f"c{number}", "code": "still" if end is None else "clip", "actor": "baby", "target": "mum",
        "start": start, "end": end, "modifiers": {"place": str(number)},
    }  # fmt: skip
    return {
        "id": number,
        "message": {"type": "edit", "edit": {"id": f"e{number}", "changes": [{"op": "put", "tag": tag}]}},
    }


@pytest.fixture
def failed(film_folder: Path) -> Path:
    """The film, with a moment at 4 to 5 s that no parent is shown."""
    film = json.loads((film_folder / "film.json").read_text())
    beat = {"id": "b", "codes": ["initiative"], "actor": "baby", "target": "mum", "start": 4_000_000, "end": 5_000_000,
            "edge": 0, "says": "x", "not_for_parent": True}  # fmt: skip
    truth = {"format": "vig-truth", "version": 1, "film": "hello", "duration": film["duration"], "cast": film["cast"],
             "scheme": {"id": "paig", "version": "1"}, "open": [], "beats": [beat]}  # fmt: skip
    (film_folder / "truth.json").write_text(json.dumps(truth))
    return film_folder


def test_what_is_kept_lies_in_a_file_and_a_table(film_folder: Path, line: Any, tmp_path: Path) -> None:
    tray = ClipTray(film_folder, file=tmp_path / "x.clips.json")
    wire = line(tray)
    assert wire.say(put(2, 400_000, 800_000))["value"]["type"] == "ack"
    assert wire.say(put(1, 2_000_000, None))["value"]["type"] == "ack"
    made = tray.add_clip(3, 3.5, "She waits")
    assert wire.heard[-1]["message"]["type"] == "edited"
    assert tray.clips["id"].tolist() == ["c1", "c2", made]
    assert tray.clips.iloc[2].drop("id").tolist() == ["clip", "She waits", 3.0, 3.48]
    assert tray.clips["end"].isna().tolist() == [True, False, False]
    assert tray.advice[0].startswith("It begins with a still")
    assert ClipTray(film_folder, file=tmp_path / "x.clips.json").clips.equals(tray.clips)


def test_no_parent_is_shown_what_failed_whoever_asks(failed: Path, line: Any, tmp_path: Path) -> None:
    tray = ClipTray(failed, file=tmp_path / "x.clips.json")
    answer = line(tray).say(put(1, 3_000_000, 4_200_000))["value"]
    assert (answer["type"], answer["edit"], answer["retry"]) == ("refused", "e1", False)
    assert "no parent is shown one" in answer["reason"]
    for attempt in (lambda: tray.add_clip(4.5, 6), lambda: tray.add_still(4.2), lambda: tray.add("clip", 4.5, 6.0)):
        with pytest.raises(Refusal, match="no parent is shown one"):
            attempt()
    assert tray.clips.empty
    tray.add_clip(5, 6)


def test_it_exports_beside_its_file_when_the_browser_asks(tmp_path: Path, line: Any) -> None:
    make_film(tmp_path / "film", 50)
    tray = ClipTray(tmp_path / "film", file=tmp_path / "numbered.clips.json")
    wire = line(tray)
    refused = wire.say({"id": 1, "message": {"type": "export"}})
    assert (refused["ok"], "no clip in the tray yet" in refused["error"]) == (False, True)
    tray.add_clip(0.4, 0.8)
    made = wire.say({"id": 2, "message": {"type": "export"}})
    assert made["ok"], made
    assert "numbered.review" in made["value"]["says"]
    assert sorted(path.name for path in (tmp_path / "numbered.review").iterdir()) == [
        "01-clip.mp4", "review.mp4", "review.txt",
    ]  # fmt: skip
    with pytest.raises(Refusal, match="is there already"):
        tray.export(tmp_path / "numbered.review")
    assert tray.export() == tmp_path / "numbered.review-2"


def test_what_it_does_not_take_is_refused(film_folder: Path, tmp_path: Path) -> None:
    tray = ClipTray(film_folder, file=tmp_path / "x.json")
    for attempt, says in (
        (lambda: tray.add_clip(3, 2), "not after its start"),
        (lambda: tray.add_still(99), "past the film's end"),
        (lambda: tray.add_clip(1, 2, "x" * 81), "The title is 81 letters long"),
        (lambda: tray.add_clip(1, 2, "\ud800"), "The title holds the character U.D800, which cannot be read"),
        (lambda: tray.export(5), "to=5 is not a path"),  # type: ignore[arg-type]
        (lambda: tray.export("a\0b"), "names no file"),
        (lambda: ClipTray(film_folder, scheme="paig"), "ClipTray has no argument 'scheme'"),
    ):
        with pytest.raises(Refusal, match=says):
            attempt()
    (film_folder / "truth.json").write_text('{"film": 5}')
    with pytest.raises(Refusal, match="truth.json"):
        ClipTray(film_folder)


def test_it_finds_its_clips_when_the_notebook_goes_elsewhere(
    film_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tray = ClipTray(film_folder)
    tray.add_still(0.4)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command) or CompletedProcess([], 0))
    assert tray.export() == tmp_path / "hello.review"
    assert str(tmp_path / "hello.clips.json") in ran[0]
