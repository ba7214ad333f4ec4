from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import av
import pytest
from PIL import Image

from vigwidgets.contract import Member
from vigwidgets.errors import Refusal
from vigwidgets.films import FilmLibrary, take_in
from vigwidgets.films.intake import intake

from .conftest import PLAIN, Make, check_upright, ffmpeg


def test_a_film_has_every_file_and_no_name(make_film: Make, library: FilmLibrary, tmp_path: Path) -> None:
    source = tmp_path / "Baby Jones bath time.mp4"
    source.write_bytes(make_film().read_bytes())
    film = take_in(source, library)
    assert (film.frames, film.duration, film.rate, film.sound) == (50, 2_000_000, "25/1", True)
    folder = library.data / "films" / film.id
    names = ["film.json", "frames.json", "peaks.json", "poster.jpg", "proxy.mp4", "scrub.jpg", "scrub.json"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert not any(b"Jones" in path.read_bytes() for path in folder.iterdir())
    today = date.today()
    assert film.title.startswith("Film of ")
    assert film.title.endswith(str(today.year))
    assert [member.role for member in film.cast] == ["child", "parent"]

    scrub = json.loads((folder / "scrub.json").read_text())
    assert scrub["times"] == library.frame_index(film.id).times
    with Image.open(folder / "scrub.jpg") as sheet:
        assert sheet.size == (scrub["columns"] * scrub["width"], scrub["rows"] * scrub["height"])
    peaks = json.loads((folder / "peaks.json").read_text())
    assert len(peaks["peaks"]) == 2 * peaks["rate"]
    assert min(peaks["peaks"][5:-5]) > 80  # a steady tone


def test_title_cast_and_id_are_taken(make_film: Make, library: FilmLibrary) -> None:
    cast = [Member(id="mia", role="child", name="Mia"), Member(id="ana", role="parent", name="Ana")]
    film = take_in(make_film(), library, title="Bath", cast=cast, film_id="bath")
    assert (film.id, film.title, film.cast) == ("bath", "Bath", cast)
    assert library.get("bath") == film


def test_the_same_file_is_not_taken_in_twice(make_film: Make, library: FilmLibrary, tmp_path: Path) -> None:
    first = intake(make_film(), library)
    copy = tmp_path / "other name.mp4"
    copy.write_bytes(make_film().read_bytes())
    second = intake(copy, library, title="Another title")
    assert (first.known, second.known) == (False, True)
    assert second.film == first.film
    assert len(library.list()) == 1


def test_two_who_add_the_same_file_at_once_share_one_film(make_film: Make, library: FilmLibrary) -> None:
    others: list[str] = []

    def meanwhile(what: str, _share: float) -> None:
        if what.startswith("Checking") and not others:
            others.append(take_in(make_film(), library).id)

    result = intake(make_film(), library, progress=meanwhile)
    assert (result.known, [result.film.id]) == (True, others)
    assert [path.name for path in (library.data / "films").iterdir()] == others


def test_two_films_of_one_day_have_different_titles(make_film: Make, library: FilmLibrary) -> None:
    titles = [take_in(make_film(seconds=seconds), library).title for seconds in (0.4, 0.6, 0.8)]
    assert titles[1] == f"{titles[0]} (2)"
    assert titles[2] == f"{titles[0]} (3)"


def test_a_rate_that_varies_keeps_every_time(make_film: Make, library: FilmLibrary) -> None:
    source = make_film(
        "varies.mkv", "-vf", "select='mod(n,7)*mod(n,5)'", "-fps_mode", "passthrough", "-bf", "2", sound=None
    )
    film = take_in(source, library)
    times = [n * 40_000 for n in range(50) if n % 7 and n % 5]
    assert library.frame_index(film.id).times == [moment - times[0] for moment in times]
    assert film.rate is None
    assert not film.sound
    assert json.loads(library.file(film.id, "peaks.json").read_text())["peaks"] == []


@pytest.mark.parametrize("name", ["late.mkv", "late.mp4", "late.ts"])
def test_a_first_time_above_zero_is_zero_in_film_time(name: str, make_film: Make, library: FilmLibrary) -> None:
    source = make_film(name, "-bf", "2", "-output_ts_offset", "7")
    film = take_in(source, library)
    assert library.frame_index(film.id).times == [n * 40_000 for n in range(50)]
    heard = json.loads(library.file(film.id, "peaks.json").read_text())["peaks"]
    assert min(heard[5:-5]) > 80


def test_sound_that_begins_before_the_pictures_stays_in_step(
    make_film: Make, library: FilmLibrary, tmp_path: Path
) -> None:
    # A beep one second into the pictures, which begin half a second after the sound does.
    silent = make_film(sound=None, seconds=3)
    source = tmp_path / "late.mkv"
    beep = "sine=880:r=48000,volume=eval=frame:volume='between(t,1.5,1.7)'"
    ffmpeg(
        "-itsoffset", "0.5", "-i", silent, "-f", "lavfi", "-t", "4", "-i", beep, "-c:v", "copy", "-c:a", "flac", source
    )
    film = take_in(source, library)
    heard = json.loads(library.file(film.id, "peaks.json").read_text())
    first = next(n for n, peak in enumerate(heard["peaks"]) if peak > 50) / heard["rate"]
    assert first == pytest.approx(1.0, abs=0.05)
    with av.open(str(library.file(film.id, "proxy.mp4"))) as container:
        loud = next(
            frame.time for frame in container.decode(audio=0) if abs(frame.to_ndarray()).max() > 0.05 and frame.time
        )
    assert loud == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("options", [(), ("-color_range", "pc"), ("-colorspace", "bt709")], ids=["sd", "full", "hd"])
def test_colours_come_through(options: tuple[str, ...], make_film: Make, library: FilmLibrary) -> None:
    matrix = "bt709" if "bt709" in options else "bt601"
    out_range = "pc" if "pc" in options else "tv"
    convert = f"scale=out_color_matrix={matrix}:out_range={out_range},format=yuv420p"
    source = make_film("red.mp4", "-vf", convert, *options, picture="color=0xC03020:s=160x120:r=25", seconds=0.4)
    film = take_in(source, library)
    for name in ("poster.jpg", "scrub.jpg"):
        with Image.open(library.file(film.id, name)) as picture:
            pixel = picture.convert("RGB").getpixel((40, 40))
        assert isinstance(pixel, tuple)
        assert all(abs(got - sent) <= 14 for got, sent in zip(pixel, (0xC0, 0x30, 0x20), strict=True)), (name, pixel)


def test_the_camera_notes_are_left_out(make_film: Make, library: FilmLibrary) -> None:
    source = make_film("place.mov", "-metadata", "location=+51.5-000.1/", "-metadata", "title=Mia", seconds=0.4)
    assert b"+51.5" in source.read_bytes()
    film = take_in(source, library)
    proxy = library.file(film.id, "proxy.mp4").read_bytes()
    assert b"+51.5" not in proxy
    assert b"Mia" not in proxy


@pytest.mark.parametrize(
    "flags",
    [
        ("-display_rotation", "90"),
        ("-display_rotation", "180"),
        ("-display_rotation", "270"),
        ("-display_hflip",),
        ("-display_vflip",),
        ("-display_rotation", "90", "-display_hflip"),
        ("-display_rotation", "270", "-display_hflip"),
    ],
    ids=" ".join,
)
def test_a_film_stands_as_the_camera_asks(
    flags: tuple[str, ...], make_film: Make, library: FilmLibrary, tmp_path: Path
) -> None:
    source = tmp_path / "turned.mp4"
    ffmpeg(*flags, "-i", make_film(sound=None, seconds=0.4), "-c", "copy", source)
    film = take_in(source, library)
    check_upright(source, library.file(film.id, "poster.jpg"))
    sideways = any(turn in flags for turn in ("90", "270"))
    assert (film.width, film.height) == ((120, 160) if sideways else (160, 120))


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("pieces.mp4", (*PLAIN, "-movflags", "frag_keyframe+empty_moov", "-g", "12")),
        ("old.mov", ("-c:v", "mjpeg", "-c:a", "pcm_s16le")),
        ("old.avi", ("-c:v", "mjpeg", "-c:a", "pcm_s16le")),
        ("tv.ts", ("-c:v", "mpeg2video", "-bf", "2", "-c:a", "mp2")),
        ("deep.mp4", ("-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le", "-c:a", "aac")),
        ("phone.3gp", ("-c:v", "h263", "-s", "176x144", "-ar", "8000", "-ac", "1", "-c:a", "aac")),
        ("web.webm", ("-c:v", "libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-c:a", "libopus")),
    ],
)
def test_what_cameras_make_is_taken_in_whole(
    name: str, codec: tuple[str, ...], make_film: Make, library: FilmLibrary
) -> None:
    film = take_in(make_film(name, codec=codec), library)
    assert (film.frames, film.sound) == (50, True)
    assert not any("damaged" in sentence for sentence in film.done)


