"""A JupyterLab over a folder, as a person starts it there, with settings of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._web import wait_for

__all__ = ["jupyterlab", "start"]


def start(folder: Path, port: int, **more: str) -> subprocess.Popen[bytes]:
    """Start it, in a session of its own, and wait until it answers.

    Args:
        folder: Where its notebooks lie; its settings and its log lie there too.
        port: Where it listens, for this machine only.
        **more: Further environment variables.
    """
    said = [f"--ServerApp.port={port}", "--ServerApp.token=", "--ServerApp.password=", "--allow-root"]
    here = ["--no-browser", f"--ServerApp.root_dir={folder}", "--LabApp.news_url="]
    own = {
        "JUPYTER_CONFIG_DIR": str(folder / ".config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / ".lab"),
        "JUPYTER_RUNTIME_DIR": str(folder / ".runtime"),
    }
    with (folder / "lab.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *said, *here],
            cwd=folder, stdout=log, stderr=log, env=os.environ | own | more, start_new_session=True,
        )  # fmt: skip
    wait_for(f"http://127.0.0.1:{port}/api/status", process)
    return process


@contextmanager
def jupyterlab(folder: Path, port: int, **more: str) -> Iterator[str]:
    """Run it meanwhile; gives its address."""
    process = start(folder, port, **more)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
