from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vigwidgets.cli import vig
from vigwidgets.cli.person import _ROLES
from vigwidgets.records import ROLES, Records


def run(data: Path, *arguments: str, says: str = "") -> Result:
    return CliRunner().invoke(vig, ["--data", str(data), "person", *arguments], input=says)


def test_a_person_is_added_with_a_password_that_is_asked_for_twice_and_never_shown(tmp_path: Path) -> None:
    added = run(tmp_path, "add", "Nadia Berg", "--login", "Nadia", "--role", "trainee", says="long enough\n" * 2)
    assert added.exit_code == 0, added.output
    assert "Nadia Berg may sign in as nadia (trainee)." in added.output
    assert "long enough" not in added.output
    with Records.open(tmp_path) as records:
        assert records.check_password("nadia", "long enough") == records.people()[0]


def test_a_program_gives_the_password_on_standard_input_and_reads_json(tmp_path: Path) -> None:
    options = ("--login", "tom", "--role", "supervisor", "--password-stdin", "--json")
    added = json.loads(run(tmp_path, "add", "Tom Hale", *options, says="long enough\n").output)
    assert json.loads(run(tmp_path, "list", "--json").output) == [added]
    assert set(added) == {"id", "name", "login", "role"}
    with Records.open(tmp_path) as records:
        assert records.check_password("tom", "long enough") is not None


def test_people_are_listed_and_an_empty_list_says_what_to_do(tmp_path: Path) -> None:
    assert "vig person add" in run(tmp_path, "list").output
    run(tmp_path, "add", "Tom Hale", "--login", "tom", "--role", "author", "--password-stdin", says="long enough")
    assert "Tom Hale" in run(tmp_path, "list").output


@pytest.mark.parametrize(
    ("arguments", "says", "code", "part"),
    [
        (("add", "Tom", "--login", "tom", "--role", "king"), "", 2, "king"),
        (("add", "Tom", "--login", "tom", "--role", "author", "--password-stdin"), "short\n", 1, "5 characters"),
        (("add", "Tom", "--login", "a b", "--role", "author", "--password-stdin"), "long enough\n", 1, "'a b'"),
        (("add", "Tom", "--login", "eve", "--role", "author", "--password-stdin"), "long enough\n", 1, "'eve'"),
        (("add", " ", "--login", "tom", "--role", "author", "--password-stdin"), "long enough\n", 1, "name"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nobody_is_added(
    tmp_path: Path, arguments: tuple[str, ...], says: str, code: int, part: str
) -> None:
    with Records.open(tmp_path) as records:
        records.add_person("Eve", "eve", "trainee")
    result = run(tmp_path, *arguments, says=says)
    assert result.exit_code == code
    assert part in result.output
    with Records.open(tmp_path) as records:
        assert len(records.people()) == 1


def test_the_roles_of_the_command_are_those_of_the_records() -> None:
    assert _ROLES == ROLES
