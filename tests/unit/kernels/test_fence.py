"""What a run tries to leave behind, or to take beyond its limits, where nobody looks."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import pytest

from vigwidgets.kernels import run as runs
from vigwidgets.kernels._fence import way_here
from vigwidgets.kernels._traces import Traces
from vigwidgets.kernels.run import Limits, Run, RunEnded

from .test_run import alive, say, wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that is asked")
FREE = "import ctypes, os, time; ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)\n"
AWAY = "import os\nif not os.fork():\n    os.setsid()\n    if not os.fork():\n        {}\n    os._exit(0)\nos.wait()\n"
TELL = "open({!r}, 'w').write(str(os.getpid()))"


@pytest.fixture(params=["fenced", "open"])
def fenced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the system lets a run be fenced in; it is tried as if it did not, too."""
    if request.param == "fenced" and way_here() == "none":
        pytest.skip("no namespaces are allowed here")
    monkeypatch.setattr(runs, "_FENCE", request.param == "fenced")
    return request.param == "fenced"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Path]:
    """Where a process says its number; it is ended at the end in any case."""
    path = tmp_path / "number"
    yield path
    if path.exists() and path.read_text() and alive(int(path.read_text())):
        os.kill(int(path.read_text()), signal.SIGKILL)


@pytest.mark.usefixtures("fenced")
@pytest.mark.parametrize("end", ["", "os._exit(3)", "os.kill(os.getpid(), 9)"])
@pytest.mark.parametrize("program", [False, True])
def test_what_left_the_family_does_not_outlive_the_run(tmp_path: Path, told: Path, end: str, program: bool) -> None:
    stay = "os.execvp('sleep', ['sleep', '60'])" if program else "time.sleep(60); os._exit(0)"
    wait = f"\nwhile not os.path.exists({str(told)!r}): time.sleep(0.01)\ntime.sleep(0.1)\n"
    code = FREE + AWAY.format(TELL.format(str(told)) + "; " + stay) + wait + end
    with Run(str(tmp_path)) as run:
        with pytest.raises(RunEnded) if end else contextlib.nullcontext():
            assert say(run, code) == ""
        away = int(told.read_text())
        if not end:
            assert alive(away)
    assert not alive(away)


def test_another_environment_hides_nothing_from_the_fence(tmp_path: Path, told: Path) -> None:
    if way_here() == "none":
        pytest.skip("no namespaces are allowed here")
    bare = "os.execve('/bin/sleep', ['sleep', '60'], {})"
    wait = f"\nwhile not os.path.exists({str(told)!r}): time.sleep(0.01)"
    with Run(str(tmp_path)) as run:
        say(run, FREE + AWAY.format(TELL.format(str(told)) + "; " + bare) + wait)
        away = int(told.read_text())
        assert alive(away)
    assert not alive(away)


def test_another_run_is_left_alone(tmp_path: Path) -> None:
    with Run(str(tmp_path)) as other:
        say(other, "import subprocess; p = subprocess.Popen(['sleep', '60'])")
        with Run(str(tmp_path)) as run:
            say(run, "1")
        assert say(other, "p.poll() is None") == "True"


def test_a_killed_owner_takes_all_along(tmp_path: Path, told: Path) -> None:
    code = FREE + AWAY.format(TELL.format(str(told)) + "; time.sleep(60); os._exit(0)")
    program = (
        "import sys; from vigwidgets.kernels.run import Run\n"
        f"run = Run({str(tmp_path)!r})\n"
        f"run.send('execute_request', {{'code': {code!r}, 'silent': False}})\n"
        "import time; time.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", program])
    try:
        end = time.monotonic() + 60
        while not told.exists() or not told.read_text():
            assert time.monotonic() < end
            time.sleep(0.02)
    finally:
        owner.kill()
        owner.wait()
    wait_until(lambda: not alive(int(told.read_text())))


