"""Every frame of the film carries its number in its picture, so that a clip can be asked which frames it shows."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.browser.numbered_page import BITS, make_film
from tests.unit.films.conftest import ffmpeg
from vigwidgets.contract import Film, FrameIndex, Tag, Truth
from vigwidgets.errors import Refusal
from vigwidgets.films._picked import SOUND_RATE, sound_of
from vigwidgets.films.clips import STILL_SECONDS, export_clips
from vigwidgets.films.frames import read_frame_index

RATES = {"25": (25, 1), "29.97": (30_000, 1001)}
Made = tuple[Path, Film, FrameIndex]


def number_of(picture: np.ndarray) -> int:
    """Read a frame's number off its picture."""
    block = picture.shape[1] // BITS
    row = picture[picture.shape[0] - 20, :, 0]
    return sum(1 << bit for bit in range(BITS) if row[bit * block + block // 2] > 127)


def numbers_in(path: Path) -> list[int]:
    with av.open(str(path)) as container:
        return [number_of(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    films: dict[str, Made] = {}
    for name, rate in RATES.items():
        folder = tmp_path_factory.mktemp("film")
        film = make_film(folder, 80, rate)
        index = FrameIndex.model_validate_json((folder / "frames.json").read_text())
        films[name] = (folder / "proxy.mp4", film, index)
    # Every fifth frame is missing: what was on the screen before it stays longer.
    proxy, film, _ = films["25"]
    bare = tmp_path_factory.mktemp("film") / "proxy.mp4"
    ffmpeg("-i", proxy, "-vf", "select='not(eq(mod(n,5),2))'", "-fps_mode", "vfr", "-an", "-c:v", "libx264",
           "-preset", "ultrafast", "-g", "6", "-bf", "0", bare)  # fmt: skip
    varying = film.model_copy(update={"rate": None, "sound": False})
    films["varying"] = (bare, varying, read_frame_index(bare, film.id))
    return films


def clip(index: FrameIndex, first: int, end: int | None, title: str = "") -> Tag:
    """Return a clip of the frames from ``first`` to before ``end``, or a still of ``first``."""
    edges = [*index.times, index.duration]
    return Tag(
        id=f"c-{first}", code="clip" if end else "still", actor="baby", target="mum", start=edges[first],
        end=edges[end] if end else None, note=title,
    )  # fmt: skip


@pytest.mark.parametrize("rate", RATES)
def test_clips_stills_and_reel_show_exactly_the_frames_that_were_chosen(
    made: dict[str, Made], tmp_path: Path, rate: str
) -> None:
    proxy, film, index = made[rate]
    chosen = [clip(index, 33, None, "The look"), clip(index, 40, 52), clip(index, 5, 8), clip(index, 70, 80)]
    files = export_clips(proxy, film, index, chosen, tmp_path / "out")
    assert [path.name for path in files] == [
        "01-still.png", "02-clip.mp4", "03-clip.mp4", "04-clip.mp4", "review.mp4", "review.txt",
    ]  # fmt: skip
    assert number_of(np.asarray(Image.open(files[0]))) == 33
    assert [numbers_in(path) for path in files[1:4]] == [[*range(40, 52)], [5, 6, 7], [*range(70, 80)]]
    reel = numbers_in(files[4])
    up, down = RATES[rate]
    still = round(STILL_SECONDS * up / down)
    assert reel == [33] * still + [*range(40, 52), 5, 6, 7, *range(70, 80)]
    with av.open(str(files[1])) as container:
        (video,) = container.streams.video
        assert video.average_rate == up / down or abs(float(video.average_rate or 0) - up / down) < 0.01
        assert container.streams.audio
    assert "01-still.png  00:01" in files[5].read_text()
    assert "The look" in files[5].read_text()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in files)


def test_a_film_of_varying_rate_shows_what_was_on_the_screen(made: dict[str, Made], tmp_path: Path) -> None:
    proxy, film, index = made["varying"]
    there = [n for n in range(80) if n % 5 != 2]
    assert len(index.times) == len(there)
    (path, *_) = export_clips(proxy, film, index, [clip(index, 8, 16)], tmp_path)
    seen = numbers_in(path)
    # Frame 1 more of the one before each that is missing, at a steady 25 a second.
    wanted = [n if n % 5 != 2 else n - 1 for n in range(there[8], there[16])]
    assert seen == wanted


def test_what_cannot_be_exported_is_refused_and_nothing_is_written(made: dict[str, Made], tmp_path: Path) -> None:
    proxy, film, index = made["25"]
    beat = {"id": "b", "codes": ["i"], "actor": "baby", "target": "mum", "start": 0, "end": 400_000, "edge": 0,
            "says": "x", "not_for_parent": True}  # fmt: skip
    truth = Truth.model_validate(
        {"film": film.id, "duration": film.duration, "scheme": {"id": "paig", "version": "1"}, "open": [],
         "cast": json.loads(film.model_dump_json())["cast"], "beats": [beat]}
    )  # fmt: skip
    late = clip(index, 70, 80).model_copy(update={"end": film.duration + 1})
    for chosen, says in (
        ([], "no clip in the tray yet"),
        ([clip(index, 1, 2)] * 25, "at most 24 are exported"),
        ([clip(index, 9, 20)], "no parent is shown one"),
        ([late], "past the film's end"),
    ):
        with pytest.raises(Refusal, match=says):
            export_clips(proxy, film, index, chosen, tmp_path / "out", truth=truth)
    assert not (tmp_path / "out").exists()
    assert export_clips(proxy, film, index, [clip(index, 10, 20)], tmp_path / "out", truth=truth)


def test_the_sound_under_a_clip_is_the_films_own_and_silence_lies_under_a_still(
    made: dict[str, Made], tmp_path: Path
) -> None:
    proxy, film, index = made["25"]
    files = export_clips(proxy, film, index, [clip(index, 10, None), clip(index, 25, 50)], tmp_path)
    ours = sound_of(files[2], 0, 6 * 1_000_000)
    still = STILL_SECONDS * SOUND_RATE
    # An encoder is no ruler: the edges are left out.
    assert np.abs(ours[: still - 4000]).max() < 0.01
    assert np.abs(ours[still + 4000 :]).max() > 0.05
    # The film's tone has a beep at each full second, so that only one lag fits.
    theirs = sound_of(proxy, 900_000, 1_900_000)[:, 0]
    heard = np.concatenate([np.zeros(round(0.1 * SOUND_RATE)), ours[still:, 0]])
    part = slice(round(0.1 * SOUND_RATE), 40_000)
    off = {
        lag: float(np.square(theirs[part] - heard[part.start + lag : part.stop + lag]).mean())
        for lag in range(-2400, 2401, 8)
    }
    assert abs(min(off, key=off.__getitem__)) <= SOUND_RATE * 0.005
    assert min(off.values()) < 0.1 * float(np.square(theirs[part]).mean())
