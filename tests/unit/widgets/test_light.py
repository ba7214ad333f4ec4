"""A notebook that only tags must not wait: the widgets' import is held light."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = (
    "numpy", "pandas", "av", "moviepy", "imageio", "imageio_ffmpeg", "sqlalchemy", "alembic", "jinja2", "voila",
    "jupyter_server", "jsonschema", "PIL", "papermill", "nbconvert", "click", "rich",
)  # fmt: skip
BASE = "import ipywidgets, anywidget, pydantic, yaml, platformdirs"
OURS = "from vigwidgets.widgets import Player, Tagger, Workbench"
PROBE = """
import json, sys, time
{base}
before = set(sys.modules)
begin = time.process_time()
{ours}
took = time.process_time() - begin
print(json.dumps([took, sorted(set(sys.modules) - before), sorted(sys.modules)]))
"""


def probe(base: str, ours: str) -> tuple[float, list[str], list[str]]:
    script = PROBE.format(base=base, ours=ours)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    took, new, everything = json.loads(run.stdout)
    return took, new, everything


def test_importing_the_widgets_costs_little_beside_what_they_stand_on() -> None:
    floor = min(probe("import sys", BASE)[0] for _ in range(2))
    took = min(probe(BASE, OURS)[0] for _ in range(2))
    assert took < 0.6 * floor + 0.05, f"{took:.3f} s of our own beside {floor:.3f} s"


@pytest.mark.parametrize("module", HEAVY)
def test_the_widgets_bring_nothing_heavy(module: str, loaded: set[str]) -> None:
    assert module not in loaded


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """What importing the widgets brings that ipywidgets, anywidget and pydantic do not."""
    return set(probe(BASE, OURS)[1])


def test_the_package_alone_brings_no_widget() -> None:
    everything = probe("import sys", "import vigwidgets")[2]
    assert "ipywidgets" not in everything
    assert "pydantic" not in everything


def test_the_package_gives_the_widgets_by_name() -> None:
    import vigwidgets
    from vigwidgets.widgets import Tagger

    assert vigwidgets.Tagger is Tagger
    with pytest.raises(AttributeError, match="Taggger"):
        _ = vigwidgets.Taggger
