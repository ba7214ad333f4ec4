"""How worked time is counted: no minute twice, none that nobody gave a sign of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.curriculum import IDLE, Entry, Sign, entry_of, worked
from vigwidgets.errors import Refusal

START = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def at(minutes: float, on: str = "a") -> Sign:
    return Sign(START + timedelta(minutes=minutes), on)


def told(*signs: Sign) -> list[tuple[str, str, float, int]]:
    return [(str(one.day), one.on, one.seconds / 60, one.signs) for one in worked(signs)]


def test_time_between_signs_counts_and_a_longer_gap_counts_nothing() -> None:
    assert told(at(0), at(3), at(8), at(13.1), at(14)) == [("2026-11-20", "a", 8.9, 5)]
    assert told(at(0)) == [("2026-11-20", "a", 0, 1)]
    assert told() == []


def test_time_goes_to_what_was_being_done_and_to_its_day() -> None:
    assert told(at(0), at(2, "b"), at(3)) == [("2026-11-20", "a", 2, 2), ("2026-11-20", "b", 1, 1)]
    assert told(at(238), at(242), at(243)) == [("2026-11-20", "a", 4, 1), ("2026-11-21", "a", 1, 2)]


def test_days_are_those_of_the_signs_own_zone() -> None:
    east = timezone(timedelta(hours=5))
    assert told(Sign(START.astimezone(east), "a")) == [("2026-11-21", "a", 0, 1)]


signs = st.lists(st.builds(at, st.integers(0, 600).map(lambda n: n / 2), st.sampled_from("abc")), max_size=40)


@given(signs, st.randoms())
def test_the_whole_is_never_longer_than_what_passed_and_the_order_does_not_matter(
    found: list[Sign], any_: object
) -> None:
    whole = sum(one.seconds for one in worked(found))
    moments = sorted(one.at for one in found)
    assert 0 <= whole <= ((moments[-1] - moments[0]).total_seconds() if moments else 0)
    assert whole <= IDLE.total_seconds() * max(len(found) - 1, 0)
    any_.shuffle(found)  # type: ignore[attr-defined]
    assert sum(one.seconds for one in worked(found)) == whole


@given(signs, signs)
def test_more_signs_never_make_less_and_the_same_again_makes_no_more(one: list[Sign], more: list[Sign]) -> None:
    whole = sum(each.seconds for each in worked(one))
    assert sum(each.seconds for each in worked([*one, *more])) >= whole
    assert worked([*one, *one]) == worked(one)


FIELDS = {"day": "2026-11-20", "sort": "together", "hours": "1,5", "title": " A day with others "}


def test_an_entry_from_a_form() -> None:
    entry = entry_of({**FIELDS, "learnt": "To wait.", "next": "Wait."}, TODAY)
    assert (entry.day, entry.minutes, entry.title) == (date(2026, 11, 20), 90, "A day with others")
    assert entry.shared
    assert entry.reflective
    assert not entry_of(FIELDS, TODAY).reflective
    assert entry_of({**FIELDS, "hours": ""}, TODAY).minutes == 0
    assert Entry.read(entry.model_dump(mode="json")) == entry
    assert Entry.read({"day": "yesterday"}) is None


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "  ", "has no title"),
        ("title", "x" * 201, "has 201 characters; 200 are kept"),
        ("learnt", "x" * 4001, "“What I learnt” has 4001 characters"),
        ("sort", "sleep", "'sleep' is no kind of entry"),
        ("day", "20.11.2026", "is no date; write it like"),
        ("day", "2026-11-22", "2026-11-22 lies outside"),
        ("day", "1066-10-14", "1066-10-14 lies outside"),
        ("hours", "all day", "is no number of hours"),
        ("hours", "24.5", "is no number of hours"),
        ("hours", "-1", "is no number of hours"),
        ("hours", "nan", "is no number of hours"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(field: str, value: str, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        entry_of({**FIELDS, field: value}, TODAY)
