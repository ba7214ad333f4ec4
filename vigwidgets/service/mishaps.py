"""What a log may say of a mishap: where it happened and of what kind, never about whom.

The text of an exception holds what was being done: a person's note, an id, an address. Its kind and the lines of
code that led to it hold none of that, and are what is needed to mend it.
"""

from __future__ import annotations

import logging
import traceback

from tornado.web import HTTPError, RequestHandler

__all__ = ["log_answer", "log_mishap"]

log = logging.getLogger("vigwidgets.service")


def log_mishap(where: str, error: BaseException) -> None:
    """Log an exception by its kind, its causes and the lines of code.

    Args:
        where: What was being done, in words that name nobody.
        error: What happened.
    """
    told: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        told += [f"{kind.__module__}.{kind.__qualname__}\n", *traceback.format_tb(current.__traceback__)]
        current = current.__cause__ or current.__context__
    log.error("%s\n%s", where, "".join(told).rstrip())


def log_answer(handler: RequestHandler, error: BaseException | None) -> None:
    """Log what a handler could not do: the status and the handler's name for a wrong request, else a mishap."""
    route = type(handler).__name__
    if isinstance(error, HTTPError):
        log.warning("%d %s", error.status_code, route)
    elif error is not None:
        log_mishap(f"500 {route}", error)
