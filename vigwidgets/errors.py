"""The sentence a person reads when something is refused.

```
VigError            anything of ours that went wrong
└── Refusal         an input was refused: one sentence, and nothing was changed
    └── NotAllowed  this person may not do that
```

A message says what was wrong, with which value, what is allowed and what to do next.
"""

from __future__ import annotations

import re
import reprlib

__all__ = ["NotAllowed", "Refusal", "VigError", "shown"]

_MOST = 60
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = _MOST


def shown(value: object) -> str:
    """Return a value as it stands in a sentence: on one line, of at most 60 letters, whatever it is."""
    try:
        text = re.sub(r"\s*\n\s*", " ", _SHORT.repr(value))
    except Exception:
        # Thousands of digits, thousands of lists in one another, or a thing that cannot say what it is.
        text = f"something of type {type(value).__name__}, which cannot be shown"
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


class VigError(Exception):
    """Anything of ours that went wrong."""


class Refusal(VigError):
    """An input was refused; nothing was changed and nothing was lost."""


class NotAllowed(Refusal):
    """This person may not do this to that."""
