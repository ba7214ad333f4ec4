"""A page with a kernel: sent piece by piece, its beginning before there is any kernel."""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any

from vigwidgets.errors import Refusal
from vigwidgets.kernels import kernel_name
from vigwidgets.service.base import VigHandler
from vigwidgets.service.state import ServiceState
from vigwidgets.service.voila.kernels import PageKernels
from vigwidgets.service.voila.renderer import NotebookPage, PageRenderer

__all__ = ["KernelPage"]


class KernelPage(VigHandler):
    """The base of handlers whose page is made from a notebook."""

    kernels: PageKernels
    notebook: NotebookPage
    weight = 1
    """As how many kernels the page's own counts: one for every 20 MB that it takes."""
    _kernel = ""
    _gone = False

    def initialize(
        self, state: ServiceState, kernels: PageKernels | None = None, notebook: NotebookPage | None = None
    ) -> None:
        """Take what all handlers share, whose kernel is whose, and the notebook that the page is made from."""
        super().initialize(state)
        assert kernels is not None  # noqa: S101
        assert notebook is not None  # noqa: S101
        self.kernels, self.notebook = kernels, notebook

    async def send_page(self, context: Mapping[str, Any], told: Mapping[str, str]) -> None:
        """Send the page.

        Args:
            context: What the notebook's template is given as ``resources.vig``.
            told: What the kernel is told, in its environment; it is a page's, and untrusted, so no more than it needs.
        """
        renderer = PageRenderer(self.notebook, partial(self._start_kernel, told), dict(context))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        await self._stream(renderer.generate())

    async def _start_kernel(self, told: Mapping[str, str]) -> tuple[str, Any]:
        assert self.person is not None  # noqa: S101 - the table of rights lets nobody in who is not signed in
        told = {**told, "VIG_ASSETS_URL": f"{self.state.base}assets"}
        folder = str(self.notebook.path.parent)
        self._kernel = await self.kernels.start(self.person.id, kernel_name(), told, folder, self.weight)
        if self._gone:
            await self.kernels.end(self._kernel)
            raise Refusal("The page was left before its kernel was there.")
        return self._kernel, self.kernels.manager_of(self._kernel)

    async def _stream(self, pieces: AsyncIterator[str]) -> None:
        """Send what there is whenever the page has to wait, so that its beginning never waits for its end."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()

        async def fill() -> None:
            try:
                async for piece in pieces:
                    queue.put_nowait(piece)
            finally:
                queue.put_nowait(None)

        filling = asyncio.create_task(fill())
        squeeze = zlib.compressobj(6, wbits=31) if self.accepts_gzip else None
        if squeeze:
            self.set_header("Content-Encoding", "gzip")
            self.add_header("Vary", "Accept-Encoding")
        ended = False
        while not ended:
            text = [await queue.get()]
            while not queue.empty():
                text.append(queue.get_nowait())
            ended = text[-1] is None
            body = "".join(piece for piece in text if piece is not None).encode()
            if squeeze:
                body = squeeze.compress(body) + squeeze.flush(zlib.Z_FINISH if ended else zlib.Z_SYNC_FLUSH)
            self.write(body)
            with contextlib.suppress(Exception):  # the browser has gone; `on_connection_close` has ended the kernel
                await self.flush()
        await filling

    def on_connection_close(self) -> None:
        """End the kernel of a page that was left before it was whole."""
        self._gone = True
        if self._kernel:
            self.state.in_background(self.kernels.end(self._kernel))
