"""Build the front end when a wheel or an sdist is made from source."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendHook(BuildHookInterface[Any]):
    """Put ``vigwidgets/static/`` into what is built; an editable install leaves that to ``make frontend``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Run before each build target."""
        root = Path(self.root)
        if version == "editable" or self.target_name != "wheel":
            return
        if (root / "vigwidgets" / "static" / "manifest.json").exists():
            return
        if shutil.which("npm") is None:
            raise SystemExit(
                "Installing vigwidgets from source builds its front end and needs Node.js 20 or newer, which was not "
                "found; install it from your system's packages, or install a released wheel."
            )
        frontend = root / "frontend"
        subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund"], cwd=frontend, check=True)  # noqa: S607
        subprocess.run(["npm", "run", "--silent", "build"], cwd=frontend, check=True)  # noqa: S607
