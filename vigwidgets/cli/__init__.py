"""The ``vig`` command. Exit codes: 0 done, 1 something was refused, 2 wrong usage."""

from __future__ import annotations

from importlib import import_module

import click

from vigwidgets import __version__
from vigwidgets.errors import VigError

__all__ = ["main", "vig"]

# Each command is imported when it is asked for, so that `vig --help` does not wait for pandas or PyAV.
_COMMANDS = {
    "agree": ("vigwidgets.cli.agree:agree", "Say how far observers agree."),
    "clips": ("vigwidgets.cli.clips:clips", "Make films and stills of the clips in a tray."),
    "course": ("vigwidgets.cli.course:course", "Check the course before it is published."),
    "demo": ("vigwidgets.cli.demo:demo", "Prepare the demonstration: its people and its films."),
    "doctor": ("vigwidgets.cli.doctor:doctor", "Say what is missing here and how to get it."),
    "film": ("vigwidgets.cli.film:film", "Take in, render and list films."),
    "grade": ("vigwidgets.cli.grade:grade", "Mark what has been handed in and write the gradebook."),
    "key": ("vigwidgets.cli.key:key", "Keep experts' observations as the key of an exercise."),
    "person": ("vigwidgets.cli.person:person", "Add and list the people who may sign in."),
    "receipt": ("vigwidgets.cli.receipt:receipt", "Check a receipt against the records."),
    "serve": ("vigwidgets.cli.serve:serve", "Start the service."),
}


class _Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        try:
            command = getattr(import_module(module), name)
        except ModuleNotFoundError as error:
            raise _missing(error) from error
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in sorted(_COMMANDS.items())])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except VigError as error:
            raise click.ClickException(str(error)) from error
        except ModuleNotFoundError as error:
            raise _missing(error) from error


def _missing(error: ModuleNotFoundError) -> Exception:
    """Return what to say of a package that an extra would have brought; a room of ours that is missing is a fault."""
    if error.name is None or error.name.startswith("vigwidgets"):
        return error
    return click.ClickException(
        f"This needs the package {error.name!r}, which is not installed; run `pip install 'vigwidgets[all]'` and try "
        "again (nothing was changed)."
    )


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="vig")
@click.option(
    "--data",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where everything is kept. Default: $VIG_DATA_DIR, else the platform's usual place.",
)
@click.pass_context
def vig(ctx: click.Context, data: str | None) -> None:
    """Learn to see, second by second, what goes well between a parent and a baby."""
    from vigwidgets.places import data_directory

    ctx.obj = data_directory(data)


def main() -> None:
    """Run the command line."""
    vig(prog_name="vig")
