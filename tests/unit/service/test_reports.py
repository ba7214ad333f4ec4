"""Reports that are not there, as of marks from before reports said which mark they tell of: the service writes them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.grading import mark_attempt, mark_fingerprint
from vigwidgets.service import grader
from vigwidgets.service.grader import Grader

pytestmark = pytest.mark.anyio
WRITE = Grader.write_report  # before a fixture takes it away


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The attempts whose reports were written, each by one line instead of a notebook."""
    asked: list[str] = []

    def write(attempt: Any, mark: dict[str, Any], data: Any, _: Any) -> None:
        asked.append(attempt.id)
        page = data / "attempts" / attempt.id / "report.html"
        page.write_text(f'<meta name="vig-mark" content="{mark_fingerprint(mark)}">New')

    async def ask(_: Grader, __: str, work: Any, *args: Any) -> Any:
        await asyncio.sleep(0.05)
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


async def test_a_report_from_before_is_written_anew_while_one_waits(site: Any, asked: list[str]) -> None:
    attempt = old_report(site)
    for _ in range(2):
        answer = await site.client("ann").get(f"/attempts/{attempt.id}/report")
        assert answer.code == 404
        assert b"is being written; reload" in answer.body
    await site.state.settle()
    answer = await site.client("ann").get(f"/attempts/{attempt.id}/report")
    assert (answer.code, answer.body[-3:]) == (200, b"New")
    assert asked == [attempt.id], "once, however often somebody looks"


async def test_nobody_waits_for_what_cannot_be_written(
    site: Any, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise Refusal("The exercise is gone.")

    monkeypatch.setattr(grader, "_write", fail)
    path = f"/attempts/{old_report(site).id}/report"
    await site.client("ann").get(path)
    await site.state.settle()
    assert b"ask your supervisor to run `vig grade`" in (await site.client("ann").get(path)).body
    assert b"could not be written; run `vig grade`" in (await site.client("sue").get(path)).body
    assert asked == []
