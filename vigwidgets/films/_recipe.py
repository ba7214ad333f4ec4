"""The recipe: which ffmpeg arguments turn a probed film into its proxy, scrub sheet and sound samples.

One run makes all three, so that the film is decoded once. Pure: nothing is run here.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from vigwidgets.films._limits import DEMUX_OPTIONS, MOST_PIXELS
from vigwidgets.films._probe import Picture, Probe
from vigwidgets.films.derive import PROXY_AUDIO, PROXY_VIDEO
from vigwidgets.films.peaks import SAMPLE_RATE
from vigwidgets.films.stills import SheetPlan

__all__ = ["STATS", "arguments", "is_hdr", "is_wide", "proxy_size", "upright_size"]

STATS = "frames.txt"
"""Where ffmpeg writes the decoder's own timestamp of every frame, one ``pts timebase`` a line."""

_LONG, _SHORT = 1280, 720
_PQ, _HLG, _BT2020 = 16, 18, 9
_UNSPECIFIED = 2
_THREADS = "2"

# Names that the scale and zscale filters use for H.273 code points.
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "smpte170m", 7: "smpte240m", 9: "bt2020"}
_ZSCALE_TRANSFERS = {_PQ: "smpte2084", _HLG: "arib-std-b67"}


def upright_size(picture: Picture) -> tuple[int, int]:
    """Return how wide and high a film is when it stands upright and its pixels are square."""
    width, height = _square(picture)
    return max(1, round(width)), max(1, round(height))


def _square(picture: Picture) -> tuple[Fraction, Fraction]:
    width, height = picture.width * picture.sar, Fraction(picture.height)
    return (height, width) if picture.sideways else (width, height)


def proxy_size(picture: Picture) -> tuple[int, int]:
    """Return the proxy's size: upright, square pixels, even, within 1280 × 720 or 720 × 1280, never enlarged."""
    width, height = _square(picture)
    scale = min(Fraction(1), Fraction(_LONG, max(width, height)), Fraction(_SHORT, min(width, height)))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def is_hdr(picture: Picture) -> bool:
    """Whether the film's brightness is coded for an HDR screen (PQ or HLG)."""
    return picture.transfer in _ZSCALE_TRANSFERS


def is_wide(picture: Picture) -> bool:
    """Whether the film's brightness or colours go beyond an ordinary screen's."""
    return is_hdr(picture) or picture.primaries == _BT2020


def arguments(
    source: Path, staging: Path, probe: Probe, plan: SheetPlan, *, first: Fraction, with_zscale: bool
) -> list[str]:
    """Return ffmpeg's arguments, without the program itself.

    Args:
        source: The film.
        staging: Folder that receives proxy.mp4, scrub.jpg and the stats; mono 16-bit samples at 8 kHz go to
            standard output if the film has sound.
        probe: What the film is.
        plan: How the scrub sheet is laid out.
        first: When the first frame is displayed on ffmpeg's clock, in seconds; sound is moved by as much.
        with_zscale: Whether this ffmpeg has the zscale filter; without it HDR is only converted, not tone-mapped.
    """
    sound = probe.audio_stream is not None
    graph = [_video_graph(probe, with_zscale=with_zscale), _sheet_graph(plan)]
    outputs = [
        *("-map", "[proxy]", "-fps_mode", "passthrough", "-enc_time_base", "demux", *PROXY_VIDEO),
        *("-threads", _THREADS),
        *("-stats_enc_pre:v", f"{staging / STATS}", "-stats_enc_pre_fmt:v", "{ptsi} {tbi}"),
    ]
    if sound:
        graph.append(_sound_graph(probe, first))
        outputs += ["-map", "[sound]", *PROXY_AUDIO]
    # A telephone writes where it was into its films: no metadata goes into the proxy.
    outputs += ["-map_metadata", "-1", "-map_chapters", "-1", "-f", "mp4", f"file:{staging / 'proxy.mp4'}"]
    outputs += ["-map", "[sheet]", "-frames:v", "1", "-q:v", "6", "-f", "mjpeg", f"file:{staging / 'scrub.jpg'}"]
    if sound:
        outputs += ["-map", "[samples]", "-f", "s16le", "pipe:1"]
    return [*_input(source), "-filter_complex", ";".join(graph), *outputs]


def _input(source: Path) -> list[str]:
    options = [part for name, value in DEMUX_OPTIONS.items() for part in (f"-{name}", value)]
    return [
        *("-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-progress", "pipe:2", "-stats_period", "0.25"),
        *("-filter_complex_threads", _THREADS, "-threads", _THREADS, "-max_pixels", str(MOST_PIXELS)),
        *(*options, "-i", f"file:{source.absolute()}"),
    ]


def _video_graph(probe: Probe, *, with_zscale: bool) -> str:
    # ffmpeg itself turns and mirrors before the first filter, as the display matrix asks.
    picture = probe.picture
    width, height = proxy_size(picture)
    filters = [
        f"[0:{probe.video_stream}]setpts=PTS-STARTPTS",
        # Two frames at one time cannot both be displayed.
        r"select=isnan(prev_selected_pts)+gt(pts\,prev_selected_pts)",
    ]
    if picture.interlaced:
        filters.append("bwdif=mode=send_frame:deint=interlaced")
    filters += [*_colours(picture, f"{width}:{height}", with_zscale=with_zscale), "setsar=1", "format=yuv420p"]
    return ",".join(filters) + ",split[proxy][thumbs]"


def _colours(picture: Picture, size: str, *, with_zscale: bool) -> list[str]:
    matrix = _MATRICES.get(picture.matrix) or ("bt709" if min(picture.width, picture.height) >= 720 else "bt601")
    in_range = "pc" if picture.full_range else "tv"
    if matrix == "bt709" and in_range == "tv" and not is_wide(picture):
        # As it should be: naming the colours here would make ffmpeg convert them into themselves, a tenth of the run.
        return [f"scale={size}"]
    if not (is_wide(picture) and with_zscale):
        return [f"scale={size}:in_color_matrix={matrix}:in_range={in_range}:out_color_matrix=bt709:out_range=tv"]
    transfer = _ZSCALE_TRANSFERS.get(picture.transfer, "bt709")
    read = (
        f"matrixin=2020_ncl:primariesin=2020:transferin={transfer}:rangein={'full' if in_range == 'pc' else 'limited'}"
    )
    to_linear = [f"zscale={read}:transfer=linear:npl=203", "format=gbrpf32le", "zscale=primaries=709"]
    tone = ["tonemap=tonemap=mobius:desat=0"] if is_hdr(picture) else []
    small = [f"scale={size}:flags=bicubic", "format=yuv420p10le"]
    return [*small, *to_linear, *tone, "zscale=transfer=709:matrix=709:range=limited"]


def _sheet_graph(plan: SheetPlan) -> str:
    # A JPEG is always BT.601.
    colours = "in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc"
    return (
        rf"[thumbs]select=not(mod(n\,{plan.step})),scale={plan.width}:{plan.height}:flags=area:{colours},"
        f"format=yuvj420p,tile={plan.columns}x{plan.rows}[sheet]"
    )


def _sound_graph(probe: Probe, first: Fraction) -> str:
    duration = f"{float(probe.duration):.6f}"
    return (
        f"[0:{probe.audio_stream}]asetpts=PTS-({float(first):.9f}/TB),aresample=48000:async=1:first_pts=0,"
        f"aformat=channel_layouts=stereo|mono,apad=whole_dur={duration},atrim=end={duration},asplit[sound][heard];"
        f"[heard]aresample={SAMPLE_RATE},aformat=sample_fmts=s16:channel_layouts=mono[samples]"
    )
