"""A film of ten minutes for the benchmarks: made once by ffmpeg, kept in the machine's temporary directory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.browser.numbered_page import CAST
from vigwidgets.contract import Film
from vigwidgets.films._ffmpeg import ffmpeg_program
from vigwidgets.films._json import write_model
from vigwidgets.films.derive import derive

SECONDS = 600
RATE = 25
FRAMES = SECONDS * RATE


def ten_minutes(id: str) -> Path:
    """Return a film folder: 640×360, sound, a group of six pictures without B-frames as our proxies have."""
    home = Path(tempfile.gettempdir()) / f"vig-bench-{os.getuid()}-{id}-1"
    if (home / "film.json").exists():
        return home
    draft = Path(tempfile.mkdtemp(prefix="vig-bench-"))
    command = [
        *(ffmpeg_program(), "-v", "error", "-y", "-nostdin", "-f", "lavfi", "-i", f"testsrc=s=640x360:r={RATE}"),
        *("-f", "lavfi", "-i", "sine=220:beep_factor=3", "-t", str(SECONDS), "-c:v", "libx264", "-preset", "ultrafast"),
        *("-crf", "34", "-pix_fmt", "yuv420p", "-g", "6", "-bf", "0", "-video_track_timescale", "90000"),
        *("-c:a", "aac", "-b:a", "32k", "-movflags", "+faststart", str(draft / "proxy.mp4")),
    ]
    subprocess.run(command, check=True)
    index = derive(draft / "proxy.mp4", draft, id)
    film = Film(
        id=id, title="Ten minutes", frames=len(index.times), duration=index.duration, width=640, height=360,
        rate=f"{RATE}/1", sound=True, cast=CAST, captions=[], done=[], script=None, original=None,
    )  # fmt: skip
    write_model(draft / "film.json", film)
    shutil.rmtree(home, ignore_errors=True)
    draft.rename(home)
    return home