def test_interlaced_lines_are_joined_without_losing_a_frame(make_film: Make, library: FilmLibrary) -> None:
    codec = ("-c:v", "libx264", "-preset", "ultrafast", "-flags", "+ildct", "-x264-params", "tff=1")
    film = take_in(make_film("tv.mp4", sound=None, codec=codec), library)
    assert film.frames == 50
    assert any("Interlaced" in sentence for sentence in film.done)


def test_progress_rises_and_names_what_is_done(make_film: Make, library: FilmLibrary) -> None:
    told: list[tuple[str, float]] = []
    take_in(make_film(), library, progress=lambda what, share: told.append((what, share)))
    assert list(dict.fromkeys(what for what, _ in told)) == [
        "Reading the file",
        "Making the copy to watch",
        "Checking every frame",
    ]
    assert all(0 <= share <= 1 for _, share in told)


def cut(source: Path, target: Path, share: float) -> Path:
    data = source.read_bytes()
    target.write_bytes(data[: int(len(data) * share)])
    return target


@pytest.mark.parametrize(
    ("name", "options", "share"),
    [
        ("end.mp4", (), 0.6),
        ("front.mp4", ("-movflags", "+faststart"), 0.6),
        ("front.mp4", ("-movflags", "+faststart"), 0.98),
        ("film.mkv", (), 0.6),
        ("film.mkv", (), 0.97),
        ("film.avi", (), 0.7),
    ],
)
def test_a_truncated_film_is_refused(
    name: str,
    options: tuple[str, ...],
    share: float,
    make_film: Make,
    library: FilmLibrary,
    nothing_left: Callable[[], bool],
    tmp_path: Path,
) -> None:
    codec = PLAIN if not name.endswith("avi") else ("-c:v", "mpeg4", "-c:a", "mp3")
    source = cut(make_film(name, *options, seconds=4, codec=codec), tmp_path / name, share)
    with pytest.raises(Refusal, match=r"is damaged: .* can be read; copy it from the camera again|so 0 s of it can be"):
        take_in(source, library)
    assert nothing_left()


