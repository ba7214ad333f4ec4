"""The file itself: what is never read, what is never written over, and who may read it afterwards."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.contract import Edit, Member, Observation, Put, Tag
from vigwidgets.errors import Refusal
from vigwidgets.observations import ObservationFile, Unwritten, _disk, new_observation, place_of, read_observation
from vigwidgets.schemes import load_scheme

PAIG = load_scheme("paig")
CAST = [Member(id="mum", role="parent", name="parent"), Member(id="baby", role="child", name="child")]
POSIX = pytest.mark.skipif(os.name != "posix", reason="no such files or modes here")


def start() -> Observation:
    return new_observation("blocks", 10_000_000, PAIG.ref, "me", CAST)


def put(name: str, note: str = "") -> Edit:
    tag = Tag(id=name, code="3.4", actor="mum", target="baby", start=400_000, end=800_000, note=note)
    return Edit(id=f"e-{name}", changes=[Put(op="put", tag=tag)])


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.json"


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@POSIX
def test_a_pipe_is_refused_and_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(Refusal, match=r"x\.json is a device or a pipe and holds no observation"):
        ObservationFile(path, start(), PAIG)


@POSIX
def test_a_device_is_refused_and_not_read() -> None:
    # The null device ends at once; the sentence says that nobody tried.
    with pytest.raises(Refusal, match="null is a device or a pipe"):
        ObservationFile(Path("/dev/null"), start(), PAIG)


def test_a_huge_file_is_refused_and_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(_disk.LARGEST + 1)
    with pytest.raises(Refusal, match=r"x\.json has 200 MB, and an observation 200 MB at most"):
        ObservationFile(path, start(), PAIG)


def test_what_could_not_be_opened_again_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ObservationFile(path, start(), PAIG)
    store.apply(put("a"))
    before = path.read_bytes()
    monkeypatch.setattr(_disk, "LARGEST", len(before) + 1000)
    with pytest.raises(Refusal, match="shorten notes or take moments out") as refused:
        store.apply(put("b", "x" * 1000))
    assert not isinstance(refused.value, Unwritten), "sent again it would be no smaller"
    assert path.read_bytes() == before
    store.apply(put("c"))


@POSIX
@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("mode", [0o664, 0o600, 0o640, 0o666])
def test_whoever_may_read_it_still_may(path: Path, mode: int) -> None:
    store = ObservationFile(path, start(), PAIG)
    store.apply(put("a"))
    assert mode_of(path) == 0o640, "a new file is as the umask says"
    path.chmod(mode)
    store.apply(put("b"))
    assert mode_of(path) == mode
    assert list(path.parent.iterdir()) == [path]


@POSIX
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only the administrator may give a file away")
def test_it_stays_its_owners_and_its_groups(path: Path) -> None:
    store = ObservationFile(path, start(), PAIG)
    store.apply(put("a"))
    os.chown(path, 1234, 5678)
    store.apply(put("b"))
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


@POSIX
def test_what_its_group_may_do_is_not_for_another_group(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ObservationFile(path, start(), PAIG)
    store.apply(put("a"))
    path.chmod(0o664)
    now = os.stat_result(path.stat())
    other = os.stat_result((*now[:5], now.st_gid + 1, *now[6:]))
    monkeypatch.setattr(_disk, "_before", lambda _path: other)
    monkeypatch.setattr(os, "chown", refuses)
    store.apply(put("b"))
    assert mode_of(path) == 0o604


def refuses(*_: Any) -> None:
    raise PermissionError


def test_a_file_that_was_made_read_only_is_not_replaced(path: Path) -> None:
    store = ObservationFile(path, start(), PAIG)
    store.apply(put("a"))
    before = path.read_bytes()
    path.chmod(0o444)
    with pytest.raises(Unwritten, match=r"x\.json is read-only; make it writable, or open another file, then try"):
        store.apply(put("b"))
    assert path.read_bytes() == before
    assert len(ObservationFile(path, start(), PAIG).observation.tags) == 1, "it can still be looked at"
    path.chmod(0o644)
    store.apply(put("b"))
    assert len(read_observation(path).tags) == 2


def test_the_longest_name_that_a_file_may_have_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".json")
    ObservationFile(path, start(), PAIG).apply(put("a"))
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_is_what_it_was_when_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    store = ObservationFile(Path("x.json"), start(), PAIG)
    monkeypatch.chdir(tmp_path / "sub")
    store.apply(put("a"))
    assert store.path == tmp_path / "x.json"
    assert store.path.exists()


def test_the_home_folder_has_its_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert place_of("file", "~/x.json") == tmp_path / "x.json"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (123, "file=123 is not a path"),
        (b"x.json", "is not a path"),
        (None, "is not a path"),
        ("", "file='' names no file"),
        ("  ", "names no file"),
        ("a\0b", "names no file"),
        ("x" * 300, "cannot be a file's path"),
        ("~nobody-of-this-name/x.json", "cannot be a file's path"),
        (".", "file='.' is a folder; name a file in it"),
        ("nowhere/x.json", "which is not there; make that folder first"),
    ],
)
def test_what_no_file_can_be_called_is_refused(
    value: Any, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refusal, match=says) as refused:
        place_of("file", value)
    assert len(str(refused.value)) < 400
