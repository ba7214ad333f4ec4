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
from vigwidgets.observations._file import ObservationFile, parse_observation
from vigwidgets.observations._new import content_hash, new_id, new_observation
from vigwidgets.observations._rating import RATING, check_rating, evidence_of, rating_id, ratings, total
from vigwidgets.observations._shared import Unwritten
from vigwidgets.observations._time import frame_at, snap, timecode

__all__ = [
    "PLACE",
    "RATING",
    "ObservationFile",
    "Stretch",
    "Unwritten",
    "advice_on",
    "apply_edit",
    "check_rating",
    "check_tag",
    "clip_fits",
    "clips_of",
    "content_hash",
    "evidence_of",
    "frame_at",
    "new_id",
    "new_observation",
    "next_place",
    "not_for_parent",
    "parse_observation",
    "rating_id",
    "ratings",
    "refuse_clips",
    "refuse_edit",
    "snap",
    "timecode",
    "total",
]
