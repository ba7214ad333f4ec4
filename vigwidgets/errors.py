"""The sentence a person reads when something is refused.

```
VigError            anything of ours that went wrong
└── Refusal         an input was refused: one sentence, and nothing was changed
    └── NotAllowed  this person may not do that
```

A message says what was wrong, with which value, what is allowed and what to do next.
"""

from __future__ import annotations

__all__ = ["NotAllowed", "Refusal", "VigError"]


class VigError(Exception):
    """Anything of ours that went wrong."""


class Refusal(VigError):
    """An input was refused; nothing was changed and nothing was lost."""


class NotAllowed(Refusal):
    """This person may not do this to that."""
