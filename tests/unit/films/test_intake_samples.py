"""Every real film passes through intake, and PyAV's full decoding is the oracle for its frame table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from vigwidgets.contract import Film
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary, take_in

from .conftest import check_upright

pytestmark = pytest.mark.samples


@dataclass(frozen=True)
class Expected:
    file: str
    frames: int
    size: tuple[int, int]
    sound: bool
    rate: str | None
    says: str = ""


TABLE = [
    Expected("androidx__bbb_176x144_192kbps_15fps_mpeg4.mp4", 15, (176, 144), False, "15/1", "MPEG-4 Part 2"),
    Expected("androidx__bbb_2500ms.ts", 58, (1280, 720), True, None, "MPEG-2"),
    Expected(
        "androidx__bbb_800x640_768kbps_30fps_avc_2b_firstpts_10_sec.mp4",
        120,
        (1136, 640),
        False,
        "30/1",
        "square pixels",
    ),
    Expected("androidx__bbb_960x540_60fps_vp8.webm", 60, (960, 540), True, "60/1", "VP9"),
    Expected("androidx__h265_with_metadata_track.mp4", 3, (720, 1280), True, "30000/1001", "HEVC"),
    Expected("androidx__portrait_4k60.mp4", 18, (720, 1280), True, "60/1", "2160 × 3840"),
    Expected("androidx__sample.avi", 96, (960, 400), True, None, "AVI"),
    Expected("androidx__sample_android_slow_motion.mp4", 7, (1280, 720), False, None, "varies"),
    Expected("androidx__sample_av1.mp4", 30, (1080, 720), True, "30000/1001", "AV1"),
    Expected("androidx__sample_edit_list.mp4", 77, (720, 1280), True, None, "9 frames left out"),
    Expected("androidx__sample_rotate_and_reflect.mp4", 30, (720, 1080), True, "30000/1001", "Mirrored"),
    Expected("androidx__sample_shorter_audio.mp4", 72, (320, 240), True, "60/1"),
    Expected("androidx__testvid_1022ms.mp4", 30, (480, 360), True, "29917/1000"),
    Expected("mdn__rabbit320.mp4", 234, (320, 240), True, "30/1"),
    Expected("mediabunny__edts.mp4", 225, (854, 480), True, "25/1", "square pixels"),
    Expected("mediabunny__sar_2x1.mp4", 150, (1280, 360), False, "30/1", "square pixels"),
]


def displayed(path: Path) -> list[Fraction]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return [frame.pts * stream.time_base for frame in container.decode(stream) if frame.pts is not None]


@pytest.fixture(scope="session")
def taken(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Film, FilmLibrary]]:
    library = FilmLibrary(tmp_path_factory.mktemp("samples"))

    def take(file: str) -> tuple[Film, FilmLibrary]:
        return take_in(samples / file, library), library  # a file that is known is not taken in again

    return take


@pytest.mark.parametrize("expected", TABLE, ids=lambda expected: expected.file)
def test_a_real_film_keeps_every_frame(
    expected: Expected, samples: Path, taken: Callable[[str], tuple[Film, FilmLibrary]]
) -> None:
    film, library = taken(expected.file)
    assert (film.frames, (film.width, film.height), film.sound, film.rate) == (
        expected.frames,
        expected.size,
        expected.sound,
        expected.rate,
    )
    assert expected.says in " ".join(film.done)

    index = library.frame_index(film.id)
    truth = displayed(samples / expected.file)
    assert len(index.times) == len(truth) == expected.frames
    for ours, theirs in zip(index.times, truth, strict=True):
        assert abs(Fraction(ours, 1_000_000) - (theirs - truth[0])) <= Fraction(61, 10_000_000)
    assert index.duration == film.duration > index.times[-1]

    proxy = library.file(film.id, "proxy.mp4")
    # What a browser will say: Chromium rounds the proxy's own timestamps to microseconds.
    assert [round(float(time) * 1e6) for time in displayed(proxy)] == list(index.times)
    check_proxy(proxy, expected)


def check_proxy(proxy: Path, expected: Expected) -> None:
    with av.open(str(proxy)) as container:
        video = container.streams.video[0]
        context = video.codec_context
        assert (context.name, context.pix_fmt, (video.width, video.height)) == ("h264", "yuv420p", expected.size)
        assert video.sample_aspect_ratio in (None, 1)
        assert [stream.codec_context.name for stream in container.streams.audio] == ["aac"] * expected.sound
        assert not {"location", "com.apple.quicktime.location.iso6709", "make", "model"} & set(container.metadata)
        packets = [packet for packet in container.demux(video) if packet.size]
        assert [packet.is_keyframe for packet in packets] == [n % 6 == 0 for n in range(len(packets))]
        assert all(packet.pts == packet.dts for packet in packets)  # no B-frames
        assert next(av.open(str(proxy)).decode(video=0)).rotation == 0
        if expected.sound:
            lengths = [float(stream.duration * stream.time_base) for stream in container.streams]  # type: ignore[operator]
            assert lengths[1] == pytest.approx(lengths[0], abs=0.03)
    head = proxy.read_bytes()[:4096]
    assert head.find(b"moov") != -1  # the index comes first, so that a browser can begin at once


@pytest.mark.parametrize("number", [0, 14, 15, 16, 29])
def test_the_frame_shown_is_the_frame_asked_for(
    number: int, samples: Path, taken: Callable[[str], tuple[Film, FilmLibrary]]
) -> None:
    film, library = taken("androidx__testvid_1022ms.mp4")
    reference = np.asarray(Image.open(samples / f"androidx__testvid_1022ms_{number:03}.png").convert("RGB"), int)
    with av.open(str(library.file(film.id, "proxy.mp4"))) as container:
        frames = [np.asarray(frame.to_image(), int) for frame in container.decode(video=0)]
    distance = [float(((frame - reference) ** 2).mean()) for frame in frames]
    assert int(np.argmin(distance)) == number
    others = distance[:number] + distance[number + 1 :]
    assert distance[number] < 0.5 * min(others)


@pytest.mark.parametrize("file", ["androidx__sample_rotate_and_reflect.mp4", "androidx__h265_with_metadata_track.mp4"])
def test_a_film_stands_as_the_camera_asks(
    file: str, samples: Path, taken: Callable[[str], tuple[Film, FilmLibrary]]
) -> None:
    film, library = taken(file)
    check_upright(samples / file, library.file(film.id, "poster.jpg"))


def test_a_header_that_promises_what_is_not_there_is_refused(samples: Path, library: FilmLibrary) -> None:
    with pytest.raises(Refusal, match=r"damaged: it says that it lasts 35\.2 s, and 0\.5 s \(6 frames\)"):
        take_in(samples / "mediabunny__annex-b.mp4", library)
    assert library.list() == []
