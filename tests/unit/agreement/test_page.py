"""The page on agreement states figures: they are calculated again here."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "agreement.md"


def test_the_worked_examples_are_what_comes_out() -> None:
    text = PAGE.read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) > 15
    told: list[str] = []
    found = doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
    assert found.failed == 0, "".join(told)
