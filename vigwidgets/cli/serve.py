"""``vig serve``: start the service."""

from __future__ import annotations

import re
import sys
import webbrowser
from pathlib import Path

import click

__all__ = ["serve"]

_GRAMMAR = "rfc3987_syntax"
_BASE = re.compile(r"/([A-Za-z0-9._~@%-]+/)*")


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8866, show_default=True, help="Where to listen.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--host-name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name by which browsers may ask for the service, beside this machine's own; repeat it for more, * for any.",
)
@click.option("--demo", is_flag=True, help="Let the demonstration's people in with one click; on this machine only.")
@click.option(
    "--base", default="/", show_default=True, metavar="PATH", help="The root path, when a proxy serves it below one."
)
@click.option("--open", "open_page", is_flag=True, help="Open the start page in a browser.")
@click.pass_obj
def serve(data: Path, port: int, host: str, names: tuple[str, ...], demo: bool, base: str, open_page: bool) -> None:
    """Start the service and print its address. Ctrl+C stops it; nothing that was saved is lost."""
    from vigwidgets.errors import Refusal
    from vigwidgets.kernels import shared_parent

    # By name only: an address that stands for this machine today may stand for another tomorrow.
    if demo and host not in ("127.0.0.1", "::1", "localhost"):
        raise Refusal(
            f"--demo lets everybody in without a password, so it cannot listen on {host}; leave --host out, or leave "
            "--demo out and add people with `vig person add`."
        )
    if not _BASE.fullmatch(base):
        raise Refusal(f"--base {base!r} is not a path; it begins and ends with a slash, such as / or /learn/.")
    shared_parent()  # its imports run beside ours
    _spare_the_grammar()
    from vigwidgets.service.app import VigApp
    from vigwidgets.service.state import ServiceState

    state = ServiceState.open(data, base=base, demo=demo)
    try:
        app = VigApp(state=state, ip=host, port=port)
        app.initialize()
        if names:
            app.host_names = list(names)

        def ready(address: str) -> None:
            _say(address, port, app.port, demo)
            if open_page:
                webbrowser.open(address)

        app.start(ready)
    finally:
        state.close()


def _spare_the_grammar() -> None:
    """Import jsonschema without the grammar of internationalised addresses: 0.8 s of the 3 s of imports.

    jsonschema compiles that grammar as it is imported, for the formats ``iri`` and ``iri-reference``, and does
    without where it is not installed. Nothing here has a schema with such a format: Jupyter's have none. Whoever
    has imported either already keeps what they have, and may import the grammar afterwards.
    """
    if _GRAMMAR in sys.modules or "jsonschema" in sys.modules:
        return
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # what Python itself does to say: not there
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[_GRAMMAR]


def _say(address: str, wanted: int, got: int, demo: bool) -> None:
    if got != wanted:
        click.echo(f"Port {wanted} is taken, so the service listens on port {got}.")
    click.echo(f"Learn to see is ready at {address}")
    if demo:
        from vigwidgets.cli.demo import DEMO_PEOPLE

        people = ", ".join(f"{name} ({role})" for name, _, role in DEMO_PEOPLE)
        click.echo(f"Sign in with one click as {people}.")
    click.echo("Ctrl+C stops it.")
