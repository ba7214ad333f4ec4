"""Who else has an observation open, and whether a window may change it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

pytestmark = pytest.mark.anyio


async def test_a_second_window_of_ones_own_joins_and_both_are_told(site: Any, edit: Any) -> None:
    record = site.begin("ann")
    one = await site.client("ann").socket(record.id)
    await one.hear()
    two = await site.client("ann").socket(record.id)
    await two.hear()
    assert await one.hear_presence() == (2, 0, True)
    assert await two.hear_presence() == (2, 0, True)
    assert (await two.ask(edit(1)))["type"] == "ack"
    assert (await one.hear())["type"] == "edited"
    two.hang_up()
    assert await one.hear_presence() == (1, 0, True)


async def test_whoever_is_alone_with_their_work_is_told_nothing(site: Any) -> None:
    record = site.begin("ann")
    alone = await site.client("ann").socket(record.id)
    await alone.hear()
    await alone.say({"type": "ping"})
    assert await alone.hear() == {"type": "pong"}
    assert alone.present == []


async def test_a_reader_is_told_that_it_may_only_read_and_the_owner_that_somebody_reads(site: Any) -> None:
    record = site.begin("ann")
    site.records.hand_in(record.id)
    reader = await site.client("sue").socket(record.id)
    await reader.hear()
    assert await reader.hear_presence() == (0, 1, False)
    owner = await site.client("ann").socket(record.id)
    await owner.hear()
    assert await owner.hear_presence() == (1, 1, True)
    assert await reader.hear_presence() == (1, 1, False)


async def test_windows_that_come_and_go_at_once_leave_a_right_number(site: Any) -> None:
    record = site.begin("ann")
    stays = await site.client("ann").socket(record.id)
    await stays.hear()
    passing = await asyncio.gather(*(site.client("ann").socket(record.id) for _ in range(8)))
    for window in passing:
        await window.hear()
        window.hang_up()
    seen = (0, 0, False)
    while seen != (1, 0, True):
        seen = await asyncio.wait_for(stays.hear_presence(), 5)
    assert list(site.state.rooms) == [record.id]
