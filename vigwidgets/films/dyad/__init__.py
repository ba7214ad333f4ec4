"""Films of a parent and a baby, drawn from scripts: no child had to be in them, and what there is to see is known.

A script has a cast and two layers: acts, which are drawn and heard, and beats, which an expert codes. The truth of
a film is its beats, and a beat that its acts do not show is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigwidgets.films.dyad._check import check_script
from vigwidgets.films.dyad._initiatives import check_initiatives, left_out
from vigwidgets.films.dyad._load import load_script, parse_script
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.dyad._truth import truth_of

if TYPE_CHECKING:
    from vigwidgets.films.dyad._background import render_in_background
    from vigwidgets.films.dyad._render import render
    from vigwidgets.films.dyad._sheet import contact_sheet, still

__all__ = [
    "Script",
    "check_initiatives",
    "check_script",
    "contact_sheet",
    "left_out",
    "load_script",
    "parse_script",
    "recount",
    "render",
    "render_in_background",
    "still",
    "truth_of",
]


def recount(script: Script) -> list[str]:
    """Return what a second, frame-by-frame count does not bear out, a sentence each; empty: the truth holds."""
    from vigwidgets.films.dyad import _recount, _recount_levels  # noqa: PLC0415 - an author's, not a trainee's

    return [*_recount.recount(script), *_recount_levels.recount_levels(script)]


def __getattr__(name: str) -> object:
    # moviepy and the drawing library are loaded when a film is drawn, not when a script is only checked.
    if name == "render":
        from vigwidgets.films.dyad._render import render  # noqa: PLC0415

        return render
    if name == "render_in_background":
        from vigwidgets.films.dyad._background import render_in_background  # noqa: PLC0415

        return render_in_background
    if name in ("contact_sheet", "still"):
        from vigwidgets.films.dyad import _sheet  # noqa: PLC0415

        return getattr(_sheet, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
