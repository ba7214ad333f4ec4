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
