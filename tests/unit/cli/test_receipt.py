"""``vig receipt verify``: a receipt against the records, and those against themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from vigwidgets.cli import vig
from vigwidgets.contract import Member, Observation
from vigwidgets.records import Attempt, Records
from vigwidgets.schemes import load_scheme


@pytest.fixture
def attempt(tmp_path: Path) -> Attempt:
    records = Records.open(tmp_path)
    person = records.add_person("Nadia", "nadia", "trainee", None)
    observation = Observation(
        id="o-1", film="blocks", duration=60_000_000, scheme=load_scheme("paig").ref, observer=person.id,
        cast=[Member(id="mum", role="parent", name="Mum")], tags=[],
    )  # fmt: skip
    records.start_observation(person.id, "receiving-initiatives", "1", observation)
    made = records.hand_in("o-1")
    records.close()
    return made


def verify(data: Path, what: Any, *more: str) -> Result:
    return CliRunner().invoke(vig, ["--data", str(data), "receipt", "verify", str(what), *more])


def written(folder: Path, content: Any) -> Path:
    path = folder / "kept.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_genuine_one(tmp_path: Path, attempt: Attempt) -> None:
    answer = {"attempt": attempt.id, "receipt": attempt.receipt, "feedback": f"/vig/attempts/{attempt.id}"}
    for what in (attempt.id, written(tmp_path, attempt.receipt), written(tmp_path, answer)):
        result = verify(tmp_path, what)
        assert result.exit_code == 0, result.output
        assert "Genuine: what was handed in is unchanged." in result.output
        assert attempt.receipt["observation_sha256"] in result.output
        assert "receiving-initiatives, version 1" in result.output
    kept = written(tmp_path, attempt.observation.model_dump(mode="json"))
    assert verify(tmp_path, kept).exit_code == 0


@pytest.mark.parametrize(
    ("name", "says"),
    [("observation_sha256", "content"), ("handed_in_at", "time"), ("exercise_version", "exercise's version")],
)
def test_one_that_was_written_by_somebody(tmp_path: Path, attempt: Attempt, name: str, says: str) -> None:
    result = verify(tmp_path, written(tmp_path, {**attempt.receipt, name: "2"}), "--json")
    assert result.exit_code == 1
    (difference,) = json.loads(result.stdout)["differences"]
    assert difference.startswith(f"The {says} of the receipt is '2'")


def test_what_the_records_cannot_vouch_for_is_refused(tmp_path: Path, attempt: Attempt) -> None:
    for more in ({"person": "Ben"}, {"score": "1.00"}, {"certified": "expert"}):
        result = verify(tmp_path, written(tmp_path, {**attempt.receipt, **more}))
        assert result.exit_code == 1
        assert f"it also says {next(iter(more))!r}" in result.output


@pytest.mark.parametrize(
    "feedback",
    ["Ben Miller: certified expert, 1.00", "/Ben Miller/attempts/{}", "/attempts/{}?Ben", "attempts/x", 1, None],
)
def test_an_answer_whose_feedback_is_no_address_of_the_attempt(tmp_path: Path, attempt: Attempt, feedback: Any) -> None:
    said = feedback.format(attempt.id) if isinstance(feedback, str) else feedback
    answer = {"attempt": attempt.id, "receipt": attempt.receipt, "feedback": said}
    result = verify(tmp_path, written(tmp_path, answer))
    assert result.exit_code == 1
    assert "says something of 'feedback' beside the receipt" in result.output


def test_an_attempt_that_was_given_to_somebody_else(tmp_path: Path, attempt: Attempt) -> None:
    records = Records.open(tmp_path)
    ben = records.add_person("Ben", "ben", "trainee", None)
    with records.writing() as connection:
        connection.exec_driver_sql("UPDATE attempts SET person_id = ? WHERE id = ?", (ben.id, attempt.id))
    records.close()
    result = verify(tmp_path, written(tmp_path, attempt.receipt))
    assert result.exit_code == 1
    assert "person's fingerprint" in result.output


def test_one_of_before_it_named_a_person_and_one_with_a_mark_of_order(tmp_path: Path, attempt: Attempt) -> None:
    before = {name: said for name, said in attempt.receipt.items() if name != "person_sha256"}
    result = verify(tmp_path, written(tmp_path, before))
    assert result.exit_code == 0
    assert "Genuine, but without its person" in result.output
    assert json.loads(verify(tmp_path, written(tmp_path, before), "--json").stdout)["without_person"] is True
    assert verify(tmp_path, written(tmp_path, "\ufeff" + json.dumps(attempt.receipt))).exit_code == 0


def test_an_observation_that_is_not_the_one_handed_in(tmp_path: Path, attempt: Attempt) -> None:
    other = attempt.observation.model_copy(update={"duration": 50_000_000})
    result = verify(tmp_path, written(tmp_path, other.model_dump(mode="json")))
    assert result.exit_code == 1
    assert "Not genuine" in result.output


def test_records_that_were_changed_afterwards(tmp_path: Path, attempt: Attempt) -> None:
    records = Records.open(tmp_path)
    with records.writing() as connection:
        changed = attempt.observation.model_copy(update={"duration": 50_000_000}).model_dump_json()
        connection.exec_driver_sql("UPDATE attempts SET observation = ? WHERE id = ?", (changed, attempt.id))
    records.close()
    result = verify(tmp_path, attempt.id)
    assert result.exit_code == 1
    assert "was changed after it was handed in" in result.output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "could not be read as JSON"),
        ("[]", "neither a receipt nor"),
        ({"exercise": "e"}, "no receipt: it has no 'attempt'"),
        ("[" * 100_000, "nested too deeply"),
        ('{"film": "a", "film": "b"}', "it says 'film' twice"),
        ({"receipt": {}, "person": "Ben"}, "something of 'person' beside the receipt"),
    ],
)
def test_what_is_no_receipt(tmp_path: Path, attempt: Attempt, content: Any, says: str) -> None:
    result = verify(tmp_path, written(tmp_path, content))
    assert result.exit_code == 1
    assert says in result.output


def test_what_is_not_there(tmp_path: Path, attempt: Attempt) -> None:
    assert "There is no attempt 'nobody'" in verify(tmp_path, "nobody").output
    result = verify(tmp_path / "elsewhere", "nobody")
    assert "There are no records" in result.output
    assert not (tmp_path / "elsewhere").exists()
