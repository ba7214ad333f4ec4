"""What tests of several rooms begin with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from vigwidgets.resources import resource_path

# A law is held, not timed: on a busy machine an example may take any time.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped course, to be changed."""
    return Path(shutil.copytree(resource_path("course"), tmp_path / "course"))
