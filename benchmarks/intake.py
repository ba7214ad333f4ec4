"""Intake of a film against ffmpeg itself with the same settings.

Ours also hashes the file, probes it, makes the scrub sheet, peaks and poster, checks every frame's time and publishes
the film durably. The other is the bare program making the same proxy and nothing else. They take turns, and the
better half of each is compared: what disturbs a run only ever makes it slower.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from vigwidgets.films import FilmLibrary, take_in
from vigwidgets.films._ffmpeg import ffmpeg_program
from vigwidgets.films.derive import PROXY_AUDIO, PROXY_VIDEO

TARGET = 0.95
ROUNDS = 4


def _source(folder: Path) -> Path:
    """Make 20 s of moving 720p H.264 with sound, long GOP and B-frames, as a telephone would."""
    path = folder / "source.mp4"
    picture = "testsrc2=size=1280x720:rate=30,noise=alls=5:allf=t,format=yuv420p"
    sound = "anoisesrc=r=48000:a=0.2:c=pink"
    command = [
        *(ffmpeg_program(), "-v", "error", "-y", "-nostdin", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound),
        *("-t", "20", "-c:v", "libx264", "-preset", "superfast", "-crf", "23", "-g", "250", "-bf", "2"),
        *("-c:a", "aac", str(path)),
    ]
    subprocess.run(command, check=True)
    return path


def _bare(source: Path, target: Path) -> None:
    command = [
        *(ffmpeg_program(), "-v", "error", "-y", "-nostdin", "-filter_complex_threads", "2", "-threads", "2"),
        *("-i", str(source), "-filter_complex", "[0:v]scale=1280:720,setsar=1,format=yuv420p[v]"),
        *("-map", "[v]", "-fps_mode", "passthrough", "-enc_time_base", "demux", *PROXY_VIDEO, "-threads", "2"),
        *("-map", "0:a", *PROXY_AUDIO, "-f", "mp4", str(target)),
    ]
    subprocess.run(command, check=True)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run() -> list[dict[str, object]]:
    """Return the one row of this benchmark."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _source(folder)
        ours: list[float] = []
        other: list[float] = []
        for number in range(ROUNDS):
            library = FilmLibrary(folder / f"data-{number}")  # a new one each time: a known file is not taken in twice

            def mine(library: FilmLibrary = library) -> None:
                take_in(source, library)

            def theirs() -> None:
                _bare(source, folder / "bare.mp4")

            pair = [(mine, ours), (theirs, other)]
            for work, times in pair if number % 2 else reversed(pair):
                times.append(_seconds(work))
        mine_s, theirs_s = (median(sorted(times)[: ROUNDS // 2]) for times in (ours, other))
    ratio = theirs_s / mine_s
    return [
        {
            "name": "intake of 20 s of 720p, against ffmpeg with the same settings",
            "ours": round(mine_s, 3),
            "other": round(theirs_s, 3),
            "unit": "s",
            "ratio": round(ratio, 3),
            "target": TARGET,
            "holds": ratio >= TARGET,
        }
    ]


if __name__ == "__main__":
    for row in run():
        print(row)
