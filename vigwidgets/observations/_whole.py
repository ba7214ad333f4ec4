"""What an edit makes of the tags: each of its changes by itself, or all of them together or none."""

from __future__ import annotations

from collections.abc import Mapping

from vigwidgets.contract import Drop, Edit, Put, Tag
from vigwidgets.observations._join import apply_change, changed_elsewhere, id_of, lost_fields

__all__ = ["apply_changes", "is_done"]


def apply_changes(tags: dict[str, Tag], edit: Edit) -> list[Tag]:
    """Make an edit's changes in place; the page's model does the same (``frontend/src/model/whole.ts``).

    Each change joins what others saved meanwhile (`apply_change`). An edit that is ``whole`` makes all of its changes
    or none, see `is_done`.

    Args:
        tags: The tags as they are, by id.
        edit: What is to be done.

    Returns:
        Each tag as a put left it, in order.
    """
    return _make(tags, edit) if is_done(tags, edit) else []


def is_done(tags: Mapping[str, Tag], edit: Edit) -> bool:
    """Return whether an edit's changes are made.

    Those of one that is ``whole`` are not, where the tag of any was deleted or changed meanwhile, but for its links,
    which join one by one: what is said of two moments alike is said of one when they are merged, so that every word of
    either counts. What the store was last known to have (``knew``) counts for nothing here: an act that it was built
    on may itself not be done.

    Args:
        tags: The tags as they are, by id.
        edit: What is to be done.
    """
    if not edit.whole:
        return True
    names = {id_of(change) for change in edit.changes}
    trial = {name: tags[name] for name in names if name in tags}
    return all(_does(trial, change) for change in edit.changes)


def _make(tags: dict[str, Tag], edit: Edit) -> list[Tag]:
    puts: list[Tag] = []
    for change in edit.changes:
        after = apply_change(tags, _alone(change) if edit.whole else change)
        if after is not None and isinstance(change, Put):
            puts.append(after)
    return puts


def _alone(change: Put | Drop) -> Put | Drop:
    return change if change.knew is None else change.model_copy(update={"knew": None})


def _does(tags: dict[str, Tag], change: Put | Drop) -> bool:
    """Make a change, and return whether it did all that it was meant to, to a tag that was as it had been."""
    now = tags.get(id_of(change))
    after = apply_change(tags, _alone(change))
    if isinstance(change, Drop):
        return after is None and (now is not None or change.was is None)
    if after is None or lost_fields(change, after):
        return False
    return now is None or change.was is None or changed_elsewhere(now, change.was) <= {"links"}
