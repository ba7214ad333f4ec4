"""``vig course``: check a course before it is published."""

from __future__ import annotations

import json
from pathlib import Path

import click

__all__ = ["course"]


@click.group()
def course() -> None:
    """Check the course before it is published."""


@course.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(folder: Path | None, as_json: bool) -> None:
    """Check that every part of a course loads, fits, and is marked as it should be.

    FOLDER is where course.yaml lies; without one, the course that comes with vigwidgets is checked.
    """
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


def _say(found: object) -> None:
    from rich.console import Console
    from rich.table import Table

    from vigwidgets.authoring import CourseCheck

    assert isinstance(found, CourseCheck)  # noqa: S101 - the type is imported late, so that `vig --help` is quick
    console = Console()
    for problem in found.problems:
        click.echo(str(problem))
    if found.rankings:
        table = Table(title="How marking ranks simulated attempts (mean of five, 0 to 1)", title_justify="left")
        table.add_column("exercise")
        for name in ("moments", "expert", "plausible", "naive"):
            table.add_column(name, justify="right")
        for row in found.rankings:
            figures = [f"{value:.2f}" for value in (row.expert, row.plausible, row.naive)]
            table.add_row(row.exercise, str(row.moments), *figures)
        console.print(table)
    kinds = {"exercise": found.exercises, "lesson": found.lessons, "film": found.films, "scheme": found.schemes}
    counts = ", ".join(f"{len(names)} {kind}{'' if len(names) == 1 else 's'}" for kind, names in kinds.items())
    if found.holds:
        click.echo(f"The course holds: {counts}.")
    else:
        many = "1 problem" if len(found.problems) == 1 else f"{len(found.problems)} problems"
        click.echo(f"{many} in {counts}; correct them and check again.", err=True)
