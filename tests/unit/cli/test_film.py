from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vigwidgets.cli import vig
from vigwidgets.films._ffmpeg import ffmpeg_program


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    command = [ffmpeg_program(), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=25", "-t", "0.8", str(path)]
    subprocess.run(command, check=True)
    return path


def call(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(vig, ["--data", str(data), "film", *arguments])


def test_add_list_and_remove(clip: Path, tmp_path: Path) -> None:
    added = call(
        tmp_path, "add", str(clip), "--title", "Bath", "--cast", "mia:child:Mia", "--cast", "a:parent:Ana", "--json"
    )
    assert added.exit_code == 0
    told = json.loads(added.stdout)
    assert (told["frames"], told["duration"], told["seconds"], told["known"]) == (20, 800_000, 0.8, False)
    assert any("20 frames" in sentence for sentence in told["done"])
    assert "no films of real families yet" in added.stderr

    listed = json.loads(call(tmp_path, "list", "--json").stdout)
    assert [(film["id"], film["title"]) for film in listed] == [(told["id"], "Bath")]
    assert "0.8 s, 20 frames" in call(tmp_path, "list").stdout

    again = call(tmp_path, "add", str(clip))
    assert again.exit_code == 0
    assert "was here already" in again.stdout

    assert call(tmp_path, "remove", told["id"]).exit_code == 0
    assert "no films yet" in call(tmp_path, "list").stdout


def test_what_is_refused_says_so_and_changes_nothing(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a film")
    refused = call(tmp_path / "data", "add", str(text), "--json")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "notes.txt is not a film that can be read" in refused.stderr
    assert not (tmp_path / "data").exists()
    assert call(tmp_path, "remove", "nothing").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add"], "Missing argument"),
        (["add", "x.mp4", "--cast", "mia"], "is not ID:ROLE:NAME with one of the roles child, parent"),
        (["add", "x.mp4", "--cast", "mia:dog:Mia"], "is not ID:ROLE:NAME"),
        (["add", "x.mp4", "--cast", "m/a:child:Mia"], "the id takes letters"),
        (["add", "x.mp4", "--cast", "m:child:Mia", "--cast", "m:parent:Ana"], "two members have the same id"),
        (["render", "x.yaml", "--size", "big"], "is not WIDTHxHEIGHT"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], says: str, tmp_path: Path) -> None:
    result = call(tmp_path, *arguments)
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_title_that_is_too_long_is_refused(clip: Path, tmp_path: Path) -> None:
    result = call(tmp_path, "add", str(clip), "--title", "x" * 201)
    assert result.exit_code == 1
    assert "The title has 201 characters" in result.stderr


def test_help_says_that_films_are_not_sealed() -> None:
    assert "no films of real families yet" in " ".join(
        CliRunner().invoke(vig, ["film", "add", "--help"]).output.split()
    )
