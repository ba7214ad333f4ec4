"""Read and write the file that holds an observation."""

from __future__ import annotations

import json
import os
import secrets
import stat
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vigwidgets.contract import Observation, ObservationFile, in_a_sentence
from vigwidgets.errors import Refusal
from vigwidgets.observations._saved import Saved, parse_saved
from vigwidgets.observations._shared import Unwritten

__all__ = ["LARGEST", "parse_observation", "read_kept", "read_observation", "write_observation"]

#: A file of more bytes than this is neither read nor written: 200 MB.
LARGEST = 200_000_000
_MB = 1_000_000
#: Where a file says which edits it holds already. That is no part of the observation.
_BESIDE = ("edits", "pages")


def parse_observation(data: Any, source: str = "the observation") -> Observation:
    """Read an observation from plain data, as it stands in a file or without what a file adds.

    Raises:
        Refusal: The data is not an observation of a version that is known here.
    """
    if isinstance(data, dict):
        data = {name: value for name, value in data.items() if name not in _BESIDE}
    try:
        return Observation.model_validate(data)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, source)) from None


def read_observation(path: Path) -> Observation:
    """Read the observation that a file holds.

    Raises:
        Refusal: It is no plain file, it is too large, or what it holds is not an observation.
    """
    return parse_observation(_read(path), path.name)


def read_kept(path: Path) -> tuple[Observation, Saved]:
    """Read the observation that a file holds, and which edits of pages are in it already.

    Raises:
        Refusal: It is no plain file, it is too large, or what it holds is not an observation.
    """
    data = _read(path)
    saved = parse_saved(data, path.name) if isinstance(data, dict) else Saved()
    return parse_observation(data, path.name), saved


def _read(path: Path) -> Any:
    try:
        _check_plain(path)
        return json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise Refusal(
            f"{path.name} could not be read as an observation (it is nested without end); move it away or restore it."
        ) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise Refusal(f"{path.name} could not be read as an observation ({why}); move it away or restore it.") from None


def _check_plain(path: Path) -> None:
    """Look before reading: what is no file may never end."""
    now = path.stat()
    if stat.S_ISDIR(now.st_mode):
        raise Refusal(f"{path.name} is a folder; name a file in it.")
    if not stat.S_ISREG(now.st_mode):
        raise Refusal(f"{path.name} is a device or a pipe and holds no observation; choose a plain file.")
    if now.st_size > LARGEST:
        raise Refusal(
            f"{path.name} has {now.st_size // _MB} MB, and an observation {LARGEST // _MB} MB at most; choose another "
            "file."
        )


def write_observation(path: Path, observation: Observation, saved: Saved) -> None:
    """Write an observation whole or not at all. Who may read and write the file stays as it was.

    Args:
        path: The file itself, no link to it.
        observation: What it is to hold.
        saved: Which edits of pages are in it.

    Raises:
        Refusal: It would be larger than what can be opened again.
        Unwritten: The file is read-only, or the disk refuses it; it is as it was.
    """
    held = ObservationFile.model_construct(**dict(observation), edits=dict(saved.edits), pages=dict(saved.pages))
    text = held.model_dump_json(indent=1).encode()
    if len(text) > LARGEST:
        raise Refusal(
            f"That would make {path.name} {len(text) // _MB} MB large, and an observation has {LARGEST // _MB} MB at "
            "most; shorten notes or take moments out."
        )
    # A name of its own length: beside the longest name that a file may have, there is still room for it.
    draft = path.with_name(f".{secrets.token_hex(8)}.vig-draft")
    try:
        before = _before(path)
        # Nobody may read the draft who may not read the file; a new file is for whom the umask says.
        mode = 0o666 if before is None else stat.S_IMODE(before.st_mode) & 0o666
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            if before is not None:
                _be_for_the_same(draft, before)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise Unwritten(
            f"{path.name} could not be written ({error.strerror}); make room or choose another place"
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _before(path: Path) -> os.stat_result | None:
    try:
        now = path.stat()
    except FileNotFoundError:
        return None
    # Replacing a file takes no leave to write into it, so it is asked for here; the administrator always has it.
    if not now.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise Unwritten(f"{path.name} is read-only; make it writable, or open another file")
    return now


def _be_for_the_same(draft: Path, before: os.stat_result) -> None:
    mode, now = stat.S_IMODE(before.st_mode), draft.stat()
    # Only the administrator may give a file to its former owner; its group, whoever is in it.
    for owner in (before.st_uid, -1) if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid) else ():
        try:
            os.chown(draft, owner, before.st_gid)
            break
        except OSError:
            continue
    if draft.stat().st_gid != before.st_gid:
        mode &= ~0o070  # what that group might do is not for another one
    draft.chmod(mode)
