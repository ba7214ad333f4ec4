"""How fast a synthetic film is drawn and encoded, against the time it takes to watch it."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

TARGET = 5.0
FILMS = ("blocks", "meeting-mira")  # the one that the exercises use, and one with three people and close-ups


def run() -> list[dict[str, Any]]:
    """Render films at 640 × 360, from nothing to a published folder."""
    return [_row(film) for film in FILMS]


def _row(film: str) -> dict[str, Any]:
    from vigwidgets.films import FilmLibrary
    from vigwidgets.films.dyad import load_script, render
    from vigwidgets.resources import resource_path

    script = load_script(resource_path(f"course/films/{film}.yaml"))
    with tempfile.TemporaryDirectory() as data:
        begun = time.perf_counter()
        render(script, FilmLibrary(Path(data)))
        spent = time.perf_counter() - begun
    seconds = script.duration / 1e6
    ratio = seconds / spent
    return {
        "name": f"render {film}, {seconds:.0f} s of film at 640×360, with sound and stills (other: watching it)",
        "ours": round(spent, 2),
        "other": seconds,
        "unit": "s",
        "ratio": round(ratio, 2),
        "target": TARGET,
        "holds": ratio >= TARGET,
    }


if __name__ == "__main__":
    print(run())
