from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.browser.numbered_page import make_film
from vigwidgets.cli import vig
from vigwidgets.contract import Film, Tag
from vigwidgets.observations import new_observation
from vigwidgets.schemes import clip_codebook, load_scheme


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    make_film(data / "films" / "numbered", 60)
    return data


@pytest.fixture
def tray(data: Path, tmp_path: Path) -> Path:
    film = Film.model_validate_json((data / "films" / "numbered" / "film.json").read_text())
    held = new_observation(film.id, film.duration, clip_codebook().ref, "me", list(film.cast))
    shared = {"actor": "mum", "target": "baby"}
    clips = [
        Tag(id="b", code="clip", start=400_000, end=800_000, modifiers={"place": "2"}, note="Then", **shared),
        Tag(id="a", code="still", start=1_000_000, end=None, modifiers={"place": "1"}, note="First", **shared),
    ]
    path = tmp_path / "numbered.clips.json"
    path.write_text(held.model_copy(update={"tags": clips}).model_dump_json())
    return path


def run(data: Path, *said: object) -> Any:
    return CliRunner().invoke(vig, ["--data", str(data), "clips", "export", *map(str, said)])


def test_a_tray_becomes_a_folder_or_a_zip_in_the_order_of_the_review(data: Path, tray: Path, tmp_path: Path) -> None:
    names = ["01-still.png", "02-clip.mp4", "review.mp4", "review.txt"]
    done = run(data, tray, "--to", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert done.stdout.split() == names
    assert "2 clips so far; three or four make a review." in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    done = run(data, tray, "--film", data / "films" / "numbered", "--to", tmp_path / "out.zip", "--json")
    assert json.loads(done.stdout)["files"] == names
    assert sorted(zipfile.ZipFile(tmp_path / "out.zip").namelist()) == names
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"numbered.clips.json", "out", "out.zip"}


def test_what_it_cannot_do_is_refused_and_leaves_nothing(data: Path, tray: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    tags = tmp_path / "tags.json"
    held = json.loads(tray.read_text()) | {"scheme": load_scheme("paig").ref.model_dump(), "tags": []}
    tags.write_text(json.dumps(held))
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps(json.loads(tray.read_text()) | {"tags": []}))
    for said, says in (
        ((tray, "--to", full), "is there already; choose an empty folder"),
        ((tags, "--to", tmp_path / "x"), "holds tags of scheme 'paig' and no clips"),
        ((empty, "--to", tmp_path / "x"), "no clip in the tray yet"),
        ((tmp_path / "none.json", "--to", tmp_path / "x"), "could not be read"),
        ((tray, "--film", "nobody", "--to", tmp_path / "x"), "There is no film 'nobody'"),
    ):
        done = run(data, *said)
        assert (done.exit_code, says in done.output) == (1, True), done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "empty.json", "full", "numbered.clips.json", "tags.json",
    ]  # fmt: skip
    assert (full / "mine.txt").read_text() == "mine"
