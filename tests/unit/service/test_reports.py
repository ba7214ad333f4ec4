"""Reports that are not there, as of marks from before reports said which mark they tell of: the service writes them."""

from __future__ import annotations

import asyncio
from typing import Any

import nbformat
import pytest

from vigwidgets.errors import Refusal
from vigwidgets.grading import _paper, mark_attempt, mark_fingerprint
from vigwidgets.service import grader
from vigwidgets.service.grader import Grader

pytestmark = pytest.mark.anyio
WRITE = Grader.write_report  # before a fixture takes it away


@pytest.fixture
def going() -> asyncio.Event:
    """Whether reports that are being written may become ready."""
    return asyncio.Event()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, going: asyncio.Event) -> list[str]:
    """The attempts whose reports were written, each by one line instead of a notebook."""
    asked: list[str] = []

    def write(attempt: Any, mark: dict[str, Any], data: Any, _: Any) -> None:
        asked.append(attempt.id)
        page = data / "attempts" / attempt.id / "report.html"
        page.write_text(f'<meta name="vig-mark" content="{mark_fingerprint(mark)}">New')

    async def ask(_: Grader, __: str, work: Any, *args: Any) -> Any:
        await going.wait()
        return work(*args)

    monkeypatch.setattr(Grader, "write_report", WRITE)
    monkeypatch.setattr(Grader, "_ask", ask)
    monkeypatch.setattr(grader, "_write", write)
    return asked


def old_report(site: Any) -> Any:
    """Hand in as Ann; return her attempt, marked, with a report that does not say of which mark."""
    attempt = site.records.hand_in(site.begin("ann").id)
    mark_attempt(site.records, site.state.library, site.state.course, attempt)
    folder = site.data / "attempts" / attempt.id
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<p>Old")
    return attempt


async def test_a_report_from_before_is_written_anew_while_one_waits(
    site: Any, asked: list[str], going: asyncio.Event
) -> None:
    attempt = old_report(site)
    for _ in range(2):
        answer = await site.client("ann").get(f"/attempts/{attempt.id}/report")
        assert answer.code == 404
        assert b"is being written; reload" in answer.body
    going.set()
    await site.state.settle()
    answer = await site.client("ann").get(f"/attempts/{attempt.id}/report")
    assert (answer.code, answer.body[-3:]) == (200, b"New")
    assert asked == [attempt.id], "once, however often somebody looks"


async def test_nobody_waits_for_what_cannot_be_written(
    site: Any, asked: list[str], monkeypatch: pytest.MonkeyPatch, going: asyncio.Event
) -> None:
    going.set()

    def fail(*_: Any) -> None:
        raise Refusal("The exercise is gone.")

    monkeypatch.setattr(grader, "_write", fail)
    path = f"/attempts/{old_report(site).id}/report"
    await site.client("ann").get(path)
    await site.state.settle()
    assert b"ask your supervisor to run `vig grade`" in (await site.client("ann").get(path)).body
    assert b"could not be written; run `vig grade`" in (await site.client("sue").get(path)).body
    assert asked == []


async def test_the_report_of_a_mark_from_an_older_version_is_written_once_and_read(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []
    monkeypatch.setattr(_paper, "_run", lambda *_: runs.append("run") or nbformat.v4.new_notebook())
    attempt = as_with_an_old_mark(site, monkeypatch)
    path = f"/attempts/{attempt.id}/report"
    assert b"is being written" in (await site.client("ann").get(path)).body
    await site.state.settle()
    assert [(await site.client("ann").get(path)).code for _ in range(2)] == [200, 200]
    assert runs == ["run"]


async def test_a_report_that_tells_of_another_mark_is_not_written_again_and_again(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []
    monkeypatch.setattr("vigwidgets.grading.write_report", lambda *_: runs.append("run"))
    attempt = as_with_an_old_mark(site, monkeypatch)
    for _ in range(3):
        answer = await site.client("sue").get(f"/attempts/{attempt.id}/report")
        await site.state.settle()
    assert b"could not be written; run `vig grade`" in answer.body
    assert runs == ["run"]


def as_with_an_old_mark(site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Hand in as Ann; return her attempt with a mark that lacks a field of today; reports are written here."""

    async def ask(_: Grader, __: str, work: Any, *args: Any) -> Any:
        await asyncio.sleep(0)
        return work(*args)

    monkeypatch.setattr(Grader, "write_report", WRITE)
    monkeypatch.setattr(Grader, "_ask", ask)
    attempt = site.records.hand_in(site.begin("ann").id)
    mark_attempt(site.records, site.state.library, site.state.course, attempt)
    old = dict(site.records.mark(attempt.id))
    del old["weighted"]
    site.records.add_mark(attempt.id, old)
    return attempt
