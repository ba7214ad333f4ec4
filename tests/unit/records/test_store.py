from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from vigwidgets.errors import Refusal
from vigwidgets.records import Records, StoreBusy, StoreUnavailable
from vigwidgets.records._migrate import HEAD, migrations_config
from vigwidgets.records._tables import Base


def test_the_database_is_durable_at_every_commit_and_checks_its_links(records: Records) -> None:
    with records.reading() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_the_migrations_make_the_tables_that_the_code_names(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with Records.open(tmp_path) as records, records.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD
    assert ScriptDirectory.from_config(migrations_config()).get_heads() == [HEAD]


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    from alembic import command

    with Records.open(tmp_path) as records:
        config = migrations_config()
        for go, revision in ((command.downgrade, "base"), (command.upgrade, "head")):
            with records.writing() as connection:
                config.attributes["connection"] = connection
                go(config, revision)
        records.add_person("Ann", "ann", "trainee")


def test_attempts_from_before_are_numbered_by_their_times(tmp_path: Path) -> None:
    from alembic import command

    with Records.open(tmp_path) as records:
        config = migrations_config()
        person = records.add_person("Ann", "ann", "trainee").id
        with records.writing() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0004")
            for name, exercise, moment in (("a", "x", 3), ("b", "x", 1), ("c", "y", 2), ("d", "x", 1)):
                connection.execute(
                    text(
                        "INSERT INTO observations (id, person_id, exercise, exercise_version, film, head, seq,"
                        " started_at, frozen_at) VALUES (:id, :person, :exercise, '1', 'f', '{}', 0, '2026', '2026')"
                    ),
                    {"id": name, "person": person, "exercise": exercise},
                )
                connection.execute(
                    text("INSERT INTO attempts VALUES (:id, :id, :person, :exercise, '1', 'f', '{}', '', :moment)"),
                    {"id": name, "person": person, "exercise": exercise, "moment": f"2026-01-0{moment}"},
                )
            command.upgrade(config, "head")
            found = connection.execute(text("SELECT id, nth FROM attempts ORDER BY id"))
            assert dict(tuple(row) for row in found) == {"a": 3, "b": 1, "c": 1, "d": 2}


def test_several_that_open_a_new_place_at_once_all_find_it_ready(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: Records.open(tmp_path), range(4)))
    for number, records in enumerate(opened):
        records.add_person("P", f"p{number}", "trainee")
        records.close()


def test_a_database_of_a_newer_version_is_left_alone(data: Path) -> None:
    with sqlite3.connect(data / "vig.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = (data / "vig.db").read_bytes()
    with pytest.raises(Refusal, match="newer version"):
        Records.open(data)
    assert (data / "vig.db").read_bytes() == before


@pytest.mark.parametrize("where", ["sqlite://", "nonsense://x", "://"])
def test_a_place_that_is_no_database_is_refused(where: str) -> None:
    with pytest.raises(Refusal):
        Records.open(where)


def test_a_file_in_the_way_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(Refusal, match="--data"):
        Records.open(tmp_path / "data")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "vig.db").write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(Refusal, match="vig.db"):
        Records.open(tmp_path)
    assert (tmp_path / "vig.db").read_bytes().startswith(b"this is not")


def test_a_database_that_is_held_says_so_and_can_be_tried_again(records: Records, data: Path) -> None:
    with records.writing() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(data / "vig.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="sent again"):
        records.add_person("Ann", "ann", "trainee")
    assert records.people() == []
    holder.execute("ROLLBACK")
    holder.close()
    records.add_person("Ann", "ann", "trainee")
    records.ping()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits on files are a thing of POSIX")
def test_a_disk_that_lets_no_file_grow_loses_nothing_that_was_saved(data: Path) -> None:
    """The system itself refuses the write, in the middle of a commit; later there is room again."""
    script = textwrap.dedent(
        """
        import resource, sys
        from vigwidgets.records import Records, StoreUnavailable

        records = Records.open(sys.argv[1])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
        kept, trouble = [], None
        while trouble is None:
            try:
                kept.append(records.add_person("N" * 120, f"p{len(kept)}", "trainee").login)
            except StoreUnavailable as refused:
                trouble = type(refused).__name__
        assert {person.login for person in records.people()} == set(kept)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        records.add_person("Last", "last", "trainee")
        print(trouble, len(kept))
        """
    )
    ran = subprocess.run([sys.executable, "-c", script, str(data)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    trouble, kept = ran.stdout.split()
    assert trouble == "StoreFull"
    with Records.open(data) as records:
        assert len(records.people()) == int(kept) + 1
        with records.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_database_that_may_not_be_written_says_so(records: Records) -> None:
    with records.writing() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailable):
        records.add_person("Ann", "ann", "trainee")
