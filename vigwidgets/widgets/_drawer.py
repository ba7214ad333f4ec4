"""Under which name a browser keeps what belongs to a file and is not in it yet: what waits, grows, or can be undone."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from vigwidgets.contract import Observation

__all__ = ["drawer_of"]


def drawer_of(path: Path, held: Observation) -> str:
    """Return the same name for the same work in every process, and another one for all other work.

    It does not follow from the observation's id: before the first moment is saved each process makes up its own, and
    a copied file repeats the other's.

    Args:
        path: The file, whether it is there yet or not; under whichever name it is opened.
        held: What it holds, or is begun with: a file that is begun anew for another film is other work.
    """
    # People who share a browser may each have the same path, each in a server of their own on one hub.
    server = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "")
    said = json.dumps([server, str(path.resolve()), held.film, held.scheme.id])
    return f"file-{hashlib.sha256(said.encode()).hexdigest()[:32]}"
