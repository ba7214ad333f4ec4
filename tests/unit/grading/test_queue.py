"""Marking everything that waits: in processes, with reports, and one bad attempt does not stop the rest."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from tests.processes import lives
from vigwidgets.curriculum import load_course
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import _queue as queue
from vigwidgets.grading import grade_waiting, mark_fingerprint, mark_of, read_report, work_list
from vigwidgets.resources import resource_path

House = Any  # the fixture of conftest.py


def run(house: House, **more: Any) -> Any:
    return grade_waiting(house.records, FilmLibrary(house.data), load_course(), house.data, jobs=2, **more)


def test_one_bad_attempt_does_not_stop_the_rest(house: House) -> None:
    first, bad, last = house.attempts("receiving-initiatives", 3)
    # A folder in the place of its report: the mark is kept, and the reason is said.
    (house.data / "attempts" / bad.id / "report.html").mkdir(parents=True)
    (house.data / "attempts" / bad.id / "report.html" / "in-the-way").touch()
    seen: list[tuple[int, int]] = []
    done = run(house, again=True, progress=lambda at, of: seen.append((at, of)))
    assert sorted(done.marked) == sorted([first.id, last.id])
    assert list(done.failed) == [bad.id]
    assert "report" in done.failed[bad.id]
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert all(mark_of(house.records.mark(attempt.id)) for attempt in (first, bad, last))
    assert done.gradebook
    assert done.gradebook.read_bytes().count(b"\r\n") == 4
    check_report(house.data / "attempts" / first.id)

    again = run(house)
    assert (again.marked, again.same, list(again.failed)) == ([], [], [bad.id])
    assert len(house.records.marks(first.id)) == 1


def check_report(folder: Path) -> None:
    """The executed notebook and its page: whole, without paths of this machine, other hosts or scripts."""
    notebook = nbformat.read(folder / "report.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not [output for cell in code for output in cell.outputs if output.output_type == "error"]
    html = (folder / "report.html").read_text(encoding="utf-8")
    # From ``/attempts/<id>/report`` this is the feedback.
    assert f'href="../{folder.name}">← Back to the feedback</a>' in html
    text = (folder / "report.ipynb").read_text(encoding="utf-8")
    for kept in (text, html):
        assert str(folder) not in kept
        assert str(Path.home()) + os.sep not in kept
        assert "Simulated" not in kept
    assert "<script" not in html
    assert "<img" not in html
    assert re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", html) == []
    assert "default-src 'none'" in html
    assert json.loads((folder / "case.json").read_text(encoding="utf-8"))["attempt"] == folder.name


def test_what_cannot_be_marked_is_named(house: House) -> None:
    (attempt,) = house.attempts("receiving-initiatives", 1)
    (house.data / "films" / "blocks" / "truth.json").unlink()
    done = run(house)
    assert "has no key" in done.failed[attempt.id]
    assert house.records.mark(attempt.id) is None


def test_an_unknown_exercise_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="no exercise 'dancing'; it has"):
        run(house, exercise="dancing")
    assert not (house.data / "gradebook.csv").exists()


def test_the_work_list(house: House) -> None:
    blocks = house.attempts("receiving-initiatives", 2)
    (hello,) = house.attempts("first-look", 1)
    course = load_course()

    def ids(exercise: str | None = None, again: bool = False) -> list[str]:
        return [attempt.id for attempt in work_list(house.records, course, house.data, exercise, again)]

    everything = [*(attempt.id for attempt in blocks), hello.id]
    assert ids() == everything
    assert ids("first-look") == [hello.id]
    house.records.add_mark(hello.id, {"any": "mark"})
    assert ids("first-look") == [hello.id], "its report is still to be made"
    folder = house.data / "attempts" / hello.id
    folder.mkdir(parents=True)
    (folder / "report.html").touch()
    assert ids("first-look") == [hello.id], "what lies there tells of no mark"
    told = f'<meta name="vig-mark" content="{mark_fingerprint({"any": "mark"})}">'
    (folder / "report.html").write_text(told, encoding="utf-8")
    assert ids("first-look") == []
    house.records.add_mark(hello.id, {"another": "mark"})
    assert ids("first-look") == [hello.id], "its report tells of the mark before"
    house.records.add_mark(hello.id, {"any": "mark"})
    assert ids(again=True) == everything


def test_a_run_that_ends_before_a_mark_is_kept_shows_no_report_of_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    (attempt,) = house.attempts("receiving-initiatives", 1)
    assert run(house, executor=InThisProcess()).marked == [attempt.id]
    mark = house.records.mark(attempt.id)
    page = read_report(house.data, attempt.id, mark)
    assert page is not None
    assert read_report(house.data, attempt.id, {**mark, "summary": ["Another."]}) is None
    truth = house.data / "films" / "blocks" / "truth.json"
    key = json.loads(truth.read_text(encoding="utf-8"))
    key["beats"][0]["says"] = "A new key, seen by nobody yet."
    truth.write_text(json.dumps(key), encoding="utf-8")

    def killed(*_: Any) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(queue, "keep", killed)
        with pytest.raises(Killed):
            run(house, executor=InThisProcess(), again=True)
    assert house.records.mark(attempt.id) == mark
    assert read_report(house.data, attempt.id, mark) == page, "the report is still that of the mark which counts"
    assert [path.name for path in sorted((house.data / "attempts" / attempt.id).iterdir())] == [
        "case.json", "report.html", "report.ipynb"
    ]  # fmt: skip
    assert run(house, executor=InThisProcess(), again=True).marked == [attempt.id]
    new = read_report(house.data, attempt.id, house.records.mark(attempt.id))
    assert new is not None
    assert b"seen by nobody yet" in new


class Killed(BaseException):
    """What ends a run at once."""


class InThisProcess:
    """An executor that works at once; it stops as Ctrl-C would after the first."""

    def __init__(self) -> None:
        self.done = 0

    def submit(self, work: Any, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.done += 1
        future.set_result(work(*arguments))
        return future


def test_ctrl_c_keeps_what_is_done(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = house.attempts("receiving-initiatives", 2)

    def interrupted(futures: list[Any]) -> Iterator[Any]:
        yield futures[0]
        raise KeyboardInterrupt

    def only_marks(task_json: str, folder: str) -> Any:
        task = queue.Task.model_validate_json(task_json)
        return queue._Outcome(task.attempt, queue.mark_task(task).model_dump_json(), None)

    monkeypatch.setattr(queue, "_work", only_marks)
    monkeypatch.setattr(queue, "as_completed", interrupted)
    done = run(house, executor=InThisProcess())
    assert done.stopped
    assert done.marked == [first.id, second.id], "what a worker had finished is kept too"
    assert house.records.waiting() == []


def test_a_worker_that_dies_takes_only_its_own_attempt(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first, deadly, last = house.attempts("receiving-initiatives", 3)
    monkeypatch.setattr(queue, "_submit", lambda pool, task, data: pool.submit(_die_at, task.attempt, deadly.id))
    done = run(house)
    assert "ended without a word" in done.failed.pop(deadly.id)
    assert done.failed == {first.id: "reached", last.id: "reached"}


def _die_at(attempt: str, deadly: str) -> Any:
    if attempt == deadly:
        os._exit(9)
    return queue._Outcome(attempt, None, "reached")


def test_a_damaged_attempt_is_named_and_stops_nobody(house: House) -> None:
    broken, good = house.attempts("receiving-initiatives", 2)
    with house.records.writing() as connection:
        connection.exec_driver_sql("UPDATE attempts SET observation = '{broken' WHERE id = ?", (broken.id,))
    assert house.records.damaged() == [broken.id]
    run = grade_waiting(house.records, FilmLibrary(house.data), load_course(), house.data, jobs=1)
    assert run.marked == [good.id]
    assert "damaged" in run.failed[broken.id]


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short name: the paths of sockets in it may not be longer than a hundred signs."""
    with tempfile.TemporaryDirectory(prefix="vig") as folder:
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
def test_a_run_that_is_killed_leaves_nothing_behind_and_the_next_goes_on(house: House, short: Path) -> None:
    attempts = house.attempts("receiving-initiatives", 16)
    folders = short
    root = str(Path(__file__).resolve().parents[3])
    environment = os.environ | {"TMPDIR": str(folders), "PYTHONPATH": root}
    command = [sys.executable, "-m", "vigwidgets.cli", "--data", str(house.data), "grade", "--jobs", "2"]
    first = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    family = psutil.Process(first.pid)
    wait_until(lambda: len(house.records.attempts()) - len(house.records.waiting()) >= 3)
    members = family.children(recursive=True)
    first.kill()
    first.wait()
    assert first.returncode == -9
    wait_until(lambda: not any(lives(member.pid) for member in members))
    wait_until(lambda: not list(folders.glob("vig-*")))

    done = {attempt.id for attempt in attempts} - {attempt.id for attempt in house.records.waiting()}
    # A report may lie there whose mark was not kept any more: it is written anew.
    reports = [path for path in house.data.glob("attempts/*/report.html") if path.parent.name in done]
    written = {path: path.stat().st_mtime_ns for path in reports}
    assert 3 <= len(done) < 16, "it was killed in the middle"
    rest = run(house)
    assert rest.failed == {}
    assert not done & set(rest.marked), "what was marked is not marked again"
    assert house.records.waiting() == []
    for attempt in attempts:
        check_report(house.data / "attempts" / attempt.id)
        assert len(house.records.marks(attempt.id)) == 1
    assert (
        written.items() <= {path: path.stat().st_mtime_ns for path in house.data.glob("attempts/*/report.html")}.items()
    )
    gradebook = rest.gradebook.read_bytes()
    third = run(house)
    assert third.done == 0
    assert third.gradebook.read_bytes() == gradebook


