"""``vig demo``: the people and the films of the demonstration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

__all__ = ["DEMO_PEOPLE", "demo"]

# Invented people. They have no password: they can be entered with one click, on this machine only.
DEMO_PEOPLE = (
    ("Nadia Berg", "nadia", "trainee"),
    ("Tom Hale", "tom", "supervisor"),
    ("Ines Roth", "ines", "author"),
)


@click.command()
@click.option("--first", is_flag=True, help="Only the films that the path begins with; leave the later ones undrawn.")
@click.pass_obj
def demo(data: Path, first: bool) -> None:
    """Prepare the demonstration in the data directory: its people and its films.

    What is there already stays; a film is drawn again only when its script or the way of drawing changed. The films at
    the end of the path are drawn in the background, while one begins it.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    note = data / "demo.json"
    done = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    for part in _parts(data):
        if (first and part.later) or (part.result.exists() and done.get(part.name) == part.mark):
            continue
        part.prepare()
        done[part.name] = part.mark
        note.write_text(json.dumps(done), encoding="utf-8")


_FIRST_LEVELS = 2  # of the training: whoever begins is busy with these for a while


@dataclass(frozen=True)
class _Part:
    """One part of the demonstration.

    Attributes:
        name: What it is called in the note of what is done.
        mark: Changes with whatever it is made from.
        result: The file that is there once it is made.
        prepare: Makes it.
        later: Whether nobody waits for it.
    """

    name: str
    mark: str
    result: Path
    prepare: Callable[[], None]
    later: bool = False


def _parts(data: Path) -> Iterator[_Part]:
    from vigwidgets.curriculum import load_course
    from vigwidgets.resources import resource_path

    yield _Part("people", repr(DEMO_PEOPLE), data / "vig.db", partial(_people, data))
    course = load_course()
    later = {film for one in course.sets.values() for film in one.see}
    later |= {course.exercise(name).film for one in course.sets.values() for name in one.exercises}
    later |= {exercise.film for exercise in course.exercises.values() if exercise.level > _FIRST_LEVELS}
    later -= {exercise.film for exercise in course.exercises.values() if exercise.level == 1}
    films = dict.fromkeys([exercise.film for exercise in course.exercises.values()])
    for film in [*(one for one in films if one not in later), *sorted(later)]:
        script = resource_path(f"course/films/{film}.yaml")
        result = data / "films" / film / "film.json"
        # Nobody waits for the films at the end of the path: they are drawn while one begins it.
        draw = _begin_to_draw if film in later else _render
        yield _Part(f"film {film}", _fingerprint(script), result, partial(draw, script, data), film in later)


def _people(data: Path) -> None:
    from vigwidgets.records import Records

    records = Records.open(data)
    known = {person.login for person in records.people()}
    for name, login, role in DEMO_PEOPLE:
        if login not in known:
            records.add_person(name, login, role, None)
    records.close()


def _render(script: Path, data: Path) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from vigwidgets.films import FilmLibrary
    from vigwidgets.films.dyad import load_script, render

    library = FilmLibrary(data)
    loaded = load_script(script)
    with Progress(console=Console(stderr=True)) as bars:
        bar = bars.add_task(f"drawing “{loaded.title}”", total=1.0)
        render(loaded, library, replace=True, progress=lambda _what, share: bars.update(bar, completed=share))


def _begin_to_draw(script: Path, data: Path) -> None:
    from vigwidgets.errors import Refusal
    from vigwidgets.films import FilmLibrary
    from vigwidgets.films.dyad import load_script, render_in_background

    with suppress(Refusal):  # it is being drawn already
        render_in_background(load_script(script), FilmLibrary(data), replace=True)


def _fingerprint(script: Path) -> str:
    """Return what a drawn film depends on: its script, what that plays and says, and the code that draws."""
    dyad = Path(__file__).resolve().parent.parent / "films" / "dyad"
    digest = hashlib.sha256(script.read_bytes())
    beside = [path for part in ("phrases", "words", "levels") for path in (script.parent / part).glob("*.yaml")]
    for source in [*sorted(beside), *sorted(dyad.glob("*.py"))]:
        digest.update(source.read_bytes())
    return digest.hexdigest()
