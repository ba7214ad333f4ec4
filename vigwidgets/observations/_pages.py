"""What a file knows of the edits that pages number: which it holds, and which come too late.

A page counts its edits, so that three things say of all of them whether they are in the file: the highest number, which
numbers below it are missing, and, from the first of those on, the newest edit of each moment. An edit that was lost on
its way and comes after all is taken, unless a later one of its page has changed the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vigwidgets.contract import Edit, PageEdits, Put
from vigwidgets.errors import Refusal

__all__ = [
    "MOST_LATER",
    "MOST_MISSING",
    "MOST_PAGES",
    "Number",
    "Pages",
    "number_of",
    "page_holds",
    "refuse_late",
    "with_number",
]

MOST_PAGES = 256
MOST_MISSING = 256
#: As many moments as one edit may change.
MOST_LATER = 1000

Pages = Mapping[str, PageEdits]
"""What is known of each page's edits, by the page's name; the page that was last heard of comes last."""
Number = tuple[str, int]
"""A page's name, and the number of one of its edits, from 1 on."""

_NUMBERED = re.compile(r"(edit-[0-9a-f]{16})-([1-9][0-9]{0,11})")
_NONE = PageEdits(newest=0, unsure=0, missing=[], later={})


def number_of(id: str) -> Number | None:
    """Return which edit of which page an id names, as frontend/src/model/ids.ts counts; None for any other."""
    found = _NUMBERED.fullmatch(id)
    return (found[1], int(found[2])) if found else None


def page_holds(pages: Pages, number: Number) -> bool:
    """Return whether the file holds an edit for certain."""
    name, count = number
    page = pages.get(name, _NONE)
    return page.unsure < count <= page.newest and count not in page.missing


def refuse_late(pages: Pages, number: Number, edit: Edit) -> None:
    """Refuse an edit that would put an older word in the place of a newer.

    Raises:
        Refusal: A later edit of its page has changed the same moment, or nobody knows any more.
    """
    name, count = number
    page = pages.get(name, _NONE)
    if count <= page.unsure:
        raise Refusal(
            "A change comes again after very many later ones, so that nobody knows whether it is saved; look at its "
            "moment, and change that once more if need be."
        )
    if any(page.later.get(tag, 0) > count for tag in _touched(edit)):
        raise Refusal(
            "A change came after a later one of the same moment was saved, and was left out; look at the moment, and "
            "change it once more if need be."
        )


def with_number(pages: Pages, number: Number, edit: Edit) -> dict[str, PageEdits]:
    """Return what is known after one more edit; the page that was not heard of for longest is forgotten."""
    name, count = number
    after = _after(pages.get(name, _NONE), count, _touched(edit))
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
        later={tag: newest for tag, newest in later.items() if missing and newest > missing[0]},
    )


def _needed(later: Mapping[str, int], missing: list[int]) -> list[int]:
    """Return the numbers that have to be remembered, rising."""
    return sorted(newest for newest in later.values() if missing and newest > missing[0])


def _touched(edit: Edit) -> set[str]:
    return {change.tag.id if isinstance(change, Put) else change.id for change in edit.changes}
