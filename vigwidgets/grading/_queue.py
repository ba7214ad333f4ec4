"""Mark everything that waits, in parallel processes; one bad attempt does not stop the rest."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigwidgets.curriculum import Course
from vigwidgets.errors import Refusal, VigError
from vigwidgets.grading._case import Case, Task, keep, mark_of, mark_task, says_the_same, task_of
from vigwidgets.grading._changes import changes
from vigwidgets.grading._gradebook import write_gradebook
from vigwidgets.grading._kinds import ANY_MARK, AnyMark
from vigwidgets.grading._report_files import attempt_folder, publish, report_is_of
from vigwidgets.kernels import lend_parent, shared_parent

if TYPE_CHECKING:
    from vigwidgets.films import FilmLibrary
    from vigwidgets.records import Attempt, Records

__all__ = ["GradingRun", "grade_waiting", "work_list"]


@dataclass
class GradingRun:
    """What a run of marking did.

    Attributes:
        marked: Attempts with a new mark.
        same: Attempts that keep their mark: it came out the same, or only its report was missing.
        changed: What is different from the mark that counted before, in sentences, for each attempt that had one.
        failed: Attempts that could not be marked or reported on, each with the reason in a sentence.
        stopped: Whether it was interrupted; the marks made so far are kept.
        gradebook: Where the gradebook lies.
    """

    marked: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    stopped: bool = False
    gradebook: Path | None = None

    @property
    def done(self) -> int:
        """How many attempts are through."""
        return len(self.marked) + len(self.same) + len(self.failed)


@dataclass(frozen=True)
class _Outcome:
    """What a worker brings back: plain text, so that it can come from another process or machine."""

    attempt: str
    mark: str | None
    failure: str | None
    made: str | None = None  # the folder in which its report waits until the mark is kept
    marked: bool = True  # else the mark is the one that was kept, and only its report is new


def work_list(records: Records, course: Course, data: Path, exercise: str | None, again: bool) -> list[Attempt]:
    """Return the attempts to mark: those without a mark, or without a report of just that mark, or all again.

    Raises:
        Refusal: The course has no such exercise.
    """
    if exercise is not None:
        course.exercise(exercise)
    # Ratings that are not marked have nothing to be compared with.
    unmarked = {one.id for one in course.exercises.values() if one.kind == "rating" and one.marking == "none"}
    attempts = [attempt for attempt in records.attempts(exercise) if attempt.exercise not in unmarked]
    if again:
        return attempts
    return [attempt for attempt in attempts if not _is_through(records, data, attempt.id)]


def _is_through(records: Records, data: Path, attempt: str) -> bool:
    mark = records.mark(attempt)
    return mark is not None and report_is_of(data, attempt, mark)


def grade_waiting(
    records: Records,
    library: FilmLibrary,
    course: Course,
    data: Path,
    *,
    exercise: str | None = None,
    again: bool = False,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    executor: Executor | None = None,
) -> GradingRun:
    """Mark what waits, make the reports, and write the gradebook.

    An attempt whose mark can be read and whose report is missing keeps that mark, and with it its release: only the
    report is written. It is marked again only if ``again`` says so.

    Every mark is kept as soon as it is made, so that an interrupted run loses nothing and the next goes on from there.

    Args:
        records: Where attempts and marks are.
        library: Where the films' keys are.
        course: Where the exercises are.
        data: The data directory.
        exercise: Only this exercise.
        again: Mark everything again, not only what waits.
        jobs: How many processes; None: one for each core.
        progress: Called with how many are through, of how many.
        executor: Who does the work, by `concurrent.futures`' interface; None: processes of this machine. What it is
            given and gives back is text. It must reach the data directory, and is not shut down.

    Raises:
        Refusal: The course has no such exercise; nothing was marked.
    """
    run = GradingRun()
    attempts = work_list(records, course, data, exercise, again)
    for damaged in records.damaged(exercise):
        run.failed[damaged] = "What was handed in is damaged in the database; restore it from a backup."
    tasks = _tasks(run, attempts, records, library, course, again)
    report = progress or (lambda _done, _all: None)
    whole = len(attempts) + len(records.damaged(exercise))
    report(run.done, whole)
    try:
        for outcome in _outcomes(tasks, data, jobs or os.cpu_count() or 1, executor):
            _settle(run, records, outcome)
            report(run.done, whole)
    except KeyboardInterrupt:
        run.stopped = True
    run.gradebook = write_gradebook(records, course, data)
    return run


def _tasks(
    run: GradingRun, attempts: list[Attempt], records: Records, library: FilmLibrary, course: Course, again: bool
) -> list[Task]:
    """Return what is needed to mark each attempt; one that lacks something is noted with its reason."""
    tasks = []
    for attempt in attempts:
        try:
            kept = records.mark(attempt.id)
            about = {"kept": json.dumps(kept) if kept is not None else "", "anew": again}
            tasks.append(task_of(attempt, library, course).model_copy(update=about))
        except VigError as error:
            run.failed[attempt.id] = str(error)
    return tasks


def _settle(run: GradingRun, records: Records, outcome: _Outcome) -> None:
    try:
        if outcome.mark is not None:
            new = outcome.marked and _keep(run, records, outcome.attempt, outcome.mark)
            if outcome.made is not None:
                publish(Path(outcome.made))  # only now: nobody reads a report of a mark that is not kept
            if outcome.failure is None:
                (run.marked if new else run.same).append(outcome.attempt)
    except VigError as error:
        run.failed[outcome.attempt] = str(error)
        return
    except OSError as error:
        run.failed[outcome.attempt] = f"The report could not be put into its place: {error}"
        return
    finally:
        if outcome.made is not None:
            shutil.rmtree(outcome.made, ignore_errors=True)
    if outcome.failure is not None:
        run.failed[outcome.attempt] = outcome.failure


def _keep(run: GradingRun, records: Records, attempt: str, made: str) -> bool:
    """Keep what a worker made, unless it says what the mark says that counts, and return whether it is new."""
    mark, before = ANY_MARK.validate_json(made), _counted(records, attempt)
    new = keep(records, attempt, mark)
    if new and before is not None:
        run.changed[attempt] = changes(before, mark)
    return new


def _counted(records: Records, attempt: str) -> AnyMark | None:
    return _readable(records.mark(attempt))


def _readable(kept: Mapping[str, object] | None) -> AnyMark | None:
    try:
        return mark_of(kept)
    except Refusal:
        return None  # kept by another version: there is nothing to compare with, or to report on


def _outcomes(tasks: list[Task], data: Path, jobs: int, executor: Executor | None) -> Iterator[_Outcome]:
    """Yield an outcome for each task as it comes; a worker that dies takes only its own attempt with it."""
    left = {task.attempt: task for task in tasks}
    try:
        with nullcontext(executor) if executor else _workers(min(jobs, max(len(tasks), 1))) as pool:
            futures = [_submit(pool, task, data) for task in tasks]
            try:
                for future in as_completed(futures):
                    outcome = future.result()
                    left.pop(outcome.attempt)
                    yield outcome
            except KeyboardInterrupt:
                # Workers finish what they hold; that work is kept too.
                for future in futures:
                    future.cancel()
                wait(futures)
                finished = [future.result() for future in futures if future.done() and not future.cancelled()]
                yield from (outcome for outcome in finished if outcome.attempt in left)
                raise
    except BrokenProcessPool:
        # Nobody can say which attempt it was: the rest go one by one, each with a worker of its own.
        for task in left.values():
            yield _alone(task, data)


def _alone(task: Task, data: Path) -> _Outcome:
    try:
        with _workers(1) as pool:
            return _submit(pool, task, data).result()
    except BrokenProcessPool:
        return _Outcome(task.attempt, None, "Its worker ended without a word, perhaps out of memory; try it alone.")


def _submit(pool: Executor, task: Task, data: Path) -> Future[_Outcome]:
    return pool.submit(_work, task.model_dump_json(), str(attempt_folder(data, task.attempt)))


@contextmanager
def _workers(jobs: int) -> Iterator[Executor]:
    # A fork of a process with threads may hang; a fork server has none, and loads what workers need only once.
    method = "spawn" if sys.platform == "win32" else "forkserver"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["vigwidgets.grading._paper"])
        _start_fork_server()
    # All workers fork their notebooks from one parent, which imports only once what those need.
    address = shared_parent().address if hasattr(os, "fork") else ""
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=(address,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_fork_server() -> None:
    """Start it deaf to Ctrl-C, which would otherwise tear through its imports."""
    if threading.current_thread() is not threading.main_thread():
        return  # only the main thread may change what signals do, and only it is interrupted
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


def _start_worker(address: str) -> None:
    if address:
        lend_parent(address)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    # Ctrl-C reaches every process of the terminal: the first one decides, and workers finish what they hold.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Kernels write notices of their own to standard error, across the progress bar; what matters comes back as a
    # sentence of the outcome.
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def _end_with(sentinel: int) -> None:
    """End this worker when the one that hands out the work was killed: nobody would keep what it does."""
    connection.wait([sentinel])
    os._exit(1)


def _work(task_json: str, folder: str) -> _Outcome:
    """Mark one attempt and make its report, still unseen; every failure becomes a sentence."""
    from vigwidgets.grading._paper import make_case_report  # noqa: PLC0415 - papermill is for workers only

    task = Task.model_validate_json(task_json)
    kept: dict[str, Any] | None = json.loads(task.kept) if task.kept else None
    stays = None if task.anew else _readable(kept)
    try:
        mark = stays or mark_task(task)
    except Refusal as error:
        return _Outcome(task.attempt, None, str(error))
    except Exception as error:  # one bad attempt must not stop the rest
        return _Outcome(task.attempt, None, f"Marking stopped: {type(error).__name__}: {error}")
    told = mark.model_dump_json()
    try:
        # A report is known by the mark as it is kept, which may be from a version that did not have all of today's.
        same = kept is not None and says_the_same(kept, mark)
        made = make_case_report(Case.of(task, mark), Path(folder), kept if same else None)
    except Exception as error:  # likewise; its mark is kept
        text = str(error) if isinstance(error, VigError) else f"The report stopped: {type(error).__name__}: {error}"
        return _Outcome(task.attempt, told, text, marked=stays is None)
    return _Outcome(task.attempt, told, None, str(made), marked=stays is None)
