"""One form of dates, in the service's own zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from vigwidgets import dates


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("tz", "text", "name"),
    [("UTC", "21 November 2026, 14:05", "UTC"), ("CET-1CEST,M3.5.0,M10.5.0", "21 November 2026, 15:05", "CET/CEST")],
)
def test_moments_are_said_in_the_services_zone(zone: pytest.MonkeyPatch, tz: str, text: str, name: str) -> None:
    zone.setenv("TZ", tz)
    time.tzset()
    assert dates.day_and_time("2026-11-21T14:05:09.123456Z") == text
    assert dates.day_and_time(datetime(2026, 11, 21, 16, 5, tzinfo=timezone(timedelta(hours=2)))) == text
    assert dates.zone_name() == name
    assert dates.when(datetime(2026, 11, 21)).tzinfo is UTC
