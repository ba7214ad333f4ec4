"""What a file knows of the edits that pages number: which it holds, and which come too late.

A page counts its edits, so that three things say of all of them whether they are in the file: the highest number, which
numbers below it are missing, and, from the first of those on, the newest edit of each moment, or of one field of it. An
edit that was lost on its way and comes after all is taken, unless a later one of its page has changed the same. What
the newest few said is kept as well: an edit with the number of one of them that says something else is not in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vigwidgets.contract import Edit, PageEdits, Put
from vigwidgets.errors import Refusal
from vigwidgets.observations._join import changed_fields, id_of

__all__ = [
    "MOST_LATER",
    "MOST_MISSING",
    "MOST_PAGES",
    "MOST_SAID",
    "Number",
    "Pages",
    "number_of",
    "page_holds",
    "refuse_late",
    "said_otherwise",
    "with_number",
]

MOST_PAGES = 256
MOST_MISSING = 256
#: As many moments as one edit may change.
MOST_LATER = 1000
MOST_SAID = 8

Pages = Mapping[str, PageEdits]
"""What is known of each page's edits, by the page's name; the page that was last heard of comes last."""
Number = tuple[str, int]
"""A page's name, and the number of one of its edits, from 1 on."""

_NUMBERED = re.compile(r"(edit-[0-9a-f]{16})-([1-9][0-9]{0,11})")
_NONE = PageEdits(newest=0, unsure=0, missing=[], later={}, said={})
# A moment's two ends are one: an act may move both.
_PART = {"start": "time", "end": "time"}


def number_of(id: str) -> Number | None:
    """Return which edit of which page an id names, as frontend/src/model/ids.ts counts; None for any other."""
    found = _NUMBERED.fullmatch(id)
    return (found[1], int(found[2])) if found else None


def said_otherwise(id: str) -> Refusal:
    """Return what is said to whoever uses an edit's id for another."""
    return Refusal(
        f"An edit with the id {id!r} was saved before with other changes; send this one with an id of its own."
    )


def page_holds(pages: Pages, number: Number, said: str) -> bool:
    """Return whether the file holds an edit for certain.

    Args:
        pages: What is known of each page's edits.
        number: Which edit of which page.
        said: What the edit says (`digest_of`).

    Raises:
        Refusal: It holds another one of that number.
    """
    name, count = number
    page = pages.get(name, _NONE)
    if not page.unsure < count <= page.newest or count in page.missing:
        return False
    if page.said.get(str(count), said) != said:
        raise said_otherwise(f"{name}-{count}")
    return True


def refuse_late(pages: Pages, number: Number, edit: Edit) -> None:
    """Refuse an edit that would put an older word in the place of a newer.

    Raises:
        Refusal: A later edit of its page has changed the same, or nobody knows any more.
    """
    name, count = number
    page = pages.get(name, _NONE)
    if count <= page.unsure:
        raise Refusal(
            "A change comes again after very many later ones, so that nobody knows whether it is saved; look at its "
            "moment, and change that once more if need be."
        )
    later = {part for part, newest in page.later.items() if newest > count}
    if later and any(_meet(parts, later) for parts in _touched(edit).items()):
        raise Refusal(
            "A change came after a later one of the same moment was saved, and was left out; look at the moment, and "
            "change it once more if need be."
        )


def with_number(pages: Pages, number: Number, edit: Edit, said: str) -> dict[str, PageEdits]:
    """Return what is known after one more edit; the page that was not heard of for longest is forgotten."""
    name, count = number
    page = pages.get(name, _NONE)
    newest = sorted({**page.said, str(count): said}.items(), key=lambda one: int(one[0]))[-MOST_SAID:]
    after = _after(page, count, _keys(_touched(edit))).model_copy(update={"said": dict(newest)})
    others = [(one, page) for one, page in pages.items() if one != name]
    return dict([*others, (name, after)][-MOST_PAGES:])


def _after(page: PageEdits, count: int, touched: Iterable[str]) -> PageEdits:
    begin = max(page.newest + 1, count - MOST_MISSING)
    missing = [*(one for one in page.missing if one != count), *range(begin, count)]
    later = dict(page.later) | {tag: max(count, page.later.get(tag, 0)) for tag in touched}
    # What is forgotten: of no edit up to there is anything said any more.
    forgotten = [page.unsure, *missing[:-MOST_MISSING], *_needed(later, missing)[:-MOST_LATER]]
    if page.newest + 1 < begin:
        forgotten.append(begin - 1)
    unsure = max(forgotten)
    missing = [one for one in missing if one > unsure]
    return PageEdits(
        newest=max(page.newest, count),
        unsure=unsure,
        missing=missing,
        said=page.said,
        later={tag: newest for tag, newest in later.items() if missing and newest > missing[0]},
    )


def _needed(later: Mapping[str, int], missing: list[int]) -> list[int]:
    """Return the numbers that have to be remembered, rising."""
    return sorted(newest for newest in later.values() if missing and newest > missing[0])


def _touched(edit: Edit) -> dict[str, set[str]]:
    """Return the moments that an edit changes, and which parts of each; no part: all of it."""
    touched: dict[str, set[str]] = {}
    whole: set[str] = set()
    for change in edit.changes:
        tag = id_of(change)
        parts = touched.setdefault(tag, set())
        if isinstance(change, Put) and change.was is not None and change.how != "make":
            parts |= {_PART.get(field, field) for field in changed_fields(change)}
        else:
            whole.add(tag)
    return {tag: set() if tag in whole else parts for tag, parts in touched.items() if tag in whole or parts}


def _keys(touched: Mapping[str, set[str]]) -> list[str]:
    """Return what is remembered of them: one for each moment, so that no edit is too large to be remembered."""
    return [f"{tag} {next(iter(parts))}" if len(parts) == 1 else tag for tag, parts in touched.items()]


def _meet(touched: tuple[str, set[str]], later: set[str]) -> bool:
    tag, parts = touched
    if tag in later or not parts:
        return tag in later or any(one.startswith(f"{tag} ") for one in later)
    return any(f"{tag} {part}" in later for part in parts)
