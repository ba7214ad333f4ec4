"""``vig key``: experts' observations as the key of an exercise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vigwidgets.contract import Observation

__all__ = ["key", "observation_in"]


@click.group()
def key() -> None:
    """Keep several experts' observations as the key of an exercise, each for itself."""


@key.command()
@click.argument("exercise")
@click.argument("source", metavar="FILE|ATTEMPT")
@click.option("--expert", required=True, help="What the expert is called among files; no trainee reads it.")
@click.pass_obj
def add(data: Path, exercise: str, source: str, expert: str) -> None:
    """Add an expert's observation to the key of EXERCISE.

    It is an observation file, or the id of an attempt that the expert handed in here.
    """
    from vigwidgets.curriculum import add_to_panel, load_course

    course = load_course()
    path = add_to_panel(data, course, course.exercise(exercise), expert, observation_in(data, source))
    click.echo(f"Kept as {path}.")


def observation_in(data: Path, source: str) -> Observation:
    """Return an observation from its file, or that of an attempt in the records."""
    from vigwidgets.errors import Refusal
    from vigwidgets.observations import parse_observation
    from vigwidgets.records import Records

    path = Path(source)
    if path.is_file():
        try:
            return parse_observation(json.loads(path.read_text(encoding="utf-8")), path.name)
        except (OSError, ValueError) as error:
            raise Refusal(f"{path.name} could not be read as JSON ({error}); give an observation.") from None
    if not (data / "vig.db").is_file():
        raise Refusal(f"There is no file {source!r}, and there are no records in {data}; check the name.")
    with Records.open(data) as records:
        return records.attempt(source).observation


@key.command()
@click.argument("exercise")
@click.pass_obj
def show(data: Path, exercise: str) -> None:
    """Say how far the experts of EXERCISE agree among themselves."""
    from vigwidgets.agreement import Setting, by_lane, compare
    from vigwidgets.curriculum import load_course, panel_of

    course = load_course()
    known = course.exercise(exercise)
    panel = panel_of(known, course, data)
    click.echo(f"{len(panel)} expert{'' if len(panel) == 1 else 's'}, marked against: {known.policy.against}.")
    if len(panel) > 1:
        tolerance = round(known.policy.point_tolerance_s * 1_000_000)
        setting = Setting(tolerance=tolerance, label=by_lane(course.codebook(known)))
        for sentence in compare(panel, setting).sentences():
            click.echo(sentence)
