"""Find a Chromium that plays H.264, or install one: `python -m scripts.chromium` prints where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/opt/google/chrome/chrome")

# A browser under test asks nobody anything.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Return the path of a Chromium or Chrome on this machine; ``VIG_CHROMIUM`` names one first."""
    if chosen := os.environ.get("VIG_CHROMIUM"):
        return chosen
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


def install() -> None:
    """Install Debian's package when that is possible, otherwise Google Chrome.

    Playwright's own Chromium is not enough: it has no H.264, which the films are in.
    """
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)  # noqa: S607
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True)  # noqa: S607
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chrome"], check=True)


def main() -> None:
    """Print where Chromium is, after installing it if need be."""
    if find() is None:
        print("No Chromium was found; installing one for the browser tests.", flush=True)
        install()
    path = find()
    if path is None:
        sys.exit("No Chromium could be installed; install Chromium or Chrome, or set VIG_CHROMIUM to its path.")
    print(f"Browser tests use {path}.")


if __name__ == "__main__":
    main()
