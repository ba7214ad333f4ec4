"""``vig film preview``, ``sheet``, ``check`` and ``codes``: look at a script before it is rendered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigwidgets.errors import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["COMMANDS", "script_path"]

_SCRIPT = click.argument("script", type=click.Path(path_type=Path))
_OUT = click.option("--out", type=click.Path(path_type=Path), help="Where the PNG goes. Default: beside you.")
_SIZE = click.option("--size", default="640x360", show_default=True, metavar="WIDTHxHEIGHT", help="Pixels.")
_NAME = re.compile(r"[a-z0-9-]{1,64}")
_TIME = re.compile(r"(?:(\d+):)?(\d+(?:\.\d+)?)")


@click.command()
@_SCRIPT
@click.option("--at", "at", required=True, metavar="TIME", help="Seconds such as 12.4, or 1:02.4.")
@_SIZE
@_OUT
def preview(script: Path, at: str, size: str, out: Path | None) -> None:
    """Draw one moment of SCRIPT as a PNG, at once."""
    from vigwidgets.films import dyad

    moment, pixels = _moment(at), _pixels(size)
    told = dyad.load_script(script_path(script))
    if not 0 <= moment < told.duration / 1e6:
        raise Refusal(f"--at is {moment:g} s; the film lasts {told.duration / 1e6:g} s, choose a moment inside.")
    target = out or Path(f"{told.id}-{moment:g}s.png")
    _save(dyad.still(told, moment, pixels), target)
    for act in told.acts:
        if act.start / 1e6 <= moment < act.end / 1e6:
            click.echo(f"  {act.actor}: {act.does} {act.target or act.thing or ''} {act.text or ''}".rstrip())


@click.command()
@_SCRIPT
@click.option(
    "--every", type=click.FloatRange(min=0.04), default=None, help="Seconds between two moments. Default: 24 in all."
)
@click.option("--from", "first", default=None, metavar="TIME", help="Where the sheet begins.")
@click.option("--to", "last", default=None, metavar="TIME", help="Where it ends.")
@click.option("--size", default="320x180", show_default=True, metavar="WIDTHxHEIGHT", help="Pixels of each picture.")
@_OUT
def sheet(script: Path, every: float | None, first: str | None, last: str | None, size: str, out: Path | None) -> None:
    """Draw many moments of SCRIPT on one page."""
    from vigwidgets.films import dyad

    pixels = _pixels(size)
    told = dyad.load_script(script_path(script))
    seconds = told.duration / 1e6
    start = _moment(first) if first else 0.0
    end = _moment(last) if last else seconds
    if not start < end <= seconds:
        raise Refusal(
            f"The sheet goes from {start:g} to {end:g} s; the film lasts {seconds:g} s: choose a span inside."
        )
    step = every or (end - start) / 24
    count = int((end - start - 1e-9) / step) + 1
    if count > 400:
        raise Refusal(
            f"A moment every {step:g} s makes {count} pictures; 400 fit: choose {(end - start) / 400:.2g} or more."
        )
    times = [start + k * step for k in range(count)]
    _save(dyad.contact_sheet(told, times=times, size=pixels), out or Path(f"{told.id}-sheet.png"))


@click.command()
@_SCRIPT
def check(script: Path) -> None:
    """Check SCRIPT: its acts, its beats, its levels, and a second count of its truth frame by frame.

    A call, a reach or a laugh of a child's that no beat names is a fault; a look or a smile in no beat is only named.
    """
    from vigwidgets.films import dyad

    told = dyad.load_script(script_path(script))
    dyad.check_initiatives(told)
    faults = dyad.recount(told)
    if faults:
        raise Refusal(
            f"{script.name}: {faults[0]}" + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else "") + "."
        )
    seconds = told.duration / 1e6
    click.echo(f"{told.id}: {seconds:g} s, {len(told.acts)} acts, {len(told.beats)} beats; all are borne out.")
    for beat in sorted(told.beats, key=lambda one: (one.start, one.end)):
        click.echo(f"  {beat.start / 1e6:.1f} to {beat.end / 1e6:.1f} s: {beat.id}")
    for rating in told.ratings:
        click.echo(f"  {rating.scheme} {rating.item} of {rating.of}: {rating.level}")
    for slight in dyad.left_out(told):
        click.echo(f"  Look: {slight}. Is it an initiative? Then make it a beat.")


def script_path(given: Path) -> Path:
    """Return the script that is meant: a file, or a film of the course by its name."""
    from vigwidgets.resources import resource_path

    if given.exists() or not _NAME.fullmatch(str(given)):
        return given
    folder = resource_path("course/films")
    if not (folder / f"{given}.yaml").is_file():
        known = ", ".join(sorted(path.stem for path in folder.glob("*.yaml")))
        raise Refusal(f"{str(given)!r} is neither a file here nor a film of the course; the course has {known}.")
    return folder / f"{given}.yaml"


def _moment(text: str) -> float:
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise click.BadParameter(f"{text!r} is no time, such as 12.4 or 1:02.4.")
    return 60 * int(found[1] or 0) + float(found[2])


def _pixels(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit() and 16 <= int(width) <= 3840 and 9 <= int(height) <= 2160):
        raise click.BadParameter(f"{text!r} is not WIDTHxHEIGHT, such as 640x360.", param_hint="--size")
    return int(width), int(height)


def _save(picture: Image, target: Path) -> None:
    try:
        picture.save(target, "PNG")
    except OSError as error:
        raise Refusal(f"{target} could not be written ({error.strerror or error}); choose another --out.") from None
    click.echo(str(target))


@click.command()
@click.argument("scheme", default="paig")
def codes(scheme: str) -> None:
    """Print what a beat's acts must show for each code of SCHEME: paig, seven-steps, adbb or m-adbb."""
    from vigwidgets.films.dyad._check_beats import needs_of

    table = needs_of(scheme)
    lanes = {code.split(".")[0] for code, _, needs in table if needs}
    for code, name, needs in table:
        click.echo(f"{code}  {name}")
        if needs:
            click.echo(f"    needs {needs}")
        elif code in lanes:
            click.echo("    needs what one of its behaviours needs")


COMMANDS = (preview, sheet, check, codes)
"""To be added to ``vig film``."""
