from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.widgets import Workbench, _assets

TAG = {"id": "t1", "code": "3.4", "actor": "mum", "target": "baby", "start": 400_000, "end": 800_000}


def test_in_a_notebook_it_keeps_a_file(film_folder: Path, tmp_path: Path, line: Any) -> None:
    bench = Workbench(film_folder, question="What helps him?", task="Look.", file=tmp_path / "x.json")
    edit = {"id": "e1", "changes": [{"op": "put", "tag": TAG}]}
    assert line(bench).say({"id": 1, "message": {"type": "edit", "edit": edit}})["value"]["type"] == "ack"
    assert bench.tags["id"].tolist() == ["t1"]
    assert (bench._question, bench.on_page) == ("What helps him?", False)


def test_on_a_page_it_sees_what_the_page_reports(line: Any) -> None:
    bench = Workbench(observation="obs-1")
    assert bench.on_page
    assert bench.tags.empty
    bench.set_state({"_tags_json": json.dumps([TAG])})
    assert bench.tags["id"].tolist() == ["t1"]


@pytest.mark.parametrize(
    "text",
    ["", "null", "{", "[{}]", json.dumps([TAG | {"code": "nowhere"}]), json.dumps([TAG | {"start": -1}]), '["t1"]'],
)
def test_on_a_page_what_is_no_list_of_tags_changes_nothing(text: str) -> None:
    bench = Workbench(observation="obs-1")
    bench.set_state({"_tags_json": json.dumps([TAG])})
    bench.set_state({"_tags_json": text})
    assert bench.tags["id"].tolist() == ["t1"]


def test_on_a_page_no_edit_goes_through_the_kernel(line: Any) -> None:
    bench = Workbench(observation="obs-1")
    wire = line(bench)
    edit = {"id": "e1", "changes": [{"op": "put", "tag": TAG}]}
    for message in ({"type": "edit", "edit": edit}, {"type": "state"}, {"type": "film", "start": 0}):
        assert wire.say({"id": 1, "message": message})["ok"] is False
    with pytest.raises(Refusal, match="page keeps"):
        _ = bench.observation
    with pytest.raises(Refusal, match="page keeps"):
        bench.on_edit(print)
    bench.seek(3.3)
    assert wire.heard[-1] == {"command": "seek", "time": 3_300_000}


def test_either_a_film_or_an_observation(film_folder: Path) -> None:
    for arguments in ({}, {"film": film_folder, "observation": "obs-1"}):
        with pytest.raises(Refusal, match="not both"):
            Workbench(**arguments)
    with pytest.raises(Refusal, match="not an id"):
        Workbench(observation="obs 1/..")


def test_in_a_notebook_the_module_is_sent_whole(film_folder: Path, tmp_path: Path) -> None:
    bench = Workbench(film_folder, file=tmp_path / "x.json")
    assert len(bench._esm) > 20_000
    assert "import" not in bench._esm.split("(", 1)[0]
    assert "http://" not in bench._esm.replace("http://www.w3.org", "")
    assert bench._css.startswith((":root", "/*", ".vig", "@"))


def test_on_our_pages_the_module_is_a_line_that_imports_the_cached_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIG_ASSETS_URL", "/base/assets/")
    bench = Workbench(observation="obs-1")
    names = _assets._manifest()
    assert f'from "/base/assets/{names["widget.js"]}"' in bench._esm
    assert names["widgets.css"] in bench._esm
    assert bench._esm.count("\n") == 0
    assert bench._css == ""


def test_an_address_that_is_no_address_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIG_ASSETS_URL", '/x"; alert(1); "')
    assert len(_assets.module_text()) > 20_000
