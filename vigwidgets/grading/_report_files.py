"""An attempt's report on the disk: made aside, shown once its mark is kept, and known by the mark that it tells of."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = [
    "REPORT",
    "attempt_folder",
    "mark_fingerprint",
    "new_report_folder",
    "publish",
    "read_report",
    "report_is_of",
]

REPORT = "report.html"
_FILES = ("case.json", "report.ipynb", REPORT)  # the page comes last: with it, all is there
_ASIDE = ".new-"
_STALE_S = 3600.0  # far longer than any run may take: whoever made it was killed
_HEAD = 2048  # bytes in which the page says of which mark it is
_OF_MARK = re.compile(rb'<meta name="vig-mark" content="([0-9a-f]{64})">')


def attempt_folder(data: Path, attempt_id: str) -> Path:
    """Return where an attempt's report is kept."""
    return data / "attempts" / attempt_id


def mark_fingerprint(mark: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hexadecimal) of a mark as the records keep it; the order of its names does not matter."""
    text = json.dumps(mark, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def new_report_folder(folder: Path) -> Path:
    """Return a new folder, inside an attempt's, for a report that is not to be seen yet; what was left there goes."""
    # What people handed in is theirs: the folders open for nobody else on the machine.
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    for left in folder.glob(f"{_ASIDE}*"):
        if left.stat().st_mtime < time.time() - _STALE_S:
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))


def publish(made: Path) -> Path:
    """Put a finished report into the place of the attempt's last one, and return the page.

    Args:
        made: What `new_report_folder` gave, with the report in it.

    Raises:
        OSError: The report cannot be put there.
    """
    for name in _FILES:
        (made / name).replace(made.parent / name)
    shutil.rmtree(made, ignore_errors=True)
    return made.parent / REPORT


def report_is_of(data: Path, attempt_id: str, mark: Mapping[str, Any]) -> bool:
    """Tell whether an attempt's report is there and tells of this mark."""
    try:
        with (attempt_folder(data, attempt_id) / REPORT).open("rb") as file:
            return _is_of(file.read(_HEAD), mark)
    except (FileNotFoundError, IsADirectoryError):
        return False


def read_report(data: Path, attempt_id: str, mark: Mapping[str, Any] | None) -> bytes | None:
    """Return an attempt's page, as UTF-8, if it tells of this mark; of another, or of none, it is nobody's to read."""
    try:
        page = (attempt_folder(data, attempt_id) / REPORT).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None
    return page if mark is not None and _is_of(page[:_HEAD], mark) else None


def _is_of(head: bytes, mark: Mapping[str, Any]) -> bool:
    found = _OF_MARK.search(head)
    return found is not None and found[1].decode() == mark_fingerprint(mark)
