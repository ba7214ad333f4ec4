"""A small installation with real records: two films with their truth, people of every role, attempts."""

from __future__ import annotations

import asyncio
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from vigwidgets.contract import Beat, Edit, Film, Member, Put, SchemeRef, Tag, Truth
from vigwidgets.curriculum import Course, load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import mark_observation
from vigwidgets.observations import new_observation
from vigwidgets.records import Attempt, Person, Records
from vigwidgets.service.pages import render
from vigwidgets.service.routes import application
from vigwidgets.service.state import ServiceState

SECOND = 1_000_000
CAST = [Member(id="mum", role="parent", name="Mum"), Member(id="baby", role="child", name="Baby")]
PAIG = SchemeRef(id="paig", version="1")


def beat(id: str, codes: list[str], start: float, end: float | None, says: str, answers: str | None = None) -> Beat:
    actor, target = ("baby", "mum") if codes[0].startswith("initiative") else ("mum", "baby")
    return Beat(
        id=id,
        codes=codes,
        actor=actor,
        target=target,
        start=int(start * SECOND),
        end=None if end is None else int(end * SECOND),
        edge=200_000,
        says=says,
        answers=answers,
    )


BEATS = [
    beat("b1", ["initiative.look"], 4, None, "The baby looks up from the block."),
    beat("b2", ["3.4"], 5, 7, "Mum meets the look and smiles.", "b1"),
    beat("b3", ["initiative.reach"], 12, 14, "The baby holds out a block."),
    beat("b4", ["3.2", "3.4"], 14.5, 17, "Mum leans in and opens her hand.", "b3"),
    beat("b5", ["2.1"], 20, 24, "Mum waits, and looks."),
]


def tag(id: str, code: str, start: float, end: float | None, note: str = "") -> Tag:
    actor, target = ("baby", "mum") if code.startswith("initiative") else ("mum", "baby")
    return Tag(
        id=id,
        code=code,
        actor=actor,
        target=target,
        start=int(start * SECOND),
        end=None if end is None else int(end * SECOND),
        note=note,
    )


GOOD = [
    tag("t1", "initiative", 4, None),
    tag("t2", "3.4", 5, 7),
    tag("t3", "initiative.reach", 12, 14),
    tag("t4", "1", 40, 44),
    tag("t5", "2.1", 22.9, 27),
]


@dataclass
class House:
    """An installation, its people by role, and how to ask it."""

    state: ServiceState
    people: dict[str, Person]
    url: str = ""
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def records(self) -> Records:
        return self.state.records

    def hand_in(self, role: str, exercise_id: str, tags: list[Tag], *, mark: bool = True) -> Attempt:
        """Do an exercise as a person of that role, and mark it as the service does."""
        observation_id = self.begin(role, exercise_id, tags)
        attempt = self.records.hand_in(observation_id)
        course = self.state.course
        exercise = course.exercise(exercise_id)
        if mark and exercise.marking != "none":
            truth = self.state.library.truth(exercise.film)
            assert truth is not None
            made = mark_observation(attempt.observation, truth, course.codebook(exercise), exercise.policy)
            self.records.add_mark(attempt.id, made.model_dump(mode="json"))
        return attempt

    def begin(self, role: str, exercise_id: str, tags: list[Tag]) -> str:
        """Begin an exercise and tag."""
        course, person = self.state.course, self.people[role]
        exercise = course.exercise(exercise_id)
        film = self.state.library.get(exercise.film)
        fresh = new_observation(film.id, film.duration, PAIG, person.id, list(film.cast))
        record = self.records.start_observation(person.id, exercise.id, exercise.version, fresh)
        for one in tags:
            edit = Edit(id=f"edit-{one.id}", changes=[Put(tag=one)])
            self.records.append_edit(record.id, edit, course.codebook(exercise), None)
        return record.id

    def get(self, path: str, role: str | None = None) -> tuple[int, str, str]:
        """Ask as a browser does; return status, page, and the address at which it ended."""
        request = urllib.request.Request(f"{self.url}{path}", headers={"Accept": "text/html"})
        if role is not None:
            request.add_header("Cookie", f"vig_session={self.tokens[role]}")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.url


FILES = ("frames.json", "proxy.mp4", "poster.jpg", "peaks.json", "scrub.jpg", "scrub.json", "captions.en.vtt")


def make_film(library: FilmLibrary, film_id: str, title: str) -> None:
    """Put a film's words into the library; nobody plays it here."""
    duration = 60 * SECOND
    film = Film(
        id=film_id,
        title=title,
        frames=1500,
        duration=duration,
        width=640,
        height=360,
        rate="25",
        sound=True,
        cast=CAST,
        captions=["en"],
        done=[],
        script=film_id,
        original=None,
    )
    truth = Truth(film=film_id, duration=duration, scheme=PAIG, cast=CAST, beats=BEATS, open=[])
    folder = library.data / "films" / film_id
    folder.mkdir(parents=True)
    (folder / "truth.json").write_text(truth.model_dump_json(), encoding="utf-8")
    for name in FILES:
        (folder / name).write_bytes(b"")
    (folder / "film.json").write_text(film.model_dump_json(), encoding="utf-8")


ASSETS = ("feedback.js", "mark.svg", "pages.css", "pages.js", "sign-in.js", "widgets.css")


@pytest.fixture(autouse=True)
def built(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A front end that has been built, so that these tests need no Node."""
    folder = tmp_path_factory.mktemp("static")
    manifest = {name: name.replace(".", ".0123456789.") for name in ASSETS}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(render, "static_path", lambda name: folder / name)


@pytest.fixture
def course() -> Course:
    """The beginning of the course: a path that a test can walk to its end."""
    whole = load_course()
    begun = [
        step for step in whole.pathway if step.id in ("first-look", "seeing-an-initiative", "receiving-initiatives")
    ]
    exercises = {step.id: whole.exercises[step.id] for step in begun if step.kind == "exercise"}
    return replace(whole, pathway=begun, exercises=exercises, sets={})


@pytest.fixture
def house(tmp_path: Path, course: Course) -> Iterator[House]:
    """An installation that nobody has used yet, answering on a port of its own."""
    records = Records.open(tmp_path)
    library = FilmLibrary(tmp_path)
    for film in dict.fromkeys(exercise.film for exercise in load_course().exercises.values()):
        make_film(library, film, f"Film {film}")
    state = ServiceState(tmp_path, records, library, course, demo=True)
    names = {"trainee": "Nadia Berg", "supervisor": "Tom Hale", "author": "Ines Roth", "administrator": "Ada Moss"}
    people = {role: records.add_person(name, role, role) for role, name in names.items()}
    made = House(state, people)
    made.tokens = {role: records.open_session(person.id) for role, person in people.items()}
    stop = _serve(made)
    yield made
    stop()
    state.close()


def _serve(house: House) -> Callable[[], None]:
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    done = asyncio.Event()

    async def run() -> None:
        server = application(house.state).listen(0, "127.0.0.1")
        port = next(iter(server._sockets.values())).getsockname()[1]
        house.url = f"http://127.0.0.1:{port}"
        ready.set()
        await done.wait()
        await house.state.settle()
        server.stop()
        await server.close_all_connections()

    def work() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(run())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert ready.wait(10)

    def stop() -> None:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)

    return stop
