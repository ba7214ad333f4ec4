"""``vig agree``: how far observers agree, on two observation files or on a table of ratings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from vigwidgets.agreement import Comparison, Curve, Estimate, Label, RatingTable, Result, Setting
    from vigwidgets.contract import Observation

__all__ = ["agree"]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[A B …]")
@click.option(
    "--tolerance",
    type=click.FloatRange(0, 3600),
    default=0.5,
    show_default=True,
    help="Seconds that edges may lie apart.",
)
@click.option(
    "--unit", type=click.FloatRange(0.001, 60), default=0.1, show_default=True, help="Seconds of a unit of time."
)
@click.option(
    "--reach",
    type=click.FloatRange(0, 3600),
    default=2.0,
    show_default=True,
    help="Seconds that two tags of one code may begin apart and still be one that is shifted.",
)
@click.option(
    "--by",
    type=click.Choice(["code", "principle"]),
    default="code",
    show_default=True,
    help="Whether two examples of one principle are the same.",
)
@click.option("--any-actor", is_flag=True, help="Do not mind who acts.")
@click.option(
    "--form", type=click.Choice(["1995", "2004"]), default="1995", show_default=True, help="Of unitizing alpha."
)
@click.option("--curve", is_flag=True, help="Compare at several tolerances.")
@click.option(
    "--table",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Ratings instead: a row for each unit, a column for each rater, empty cells are missing.",
)
@click.option("--measure", metavar="NAME", help="The measure for --table; `--measures` lists them.")
@click.option("--measures", "list_measures", is_flag=True, help="List the measures for --table.")
@click.option("--raters", metavar="NAME,NAME", help="Only these columns of the table.")
@click.option("--categories", metavar="A,B,C", help="All that could be chosen, in order.")
@click.option("--cut-off", type=float, help="For `--measure screening`: from which score on it is a finding.")
@click.option("--header/--no-header", default=None, help="Whether the table's first row holds names. Default: look.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def agree(
    files: tuple[Path, ...], tolerance: float, unit: float, reach: float, by: str, any_actor: bool, form: str,
    curve: bool, table: Path | None, measure: str | None, list_measures: bool, raters: str | None,
    categories: str | None, cut_off: float | None, header: bool | None, as_json: bool,
) -> None:  # fmt: skip
    """Say how far observers agree.

    A and B are observation files of one film; the first is the one to compare with. More than two are compared each
    with each. With --table and --measure, ratings are compared instead.
    """
    if list_measures:
        _list(as_json)
        return
    if table is not None:
        if files:
            raise click.UsageError("Give observation files or --table, not both.")
        if measure is None:
            raise click.UsageError("--table needs --measure NAME; `vig agree --measures` lists them.")
        _of_table(table, measure, raters, categories, cut_off, header, as_json)
        return
    if measure is not None or raters or categories or cut_off is not None:
        raise click.UsageError("--measure, --raters, --categories and --cut-off belong to --table FILE.csv.")
    if len(files) < 2:
        raise click.UsageError("Give two observation files, or --table FILE.csv with --measure NAME.")
    observations = [_observation(path) for path in files]
    setting = _setting(observations[0], tolerance, unit, reach, by, any_actor, form)
    _of_observations(observations, setting, curve, as_json)


def _list(as_json: bool) -> None:
    from vigwidgets.agreement import MEASURES

    if as_json:
        click.echo(json.dumps([{"name": one.name, "about": one.about, "also": one.also} for one in MEASURES], indent=2))
        return
    for one in MEASURES:
        click.echo(f"{one.name:30}{one.about}")


def _observation(path: Path) -> Observation:
    from vigwidgets.errors import Refusal
    from vigwidgets.observations import parse_observation

    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal(f"{path.name} could not be read ({error.strerror}); check its name and place.") from None
    except ValueError:
        raise Refusal(
            f"{path.name} is not an observation in JSON; give a file that the tagger wrote, or use --table for ratings."
        ) from None
    return parse_observation(data, path.name)


def _setting(
    first: Observation, tolerance: float, unit: float, reach: float, by: str, any_actor: bool, form: Any
) -> Setting:
    from vigwidgets.agreement import Setting, by_code, by_code_and_actor, by_lane
    from vigwidgets.schemes import load_scheme

    label: Label = by_code if any_actor else by_code_and_actor
    if by == "principle":
        label = by_lane(load_scheme(first.scheme.id), actors=not any_actor)
    tolerance, unit, reach = (round(seconds * 1_000_000) for seconds in (tolerance, unit, reach))
    return Setting(tolerance=int(tolerance), unit=int(unit), reach=int(reach), label=label, form=form)


def _of_observations(observations: list[Observation], setting: Setting, curve: bool, as_json: bool) -> None:
    from vigwidgets.agreement import compare, tolerance_curve

    if curve:
        found = tolerance_curve(observations, setting=setting)
        _json(found.as_dict()) if as_json else _curve_in_words(found)
        return
    one = compare(observations, setting)
    _json(one.as_dict()) if as_json else _in_words(one)


def _json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _interval(figure: Estimate) -> str:
    return "–" if figure.low is None else f"{_number(figure.low)} to {_number(figure.high)}"


def _in_words(found: Comparison) -> None:
    click.echo(f"{'':24}{'value':>7}   {'95 % interval':16}{'by chance':>10}")
    for figure in found.figures:
        row = f"{_number(figure.value):>7}   {_interval(figure):16}{_number(figure.chance):>10}"
        click.echo(f"{figure.measure:24}{row}")
    click.echo()
    for sentence in found.sentences():
        click.echo(sentence)


def _curve_in_words(found: Curve) -> None:
    names = [figure.measure for figure in found.comparisons[0].figures]
    click.echo(f"{'tolerance':>10}" + "".join(f"{name:>24}" for name in names))
    for one in found.comparisons:
        cells = (f"{_number(figure.value)} ({_number(figure.chance)})" for figure in one.figures)
        click.echo(f"{one.tolerance / 1e6:>8g} s" + "".join(f"{cell:>24}" for cell in cells))
    click.echo("In brackets: by chance, from the same tags at other moments of the film.")


def _of_table(
    path: Path, name: str, raters: str | None, categories: str | None, cut_off: float | None, header: bool | None,
    as_json: bool,
) -> None:  # fmt: skip
    from vigwidgets.agreement import measure, measure_named, read_ratings

    asked = measure_named(name)
    if asked.cut_off and cut_off is None:
        raise click.UsageError(f"--measure {asked.name} needs --cut-off, for example --cut-off 5.")
    table = read_ratings(path, header)
    if raters is not None:
        table = table.columns([rater.strip() for rater in raters.split(",")])
    order = None if categories is None else [category.strip() for category in categories.split(",")]
    found = measure(table.cells, asked.name, categories=order, cut_off=cut_off)
    if as_json:
        about = {"name": asked.name, "table": path.name, "units": len(table.units), "columns": list(table.raters)}
        _json({**about, **found.as_dict()})
        return
    _table_in_words(table, found)


def _table_in_words(table: RatingTable, found: Result) -> None:
    click.echo(f"{len(table.units)} units, {len(table.raters)} raters: {', '.join(table.raters)}")
    click.echo(found.sentence())
    for warning in found.warnings:
        click.echo(warning)
