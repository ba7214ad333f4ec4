"""Voila's renderer, made ready once: a page then waits for its kernel and for nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.execute import VoilaExecutor
from voila.exporter import VoilaExporter
from voila.notebook_renderer import NotebookRenderer

from vigwidgets.errors import Refusal
from vigwidgets.service.mishaps import log_mishap

__all__ = ["TEMPLATES", "NotebookPage", "PageRenderer"]

TEMPLATES = Path(__file__).parent / "templates"

NOT_ON_PAGE = "not-on-page"
"""A cell with this tag is for JupyterLab and for marking; a page neither runs nor shows it."""


class NotebookPage:
    """One notebook and the exporter that writes it: read, compiled and kept.

    Args:
        path: The notebook's file.
        kernel_name: The kernelspec of the page's kernels.
        base: The application's root path.
        configuration: Voila's configuration.
        template: The folder of its template, in `TEMPLATES`.
    """

    def __init__(
        self, path: Path, kernel_name: str, base: str, configuration: VoilaConfiguration, template: str = "vig"
    ) -> None:
        self.path = path
        self.configuration = configuration
        self.base = base
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        notebook.cells = [cell for cell in notebook.cells if NOT_ON_PAGE not in cell.metadata.get("tags", [])]
        notebook.metadata.kernelspec = {"name": kernel_name, "language": "python", "display_name": "Python 3"}
        self.notebook = notebook
        self.exporter = VoilaExporter(
            template_paths=[str(TEMPLATES / template)],
            template_name=template,
            config=Config(),
            contents_manager=_NoFiles(),
            theme="light",
            base_url=base,
            mathjax_url="",
            preprocessors=[],
        )
        self.exporter.exclude_input = True
        _ = self.exporter.template  # compiled now, not while somebody waits


class _NoFiles:
    """No file of the server's is ever put into a page."""

    def file_exists(self, path: str) -> bool:  # noqa: ARG002
        return False


class PageRenderer(NotebookRenderer):  # type: ignore[misc]
    """Renders one page from a `NotebookPage`; its kernel is started only after the page's shell has been sent.

    Args:
        page: The notebook and its exporter.
        start: Starts the kernel, and returns its id and its manager.
        context: What the template is given as ``resources.vig``.
    """

    def __init__(
        self, page: NotebookPage, start: Callable[[], Awaitable[tuple[str, Any]]], context: dict[str, Any]
    ) -> None:
        super().__init__(voila_configuration=page.configuration, base_url=page.base, page_config={})
        self._start = start
        self.notebook = page.notebook
        self.cwd = str(page.path.parent)
        self.exporter = page.exporter
        self.traitlet_config = Config()
        self.resources = {"base_url": page.base, "metadata": {"name": page.path.stem}, "vig": context}

    async def generate(self) -> AsyncIterator[str]:
        """Give the page, piece by piece."""
        async for piece, _resources in self.generate_content_generator():
            yield piece

    async def _jinja_kernel_start(self, nb: Any, kernel_id: Any, kernel_future: Any) -> str:  # noqa: ARG002
        """Start the kernel; return its id, or an empty text when there will be none: the page goes on without."""
        try:
            kernel, manager = await self._start()
            self.executor = VoilaExecutor(nb, km=manager, config=self.traitlet_config, timeout=60)
            self.executor.kc = await self.executor.async_start_new_kernel_client()
        except Refusal:  # the page was left, or a newer one has its kernel
            return ""
        except Exception as error:  # whatever it was: a kernel is an extra here
            log_mishap("A page's kernel did not start; the page goes on without it.", error)
            return ""
        self.kernel_started = True
        return kernel

    async def _jinja_cell_generator(self, nb: Any, kernel_id: Any) -> AsyncIterator[Any]:  # noqa: ARG002
        """Run the cells, one after the other, and give each as it is done; stop quietly at the first that fails."""
        for index, cell in enumerate(nb.cells):
            try:
                yield await self.executor.execute_cell(cell, None, index, store_history=False)
            except (CellExecutionError, TimeoutError, RuntimeError) as error:
                log_mishap("A cell of a page's notebook failed; the page goes on without it.", error)
                break
        await self._cleanup_resources()
