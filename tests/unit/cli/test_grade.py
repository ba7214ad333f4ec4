"""``vig grade``: what it says, as words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from vigwidgets.cli import vig
from vigwidgets.records import Records


def test_nothing_waits(tmp_path: Path) -> None:
    Records.open(tmp_path).close()
    result = CliRunner().invoke(vig, ["--data", str(tmp_path), "grade"])
    assert result.exit_code == 0
    assert "Nothing waits to be marked." in result.output
    assert (tmp_path / "gradebook.csv").read_text(encoding="utf-8").startswith("person,login,exercise")


def test_an_unknown_exercise_is_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(vig, ["--data", str(tmp_path), "grade", "dancing"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: The course has no exercise 'dancing'; it has ")
    assert len(result.output.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == [], "nothing was changed"


def test_as_json(tmp_path: Path) -> None:
    result = CliRunner().invoke(vig, ["--data", str(tmp_path), "grade", "first-look", "--json"])
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["marked"], said["failed"], said["stopped"]) == ([], {}, False)


def test_no_jobs_is_wrong_usage(tmp_path: Path) -> None:
    assert CliRunner().invoke(vig, ["--data", str(tmp_path), "grade", "--jobs", "0"]).exit_code == 2
