"""People, and the sessions in which they are signed in."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from vigwidgets.errors import Refusal
from vigwidgets.observations import new_id
from vigwidgets.records._passwords import hash_password, password_matches
from vigwidgets.records._store import Store
from vigwidgets.records._tables import PersonRow, SessionRow
from vigwidgets.records._values import ROLES, Person, iso, now

__all__ = ["SESSION_HOURS", "People"]

SESSION_HOURS = 12

_LOGIN = re.compile(r"[^\s\x00-\x1f\x7f]{1,80}")
_PERSON = (PersonRow.id, PersonRow.name, PersonRow.login, PersonRow.role)


class People(Store):
    """The part of the records that knows who is who."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._revoked: set[str] = set()  # sessions that were ended and that the disk may not have let go of yet

    def add_person(self, name: str, login: str, role: str, password: str | None = None) -> Person:
        """Add somebody who may sign in.

        Args:
            name: As it is shown, 1 to 120 characters.
            login: What is typed at sign-in; upper and lower case are the same.
            role: One of `ROLES`.
            password: None for a person who signs in without one, which only the demonstration offers.

        Raises:
            Refusal: The name, login, role or password cannot be used; nobody was added.
        """
        name, login = name.strip(), login.strip().casefold()
        if not 1 <= len(name) <= 120 or not name.isprintable():
            raise Refusal(f"The name {name[:40]!r} cannot be used; write 1 to 120 printable characters.")
        if not _LOGIN.fullmatch(login):
            raise Refusal(f"The login {login[:40]!r} cannot be used; write 1 to 80 characters without spaces.")
        if role not in ROLES:
            raise Refusal(f"There is no role {role!r}; choose one of {', '.join(ROLES)}.")
        person = Person(new_id("person"), name, login, role)
        kept = None if password is None else hash_password(password)
        try:
            with self.writing() as connection:
                connection.execute(
                    insert(PersonRow).values(
                        id=person.id, name=name, login=login, role=role, password=kept, added_at=now()
                    )
                )
        except IntegrityError:
            raise Refusal(
                f"Somebody with the login {login!r} is there already; choose another login, "
                "or see who it is with `vig person list`."
            ) from None
        return person

    def people(self) -> list[Person]:
        """Return everybody, by name."""
        with self.reading() as connection:
            rows = connection.execute(select(*_PERSON).order_by(PersonRow.name, PersonRow.id))
            return [Person(*row) for row in rows]

    def people_without_password(self) -> list[Person]:
        """Return those who can only be entered without a password (the demonstration's), in order of adding."""
        with self.reading() as connection:
            query = select(*_PERSON).where(PersonRow.password.is_(None)).order_by(PersonRow.added_at, PersonRow.id)
            return [Person(*row) for row in connection.execute(query)]

    def person(self, person_id: str) -> Person:
        """Return one person.

        Raises:
            Refusal: There is nobody with that id.
        """
        with self.reading() as connection:
            row = connection.execute(select(*_PERSON).where(PersonRow.id == person_id)).one_or_none()
        if row is None:
            raise Refusal(f"There is no person {person_id!r}; see who there is with `vig person list`.")
        return Person(*row)

    def check_password(self, login: str, password: str) -> Person | None:
        """Return the person whose login and password these are, or None.

        It takes a quarter of a second of a processor, whether or not the login exists.
        """
        wanted = login.strip().casefold()
        with self.reading() as connection:
            row = connection.execute(
                select(*_PERSON, PersonRow.password).where(PersonRow.login == wanted)
            ).one_or_none()
        matches = password_matches(password, None if row is None else row.password)
        return Person(*row[:4]) if row is not None and matches else None

    def open_session(self, person_id: str) -> str:
        """Sign a person in and return the token that proves it for `SESSION_HOURS` hours."""
        token = secrets.token_urlsafe(32)
        moment = datetime.now(UTC)
        revoked = list(self._revoked)
        with self.writing() as connection:
            gone = (SessionRow.expires_at <= iso(moment)) | SessionRow.token_sha256.in_(revoked)
            connection.execute(delete(SessionRow).where(gone))
            connection.execute(
                insert(SessionRow).values(
                    token_sha256=_hash(token),
                    person_id=person_id,
                    opened_at=iso(moment),
                    expires_at=iso(moment + timedelta(hours=SESSION_HOURS)),
                )
            )
        self._revoked.difference_update(revoked)
        return token

    def session_person(self, token: str) -> Person | None:
        """Return who is signed in with ``token``, or None when the session was closed or has run out."""
        if _hash(token) in self._revoked:
            return None
        with self.reading() as connection:
            row = connection.execute(
                select(*_PERSON)
                .join(SessionRow, SessionRow.person_id == PersonRow.id)
                .where(SessionRow.token_sha256 == _hash(token), SessionRow.expires_at > now())
            ).one_or_none()
        return None if row is None else Person(*row)

    def close_session(self, token: str) -> None:
        """Sign out; a token that is not known is no matter.

        Raises:
            StoreUnavailable: The disk did not take it. In this process the session is over all the same, and the
                next session that is opened or closed takes this one off the disk.
        """
        self.revoke_session(token)
        revoked = list(self._revoked)
        with self.writing() as connection:
            connection.execute(delete(SessionRow).where(SessionRow.token_sha256.in_(revoked)))
        self._revoked.difference_update(revoked)

    def revoke_session(self, token: str) -> None:
        """End a session in this process at once, without the disk; follow it with `close_session`."""
        self._revoked.add(_hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
