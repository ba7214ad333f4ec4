"""The report: what a notebook shows of a case, and nothing that a person wrote is obeyed."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import nbformat
import pytest

from vigwidgets.curriculum import load_course
from vigwidgets.errors import Refusal
from vigwidgets.grading import Case, report
from vigwidgets.resources import resource_path

Bench = Any  # the fixture of conftest.py
NASTY = '<img src="https://example.org/x" onerror="alert(1)">'


def case_of(bench: Bench, tags: list[Any], **exercise: str) -> Case:
    observation = bench.observation(tags)
    return Case(
        attempt="attempt-1",
        exercise=load_course().exercise("receiving-initiatives").model_copy(update=exercise),
        scheme=bench.codebook.scheme,
        observation=observation,
        mark=bench.mark(tags),
        film_title="Blocks",
        handed_in_at="2026-01-15T10:00:00.000000Z",
    )


PARTS = [
    report.heading,
    report.ribbon,
    report.seen,
    report.again,
    report.overall,
    report.figures,
    report.how,
    report.answers,
    report.closing,
]


def test_the_example_is_a_case_that_shows_every_kind() -> None:
    case = report.load()
    assert {again.kind for again in case.mark.again} == {"missed", "extra", "other_name", "other_boundary"}
    assert case.mark.seen
    assert all(part(case)._repr_html_() and repr(part(case)) for part in PARTS)


@pytest.mark.parametrize("tags", ["none", "all", "nonsense"])
def test_every_part_has_words_for_every_attempt(bench: Bench, tags: str) -> None:
    made = {"none": [], "all": bench.as_expert(), "nonsense": [bench.tag("6", "baby", 1, 59)]}[tags]
    for part in PARTS:
        assert part(case_of(bench, made))._repr_html_()


def test_a_try_out_has_no_figures(bench: Bench) -> None:
    case = case_of(bench, bench.as_expert(), marking="none")
    assert "Nothing here is counted" in repr(report.overall(case))
    assert "lane" in repr(report.figures(case))
    assert "<table" not in report.figures(case)._repr_html_()


def test_what_people_wrote_is_shown_and_not_obeyed(bench: Bench) -> None:
    beats = [beat.model_copy(update={"says": NASTY}) for beat in bench.truth.beats]
    truth = bench.truth.model_copy(update={"beats": beats})
    tags = [bench.tag("5", "mum", 10, 12).model_copy(update={"note": NASTY}), *bench.as_expert()[:3]]
    case = case_of(bench, tags, title=NASTY).model_copy(update={"film_title": NASTY, "mark": bench.mark(tags, truth)})
    html = "".join(part(case)._repr_html_() for part in PARTS)
    assert "<img" not in html
    assert "&lt;img" in html
    assert NASTY in repr(report.again(case))


def test_the_ribbon_is_a_drawing_with_a_bar_for_each(bench: Bench) -> None:
    drawing = ET.fromstring(report.ribbon(case_of(bench, bench.as_expert()))._repr_html_())
    space = "{http://www.w3.org/2000/svg}"
    bars = [*drawing.iter(f"{space}rect"), *drawing.iter(f"{space}circle")]
    assert len(bars) == 2 * len(bench.truth.beats)
    assert all(bar.find(f"{space}title") is not None for bar in bars)


def test_a_case_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="nothing.json could not be read"):
        report.load("nothing.json")


def test_the_notebook_has_no_logic() -> None:
    notebook = nbformat.read(resource_path("notebooks/grading-tagging.ipynb"), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code[0].metadata["tags"] == ["parameters"]
    for cell in code[1:]:
        for line in filter(None, cell.source.splitlines()):
            assert line.startswith(("from vigwidgets.grading import report", "case = report.", "report."))
    stated = [cell for cell in code if "NBVAL_CHECK_OUTPUT" in cell.metadata.get("tags", [])]
    assert len(stated) == 2
    assert all(cell.outputs for cell in stated)


def test_how_figures_were_reached_is_said_with_the_exercises_own_numbers(bench: Bench) -> None:
    case = case_of(bench, bench.as_expert())
    said = repr(report.how(case))
    for words in ("at least 40 % of the time", "may lie 1 s from", "begins within 2 s of", "lie within 0.3 s"):
        assert words in said
    assert "What counts: Initiative, Being attentive," in said
    other = case.exercise.policy.model_copy(update={"point_tolerance_s": 0.5, "min_overlap": 0.6, "counts": ["3"]})
    case = case.model_copy(update={"exercise": case.exercise.model_copy(update={"policy": other})})
    said = repr(report.how(case))
    for words in ("at least 60 % of the time", "may lie 0.5 s from", "begins within 1 s of", "least 15 %"):
        assert words in said
    assert "What counts: Receiving initiatives." in said


@pytest.mark.parametrize(
    ("kappa", "words"),
    [
        (0.9, "far more than"),
        (0.5, "clearly more than"),
        (0.01, "about as much as two people would agree by luck alone"),
        (-0.5, "That is less than"),
        (None, "too little to compare"),
    ],
)
def test_agreement_by_time_is_said_in_plain_words_and_its_figure_in_small_print(
    kappa: float | None, words: str
) -> None:
    case = report.load()
    time = case.mark.overall.time
    assert time
    overall = case.mark.overall.model_copy(update={"time": time.model_copy(update={"kappa": kappa})})
    part = report.overall(case.model_copy(update={"mark": case.mark.model_copy(update={"overall": overall})}))
    plain, _, small = part._repr_html_().partition("<p class='quiet'>")
    assert words in plain
    assert "kappa" not in plain
    assert "kappa" in small
    assert ("has no meaning here" if kappa is None else f"is {kappa:.2f}") in small


def test_a_moment_has_one_time_and_a_date_one_form(bench: Bench) -> None:
    case = case_of(bench, [bench.tag("3.5", "mum", 20.5, 21.5), bench.tag("5", "mum", 10, 12)])
    when = list(report.again(case).frame["when"])
    starts = [(again.beat or again.tag).start for again in case.mark.again]
    assert when == [report.clock(start) for start in starts]
    assert "0:22.0" in when, "the expert's, though the trainee's tag begins before it"
    assert "15 January 2026, " in repr(report.heading(case))
    assert "2026-01-15" not in repr(report.heading(case))
