"""The engine: how a database is opened, written by one hand at a time, and read by many."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError

from vigwidgets.errors import Refusal
from vigwidgets.records._errors import translated
from vigwidgets.records._migrate import migrate

__all__ = ["DATABASE", "Store"]

DATABASE = "vig.db"

# FULL: a commit is on the disk before it is acknowledged, also when the power fails the moment after.
_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class Store:
    """An open database; safe to use from several threads, and beside other processes.

    Attributes:
        engine: SQLAlchemy's engine, for reading.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(vig_writes=True)
        self._lock = threading.RLock()

    @classmethod
    def open(cls, where: str | os.PathLike[str]) -> Self:
        """Open the database and bring it up to date.

        Args:
            where: The data directory (``vig.db`` in it is made when it is missing), or a URL such as
                ``postgresql+psycopg://host/vig``.

        Raises:
            Refusal: The place cannot be used, or a newer version of the project made the database.
        """
        url = _url(where)
        if url.get_backend_name() == "sqlite":
            _prepare_file(url)
        try:
            engine = create_engine(url)
        except (ArgumentError, ImportError) as error:
            raise Refusal(f"The database {url.render_as_string()} cannot be opened ({error}); check its URL.") from None
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _on_connect)
            event.listen(engine, "begin", _on_begin)
        store = cls(engine)
        try:
            with store.writing() as connection:
                migrate(connection)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent moment.

        Raises:
            StoreUnavailable: The database could not be read.
        """
        with translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose work becomes durable as a whole when the block ends, or not at all.

        Raises:
            StoreUnavailable: The disk is full or the database is held; nothing was saved.
        """
        with self._lock, translated(), self._writer.begin() as connection:
            yield connection

    def ping(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            StoreUnavailable: There was none.
        """
        with self.reading() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _url(where: str | os.PathLike[str]) -> URL:
    text = os.fspath(where)
    if "://" in text:
        try:
            return make_url(text)
        except ArgumentError:
            raise Refusal(
                "The database's URL could not be read; write it like postgresql+psycopg://user@host/vig."
            ) from None
    return URL.create("sqlite", database=str(Path(text) / DATABASE))


def _prepare_file(url: URL) -> None:
    # What people coded is theirs: the folder and the file open for nobody else on the machine.
    if not url.database or url.database == ":memory:":
        raise Refusal("The records need a file, so that several threads see the same; give a data directory.")
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise Refusal(
            f"The database {path} cannot be opened ({error.strerror}); "
            "choose a data directory that you may write to with --data."
        ) from None


def _on_connect(connection: Any, _: object) -> None:
    # SQLAlchemy begins transactions (see _on_begin); the driver must not begin its own.
    connection.isolation_level = None
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()
    except Exception:
        # What refuses to be set up is not a database of ours; SQLAlchemy does not close it.
        connection.close()
        raise


def _on_begin(connection: Connection) -> None:
    # A writer takes its lock at once: to read first and then fail to write would lose the race it had won.
    writes = connection.get_execution_options().get("vig_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
