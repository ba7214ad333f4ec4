"""Stages, credits, and what changed: the rules of marking by people."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.curriculum import Lateness
from vigwidgets.errors import Refusal
from vigwidgets.grading import (
    STAGES,
    Facts,
    changes,
    check_credit,
    check_move,
    check_reason,
    moves,
    overridden,
    settle,
    stage_of,
)
from vigwidgets.records import Judgement

facts = st.builds(
    Facts, held=st.booleans(), marked=st.booleans(), judged=st.integers(0, 3), needed=st.integers(0, 2),
    kept=st.none() | st.sampled_from(STAGES),
)  # fmt: skip
shares = st.floats(0, 1)


def said(kind: str, by: str, credit: float | None, number: int = 1) -> Judgement:
    return Judgement("a", number, kind, by, {"credit": credit}, "because", 1, "2026-03-01T00:00:00Z")


judgements = st.lists(
    st.builds(said, st.sampled_from(["marking", "override"]), st.sampled_from("pqr"), st.none() | shares), max_size=6
)


@given(facts)
def test_only_what_is_marked_and_judged_can_move_and_only_what_is_ready_is_released(known: Facts) -> None:
    now = stage_of(known)
    assert now in STAGES
    for to in STAGES:
        if to in moves(known):
            assert check_move(known, to, "a reason") == to
        else:
            with pytest.raises(Refusal):
                check_move(known, to, "a reason")
    if now == "in marking":
        assert moves(known) == ()
        assert not known.marked or known.judged < known.needed
    if "released" in moves(known):
        assert known.kept == "ready"


def test_a_summative_attempt_goes_all_the_way_and_a_formative_one_is_its_owners_at_once() -> None:
    assert stage_of(Facts(held=True, marked=False)) == "in marking"
    assert stage_of(Facts(held=True, marked=True)) == "in review"
    assert stage_of(Facts(held=True, marked=True, needed=2, judged=1)) == "in marking"
    assert stage_of(Facts(held=True, marked=True, kept="ready")) == "ready"
    assert stage_of(Facts(held=False, marked=True)) == "released"


def test_to_take_back_what_was_released_needs_a_reason() -> None:
    released = Facts(held=True, marked=True, kept="released")
    with pytest.raises(Refusal, match="Say why"):
        check_move(released, "in review", "  ")
    assert check_move(released, "in review", "The key was wrong.") == "in review"
    with pytest.raises(Refusal, match="There is no stage 'nowhere'"):
        check_move(released, "nowhere")


@given(st.none() | shares, shares, judgements)
def test_a_credit_is_a_part_and_the_last_override_is_the_last_word(
    measured: float | None, taken: float, told: list[Judgement]
) -> None:
    found = settle(measured, Lateness("late", 1, taken), told)
    assert found.measured == measured, "what was measured stays"
    assert found.credit is None or 0 <= found.credit <= 1
    last = overridden(told)
    if last is not None:
        assert found.credit == found.override == last.body["credit"]
    elif found.judged is None and measured is not None:
        assert found.credit == pytest.approx(measured * (1 - taken))


def test_of_several_judgements_each_markers_latest_counts() -> None:
    told = [said("marking", "p", 0.2), said("marking", "q", 0.8, 2), said("marking", "p", 0.6, 3)]
    assert settle(0.1, None, told).credit == pytest.approx(0.7)


def test_an_override_without_a_credit_gives_the_computed_figure_its_place_back() -> None:
    told = [said("override", "p", 0.9), said("override", "q", None, 2)]
    assert settle(0.5, None, told).credit == 0.5
    assert overridden(told) is None


@pytest.mark.parametrize(("typed", "credit"), [("0.75", 0.75), (" 0,5 ", 0.5), ("", None), ("1", 1.0)])
def test_a_credit_as_it_is_typed(typed: str, credit: float | None) -> None:
    assert check_credit(typed) == credit


@pytest.mark.parametrize("typed", ["1.2", "-0.1", "nan", "inf", "much", "0.5.1"])
def test_no_other_credit_is_taken(typed: str) -> None:
    with pytest.raises(Refusal, match="from 0 to 1"):
        check_credit(typed)


def test_a_reason_is_a_sentence() -> None:
    assert check_reason("  She waits.\n") == "She waits."
    for text, says in (("  ", "Say why"), ("x" * 4001, "4000 are kept")):
        with pytest.raises(Refusal, match=says):
            check_reason(text)


def test_what_changed_between_two_marks_is_said(bench: Any) -> None:
    truth = bench.film([bench.beat("b1", ["3"], "mum", 2, 4), bench.beat("b2", ["3"], "mum", 8, 10)])
    then = bench.mark([bench.tag("3", "mum", 2, 4)], truth)
    now = then.model_copy(update=dict(bench.mark([bench.tag("3", "mum", 2, 4), bench.tag("3", "mum", 8, 10)], truth)))
    assert changes(then, then) == []
    told = " ".join(changes(then, now))
    assert "The figure is 1.000, and was 0.667." in told
    assert "At 0:08.0 a moment is seen alike, and was missed." in told
    other = then.model_copy(update={"policy": then.policy.model_copy(update={"min_overlap": 0.9})})
    assert changes(then, other) == [f"Policy min_overlap is 0.9, and was {then.policy.min_overlap}."]
