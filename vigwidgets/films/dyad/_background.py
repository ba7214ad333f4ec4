"""Draw a film in a process of its own, which goes on when the one that asked has ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.films._making import forget_failure, note_failure
from vigwidgets.films.dyad._check import check_script
from vigwidgets.films.dyad._initiatives import check_initiatives
from vigwidgets.films.dyad._model import Script

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["FIRST_SECONDS", "render_in_background"]

FIRST_SECONDS = 10.0
"""So much of a film can be watched while the rest of it is drawn."""

_ROOT = Path(__file__).resolve().parents[3]
_NICE = 19


def render_in_background(
    script: Script, library: FilmLibrary, *, size: tuple[int, int] = (640, 360), replace: bool = False
) -> subprocess.Popen[bytes]:
    """Begin to draw a film and return at once; :meth:`FilmLibrary.making` says how far it is, or why it failed.

    The first seconds are drawn before the rest. The process steps back whenever somebody else needs the computer.

    Args:
        script: A script from :func:`load_script`.
        library: Where the film goes.
        size: Width and height in pixels.
        replace: Whether an older film of this id gives way.

    Returns:
        The process that draws, for whoever wants to wait for it.

    Raises:
        Refusal: The script does not hold, or this film is being drawn already.
    """
    check_script(script)
    check_initiatives(script)
    if any(one.id == script.id and not one.failed for one in library.making()):
        raise Refusal(f"The film {script.id!r} is being drawn already; wait until it is there.")
    if not replace and any(film.id == script.id for film in library.list()):
        raise Refusal(f"There is a film {script.id!r} already; remove it first, or choose another id.")
    forget_failure(library.data / "films", script.id)
    told = {
        "script": script.model_dump(mode="json", by_alias=True),
        "data": str(library.data.resolve()),
        "size": size,
        "replace": replace,
    }
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-m", "vigwidgets.films.dyad._background"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
        start_new_session=True,
    )
    assert process.stdin is not None  # noqa: S101
    with process.stdin as stdin:
        stdin.write(json.dumps(told).encode())
    return process


@contextmanager
def one_at_a_time(films: Path, film: str) -> Iterator[bool]:
    """Wait until no other process draws into a library; several at once would take the computer from people.

    Gives False at once, and not to draw, where another process draws or waits to draw the same film.
    """
    if fcntl is None:
        yield True
        return
    films.mkdir(parents=True, exist_ok=True)
    with (films / f".drawing-{film}").open("w") as mine, (films / ".drawing").open("w") as turn:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield True


def _step_back() -> None:
    """Give way to whoever needs the computer."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)
    # Linux shares processors among sessions first, and this process has one of its own: there its nice value is
    # nobody's, and the session's counts (man 7 sched, "The autogroup feature").
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_NICE), encoding="ascii")


def main() -> int:
    """Draw what standard input asks for; return 1 if it could not be drawn."""
    _step_back()
    told: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    script = Script.model_validate(told["script"])
    library = FilmLibrary(Path(told["data"]))
    try:
        with one_at_a_time(library.data / "films", script.id) as turn:
            if turn:
                # Whoever only asks, or waits for their turn while somebody starts the service, needs no moviepy.
                from vigwidgets.films.dyad._render import render  # noqa: PLC0415

                render(script, library, size=tuple(told["size"]), replace=told["replace"], first=FIRST_SECONDS)
    except Exception as error:
        why = str(error) if isinstance(error, Refusal) else f"It stopped with {type(error).__name__}: {error}"
        note_failure(library.data / "films", script.id, script.title, why)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
