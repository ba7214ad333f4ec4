"""Kernels forked from a preloaded parent, for pages that need Python and for marking.

Use them by the name of their kernelspec, ``vig-fork``: in Voila, JupyterLab, nbclient and papermill alike. Where a
process cannot fork (Windows) the name `kernel_name()` gives is that of an ordinary kernel.
"""

from __future__ import annotations

import os

from vigwidgets.kernels._environment import harmless_environment
from vigwidgets.kernels._owner import ForkedKernel, ForkParent, KernelNotStarted, lend_parent, shared_parent

__all__ = [
    "KERNEL_NAME",
    "ForkParent",
    "ForkedKernel",
    "KernelNotStarted",
    "harmless_environment",
    "kernel_name",
    "lend_parent",
    "shared_parent",
]

KERNEL_NAME = "vig-fork"
"""The kernelspec of forked kernels."""


def kernel_name() -> str:
    """Return the name of the kernelspec to start kernels of: the forked one wherever processes can fork."""
    return KERNEL_NAME if hasattr(os, "fork") else "python3"
