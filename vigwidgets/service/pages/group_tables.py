"""A group's ratings, answers and clips as tables: for the page, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vigwidgets.grading import AnswersCohort, ClipsCohort, Interval, RatingCohort, Share, habit_in_short
from vigwidgets.schemes import Codebook
from vigwidgets.service.pages.words import count

__all__ = ["Cell", "Row", "Table", "answer_tables", "clip_tables", "file_rows", "rating_tables"]

Known = Mapping[str, tuple[str, str]]
"""For each person what they are called here, and where their newest attempt is."""


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table.

    Attributes:
        words: Plain words.
        share: So many of so many, drawn with its interval.
        figure: A figure above or below 0, drawn with its interval.
        span: What the drawing's ends stand for; it reaches from -span to span.
        strong: Words that come first, and stand out.
        lines: Short lines, one under another.
    """

    words: str = ""
    share: Share | None = None
    figure: Interval | None = None
    span: float = 1.0
    strong: str = ""
    lines: tuple[str, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether there is nothing in it; on a phone it is left out."""
        return not (self.words or self.share or self.figure or self.strong or self.lines)


@dataclass(frozen=True)
class Row:
    """One line: what it is about, where that leads to, the cells, and the same as data for a spreadsheet."""

    head: str
    path: str
    cells: list[Cell]
    data: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        id: Its address on the page.
        title: Its heading.
        says: How it is read.
        columns: Their headings; the first is that of the heads.
        rows: Its lines.
        file: The spreadsheet's name; nothing: it has none.
    """

    id: str
    title: str
    says: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    file: str = ""


def file_rows(table: Table) -> tuple[list[str], list[dict[str, Any]]]:
    """Return a table's columns and rows for a spreadsheet."""
    columns = dict.fromkeys(name for row in table.rows for name in row.data)
    return list(columns), [row.data for row in table.rows]


def _data(name: str, one: Interval) -> dict[str, float | None]:
    ends = {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}
    return {key: None if value is None else round(value, 4) for key, value in ends.items()}


def _of(name: str, one: Share) -> dict[str, Any]:
    ends = {f"{name}_low": one.low, f"{name}_high": one.high}
    return {name: one.count, f"{name}_of": one.n} | {
        key: None if value is None else round(value, 4) for key, value in ends.items()
    }


_LEAN = (
    "Severity is by how many steps somebody rates above (+) or below (−) the reference on average, with the interval "
    "for 95 of 100."
)
_TELLS = (
    "How well being near here goes with being near on the rest (from −1 to 1, from five people on); where all of "
    "its interval lies below 0, look at the key rather than at the people."
)


def rating_tables(cohort: RatingCohort, known: Known, codebook: Codebook, films: Mapping[str, str]) -> list[Table]:
    """Return a group's ratings as tables: people, items, and films where there are several.

    Args:
        cohort: What the ratings say.
        known: Who the people are, as the reader may know it.
        codebook: The scale.
        films: For each film's name where its own group is shown.
    """
    scale = codebook.scheme.scale
    span = float(max(1, len(scale.steps) - 1)) if scale else 1.0
    cut = cohort.cutoff is not None
    found = [_raters(cohort, known, codebook, span, cut), _items(cohort, span)]
    return [*found, _films(cohort, films, span, cut)] if len(cohort.films) > 1 else found


def _raters(cohort: RatingCohort, known: Known, codebook: Codebook, span: float, cut: bool) -> Table:
    rows = []
    for one in cohort.raters:
        habit = f"{habit_in_short(one.habit, codebook)}." if one.habit else "too few films to say." if one.open else ""
        habit = habit[:1].upper() + habit[1:]
        beyond = Cell(share=one.sides, lines=_beyond(one.missed, one.alarms, len(cohort.films) > 1))
        cells = [Cell(share=one.same), Cell(figure=one.lean, span=span), Cell(figure=one.drift, span=span)]
        cells += [*([beyond] if cut else []), Cell(habit, strong=one.help)]
        name, path = known[one.person]
        data = {
            "person": name, "films": one.films, **_of("same_step", one.same), **_data("severity", one.lean),
            **_data("drift", one.drift), "drift_over": one.over, **_of("other_side_of_cutoff", one.sides),
            "habit": one.habit.kind if one.habit else "too few films" if one.open else "", "help": one.help,
        }  # fmt: skip
        rows.append(Row(name, path, cells, data))
    says = (
        f"Those first who may want a hand. {_LEAN} From fewer than three films nobody is called milder or stricter: "
        "a film is hard or easy as a whole. Drift is how that has moved: from the earlier half of six films or "
        "more to the later, or from the first to the newest ratings of the same film."
    )
    columns = ["Who", "Same step", "Severity", "Drift", *(["Other side of the cut-off"] if cut else []), "What shows"]
    return Table("people", "People", says, columns, rows, "people.csv")


def _beyond(missed: Sequence[str], alarms: Sequence[str], named: bool) -> tuple[str, ...]:
    """Say in which films somebody lies on the other side; in a single one, only on which."""
    both = (("Under it", missed), ("Over it", alarms))
    return tuple(f"{side}: {', '.join(films)}" if named else side for side, films in both if films)


def _items(cohort: RatingCohort, span: float) -> Table:
    rows = []
    for one in cohort.items:
        off = ", ".join(f"{step:+d}: {n}".replace("-", "−") if step else f"same: {n}" for step, n in one.off.items())
        cells = [
            Cell(share=one.same), Cell(figure=one.lean, span=span), Cell(off), Cell(figure=one.discrimination),
            Cell(one.note.capitalize()),
        ]  # fmt: skip
        data = {
            "item": one.item, "label": one.label, **_of("same_step", one.same),
            "difficulty": _rounded(one.difficulty), **_data("bias", one.lean),
            "steps_off": " ".join(f"{step}:{n}" for step, n in one.off.items()),
            **_data("discrimination", one.discrimination), "note": one.note,
        }  # fmt: skip
        rows.append(Row(one.label, "", cells, data))
    says = f"The fewer have the reference's step, the harder the item; its bias is how people lean on it. {_TELLS}"
    columns = ["Item", "Same step", "Bias", "Steps off, and how many", "Goes with the rest", "Note"]
    return Table("items", "Item by item", says, columns, rows, "items.csv")


def _films(cohort: RatingCohort, films: Mapping[str, str], span: float, cut: bool) -> Table:
    rows = []
    for one in cohort.films:
        cells = [Cell(str(one.people)), Cell(share=one.same), Cell(figure=one.lean, span=span)]
        cells += [Cell(share=one.sides)] if cut else []
        rows.append(Row(one.film, films.get(one.film, ""), cells, {}))
    columns = ["Film", "People", "Same step", "Bias", *(["Other side of the cut-off"] if cut else [])]
    return Table("films", "Film by film", "Each film leads to its own group.", columns, rows)


def answer_tables(
    cohort: AnswersCohort, known: Known, judged: Mapping[str, str], points: Mapping[str, Sequence[int]]
) -> list[Table]:
    """Return a group's answers as tables: people, questions, and what markers gave for each line of a rubric.

    Args:
        cohort: What the answers say.
        known: Who the people are, as the reader may know it.
        judged: For each person how far their newest answers are read, where supervisors read them.
        points: For each line of the rubric the points that were given.
    """
    counted = any(one.choices for one in cohort.questions)
    written = any(not one.choices for one in cohort.questions)
    found = [_answerers(cohort, known, judged, counted, written), _questions(cohort, counted, written)]
    if points:
        says = "Which points markers gave, and how often; what is still marked blind is left out."
        rows = [Row(text, "", [Cell(_spread(given))], {}) for text, given in points.items()]
        found.append(Table("rubric", "By the rubric", says, ["What is read for", "Points, and how often"], rows))
    return found


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _spread(given: Sequence[int]) -> str:
    return ", ".join(f"{one}: {given.count(one)}" for one in sorted(set(given))) or "–"


def _answerers(
    cohort: AnswersCohort, known: Known, judged: Mapping[str, str], counted: bool, written: bool
) -> Table:  # fmt: skip
    rows = []
    for one in cohort.answerers:
        name, path = known[one.person]
        cells = [Cell(share=one.right), Cell(figure=one.change)] if counted else []
        words = f"{one.words:,} words" + (f", {count(one.short, 'answer')} short" if one.short else "")
        cells += [Cell(words, share=one.written)] if written else []
        cells += [Cell(judged.get(one.person, "–"))] if judged else []
        data = {
            "person": name, "attempts": one.attempts, **_of("as_the_course", one.right), **_data("change", one.change),
            "written": one.written.count, "written_of": one.written.n, "words": one.words, "short": one.short,
            "read": judged.get(one.person, ""), "help": one.help,
        }  # fmt: skip
        rows.append(Row(name, path, [*cells, Cell(strong=one.help)], data))
    columns = ["Who", *(["As the course does", "Change"] if counted else []), *(["In words"] if written else [])]
    columns += [*(["Read"] if judged else []), "What shows"]
    says = "Those first who may want a hand."
    says += " Change is from the first attempt to the newest, with its interval." if counted else ""
    return Table("people", "People", says, columns, rows, "people.csv")


def _questions(cohort: AnswersCohort, counted: bool, written: bool) -> Table:
    rows = []
    for one in cohort.questions:
        lines = tuple(
            f"{'✓' if choice.right else '–'} {choice.chosen.count} of {choice.chosen.n}: {choice.text}"
            for choice in one.choices
        )
        cells = [Cell(share=one.alike)]
        cells += [Cell(lines=lines), Cell(figure=one.discrimination), Cell(one.note.capitalize())] if counted else []
        data = {
            "question": one.question, "text": one.text, **_of("as_the_course", one.alike),
            "difficulty": _rounded(one.difficulty) if one.choices else None,
            **_data("discrimination", one.discrimination),
            "chosen": "; ".join(f"{choice.text} {choice.chosen.count}" for choice in one.choices), "note": one.note,
        }  # fmt: skip
        rows.append(Row(one.text, "", cells, data))
    first = "As the course does" if counted and not written else "As the course, or answered" if counted else "Answered"
    columns = ["Question", first, *(["What was chosen", "Goes with the rest", "Note"] if counted else [])]
    says = f"Every choice with how many took it; ✓ is the course's. {_TELLS}" if counted else ""
    return Table("items", "Question by question", says, columns, rows, "items.csv")


def clip_tables(cohort: ClipsCohort, known: Known) -> list[Table]:
    """Return a group's clips as tables: people, and what is looked for in a clip."""
    people = []
    for one in cohort.choosers:
        name, path = known[one.person]
        cells = [Cell(share=one.whole), Cell(str(one.unsafe)), Cell(strong=one.help)]
        data = {
            "person": name, "attempts": one.attempts, **_of("whole", one.whole), "not_for_a_parent": one.unsafe,
            "help": one.help,
        }  # fmt: skip
        people.append(Row(name, path, cells, data))
    aspects = [
        Row(one.says.capitalize(), "", [Cell(share=one.held)], {"aspect": one.aspect, **_of("clips", one.held)})
        for one in cohort.aspects
    ]
    columns = ["Who", "Clips with the whole triple focus", "Not for a parent", "What shows"]
    says = "Those first who may want a hand."
    return [
        Table("people", "People", says, columns, people, "people.csv"),
        Table(
            "items", "What the clips hold", "Of all clips of all people, how many.", ["A clip", "Clips"], aspects,
            "items.csv",
        ),
    ]  # fmt: skip
