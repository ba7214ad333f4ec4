"""The film's sound: every act that is heard, at its time and place, in one quiet room."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from vigwidgets.films.dyad import _voices as voices
from vigwidgets.films.dyad._ease import LAUGHED
from vigwidgets.films.dyad._layouts import layout_of
from vigwidgets.films.dyad._model import Act, Script
from vigwidgets.films.dyad._things import knock_time, release_time
from vigwidgets.films.dyad._voices import RATE, Voice, voice_of

__all__ = ["soundtrack"]

Sound = NDArray[np.float64]

_PEAK = 0.55


def soundtrack(script: Script) -> Sound:
    """Return the sound of a film: samples × 2 (left, right), 48,000 a second, within ±1."""
    n = round(script.duration / 1e6 * RATE)
    track: Sound = np.zeros((n + RATE, 2))
    seats = layout_of(script).seats
    cast = {
        person.id: (voice_of(person), min(max(0.5 + 0.12 * (seats[person.id].hip[0] - 611) / 293, 0.3), 0.7))
        for person in script.cast
    }
    for act in script.acts:
        voice, right = cast[act.actor]
        for start, sound, loud in _heard(act, voice, script.seed):
            a = round(start * RATE)
            piece = sound[: max(len(track) - a, 0)] * loud
            track[a : a + len(piece), 0] += piece * (1 - right)
            track[a : a + len(piece), 1] += piece * right
    for delay, share in ((0.023, 0.16), (0.041, 0.11), (0.067, 0.07)):
        shift = round(delay * RATE)
        track[shift:] += track[:-shift, ::-1] * share
    peak = float(np.max(np.abs(track))) or 1.0
    air = np.random.default_rng(script.seed).standard_normal(len(track))
    hush = np.convolve(air, np.hanning(240) / 120, mode="same") * 0.005
    return np.clip(track[:n] * (_PEAK / max(peak, 0.2)) + hush[:n, None], -1, 1)


def _heard(act: Act, voice: Voice, seed: int) -> list[tuple[float, Sound, float]]:
    start = act.start / 1e6
    number = zlib.crc32(act.id.encode()) ^ seed
    heard: list[tuple[float, Sound, float]] = []
    match act.does:
        case "say":
            heard = [(start, voices.speak(voice, act.text or "", act.seconds, act.tone or "plain", seed), 0.5)]
        case "coo" | "babble":
            tone = "warm" if act.does == "coo" else "playful"
            heard = [(start, voices.speak(voice, act.text or "", act.seconds, tone, seed), 0.36)]
        case "laugh":
            heard = [(start, voices.laugh(voice, max(act.seconds - LAUGHED, 0.4), number), 0.34)]
        case "fuss":
            heard = [(start, voices.wail(voice, act.seconds, number), 0.26)]
        case "cry":
            heard = [(start, voices.cry(voice, act.seconds, number), 0.28)]
        case "yawn":
            heard = [(start + 0.2, voices.sigh(voice, act.seconds - 0.3, number), 0.16)]
        case "shake":
            heard = [(start, voices.rattle(act.seconds, number), 0.5)]
        case "put":
            heard = [(release_time(act), voices.clack(2.0 if act.on else 1.0, number), 0.45)]
        case "knock":
            hit = knock_time(act)
            heard = [(hit + 0.16 * i, voices.clack(1.5 - 0.2 * i, number + i), 0.5 - 0.08 * i) for i in range(4)]
        case "clap":
            heard = [(start + 0.2 + i / 2.2, voices.clap(number + i), 0.3) for i in range(int(act.seconds * 2.2))]
    return heard
