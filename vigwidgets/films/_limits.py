"""What intake opens at all: kinds of files, kinds of pictures and sound, and how much of them.

A film comes from anybody's telephone. Only containers that carry their own pictures are opened: a playlist may name
other files or other machines. Only decoders that cameras need are let in, for every decoder is a door.
"""

from __future__ import annotations

__all__ = [
    "AUDIO",
    "AUDIO_FILES",
    "CONTAINERS",
    "DEMUX_OPTIONS",
    "LONGEST",
    "MOST_FRAMES",
    "MOST_PIXELS",
    "MOST_STREAMS",
    "VIDEO",
]

LONGEST = 4 * 3600
"""Seconds that a film may last."""

MOST_FRAMES = 1_000_000
MOST_PIXELS = 8192 * 4320
MOST_STREAMS = 32

CONTAINERS = {
    "mov": "MP4 or MOV",
    "matroska": "MKV or WebM",
    "avi": "AVI",
    "mpegts": "MPEG-TS",
    "mpeg": "MPEG",
    "asf": "WMV",
    "ogg": "Ogg",
    "flv": "FLV",
    "dv": "DV",
}
"""Demuxers of films, and what people call their files."""

AUDIO_FILES = ("mp3", "wav", "flac", "aac", "aiff", "amr", "caf", "ac3")
"""Demuxers that are tried only to say that a file is sound without pictures."""

VIDEO = {
    "h264": "H.264",
    "hevc": "HEVC",
    "vp8": "VP8",
    "vp9": "VP9",
    "av1": "AV1",
    "mpeg4": "MPEG-4 Part 2",
    "mpeg2video": "MPEG-2",
    "mpeg1video": "MPEG-1",
    "h263": "H.263",
    "mjpeg": "Motion JPEG",
    "prores": "ProRes",
    "dvvideo": "DV",
    "theora": "Theora",
    "msmpeg4v2": "MS MPEG-4",
    "msmpeg4v3": "MS MPEG-4",
    "wmv1": "WMV 7",
    "wmv2": "WMV 8",
    "wmv3": "WMV 9",
    "vc1": "VC-1",
    "flv1": "Sorenson H.263",
}
"""Kinds of pictures that are taken in, and what people call them."""

AUDIO = {
    "aac": "AAC",
    "mp3": "MP3",
    "mp2": "MP2",
    "ac3": "AC-3",
    "eac3": "E-AC-3",
    "opus": "Opus",
    "vorbis": "Vorbis",
    "flac": "FLAC",
    "alac": "ALAC",
    "amr_nb": "AMR",
    "amr_wb": "AMR-WB",
    "wmav1": "WMA",
    "wmav2": "WMA",
    "adpcm_ima_wav": "ADPCM",
    "adpcm_ms": "ADPCM",
    "pcm_s16le": "PCM",
    "pcm_s16be": "PCM",
    "pcm_s24le": "PCM",
    "pcm_s24be": "PCM",
    "pcm_s32le": "PCM",
    "pcm_f32le": "PCM",
    "pcm_u8": "PCM",
    "pcm_mulaw": "PCM µ-law",
    "pcm_alaw": "PCM A-law",
}
"""Kinds of sound that are taken in, and what people call them."""

# Decoders that are not called as their codec is.
_DECODERS = ("libdav1d", "libaom-av1", "mp3float", "mp2float", "libopus", "libvorbis", "amrnb", "amrwb", "ac3_fixed")

DEMUX_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": ",".join(CONTAINERS),
    "codec_whitelist": ",".join((*VIDEO, *AUDIO, *_DECODERS)),
    "max_streams": str(MOST_STREAMS),
}
"""libavformat's options, for PyAV and the ffmpeg program alike."""
