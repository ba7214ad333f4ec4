"""When something may be handed in, which attempt counts, and the laws of being late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vigwidgets.curriculum import Late, Lateness, Scored, Terms, Window, counting, lateness

DUE = datetime(2026, 3, 16, 17, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30), timezones=st.just(UTC))
rules = st.builds(
    Late, rule=st.sampled_from(["note", "deduct", "refuse"]), grace_min=st.integers(0, 1440),
    per_day=st.floats(0, 1), at_most=st.floats(0, 1),
)  # fmt: skip
windows = st.tuples(st.none() | moments, st.none() | moments, st.none() | moments).map(
    lambda three: Window(three[0], three[1], three[2])
)
OPENNESS = {"in time": 2, "late": 1, "closed": 0}


@given(moments, moments, windows, rules)
def test_who_is_later_never_fares_better(one: datetime, other: datetime, window: Window, late: Late) -> None:
    sooner, later = (lateness(moment, Window(None, window.due, window.closes), late) for moment in sorted((one, other)))
    assert sooner.seconds <= later.seconds
    assert OPENNESS[sooner.state] >= OPENNESS[later.state]
    assert sooner.taken_off <= later.taken_off


@given(moments, windows, rules, moments)
def test_more_time_never_makes_it_worse(moment: datetime, window: Window, late: Late, until: datetime) -> None:
    before, after = lateness(moment, window, late), lateness(moment, window.extended(until), late)
    assert after.taken_off <= before.taken_off
    assert after.seconds <= before.seconds
    assert before.state == after.state == "early" or OPENNESS[after.state] >= OPENNESS[before.state]


@given(moments, windows, rules, st.integers(-14 * 60, 14 * 60))
def test_the_zone_in_which_a_moment_is_written_changes_nothing(
    m: datetime, w: Window, late: Late, minutes: int
) -> None:
    assert lateness(m.astimezone(timezone(timedelta(minutes=minutes))), w, late) == lateness(m, w, late)


@given(moments, windows, rules)
def test_no_more_is_taken_than_the_rule_allows_and_nothing_without_one(m: datetime, w: Window, late: Late) -> None:
    found = lateness(m, w, late)
    assert 0 <= found.taken_off <= late.at_most
    if late.rule != "deduct" or found.state in ("early", "in time"):
        assert found.taken_off == 0
    assert lateness(m, Window(), late) == Lateness("in time")


@pytest.mark.parametrize(
    ("after", "state", "taken"),
    [
        (timedelta(0), "in time", 0.0), (timedelta(minutes=10), "in time", 0.0), (timedelta(minutes=11), "late", 0.2),
        (timedelta(days=1), "late", 0.2), (timedelta(days=1, seconds=1), "late", 0.4), (timedelta(days=5), "late", 0.5),
        (timedelta(days=7), "late", 0.5), (timedelta(days=7, seconds=1), "closed", 0.5),
    ],
)  # fmt: skip
def test_each_day_begun_takes_its_part_after_the_grace(after: timedelta, state: str, taken: float) -> None:
    late = Late(rule="deduct", grace_min=10, per_day=0.2, at_most=0.5)
    found = lateness(DUE + after, Window(None, DUE, DUE + timedelta(days=7)), late)
    assert (found.state, found.taken_off) == (state, pytest.approx(taken))


def test_a_local_time_is_that_of_its_zone_across_the_summer_time() -> None:
    terms = Terms(opens=datetime(2026, 3, 20, 9), due=datetime(2026, 4, 3, 17), zone="Europe/London")
    window = terms.window()
    assert window.opens == datetime(2026, 3, 20, 9, tzinfo=UTC)
    assert window.due == datetime(2026, 4, 3, 16, tzinfo=UTC)  # summer time began on the 29th


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"zone": "Middle/Earth"}, "no time zone"),
        ({"zone": "../../etc/passwd"}, "no time zone"),
        ({"zone": "localtime"}, "no time zone"),
        ({"zone": "Factory"}, "no time zone"),
        ({"due": "2026-03-29 01:30", "zone": "Europe/London"}, "clocks in Europe/London skip"),
        ({"due": "2026-03-10 09:00", "opens": "2026-03-11 09:00"}, "allowed is after opens"),
        ({"closes": "2026-03-10 09:00", "opens": "2026-03-11 09:00"}, "allowed is after opens"),
        ({"late": {"rule": "deduct"}}, "there is no due"),
        ({"due": "2026-03-10 09:00+01:00"}, "timezone"),
    ],
)
def test_terms_that_cannot_hold_are_refused(given: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Terms.model_validate(given)


tries = st.lists(
    st.builds(Scored, id=st.uuids().map(str), handed_in_at=moments.map(str), credit=st.none() | st.floats(0, 1)),
    min_size=1, unique_by=lambda one: one.handed_in_at,
)  # fmt: skip


@given(tries, st.randoms(), st.sampled_from(["latest", "first", "best"]))
def test_which_attempt_counts_does_not_depend_on_their_order(tried: list[Scored], order: object, which: str) -> None:
    terms = Terms.model_validate({"which": which})
    shuffled = list(tried)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    chosen = counting(tried, terms)
    assert counting(shuffled, terms) == chosen
    found = next(one for one in tried if one.id == chosen)
    if which == "best":
        assert all((found.credit or 0) >= (one.credit or 0) for one in tried)
        assert found.credit is not None or all(one.credit is None for one in tried)
    else:
        ends = {"latest": max, "first": min}[which]
        assert found.handed_in_at == ends(one.handed_in_at for one in tried)


def test_the_order_in_which_they_came_goes_before_the_clock() -> None:
    tried = [Scored("a", "2026-10-25T01:30:00Z", 0.5, 1), Scored("b", "2026-10-25T00:30:00Z", 0.5, 2)]
    assert counting(tried, Terms(which="latest")) == "b"
    assert counting(tried, Terms(which="first")) == counting(tried, Terms(which="best")) == "a"


def test_the_first_that_is_whole_counts_and_the_first_of_all_if_none_is() -> None:
    tried = [Scored(name, f"2026-10-2{n}", 0.5, n, n > 2) for n, name in enumerate("abcd", 1)]
    assert counting(tried, Terms(which="first")) == "c"
    assert counting(tried[:2], Terms(which="first")) == "a"


@pytest.mark.parametrize("rule", ["note", "refuse"])
def test_due_and_closes_both_hold_until_their_very_instant(rule: str) -> None:
    tick = timedelta(microseconds=1)
    late = Late.model_validate({"rule": rule})
    for window in (Window(None, DUE, DUE), Window(None, None, DUE), Window(None, DUE, None)):
        assert lateness(DUE, window, late).state == "in time"
        assert lateness(DUE + tick, window, late).state != "in time"
    given = Window(None, DUE, DUE).extended(DUE + timedelta(days=1))
    assert lateness(DUE + timedelta(days=1), given, late).state == "in time"


def test_nothing_counts_where_nothing_was_handed_in() -> None:
    assert counting([], Terms()) is None
