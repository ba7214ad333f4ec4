"""The empty form that a cold reading is written in: it asks the same of every picture, and tells nothing.

For each person whose head is in a picture there is one line, named by place alone (``1, leftmost``), with the same
fields whatever the key asks. A field that is left empty is wrong, so that haste cannot pass for a fault of the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence

from scripts.cold_key import Sight

__all__ = ["form_of"]

_FRAME = ("who this seems to be", "looks at", "face", "posture that lasts", "hands", "voice")
_STRETCH = (
    "who this seems to be",
    "looks at, in order",
    "face, in order",
    "posture that lasts",
    "hands, in order",
    "voice, in order",
)
_STILL_EACH = 12

_HOW = """# Answers, written before the key is opened

One line for each person whose head is in the picture, from left to right; a head that the edge cuts has none, nor has
one seen from behind. Fill in every field of every line: one left empty is wrong. "Nothing" and "neutral" are answers,
and so is "cannot tell", which counts as wrong.

- **looks at**: a person, a thing, or "away" with the side (up, down, left, right; the own lap, the floor).
- **face**: a smile, a laugh, a frown, sadness, fussing, crying (tears or none), surprise, a mouth that opens for food,
  blank (an empty face), or neutral.
- **posture that lasts**: upright, leaning forward, leaning back, slumped, lying, head to one side, turned away.
- **hands**: reaching, pointing, touching or stroking, taking, holding out, holding, at the own mouth, before the face,
  open arms, at rest.
- **voice**: speaks, coos or babbles, laughs, fusses, cries, or silent. Tears with a shut mouth stand under face, and
  the voice is silent then. For a child who says a word "speaks" and "coos or babbles" may stand for each other.

In a stretch tell each field for the whole five seconds, in order, with every change: "father, then cup, then father".
"""


def form_of(sights: Sequence[tuple[Sight, float]], stretches: Sequence[tuple[Sight, float, float]]) -> str:
    """Return the form as Markdown.

    Args:
        sights: For each frame what its film's pictures show, and its moment in seconds.
        stretches: The same for each stretch, with its start and its end in seconds.
    """
    parts = [_HOW]
    for i, (sight, t) in enumerate(sights):
        parts.append(f"\n## Frame {i + 1}\n\n{_table(_FRAME, sight.heads(t))}")
        parts.append("\nWhat is being done, or has just happened:\n")
    for k, (sight, start, end) in enumerate(stretches):
        moments = [start + (end - start) * j / _STILL_EACH for j in range(_STILL_EACH)]
        seen = {who: None for t in moments for who in sight.heads(t)}
        parts.append(f"\n## Stretch {k + 1}\n\n{_table(_STRETCH, list(seen))}")
        parts.append("\nWhat happens, in order:\n")
    return "".join(parts)


def _table(fields: Sequence[str], people: Sequence[str]) -> str:
    head = f"| person | {' | '.join(fields)} |\n|{'---|' * (len(fields) + 1)}\n"
    return head + "".join(f"| {_place(i, len(people))} |{' |' * len(fields)}\n" for i in range(len(people)))


def _place(i: int, count: int) -> str:
    if count == 1:
        return "1"
    ends = {0: "1, leftmost", count - 1: f"{count}, rightmost"}
    return ends.get(i, f"{i + 1}")
