"""``vig serve`` on the command line: what it refuses, and that it is up and gone as it should be."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
from click.testing import CliRunner

from vigwidgets.cli import vig


def test_the_demonstration_is_for_this_machine_only(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "192.0.2.1", "example.org"):
        done = CliRunner().invoke(vig, ["--data", str(tmp_path / "data"), "serve", "--demo", "--host", host])
        assert done.exit_code == 1
        assert f"cannot listen on {host}" in done.output
    assert not (tmp_path / "data").exists()


def test_a_base_that_is_no_path_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(vig, ["--data", str(tmp_path / "data"), "serve", "--base", "learn"])
    assert done.exit_code == 1
    assert "begins and ends with a slash" in done.output
    assert not (tmp_path / "data").exists()


def test_a_wrong_port_is_wrong_usage() -> None:
    assert CliRunner().invoke(vig, ["serve", "--port", "99999"]).exit_code == 2


def test_it_says_which_port_it_took_and_leaves_nothing_running(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "vigwidgets.cli", "--data", str(tmp_path / "data"), "serve", "--demo"]
        server = subprocess.Popen(
            [*command, "--port", str(port), "--base", "/learn/"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert server.stdout
        first = server.stdout.readline().decode()
        assert f"Port {port} is taken" in first, first + server.stdout.read().decode()
        address = re.search(r"http://127\.0\.0\.1:\d+/learn/", server.stdout.readline().decode())
        assert address
        assert "Nadia Berg (trainee)" in server.stdout.readline().decode()
        with urllib.request.urlopen(f"{address[0]}health", timeout=10) as answer:
            assert answer.status == 200
        children = psutil.Process(server.pid).children(recursive=True)
        assert children, "the forking parent"
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        server.stdout.close()
        assert not psutil.wait_procs(children, timeout=10)[1]


def test_sparing_the_grammar_leaves_python_as_it_was() -> None:
    code = (
        "import sys; import vigwidgets.cli.serve; "
        "s = sys.modules['vigwidgets.cli.serve']; s._spare_the_grammar(); "
        "assert 'jsonschema' in sys.modules and 'rfc3987_syntax' not in sys.modules; "
        "import rfc3987_syntax; s._spare_the_grammar(); assert sys.modules['rfc3987_syntax'] is rfc3987_syntax"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
