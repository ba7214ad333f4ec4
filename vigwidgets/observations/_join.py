"""What a tag is after a put: where somebody else changed it meanwhile, both changes stand."""

from __future__ import annotations

from vigwidgets.contract import Put, Tag

__all__ = ["after_put"]


def after_put(put: Put, now: Tag | None) -> Tag:
    """Return what a tag is after a put.

    A put that says what it was made from (``was``) changes only the fields in which its tag differs from that; the
    others stay as they are now. The page's model does the same (``frontend/src/model/join.ts``): what a window shows
    and what is kept would else differ.

    Two changes that do not fit do not both stand, and the put's does. So it is where the one changed what the tag is
    (``code``) and the other made it a point, or lasting; and where it would end before it begins.

    Args:
        put: The tag as it is to be, and perhaps as it was when that was decided.
        now: The tag as it is; None: there is none.
    """
    if now is None or put.was is None or now == put.was:
        return put.tag
    wanted, was = put.tag, put.was
    fields, theirs = _differing(wanted, was), _differing(now, was)
    crossed = ("code" in fields and "end" in theirs) or ("end" in fields and "code" in theirs)
    if crossed and (wanted.end is None) != (now.end is None):
        fields |= {"code", "end"}
    both = _with(now, wanted, fields)
    if both.end is None or both.start < both.end or not fields & {"start", "end"}:
        return both
    return _with(now, wanted, fields | {"start", "end"})


def _differing(one: Tag, other: Tag) -> set[str]:
    return {name for name in Tag.model_fields if getattr(one, name) != getattr(other, name)}


def _with(now: Tag, wanted: Tag, fields: set[str]) -> Tag:
    return now.model_copy(update={name: getattr(wanted, name) for name in fields})
