"""Several hands on one file through the public methods: nothing that was saved is lost or comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from vigwidgets import ClipTray, RatingSheet
from vigwidgets.widgets import Tagger

HERE = str(Path(__file__).parents[3])


def in_another_process(tagger: Tagger, film: Path, does: str) -> None:
    script = f"from vigwidgets import Tagger\ntagger = Tagger({str(film)!r}, file={str(tagger.file)!r})\n{does}"
    known = {**os.environ, "PYTHONPATH": HERE}
    subprocess.run([sys.executable, "-c", script], check=True, env=known, timeout=60)


def on_disk(tagger: Tagger) -> dict[str, Any]:
    return {tag["id"]: tag for tag in json.loads(tagger.file.read_text())["tags"]}


def test_a_change_and_a_removal_keep_what_another_process_saved(tagger: Tagger, film_folder: Path) -> None:
    first = tagger.add("initiative", 0.4)
    answer = tagger.add("3", 1, 2, answers=first)
    told: list[list[str]] = []
    tagger.on_edit(lambda _edit, observation: told.append([tag.id for tag in observation.tags]))
    does = f"tagger.change({first!r}, note='theirs'); tagger.drop({answer!r})"
    in_another_process(tagger, film_folder, does)
    tagger.change(first, certainty="sure")
    kept = on_disk(tagger)[first]
    assert (kept["note"], kept["certainty"]) == ("theirs", "sure")
    assert told == [[first], [first]], "what the other process did, and then one's own"
    tagger.drop(first)
    assert on_disk(tagger) == {}


def test_the_table_shows_what_another_program_saved(tagger: Tagger) -> None:
    tagger.add("3", 1, 2)
    theirs = json.loads(tagger.file.read_text())
    theirs["tags"][0]["note"] = "theirs"
    tagger.file.write_text(json.dumps(theirs))
    assert tagger.tags["note"].tolist() == ["theirs"]


def test_what_was_handed_out_can_be_spoilt_and_nothing_is_lost(tagger: Tagger, film_folder: Path) -> None:
    tagger.on_edit(lambda edit, observation: (edit.changes.clear(), observation.tags.clear()))
    for second in range(3):
        tagger.add("3", second, second + 1)
        tagger.observation.tags.pop()
    assert (len(on_disk(tagger)), len(tagger.tags)) == (3, 3)


def test_every_widget_on_a_file_tells_of_each_others_edits(tagger: Tagger, film_folder: Path, line: Any) -> None:
    sibling, told = Tagger(film_folder, file=tagger.file), []
    tagger.on_edit(lambda edit, _observation: told.append(edit.changes[0].op))
    moment = sibling.add("3", 1, 2)
    line(sibling).say({"id": 1, "message": {"type": "edit", "edit": {"id": "e1", "changes": [drop(moment)]}}})
    assert told == ["put", "drop"]
    tagger.close()
    sibling.add("3", 1, 2)
    assert len(told) == 2


def drop(moment: str) -> dict[str, str]:
    return {"op": "drop", "id": moment}


def test_a_callback_may_edit_what_another_widget_made(tagger: Tagger, film_folder: Path) -> None:
    sibling = Tagger(film_folder, file=tagger.file)

    def notes(edit: Any, _observation: Any) -> None:
        tagger.change(edit.changes[0].tag.id, note="seen")

    tagger.on_edit(notes)
    sibling.add("3", 1, 2)
    assert sibling.tags["note"].tolist() == ["seen"]


def test_clips_that_two_processes_keep_have_each_their_place(film_folder: Path, tmp_path: Path) -> None:
    tray = ClipTray(film_folder, file=tmp_path / "x.clips.json")
    tray.add_clip(1, 2)
    theirs = json.loads(tray.file.read_text())
    theirs["tags"].append(theirs["tags"][0] | {"id": "theirs", "modifiers": {"place": "2"}})
    tray.file.write_text(json.dumps(theirs))
    mine = tray.add_clip(3, 4)
    assert tray.clips["id"].tolist()[1:] == ["theirs", mine]
    assert json.loads(tray.file.read_text())["tags"][2]["modifiers"] == {"place": "3"}


def test_a_sheet_shows_what_another_window_rated(film_folder: Path, tmp_path: Path) -> None:
    sheets = [RatingSheet(film_folder, "m-adbb", file=tmp_path / "x.json", data=tmp_path) for _ in range(2)]
    sheets[0].add("face", 1, 2)
    assert sheets[1].ratings["moments"].tolist()[0] == 1
    assert len(sheets[1].evidence("face")) == 1


def test_what_more_than_an_edit_holds_answers_can_be_dropped(tagger: Tagger) -> None:
    first = tagger.add("initiative", 0.4)
    answer = tagger.add("3", 1, 2, answers=first)
    data = json.loads(tagger.file.read_text())
    plain = next(tag for tag in data["tags"] if tag["id"] == answer)
    data["tags"] += [plain | {"id": f"t{number}"} for number in range(1100)]
    tagger.file.write_text(json.dumps(data))
    tagger.drop(first)
    assert first not in on_disk(tagger)
    assert tagger.tags["answers"].isna().all()
