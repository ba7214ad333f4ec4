"""The gradebook: a row for each attempt, and a spreadsheet does not obey it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.curriculum import load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import (
    GRADEBOOK_COLUMNS,
    gradebook_csv,
    gradebook_rows,
    mark_attempt,
    mark_of,
    write_gradebook,
)
from vigwidgets.records import Records

House = Any  # the fixture of conftest.py


def test_a_row_for_each_attempt(house: House) -> None:
    records, course = house.records, load_course()
    first, second = house.attempts("receiving-initiatives", 2)
    (third,) = house.attempts("first-look", 1)
    for attempt in (first, third):
        mark_attempt(records, FilmLibrary(house.data), course, attempt)
    rows = gradebook_rows(records, course)
    assert [row["attempt"] for row in rows] == [first.id, second.id, third.id]
    assert [row["state"] for row in rows] == ["marked", "waiting", "not counted"]
    mark = mark_of(records.mark(first.id))
    assert mark
    kinds = [again.kind for again in mark.again]
    assert rows[0]["seen"] == len(mark.seen)
    assert rows[0]["nearly"] == kinds.count("other_name") + kinds.count("other_boundary")
    assert rows[0]["only_expert"] == kinds.count("missed")
    assert rows[0]["only_own"] == kinds.count("extra")
    assert rows[0]["moments"] == len(mark.seen) + len([again for again in mark.again if again.beat])
    assert rows[1]["seen"] is None
    assert rows[2]["seen"] is None
    assert all(tuple(row) == GRADEBOOK_COLUMNS for row in rows)


def test_it_is_written_whole(house: House) -> None:
    house.attempts("receiving-initiatives", 1)
    path = write_gradebook(house.records, load_course(), house.data)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [row["person"] for row in rows] == ["Simulated 001"]
    assert [entry.name for entry in house.data.iterdir() if entry.name.startswith("tmp")] == []


@given(st.text(min_size=1, max_size=20), st.sampled_from("=+-@\t\r"))
def test_no_cell_begins_as_a_formula(name: str, first: str) -> None:
    about = {"person": first + name, "login": " =" + name, "kappa_time": -0.25}
    row = dict.fromkeys(GRADEBOOK_COLUMNS) | about
    (read,) = csv.DictReader(io.StringIO(gradebook_csv([row]), newline=""))
    assert read["person"] == "'" + first + name
    assert read["login"] == "' =" + name
    assert read["kappa_time"] == "-0.25"


def test_marking_twice_keeps_one_mark(house: House) -> None:
    (attempt,) = house.attempts("receiving-initiatives", 1)
    library, course = FilmLibrary(house.data), load_course()
    first = mark_attempt(house.records, library, course, attempt)
    assert mark_attempt(house.records, library, course, attempt) == first
    assert len(house.records.marks(attempt.id)) == 1
    assert (first.exercise, first.exercise_version) == ("receiving-initiatives", "1")
    assert first.observation_sha256 == attempt.receipt["observation_sha256"]


def test_a_mark_of_an_unknown_version_is_refused() -> None:
    assert mark_of(None) is None
    with pytest.raises(Exception, match="Mark the attempt again"):
        mark_of({"format": "vig-mark", "version": 99})


def test_an_attempt_keeps_its_place_without_its_person(tmp_path: Path) -> None:
    records = Records.open(tmp_path)
    assert gradebook_rows(records, load_course()) == []
    assert gradebook_csv([]).strip() == ",".join(GRADEBOOK_COLUMNS)
    records.close()
