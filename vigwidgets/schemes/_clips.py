"""The scheme of the clip tray: clips and stills for a shared review are coded like anything else."""

from __future__ import annotations

from functools import lru_cache

from vigwidgets.contract import Code, Scheme
from vigwidgets.schemes._scheme import Codebook

__all__ = ["CLIPS", "clip_codebook", "with_clips", "without_clips"]

CLIPS = "clips"
"""The scheme's id. It comes with the program and not with the course: no exercise is tagged with it."""


def with_clips(codebook: Codebook) -> Codebook:
    """Return a scheme with the lanes of the tray below its own, for an exercise in which clips are chosen."""
    return _with_clips(codebook.scheme.model_dump_json())


def without_clips(codebook: Codebook) -> Codebook:
    """Return the scheme that `with_clips` was given."""
    lanes = {code.id for code in clip_codebook().scheme.codes}
    codes = [code for code in codebook.scheme.codes if code.id not in lanes]
    changed = {"id": codebook.scheme.id.removesuffix(f".{CLIPS}"), "codes": codes}
    return Codebook(codebook.scheme.model_copy(update=changed))


@lru_cache(maxsize=8)
def _with_clips(scheme: str) -> Codebook:
    own = Scheme.model_validate_json(scheme)
    codes = [*own.codes, *clip_codebook().scheme.codes]
    return Codebook(own.model_copy(update={"id": f"{own.id[:57]}.{CLIPS}", "codes": codes}))


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
