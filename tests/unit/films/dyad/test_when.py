from __future__ import annotations

import pytest

from vigwidgets.films.dyad._model import FRAME, ActLine
from vigwidgets.films.dyad._when import Clock, Unclear


def _act(start: float | str, duration: float = 1.0) -> ActLine:
    return ActLine(actor="bo", does="coo", start=start, duration=duration)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (3.41, 3.4),
        ("0.6 s after one ends", 3.6),
        ("0.6 after one starts", 2.6),
        ("1 second before one ends", 2.0),
        ("when one starts", 2.0),
        ("when one ends", 3.0),
    ],
)
def test_times_in_seconds_and_in_words(said: float | str, seconds: float) -> None:
    clock = Clock({"one": _act(2.0), "two": _act(said)})
    assert clock.act("two")[0] == round(seconds * 1e6)


def test_a_time_may_refer_to_what_is_written_later_and_rounding_does_not_add_up() -> None:
    acts = {f"a{i}": _act(f"0.01 s after a{i + 1} ends", 0.25) for i in range(1500)} | {"a1500": _act(0.0, 0.25)}
    start, end = Clock(acts).act("a0")
    assert abs(start - round(1500 * 0.26e6)) <= FRAME / 2
    assert start % FRAME == end % FRAME == 0


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ({"a": _act("when b starts"), "b": _act("when a ends")}, "wait for each other"),
        ({"a": _act("when a starts")}, "'a' waits for itself"),
        ({"a": _act("when nobody ends")}, "there is no act 'nobody'"),
        ({"a": _act("soon")}, "'soon' is not a time; write seconds"),
    ],
)
def test_times_that_cannot_be_worked_out(acts: dict[str, ActLine], said: str) -> None:
    with pytest.raises(Unclear, match=said):
        Clock(acts).act("a")
