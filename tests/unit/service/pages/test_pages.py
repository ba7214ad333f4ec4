"""Every page as each role gets it over HTTP, from real records."""

from __future__ import annotations

import html
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.unit.service.pages.conftest import GOOD, House, tag
from vigwidgets.curriculum import load_course

PAGES = ["/learning", "/lessons/seeing-an-initiative", "/help"]


class Reader(HTMLParser):
    """Reads a page as a strict browser would: what runs, what is fetched, which headings."""

    VOID = frozenset({"meta", "link", "img", "input", "track", "br", "hr", "source", "rect", "path", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.landmarks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.inline.append("script")
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.addresses += [given[name] or "" for name in ("href", "src", "action", "poster") if name in given]
        self.ids += [given["id"] or ""] if "id" in given else []
        self.landmarks += [tag] if tag in ("main", "header", "nav", "footer") else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    """Read a page and hold what every page must keep."""
    reader = Reader()
    reader.feed(page)
    assert not reader.open, f"left open: {reader.open}"
    assert not reader.inline, "something inline would need a weaker content policy"
    assert all(re.match(r"(/(?!/)|#)", one) for one in reader.addresses), reader.addresses
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.headings[0] == 1
    assert reader.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(reader.headings, reader.headings[1:], strict=False))
    assert reader.landmarks.count("main") == 1
    assert 'lang="en-GB"' in page
    return reader


def words(page: str) -> str:
    """Return a page's text as it is read, on one line."""
    text = re.sub(r"<script.*?</script>|<title.*?</title>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def boot_of(page: str) -> dict[str, Any]:
    """Return what the page gives to its script."""
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', page, re.DOTALL)
    assert found
    boot: dict[str, Any] = json.loads(found[1])
    return boot


@pytest.mark.parametrize("role", ["trainee", "supervisor", "author", "administrator"])
def test_what_everybody_may_read_holds_for_every_role(house: House, role: str) -> None:
    for path in PAGES:
        status, page, _ = house.get(path, role)
        assert status == 200, path
        read(page)
        assert house.people[role].name in words(page)


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/supervision", {"supervisor"}),
        ("/authoring", {"author", "administrator"}),
    ],
)
def test_a_page_of_another_role_says_so_in_one_sentence(house: House, path: str, may: set[str]) -> None:
    for role in house.people:
        status, page, _ = house.get(path, role)
        reader = read(page)
        assert status == (200 if role in may else 403)
        assert (path in reader.addresses) == (role in may), "the top bar offers what may be opened, and no more"


def test_who_is_not_signed_in_is_asked_to_and_may_read_help(house: House) -> None:
    status, page, url = house.get("/learning")
    assert (status, url) == (200, f"{house.url}/sign-in?next=%2Flearning")
    text = words(page)
    read(page)
    for name in ("Nadia Berg", "Tom Hale", "Ines Roth"):
        assert name in text
    assert 'name="next" value="/learning"' in page
    status, page, _ = house.get("/help")
    assert status == 200
    read(page)
    assert "never a judgement of a family" in words(page)


def test_home_is_the_roles_own_page(house: House) -> None:
    homes = {"trainee": "learning", "supervisor": "supervision", "author": "authoring", "administrator": "authoring"}
    assert homes.keys() == house.people.keys()
    for role, path in homes.items():
        status, _, url = house.get("/", role)
        assert (status, url) == (200, f"{house.url}/{path}")