def test_what_can_be_read_of_a_damaged_film_is_kept_when_asked(
    make_film: Make, library: FilmLibrary, tmp_path: Path
) -> None:
    whole = make_film("front.mp4", "-movflags", "+faststart", seconds=4)
    film = take_in(cut(whole, tmp_path / "half.mp4", 0.6), library, damaged=True)
    assert 40 < film.frames < 80
    assert any("The file is damaged" in sentence for sentence in film.done)
    with pytest.raises(Refusal, match="too little to watch"):
        take_in(cut(whole, tmp_path / "scrap.mp4", 0.12), library, damaged=True)


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.webm"])
def test_an_overwritten_film_is_refused(
    name: str, make_film: Make, library: FilmLibrary, nothing_left: Callable[[], bool], tmp_path: Path
) -> None:
    codec = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus") if name.endswith("webm") else PLAIN
    data = bytearray(make_film(name, seconds=4, codec=codec).read_bytes())
    data[len(data) * 4 // 10 : len(data) * 6 // 10] = bytes(len(data) * 6 // 10 - len(data) * 4 // 10)
    source = tmp_path / name
    source.write_bytes(data)
    with pytest.raises(Refusal, match="is damaged: "):
        take_in(source, library)
    assert nothing_left()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.mp4", b"We watched the film together.\n" * 50, "is not a film that can be read"),
        ("noise.mp4", bytes(range(256)) * 500, "is not a film that can be read"),
        ("empty.mov", b"", "is empty (0 bytes)"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n", "names other files or places"),
        ("list.mp4", b"ffconcat version 1.0\nfile /etc/hosts\n", "names other files or places"),
        ("call.sdp", b"v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "names other files or places"),
        ("still.mp4", b"\xff\xd8\xff\xe0" + bytes(500), "is a picture, not a film"),
    ],
)
def test_what_is_not_a_film_gets_one_sentence(
    name: str, content: bytes, says: str, library: FilmLibrary, nothing_left: Callable[[], bool], tmp_path: Path
) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        take_in(source, library)
    sentence = str(refused.value)
    assert says in sentence
    assert name in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert nothing_left()


def test_a_folder_a_missing_file_and_a_device_are_refused(library: FilmLibrary, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is a folder; name the film inside it"):
        take_in(tmp_path, library)
    with pytest.raises(Refusal, match="There is no file .*nowhere"):
        take_in(tmp_path / "nowhere.mp4", library)
    with pytest.raises(Refusal, match="is a device and not a file"):
        take_in(Path("/dev/null"), library)
    assert not library.data.exists()


def test_a_file_that_may_not_be_read_is_refused(
    make_film: Make, library: FilmLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)  # root may read everything, so permissions alone do not test it
    with pytest.raises(Refusal, match="may not be read by this user"):
        take_in(make_film(), library)


def test_sound_without_pictures_is_refused(
    library: FilmLibrary, nothing_left: Callable[[], bool], tmp_path: Path
) -> None:
    for name in ("a.m4a", "a.wav", "a.mp3"):
        ffmpeg("-f", "lavfi", "-i", "sine=d=1", tmp_path / name)
        with pytest.raises(Refusal, match="has sound but no pictures"):
            take_in(tmp_path / name, library)
    assert nothing_left()


def test_an_unknown_coding_is_refused(make_film: Make, library: FilmLibrary) -> None:
    with pytest.raises(Refusal, match=r"coding that is not read here \(ffv1\); save it as H\.264 MP4"):
        take_in(make_film("odd.mkv", codec=("-c:v", "ffv1"), seconds=0.4), library)


def test_a_single_picture_is_refused(make_film: Make, library: FilmLibrary) -> None:
    with pytest.raises(Refusal, match="holds a single picture"):
        take_in(make_film("one.mp4", sound=None, seconds=0.04), library)


def test_a_name_that_is_a_protocol_is_a_file_name(make_film: Make, library: FilmLibrary, tmp_path: Path) -> None:
    source = tmp_path / "concat:a|b %d.mp4"
    source.write_bytes(make_film(seconds=0.4).read_bytes())
    assert take_in(source, library).frames == 10


def test_a_killed_intake_leaves_nothing_at_the_next_start(make_film: Make, library: FilmLibrary) -> None:
    source = make_film("long.mp4", picture="testsrc2=s=1280x720:r=25", seconds=8)
    code = (
        "import sys; from pathlib import Path; from vigwidgets.films import FilmLibrary, take_in\n"
        "take_in(Path(sys.argv[1]), FilmLibrary(Path(sys.argv[2])))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(source), str(library.data)])
    films = library.data / "films"
    until = time.monotonic() + 60
    while not list(films.glob(".staging-*/proxy.mp4")) and time.monotonic() < until:
        time.sleep(0.02)
    staging = next(films.glob(".staging-*"))
    with library.stage("meanwhile") as other:  # starting clears what is abandoned, and nothing else
        (other / "film.json").write_text("{}")
    assert staging.exists()
    process.kill()
    process.wait()
    assert library.data.exists()
    film = take_in(make_film(seconds=0.4), library)
    assert sorted(path.name for path in films.iterdir()) == sorted([film.id, "meanwhile"])
