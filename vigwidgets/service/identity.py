"""Who is asking: the web session's cookie, and a brake on guessing passwords."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from vigwidgets.errors import Refusal

__all__ = ["COOKIE", "Throttle", "safe_next"]

COOKIE = "vig_session"
"""The name of the cookie that holds a session's token."""


# A path and a query in the letters that an address is written in; no space, no backslash, no fragment.
_LOCAL = re.compile(r"(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?")


@dataclass
class _Failures:
    count: int = 0
    until: float = 0.0


class Throttle:
    """After a few wrong passwords for a key (a login, an address) the next try has to wait; longer each time.

    Args:
        free: How many failures cost nothing.
        first: How long to wait after the next, in seconds; it doubles up to `longest`.
        longest: The longest wait, in seconds.
        clock: Gives seconds that only go forward.
    """

    def __init__(
        self,
        free: int = 5,
        first: float = 2.0,
        longest: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._free, self._first, self._longest, self._clock = free, first, longest, clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def check(self, key: str) -> None:
        """Go on only if ``key`` does not have to wait.

        Raises:
            Refusal: Says how long to wait.
        """
        failures = self._failures.get(key)
        wait = 0.0 if failures is None else failures.until - self._clock()
        if wait > 0:
            raise Refusal(
                f"There were too many tries with a wrong password; wait {max(1, round(wait))} s and try again, "
                "or ask your administrator for a new password."
            )

    def failed(self, key: str) -> None:
        """Note that a password was wrong."""
        failures = self._failures.setdefault(key, _Failures())
        self._failures.move_to_end(key)
        failures.count += 1
        over = failures.count - self._free
        if over > 0:
            failures.until = self._clock() + min(self._first * 2 ** min(over - 1, 20), self._longest)
        if len(self._failures) > 10_000:
            self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of ``key``."""
        self._failures.pop(key, None)


def safe_next(wanted: str, base: str) -> str | None:
    """Return where to go after signing in if it lies inside this application, else None.

    Args:
        wanted: What the browser sent; anybody may have written the link.
        base: The application's root path.
    """
    path = _LOCAL.fullmatch(wanted)
    if path is None or not wanted.startswith(base):
        return None
    # A browser reads "%2e" as a dot, and makes "/a/..//b" into "//b", which is another site.
    steps = unquote(path[1]).split("/")[1:]
    if "" in steps[:-1] or "." in steps or ".." in steps or not all(map(_plain, steps)):
        return None
    return wanted


def _plain(step: str) -> bool:
    return "\\" not in step and " " not in step and (step == "" or step.isprintable())
