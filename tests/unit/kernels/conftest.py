from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from jupyter_client import AsyncKernelManager

from vigwidgets.kernels import KERNEL_NAME, shared_parent


class Kernel:
    """A forked kernel and a client of it, as a page has them."""

    def __init__(self, manager: Any, client: Any) -> None:
        self.manager, self.client = manager, client

    @property
    def pid(self) -> int:
        return int(self.manager.provisioner.pid)

    async def run(self, code: str) -> str:
        """Run code and return what it printed, or the name of what it raised."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            said.append(message["content"].get("text") or message["content"].get("ename") or "")

        await self.client.execute_interactive(code, output_hook=hear, timeout=30)
        return "".join(said).strip()

    async def alive(self) -> bool:
        return bool(await self.manager.is_alive())


@asynccontextmanager
async def forked(**options: Any) -> AsyncIterator[Kernel]:
    manager = AsyncKernelManager(kernel_name=KERNEL_NAME)
    await manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


@pytest.fixture
def with_kernel() -> Callable[..., None]:
    """Run a coroutine function with a kernel of its own."""

    def run(use: Callable[[Kernel], Awaitable[None]], **options: Any) -> None:
        async def whole() -> None:
            async with forked(**options) as kernel:
                await use(kernel)

        shared_parent()
        asyncio.run(whole())

    return run
