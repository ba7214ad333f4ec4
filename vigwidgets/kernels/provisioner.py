"""Starts Jupyter's kernels as forks: a kernel provisioner, for Voila, papermill and whatever uses jupyter_client."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from vigwidgets.kernels._owner import ForkedKernel, ask, socket_path

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo

__all__ = ["ForkProvisioner"]

_LONGEST_SOCKET_NAME = 100  # macOS allows 103 bytes, Linux 107; jupyter_client adds "-1" to "-5"


class ForkProvisioner(LocalProvisioner):
    """Asks the forking parent for a kernel where LocalProvisioner would start a Python.

    Ports, keys and the connection file are jupyter_client's, unchanged. Redirected standard streams are not
    supported: a forked kernel's descriptors are the server's standard error.
    """

    process: ForkedKernel | None = None  # type: ignore[assignment]  # has a Popen's methods

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Let kernel and client talk over Unix sockets: quicker than TCP, and no other user can listen."""
        manager = self.parent
        if manager and manager.transport == "tcp" and not manager.shell_port:
            path = socket_path("kernel")
            if len(os.fsencode(path)) < _LONGEST_SOCKET_NAME:
                manager.transport, manager.ip = "ipc", path
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel and return how to reach it.

        Raises:
            KernelNotStarted: The forking parent is gone twice running, or could not fork.
        """
        arguments = cmd[cmd.index("-f") :]  # the rest is how a fresh Python would find ipykernel
        self.cwd = str(kwargs.get("cwd") or Path.cwd())
        self.process = await asyncio.to_thread(
            ask, {"arguments": arguments, "environment": dict(kwargs["env"]), "directory": self.cwd}
        )
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        code: int | None = 0
        if self.process:
            while (code := self.process.poll()) is None:
                await asyncio.sleep(0.01)
            self.process.close()
            self.process = None
        return code

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel, also of one that died and that nobody waited for."""
        if self.process and not restart:
            self.process.close()
        await super().cleanup(restart=restart)

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel and its processes, through the parent, which knows whether it still lives."""
        if self.process:
            self.process.send_signal(signum)

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002 - jupyter_client's signature
        """Kill the kernel."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002 - jupyter_client's signature
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)
