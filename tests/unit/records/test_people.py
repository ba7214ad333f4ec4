from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from vigwidgets.errors import Refusal
from vigwidgets.records import Person, Records
from vigwidgets.records._passwords import hash_password, password_matches
from vigwidgets.records._tables import SessionRow
from vigwidgets.records._values import iso


def test_people_are_kept_and_found_by_login_in_any_case(records: Records) -> None:
    eve = records.add_person(" Eve Ärlig ", " EVE ", "supervisor", "four words together")
    assert (eve.name, eve.login) == ("Eve Ärlig", "eve")
    assert records.person(eve.id) == eve
    assert records.people() == [eve]
    assert records.check_password("Eve", "four words together") == eve
    assert records.check_password("eve", "four words Together") is None
    assert records.check_password("nobody", "four words together") is None
    assert records.people_without_password() == []


def test_a_person_without_a_password_cannot_be_entered_by_one(records: Records, ann: Person) -> None:
    assert records.check_password("ann", "") is None
    assert records.people_without_password() == [ann]


@pytest.mark.parametrize(
    ("name", "login", "role", "password", "part"),
    [
        ("", "x", "trainee", None, "name"),
        ("A\nB", "x", "trainee", None, "name"),
        ("A", "", "trainee", None, "login"),
        ("A", "a b", "trainee", None, "login"),
        ("A", "x" * 81, "trainee", None, "login"),
        ("A", "x", "king", None, "no role 'king'"),
        ("A", "x", "trainee", "seven77", "7 characters"),
        ("A", "x", "trainee", "y" * 501, "501 characters"),
        ("A", "ANN", "trainee", None, "'ann' is there already"),
    ],
)
def test_who_cannot_be_added_is_refused(
    records: Records, ann: Person, name: str, login: str, role: str, password: str | None, part: str
) -> None:
    with pytest.raises(Refusal, match=part):
        records.add_person(name, login, role, password)
    assert records.people() == [ann]


def test_a_session_is_known_until_it_is_closed_or_runs_out(records: Records, ann: Person) -> None:
    token, other = records.open_session(ann.id), records.open_session(ann.id)
    assert records.session_person(token) == records.session_person(other) == ann
    records.close_session(token)
    assert records.session_person(token) is None
    with records.writing() as connection:
        ended = iso(datetime.now(UTC) - timedelta(seconds=1))
        connection.execute(update(SessionRow).values(expires_at=ended))
    assert records.session_person(other) is None
    records.open_session(ann.id)
    with records.reading() as connection:
        assert len(connection.exec_driver_sql("SELECT * FROM sessions").all()) == 1


def test_neither_tokens_nor_passwords_can_be_read_from_the_file(data: Path) -> None:
    with Records.open(data) as records:
        eve = records.add_person("Eve", "eve", "trainee", "four words together")
        token = records.open_session(eve.id)
    kept = b"".join(path.read_bytes() for path in data.iterdir())
    assert b"eve" in kept
    assert token.encode() not in kept
    assert b"four words together" not in kept
    assert (data / "vig.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("strange", ["", "x" * 10_000, "\ud800", "'; DROP TABLE sessions; --"])
def test_a_strange_token_is_nobody_s(records: Records, ann: Person, strange: str) -> None:
    assert records.session_person(strange) is None


def test_two_hashes_of_one_password_differ_and_both_hold() -> None:
    one, two = hash_password("four words together"), hash_password("four words together")
    assert one != two
    assert password_matches("four words together", one)
    assert password_matches("four words together", two)
    assert not password_matches("four words together", None)


def test_a_cheaper_hash_of_earlier_years_still_opens() -> None:
    import base64
    import hashlib

    salt = b"0123456789abcdef"
    digest = hashlib.scrypt(b"four words together", salt=salt, n=2**10, r=8, p=1, dklen=32)
    kept = f"scrypt$10$8$1${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"
    assert password_matches("four words together", kept)
    assert not password_matches("other words together", kept)


def test_nobody_unknown_is_given_an_id(records: Records) -> None:
    with pytest.raises(Refusal, match="no person 'person-0'"):
        records.person("person-0")
