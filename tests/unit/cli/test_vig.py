"""The exit codes: 0 done, 1 refused, 2 wrong usage; and help everywhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from vigwidgets.cli import vig


def commands() -> list[list[str]]:
    context = click.Context(vig)
    found = []
    for name in vig.list_commands(context):
        found.append([name])
        command = vig.get_command(context, name)
        if isinstance(command, click.Group):
            found += [[name, sub] for sub in command.list_commands(context)]
    return found


@pytest.mark.parametrize("command", [[], *commands()], ids=" ".join)
def test_help_everywhere(command: list[str]) -> None:
    result = CliRunner().invoke(vig, [*command, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(vig, ["filn"]).exit_code == 2


def test_what_is_refused_is_one_sentence_and_exit_1(tmp_path: Path) -> None:
    result = CliRunner().invoke(vig, ["--data", str(tmp_path), "film", "add", str(tmp_path / "nothing.mp4")])
    assert result.exit_code in {1, 2}
    assert "Traceback" not in result.output
    result = CliRunner().invoke(vig, ["--data", str(tmp_path), "film", "remove", "nothing"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.strip().splitlines()) == 1


def test_a_package_of_an_extra_that_is_missing_is_named_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"x")
    without = "import sys; sys.modules['imageio_ffmpeg'] = None; from vigwidgets.cli import main; main()"
    said = ["--data", str(tmp_path / "data"), "film", "add", str(tmp_path / "film.mp4")]
    result = subprocess.run([sys.executable, "-c", without, *said], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "pip install 'vigwidgets[all]'" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "data").exists()
