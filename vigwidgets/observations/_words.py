"""What a tag may carry beside its code and its times: short names, readable text, and links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from vigwidgets.contract import Tag
from vigwidgets.errors import Refusal

__all__ = ["check_links", "check_readable", "check_words"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
# Control characters, of which a text needs but the tab and the ends of lines; and halves of characters.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def check_words(tag: Tag) -> None:
    """Check the names and the texts that a person gave to a tag.

    Raises:
        Refusal: A modifier's name is not a short name, or a text holds what cannot be read.
    """
    for name, value in (tag.modifiers or {}).items():
        if _NAME.fullmatch(name) is None:
            raise Refusal(
                f"A modifier is called {_cut(name)}; allowed are 1 to 64 letters, digits, dots, dashes and "
                "underscores, a letter or a digit first."
            )
        check_readable(value, f"The modifier {name!r}")
    check_readable(tag.note or "", "The note")


def check_readable(text: str, what: str) -> None:
    """Check that every character of a text can be read.

    Args:
        text: The text.
        what: What it is called at the beginning of a sentence.

    Raises:
        Refusal: One cannot; the sentence names it.
    """
    found = _UNREADABLE.search(text)
    if found is not None:
        raise Refusal(f"{what} holds the character U+{ord(found[0]):04X}, which cannot be read; type it anew without.")


def _cut(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def check_links(put: Collection[str], tags: Mapping[str, Tag]) -> None:
    """Check where the links of some tags lead, once an edit has been applied whole.

    A link to a tag that is not there is kept, and counts for nothing until its tag comes (back): whoever undoes a
    removal finds the link again, in whichever order two tags come back, and another window may have removed a tag
    that this one links to.

    Args:
        put: The ids of the tags that the edit put.
        tags: All tags after the edit, by their ids.

    Raises:
        Refusal: A tag links to itself, or links of one kind lead in a circle back to it.
    """
    for kind in sorted({link.kind for name in put if name in tags for link in tags[name].links or ()}):
        _refuse_circles(put, tags, kind)


def _refuse_circles(put: Collection[str], tags: Mapping[str, Tag], kind: str) -> None:
    """Walk from the put tags along the links of one kind, each link once, however many ways lead to it."""
    done: set[str] = set()
    for first in put:
        if first in done:
            continue
        way, ahead = {first: None}, [_ahead(first, tags, kind)]  # where the walk came along, and what is left there
        while ahead:
            here = next(reversed(way))
            there = next(ahead[-1], None)
            if there is None:
                done.add(here)
                del way[here]
                ahead.pop()
            elif there == here:
                raise Refusal(f"The tag {here!r} {kind} itself; link it to another tag, or take the link out.")
            elif there in way:
                raise Refusal(
                    f"The tag {here!r} {kind} {there!r}, which by its own links {kind} {here!r} already; "
                    "keep one of the two directions."
                )
            elif there not in done:
                way[there] = None
                ahead.append(_ahead(there, tags, kind))


def _ahead(name: str, tags: Mapping[str, Tag], kind: str) -> Iterator[str]:
    tag = tags.get(name)
    return iter([link.to for link in (tag.links or () if tag is not None else ()) if link.kind == kind])
