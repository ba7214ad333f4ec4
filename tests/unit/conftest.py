"""What tests of several rooms begin with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vigwidgets.resources import resource_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped course, to be changed."""
    return Path(shutil.copytree(resource_path("course"), tmp_path / "course"))
