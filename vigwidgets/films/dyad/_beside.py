"""What lies beside a drawn film: its captions, its description in words, its truth in every scheme, its ratings."""

from __future__ import annotations

from pathlib import Path

from vigwidgets.films._json import write_json, write_model
from vigwidgets.films.dyad._captions import captions
from vigwidgets.films.dyad._described import descriptions
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.dyad._truth import truth_of

__all__ = ["write_beside"]


def write_beside(script: Script, folder: Path) -> None:
    """Write the files that need no picture.

    ``truth.json`` is in the film's own scheme, ``truth.<scheme>.json`` in each further one; ``ratings.json`` has the
    level of each item of each scale, when the script claims any.

    Args:
        script: A script that has been checked.
        folder: The film's folder, while it is being made.
    """
    (folder / f"captions.{script.language}.vtt").write_text(captions(script), encoding="utf-8")
    for language in script.translations:
        (folder / f"captions.{language}.vtt").write_text(captions(script, language), encoding="utf-8")
    if script.described:
        (folder / f"descriptions.{script.language}.vtt").write_text(descriptions(script), encoding="utf-8")
    write_model(folder / "truth.json", truth_of(script))
    for scheme in script.also:
        write_model(folder / f"truth.{scheme}.json", truth_of(script, scheme))
    if script.ratings:
        write_json(folder / "ratings.json", [rating.model_dump() for rating in script.ratings])
