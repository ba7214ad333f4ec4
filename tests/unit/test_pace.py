"""The measure of work is not fooled by waiting, and sees work."""

from __future__ import annotations

import time

import pytest

from tests import pace


def test_waiting_is_no_work() -> None:
    with pace.within(0.02):
        time.sleep(0.1)


def test_too_much_work_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "pace", lambda: 1.0)
    with pytest.raises(AssertionError, match="s of work, where 0.00 s are allowed"), pace.within(0.001):
        sum(range(2_000_000))


def test_a_machine_that_is_slower_just_now_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    at_rest = pace.pace()
    monkeypatch.setattr(pace, "ORDINARY", pace.ORDINARY / 1000)
    assert at_rest >= 1
    assert pace.pace() > 100
