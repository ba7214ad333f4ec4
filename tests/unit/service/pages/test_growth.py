"""What attempts say together, over HTTP: the way so far, the habit, the figures; and nothing before its release."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest

from tests.unit.service.pages.conftest import BEATS, CAST, GOOD, House, tag
from tests.unit.service.pages.test_pages import read
from vigwidgets.authoring.raters import FLAWLESS, Fault, rate_sheet
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.curriculum import load_course
from vigwidgets.grading import Reference, mark_ratings

EXERCISE = "receiving-initiatives"


def late(seconds: float) -> list[Tag]:
    """Tag every moment, so much later than the expert."""
    return [
        tag(f"t-{beat.id}", beat.codes[0], beat.start / 1e6 + seconds, beat.end and beat.end / 1e6 + seconds)
        for beat in BEATS
    ]


def moved(one: Tag) -> Tag:
    """Return a tag as it is once more in the longer film."""
    by = 25_000_000
    return one.model_copy(update={"id": f"{one.id}-1", "start": one.start + by, "end": one.end and one.end + by})


def words(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def test_a_first_attempt_has_no_way_yet_and_says_nothing_of_habits(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, GOOD)
    _, page, _ = house.get(f"/attempts/{attempt.id}", "trainee")
    assert "How it comes along" not in page
    assert "One thing to try next" not in page
    assert 'id="landscape-data"' in page
    read(page)


def test_the_way_so_far_ends_with_the_attempt_that_is_read(house: House) -> None:
    first = house.hand_in("trainee", EXERCISE, GOOD[:1])
    second = house.hand_in("trainee", EXERCISE, GOOD)
    _, early, _ = house.get(f"/attempts/{first.id}", "trainee")
    assert "How it comes along" not in early
    _, page, _ = house.get(f"/attempts/{second.id}", "trainee")
    assert "In the first of 2 attempts 1 of 5 moments were seen alike, in the last" in words(page)
    read(page)


@pytest.fixture
def longer(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The same film with moments enough to tell a habit."""
    truth = house.state.library.truth("blocks")
    assert truth is not None
    more = [
        beat.model_copy(
            update={
                "id": f"{beat.id}-{n}", "start": beat.start + n * 25_000_000, "answers": None,
                "end": beat.end and beat.end + n * 25_000_000,
            }
        )
        for n in range(2)
        for beat in BEATS
    ]  # fmt: skip
    path = house.state.library.data / "films" / "blocks" / "truth.json"
    path.write_text(truth.model_copy(update={"beats": more}).model_dump_json(), encoding="utf-8")
    return house


def test_a_habit_is_the_one_thing_to_try_with_moments_that_play(longer: House) -> None:
    tags = [*late(0.9), *(moved(one) for one in late(0.9))]
    attempt = longer.hand_in("trainee", EXERCISE, tags)
    _, page, _ = longer.get(f"/attempts/{attempt.id}", "trainee")
    assert "One thing to try next" in page
    assert "your marks begin about 0.9 s" in words(page)
    assert page.count("One thing to try next") == 1
    read(page)


def test_figures_come_as_a_part_and_as_a_page_of_their_own(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, GOOD)
    status, part, _ = house.get(f"/attempts/{attempt.id}/agreement?part", "trainee")
    assert status == 200
    assert "<html" not in part
    assert part.count("data-curve=") == 2
    steps = json.loads(html.unescape(re.search(r'data-steps="([^"]*)"', part)[1]))  # type: ignore[index]
    assert [at for at, _ in steps] == sorted(at for at, _ in steps)
    assert all(f"Within {at / 1e6:g} s" in says for at, says in steps)
    assert "interval" in part
    status, page, _ = house.get(f"/attempts/{attempt.id}/agreement", "trainee")
    assert status == 200
    read(page)


def test_figures_are_the_owner_s_and_the_supervisor_s(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, GOOD)
    assert house.get(f"/attempts/{attempt.id}/agreement", "supervisor")[0] == 200
    assert house.get(f"/attempts/{attempt.id}/agreement", "author")[0] == 403
    assert house.get("/attempts/attempt-0/agreement", "trainee")[0] == 404


def test_a_try_out_has_no_figures(house: House) -> None:
    attempt = house.hand_in("trainee", "first-look", GOOD)
    assert house.get(f"/attempts/{attempt.id}/agreement", "trainee")[0] == 404


def summative(house: House) -> None:
    course = house.state.course
    exercise = course.exercise(EXERCISE)
    course.exercises[EXERCISE] = exercise.model_copy(update={"marking": "summative", "compare": []})


