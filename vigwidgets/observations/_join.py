"""What a tag is after a change: what somebody else saved meanwhile, and the change did not know of, stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vigwidgets.contract import Drop, Link, Put, Tag

__all__ = ["after_put", "apply_change", "changed_elsewhere", "changed_fields", "id_of", "lost_fields"]

_KIND = frozenset({"code", "end"})
_TIMES = frozenset({"start", "end"})
# What an act that names something anew changes with it.
_OF_CODE = frozenset({"actor", "target", "end"})
# As many as the contract allows.
_MOST_LINKS = 32
_MOST_MODIFIERS = 16


def id_of(change: Put | Drop) -> str:
    """Return the id of the tag that a change puts or drops."""
    return change.tag.id if isinstance(change, Put) else change.id


def apply_change(tags: dict[str, Tag], change: Put | Drop) -> Tag | None:
    """Make a change in place; the page's model does the same (``frontend/src/model/join.ts``).

    What a window shows and what is kept would else differ. A drop that says what it was made from (``was``) leaves a
    tag that somebody else changed since.

    Args:
        tags: The tags as they are, by id.
        change: What is to be done, and perhaps what it was made from.

    Returns:
        The tag as it is then; None: there is none.
    """
    name = id_of(change)
    after = _after(change, tags.get(name))
    if after is None:
        tags.pop(name, None)
    else:
        tags[name] = after
    return after


def _after(change: Put | Drop, now: Tag | None) -> Tag | None:
    if isinstance(change, Put):
        return after_put(change, now)
    if now is None or change.was is None or not _theirs(now, change.was, change.knew):
        return None
    return now


def after_put(put: Put, now: Tag | None) -> Tag | None:
    """Return what a tag is after a put.

    A put that says what it was made from (``was``) and how it joins (``how``) changes only the fields in which its tag
    differs from that, and of those only the ones that nobody else changed since; links and modifiers are joined one by
    one. Two changes that do not fit do not both stand either: where the one changed what the tag is (``code``) and the
    other made it a point, or lasting; where the one moved it and the other moved an end; and where it would end before
    it begins. A tag that is not there any more stays away, or is made. A put that was made from no tag leaves one that
    is there.

    A put of an older page does not say how. There its own fields count, whoever changed them since.

    Args:
        put: The tag as it is to be, and perhaps as it was when that was decided.
        now: The tag as it is; None: there is none.
    """
    if now is None:
        return None if put.how == "change" else put.tag
    if put.was is None:
        return now if put.how == "make" else put.tag
    if now == put.was:
        return put.tag
    return _older(put.tag, put.was, now) if put.how is None else _joined(put.tag, put.was, put.knew, now)


def changed_fields(put: Put) -> set[str]:
    """Return the fields that a put itself changes; all of them where it does not say what it was made from."""
    return set(Tag.model_fields) if put.was is None else _differing(put.tag, put.was)


def changed_elsewhere(now: Tag, was: Tag) -> set[str]:
    """Return the fields in which a tag is not as it was when a change of it was made."""
    return _differing(now, was)


def lost_fields(put: Put, after: Tag) -> set[str]:
    """Return the fields that a put changes and that are otherwise after it, because others changed them meanwhile.

    Links and modifiers count one by one. A put of an older page, which does not say how it joins, loses none.
    """
    if put.how is None:
        return set()
    if put.was is None:
        return _differing(put.tag, after)
    own = _differing(put.tag, put.was)
    lost = {name for name in own - {"links", "modifiers"} if getattr(put.tag, name) != getattr(after, name)}
    if "links" in own and not _made_links(put.tag.links, put.was.links, after.links):
        lost.add("links")
    if "modifiers" in own and not _made_modifiers(put.tag.modifiers, put.was.modifiers, after.modifiers):
        lost.add("modifiers")
    return lost


def _made_links(wanted: list[Link], was: list[Link], now: list[Link]) -> bool:
    added = all(one in was or one in now for one in wanted)
    return added and all(one in wanted or one not in now for one in was)


def _made_modifiers(wanted: Mapping[str, str], was: Mapping[str, str], now: Mapping[str, str]) -> bool:
    return all(wanted.get(name) in (was.get(name), now.get(name)) for name in {*wanted, *was})


def _joined(wanted: Tag, was: Tag, knew: Tag | None, now: Tag) -> Tag:
    fields, theirs = _differing(wanted, was), _theirs(now, was, knew)
    own = fields - theirs
    if theirs & _TIMES and (fields >= _TIMES or theirs >= _TIMES):
        own -= _TIMES  # a moment that was moved is at one place or at the other
    crossed = (wanted.end is None) != (now.end is None)
    if crossed and fields & _KIND and theirs & _KIND:
        own -= _KIND
    if "code" in fields - own:
        own -= _OF_CODE
    if not _fits(_with(now, wanted, own)) and own & _TIMES:
        own -= _TIMES | (_KIND if crossed else set())
    both = _with(now, wanted, own)
    return both.model_copy(
        update={
            "links": _links(wanted.links, was.links, now.links),
            "modifiers": _modifiers(wanted.modifiers, was.modifiers, knew.modifiers if knew else None, now.modifiers),
        }
    )


def _links(wanted: list[Link], was: list[Link], now: list[Link]) -> list[Link]:
    """Return the links as they are, without those that were taken away and with those that were added."""
    kept = [one for one in now if one in wanted or one not in was]
    both = [*kept, *(one for one in wanted if one not in was and one not in kept)]
    return both if len(both) <= _MOST_LINKS else now


def _modifiers(
    wanted: Mapping[str, str], was: Mapping[str, str], knew: Mapping[str, str] | None, now: dict[str, str]
) -> dict[str, str]:
    both = dict(now)
    for name in sorted({*wanted, *was}):
        is_now, known = now.get(name), was if knew is None else knew
        if wanted.get(name) == was.get(name) or is_now not in (was.get(name), known.get(name)):
            continue
        if name in wanted:
            both[name] = wanted[name]
        else:
            both.pop(name, None)
    return both if len(both) <= _MOST_MODIFIERS else now


def _older(wanted: Tag, was: Tag, now: Tag) -> Tag:
    fields, theirs = _differing(wanted, was), _differing(now, was)
    crossed = ("code" in fields and "end" in theirs) or ("end" in fields and "code" in theirs)
    if crossed and (wanted.end is None) != (now.end is None):
        fields |= _KIND
    both = _with(now, wanted, fields)
    return both if _fits(both) or not fields & _TIMES else _with(now, wanted, fields | _TIMES)


def _theirs(now: Tag, was: Tag, knew: Tag | None) -> set[str]:
    """Return the fields that are neither as the page showed them nor as it knew them to be saved."""
    theirs = _differing(now, was)
    return theirs if knew is None else theirs & _differing(now, knew)


def _fits(tag: Tag) -> bool:
    return tag.end is None or tag.start < tag.end


def _differing(one: Tag, other: Tag) -> set[str]:
    return {name for name in Tag.model_fields if getattr(one, name) != getattr(other, name)}


def _with(now: Tag, wanted: Tag, fields: set[str]) -> Tag:
    values: dict[str, Any] = {name: getattr(wanted, name) for name in fields}
    return now.model_copy(update=values)
