from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from vigwidgets.errors import Refusal, VigError
from vigwidgets.films import FilmLibrary
from vigwidgets.films.dyad import Script, render, truth_of
from vigwidgets.films.dyad._render import write_film
from vigwidgets.films.dyad._worker import Studio


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> FilmLibrary:
    return FilmLibrary(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def rendered(small: Script, library: FilmLibrary) -> tuple[FilmLibrary, list[tuple[str, float]]]:
    told: list[tuple[str, float]] = []
    film = render(small, library, progress=lambda what, share: told.append((what, share)))
    assert film == library.get("small")
    return library, told


def test_every_frame_is_there_at_its_time(rendered: tuple[FilmLibrary, object], small: Script) -> None:
    library = rendered[0]
    index = library.frame_index("small")
    assert index.times == [k * 40_000 for k in range(100)]
    assert index.duration == small.duration == 4_000_000
    with av.open(str(library.file("small", "proxy.mp4"))) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height, video.codec_context.name, video.format.name) == (640, 360, "h264", "yuv420p")
        assert audio.codec_context.name == "aac"
        packets = [p for p in container.demux(video) if p.size]
        assert [p.pts for p in packets] == [p.dts for p in packets], "no B-frames"
        assert [i for i, p in enumerate(packets) if p.is_keyframe] == list(range(0, 100, 6))


def test_the_folder_is_whole(rendered: tuple[FilmLibrary, list[tuple[str, float]]], small: Script) -> None:
    library, told = rendered
    film = library.get("small")
    assert (film.frames, film.rate, film.sound, film.captions, film.script) == (100, "25/1", True, ["en"], "small")
    assert film.original is None
    assert library.truth("small") == truth_of(small)
    folder = library.file("small", "film.json").parent
    assert {path.name for path in folder.iterdir()} == {
        "captions.en.vtt",
        "film.json",
        "frames.json",
        "peaks.json",
        "poster.jpg",
        "proxy.mp4",
        "scrub.jpg",
        "scrub.json",
        "truth.json",
    }
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_what_is_refused_leaves_nothing_behind(small: Script, tmp_path: Path) -> None:
    library = FilmLibrary(tmp_path)
    with pytest.raises(Refusal, match="choose 640 × 360 or 1280 × 720 or 1920 × 1080"):
        render(small, library, size=(320, 180))
    late = small.acts[0].model_copy(update={"end": 9_000_000})
    with pytest.raises(Refusal, match="outside the film"):
        render(small.model_copy(update={"acts": [late, *small.acts[1:]]}), library)

    def stop(_what: str, share: float) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(small, library, progress=stop)
    assert library.list() == []
    assert not any(path.is_dir() and any(path.iterdir()) for path in tmp_path.glob("films/*"))


def test_two_synchronous_angles_have_the_same_frames(small: Script, tmp_path: Path) -> None:
    shots = [{"start": 0, "camera": "two"}, {"start": 1_000_000, "camera": "baby", "second": "parent"}]
    script = Script.model_validate({**small.model_dump(by_alias=True), "id": "two", "duration": 2_000_000, "acts": [],
                                    "beats": [], "second_view": "over_shoulder", "shots": shots})  # fmt: skip
    folder = tmp_path / "two"
    folder.mkdir()
    for name, second in (("proxy.mp4", False), ("second.mp4", True)):
        write_film(script, folder / name, (320, 180), lambda _what, _share: None, 1, second=second)
    stamps, pictures = [], []
    for name in ("proxy.mp4", "second.mp4"):
        with av.open(str(folder / name)) as container:
            frames = list(container.decode(video=0))
            stamps.append([frame.pts for frame in frames])
            pictures.append([frame.to_ndarray(format="rgb24").astype(int) for frame in (frames[10], frames[40])])
    assert stamps[0] == stamps[1]
    assert len(stamps[0]) == 50
    for one, two in zip(*pictures, strict=True):
        assert np.abs(one - two).mean() > 8, "another angle shows something else"


def test_a_drawing_process_that_dies_is_noticed(small: Script) -> None:
    with Studio(small, (640, 360), 1) as studio:
        assert studio.frame(0).shape == (360, 640, 3)
        studio._processes[0].kill()
        with pytest.raises(VigError, match="ended early"):
            [studio.frame(k) for k in range(1, 100)]


def test_a_disk_without_room_gets_one_sentence(small: Script, tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from vigwidgets.errors import Refusal\n"
        "from vigwidgets.films import FilmLibrary\n"
        "from vigwidgets.films.dyad import Script, render\n"
        "script = Script.model_validate_json(sys.stdin.read())\n"
        "library = FilmLibrary(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))\n"
        "try:\n    render(script, library)\n"
        "except Refusal as error:\n    print(error); print(library.list())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        input=small.model_dump_json(by_alias=True),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "could not be written" in done.stdout, done.stderr
    assert done.stdout.splitlines()[1:] == ["[]"]


def test_reading_a_script_loads_no_drawing() -> None:
    program = (
        "import sys, vigwidgets.films.dyad\n"
        "print([name for name in ('moviepy', 'thorvg_python', 'PIL', 'av', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
