"""Send a file in parts, without letting the disk hold up the loop."""

from __future__ import annotations

import gzip
import hashlib
import os
from http import HTTPStatus
from pathlib import Path

from tornado.iostream import StreamClosedError

from vigwidgets.service.base import VigHandler
from vigwidgets.service.ranges import Part, Unsatisfiable, matches, part_of

__all__ = ["CHUNK", "FOREVER", "FileHandler", "version_of"]

CHUNK = 256 * 1024
"""How many bytes are read and handed on at a time; a slow reader holds no more in memory."""

FOREVER = "max-age=31536000, immutable"


def version_of(path: Path) -> str:
    """Return a short text that changes whenever the file does, from its size and time of change.

    Raises:
        OSError: There is no such file.
    """
    stat = path.stat()
    return hashlib.sha256(f"{stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:16]


def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class FileHandler(VigHandler):
    """The base of handlers that send files, with ranges and with proof of age."""

    async def send_file(self, path: Path, content_type: str, cache: str, encoding: str | None = None) -> None:
        """Answer with a file, or with the part that was asked for.

        Args:
            path: The file; opened once, so that a film that is replaced meanwhile is still sent in one piece.
            content_type: Its type.
            cache: The answer's ``Cache-Control``.
            encoding: How the file itself is compressed, if it is.

        Raises:
            OSError: The file cannot be read.
        """
        handle = await self.state.read(os.open, path, os.O_RDONLY)
        try:
            stat = os.fstat(handle)
            etag = f'"{hashlib.sha256(f"{stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:16]}"'
            part = self._head(stat.st_size, etag, content_type, cache, encoding)
            if part is not None and self.request.method != "HEAD":
                await self._body(handle, part)
        finally:
            os.close(handle)

    async def send_text_file(self, path: Path, content_type: str, cache: str) -> None:
        """Answer as `send_file` does, but with a text made small where the browser can read it so.

        Raises:
            OSError: The file cannot be read.
        """
        if not self.accepts_gzip or "Range" in self.request.headers:
            self.add_header("Vary", "Accept-Encoding")
            await self.send_file(path, content_type, cache)
            return
        etag = f'"{await self.state.read(version_of, path)}-gzip"'
        if self._head(0, etag, content_type, cache, "gzip") is not None:
            body = await self.state.read(_compressed, path)
            self.set_header("Content-Length", str(len(body)))
            if self.request.method != "HEAD":
                self.write(body)

    def _head(self, size: int, etag: str, content_type: str, cache: str, encoding: str | None) -> Part | None:
        headers = self.request.headers
        self.set_header("Etag", etag)
        self.set_header("Cache-Control", cache)
        self.set_header("Accept-Ranges", "bytes")
        if encoding is not None:
            self.set_header("Content-Encoding", encoding)
            self.add_header("Vary", "Accept-Encoding")
        if matches(etag, headers.get("If-None-Match")):
            self.set_status(HTTPStatus.NOT_MODIFIED)
            return None
        try:
            part = part_of(size, etag, headers.get("Range"), headers.get("If-Range"))
        except Unsatisfiable:
            self.set_status(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.set_header("Content-Range", f"bytes */{size}")
            self.set_header("Content-Length", "0")
            return None
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Length", str(part.end - part.start))
        if not part.whole:
            self.set_status(HTTPStatus.PARTIAL_CONTENT)
            self.set_header("Content-Range", part.content_range)
        return part

    async def _body(self, handle: int, part: Part) -> None:
        place = part.start
        while place < part.end:
            chunk = await self.state.read(os.pread, handle, min(CHUNK, part.end - place), place)
            if not chunk:
                # The file became shorter while it was sent; the connection is cut rather than filled up.
                raise OSError("the file ended early")
            place += len(chunk)
            self.write(chunk)
            try:
                await self.flush()
            except StreamClosedError:
                return  # whoever asked has seen enough; a film is left in the middle all the time

    def compute_etag(self) -> str | None:
        """Return nothing: `send_file` sets the tag itself, and must not have it made from the bytes."""
        return None
