"""``vig key``: add experts, and say how far they agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner

from vigwidgets.authoring import EYES
from vigwidgets.authoring.simulate import simulate_observation
from vigwidgets.cli import vig
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.resources import resource_path
from vigwidgets.schemes import load_scheme


def test_experts_are_added_one_by_one_and_compared(tmp_path: Path) -> None:
    truth = truth_of(load_script(resource_path("course/films/blocks.yaml")))

    def run(*words: str) -> Any:
        return CliRunner().invoke(vig, ["--data", str(tmp_path), "key", *words])

    for seed, name in enumerate(("ada", "bo"), 1):
        seen = simulate_observation(truth, load_scheme("paig"), EYES["plausible"], seed)
        file = tmp_path / "seen.json"
        file.write_text(seen.model_dump_json())
        told = run("add", "receiving-initiatives", str(file), "--expert", name)
        assert told.exit_code == 0, told.output
    told = run("show", "receiving-initiatives")
    assert told.output.startswith("2 experts, marked against: truth.")
    assert "kappa" in told.output.lower()
    refused = run("add", "receiving-initiatives", "attempt-1", "--expert", "cy")
    assert refused.exit_code == 1
    assert "there are no records" in refused.output
    (tmp_path / "seen.json").write_text("[]")
    assert run("add", "receiving-initiatives", str(tmp_path / "seen.json"), "--expert", "cy").exit_code == 1
