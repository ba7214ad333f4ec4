"""A script's file under an editor's hands: kept at every change, and never written over what somebody else wrote."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from vigwidgets.errors import Refusal
from vigwidgets.yamls import MAX_BYTES

__all__ = ["ScriptTextFile", "beginning"]

_BEGINNING = """\
id: {id}
title: A first look
question: What am I doing that helps her feel met?
scene: rug
duration: 12
cast:
  - {{id: ana, role: parent, name: Ana}}
  - {{id: mia, role: child, name: Mia, age: 9m}}
acts:
  - {{id: watches, actor: ana, does: look_at, target: mia, start: 0}}
  - {{id: hello, play: greeting, child: mia, who: ana, start: 1.5}}
beats: []
open:
  - {{from: 0, to: 1.5, why: The film begins in the middle of things.}}
"""


def beginning(name: str) -> str:
    """Return a script to begin with, which holds, for a file of this name."""
    kept = "".join(sign for sign in name.lower().replace(" ", "-") if sign.isalnum() or sign in "-_")
    return _BEGINNING.format(id=kept[:64].strip("-_") or "film")


class ScriptTextFile:
    """The text of a script.

    Args:
        path: Where it lies; a file that is not there yet begins with a small script, and appears at the first change.

    Raises:
        Refusal: It cannot be read, or is not a text.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = self._read()
        if self.text is None and not path.parent.is_dir():
            raise Refusal(f"There is no folder {path.parent}; make it, or put the script somewhere else.")

    @property
    def begun(self) -> str:
        """The text as it was last read or written, or a script to begin with."""
        return beginning(self.path.stem) if self.text is None else self.text

    def news(self) -> str | None:
        """Return the text if somebody else has changed it since it was last read or written here."""
        now = self._read()
        if now is None or now == self.text:
            return None
        self.text = now
        return now

    def keep(self, text: str) -> None:
        """Write the text, whole or not at all.

        Raises:
            Refusal: The disk does not take it, or somebody else has changed the file.
        """
        if text == self.text:
            return
        if self._read() != self.text:
            raise Refusal(
                f"{self.path.name} was changed by somebody else and is left as it is; copy what you wrote, "
                "then run this cell again to read theirs."
            )
        new = None
        try:
            handle, new = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            if self.path.exists():
                Path(new).chmod(self.path.stat().st_mode & 0o777)
            Path(new).replace(self.path)
        except OSError as error:
            if new is not None:
                Path(new).unlink(missing_ok=True)
            raise Refusal(
                f"{self.path.name} could not be written ({error.strerror}); make room or choose another place."
            ) from None
        self.text = text

    def _read(self) -> str | None:
        try:
            with self.path.open("rb") as file:
                return file.read(MAX_BYTES + 1).decode()
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise Refusal(f"{self.path.name} is not text in UTF-8; save it as UTF-8 and try again.") from None
        except OSError as error:
            raise Refusal(f"{self.path.name} could not be read ({error.strerror}); check the path.") from None