@pytest.mark.usefixtures("fenced")
@pytest.mark.parametrize(
    "code",
    [
        "import time\nf = open('/dev/shm/{name}', 'wb')\nfor _ in range(6): f.write(b'1' * (50 << 20)); f.flush()\n"
        "time.sleep(5); print('wrote it')",
        "import os, time\nf = os.memfd_create('x')\nfor _ in range(6): os.write(f, b'1' * (50 << 20))\n"
        "time.sleep(5); print('wrote it')",
    ],
)
def test_shared_memory_counts(tmp_path: Path, code: str) -> None:
    name = f"vig-test-{os.getpid()}"
    try:
        with Run(str(tmp_path), Limits(memory=200 << 20)) as run:
            said = ""
            with contextlib.suppress(RunEnded):
                said = say(run, code.format(name=name))
            assert "wrote it" not in said, "it was stopped, or there was no room"
        assert not Path("/dev/shm", name).exists()
    finally:
        Path("/dev/shm", name).unlink(missing_ok=True)


# Two processes have each page from the moment it is there, so that it is nobody's own, and no file that is open.
PAIRS = """
import mmap, os, time
STEP, SIZE = 4 << 20, 100 << 20
def pair():
    {make}
    there, back = os.pipe(), os.pipe()
    other = os.fork() == 0
    for start in range(0, SIZE, STEP):
        if other:
            os.read(there[0], 1)
        for at in range(start, start + STEP, 4096):
            if other: m[at]
            else: m[at] = 1
        if other:
            os.write(back[1], b"x")
        else:
            os.write(there[1], b"x"); os.read(back[0], 1)
    time.sleep(20); os._exit(0)
for _ in range({pairs}):
    if os.fork() == 0: pair()
    time.sleep(0.2)
time.sleep({seconds}); print("lived")
"""


@pytest.mark.parametrize(
    "make",
    ["m = mmap.mmap(-1, SIZE)", "f = os.memfd_create('x'); os.ftruncate(f, SIZE); m = mmap.mmap(f, SIZE); os.close(f)"],
)
def test_memory_that_several_share_and_nobody_has_open_counts_once(tmp_path: Path, make: str) -> None:
    with Run(str(tmp_path), Limits(memory=300 << 20)) as run:
        assert say(run, PAIRS.format(make=make, pairs=1, seconds=2)).endswith("lived")
    with Run(str(tmp_path), Limits(memory=300 << 20)) as run, pytest.raises(RunEnded) as ended:
        say(run, PAIRS.format(make=make, pairs=4, seconds=10))
    assert ended.value.kind == "memory"


@pytest.mark.usefixtures("fenced")
def test_shared_memory_that_is_mapped_counts_once(tmp_path: Path) -> None:
    with Run(str(tmp_path), Limits(memory=200 << 20)) as run:
        code = (
            "from multiprocessing.shared_memory import SharedMemory\nimport time\n"
            "m = SharedMemory(create=True, size=110 << 20); m.buf[::4096] = bytes(len(m.buf) >> 12)\n"
            "time.sleep(0.5); len(m.buf) >> 20"
        )
        assert say(run, code).endswith("110")


def test_what_others_have_in_shared_memory_stays(tmp_path: Path, fenced: bool) -> None:
    others = SharedMemory(create=True, size=1000)
    try:
        with Run(str(tmp_path)) as run:
            seen = say(run, f"f = open('/dev/shm/{others.name}'); import time; time.sleep(0.3)")
        assert ("FileNotFoundError" in seen) == fenced
        assert Path("/dev/shm", others.name).exists()
    finally:
        others.close()
        others.unlink()


@pytest.mark.parametrize(
    "code",
    [
        "while True: print()",
        "import os\nwhile True: os.write(1, b'y\\n' * 1000)",
        "import subprocess; subprocess.run(['yes'])",
        "print('\\r' * 20_000)",
        "from IPython.display import HTML, display; display(HTML('\\n' * 20_000))",
    ],
)
def test_many_short_lines_are_too_much_as_well(tmp_path: Path, code: str) -> None:
    with Run(str(tmp_path), Limits(lines=10_000)) as run, pytest.raises(RunEnded) as ended:
        say(run, code)
    assert ended.value.kind == "output"
    assert "more than the 10000 lines" in str(ended.value)


def test_a_namespace_is_held_as_long_as_it_is_looked_for(tmp_path: Path) -> None:
    """Its number would be given to the next run, which would be ended in its place."""
    if way_here() == "none":
        pytest.skip("no namespaces are allowed here")
    with Run(str(tmp_path)) as first:
        traces = Traces(first.pid, "x" * 32)
    with Run(str(tmp_path)) as second:
        traces.end()
        assert say(second, "1 + 1") == "2"
    traces.close()
