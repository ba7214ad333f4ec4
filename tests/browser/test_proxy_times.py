"""What intake writes down is what Chromium says: for every frame, ``mediaTime`` is the frame table's microsecond."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from vigwidgets.films import FilmLibrary, take_in
from vigwidgets.films._ffmpeg import ffmpeg_program

pytestmark = pytest.mark.browser

#: Seeks to the middle of each frame and returns those for which another moment is named.
SEEK = """async ([source, times, duration]) => {
  const video = document.createElement('video');
  video.muted = true;
  video.src = source;
  document.body.append(video);
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error(video.error.message));
  });
  const wrong = [];
  for (let i = 0; i < times.length; i++) {
    const shown = new Promise((resolve) => video.requestVideoFrameCallback((_, frame) => resolve(frame.mediaTime)));
    video.currentTime = (times[i] + (times[i + 1] ?? duration)) / 2e6;
    const late = new Promise((resolve) => setTimeout(() => resolve(-1), 3000));
    const said = Math.round((await Promise.race([shown, late])) * 1e6);
    if (said !== times[i]) wrong.push([i, times[i], said]);
  }
  return wrong;
}"""


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    blank = tmp_path / "blank.html"
    blank.write_text("<!doctype html><title>film</title>")
    fresh = chromium.new_page()
    fresh.goto(blank.as_uri())
    yield fresh
    fresh.close()


def check(page: Page, source: Path, data: Path) -> None:
    library = FilmLibrary(data)
    film = take_in(source, library)
    index = library.frame_index(film.id)
    times = list(index.times[:60])
    end = index.times[60] if len(index.times) > 60 else index.duration
    assert page.evaluate(SEEK, [library.file(film.id, "proxy.mp4").as_uri(), times, end]) == []


def test_a_rate_that_varies(page: Page, tmp_path: Path) -> None:
    source = tmp_path / "varies.mkv"
    dropped = "select='mod(n,7)*mod(n,5)'"
    command = [
        *(ffmpeg_program(), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=30000/1001", "-t", "2"),
        *(
            "-vf",
            dropped,
            "-fps_mode",
            "passthrough",
            "-c:v",
            "libx264",
            "-bf",
            "3",
            "-output_ts_offset",
            "7",
            str(source),
        ),
    ]
    subprocess.run(command, check=True)
    check(page, source, tmp_path / "data")


@pytest.mark.samples
@pytest.mark.parametrize(
    "name",
    [
        "androidx__testvid_1022ms.mp4",
        "androidx__sample.avi",
        "androidx__sample_edit_list.mp4",
        "androidx__bbb_960x540_60fps_vp8.webm",
    ],
)
def test_real_films(name: str, page: Page, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("VIG_SAMPLES") or root.parent / "shared" / "samples" / "video")
    if not folder.is_dir():
        pytest.skip("the sample films are not here; set VIG_SAMPLES to their folder")
    check(page, folder / name, tmp_path / "data")
