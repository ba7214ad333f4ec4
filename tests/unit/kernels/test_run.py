"""A run of a notebook: fresh, within its limits, and gone without a trace."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigwidgets.kernels import ForkParent, _owner
from vigwidgets.kernels._family import own_memory
from vigwidgets.kernels._frames import Frames, TooMuch, framed
from vigwidgets.kernels.run import Limits, Run, RunEnded

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
Say = Callable[[str], str]


def say(run: Run, code: str) -> str:
    """Run a cell and return all that it says, its errors too."""
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
    said = []
    for message in run.replies(run.send("execute_request", content)):
        about = message["content"]
        if message["msg_type"] == "stream":
            said.append(about["text"])
        elif message["msg_type"] == "execute_result":
            said.append(about["data"]["text/plain"])
        elif message["msg_type"] == "error":
            said.append(f"{about['ename']}: {about['evalue']}")
    return "".join(said).strip()


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[..., Run]:
    def start(**limits: Any) -> Run:
        return Run(str(tmp_path), Limits(**limits))

    return start


# What a notebook may do to its process, and what the next would see of it.
TRACES = {
    "a name": ("x = 1", "'x' in globals()"),
    "a module": ("import colorsys; colorsys.mine = 1", "import colorsys; hasattr(colorsys, 'mine')"),
    "a patched module": (
        "import pandas; pandas.DataFrame.mine = 1",
        "import pandas; hasattr(pandas.DataFrame, 'mine')",
    ),
    "an option": (
        "import pandas; pandas.set_option('display.max_rows', 7)",
        "import pandas; pandas.get_option('display.max_rows') == 7",
    ),
    "a replaced module": ("import sys; sys.modules['json'] = 7", "import sys; sys.modules['json'] == 7"),
    "a builtin": ("import builtins; builtins.mine = 1", "import builtins; hasattr(builtins, 'mine')"),
    "the directory": ("import os; os.chdir('/')", "import os; os.getcwd() == '/'"),
    "the environment": ("import os; os.environ['MINE'] = '1'", "import os; 'MINE' in os.environ"),
    "an open file": (
        "import os; f = os.open('/dev/zero', os.O_RDONLY)",
        "import os; '/dev/zero' in [os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') "
        "if os.path.exists(f'/proc/self/fd/{n}')]",
    ),
    "a thread": (
        "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        "import threading; threading.active_count() > 1",
    ),
    "a file for the moment": (
        "import tempfile, pathlib; pathlib.Path(tempfile.gettempdir(), 'mine').touch()",
        "import tempfile, pathlib; pathlib.Path(tempfile.gettempdir(), 'mine').exists()",
    ),
    "a stored variable": ("y = 5\n%store y", "%store -r y\n'y' in globals()"),
    "its chance": ("import random; random.seed(1)", "import random; random.Random(1).random() == random.random()"),
    "its history": ("'my own words'", "In.count(\"'my own words'\") == 1"),
    "a handler": (
        "import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "import signal; signal.getsignal(signal.SIGUSR1) == signal.SIG_IGN",
    ),
    "a magic": (
        "from IPython.core.magic import register_line_magic\n@register_line_magic\ndef mine(line): pass",
        "'mine' in get_ipython().magics_manager.magics['line']",
    ),
    "where modules are looked for": ("import sys; sys.path.append('/mine')", "import sys; '/mine' in sys.path"),
    "a limit": (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (77, 77))",
        "import resource; resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 77",
    ),
}


def test_nothing_leaks_to_the_next_run(fresh: Callable[..., Run]) -> None:
    with fresh() as first:
        for name, (leave, look) in TRACES.items():
            assert "Error" not in say(first, leave), name
            if name not in {"its chance", "the directory", "a replaced module"}:
                assert say(first, look).endswith("True"), f"{name} cannot be found, so looking for it proves nothing"
    with fresh() as second:
        for name, (_, look) in TRACES.items():
            assert say(second, look).endswith("False"), name


def test_nothing_is_left_of_a_run(fresh: Callable[..., Run], tmp_path: Path) -> None:
    with fresh() as run:
        folder = Path(say(run, "import tempfile; print(tempfile.gettempdir())"))
        plain = int(say(run, "import subprocess; p = subprocess.Popen(['sleep', '60']); print(p.pid)"))
        away = int(
            say(run, "p = subprocess.Popen(['sh', '-c', 'setsid sleep 60 & echo $!'], stdout=-1); "
                "print(p.stdout.readline().decode())")
        )  # fmt: skip
        assert folder.is_dir()
        assert alive(plain)
        assert alive(away)
    wait_until(lambda: not alive(plain) and not alive(away) and not alive(run.pid))
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("limits", "code", "kind", "words"),
    [
        ({"cell_seconds": 0.3}, "while True: pass", "time", "longer than the 0.3 s"),
        ({"run_seconds": 1.5}, "import time; time.sleep(30)", "time", "longer than the 1.5 s"),
        ({}, "import os; os.abort()", "crash", "SIGABRT"),
        ({}, "import ctypes; ctypes.string_at(0)", "crash", "SIGSEGV"),
        ({}, "import os; os._exit(3)", "crash", "exit code 3"),
        ({}, "import os; os.kill(os.getpid(), 9)", "crash", "killed from outside"),
        ({"output": 1 << 20}, "while True: print('x' * 1000)", "output", "more than the 1 MB"),
        ({"output": 1 << 20}, "import os\nwhile True: os.write(1, b'x' * 1000)", "output", "more than the 1 MB"),
        ({"output": 1 << 20}, "'x' * (4 << 20)", "output", "more than the 1 MB"),
        (
            {"processes": 20},
            "import os, time\nfor _ in range(6): os.fork()\ntime.sleep(60)",
            "processes",
            "more than the 20 processes",
        ),
        (
            {"memory": 300 << 20},
            "import os, time\nfor _ in range(4):\n    if not os.fork():\n        x = bytearray(120 << 20)\n"
            "        time.sleep(60)\ntime.sleep(60)",
            "memory",
            "more than the 300 MB",
        ),
    ],
)
def test_what_goes_too_far_ends_with_a_reason(
    fresh: Callable[..., Run], limits: dict[str, Any], code: str, kind: str, words: str
) -> None:
    with fresh(**limits) as run, pytest.raises(RunEnded) as ended:
        say(run, code)
    assert ended.value.kind == kind
    assert words in str(ended.value)
    wait_until(lambda: not alive(run.pid))


def test_a_memory_bomb_is_an_error_of_its_cell(fresh: Callable[..., Run]) -> None:
    with fresh(memory=200 << 20) as run:
        assert say(run, "x = bytearray(400 << 20)").startswith("MemoryError")
        assert say(run, "len(bytearray(50 << 20)) >> 20") == "50", "what is within the limit goes on"


def test_what_was_said_before_a_crash_is_heard(fresh: Callable[..., Run]) -> None:
    heard: list[str] = []

    def listen() -> None:
        for message in run.replies(run.send("execute_request", content)):
            heard.extend([message["content"]["text"]] if message["msg_type"] == "stream" else [])

    content = {"code": "print('before')\nimport os; os.write(2, b'last'); os.abort()", "silent": False}
    with fresh() as run, pytest.raises(RunEnded):
        listen()
    assert "before" in "".join(heard)
    assert "last" in "".join(heard)
    assert "Fatal Python error: Aborted" in "".join(heard), "and where it was"


def test_what_it_registered_for_its_end_is_done(fresh: Callable[..., Run], tmp_path: Path) -> None:
    with fresh() as run:
        say(run, f"import atexit, pathlib; atexit.register(pathlib.Path({str(tmp_path / 'done')!r}).touch)")
        run.finish()
    assert (tmp_path / "done").exists()


def test_a_lent_parent_that_was_killed_is_replaced(fresh: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    lender = ForkParent()
    monkeypatch.setattr(_owner, "_lent", {os.getpid(): lender.address})
    try:
        with fresh() as run:
            lender.process.kill()
            with pytest.raises(RunEnded) as ended:
                say(run, "import time; time.sleep(30)")
        assert ended.value.kind == "orphan"
        assert Path(lender.address).exists(), "its name is left, as by whoever is killed"
        with fresh() as run:
            assert say(run, "1 + 1") == "2"
    finally:
        lender.stop()


def test_a_run_has_its_time_although_the_parent_takes_long_to_load(fresh: Callable[..., Run]) -> None:
    lender = ForkParent()
    os.kill(lender.process.pid, signal.SIGSTOP)
    going = threading.Timer(1.5, os.kill, (lender.process.pid, signal.SIGCONT))
    going.start()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_owner, "_lent", {os.getpid(): lender.address})
            asked = time.monotonic()
            with fresh(run_seconds=60) as run:
                assert run._started is not None
                assert run._started - asked > 1.4, "the wait before is not its own"
                assert say(run, "1 + 1") == "2"
    finally:
        going.join()
        lender.stop()


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    from vigwidgets.kernels import KernelNotStarted

    with pytest.raises(KernelNotStarted, match="does not exist"):
        Run(str(tmp_path / "nowhere"))


@pytest.mark.skipif(sys.platform != "linux", reason="memory of its own is Linux's word")
def test_four_cells_of_pandas_take_few_megabytes(fresh: Callable[..., Run]) -> None:
    with fresh() as run:
        say(run, "import pandas as pd; df = pd.DataFrame({'a': range(1000)}); df.head()")
        say(run, "df.groupby(df.a % 7).a.mean()")
        say(run, "df.describe()")
        assert own_memory(run.pid) < 22 << 20


def test_frames_come_together_from_any_pieces() -> None:
    frames = Frames()
    whole = framed({"a": "ä\ud800"}, [b"12", memoryview(b"345")]) + framed({"b": [1]})
    found = [message for at in range(0, len(whole), 3) for message in frames.feed(whole[at : at + 3])]
    assert found == [{"a": "ä?", "buffers": [b"12", b"345"]}, {"b": [1], "buffers": []}]


def test_a_frame_that_promises_too_much_is_not_waited_for() -> None:
    with pytest.raises(TooMuch):
        Frames(longest=1000).feed(framed({"a": "x" * 2000})[:20])
    with pytest.raises(TooMuch):
        Frames(longest=1000).feed(framed({}, [b"x" * 2000])[:30])


def test_a_runs_time_begins_when_its_notebook_can(fresh: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    clock: list[float | None] = []
    ready = Run._until

    def until(run: Run, kind: str) -> Any:
        message = ready(run, kind)
        clock.append(run._started)
        return message

    monkeypatch.setattr(Run, "_until", until)
    with fresh(run_seconds=60) as run:
        assert clock == [None], "what it takes to get ready is not the notebook's"
        assert run._started is not None
