"""`vig demo` prepares once, and again only what has changed or gone."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from vigwidgets.cli import vig
from vigwidgets.records import Records

module = importlib.import_module("vigwidgets.cli.demo")  # the package has the command under this name


later: list[str] = []  # of them, those that nobody waits for


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The films that were drawn; drawing itself is tested where it lives."""
    names: list[str] = []
    later.clear()

    def render(script: Path, data: Path) -> None:
        names.append(script.stem)
        folder = data / "films" / script.stem
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "film.json").write_text("{}")

    monkeypatch.setattr(module, "_render", render)
    monkeypatch.setattr(
        module, "_begin_to_draw", lambda script, data: (render(script, data), later.append(script.stem))
    )
    return names


def prepare(data: Path) -> None:
    answer = CliRunner().invoke(vig, ["--data", str(data), "demo"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output


def test_twice_is_once(tmp_path: Path, made: list[str]) -> None:
    prepare(tmp_path)
    first = list(made)
    assert first[:2] == ["hello", "blocks"], "what the path begins with comes first"
    assert later == sorted(first[2:])
    assert {"meeting-una", "meeting-lev"} <= set(later)
    prepare(tmp_path)
    assert made == first
    records = Records.open(tmp_path)
    assert sorted(person.login for person in records.people()) == ["ines", "nadia", "tom"]
    records.close()


def test_only_what_the_path_begins_with(tmp_path: Path, made: list[str]) -> None:
    CliRunner().invoke(vig, ["--data", str(tmp_path), "demo", "--first"], catch_exceptions=False)
    assert made == ["hello", "blocks"]


def test_what_has_gone_is_made_again(tmp_path: Path, made: list[str]) -> None:
    prepare(tmp_path)
    made.clear()
    (tmp_path / "films" / "hello" / "film.json").unlink()
    (tmp_path / "vig.db").unlink()
    prepare(tmp_path)
    assert made == ["hello"]
    records = Records.open(tmp_path)
    assert len(records.people()) == 3
    records.close()


def test_a_changed_script_is_drawn_again(tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)
    made.clear()
    before = module._fingerprint
    monkeypatch.setattr(
        module, "_fingerprint", lambda script: before(script) + ("!" if script.stem == "blocks" else "")
    )
    prepare(tmp_path)
    assert made == ["blocks"]
