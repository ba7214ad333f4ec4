"""Films to whoever may watch them: with ranges, kept by their own browser, and asked about each time."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar, TypedDict
from urllib.parse import quote

from vigwidgets.contract import Film
from vigwidgets.errors import Refusal
from vigwidgets.records import Person
from vigwidgets.service.base import Missing
from vigwidgets.service.files import FileHandler, version_of
from vigwidgets.service.state import ServiceState
from vigwidgets.service.terms import opened

__all__ = ["FilmFiles", "FilmHandler", "film_files", "film_url", "films_of", "second_view"]

_TYPES = {
    ".mp4": "video/mp4",
    ".json": "application/json; charset=utf-8",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
}
_TEXTS = frozenset({".json", ".vtt"})
# What a trainee's browser would learn from the truth is the answer; it is no file of the service at all.
_NEVER = frozenset({"truth.json"})


class FilmFiles(TypedDict):
    """The addresses of a film's files, as a page's boot names them."""

    frames: str
    proxy: str
    poster: str
    peaks: str | None
    scrub: str
    scrubIndex: str
    captions: dict[str, str]
    descriptions: dict[str, str]


class SecondView(TypedDict):
    """A second camera of the same scene, as a page's boot names it; see ``frontend/src/boot.ts``."""

    film: dict[str, Any]
    frames: str
    files: dict[str, Any]
    offset: int


def film_url(state: ServiceState, film_id: str, name: str) -> str:
    """Return the address of a film's file, which changes with the file so that no page mixes two versions.

    Raises:
        Refusal: There is no such film, or it has no such file.
    """
    try:
        version = version_of(state.library.file(film_id, name))
    except OSError:
        raise Refusal(f"The film {film_id!r} has no file {name!r}; take the film in again.") from None
    return f"{state.base}films/{quote(film_id)}/{quote(name)}?v={version}"


def film_files(state: ServiceState, film: Film) -> FilmFiles:
    """Return the addresses of everything that a player needs of a film.

    Raises:
        Refusal: A file is missing.
    """
    return FilmFiles(
        frames=film_url(state, film.id, "frames.json"),
        proxy=film_url(state, film.id, "proxy.mp4"),
        poster=film_url(state, film.id, "poster.jpg"),
        peaks=film_url(state, film.id, "peaks.json") if film.sound else None,
        scrub=film_url(state, film.id, "scrub.jpg"),
        scrubIndex=film_url(state, film.id, "scrub.json"),
        captions={language: film_url(state, film.id, f"captions.{language}.vtt") for language in film.captions},
        descriptions={
            language: film_url(state, film.id, f"descriptions.{language}.vtt")
            for language in state.library.described(film.id)
        },
    )


def second_view(state: ServiceState, film: Film) -> SecondView | None:
    """Return the second camera of a film that was drawn from two sides: the same frames at the same times.

    Raises:
        Refusal: A file is missing.
    """
    if not state.library.has(film.id, "second.mp4"):
        return None
    return SecondView(
        film=film.model_dump(mode="json"),
        frames=film_url(state, film.id, "frames.json"),
        files={"proxy": film_url(state, film.id, "second.mp4")},
        offset=0,
    )


def films_of(state: ServiceState, person: Person) -> set[str]:
    """Return the films that are a person's to watch: those of the course, and those they have begun to observe.

    A film whose exercises have all not opened yet waits with them: whoever has studied it before is no longer asked
    what they see at once.
    """
    course = state.course
    shown = {exercise.film for exercise in course.exercises.values() if opened(exercise)}
    shown |= {film for one in course.sets.values() for film in one.see}
    return shown | state.records.observed_films(person.id)


class FilmHandler(FileHandler):
    """``/films/<id>/<file>``."""

    actions: ClassVar = {"get": "film.read"}

    async def owns(self, *path: str) -> bool:
        """Tell whether an exercise that the person may do uses the film."""
        return self.person is not None and path[0] in await self.state.read(films_of, self.state, self.person)

    async def get(self, film_id: str, name: str) -> None:
        """Send a file of a film, or part of it."""
        suffix = name[name.rfind(".") :]
        if name in _NEVER or suffix not in _TYPES:
            raise Missing(f"A film has no file {name[:80]!r} to send; go back to the page that shows the film.")
        try:
            path = await self.state.read(self.state.library.file, film_id, name)
            # A browser may keep the bytes, but asks each time whether they may still be shown: after signing out,
            # or when a film was withdrawn, they may not. To be told that nothing changed costs 200 bytes.
            cache = "private, no-cache"
            send = self.send_text_file if suffix in _TEXTS else self.send_file
            await send(path, _TYPES[suffix], cache)
        except (Refusal, FileNotFoundError):
            raise Missing(
                f"There is no film {film_id[:64]!r} with a file {name[:80]!r}; open its exercise again."
            ) from None

    async def head(self, film_id: str, name: str) -> None:
        """Say what `get` would send."""
        await self.get(film_id, name)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Answer a mishap; once bytes have gone out there is nothing to say any more."""
        if self._headers_written:
            return
        for name in ("Content-Length", "Content-Range", "Etag", "Accept-Ranges", "Content-Encoding"):
            self.clear_header(name)
        super().write_error(HTTPStatus(status_code), **kwargs)
