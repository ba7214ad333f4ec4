"""Intake of a film against ffmpeg itself with the same settings.

Ours also hashes the file, probes it, makes the scrub sheet, peaks and poster, checks every frame's time and publishes
the film durably. The other is the bare program making the same proxy and nothing else. They take turns, and the
better half of each is compared: what disturbs a run only ever makes it slower.
"""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
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


def _processor() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long ``work`` took on the clock and on the processors, in seconds."""
    begun, used = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - begun, _processor() - used


def _better_half(times: list[float]) -> float:
    return median(sorted(times)[: max(1, len(times) // 2)])


def run() -> list[dict[str, object]]:
    """Return two rows: by the clock, which is the target, and by processor time, which other work disturbs less."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _source(folder)
        ours: list[tuple[float, float]] = []
        other: list[tuple[float, float]] = []
        for number in range(ROUNDS):
            library = FilmLibrary(folder / f"data-{number}")  # a new one each time: a known file is not taken in twice
            pair = [
                (partial(take_in, source, library), ours),
                (partial(_bare, source, folder / "bare.mp4"), other),
            ]
            for work, times in pair if number % 2 else reversed(pair):
                times.append(_seconds(work))
    what = "intake of 20 s of 720p, against ffmpeg with the same settings"
    return [_row(what, ours, other, 0), _row(f"{what}: processor time", ours, other, 1)]


def _row(name: str, ours: list[tuple[float, float]], other: list[tuple[float, float]], which: int) -> dict[str, object]:
    mine, theirs = (_better_half([pair[which] for pair in times]) for times in (ours, other))
    ratio = theirs / mine
    return {
        "name": name,
        "ours": round(mine, 3),
        "other": round(theirs, 3),
        "unit": "s",
        "ratio": round(ratio, 3),
        "target": TARGET,
        "holds": ratio >= TARGET,
    }


if __name__ == "__main__":
    for row in run():
        print(row)