def wait_until(true: Any) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_another_executor_may_do_the_work(house: House) -> None:
    attempts = house.attempts("first-look", 3)
    with ThreadPoolExecutor(2) as threads:
        done = run(house, executor=threads)
        assert threads.submit(lambda: "still there").result() == "still there"
    assert sorted(done.marked) == sorted(attempt.id for attempt in attempts)
    for attempt in attempts:
        check_report(house.data / "attempts" / attempt.id)


def test_an_endless_report_fails_its_own_attempt(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first, second = house.attempts("first-look", 2)
    from vigwidgets.grading import _paper

    template = nbformat.read(resource_path("notebooks/grading-tagging.ipynb"), as_version=4)
    template.cells[-1].source = f"import os\nwhile case.attempt == {second.id!r}: os.getpid()"
    nbformat.write(template, tmp_path / "endless.ipynb")
    monkeypatch.setattr(_paper, "resource_path", lambda _: tmp_path / "endless.ipynb")
    monkeypatch.setattr(_paper, "_CELL_SECONDS", 1)
    with ThreadPoolExecutor(2) as threads:
        done = run(house, executor=threads)
    assert done.marked == [first.id]
    assert "longer than the 1 s" in done.failed[second.id]
    assert mark_of(house.records.mark(second.id)), "its mark is kept"


def test_marking_by_another_policy_says_what_changed_and_keeps_both_marks(house: House) -> None:
    (attempt,) = house.attempts("receiving-initiatives", 1)
    assert run(house).changed == {}, "there was nothing before"
    course = load_course()
    exercise = course.exercise("receiving-initiatives")
    strict = exercise.policy.model_copy(update={"min_overlap": 0.95, "edge_s": 0.0})
    other = exercise.model_copy(update={"policy": strict, "version": "2"})
    changed = replace(course, exercises={**course.exercises, exercise.id: other})
    again = grade_waiting(house.records, FilmLibrary(house.data), changed, house.data, jobs=1, again=True)
    told = again.changed[attempt.id]
    assert "The exercise's version is 2, and was 1." in told
    assert any(sentence.startswith("Policy min_overlap is 0.95, and was") for sentence in told)
    assert len(house.records.marks(attempt.id)) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
def test_a_notebook_that_kills_what_runs_are_forked_from_takes_nobody_along(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first, second = house.attempts("first-look", 2)
    from vigwidgets.grading import _paper

    template = nbformat.read(resource_path("notebooks/grading-tagging.ipynb"), as_version=4)
    once = tmp_path / "once"
    template.cells[-1].source = (
        f"import os, time\nfrom pathlib import Path\nonce = Path({str(once)!r})\n"
        "if not once.exists():\n    once.touch(); os.kill(os.getppid(), 9); time.sleep(9)"
    )
    nbformat.write(template, tmp_path / "deadly.ipynb")
    monkeypatch.setattr(_paper, "resource_path", lambda _: tmp_path / "deadly.ipynb")
    done = run(house, executor=InThisProcess())
    assert (done.failed, once.exists()) == ({}, True)
    assert sorted(done.marked) == sorted([first.id, second.id])
