from __future__ import annotations

import pytest

from vigwidgets.contract import Truth
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.resources import resource_path


@pytest.fixture(scope="module")
def truth() -> Truth:
    """What is to be seen in the shipped film "blocks"."""
    return truth_of(load_script(resource_path("course/films/blocks.yaml")))