def test_every_address_of_a_films_file_changes_with_the_file(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", GOOD)
    for path in ("/learning", f"/attempts/{attempt.id}"):
        page = house.get(path, "trainee")[1]
        found = re.findall(r"/films/[a-z-]+/[\w.-]+[^\"\s]*", page)
        assert found, path
        assert not [one for one in found if not re.search(r"\?v=[0-9a-f]{16}$", one)], path


def test_a_picture_or_a_film_that_is_gone_leaves_no_hole(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", GOOD)
    for folder in (house.state.library.data / "films").iterdir():
        (folder / "poster.jpg").unlink()
    page = house.get("/learning", "trainee")[1]
    read(page)
    assert "<img" not in page
    assert "Begin" in words(page)
    page = house.get(f"/attempts/{attempt.id}", "trainee")[1]
    read(page)
    assert "cannot be played; the words remain" in words(page)
    assert "Worth another look" in words(page)


def test_learning_begins_with_two_unmarked_minutes_and_goes_on_step_by_step(house: House) -> None:
    text = words(house.get("/learning", "trainee")[1])
    assert "Welcome, Nadia" in text
    assert "Begin with two quiet minutes" in text
    assert "Your next step A first look" in text
    assert "Not marked" in text

    house.begin("trainee", "first-look", GOOD[:2])
    text = words(house.get("/learning", "trainee")[1])
    assert "Carry on where you were A first look" in text
    assert "Begun, two tags kept" in text

    attempt = house.records.hand_in(house.records.current_observation(house.people["trainee"].id, "first-look") or "")
    page = house.get("/learning", "trainee")[1]
    text = words(page)
    assert "Your next step Seeing an initiative and its reception" in text
    assert "Go straight to the exercise" in text
    assert f"/attempts/{attempt.id}" in read(page).addresses

    house.hand_in("trainee", "receiving-initiatives", [])
    text = words(house.get("/learning", "trainee")[1])
    assert "You have handed in every exercise. There is still something to read." in text
    assert "Your next step Seeing an initiative and its reception" in text
    assert "To read" in text

    house.get("/lessons/seeing-an-initiative", "trainee")
    page = house.get("/learning", "trainee")[1]
    text = words(page)
    assert "That is the path for now" in text
    assert "you may do any exercise again" in text
    assert "/exercises/first-look?again=1" in read(page).addresses
    assert "Your next step" not in text
    assert "To read" not in text


def test_a_lesson_that_was_opened_gives_way_to_its_exercise(house: House) -> None:
    house.hand_in("trainee", "first-look", GOOD[:2])
    house.get("/lessons/seeing-an-initiative", "trainee")
    text = words(house.get("/learning", "trainee")[1])
    assert "Your next step Receiving initiatives" in text
    assert "To read" not in text
    assert "To read" in words(house.get("/learning", "author")[1]), "what one has read, another has not"


def test_doing_it_again_keeps_the_way_to_the_earlier_feedback(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", GOOD)
    house.begin("trainee", "receiving-initiatives", [])
    page = house.get("/learning", "trainee")[1]
    assert "Begun again, no tags kept" in words(page)
    assert f"/attempts/{attempt.id}" in read(page).addresses


def test_a_lesson_leads_on_to_its_exercise(house: House) -> None:
    page = house.get("/lessons/seeing-an-initiative", "trainee")[1]
    assert "On to the exercise: Receiving initiatives" in words(page)
    assert "/exercises/receiving-initiatives" in read(page).addresses


def test_feedback_opens_with_what_was_seen_and_names_every_difference(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", GOOD)
    status, page, _ = house.get(f"/attempts/{attempt.id}", "trainee")
    assert status == 200
    reader = read(page)
    text = words(page)
    assert (
        "At 0:04.0 you saw what the expert saw: “The baby looks up from the block. Mum meets the look and smiles.”"
        in text
    )
    assert text.index("Seen as the expert saw it") < text.index("Worth another look")
    nearly, expert, own = (text.index(f" {group} ") for group in ("Nearly the same", "Only the expert", "Only you"))
    assert nearly < text.index("Another boundary You saw this one") < expert
    assert expert < text.index("Receiving initiatives (", expert) < own
    assert "Only you Look once more at what you saw, and keep your reason if it is still there." in text
    assert "Being attentive Yours begins at 0:40.0 for 4.0 s; the expert marked nothing there." in text
    assert attempt.receipt["observation_sha256"][:12] in text
    assert f"/attempts/{attempt.id}/report" in reader.addresses
    assert "an answer is not better for being sooner" in text
    assert "it certifies nobody" in text
    anchors = [one[1:] for one in reader.addresses if one.startswith("#t=")]
    assert anchors
    assert set(anchors) <= set(reader.ids), "each moment can be shared by its address, with or without a script"
    assert "%" not in re.sub(r"anywhere from \d+ to \d+ %", "", text), "nowhere one number for it all"


def test_lanes_are_counted_in_moments(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", GOOD)
    page = house.get(f"/attempts/{attempt.id}", "trainee")[1]
    assert 'aria-label="Initiative: 2 of the expert&#39;s two moments seen alike"' in page
    assert "Receiving initiatives: 1 of the expert&#39;s two moments seen alike, 1 only by the expert" in page
    assert 'aria-label="Encouraging initiatives: 0 of the expert&#39;s one moment seen alike, 1 nearly"' in page
    assert 'aria-label="Being attentive: 1 only by the trainee"' in page
    text = words(page)
    assert "2 of the expert's 2 alike" in text
    assert "Being attentive 1 only yours" in text


def test_the_expert_is_shown_on_every_lane_that_the_trainee_used(house: House) -> None:
    attempt = house.hand_in("trainee", "first-look", [tag("t1", "initiative", 4, None), tag("t2", "2.1", 20, 24)])
    boot = boot_of(house.get(f"/attempts/{attempt.id}", "trainee")[1])
    assert [beat["id"] for beat in boot["beats"]] == ["b1", "b2", "b3", "b4", "b5"]
    assert [one["id"] for one in boot["tags"]] == ["t1", "t2"]


def test_a_try_out_is_compared_without_a_figure_and_without_a_mark(house: House) -> None:
    attempt = house.hand_in("trainee", "first-look", GOOD[:3])
    page = house.get(f"/attempts/{attempt.id}", "trainee")[1]
    read(page)
    text = words(page)
    assert "At 0:04.0 you saw what the expert saw" in text
    assert "Nothing here is counted." in text
    for figure in ("Where you and the expert met", "Initiatives and their answers", "full report"):
        assert figure not in text
    assert not re.search(r"\d+ of (the )?\d+", text)
    assert house.records.mark(attempt.id) is None


def test_feedback_that_is_not_made_yet_says_so(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", GOOD, mark=False)
    page = house.get(f"/attempts/{attempt.id}", "trainee")[1]
    read(page)
    assert "Your feedback is being made." in words(page)
    house.records.add_mark(attempt.id, {"format": "of another time"})
    assert "Your feedback is being made." in words(house.get(f"/attempts/{attempt.id}", "trainee")[1])


def test_only_the_owner_and_a_supervisor_read_feedback(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", GOOD)
    assert house.get(f"/attempts/{attempt.id}", "author")[0] == 403
    status, page, _ = house.get(f"/attempts/{attempt.id}", "supervisor")
    assert status == 200
    assert "Feedback as Nadia Berg reads it" in words(page)
    assert "Your next step" not in words(page)


def test_an_empty_observation_is_met_kindly(house: House) -> None:
    attempt = house.hand_in("trainee", "receiving-initiatives", [])
    page = house.get(f"/attempts/{attempt.id}", "trainee")[1]
    read(page)
    assert "a fair way to begin" in words(page)


def test_supervision_is_helpful_when_empty_and_lists_what_came(house: House) -> None:
    text = words(house.get("/supervision", "supervisor")[1])
    assert "Nothing has been handed in yet." in text
    assert "not begun" in text

    first = house.hand_in("trainee", "first-look", GOOD[:1])
    second = house.hand_in("trainee", "receiving-initiatives", GOOD)
    page = house.get("/supervision", "supervisor")[1]
    reader = read(page)
    text = words(page)
    assert "Two attempts handed in by one person. Begin with what this person saw well." in text
    assert "Try-out, no figures" in text
    assert "Receiving initiatives: 1 of the expert&#39;s two moments seen alike" in page
    assert "3 of 5 seen, 1 nearly, 1 their own" in text
    assert re.search(r"<text [^>]*>0/1</text>", page), "nothing alike is a figure, not an empty bar"
    house.hand_in("author", "first-look", [])
    assert "handed in by two people. Begin with what each of them saw well." in words(
        house.get("/supervision", "supervisor")[1]
    )
    assert {f"/attempts/{first.id}", f"/attempts/{second.id}", "/supervision/gradebook.csv"} <= set(reader.addresses)


def test_authoring_shows_the_check_and_every_exercise(house: House) -> None:
    page = house.get("/authoring", "author")[1]
    reader = read(page)
    text = words(page)
    assert "The course fits together and every film is here." in text
    assert "/authoring/try/first-look" in reader.addresses
    assert house.get("/authoring/try/nothing", "author")[0] == 404
    assert house.get("/authoring/try/first-look", "trainee")[0] == 403


def test_an_exercise_added_while_the_service_runs_can_be_tried(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(house.state.course.folder, folder)
    house.state.course = load_course(folder)
    old = (folder / "exercises" / "first-look.yaml").read_text(encoding="utf-8")
    new = folder / "exercises" / "second-look.yaml"
    new.write_text(old.replace("id: first-look", "id: second-look"), encoding="utf-8")
    page = house.get("/authoring", "author")[1]
    assert "/authoring/try/second-look" in read(page).addresses
    assert house.state.course.exercise("second-look").film == "hello"

    new.write_text(old.replace("id: first-look", "id: second-look").replace("none", "perhaps"), encoding="utf-8")
    taught = house.state.course
    text = words(house.get("/authoring", "author")[1])
    assert "Trainees still meet the course as it was, because the new one is refused: exercises/second-look" in text
    assert "'perhaps'" in text
    assert house.state.course is taught

    third = folder / "exercises" / "third-look.yaml"
    third.write_text(old.replace("id: first-look", "id: third-look"), encoding="utf-8")
    page = house.get("/authoring", "author")[1]
    assert "/authoring/try/third-look" not in read(page).addresses, "no way is offered that leads nowhere"
    assert "It can be tried as soon as the course is put right." in words(page)
    new.unlink()
    house.get("/authoring/try/third-look", "author")
    assert "third-look" in house.state.course.exercises
    assert house.get("/authoring/try/second-look", "author")[0] == 404


def test_help_says_when_supervisors_may_read(house: House) -> None:
    assert "supervisors of this course can read them only once you have handed in" in words(house.get("/help")[1])


def test_errors_are_one_sentence_and_a_way_back(house: House) -> None:
    for path in ("/nowhere", "/lessons/none", "/attempts/attempt-0000"):
        status, page, _ = house.get(path, "trainee")
        assert status == 404, path
        reader = read(page)
        assert "/" in reader.addresses
        assert "Traceback" not in page


def test_hostile_names_and_notes_are_only_text(house: House) -> None:
    evil = "<script>alert(1)</script>\"'><img src=//evil.example/x onerror=alert(1)>"
    house.people["trainee"] = house.records.add_person(evil, "evil", "trainee")
    house.tokens["trainee"] = house.records.open_session(house.people["trainee"].id)
    note = "</script><script>alert(2)</script>{{ 7 * 7 }}"
    attempt = house.hand_in("trainee", "receiving-initiatives", [tag("t1", "3.4", 5, 7, note)])
    for path, role in (
        ("/learning", "trainee"),
        (f"/attempts/{attempt.id}", "trainee"),
        (f"/attempts/{attempt.id}", "supervisor"),
        ("/supervision", "supervisor"),
    ):
        page = house.get(path, role)[1]
        read(page)
        assert "<img src=//" not in page
        assert "alert(2)</script>" not in page
    assert "49" not in words(page)
