"""``vig film``: take in, render, look at, list and remove films."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from vigwidgets.cli.film_script import COMMANDS, script_path
from vigwidgets.errors import Refusal

if TYPE_CHECKING:
    from vigwidgets.contract import Film, Member
    from vigwidgets.films._making import Making

__all__ = ["film"]

_NOTE = "For demonstration: films are not kept sealed yet, so add no films of real families yet."
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Answer in JSON, for programs; durations are in microseconds, as everywhere.",
)


@click.group()
def film() -> None:
    """Take in, render and list films."""


@film.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", help="What it is called. Default: 'Film of' and today's date.")
@click.option(
    "--cast",
    multiple=True,
    metavar="ID:ROLE:NAME",
    help="Someone on film, such as mia:child:Mia; once for each. Default: a baby and a parent.",
)
@click.option("--damaged", is_flag=True, help="Keep what can be read of a damaged film.")
@_JSON
@click.pass_obj
def add(data: Path, file: Path, title: str | None, cast: tuple[str, ...], damaged: bool, as_json: bool) -> None:
    """Take in FILE, a film as phones and cameras make it.

    Makes an upright copy in which every frame keeps its own time, with sound peaks, a poster and a scrub sheet. The
    file itself is not changed, and its name is not kept.

    For demonstration: films are not kept sealed yet, so add no films of real families yet.
    """
    from vigwidgets.films import FilmLibrary
    from vigwidgets.films.intake import intake

    members = _cast(cast)
    _check_title(title)
    click.echo(_NOTE, err=True)
    with _progress(quiet=as_json) as progress:
        result = intake(file, FilmLibrary(data), title=title, cast=members, damaged=damaged, progress=progress)
    done = ["This file was here already; nothing was changed."] if result.known else result.film.done
    if as_json:
        _print_json({**_summary(result.film), "known": result.known, "done": done})
        return
    click.echo(f"{result.film.id}  {_describe(result.film)}")
    for sentence in done:
        click.echo(f"  {sentence}")


@film.command("list")
@_JSON
@click.pass_obj
def list_(data: Path, as_json: bool) -> None:
    """List the films that are here."""
    from vigwidgets.films import FilmLibrary

    library = FilmLibrary(data)
    films = library.list()
    if as_json:
        _print_json([_summary(one) for one in films])
        return
    for making in library.making():
        click.echo(_describe_making(making))
    if not films:
        click.echo("There are no films yet; `vig film add FILE` takes one in.")
    else:
        width = max(len(one.id) for one in films)
        for one in films:
            click.echo(f"{one.id:<{width}}  {_describe(one)}")


@film.command()
@click.argument("id_", metavar="ID")
@_JSON
@click.pass_obj
def remove(data: Path, id_: str, as_json: bool) -> None:
    """Remove the film ID with everything that was made from it."""
    from vigwidgets.films import FilmLibrary

    FilmLibrary(data).remove(id_)
    if as_json:
        _print_json({"removed": id_})
    else:
        click.echo(f"The film {id_} was removed.")


@film.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option("--size", default="640x360", show_default=True, metavar="WIDTHxHEIGHT", help="Pixels of the film.")
@click.option("--replace", is_flag=True, help="Let an older film of that id give way.")
@click.option("--background", is_flag=True, help="Return at once; `vig film list` says how far it is.")
@_JSON
@click.pass_obj
def render(data: Path, script: Path, size: str, replace: bool, background: bool, as_json: bool) -> None:
    """Draw the film of a parent and a baby that SCRIPT tells, with its truth.

    SCRIPT is a file, or the name of a film of the course, such as spoon.
    """
    pixels = _size(size)
    from vigwidgets.films import FilmLibrary, dyad

    told, library = dyad.load_script(script_path(script)), FilmLibrary(data)
    if background:
        dyad.render_in_background(told, library, size=pixels, replace=replace)
        if as_json:
            _print_json({"making": told.id})
        else:
            click.echo(f"{told.id} is being drawn; `vig film list` says how far it is and where its beginning lies.")
        return
    with _progress(quiet=as_json) as progress:
        drawn = dyad.render(told, library, size=pixels, progress=progress, replace=replace)
    if as_json:
        _print_json({**_summary(drawn), "done": drawn.done})
    else:
        click.echo(f"{drawn.id}  {_describe(drawn)}")


for _command in COMMANDS:
    film.add_command(_command)


def _summary(one: Film) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "frames": one.frames,
        "duration": one.duration,
        "seconds": one.duration / 1_000_000,
        "width": one.width,
        "height": one.height,
        "rate": one.rate,
        "sound": one.sound,
        "synthetic": one.script is not None,
    }


def _describe(one: Film) -> str:
    sound = "" if one.sound else ", no sound"
    drawn = ", drawn" if one.script else ""
    length = f"{one.duration / 1_000_000:.1f} s, {one.frames} frames"
    return f"{one.title} ({length}, {one.width} × {one.height}{sound}{drawn})"


def _describe_making(one: Making) -> str:
    if one.failed:
        return f"{one.id}: could not be drawn. {one.failed}"
    first = f"; its beginning is in {one.first}" if one.first else ""
    return f"{one.id}: being drawn, {one.share:.0%}{first}"


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _check_title(title: str | None) -> None:
    if title is not None and not 1 <= len(title) <= 200:
        raise Refusal(f"The title has {len(title)} characters; give it 1 to 200, or leave --title out.")


def _cast(given: tuple[str, ...]) -> list[Member] | None:
    """Read ``ID:ROLE:NAME``; wrong usage is click's business (exit code 2)."""
    from pydantic import ValidationError

    from vigwidgets.contract import Member

    members: list[Member] = []
    for text in given:
        parts = text.split(":", 2)
        roles = get_args(Member.model_fields["role"].annotation)
        if len(parts) != 3 or parts[1] not in roles:
            raise click.BadParameter(
                f"{text!r} is not ID:ROLE:NAME with one of the roles {', '.join(roles)}.", param_hint="--cast"
            )
        try:
            members.append(Member.model_validate(dict(zip(("id", "role", "name"), parts, strict=True))))
        except ValidationError as error:
            raise click.BadParameter(
                f"{text!r}: the id takes letters, digits, dots, dashes and underscores, the name 1 to 80 characters.",
                param_hint="--cast",
            ) from error
    if len({member.id for member in members}) < len(members):
        raise click.BadParameter("two members have the same id; give each an id of their own.", param_hint="--cast")
    return members or None


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise click.BadParameter(f"{text!r} is not WIDTHxHEIGHT, such as 640x360.", param_hint="--size")
    return int(width), int(height)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, float], None] | None]:
    """Show a bar on standard error, if a person is looking."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)
