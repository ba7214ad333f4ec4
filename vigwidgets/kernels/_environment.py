"""What a kernel's process may know of the environment of whoever started it."""

from __future__ import annotations

import os

__all__ = ["harmless_environment"]

# Nothing else: there may be keys and passwords in it.
_PASSED = (
    "PATH", "HOME", "LANG", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "VIRTUAL_ENV", "IPYTHONDIR",
    "PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
)  # fmt: skip


def harmless_environment() -> dict[str, str]:
    """Return the part of this process's environment that says where things are and in which language."""
    return {name: value for name, value in os.environ.items() if name in _PASSED or name.startswith("LC_")}
