"""Pages of the service as somebody reads them."""

from __future__ import annotations

import gzip
from http import HTTPStatus
from typing import Any


def plain(answer: Any) -> str:
    """Return an answer's text, however it was sent."""
    body = answer.body or b""
    return (gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body).decode()


async def page(site: Any, login: str, path: str) -> str:
    """Return the page at a path, which this person may read."""
    answer = await site.client(login).get(path, Accept="text/html")
    assert answer.code == HTTPStatus.OK, (path, answer.code, plain(answer)[:500])
    return plain(answer)
