"""An attempt and its key make a mark and feedback; papermill makes the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigwidgets.curriculum import Course, load_course
from vigwidgets.grading._answers import AnswerMark, AnswersMark, mark_answers
from vigwidgets.grading._case import Case, Task, mark_attempt, mark_of, mark_task, task_of
from vigwidgets.grading._chains import Chain, Joint, Link, Side, chains_of
from vigwidgets.grading._changes import changes
from vigwidgets.grading._clips import ClipMark, ClipsMark, beats_named, mark_clips
from vigwidgets.grading._cohort import Cohort, CohortItem, CohortLane, CohortRater, cohort_of
from vigwidgets.grading._cohort_answers import AnswersCohort, cohort_of_answers
from vigwidgets.grading._cohort_clips import ClipsCohort, cohort_of_clips
from vigwidgets.grading._cohort_ratings import RatedOn, RatingCohort, cohort_of_ratings
from vigwidgets.grading._feedback import Feedback, feedback_of
from vigwidgets.grading._few import MOST_LISTED, few_again, first_few
from vigwidgets.grading._gradebook import GRADEBOOK_COLUMNS, csv_of, gradebook_csv, gradebook_rows, write_gradebook
from vigwidgets.grading._habit import Habit, HabitKind, Instance
from vigwidgets.grading._habits import habit_of, habits_of
from vigwidgets.grading._habits_words import habit_in_short
from vigwidgets.grading._items import ItemStatistics, difference_name, differences, item_statistics, verdicts
from vigwidgets.grading._key import consensus_of, mark_against_panel
from vigwidgets.grading._kinds import ANY_MARK, AnyMark, Key, key_of, mark_by_key, references_in
from vigwidgets.grading._landscape import Landscape, landscape_from, landscape_of, on_one_ground
from vigwidgets.grading._lean import FEWEST_FILMS, Interval
from vigwidgets.grading._leaning import leaning, leaning_of
from vigwidgets.grading._mark import (
    Again,
    Answer,
    Figures,
    LaneMark,
    Mark,
    Marked,
    PanelNote,
    Seen,
    Share,
    TimeAgreement,
)
from vigwidgets.grading._progress import Attempted, Progress, progress_of
from vigwidgets.grading._queue import GradingRun, grade_waiting, work_list
from vigwidgets.grading._rating import ItemMark, RatingMark, Reference, mark_ratings, reference_of_panel
from vigwidgets.grading._reliability import BANDS, FEWEST, Figure, FilmRatings, Reliability, reliability
from vigwidgets.grading._report_files import attempt_folder, mark_fingerprint, read_report, report_is_of
from vigwidgets.grading._ribbon import ribbon_svg
from vigwidgets.grading._score import mark_observation
from vigwidgets.grading._settle import (
    LONGEST_REASON,
    Settled,
    check_credit,
    check_points,
    check_reason,
    judged_by,
    overridden,
    settle,
)
from vigwidgets.grading._sides import TOLERANCES, Sides, as_observations, sides_of
from vigwidgets.grading._standing import Standing, counting_attempts, standing_of, window_of
from vigwidgets.grading._typed import typed
from vigwidgets.grading._whole import is_whole
from vigwidgets.grading._within import lists_within
from vigwidgets.grading._words import CAUTION, clock
from vigwidgets.grading._workflow import STAGES, Facts, Stage, check_move, moves, stage_of

if TYPE_CHECKING:
    from vigwidgets.records import Attempt

__all__ = [
    "ANY_MARK",
    "BANDS",
    "CAUTION",
    "FEWEST",
    "FEWEST_FILMS",
    "GRADEBOOK_COLUMNS",
    "LONGEST_REASON",
    "MOST_LISTED",
    "STAGES",
    "TOLERANCES",
    "Again",
    "Answer",
    "AnswerMark",
    "AnswersCohort",
    "AnswersMark",
    "AnyMark",
    "Attempted",
    "Case",
    "Chain",
    "ClipMark",
    "ClipsCohort",
    "ClipsMark",
    "Cohort",
    "CohortItem",
    "CohortLane",
    "CohortRater",
    "Facts",
    "Feedback",
    "Figure",
    "Figures",
    "FilmRatings",
    "GradingRun",
    "Habit",
    "HabitKind",
    "Instance",
    "Interval",
    "ItemMark",
    "ItemStatistics",
    "Joint",
    "Key",
    "Landscape",
    "LaneMark",
    "Link",
    "Mark",
    "Marked",
    "PanelNote",
    "Progress",
    "RatedOn",
    "RatingCohort",
    "RatingMark",
    "Reference",
    "Reliability",
    "Seen",
    "Settled",
    "Share",
    "Side",
    "Sides",
    "Stage",
    "Standing",
    "Task",
    "TimeAgreement",
    "as_observations",
    "attempt_folder",
    "beats_named",
    "chains_of",
    "changes",
    "check_credit",
    "check_move",
    "check_points",
    "check_reason",
    "clock",
    "cohort_of",
    "cohort_of_answers",
    "cohort_of_clips",
    "cohort_of_ratings",
    "consensus_of",
    "counting_attempts",
    "csv_of",
    "difference_name",
    "differences",
    "feedback_of",
    "few_again",
    "first_few",
    "grade_waiting",
    "gradebook_csv",
    "gradebook_rows",
    "habit_in_short",
    "habit_of",
    "habits_of",
    "is_whole",
    "item_statistics",
    "judged_by",
    "key_of",
    "landscape_from",
    "landscape_of",
    "leaning",
    "leaning_of",
    "lists_within",
    "mark_against_panel",
    "mark_answers",
    "mark_attempt",
    "mark_by_key",
    "mark_clips",
    "mark_fingerprint",
    "mark_observation",
    "mark_of",
    "mark_ratings",
    "mark_task",
    "moves",
    "on_one_ground",
    "overridden",
    "progress_of",
    "read_report",
    "reference_of_panel",
    "references_in",
    "reliability",
    "report_is_of",
    "ribbon_svg",
    "settle",
    "sides_of",
    "stage_of",
    "standing_of",
    "task_of",
    "typed",
    "verdicts",
    "window_of",
    "work_list",
    "write_gradebook",
    "write_report",
]


def write_report(
    attempt: Attempt,
    mark: AnyMark,
    data: Path,
    course: Course | None = None,
    kept: Mapping[str, Any] | None = None,
) -> Path:
    """Run the grading notebook for an attempt and keep it with its HTML in the attempt's folder.

    It takes a second or two; call it in a worker (a thread will do), never on the service's loop.

    Args:
        attempt: What was handed in.
        mark: How it was marked.
        data: The data directory.
        course: Where the exercise is; None: the course that comes with the package.
        kept: The mark as the records keep it, by which the report is known; None: as this version keeps it.

    Returns:
        The HTML file.

    Raises:
        Refusal: The course has no such exercise, or the library no such film.
        ReportFailed: A cell of the notebook failed; the mark is not touched.
    """
    # papermill takes a second to load, and the notebook itself imports this room.
    from vigwidgets.films import FilmLibrary  # noqa: PLC0415
    from vigwidgets.grading._paper import write_case_report  # noqa: PLC0415

    task = task_of(attempt, FilmLibrary(data), course or load_course())
    return write_case_report(Case.of(task, mark), attempt_folder(data, attempt.id), kept)
