"""What another program changed, as edits."""

from __future__ import annotations

from vigwidgets.contract import Drop, Edit, Observation, Put
from vigwidgets.observations._new import new_id

__all__ = ["difference"]

_MOST_CHANGES = 1000


def difference(before: Observation, after: Observation) -> list[Edit]:
    """Return the edits that lead from one observation to another, of at most 1000 changes each; none for the same."""
    old = {tag.id: tag for tag in before.tags}
    new = {tag.id for tag in after.tags}
    gone = [Drop(op="drop", id=one) for one in old if one not in new]
    put = [Put(op="put", tag=tag) for tag in after.tags if old.get(tag.id) != tag]
    changes = [*gone, *put]
    parts = [changes[first : first + _MOST_CHANGES] for first in range(0, len(changes), _MOST_CHANGES)]
    return [Edit(id=new_id("edit"), changes=part) for part in parts]
