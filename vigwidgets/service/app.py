"""`vig serve`: Voila's standalone application, with our pages, our rights and almost nothing of its own routes."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import re
import signal
import socket
from collections.abc import Callable
from typing import Any, ClassVar

from jupyter_core.paths import jupyter_config_path
from tornado.httpserver import HTTPServer
from traitlets import Bool, Instance, Integer, List, Type, Unicode, default
from traitlets.config.application import Application
from voila.app import Voila
from voila.configuration import VoilaConfiguration

from vigwidgets.errors import Refusal
from vigwidgets.kernels import kernel_name, shared_parent
from vigwidgets.resources import resource_path
from vigwidgets.service.hosts import HouseApplication, Names
from vigwidgets.service.limits import CONNECTIONS, HouseServer
from vigwidgets.service.routes import NowhereHandler, routes
from vigwidgets.service.scratch import Scratch
from vigwidgets.service.state import ServiceState
from vigwidgets.service.voila.channels import ALLOWED_MESSAGES, KernelChannels, KernelEnd
from vigwidgets.service.voila.connection import KernelConnection
from vigwidgets.service.voila.figure import FigureFileHandler, FigureHandler
from vigwidgets.service.voila.identity import SessionIdentity
from vigwidgets.service.voila.kernels import IN_ALL, PageKernels
from vigwidgets.service.voila.landscape import LandscapeHandler
from vigwidgets.service.voila.page import ExerciseHandler
from vigwidgets.service.voila.renderer import TEMPLATES, NotebookPage

__all__ = ["LOOPBACK", "VigApp"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""The addresses that only this machine can reach."""

_KERNEL = r"([0-9a-f]{8}-[0-9a-f-]{27})"
_EXERCISE = r"([a-z0-9][a-z0-9-]{0,63})"
_ATTEMPT = r"([A-Za-z0-9][A-Za-z0-9._-]{0,63})"


