"""What somebody typed, as it is kept: words that another can read, in a database that does not take everything."""

from __future__ import annotations

import unicodedata

__all__ = ["typed"]

_LINES = frozenset("\n\t")
# Signs that turn the order of what follows round, also of the page's own words behind them.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def typed(text: str) -> str:
    """Return ``text`` without the space around it and without what no keyboard writes: control signs, turned order.

    Text in which nothing can be seen is nothing. Joiners stay where there is something to join: scripts need them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in lines if sign not in _TURNS and (sign in _LINES or not _is_control(sign))).strip()
    return kept if any(unicodedata.category(sign)[0] not in "CZM" for sign in kept) else ""


def _is_control(sign: str) -> bool:
    # Cc: control; Cs: half a sign, which UTF-8 cannot write.
    return unicodedata.category(sign) in ("Cc", "Cs")
