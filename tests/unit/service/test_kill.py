"""A killed server loses nothing that it acknowledged, and sending the rest again does no harm."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.simple_httpclient import HTTPStreamClosedError
from tornado.websocket import WebSocketClosedError

pytestmark = pytest.mark.anyio
WINDOW = 8
GONE = (WebSocketClosedError, HTTPStreamClosedError, OSError)


class Killable:
    """The process that forks services, and the service that runs now."""

    def __init__(self, data: Path) -> None:
        script = Path(__file__).with_name("killable.py")
        self._forker = subprocess.Popen(
            [sys.executable, str(script), str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pid = self.port = 0

    def start(self) -> int:
        assert self._forker.stdin is not None
        assert self._forker.stdout is not None
        self._forker.stdin.write("\n")
        self._forker.stdin.flush()
        self.pid, self.port = map(int, self._forker.stdout.readline().split())
        return self.port

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.pid = 0

    def close(self) -> None:
        if self.pid:
            self.kill()
        self._forker.communicate()


@pytest.fixture
def killable(still: Any) -> Iterator[Killable]:
    killable = Killable(still.data)
    yield killable
    killable.close()


class Outbox:
    """What a browser keeps: each edit until it is acknowledged; after a new start, the same again, in order."""

    def __init__(self, site: Any, observation: str, edit: Any) -> None:
        self.site, self.observation, self.edit = site, observation, edit
        self.acknowledged: dict[str, int] = {}
        self.waiting: dict[str, Any] = {}
        self.made = 0
        self.opened = asyncio.Event()

    async def work(self) -> None:
        """Edit as quickly as answers come, until the line breaks."""
        socket = await self.site.client("ann").socket(self.observation)
        state = await socket.hear()
        if state is None:
            return
        self._check(state)
        self.opened.set()
        for kept in list(self.waiting.values()):
            await socket.send(kept)
        while True:
            while len(self.waiting) < WINDOW:
                fresh = self.edit(self.made, f"edit-{self.made}")
                self.made += 1
                self.waiting[fresh.id] = fresh
                await socket.send(fresh)
            answer = await socket.hear()
            if answer is None:
                return
            assert answer["type"] == "ack", answer
            del self.waiting[answer["edit"]]
            self.acknowledged[answer["edit"]] = answer["seq"]

    def _check(self, state: Any) -> None:
        there = {tag["id"] for tag in state["observation"]["tags"]}
        assert {f"tag-{name.removeprefix('edit-')}" for name in self.acknowledged} <= there
        # What was on its way may be there too, and nothing else.
        assert len(self.acknowledged) <= state["seq"] <= len(self.acknowledged) + len(self.waiting)
        assert len(there) == state["seq"]


async def kill_again_and_again(site: Any, edit: Any, killable: Killable, times: int, seed: int) -> None:
    random_ = random.Random(seed)
    await site.start()
    boxes = [Outbox(site, site.begin("ann", exercise).id, edit) for exercise in ("receiving-initiatives", "first-look")]
    for _ in range(times):
        site.port = killable.start()
        for box in boxes:
            box.opened.clear()
        working = [asyncio.ensure_future(box.work()) for box in boxes]
        # Most die while edits flow, some while the browser is still opening.
        if random_.random() < 0.8:
            while not all(box.opened.is_set() for box in boxes) and not any(task.done() for task in working):
                await asyncio.sleep(0.005)
        await asyncio.sleep(random_.uniform(0.0, 0.1))
        killable.kill()
        for result in await asyncio.gather(*working, return_exceptions=True):
            # Killed while it opened, or while it wrote: the browser only sees that the line is gone.
            if isinstance(result, BaseException) and not isinstance(result, GONE):
                raise result
    for box in boxes:
        log = site.records.edits(box.observation)
        assert [seq for seq, _ in log] == list(range(1, len(log) + 1))
        assert len({kept.id for _, kept in log}) == len(log)
        for name, seq in box.acknowledged.items():
            assert log[seq - 1][1].id == name
    # Edits really flowed, in one life of the service or another.
    assert sum(len(box.acknowledged) for box in boxes) > times
    with site.records.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


async def test_thirty_kills_lose_nothing_that_was_acknowledged(still: Any, edit: Any, killable: Killable) -> None:
    await kill_again_and_again(still, edit, killable, times=30, seed=1)
    await still.stack.aclose()


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_a_thousand_kills_lose_nothing_that_was_acknowledged(still: Any, edit: Any, killable: Killable) -> None:
    await kill_again_and_again(still, edit, killable, times=1000, seed=2)
    await still.stack.aclose()
