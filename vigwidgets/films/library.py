"""The films of an installation: one folder each under the data directory."""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from vigwidgets.contract import Film, FrameIndex, Truth
from vigwidgets.errors import Refusal
from vigwidgets.films._json import read_model
from vigwidgets.films._making import Making, makings
from vigwidgets.films._staging import PREFIX, clear_abandoned, locked, staging_folder, sync_folder

__all__ = ["FILES", "FilmLibrary"]

FILES = (
    "film.json", "frames.json", "proxy.mp4", "second.mp4", "peaks.json", "poster.jpg", "scrub.jpg", "scrub.json",
    "truth.json",
)  # fmt: skip
"""The files of a film's folder; ``captions.<language>.vtt`` and ``descriptions.<language>.vtt`` come on top."""

_log = logging.getLogger(__name__)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CAPTIONS = re.compile(r"(captions|descriptions)\.[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\.vtt")


class FilmLibrary:
    """The films under one data directory.

    Args:
        data: The data directory; films lie in ``data/films``, which is made when the first film comes.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self._films = data / "films"

    def list(self) -> list[Film]:
        """Return every film, by title; one that cannot be read is left out, with a warning in the log."""
        if not self._films.is_dir():
            return []
        films = []
        for folder in self._films.iterdir():
            if not _ID.fullmatch(folder.name):
                continue
            path = folder / "film.json"
            with suppress(FileNotFoundError):  # removed while we looked, or not a film
                try:
                    films.append(_film(path, path.stat().st_mtime_ns))
                except Refusal as error:  # one broken film must not hide the others
                    _log.warning("A film is left out of the list: %s", error)
        return sorted(films, key=lambda film: (film.title.casefold(), film.id))

    def get(self, id: str) -> Film:
        """Return one film.

        Raises:
            Refusal: There is no film of that id.
        """
        path = self._folder(id) / "film.json"
        return _film(path, path.stat().st_mtime_ns)

    def frame_index(self, id: str) -> FrameIndex:
        """Return when every frame of a film begins; kept in memory after the first time.

        Raises:
            Refusal: There is no film of that id.
        """
        path = self.file(id, "frames.json")
        return _frames(path, path.stat().st_mtime_ns)

    def file(self, id: str, name: str) -> Path:
        """Return where a file of a film lies.

        Args:
            id: The film's id.
            name: One of ``FILES``, ``captions.<language>.vtt`` or ``descriptions.<language>.vtt``.

        Raises:
            Refusal: There is no such film, or the film has no file of that name.
        """
        folder = self._folder(id)
        self._check_name(name)
        path = folder / name
        if not path.is_file():
            there = ", ".join(sorted(one.name for one in folder.iterdir()))
            raise Refusal(f"The film {id!r} has no {name}; ask for one of {there}.")
        return path

    def _check_name(self, name: str) -> None:
        if name not in FILES and not _CAPTIONS.fullmatch(name):
            raise Refusal(f"A film has no file {name!r}; it may have {', '.join(FILES)} and captions.<language>.vtt.")

    def has(self, id: str, name: str) -> bool:
        """Tell whether a film has a file of that name, such as ``second.mp4``, a second camera's picture.

        Raises:
            Refusal: There is no such film, or films have no files of that name.
        """
        self._check_name(name)
        return (self._folder(id) / name).is_file()

    def described(self, id: str) -> Sequence[str]:
        """Return the languages in which a film is described in words, for those who do not see it.

        Raises:
            Refusal: There is no film of that id.
        """
        return sorted(path.name.split(".")[1] for path in self._folder(id).glob("descriptions.*.vtt"))

    def truth(self, id: str, scheme: str | None = None) -> Truth | None:
        """Return what there is to be seen in a synthetic film, or None for a real one.

        Args:
            id: The film's id.
            scheme: In the words of this scheme, where a film has its truth in several; by default, in its first.

        Raises:
            Refusal: There is no film of that id.
        """
        paths = self._folder(id) / "truth.json", self._folder(id) / f"truth.{scheme}.json"
        found = (_truth(path, path.stat().st_mtime_ns) for path in paths if path.is_file())
        return next((truth for truth in found if scheme in (None, truth.scheme.id)), None)

    def ratings(self, id: str) -> Sequence[dict[str, Any]]:
        """Return the levels that a synthetic film shows on rating scales; none for a real one.

        Each has ``scheme``, ``item``, ``of`` (whom), ``level`` and ``says``.

        Raises:
            Refusal: There is no film of that id.
        """
        path = self._folder(id) / "ratings.json"
        found: Sequence[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.is_file() else []
        return found

    def making(self) -> Sequence[Making]:
        """Return the films that are being drawn now, by id; the first seconds of each can be watched meanwhile."""
        return makings(self._films)

    def with_original(self, sha256: str) -> Film | None:
        """Return the film that was made from the file with this SHA-256, or None."""
        return next((film for film in self.list() if film.original and film.original.sha256 == sha256), None)

    @contextmanager
    def stage(self, id: str, *, replace: bool = False) -> Iterator[Path]:
        """Give a folder to make a film in; when the block ends well the film appears, whole, by one rename.

        After an error or a kill nothing is to be seen, and the staging folder is cleared away at the next start.

        Args:
            id: The film's id.
            replace: Whether an older film of this id gives way to this one.

        Raises:
            Refusal: The id is not one, or there is a film of that id already.
        """
        home = self._home(id)
        self._check_free(home, replace=replace)
        clear_abandoned(self._films)
        with staging_folder(self._films) as staging:
            yield staging
            if not staging.is_dir():  # the maker decided against it
                return
            sync_folder(staging)
            with locked(self._films):
                self._check_free(home, replace=replace)
                if home.exists():
                    self._put_away(home)
                staging.rename(home)

    def remove(self, id: str) -> None:
        """Remove a film with everything that was made from it.

        Raises:
            Refusal: There is no film of that id.
        """
        home = self._folder(id)
        with locked(self._films):
            self._put_away(home)

    def _put_away(self, home: Path) -> None:
        # Renamed first: a film is there or not, never half of it.
        away = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._films))
        home.rename(away / home.name)
        shutil.rmtree(away, ignore_errors=True)

    def _home(self, id: str) -> Path:
        if not _ID.fullmatch(id):
            raise Refusal(f"{id!r} cannot be a film's id; use up to 64 letters, digits, dots, dashes and underscores.")
        return self._films / id

    def _folder(self, id: str) -> Path:
        home = self._home(id) if _ID.fullmatch(id) else None
        if home is None or not (home / "film.json").is_file():
            raise Refusal(f"There is no film {id!r}; `vig film list` shows the films that there are.")
        return home

    def _check_free(self, home: Path, *, replace: bool) -> None:
        if home.exists() and not replace:
            raise Refusal(f"There is a film {home.name!r} already; remove it first, or choose another id.")


# By path and time of change: a film that is rendered again is read again.
@lru_cache(maxsize=256)
def _film(path: Path, changed: int) -> Film:  # noqa: ARG001
    return read_model(path, Film)


@lru_cache(maxsize=64)
def _frames(path: Path, changed: int) -> FrameIndex:  # noqa: ARG001
    return read_model(path, FrameIndex)


@lru_cache(maxsize=64)
def _truth(path: Path, changed: int) -> Truth:  # noqa: ARG001
    return read_model(path, Truth)