class VigApp(Voila):  # type: ignore[misc]
    """The service. Options come from ``vig_config.py`` or ``.json`` in the data directory, or from `vig serve`."""

    name = "vig"
    description = "Serves the course: sign-in, films, exercises, feedback, supervision."
    classes: ClassVar = [VoilaConfiguration]

    ip = Unicode("127.0.0.1", config=True, help="The address to listen on; by default only this machine's own.")
    port = Integer(8866, config=True, help="The port to listen on.")
    port_retries = Integer(10, config=True, help="How many further ports to try when the port is taken.")
    open_browser = Bool(False, config=True, help="Open the start page in a browser.")
    kernels_per_person = Integer(
        4, min=1, config=True, help="How many pages of one person have a kernel; the oldest gives its own up."
    )
    kernels_in_all = Integer(
        IN_ALL, min=1, config=True, help="How many pages have a kernel; the oldest of whoever has most gives way."
    )
    host_names = List(
        Unicode(), config=True, help="Names by which browsers may ask, beside this machine's own; * for any name."
    )
    connections_per_address = Integer(
        CONNECTIONS, min=0, config=True,
        help="How many connections one address may hold; 0 for any number, behind a proxy that counts itself.",
    )  # fmt: skip
    kernel_idle_seconds = Integer(
        600, min=30, config=True, help="A kernel that no page holds and that does nothing is ended after this time."
    )
    identity_provider_class = Type(SessionIdentity, config=True, help="How a person is known; by our session.")
    state = Instance(ServiceState, help="The installation that is served.")

    @default("config_file_paths")
    def _default_config_file_paths(self) -> list[str]:
        return [str(self.state.data), *jupyter_config_path()]

    @default("log_level")
    def _default_log_level(self) -> int:
        return logging.WARNING

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read the configuration; what keeps the house safe is not among what it may change."""
        Application.initialize(self, argv or [])
        self.load_config_file("vig_config", path=self.config_file_paths)
        self.base_url = self.server_url = self.state.base
        self.voila_configuration = VoilaConfiguration(parent=self)
        for option, value in _FIXED.items():
            setattr(self.voila_configuration, option, value)
        self.setup_template_dirs()

    def setup_template_dirs(self) -> None:
        """Use our template and no other."""
        self.template_paths = [str(TEMPLATES / "vig")]
        self.static_paths: list[str] = []

    def init_settings(self) -> dict[str, Any]:
        """Add to Voila's settings what our handlers need, and keep kernels few and short-lived."""
        self.cookie_secret = self.state.secret
        # A kernel that died has lost its widgets: another in its place would help nobody. Its page is told instead.
        self.config.KernelRestarter.restart_limit = 0
        idle = self.config.MappingKernelManager
        idle.cull_idle_timeout = self.kernel_idle_seconds
        idle.cull_interval = max(10, self.kernel_idle_seconds // 4)
        idle.cull_connected = False
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = ALLOWED_MESSAGES
        return settings | {
            "vig_state": self.state,
            "kernel_websocket_connection_class": KernelConnection,
            "default_handler_class": NowhereHandler,
            "default_handler_args": {"state": self.state},
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {"samesite": "Lax", "path": self.state.base},
            "ws_ping_timeout": 30_000,  # milliseconds; Jupyter's own is longer than Tornado allows
        }

    def init_handlers(self) -> list[Any]:
        """Return our routes, the pages with kernels and the line to these; of Voila's own there are no others."""
        base = self.state.base
        root = re.escape(base)
        self.page_kernels = PageKernels(self.kernel_manager, self.kernels_per_person, self.kernels_in_all)
        exercise, landscape = (
            NotebookPage(resource_path(f"notebooks/{name}.ipynb"), kernel_name(), base, self.voila_configuration, look)
            for name, look in (("exercise", "vig"), ("landscape", "landscape"))
        )
        shared = {"state": self.state, "kernels": self.page_kernels}
        return [
            *routes(self.state),
            (rf"{root}exercises/{_EXERCISE}", ExerciseHandler, shared | {"notebook": exercise}),
            (rf"{root}attempts/{_ATTEMPT}/landscape", LandscapeHandler, shared | {"notebook": landscape}),
            (rf"{root}figure", FigureHandler, {"state": self.state}),
            (rf"{root}figure/([^/]+)", FigureFileHandler, {"state": self.state}),
            (rf"{root}kernels/{_KERNEL}/channels", KernelChannels, shared),
            (rf"{root}kernels/{_KERNEL}/end", KernelEnd, shared),
        ]

    def prepare(self) -> HouseApplication:
        """Make the web application, without listening yet."""
        self.scratch = Scratch("vig-kernels-")
        self.connection_dir = str(self.scratch.path)
        settings = self.init_settings()
        names = Names(self.host_names, demo=self.state.demo)
        self.app = HouseApplication(self.init_handlers(), names=names, **settings)
        return self.app

    def start(self, ready: Callable[[str], None] | None = None) -> None:
        """Serve until Ctrl+C or SIGTERM.

        Args:
            ready: Told the address as soon as the service can be reached.

        Raises:
            Refusal: The port and those after it are taken.
        """
        asyncio.run(self._run(ready))

    async def _run(self, ready: Callable[[str], None] | None) -> None:
        self.prepare()
        server = HouseServer(self.app, self.connections_per_address)
        self.bind(server)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        if ready:
            ready(self.address)
        loop.run_in_executor(None, shared_parent)  # imports what kernels share, while nobody waits for it
        await stop.wait()
        server.stop()
        await self.close()
        await server.close_all_connections()

    @property
    def address(self) -> str:
        """Where the start page is."""
        host = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"http://{host}:{self.port}{self.state.base}"

    def bind(self, server: HTTPServer) -> None:
        """Listen on the port, or on the next one that is free.

        Raises:
            Refusal: None is.
        """
        for port in range(self.port, min(self.port + self.port_retries, 65_535) + 1):
            family = socket.AF_INET6 if ":" in self.ip else socket.AF_INET
            try:
                listener = socket.create_server((self.ip, port), family=family, backlog=128)
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    continue
                raise Refusal(
                    f"The service cannot listen on {self.ip} port {port}: {error.strerror}; choose another --host "
                    "or --port."
                ) from error
            listener.setblocking(False)
            server.add_socket(listener)
            self.port = port
            return
        raise Refusal(
            f"Ports {self.port} to {self.port + self.port_retries} are all taken; stop what uses them or choose "
            "another with --port."
        )

    async def close(self) -> None:
        """End every kernel and finish what is being written."""
        with contextlib.suppress(TimeoutError):  # a kernel that does not answer is ended all the same
            await asyncio.wait_for(KernelConnection.close_all(), 2)  # type: ignore[no-untyped-call]
        await self.kernel_manager.shutdown_all(now=True)
        # What was still to be said to a kernel that has died would otherwise be waited for without end: by
        # jupyter_client, when it lets go of the context as this process ends.
        self.kernel_manager.context.destroy(linger=0)
        await self.state.settle()
        self.scratch.close()


# Whatever a configuration file says: nobody chooses templates, no kernel waits in a pool, no traceback is shown.
_FIXED: dict[str, Any] = {
    "template": "vig",
    "theme": "light",
    "allow_template_override": "NO",
    "allow_theme_override": "NO",
    "preheat_kernel": False,
    "progressive_rendering": False,
    "show_tracebacks": False,
    "strip_sources": True,
    "http_header_envs": [],
}
