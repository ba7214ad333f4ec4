"""What is kept of reading: who has opened which lesson, once."""

from __future__ import annotations

from pathlib import Path

from vigwidgets.records import Records


def test_an_opened_lesson_is_kept_once_and_for_its_reader_alone(tmp_path: Path) -> None:
    with Records.open(tmp_path) as records:
        ann, bob = (records.add_person(name, name, "trainee") for name in ("ann", "bob"))
        assert records.readings(ann.id) == set()
        for _ in range(2):
            records.add_reading(ann.id, "seeing-an-initiative")
        records.add_reading("person-nobody", "seeing-an-initiative")
    with Records.open(tmp_path) as records:
        assert records.readings(ann.id) == {"seeing-an-initiative"}
        assert records.readings(bob.id) == set()
