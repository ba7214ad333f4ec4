"""The classic release bug is a wheel without its JavaScript: build one, install it clean, and serve a page from it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
UV = Path(sys.executable).parent / "uv"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_carries_front_end_course_and_notebooks(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    manifest = json.loads(zipfile.ZipFile(wheel).read("vigwidgets/static/manifest.json"))
    assert {f"vigwidgets/static/{name}" for name in manifest.values()} <= names
    assert any(name.endswith(".css") for name in manifest.values())
    assert "vigwidgets/static/widget.js" in names or "widget.js" in manifest
    for folder, pattern in (
        ("course", "*.yaml"),
        ("course/exercises", "*.yaml"),
        ("course/films", "*.yaml"),
        ("notebooks", "*.ipynb"),
    ):
        for file in (ROOT / folder).glob(pattern):
            assert f"vigwidgets/_carried/{folder}/{file.name}" in names
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name or name.endswith(".map")]


@pytest.mark.slow
def test_a_clean_installation_serves_a_page(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([UV, "venv", "-q", "--python", sys.executable, tmp_path / "env"], check=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [UV, "pip", "install", "-q", "--python", python]
    subprocess.run([*install, "--require-hashes", "-r", ROOT / "locks" / "run.lock"], check=True)
    subprocess.run([*install, "--no-deps", wheel], check=True)
    vig = [str(tmp_path / "env" / "bin" / "vig"), "--data", str(tmp_path / "data")]
    checked = subprocess.run([*vig, "course", "check"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*vig, "serve", "--port", str(port)], cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        page = _read(f"http://127.0.0.1:{port}/sign-in")
        sheet = re.search(r'href="(/assets/[^"]+\.css)"', page)
        assert sheet, page
        assert "{" in _read(f"http://127.0.0.1:{port}{sheet[1]}")
    finally:
        server.terminate()
        server.wait(20)


def _read(url: str) -> str:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")
