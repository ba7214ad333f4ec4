from __future__ import annotations

from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script, parse_script
from vigwidgets.resources import resource_path

SMALL = """\
id: small
title: A small film
duration: 4
seed: 3
cast:
  - {id: ana, role: parent, name: Ana}
  - {id: bo, role: child, name: Bo}
things:
  - {id: red, kind: block, at: 0.5}
acts:
  - {id: watch, actor: ana, does: look_at, target: bo, start: 0, duration: 4}
  - {id: look, actor: bo, does: look_at, target: ana, start: 0.6, duration: 3}
  - {id: coo, actor: bo, does: coo, text: a-goo, start: 1.0, duration: 0.8}
  - {id: smile, actor: ana, does: smile, start: 0.6 s after coo starts, duration: 1.6}
  - {id: words, actor: ana, does: say, text: "Hello & welcome!", tone: warm, start: 0.4 s after coo ends, duration: 1.2}
beats:
  - {id: calls, codes: [initiative.voice], actor: bo, target: ana, acts: [coo], says: Bo calls.}
  - id: receives
    codes: ["3", "3.4", "3.5"]
    actor: ana
    target: bo
    acts: [smile, words]
    answers: calls
    says: Ana smiles and answers.
"""


@pytest.fixture(scope="session")
def small_text() -> str:
    return SMALL


@pytest.fixture(scope="session")
def small() -> Script:
    return parse_script(SMALL, "small.yaml")


@pytest.fixture(scope="session", params=["hello", "blocks"])
def film(request: pytest.FixtureRequest) -> Script:
    return load_script(Path(resource_path(f"course/films/{request.param}.yaml")))


@pytest.fixture(scope="session")
def blocks() -> Script:
    return load_script(resource_path("course/films/blocks.yaml"))
