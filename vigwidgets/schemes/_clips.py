"""The scheme of the clip tray: clips and stills for a shared review are coded like anything else."""

from __future__ import annotations

from functools import lru_cache

from vigwidgets.contract import Code, Scheme
from vigwidgets.schemes._scheme import Codebook

__all__ = ["CLIPS", "clip_codebook"]

CLIPS = "clips"
"""The scheme's id. It comes with the program and not with the course: no exercise is tagged with it."""


@lru_cache
def clip_codebook() -> Codebook:
    """Return what a tray holds: a clip lasts, a still is one frame. A tag's note is its title."""
    clip = Code(id="clip", parent=None, kind="state", label={"en": "Clip"}, colour="#37877d")
    still = Code(id="still", parent=None, kind="point", label={"en": "Still"}, colour="#b07a12")
    return Codebook(
        Scheme(
            id=CLIPS,
            version="1",
            title={"en": "Clips for a shared review"},
            about={"en": "A tag's note is its title; its modifier `place` says where in the review it comes."},
            codes=[clip, still],
        )
    )
