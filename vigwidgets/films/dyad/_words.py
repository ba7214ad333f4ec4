"""What words give away: counted in the captions' own text, in the languages that these lists know."""

from __future__ import annotations

import re

__all__ = ["WORDS", "asks", "says_any"]

WORDS: dict[str, tuple[str, ...]] = {
    "seen": ("see", "look", "watch", "show", "clip", "film", "moment", "seconds"),
    "why": ("because", "so that", "you asked", "your question", "you wanted", "to find", "to see what"),
    "open": ("what", "how", "where", "which", "who", "tell me", "i wonder"),
    "tentative": ("i wonder", "perhaps", "maybe", "it seems", "it looks", "i see", "i notice", "might"),
    "check": ("does that", "is that", "did i", "have i", "does it fit", "am i right", "how is it to hear"),
    "inner": (
        "feel", "feels", "felt", "feeling", "think", "thinks", "thought", "believe", "hope", "afraid", "proud", "love",
        "loved", "sad", "angry", "happy", "safe", "story", "means", "mean", "wanted", "needs", "cross", "worried",
    ),
    "goal": ("want", "wants", "would like", "hope", "goal", "next time", "try", "wish"),
    "view": ("i think", "i see", "i saw", "for me", "i felt", "to me", "i feel", "i thought", "i notice"),
    "together": ("we", "let's", "let us", "us", "together", "both"),
    "difference": ("differently", "different", "not the same", "i see it", "but i", "don't agree", "and you think"),
    "intention": ("what did you mean", "what do you mean", "what makes you", "what did you want", "when you say"),
    "both-sides": (" and ", " but "),
    "agreed": ("so we", "now we", "then we", "yes, we", "we could", "we can", "both of us", "we will"),
}  # fmt: skip
"""Words by what they give away, in English."""


def says_any(text: str, list_name: str) -> bool:
    """Whether ``text`` has one of a list's words as a whole word."""
    low = f" {' '.join(text.lower().replace('’', chr(39)).split())} "
    return any(re.search(rf"(?<![a-z]){re.escape(word.strip())}(?![a-z])", low) for word in WORDS[list_name])


def asks(text: str) -> bool:
    """Whether ``text`` ends with a question."""
    return text.rstrip().endswith("?")
