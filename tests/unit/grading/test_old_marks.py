"""Marks that an older version kept, before fields that have defaults: nobody's release and nobody's report is lost."""

from __future__ import annotations

import json
from concurrent.futures import Future
from typing import Any

import nbformat
import pytest

from vigwidgets.curriculum import load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import (
    AnswersMark,
    ClipMark,
    ClipsMark,
    RatingMark,
    _paper,
    grade_waiting,
    mark_task,
    read_report,
    task_of,
)
from vigwidgets.grading._case import says_the_same
from vigwidgets.grading._mark import Marked
from vigwidgets.records import Records

House = Any  # the fixture of conftest.py


def as_before(mark: Marked) -> dict[str, Any]:
    """Return a mark as a version kept it that had none of the fields that have defaults."""
    return mark.model_dump(mode="json", exclude_defaults=True) | {"format": mark.model_dump()["format"]}


class InThisProcess:
    """An executor that works at once."""

    def submit(self, work: Any, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*arguments))
        return future


@pytest.mark.parametrize("again", [False, True])
def test_a_mark_from_before_keeps_its_release_and_gets_its_report_once(
    house: House, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    monkeypatch.setattr(_paper, "_run", lambda *_: nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    (attempt,) = house.attempts("receiving-initiatives", 1)
    records: Records = house.records
    library, course = FilmLibrary(house.data), load_course()
    old = as_before(mark_task(task_of(attempt, library, course)))
    assert "weighted" not in old
    records.add_mark(attempt.id, old)
    records.add_stage(attempt.id, "released", attempt.person)
    run = grade_waiting(records, library, course, house.data, executor=InThisProcess(), again=again)  # type: ignore[arg-type]
    assert (run.marked, run.same, run.changed, run.failed) == ([], [attempt.id], {}, {})
    assert records.marks(attempt.id) == [old]
    assert records.released(attempt.id)
    assert read_report(house.data, attempt.id, records.mark(attempt.id)) is not None
    assert grade_waiting(records, library, course, house.data, executor=InThisProcess()).done == 0  # type: ignore[arg-type]


def test_without_being_asked_for_nothing_is_marked_by_another_key(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_paper, "_run", lambda *_: nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    (attempt,) = house.attempts("receiving-initiatives", 1)
    library, course = FilmLibrary(house.data), load_course()
    first = grade_waiting(house.records, library, course, house.data, executor=InThisProcess())  # type: ignore[arg-type]
    assert first.marked == [attempt.id]
    truth = house.data / "films" / "blocks" / "truth.json"
    key = json.loads(truth.read_text(encoding="utf-8"))
    key["beats"][0]["says"] = "A new key."
    truth.write_text(json.dumps(key), encoding="utf-8")
    (house.data / "attempts" / attempt.id / "report.html").unlink()
    rest = grade_waiting(house.records, library, course, house.data, executor=InThisProcess())  # type: ignore[arg-type]
    assert (rest.marked, rest.same) == ([], [attempt.id])
    assert len(house.records.marks(attempt.id)) == 1
    anew = grade_waiting(house.records, library, course, house.data, executor=InThisProcess(), again=True)  # type: ignore[arg-type]
    assert anew.marked == [attempt.id]


COMMON: dict[str, Any] = {"observation": "o", "observation_sha256": "0" * 64, "film": "f", "summary": ["So."]}
CLIP = ClipMark(
    start=0, end=1, title="", question=True, pair=True, named=True, safe=True, shows=[], sentence="Here."
)  # fmt: skip


@pytest.mark.parametrize(
    "mark",
    [
        RatingMark(
            **COMMON, scheme="m-adbb", items=[], exact=0, near=0, bias=None, total=None, reference_total=None, cutoff=4
        ),
        ClipsMark(**COMMON, clips=[CLIP], asked=1, over=0, advice=[]),
        AnswersMark(**COMMON, answers=[], right=0, asked=0),
    ],
)
def test_marks_of_every_kind_are_known_again(mark: Marked) -> None:
    old = as_before(mark)
    assert old != mark.model_dump(mode="json")
    assert says_the_same(old, mark)
    assert not says_the_same(old, mark.model_copy(update={"summary": ["Another."]}))
    assert not says_the_same({"any": "mark"}, mark)
