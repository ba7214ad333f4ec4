"""The folders of people's work open for nobody else on the machine."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from vigwidgets.grading import _paper
from vigwidgets.service.state import ServiceState


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path, fresh_data: Path) -> None:
    data = Path(shutil.copytree(fresh_data, tmp_path / "data"))
    (data / "attempts").mkdir(mode=0o755)
    (data / "films").chmod(0o755)
    ServiceState.open(data).close()
    assert (mode(data / "attempts"), mode(data / "films")) == (0o700, 0o700)


def test_a_reports_folders_are_its_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_paper, "_run", lambda *_: {})
    monkeypatch.setattr(_paper, "report_html", lambda *_: "")
    monkeypatch.setattr(_paper.nbformat, "writes", lambda _: "{}")
    case: Any = SimpleNamespace(
        model_dump_json=lambda indent: "{}",
        exercise=SimpleNamespace(kind="tagging", title="T"),
        attempt="attempt-1",
        mark=SimpleNamespace(model_dump=lambda mode: {}),
    )
    _paper.write_case_report(case, tmp_path / "attempts" / "attempt-1")
    assert mode(tmp_path / "attempts") == 0o700
    assert mode(tmp_path / "attempts" / "attempt-1") == 0o700