def test_nothing_of_a_summative_exercise_before_its_release(house: House) -> None:
    summative(house)
    attempt = house.hand_in("trainee", EXERCISE, GOOD)
    status, page, _ = house.get(f"/attempts/{attempt.id}", "trainee")
    assert status == 200
    assert house.get(f"/attempts/{attempt.id}/agreement?part", "trainee")[0] == 403
    for secret in (BEATS[0].says, "data-part=", '"expert"', "How it comes along"):
        assert secret not in page
    assert house.get(f"/attempts/{attempt.id}/agreement?part", "supervisor")[0] == 200


def test_a_group_of_nobody_and_of_one(house: House) -> None:
    status, page, _ = house.get(f"/supervision/cohort/{EXERCISE}", "supervisor")
    assert status == 200
    assert "Nobody's attempt is marked yet" in page
    house.hand_in("trainee", EXERCISE, GOOD)
    _, page, _ = house.get(f"/supervision/cohort/{EXERCISE}", "supervisor")
    assert "Nadia Berg" in page
    assert all(beat.says in html.unescape(page) for beat in BEATS)
    read(page)


def test_a_group_names_what_waits_for_a_mark(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, GOOD, mark=False)
    _, page, _ = house.get(f"/supervision/cohort/{EXERCISE}", "supervisor")
    assert "Waiting for a mark" in page
    assert f"attempts/{attempt.id}" in page


def test_a_group_s_files(house: House) -> None:
    house.state.records.add_person("=cmd()", "mallory", "trainee")
    house.hand_in("trainee", EXERCISE, GOOD)
    _, text, _ = house.get(f"/supervision/cohort/{EXERCISE}/moments.csv", "supervisor")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["moment"] for row in rows] == [beat.id for beat in BEATS]
    assert rows[0]["seen"] == "1"
    _, text, _ = house.get(f"/supervision/cohort/{EXERCISE}/people.csv", "supervisor")
    assert [row["person"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))] == ["Nadia Berg"]
    _, text, _ = house.get(f"/supervision/cohort/{EXERCISE}/cohort.json", "supervisor")
    assert json.loads(text)["people"] == 1


@pytest.mark.parametrize("role", ["trainee", "author", "administrator"])
def test_a_group_is_for_supervisors(house: House, role: str) -> None:
    for path in ("", "/moments.csv", "/people.csv", "/cohort.json"):
        assert house.get(f"/supervision/cohort/{EXERCISE}{path}", role)[0] == 403


def test_where_nothing_is_counted_there_is_no_group(house: House) -> None:
    assert house.get("/supervision/cohort/first-look", "supervisor")[0] == 404
    assert house.get("/supervision/cohort/no-such", "supervisor")[0] == 404


def test_supervision_leads_to_the_group(house: House) -> None:
    _, page, _ = house.get("/supervision", "supervisor")
    assert f"/supervision/cohort/{EXERCISE}" in page
    assert "/supervision/cohort/first-look" not in page


def test_ratings_that_lean_to_one_side_are_told_of(house: House) -> None:
    course, trainee = house.state.course, house.people["trainee"]
    last, handed = None, []
    for name in ("withdrawal-lev", "withdrawal-mira", "withdrawal-tam"):
        exercise = course.exercises[name] = load_course().exercise(name)
        codebook, film = course.codebook(exercise), house.state.library.get(exercise.film)
        assert codebook.scheme.scale
        steps = [step.id for step in codebook.scheme.scale.steps]
        top = {lane.id: steps[-1] for lane in codebook.lanes}
        made = rate_sheet(film.id, film.duration, CAST, top, codebook, Fault("milder", amount=1), 1, FLAWLESS)
        fresh = made.model_copy(update={"id": f"obs-{name}", "observer": trainee.id, "tags": []})
        record = house.records.start_observation(trainee.id, exercise.id, exercise.version, fresh)
        edit = Edit(id=f"edit-{name}", changes=[Put(tag=tag) for tag in made.tags])
        house.records.append_edit(record.id, edit, codebook, None)
        last = house.records.hand_in(record.id)
        references = [Reference(item=item, steps={step: 1}) for item, step in top.items()]
        mark = mark_ratings(last.observation, references, codebook, exercise.policy)
        house.records.add_mark(last.id, mark.model_dump(mode="json"))
        handed.append(last.id)
    assert last is not None
    for few in handed[:2]:
        _, page, _ = house.get(f"/attempts/{few}", "trainee")
        assert "Your ratings are milder" not in words(page), "one or two films are too few to say"
    _, page, _ = house.get(f"/attempts/{last.id}", "trainee")
    assert "Your ratings are milder than the reference by 1.0 of a step" in words(page)
    assert "Over three films" in words(page)
    assert "data-part=" not in page
    read(page)
