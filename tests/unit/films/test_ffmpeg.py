from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary, _ffmpeg, take_in

from .conftest import Make


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for half a megabyte, or a skipped test."""
    place = tmp_path / "tiny"
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    if not mount or not umount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run([umount, str(place)], check=True)


def test_a_disk_that_fills_up_is_one_sentence(make_film: Make, tiny_disk: Path) -> None:
    noisy = make_film("noisy.mp4", "-vf", "noise=alls=60:allf=t", picture="testsrc2=s=320x240:r=25", seconds=4)
    library = FilmLibrary(tiny_disk)
    with pytest.raises(Refusal, match="The disk is full: the film was not taken in"):
        take_in(noisy, library)
    assert list((tiny_disk / "films").iterdir()) == []


def test_ffmpeg_that_finds_the_disk_full_says_so(make_film: Make) -> None:
    arguments = ["-v", "error", "-nostdin", "-y", "-i", str(make_film()), "-f", "rawvideo", "/dev/full"]
    with pytest.raises(Refusal, match="The disk is full"):
        _ffmpeg.run(arguments, frame=lambda _: None, samples=None)


def test_our_own_writing_on_a_full_disk_is_the_same_sentence(
    make_film: Make, library: FilmLibrary, nothing_left: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("vigwidgets.films.intake.write_model", full)
    with pytest.raises(Refusal, match="The disk is full"):
        take_in(make_film(), library)
    assert nothing_left()


def test_an_encoder_that_is_killed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ffmpeg, "ffmpeg_program", lambda: sys.executable)
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    with pytest.raises(Refusal, match="stopped by the system \\(signal 9\\), perhaps for want of memory"):
        _ffmpeg.run(["-c", code], frame=lambda _: None, samples=None)


def test_an_interrupted_run_stops_ffmpeg(
    make_film: Make, library: FilmLibrary, nothing_left: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        started.append(real(*args, **kwargs))  # type: ignore[call-overload]
        return started[-1]

    def interrupt(what: str, share: float) -> None:
        if what.startswith("Making") and share > 0:  # it runs by then
            raise KeyboardInterrupt

    monkeypatch.setattr(_ffmpeg.subprocess, "Popen", popen)
    with pytest.raises(KeyboardInterrupt):
        take_in(make_film(), library, progress=interrupt)
    assert [process.returncode is not None for process in started] == [True]
    assert nothing_left()
    until = time.monotonic() + 5
    while threading.active_count() > 1 and time.monotonic() < until:
        time.sleep(0.01)


def test_damage_of_the_container_is_told_from_a_decoders_complaints() -> None:
    assert _ffmpeg.container_broken(["[in#0/matroska,webm @ 0x55d] File ended prematurely"])
    assert _ffmpeg.container_broken(["[mov,mp4,m4a @ 0x55d] stream 1, offset 0x1: partial file"])
    assert not _ffmpeg.container_broken(["[h264 @ 0x55d] Invalid NAL unit size (3900 > 1483).", ""])


def test_ffmpeg_has_the_filters_that_hdr_needs() -> None:
    assert _ffmpeg.has_filter("zscale")
    assert _ffmpeg.has_filter("tonemap")
    assert not _ffmpeg.has_filter("no_such_filter")
