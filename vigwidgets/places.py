"""Where an installation keeps what it is given: one data directory."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = ["data_directory"]


def data_directory(chosen: str | os.PathLike[str] | None = None) -> Path:
    """Return the data directory: ``chosen``, else ``$VIG_DATA_DIR``, else the platform's usual place.

    The directory is not created here: what reads it must not leave traces.
    """
    if chosen:
        return Path(chosen).expanduser().resolve()
    if from_environment := os.environ.get("VIG_DATA_DIR"):
        return Path(from_environment).expanduser().resolve()
    return Path(platformdirs.user_data_dir("vigwidgets", appauthor=False))
