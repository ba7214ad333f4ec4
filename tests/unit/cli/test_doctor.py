from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from vigwidgets.cli import doctor as doctor_module
from vigwidgets.cli import vig
from vigwidgets.cli.doctor import examine


def test_everything_needed_is_here(tmp_path: Path) -> None:
    findings = {finding.name: finding for finding in examine(tmp_path)}
    assert findings["ffmpeg"].says == "encodes H.264"
    assert all(finding.ok for finding in findings.values() if finding.needed), findings


def test_what_is_missing_comes_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_module, "find_spec", lambda name: None)
    result = CliRunner().invoke(vig, ["--data", str(tmp_path), "doctor"])
    assert result.exit_code == 1
    assert "pip install 'vigwidgets[films]'" in result.output


def test_for_a_program(tmp_path: Path) -> None:
    result = CliRunner().invoke(vig, ["--data", str(tmp_path / "new"), "doctor", "--json"])
    assert {"name", "ok", "says", "cure", "needed"} == set(json.loads(result.output)[0])
    assert not (tmp_path / "new").exists(), "looking leaves no trace"
