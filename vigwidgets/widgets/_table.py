"""Tags as a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from vigwidgets.contract import Link, Tag
from vigwidgets.schemes import Codebook

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["answered", "tags_table"]

_COLUMNS = {
    "id": "string", "lane": "string", "code": "string", "label": "string", "actor": "string", "target": "string",
    "start": "float64", "end": "float64", "certainty": "string", "note": "string", "answers": "string",
    "modifiers": "object",
}  # fmt: skip


def tags_table(tags: Sequence[Tag], codebook: Codebook) -> pd.DataFrame:
    """Return one row for each tag, by its beginning.

    Columns: ``id``, ``lane`` (the principle's code), ``code``, ``label`` (English), ``actor``, ``target``,
    ``start`` and ``end`` (seconds; no end for a point), ``certainty``, ``note``, ``answers`` (the initiative's id),
    ``modifiers`` (names and choices, an empty mapping for none). An answer to what is not there (any more) is none.
    """
    import pandas as pd  # noqa: PLC0415 - a notebook that only tags need not wait for pandas

    ids = {tag.id for tag in tags}
    rows = [_row(tag, codebook, ids) for tag in sorted(tags, key=lambda tag: (tag.start, tag.end or tag.start, tag.id))]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def answered(links: Sequence[Link], ids: Collection[str]) -> str | None:
    """Return the id of the tag that is answered, among those that are there; None for none."""
    return next((link.to for link in links if link.kind == "answers" and link.to in ids), None)


def _row(tag: Tag, codebook: Codebook, ids: Collection[str]) -> dict[str, object]:
    label = codebook.code(tag.code).label
    return {
        "id": tag.id,
        "lane": codebook.lane_of(tag.code).id,
        "code": tag.code,
        "label": label.get("en") or next(iter(label.values())),
        "actor": tag.actor,
        "target": tag.target,
        "start": tag.start / 1_000_000,
        "end": None if tag.end is None else tag.end / 1_000_000,
        "certainty": tag.certainty,
        "note": tag.note,
        "answers": answered(tag.links, ids),
        "modifiers": dict(tag.modifiers),
    }
