"""A forked kernel behaves as a started one does, in all that jupyter_client asks of it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import psutil
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import get_kernel_spec

from tests.processes import lives
from vigwidgets.kernels import KERNEL_NAME, ForkParent, KernelNotStarted, shared_parent

if TYPE_CHECKING:
    from .conftest import Kernel

Run = Callable[..., None]


async def _until_dead(kernel: Kernel, seconds: float = 10) -> None:
    for _ in range(int(seconds / 0.02)):
        if not await kernel.alive():
            return
        await asyncio.sleep(0.02)
    pytest.fail("The kernel still runs.")


def test_its_spec_is_installed_and_names_our_provisioner() -> None:
    spec = get_kernel_spec(KERNEL_NAME)
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "vig-fork-provisioner"


def test_it_has_its_own_environment_directory_and_arguments(with_kernel: Run, tmp_path: Path) -> None:
    async def use(kernel: Kernel) -> None:
        assert await kernel.run("import os; print(os.environ['VIG_OBSERVATION'], os.getcwd())") == f"ob-1 {tmp_path}"
        assert await kernel.run("print(os.environ['PATH'])") == os.environ["PATH"]
        assert await kernel.run("print('MALLOC_ARENA_MAX' in os.environ)") == "False"  # the parent's, not its own

    with_kernel(use, env=os.environ | {"VIG_OBSERVATION": "ob-1"}, cwd=str(tmp_path))


def test_two_kernels_share_nothing(with_kernel: Run) -> None:
    draws = []

    async def use(kernel: Kernel) -> None:
        draws.append(await kernel.run("import random, numpy; print(random.random(), numpy.random.rand())"))
        assert await kernel.run("print('left' in globals())") == "False"
        await kernel.run("left = 1; import os; os.environ['LEFT'] = '1'")

    with_kernel(use)
    with_kernel(use)
    assert draws[0] != draws[1]


def test_it_holds_no_descriptor_of_the_parent_and_no_history(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        ours = {link.laddr for link in psutil.Process(kernel.pid).net_connections("unix") if link.laddr}
        assert not [name for name in ours if "parent-" in name]
        assert await kernel.run("print(get_ipython().history_manager.enabled)") == "False"
        code = "import threading; print(threading.main_thread() is threading.current_thread())"
        assert await kernel.run(code) == "True"

    with_kernel(use)


def test_interrupt_stops_the_cell_and_not_the_kernel(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        cell = asyncio.create_task(kernel.run("print('asleep', flush=True)\nimport time; time.sleep(30)"))
        await asyncio.sleep(0.5)
        await kernel.manager.interrupt_kernel()
        assert "KeyboardInterrupt" in await cell
        assert await kernel.run("print(6 * 7)") == "42"

    with_kernel(use)


def test_restart_gives_a_fresh_kernel(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        await kernel.run("left = 1")
        before = kernel.pid
        await kernel.manager.restart_kernel(now=True)
        await kernel.client.wait_for_ready(timeout=30)
        assert kernel.pid != before
        assert await kernel.run("left") == "NameError"

    with_kernel(use)


def test_shutdown_is_quick_and_leaves_no_process(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        pid = kernel.pid
        sockets = Path(kernel.manager.ip).parent
        await asyncio.wait_for(kernel.manager.shutdown_kernel(), 2)
        assert not psutil.pid_exists(pid)
        assert not list(sockets.glob(f"{Path(kernel.manager.ip).name}-*"))

    with_kernel(use)


def test_a_segfault_is_seen_and_hurts_nobody_else(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        parent = shared_parent().process.pid
        kernel.client.execute("import ctypes; ctypes.string_at(0)")
        await _until_dead(kernel)
        assert await kernel.manager.provisioner.poll() == -signal.SIGSEGV
        assert not [one for one in psutil.Process().net_connections("unix") if "parent-" in str(one.raddr)]
        assert shared_parent().process.pid == parent

    with_kernel(use)


def test_its_children_are_signalled_with_it(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        child = int(await kernel.run("import subprocess; print(subprocess.Popen(['sleep', '60']).pid)"))
        await kernel.manager.shutdown_kernel(now=True)
        for _ in range(200):
            if not lives(child):
                return
            await asyncio.sleep(0.02)
        pytest.fail("A process that the kernel had started still runs.")

    with_kernel(use)


def test_the_death_of_the_parent_ends_its_kernels_and_the_next_gets_a_new_parent(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        pid = kernel.pid
        shared_parent().process.kill()
        await _until_dead(kernel)
        for _ in range(100):
            if not lives(pid):
                break
            await asyncio.sleep(0.02)
        else:
            pytest.fail("The kernel outlived its parent.")

    async def again(kernel: Kernel) -> None:
        assert await kernel.run("print(1)") == "1"

    with_kernel(use)
    with_kernel(again)


def test_a_directory_that_does_not_exist_is_refused_in_a_sentence() -> None:
    async def use() -> None:
        with pytest.raises(KernelNotStarted, match="'/no/such/place' does not exist"):
            await AsyncKernelManager(kernel_name=KERNEL_NAME).start_kernel(cwd="/no/such/place")

    asyncio.run(use())


def test_nothing_of_an_owner_outlives_it(tmp_path: Path) -> None:
    script = """
