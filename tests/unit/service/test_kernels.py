"""A page's kernel is its person's from before it is there, and there are never more than there may be."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from vigwidgets.service.voila.kernels import GaveWay, PageKernels

pytestmark = pytest.mark.anyio


class SlowManager:
    """Takes its time to start and to end; counts what is alive."""

    def __init__(self) -> None:
        self.ready: set[str] = set()
        self.alive: set[str] = set()
        self.most = 0

    def __contains__(self, kernel: str) -> bool:
        return kernel in self.ready

    async def start_kernel(self, kernel_id: str, **_: Any) -> None:
        self.alive.add(kernel_id)
        self.most = max(self.most, len(self.alive))
        await asyncio.sleep(0.01)
        self.ready.add(kernel_id)

    async def shutdown_kernel(self, kernel_id: str, now: bool) -> None:
        assert now
        await asyncio.sleep(0.005)
        self.ready.discard(kernel_id)
        self.alive.discard(kernel_id)


async def start_many(kernels: PageKernels, people: list[str]) -> list[Any]:
    return await asyncio.gather(*(kernels.start(who, "k", {}, "/") for who in people), return_exceptions=True)


async def test_pages_that_open_at_the_same_moment_keep_their_owners() -> None:
    manager = SlowManager()
    kernels = PageKernels(manager, 2)
    people = ["ann", "ben", "sue", "art"]
    made = await start_many(kernels, people)
    assert [kernels.owner(kernel) for kernel in made] == people


async def test_one_person_has_never_more_than_their_share_however_quickly_pages_open() -> None:
    manager = SlowManager()
    kernels = PageKernels(manager, 4)
    made = await start_many(kernels, ["ann"] * 24)
    assert manager.most <= 4
    assert len(manager.alive) == 4
    owned = {kernel for kernel in made if isinstance(kernel, str) and kernels.owner(kernel) == "ann"}
    assert owned == manager.alive
    assert all(isinstance(kernel, str | GaveWay) for kernel in made)


async def test_there_are_never_more_in_all_and_whoever_has_most_gives_way() -> None:
    manager = SlowManager()
    kernels = PageKernels(manager, 4, in_all=6)
    await start_many(kernels, ["ann"] * 4)
    await start_many(kernels, ["ben", "sue", "art"])
    assert manager.most <= 6
    owners = sorted(str(kernels.owner(kernel)) for kernel in manager.alive)
    assert owners == ["ann", "ann", "ann", "art", "ben", "sue"]


async def test_a_heavy_kernel_counts_as_several_and_is_there_all_the_same_where_it_is_alone() -> None:
    manager = SlowManager()
    kernels = PageKernels(manager, 4, in_all=6)
    await start_many(kernels, ["ann", "ann", "ben"])
    heavy = await kernels.start("sue", "k", {}, "/", 5)
    owners = sorted(str(kernels.owner(kernel)) for kernel in manager.alive)
    assert owners == ["ben", "sue"], "who had most gave way, until there was room for five"
    await kernels.start("art", "k", {}, "/")
    assert kernels.owner(heavy) is None, "the heaviest has most"
    small = PageKernels(manager, 4, in_all=2)
    assert small.owner(await small.start("ann", "k", {}, "/", 5)) == "ann"


async def test_a_kernel_that_does_not_start_is_forgotten_and_one_that_was_culled_makes_room() -> None:
    manager = SlowManager()
    kernels = PageKernels(manager, 1)

    async def never(**_: Any) -> None:
        raise RuntimeError("no more processes")

    start, manager.start_kernel = manager.start_kernel, never  # type: ignore[method-assign]
    assert isinstance((await start_many(kernels, ["ann"]))[0], RuntimeError)
    manager.start_kernel = start  # type: ignore[method-assign]
    first = await kernels.start("ann", "k", {}, "/")
    manager.ready.clear()
    manager.alive.clear()
    assert kernels.owner(first) is None
    second = await kernels.start("ann", "k", {}, "/")
    assert kernels.owner(second) == "ann"
    await asyncio.gather(kernels.end(second), kernels.end(second))
    assert kernels.owner(second) is None
    assert manager.alive == set()


async def test_four_people_who_open_an_exercise_at_once_may_each_use_their_own_kernel(voila: Any) -> None:
    logins = ["ann", "ben", "sue", "ada"]

    async def open_page(login: str) -> dict[str, Any]:
        page = (await voila.client(login).get("/exercises/first-look", Accept="text/html")).body.decode()
        found = re.search(r'id="kernel">(.*?)</script>', page)
        assert found
        return dict(json.loads(found[1]))

    told = await asyncio.gather(*map(open_page, logins))
    for login, kernel in zip(logins, told, strict=True):
        assert (await voila.client(login).get(f"/kernels/{kernel['id']}/channels")).code == 400  # no WebSocket: not 403
        assert (await voila.client(login).post(kernel["end"])).code == 204
    await asyncio.gather(*(open_page("ann") for _ in range(6)))
    assert len(voila.app.kernel_manager) == 2
