"""What supervisors type: reasons that can be read, credits between nothing and all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.errors import Refusal
from vigwidgets.grading import check_credit, check_reason, typed


@pytest.mark.parametrize(
    "nothing", ["", "   ", "\u200b", " \u200b\ufeff\u2060 ", "\x00", "\x1b\x07", "\u202e", "\u0301"]
)
def test_a_reason_in_which_nothing_can_be_seen_is_none(nothing: str) -> None:
    assert typed(nothing) == ""
    with pytest.raises(Refusal, match="Say why"):
        check_reason(nothing)


def test_what_no_keyboard_writes_is_left_out() -> None:
    assert check_reason(" She\x00 waits\x1b[2J.\r\nThen\tturns\u202e. ") == "She waits[2J.\nThen\tturns."
    for kept in ("می‌خواهم", "👩‍👧", "Grüße, 是", "?"):
        assert typed(kept) == kept, "joiners belong to what they join"


@given(st.text())
def test_what_is_kept_can_be_kept_anywhere_and_is_kept_the_same_again(text: str) -> None:
    kept = typed(text)
    assert "\x00" not in kept
    kept.encode("utf-8")
    assert typed(kept) == kept


def test_a_reason_is_measured_as_it_is_kept() -> None:
    assert check_reason("x" * 4000 + "\x00" * 500) == "x" * 4000
    with pytest.raises(Refusal, match="4001 characters"):
        check_reason("x" * 4001)


def test_a_credit_is_never_below_nothing() -> None:
    credit = check_credit("-0")
    assert credit == 0
    assert math.copysign(1, credit) == 1, "it would stand in the gradebook as -0.00"
    with pytest.raises(Refusal, match="from 0 to 1"):
        check_credit("-0.01")
