"""Read a film's folder: what it is, when its frames are, and where its picture lies."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from vigwidgets.contract import Film, FrameIndex, in_a_sentence
from vigwidgets.errors import Refusal, shown
from vigwidgets.places import data_directory

__all__ = ["FilmFolder", "open_film"]

_Kind = TypeVar("_Kind", Film, FrameIndex)
_SECOND = "second.mp4"
#: A sheet of small pictures of more bytes than this stays where it is: 8 MB.
LARGEST_SHEET = 8_000_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class FilmFolder:
    """A film that is ready to be shown.

    Attributes:
        folder: Where it lies.
        film: What it is.
        frames: When each of its frames begins, in microseconds.
        peaks: Its loudness, ``{"rate": values a second, "peaks": [0..100]}``; empty without sound.
        captions: WebVTT text by language.
        scrub: Where each small picture lies on its sheet, and when it was taken; empty without a sheet.
        scrub_sheet: The sheet itself, a JPEG of at most ``LARGEST_SHEET`` bytes.
        shelved: Whether it was named by its id, so that a server with our extension has it too.
        descriptions: What is to be seen, in words, as WebVTT by language.
        picture: The name of the file that browsers play.
    """

    folder: Path
    film: Film
    frames: FrameIndex
    peaks: dict[str, Any]
    captions: dict[str, str]
    scrub: dict[str, Any]
    scrub_sheet: bytes
    shelved: bool
    descriptions: dict[str, str] = field(default_factory=dict)
    picture: str = "proxy.mp4"

    @property
    def proxy(self) -> Path:
        """The file that browsers play."""
        return self.folder / self.picture

    @property
    def second(self) -> FilmFolder | None:
        """The same film from a second camera, where it has one: the same frames at the same times."""
        if self.picture == _SECOND or not (self.folder / _SECOND).is_file():
            return None
        return replace(self, picture=_SECOND)


def open_film(film: str | os.PathLike[str], data: str | os.PathLike[str] | None = None) -> FilmFolder:
    """Find and read a film.

    Args:
        film: A film's folder, or the id of a film in the data directory.
        data: The data directory; `vigwidgets.places.data_directory` by default.

    Raises:
        Refusal: There is no such film, or its folder is not whole.
    """
    folder = Path(film).expanduser()
    shelved = False
    if not (folder / "film.json").is_file() and isinstance(film, str) and _ID.fullmatch(film):
        folder, shelved = data_directory(data) / "films" / film, True
    if not (folder / "film.json").is_file():
        raise Refusal(
            f"There is no film {shown(os.fspath(film))} here or in {data_directory(data) / 'films'}; give the folder "
            "that holds its film.json, or a film's id and, with data='…' or VIG_DATA_DIR, where it is kept (.demo for "
            "the films of `make run`)."
        )
    for needed in ("frames.json", "proxy.mp4"):
        if not (folder / needed).is_file():
            raise Refusal(f"The film in {folder} has no {needed}; take it in again with `vig film add`.")
    scrub, sheet = _scrub(folder)
    return FilmFolder(
        folder=folder,
        film=_parse(Film, folder / "film.json"),
        frames=_parse(FrameIndex, folder / "frames.json"),
        peaks=_optional(folder / "peaks.json"),
        captions=_texts(folder, "captions"),
        scrub=scrub,
        scrub_sheet=sheet,
        shelved=shelved,
        descriptions=_texts(folder, "descriptions"),
    )


def _parse(kind: type[_Kind], path: Path) -> _Kind:
    try:
        return kind.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, path.name)) from None
    except OSError as error:
        raise Refusal(
            f"{path.name} could not be read ({error.strerror}); restore it or take the film in again."
        ) from None


def _texts(folder: Path, kind: str) -> dict[str, str]:
    return {path.name.split(".")[1]: path.read_text("utf-8") for path in sorted(folder.glob(f"{kind}.*.vtt"))}


def _scrub(folder: Path) -> tuple[dict[str, Any], bytes]:
    """Return the index of the small pictures and their sheet; a film does without."""
    index, sheet = _optional(folder / "scrub.json"), folder / "scrub.jpg"
    try:
        if not index or sheet.stat().st_size > LARGEST_SHEET:
            return {}, b""
        return index, sheet.read_bytes()
    except OSError:
        return {}, b""


def _optional(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
