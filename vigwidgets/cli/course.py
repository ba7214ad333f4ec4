"""``vig course``: check a course before it is published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vigwidgets.authoring import RaterRow

__all__ = ["course"]


@click.group()
def course() -> None:
    """Check the course before it is published."""


@course.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--raters", is_flag=True, help="Send raters with a known fault through the marking instead.")
@click.option("--count", default=100, show_default=True, type=click.IntRange(1, 10_000), help="Raters of each sort.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Draws other raters.")
def check(folder: Path | None, as_json: bool, raters: bool, count: int, seed: int) -> None:
    """Check that every part of a course loads, fits, and is marked as it should be.

    FOLDER is where course.yaml lies; without one, the course that comes with vigwidgets is checked.

    With --raters, simulated people code all films of the course: some have one fault, some have none. The feedback
    must name the right fault for 95 in 100 of the ones, and none for 95 in 100 of the others.
    """
    if raters:
        _raters(folder, as_json, count, seed)
        return
    from rich.console import Console

    from vigwidgets.authoring import check_course

    console = Console(stderr=True)
    with console.status("Reading the course and marking simulated attempts …"):
        found = check_course(folder)
    if as_json:
        click.echo(json.dumps(found.as_data(), indent=2, ensure_ascii=False))
    else:
        _say(found)
    if not found.holds:
        raise SystemExit(1)


@course.command()
@click.argument("exercise")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--eye", type=click.Choice(["expert", "plausible", "naive"]), help="Whose attempt --from is.")
@click.option("--from", "source", metavar="FILE|ATTEMPT", help="An observation file, or an attempt handed in here.")
@click.pass_obj
def keep(data: Path, exercise: str, folder: Path | None, eye: str | None, source: str | None) -> None:
    """Keep an expert's, a plausible and a naive attempt at EXERCISE with the course, for `vig course check`.

    Without --from they are made up, as a beginning. An attempt that somebody made is better: give it with --eye and
    --from. Who made it is not kept.
    """
    from vigwidgets.authoring import keep_attempt, keep_made_up
    from vigwidgets.cli.key import observation_in
    from vigwidgets.curriculum import load_course

    if (eye is None) is not (source is None):
        raise click.UsageError("--eye and --from go together: whose attempt it is, and which.")
    course = load_course(folder)
    if eye is not None and source is not None:
        paths = [keep_attempt(course, course.exercise(exercise), eye, observation_in(data, source))]
    else:
        paths = keep_made_up(course, exercise)
    for path in paths:
        click.echo(f"Kept as {path}.")


def _raters(folder: Path | None, as_json: bool, count: int, seed: int) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from vigwidgets.authoring import check_raters

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Raters code the films", total=None)

        def tell(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)
            tenths = done * 10 // of
            if not console.is_terminal and tenths > (done - 1) * 10 // of:  # in a log, a line now and then
                click.echo(f"Raters code the films: {done} of {of}.", err=True)

        found = check_raters(folder, count, tell, seed=seed)
    if as_json:
        click.echo(json.dumps(found.as_data(), indent=2, ensure_ascii=False))
    else:
        _say_raters(found)
    if not found.holds:
        raise SystemExit(1)


def _say_raters(found: object) -> None:
    from rich.console import Console
    from rich.table import Table

    from vigwidgets.authoring import RatersCheck

    assert isinstance(found, RatersCheck)  # noqa: S101 - as in _say
    for scheme, films in found.films.items():
        rows = [row for row in found.rows if row.scheme == scheme]
        table = Table(title=f"{scheme}: {', '.join(films)}", title_justify="left")
        table.add_column("rater", no_wrap=True)
        for name in ("agreement", "n", "right", "interval"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column("named")
        for row in rows:
            share = row.share
            interval = f"{(share.low or 0) * 100:.0f}–{(share.high or 0) * 100:.0f} %"
            most = sorted(row.named.items(), key=lambda one: -one[1])
            named = ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in most)
            right = f"{row.right}{'' if row.holds else ' !'}" if row.must else "–"
            table.add_row(row.rater, f"{row.f1:.2f}", str(row.raters), right, interval if row.must else "–", named)
        Console().print(table)
    for one in found.unseen:
        lanes = f" {' and '.join(one.lanes)}" if one.lanes else ""
        click.echo(f"{one.scheme}: the films have too few moments ({one.moments}) to show: {one.fault}{lanes}.")
    for sentence in found.disorder:
        click.echo(f"Marks are out of order: {sentence}")
    if found.holds:
        click.echo(_held(found.rows))
    else:
        click.echo("The feedback is right too seldom (!), or marks are out of order; add moments or films.", err=True)


_ENOUGH = 100  # raters of a sort, below which 95 in 100 is not what was seen


def _held(rows: Sequence[RaterRow]) -> str:
    """Say what a check that holds has shown: no more than its number of raters can."""
    must = [row for row in rows if row.must]
    fewest = min((row.raters for row in must), default=0)
    if fewest >= _ENOUGH:
        return "The feedback names every fault in at least 95 of 100, and none in 95 of 100 who have none."
    least = min((row.right for row in must if row.raters == fewest), default=0)
    return (
        f"Of each sort, the feedback is right for at least {least} of {fewest}, which proves little; run it with "
        f"--count {_ENOUGH}."
    )


def _say(found: object) -> None:
    from rich.console import Console
    from rich.table import Table

    from vigwidgets.authoring import CourseCheck

    assert isinstance(found, CourseCheck)  # noqa: S101 - the type is imported late, so that `vig --help` is quick
    console = Console()
    for problem in found.problems:
        click.echo(str(problem))
    if found.rankings:
        title = "How marking ranks attempts: the mean of five made-up ones (0 to 1), and the one that is kept"
        table = Table(title=title, title_justify="left")
        table.add_column("exercise", no_wrap=True)
        for name in ("of", "expert", "kept", "plausible", "kept", "naive", "kept"):
            table.add_column(name, justify="right")
        for row in found.rankings:
            made, kept = (row.expert, row.plausible, row.naive), row.kept or {}
            pairs = zip(made, (kept.get(eye) for eye in ("expert", "plausible", "naive")), strict=True)
            figures = ["–" if value is None else f"{value:.2f}" for pair in pairs for value in pair]
            table.add_row(row.exercise, str(row.moments), *figures)
        console.print(table)
    kinds = {"exercise": found.exercises, "lesson": found.lessons, "film": found.films, "scheme": found.schemes}
    counts = ", ".join(f"{len(names)} {kind}{'' if len(names) == 1 else 's'}" for kind, names in kinds.items())
    if found.holds:
        click.echo(f"The course holds: {counts}.")
    else:
        many = "1 problem" if len(found.problems) == 1 else f"{len(found.problems)} problems"
        click.echo(f"{many} in {counts}; correct them and check again.", err=True)
