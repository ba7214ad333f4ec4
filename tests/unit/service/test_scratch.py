from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from vigwidgets.service.scratch import Scratch

MAKE = "from vigwidgets.service.scratch import Scratch; s = Scratch('vig-t-'); print(s.path, flush=True); input()"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def make_old(folder: Path) -> None:
    os.utime(folder, (time.time() - 3600,) * 2)


def test_the_folder_of_a_killed_process_goes_and_those_of_others_stay(place: Path) -> None:
    alive = Scratch("vig-t-")
    make_old(alive.path)
    other = place / "vig-t-of-somebody-else"  # no lock of ours in it
    other.mkdir()
    make_old(other)
    process = subprocess.Popen([sys.executable, "-c", MAKE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    dead = Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()
    assert dead.is_dir()
    Scratch("vig-t-").close()
    assert dead.is_dir(), "it may be one that is just being made"
    make_old(dead)
    fresh = Scratch("vig-t-")
    assert not dead.exists()
    assert {alive.path, other, fresh.path} == set(place.iterdir())
    for one in (alive, fresh):
        one.close()
    assert list(place.iterdir()) == [other]
