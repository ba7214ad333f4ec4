"""``vig person``: the people who may sign in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vigwidgets.records import Records

__all__ = ["person"]

# Written out here so that `--help` does not wait for the database; a test compares with the records.
_ROLES = ("trainee", "supervisor", "author", "administrator")


@click.group()
def person() -> None:
    """Add and list the people who may sign in."""


@person.command()
@click.argument("name")
@click.option("--login", required=True, metavar="LOGIN", help="What is typed at sign-in; case does not matter.")
@click.option("--role", required=True, type=click.Choice(_ROLES), help="What the person may do here.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the person for a program to read.")
@click.pass_obj
def add(data: Path, name: str, login: str, role: str, password_stdin: bool, as_json: bool) -> None:
    """Add NAME, for example ``vig person add "Nadia Berg" --login nadia --role trainee``.

    The password is asked for twice, is never shown, and has 8 characters or more.
    """
    password = _from_stdin() if password_stdin else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with _records(data) as records:
        added = records.add_person(name, login, role, password)
    click.echo(json.dumps(asdict(added)) if as_json else f"{added.name} may sign in as {added.login} ({added.role}).")


@person.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print the people for a program to read.")
@click.pass_obj
def list_(data: Path, as_json: bool) -> None:
    """List everybody who may sign in."""
    with _records(data) as records:
        people = records.people()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in people], ensure_ascii=False))
    elif not people:
        click.echo("Nobody may sign in yet; add somebody with `vig person add`.")
    else:
        _table([asdict(one) for one in people])


@contextmanager
def _records(data: Path) -> Iterator[Records]:
    from vigwidgets.records import Records

    with Records.open(data) as records:
        yield records


def _from_stdin() -> str:
    # One line: what `echo` and a secrets' manager write ends with a line break that is not part of the password.
    return sys.stdin.readline().rstrip("\r\n")


def _table(people: list[dict[str, str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for column in ("name", "login", "role", "id"):
        table.add_column(column, overflow="fold")
    for one in people:
        table.add_row(one["name"], one["login"], one["role"], one["id"])
    Console().print(table)
