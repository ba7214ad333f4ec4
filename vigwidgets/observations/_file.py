"""An observation as a file beside the notebook: written whole or not at all, at every edit."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vigwidgets.contract import Edit, Observation, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.observations._apply import apply_edit
from vigwidgets.schemes import Codebook

__all__ = ["ObservationFile", "parse_observation"]


def parse_observation(data: Any, source: str = "the observation") -> Observation:
    """Read an observation from plain data.

    Raises:
        Refusal: The data is not an observation of a version that is known here.
    """
    try:
        return Observation.model_validate(data)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, source)) from None


class ObservationFile:
    """The store of a widget without a service.

    Args:
        path: The file, for example ``Path("blocks.observation.json")``.
        start: What to begin with when the file does not exist yet.
        codebook: The scheme that is coded.
        times: When each frame begins, in microseconds, if known.

    Raises:
        Refusal: The file is there and cannot be read, or holds another film's observation.
    """

    def __init__(self, path: Path, start: Observation, codebook: Codebook, times: Sequence[int] | None = None) -> None:
        self.path = path
        self._codebook = codebook
        self._times = times
        self._seen: dict[str, int] = {}
        self.seq = 0
        self.observation = self._read() if path.exists() else start
        if self.observation.film != start.film:
            raise Refusal(
                f"{path.name} holds an observation of film {self.observation.film!r}, not {start.film!r}; "
                "choose another file name."
            )

    def _read(self) -> Observation:
        try:
            return parse_observation(json.loads(self.path.read_text(encoding="utf-8")), self.path.name)
        except (OSError, ValueError) as error:
            raise Refusal(
                f"{self.path.name} could not be read as an observation ({error}); move it away or restore it."
            ) from None

    def apply(self, edit: Edit) -> int:
        """Apply an edit, write the file, and return the edit's number; an edit seen before is not applied again.

        Raises:
            Refusal: The edit is not allowed, or the disk refused it; the file is as it was.
        """
        if edit.id in self._seen:
            return self._seen[edit.id]
        after = apply_edit(self.observation, edit, self._codebook, self._times)
        self._write(after)
        self.observation = after
        self.seq += 1
        self._seen[edit.id] = self.seq
        return self.seq

    def _write(self, observation: Observation) -> None:
        text = observation.model_dump_json(indent=1)
        draft: Path | None = None
        try:
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self.path.parent, prefix=f".{self.path.name}.", delete=False
            ) as file:
                draft = Path(file.name)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        except OSError as error:
            if draft is not None:
                draft.unlink(missing_ok=True)
            raise Refusal(
                f"{self.path.name} could not be written ({error.strerror}); make room or choose another place, "
                "and the edit will be sent again."
            ) from None
