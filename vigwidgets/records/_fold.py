"""An observation's present state: its snapshot and the edits since, folded, and kept at hand."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from vigwidgets.contract import Edit, Observation, Tag
from vigwidgets.observations import apply_changes
from vigwidgets.records._heads import Head
from vigwidgets.records._tables import EditRow, SnapshotRow

__all__ = ["Cache", "Folded", "load", "tags_json"]

_TAGS: TypeAdapter[list[Tag]] = TypeAdapter(list[Tag])


@dataclass(frozen=True, slots=True)
class Folded:
    """An observation after edit ``seq``; ``snapshot`` is the edit that its newest snapshot was taken after."""

    observation: Observation
    seq: int
    snapshot: int


class Cache:
    """The observations used last, so that an edit does not read the log.

    What it holds is only ever used when its ``seq`` is the database's: another process may have written.
    """

    def __init__(self, size: int = 512) -> None:
        self._size = size
        self._kept: OrderedDict[str, Folded] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, observation_id: str, seq: int) -> Folded | None:
        """Return the observation if what is kept is the state after edit ``seq``."""
        folded = self._kept.get(observation_id)
        return folded if folded is not None and folded.seq == seq else None

    def put(self, observation_id: str, folded: Folded) -> None:
        """Keep a state, and forget the one not used for longest."""
        with self._lock:
            kept = self._kept.get(observation_id)
            # A reader that took long must not put the past over what was saved meanwhile.
            if kept is None or (kept.seq, kept.snapshot) <= (folded.seq, folded.snapshot):
                self._kept[observation_id] = folded
            self._kept.move_to_end(observation_id)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


def load(connection: Connection, head: Head) -> Folded:
    """Fold an observation from its newest snapshot and the edits after it.

    Args:
        connection: Where to read, at one consistent moment.
        head: The observation's row, read at that moment.
    """
    tags: dict[str, Tag] = {}
    start = 0
    snapshot = connection.execute(
        select(SnapshotRow.seq, SnapshotRow.tags).where(SnapshotRow.observation_id == head.id)
    ).one_or_none()
    if snapshot is not None:
        start = snapshot.seq
        tags = {tag.id: tag for tag in _TAGS.validate_json(snapshot.tags)}
    bodies = connection.execute(
        select(EditRow.body)
        .where(EditRow.observation_id == head.id, EditRow.seq > start, EditRow.seq <= head.seq)
        .order_by(EditRow.seq)
    ).scalars()
    for body in bodies:
        # Each was checked before it was saved; what was right under its scheme then is not judged again.
        apply_changes(tags, Edit.model_validate_json(body))
    empty = Observation.model_validate(json.loads(head.head) | {"tags": []})
    return Folded(empty.model_copy(update={"tags": list(tags.values())}), head.seq, start)


def tags_json(observation: Observation) -> str:
    """Write an observation's tags as a snapshot keeps them."""
    return _TAGS.dump_json(observation.tags).decode()
