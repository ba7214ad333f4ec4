"""``vig doctor``: what is missing here, and how to get it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from vigwidgets.errors import Refusal
from vigwidgets.resources import static_path

__all__ = ["Finding", "doctor", "examine"]

_EXTRAS = {
    "films": ("av", "imageio_ffmpeg", "moviepy", "thorvg_python"),
    "grade": ("papermill", "nbconvert", "ipyvolume", "jupytext"),
    "serve": ("voila", "jupyterlab", "sqlalchemy", "alembic"),
}
_ROOM_BYTES = 2 * 1024**3  # a day's films of a small team


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        ok: Whether it is as it should be.
        says: What was found.
        cure: What to do when it is not ok; empty otherwise.
        needed: Whether the service does not run without it.
    """

    name: str
    ok: bool
    says: str
    cure: str = ""
    needed: bool = True


def examine(data: Path) -> list[Finding]:
    """Look at everything that the service needs on this machine; nothing is changed."""
    looks: list[Callable[[], Finding]] = [_python, *(lambda e=e: _extra(e) for e in _EXTRAS), _ffmpeg, _front_end]
    return [*(look() for look in looks), _data(data), _room(data), _chromium()]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= (3, 11)
    return Finding("Python", ok, version, "" if ok else "install Python 3.11 or newer")


def _extra(extra: str) -> Finding:
    missing = [name for name in _EXTRAS[extra] if find_spec(name) is None]
    cure = f"pip install 'vigwidgets[{extra}]'" if missing else ""
    return Finding(f"extra {extra}", not missing, "installed" if not missing else f"without {', '.join(missing)}", cure)


def _ffmpeg() -> Finding:
    cure = "pip install --force-reinstall imageio-ffmpeg"
    if find_spec("imageio_ffmpeg") is None:
        return Finding("ffmpeg", False, "not installed", "pip install 'vigwidgets[films]'")
    import imageio_ffmpeg

    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
        command = [program, "-hide_banner", "-encoders"]
        encoders = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, RuntimeError, subprocess.TimeoutExpired) as error:
        return Finding("ffmpeg", False, f"does not run ({error})", cure)
    ok = "libx264" in encoders.stdout
    return Finding("ffmpeg", ok, "encodes H.264" if ok else "cannot encode H.264", "" if ok else cure)


def _front_end() -> Finding:
    try:
        static_path("manifest.json")
    except Refusal:
        return Finding("front end", False, "not built", "run `make frontend` in the checkout, or install a wheel")
    return Finding("front end", True, "built")


def _data(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.parents) if folder.exists())
    ok = os.access(place, os.W_OK)
    cure = "" if ok else f"make {place} writable, or choose another place with --data DIR"
    return Finding("data directory", ok, str(data) if ok else f"{data} cannot be written", cure)


def _room(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    says = f"{free / 1024**3:.1f} GiB free"
    ok = free >= _ROOM_BYTES
    return Finding("room on disk", ok, says, "" if ok else "make room: films want 2 GiB and more", needed=False)


def _chromium() -> Finding:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    cure = "" if found else "only the tests need it: `make test` installs one"
    return Finding("Chromium", found is not None, found or "not found", cure, needed=False)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
@click.pass_obj
def doctor(data: Path, as_json: bool) -> None:
    """Say what is missing here and how to get it; exit 1 when the service would not run."""
    findings = examine(data)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            mark = click.style("✓", fg="green") if finding.ok else click.style("✗" if finding.needed else "–", fg="red")
            click.echo(f"{mark} {finding.name:16} {finding.says}" + (f": {finding.cure}" if finding.cure else ""))
    if any(finding.needed and not finding.ok for finding in findings):
        raise SystemExit(1)
