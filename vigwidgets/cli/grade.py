"""``vig grade``: mark what has been handed in and write the gradebook."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vigwidgets.grading import GradingRun

__all__ = ["grade"]


@click.command()
@click.argument("exercise", required=False)
@click.option("--again", is_flag=True, help="Mark everything again, not only what waits.")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many processes. Default: one for each core.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_obj
def grade(data: Path, exercise: str | None, again: bool, jobs: int | None, as_json: bool) -> None:
    """Mark what has been handed in and write the gradebook.

    EXERCISE is an exercise's id; without one, all are marked. Each attempt gets its mark and its report; the
    gradebook is written to gradebook.csv in the data directory. Marking again gives the same marks.
    """
    from vigwidgets.curriculum import load_course
    from vigwidgets.films import FilmLibrary
    from vigwidgets.grading import grade_waiting
    from vigwidgets.records import Records

    course = load_course()
    if exercise is not None:
        course.exercise(exercise)
    started = time.monotonic()
    records = Records.open(data)
    try:
        with _progress(quiet=as_json) as progress:
            run = grade_waiting(
                records, FilmLibrary(data), course, data, exercise=exercise, again=again, jobs=jobs, progress=progress
            )
    finally:
        records.close()
    seconds = time.monotonic() - started
    _as_json(run, seconds) if as_json else _in_words(run, seconds)
    if run.failed or run.stopped:
        raise SystemExit(1)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that moves a bar with the time that is left; no bar where nobody looks."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Marking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Marking", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _as_json(run: GradingRun, seconds: float) -> None:
    click.echo(
        json.dumps(
            {
                "marked": run.marked,
                "same": run.same,
                "changed": run.changed,
                "failed": run.failed,
                "stopped": run.stopped,
                "gradebook": str(run.gradebook),
                "seconds": round(seconds, 3),
            },
            indent=2,
            ensure_ascii=False,
        )
    )


def _in_words(run: GradingRun, seconds: float) -> None:
    if run.done == 0 and not run.stopped:
        click.echo("Nothing waits to be marked.")
    else:
        said = [f"{len(run.marked)} marked"] if run.marked or not run.same else []
        said += [f"{len(run.same)} with the same mark as before"] if run.same else []
        said += [f"{len(run.failed)} not"] if run.failed else []
        click.echo(f"{', '.join(said)}, in {seconds:.1f} s.")
    for attempt, sentences in run.changed.items():
        click.echo(f"{attempt} has another mark than before:")
        for sentence in sentences:
            click.echo(f"  {sentence}")
    for attempt, reason in run.failed.items():
        click.echo(f"{attempt}: {reason}", err=True)
    if run.stopped:
        click.echo("Stopped. The marks made so far are kept; run `vig grade` again for the rest.", err=True)
    click.echo(f"Gradebook: {run.gradebook}")
