"""One observer's coding of one film: its tags, its edits, and what may not be coded."""

from vigwidgets.observations._apply import apply_edit, check_tag
from vigwidgets.observations._clips import (
    PLACE,
    Stretch,
    advice_on,
    clip_fits,
    clips_of,
    next_place,
    not_for_parent,
    refuse_clips,
    refuse_edit,
)
from vigwidgets.observations._disk import parse_observation, read_observation
from vigwidgets.observations._file import Changes, ObservationFile
from vigwidgets.observations._join import after_put, apply_change, id_of
from vigwidgets.observations._new import content_hash, new_id, new_observation
from vigwidgets.observations._opening import check_opened
from vigwidgets.observations._place import place_of
from vigwidgets.observations._rating import RATING, check_rating, evidence_of, rating_id, ratings, total
from vigwidgets.observations._shared import Unwritten
from vigwidgets.observations._time import frame_at, snap, timecode
from vigwidgets.observations._whole import apply_changes
from vigwidgets.observations._words import check_readable

__all__ = [
    "PLACE",
    "RATING",
    "Changes",
    "ObservationFile",
    "Stretch",
    "Unwritten",
    "advice_on",
    "after_put",
    "apply_change",
    "apply_changes",
    "apply_edit",
    "check_opened",
    "check_rating",
    "check_readable",
    "check_tag",
    "clip_fits",
    "clips_of",
    "content_hash",
    "evidence_of",
    "frame_at",
    "id_of",
    "new_id",
    "new_observation",
    "next_place",
    "not_for_parent",
    "parse_observation",
    "place_of",
    "rating_id",
    "ratings",
    "read_observation",
    "refuse_clips",
    "refuse_edit",
    "snap",
    "timecode",
    "total",
]
