"""One file, many hands: nothing that was acknowledged is ever written over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from vigwidgets.contract import Drop, Edit, Member, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import ObservationFile, Unwritten, new_observation
from vigwidgets.observations import _shared as shared
from vigwidgets.schemes import load_scheme

PAIG = load_scheme("paig")
TIMES = [i * 40_000 for i in range(250)]
CAST = [Member(id="mum", role="parent", name="parent"), Member(id="baby", role="child", name="child")]
LINUX = pytest.mark.skipif(shared.fcntl is None, reason="no lock between processes here")


def start(**changed: object) -> Observation:
    return new_observation("blocks", 10_000_000, PAIG.ref, "me", CAST).model_copy(update=changed)


def put(name: str, note: str = "") -> Edit:
    tag = Tag(id=name, code="3.4", actor="mum", target="baby", start=400_000, end=800_000, note=note)
    return Edit(id=f"e-{name}-{note}", changes=[Put(op="put", tag=tag)])


def held(path: Path) -> list[str]:
    return [tag["id"] for tag in json.loads(path.read_text())["tags"]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "blocks.observation.json"


def test_all_on_one_file_are_told_of_every_edit_and_its_number(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    first, second = ObservationFile(path, start(), PAIG), ObservationFile(Path(path.name), start(), PAIG)
    assert first.observation.id == second.observation.id
    told: list[tuple[str, int]] = []
    first.listen(lambda edit, seq: told.append((edit.id, seq)), lambda: told.append(("replaced", 0)))
    first.apply(put("a"))
    second.apply(put("b"))
    # One's own as well: a widget may be open in several windows.
    assert (told, held(path)) == ([("e-a-", 1), ("e-b-", 2)], ["a", "b"])
    assert first.apply(put("b")) == 2, "sent again by another way, it is not applied again"
    first.close()
    second.apply(put("c"))
    assert told == [("e-a-", 1), ("e-b-", 2)]


def test_a_link_leads_to_the_same_file_and_stays_a_link(path: Path) -> None:
    link = path.with_name("link.json")
    link.symlink_to(path)
    ObservationFile(path, start(), PAIG).apply(put("a"))
    ObservationFile(link, start(), PAIG).apply(put("b"))
    assert (link.is_symlink(), held(path)) == (True, ["a", "b"])


def test_what_another_program_wrote_is_kept_and_shown(path: Path) -> None:
    mine = ObservationFile(path, start(), PAIG)
    mine.apply(put("a"))
    told: list[str] = []
    mine.listen(lambda edit, _seq: told.append(edit.id), lambda: told.append("replaced"))
    theirs = json.loads(path.read_text())
    theirs["tags"][0]["id"] = "from-elsewhere"
    path.write_text(json.dumps(theirs))
    mine.apply(put("b"))
    assert (held(path), told) == (["from-elsewhere", "b"], ["replaced", "e-b-"])


def test_what_cannot_be_read_any_more_keeps_the_edit_waiting(path: Path) -> None:
    mine = ObservationFile(path, start(), PAIG)
    mine.apply(put("a"))
    good = path.read_text()
    path.write_text("{")
    with pytest.raises(Unwritten, match=r"could not be read .*, then try again\.$") as refused:
        mine.apply(put("b"))
    assert refused.value.waiting.endswith("restore it, and the edit will be sent again.")
    assert path.read_text() == "{"
    path.write_text(good)
    mine.apply(put("b"))
    assert held(path) == ["a", "b"]


def test_a_file_that_was_taken_away_comes_back_whole_unless_one_begins_anew(path: Path) -> None:
    mine = ObservationFile(path, start(), PAIG)
    mine.apply(put("a"))
    path.unlink()
    mine.apply(put("b"))
    assert held(path) == ["a", "b"]
    path.unlink()
    ObservationFile(path, start(), PAIG).apply(put("c"))
    mine.apply(put("d"))
    assert held(path) == ["c", "d"]


def test_before_the_first_edit_another_scheme_may_take_the_file(path: Path) -> None:
    mine, other = load_scheme("paig"), load_scheme("m-adbb")
    first = ObservationFile(path, start(), mine)
    second = ObservationFile(path, start(scheme=other.ref), other)
    assert second.observation.scheme == other.ref
    with pytest.raises(Refusal, match="open it with its own scheme"):
        first.apply(put("a"))


@LINUX
def test_two_processes_lose_nothing(path: Path) -> None:
    """Each writes 40 edits as fast as it can, into a file that neither of them made."""
    script = (
        "import sys, importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('one', {str(Path(__file__))!r})\n"
        "one = importlib.util.module_from_spec(spec); spec.loader.exec_module(one)\n"
        f"store = one.ObservationFile(one.Path({str(path)!r}), one.start(), one.PAIG)\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "for i in range(40): store.apply(one.put(f'{sys.argv[1]}{i}'))\n"
    )
    known = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    hands = [
        subprocess.Popen(
            [sys.executable, "-c", script, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=known
        )
        for name in "ab"
    ]
    for hand in hands:
        assert hand.stdout is not None
        assert hand.stdout.readline() == "ready\n"
    for hand in hands:
        assert hand.stdin is not None
        hand.stdin.write("\n")
        hand.stdin.flush()
    for hand in hands:
        hand.communicate(timeout=60)
        assert hand.returncode == 0
    assert sorted(held(path)) == sorted(f"{name}{i}" for name in "ab" for i in range(40))


@LINUX
def test_a_lock_that_is_not_given_back_keeps_the_edit_waiting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = ObservationFile(path, start(), PAIG)
    monkeypatch.setattr(shared, "_PATIENCE", 0.05)
    folder = os.open(path.parent, os.O_RDONLY)
    shared.fcntl.flock(folder, shared.fcntl.LOCK_EX)
    for act in (lambda: mine.apply(put("a")), lambda: ObservationFile(path, start(), PAIG)):
        with pytest.raises(Unwritten, match=r"being written by another program .*stop that program, then try again\.$"):
            act()
    os.close(folder)
    mine.apply(put("a"))
    assert held(path) == ["a"]


def test_threads_lose_nothing(path: Path) -> None:
    stores = [ObservationFile(path, start(), PAIG) for _ in range(4)]

    def work(number: int) -> None:
        for i in range(10):
            stores[number].apply(put(f"t{number}-{i}"))
            stores[number].apply(Edit(id=f"d{number}-{i}", changes=[Drop(op="drop", id="nothing")]))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held(path)) == 40
    assert stores[0].seq == 80
