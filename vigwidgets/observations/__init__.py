"""One observer's coding of one film: its tags, its edits, and what may not be coded."""

from vigwidgets.observations._apply import apply_edit, check_tag
from vigwidgets.observations._file import ObservationFile, parse_observation
from vigwidgets.observations._new import content_hash, new_id, new_observation
from vigwidgets.observations._rating import RATING, check_rating, evidence_of, rating_id, ratings, total
from vigwidgets.observations._time import frame_at, snap, timecode

__all__ = [
    "RATING",
    "ObservationFile",
    "apply_edit",
    "check_rating",
    "check_tag",
    "content_hash",
    "evidence_of",
    "frame_at",
    "new_id",
    "new_observation",
    "parse_observation",
    "rating_id",
    "ratings",
    "snap",
    "timecode",
    "total",
]
