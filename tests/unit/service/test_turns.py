"""People share the writer and each has a share of their own: what one sends does not hold up another."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from vigwidgets.contract import Edit
from vigwidgets.records import StoreFull
from vigwidgets.service import edits
from vigwidgets.service.bucket import Bucket, Buckets
from vigwidgets.service.writer import Writer

pytestmark = pytest.mark.anyio


def test_a_burst_passes_then_a_rate_holds_and_what_would_wait_too_long_is_not_taken() -> None:
    now = [0.0]
    bucket = Bucket(rate=10, size=20, clock=lambda: now[0])
    assert [bucket.take(10) for _ in range(4)] == [0, 0, 1, 2]
    assert bucket.take(10, patience=2) is None
    assert bucket.take(10, patience=3) == 3
    now[0] = 100
    assert bucket.full
    assert bucket.take(1000) == 0  # larger than the whole: counts as a whole one
    assert bucket.take(5) == 0.5


def test_a_persons_windows_share_one_bucket_and_idle_ones_are_forgotten() -> None:
    buckets = Buckets(lambda: Bucket(rate=1, size=5))
    assert buckets.of("ann") is buckets.of("ann")
    assert buckets.of("ann") is not buckets.of("ben")
    spent = buckets.of("ann")
    spent.take(5)
    for number in range(1100):
        buckets.of(f"p{number}")
    assert buckets.of("ann") is spent
    assert len(buckets._buckets) < 200


async def test_people_take_turns_and_each_ones_own_come_in_order() -> None:
    writer, done = Writer(), []
    gate = threading.Event()
    first = asyncio.ensure_future(writer.submit(gate.wait, 5))
    await asyncio.sleep(0)
    waiting = [asyncio.ensure_future(writer.submit_for("bully", done.append, f"b{n}")) for n in range(50)]
    waiting += [asyncio.ensure_future(writer.submit_for("ann", done.append, f"a{n}")) for n in range(3)]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *waiting)
    writer.close()
    assert done[:6] == ["b0", "a0", "b1", "a1", "b2", "a2"]
    assert [each for each in done if each[0] == "b"] == [f"b{n}" for n in range(50)]
    assert writer.waiting == 0


async def test_the_writer_knows_that_the_disk_was_full_and_that_it_is_not_any_more() -> None:
    writer = Writer()

    def full() -> None:
        raise StoreFull("no room")

    with pytest.raises(StoreFull):
        await writer.submit(full)
    assert writer.full
    await writer.submit(int)
    assert not writer.full
    writer.close()


@pytest.mark.parametrize("many", [500, pytest.param(2000, marks=pytest.mark.soak)])
async def test_all_edits_that_waited_for_a_line_get_through(site: Any, edit: Any, many: int) -> None:
    socket = await site.client("ann").socket(site.begin("ann").id)
    await socket.hear()

    async def send() -> None:
        for place in range(many):
            await socket.send(edit(place, start=place % 249 * 40_000))

    sending = asyncio.ensure_future(send())
    answers = [await socket.hear() for _ in range(many)]
    await sending
    assert {answer["type"] for answer in answers} == {"ack"}


async def test_what_is_far_too_much_is_refused_for_now_and_nothing_overtakes_it(
    site: Any, edit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    site.state.buckets = Buckets(lambda: Bucket(rate=1000, size=100, clock=lambda: now[0]))
    record = site.begin("ann")
    socket = await site.client("ann").socket(record.id)
    await socket.hear()
    big = Edit(id="big", changes=[edit(place).changes[0] for place in range(90)])
    greedy = Edit(id="greedy", changes=[edit(place, id=f"t{place}").changes[0] for place in range(600)])
    for _ in range(11):
        site.state.buckets.of(site.people["ann"].id).take(100)
    monkeypatch.setattr(edits, "PATIENCE", 0.5)
    answer = await asyncio.wait_for(socket.ask(greedy), 20)
    assert (answer["type"], answer["edit"], answer["retry"]) == ("refused", "greedy", True)
    now[0] = 1000.0
    answer = await socket.ask(big)
    assert (answer["type"], answer["edit"], answer["retry"]) == ("refused", "big", True)
    assert site.records.observation(record.id).seq == 0
    assert (await socket.ask(greedy)) == {"type": "ack", "edit": "greedy", "seq": 1}
    now[0] = 2000.0
    assert (await socket.ask(big)) == {"type": "ack", "edit": "big", "seq": 2}


async def test_one_who_sends_as_much_as_will_go_does_not_slow_another(site: Any, edit: Any) -> None:
    victim = await site.client("ann").socket(site.begin("ann").id)
    await victim.hear()
    bullied = site.begin("ben")
    bullies = [await site.client("ben").socket(bullied.id) for _ in "12"]
    sent = 0

    async def push(socket: Any, window: int) -> None:
        nonlocal sent
        for number in range(100):
            changes = [edit(place, id=f"m{place}", note="n" * 300).changes[0] for place in range(1000)]
            await socket.send(Edit(id=f"w{window}-{number}", changes=changes))
            sent += 1

    pushing = [asyncio.ensure_future(push(socket, window)) for window, socket in enumerate(bullies)]
    await asyncio.sleep(0.3)
    for place in range(20):
        assert (await asyncio.wait_for(victim.ask(edit(place)), 10))["type"] == "ack"
        await asyncio.sleep(0.05)
    assert site.records.observation(bullied.id).seq <= 6  # of a thousand changes each: the burst, and a second's share
    for task in pushing:
        task.cancel()
    await asyncio.gather(*pushing, return_exceptions=True)