import asyncio, sys
from jupyter_client import AsyncKernelManager
from vigwidgets.kernels import shared_parent
async def go():
    manager = AsyncKernelManager(kernel_name="vig-fork")
    await manager.start_kernel()
    print(shared_parent().process.pid, manager.provisioner.pid, flush=True)
    print(shared_parent().address, flush=True)
    await asyncio.sleep(60)
asyncio.run(go())
"""

    async def use() -> None:
        owner = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        assert owner.stdout
        pids = [int(word) for word in (await owner.stdout.readline()).split()]
        folder = Path((await owner.stdout.readline()).decode().strip()).parent
        assert folder.is_dir()
        owner.kill()
        await owner.wait()
        for _ in range(250):
            if not any(psutil.pid_exists(pid) for pid in pids):
                assert not folder.exists()
                return
            await asyncio.sleep(0.02)
        pytest.fail("A process outlived the one that needed it.")

    asyncio.run(use())


def test_papermill_runs_on_it(tmp_path: Path) -> None:
    papermill = pytest.importorskip("papermill")
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("n = 1", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell("n * 2"),
        ],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, tmp_path / "in.ipynb")
    done = papermill.execute_notebook(
        str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"), {"n": 21}, kernel_name=KERNEL_NAME, progress_bar=False
    )
    assert done.cells[-1].outputs[0].data["text/plain"] == "42"


def test_what_pages_and_reports_import_is_there_already(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        for name in ("pandas", "vigwidgets.notebook", "vigwidgets.grading.report"):
            assert await kernel.run(f"import sys; print({name!r} in sys.modules)") == "True"

    with_kernel(use)


def test_twenty_megabytes_are_enough(with_kernel: Run) -> None:
    async def use(kernel: Kernel) -> None:
        await kernel.run("1 + 1")
        assert psutil.Process(kernel.pid).memory_full_info().uss < 22e6  # benchmarks/page.py holds it to 20

    with_kernel(use)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc here")
def test_no_kernel_shows_the_environment_of_whoever_started_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "open sesame")
    monkeypatch.setenv("LC_PAPER", "C.UTF-8")
    parent = ForkParent()
    try:
        kernel = parent.start_kernel(["-f", "/nonexistent.json"], {"PATH": os.environ["PATH"]}, "/")
        for pid in (parent.process.pid, kernel.pid):
            seen = Path(f"/proc/{pid}/environ").read_bytes()
            assert b"sesame" not in seen
            assert b"LC_PAPER=C.UTF-8" in seen
        kernel.close()
    finally:
        parent.stop()
