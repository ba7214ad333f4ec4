"""What the grading notebook shows: each function makes one part of the report from a case.

The notebook holds no logic of its own. Everything that a person wrote (a note, a title) is escaped here, because a
supervisor opens the report in a browser.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import pandas as pd

from vigwidgets.dates import day_and_time, zone_name
from vigwidgets.errors import Refusal
from vigwidgets.grading._case import Case
from vigwidgets.grading._feedback import Feedback, feedback_of
from vigwidgets.grading._few import few_again, first_few
from vigwidgets.grading._how import by_time, how_counted
from vigwidgets.grading._mark import Mark, Share
from vigwidgets.grading._ribbon import ribbon_svg
from vigwidgets.grading._words import CAUTION, clock, code_name
from vigwidgets.resources import resource_path
from vigwidgets.schemes import Codebook

__all__ = [
    "Part", "Table",
    "again", "answers", "closing", "example", "figures", "heading", "how", "load", "overall", "panel", "ribbon", "seen",
]  # fmt: skip


Row = dict[str, str | int]


class Part:
    """A part of the report, shown as HTML by a notebook and as plain text elsewhere.

    Args:
        html: Its HTML, already escaped.
        text: The same as text.
    """

    def __init__(self, html: str, text: str) -> None:
        self._html = html
        self._text = text

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


class Table(Part):
    """A table of the report.

    Args:
        frame: The table.
        after: A sentence below it, if there is one to say.

    Attributes:
        frame: The same as a pandas frame, for whoever wants to look further.
    """

    def __init__(self, frame: pd.DataFrame, after: str = "") -> None:
        self.frame = frame
        # pandas cuts long cells at 50 characters unless it is told not to; a sentence must be read whole.
        with pd.option_context("display.max_colwidth", None, "display.width", 160):
            html = frame.to_html(index=False, border=0, justify="left", escape=True)
            text = frame.to_string(index=False, justify="left")
        if after:
            html, text = f"{html}<p class='quiet'>{escape(after)}</p>", f"{text}\n{after}"
        super().__init__(html, text)


def example() -> Path:
    """Return where the small example attempt lies that comes with the notebook."""
    return resource_path("notebooks/grading-tagging.example.json")


def load(source: str | None = None) -> Case:
    """Read the case to report on.

    Args:
        source: Its file; None: the small example, so that the notebook runs by itself.

    Raises:
        Refusal: The file is not there or is no case.
    """
    return Case.read(example() if source is None else Path(source))


def _mark(case: Case) -> Mark:
    if not isinstance(case.mark, Mark):
        raise Refusal(
            f"This is a report on tags, and the case is one of {case.exercise.kind}; open the other notebook."
        )
    return case.mark


def _feedback(case: Case) -> Feedback:
    # The report shows all that the key has: whoever serves it asks first whether its reader may see that.
    return feedback_of(_mark(case), case.exercise, released=True)


def _paragraphs(sentences: list[str]) -> Part:
    html = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return Part(html, "\n".join(sentences))


def heading(case: Case) -> Part:
    """Return the title, what it is about, and the opening sentences, strengths first."""
    when = f"{day_and_time(case.handed_in_at)} ({zone_name()})"
    about = f"{case.film_title} · handed in {when} · version {case.exercise.version}"
    sentences = _feedback(case).opening[:-1]
    html = f"<h1>{escape(case.exercise.title)}</h1><p class='quiet'>{escape(about)}</p>"
    html += "".join(f"<p class='lead'>{escape(sentence)}</p>" for sentence in sentences)
    return Part(html, "\n".join([case.exercise.title, about, *sentences]))


def ribbon(case: Case) -> Part:
    """Return both timelines as one drawing: the expert's beats above, the trainee's tags below, lane by lane."""
    feedback = _feedback(case)
    drawing = ribbon_svg(feedback.beats, feedback.tags, Codebook(case.scheme), case.observation.duration)
    return Part(drawing, f"{len(feedback.beats)} beats above {len(feedback.tags)} tags")


def seen(case: Case) -> Part:
    """Return the moments that were seen as the expert saw them, a row each, and how many more there are."""
    listed, more = first_few(_mark(case).seen)
    rows: list[Row] = [
        {
            "when": clock(moment.beat.start),
            "what": moment.sentence,
            "your edges": _edges(moment.start_off_s, moment.end_off_s),
        }
        for moment in listed
    ]
    return _table(rows, more) if rows else _paragraphs(["These moments are still ahead of you."])


def _edges(start: float, end: float | None) -> str:
    parts = [f"begins {_off(start)}"] + ([] if end is None else [f"ends {_off(end)}"])
    return ", ".join(parts)


def _off(seconds: float) -> str:
    if abs(seconds) < 0.05:
        return "together"
    return f"{abs(seconds):.1f} s {'later' if seconds > 0 else 'earlier'}"


def again(case: Case) -> Part:
    """Return the moments worth another look, a row each, and how many more there are."""
    rows: list[Row] = []
    listed, more = few_again(_mark(case).again)
    for moment in listed:
        note = moment.tag.note or "" if moment.tag else ""
        # One moment has one time, here and on the feedback page: the expert's, where there is one.
        there = moment.beat or moment.tag
        start = there.start if there else moment.start
        rows.append({"when": clock(start), "look again": moment.sentence, "your note": note})
    if not rows:
        return _paragraphs(["There is no difference to look at."])
    if not any(row["your note"] for row in rows):
        rows = [{name: value for name, value in row.items() if name != "your note"} for row in rows]
    return _table(rows, more)


def overall(case: Case) -> Part:
    """Return all figures in a sentence or two; none for a try-out."""
    figures_of_all = _feedback(case).overall
    if figures_of_all is None:
        return _paragraphs(["Nothing here is counted."])
    time = figures_of_all.time
    if time is None or time.agreement is None:
        return _paragraphs([figures_of_all.sentence])
    said, small = by_time(time)
    part = _paragraphs([figures_of_all.sentence, said])
    return Part(f"{part._repr_html_()}<p class='quiet'>{escape(small)}</p>", f"{part!r}\n{small}")


def panel(case: Case) -> Part:
    """Return what the experts are to each other, where a panel is the key."""
    note = _mark(case).panel
    if note is None:
        return _paragraphs(["The key is what was drawn in this film."])
    reach = [] if note.low is None else [
        f"Marked against the others, the {note.experts} experts themselves reach {note.low:.2f} to {note.high:.2f}."
    ]  # fmt: skip
    weighed = _mark(case).weighted
    own = [] if weighed is None else [f"Weighed by how many experts saw each moment, yours reach {weighed:.2f}."]
    return _paragraphs([*own, *reach, *note.among])


def how(case: Case) -> Part:
    """Return in plain words how the figures were reached: what counts, and what is taken for the same moment."""
    if _feedback(case).overall is None:
        return _paragraphs(["Nothing here is counted."])
    return _paragraphs(how_counted(case.exercise.policy, Codebook(case.scheme)))


def figures(case: Case) -> Part:
    """Return the figures of each lane, a row each; none for a try-out."""
    lanes = _feedback(case).lanes
    if not lanes:
        return _paragraphs(["There is no lane to count."])
    rows: list[Row] = [
        {
            "lane": lane.label,
            "seen": lane.seen,
            "nearly": lane.nearly,
            "missed": lane.missed - lane.nearly,
            "yours alone": lane.alone,
            "of the expert's": _share(lane.recall),
            "of yours": _share(lane.precision),
            "kappa by time": "–" if lane.time is None or lane.time.kappa is None else f"{lane.time.kappa:.2f}",
        }
        for lane in lanes
    ]
    return _table(rows)


def _share(share: Share) -> str:
    return f"{share.count} of {share.n}" if share.n else "–"


def answers(case: Case) -> Part:
    """Return initiatives and their receptions with the time between them: shown, never graded."""
    beats = {beat.id: beat for beat in _feedback(case).beats}
    listed, more = first_few(_mark(case).answers)
    codebook = Codebook(case.scheme)
    rows: list[Row] = [
        {
            "when": clock(beats[answer.initiative].start),
            "initiative": beats[answer.initiative].says,
            "received by": code_name(beats[answer.reception].codes[0], codebook),
            "after": _apart(answer.seconds),
            "in your tags": "" if answer.own_seconds is None else _apart(answer.own_seconds),
        }
        for answer in listed
    ]
    return _table(rows, more) if rows else _paragraphs(["No initiative and its reception are paired in this film."])


def _apart(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds > -0.05 else f"{-seconds:.1f} s before"


def closing(case: Case) -> Part:
    """Return the next step, and what the figures are not."""
    return _paragraphs([f"Next: {_feedback(case).next_step}", CAUTION])


def _table(rows: list[Row], more: int = 0) -> Table:
    return Table(pd.DataFrame(rows), f"And {more} more, which are not listed here." if more else "")
