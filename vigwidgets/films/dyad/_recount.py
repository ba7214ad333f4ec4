"""A second look at a film's truth, by other means: every frame is asked who does what, and beats are counted anew.

It shares nothing with the rules that a script is checked by (`_evidence`, `_watch`, `_measures`): where those reason
over intervals and over the acts that a beat names, this samples all acts frame by frame and reads the words that are
heard. A film is right when both agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vigwidgets.films.dyad._model import FRAME, Script, ScriptBeat

__all__ = ["Recount", "recount"]

Mask = NDArray[np.bool_]
_VOICE = ("say", "coo", "babble", "fuss", "cry", "laugh")
_HANDS = (
    "reach", "point", "touch", "stroke", "take", "offer", "put", "shake", "knock", "clap", "hide", "open_arms", "wave",
)  # fmt: skip
_GLAD = ("smile", "laugh")
_PLAIN = {
    "blank": 0.5,
    "smile": 0.3,
    "frown": 0.3,
    "tears": 0.3,
    "tilt": 0.3,
    "surprise": 0.4,
    "lean": 0.5,
    "turn_away": 0.5,
}
_TO_OTHERS = ("look_at", "smile", "laugh", "surprise", "nod", "tilt", "lean")
_NO_GLADNESS = ("frown", "fuss", "cry", "tears", "blank", "surprise", "yawn", "coo", "hide")
_NO_SURPRISE = ("smile", "laugh", "frown", "fuss", "cry", "tears", "blank", "yawn", "hide")


class Recount:
    """A film's acts, frame by frame.

    Args:
        script: A script that has been checked.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.frames = script.duration // FRAME

    def on(self, actor: str, *kinds: str, to: set[str] | None = None) -> Mask:
        """Return in which frames ``actor`` does one of ``kinds``, towards one of ``to`` if it is given."""
        mask = np.zeros(self.frames, bool)
        for act in self.script.acts:
            if act.actor == actor and act.does in kinds and (to is None or act.target in to):
                mask[act.start // FRAME : act.end // FRAME] = True
        return mask

    def shown(self, actor: str, *kinds: str) -> Mask:
        """Return in which frames one of ``kinds`` by ``actor`` can be seen by the one it goes to.

        What is too weak to be seen is not counted, nor a face that is turned away, or covered by hands, or that shows
        something else.
        """
        mask = np.zeros(self.frames, bool)
        for kind in kinds:
            plain = np.zeros(self.frames, bool)
            for act in self.script.acts:
                if act.actor == actor and act.does == kind and act.amount >= _PLAIN.get(kind, 0.0):
                    plain[act.start // FRAME : act.end // FRAME] = True
            if kind in _TO_OTHERS:
                plain &= ~self.on(actor, "turn_away")
            if kind in _GLAD:
                plain &= ~self.on(actor, *_NO_GLADNESS)
            if kind == "surprise":
                plain &= ~self.on(actor, *_NO_SURPRISE)
            if kind == "look_at":
                plain &= ~self.blind(actor)
            mask |= plain
        return mask

    def begins(self, actor: str, *kinds: str) -> list[int]:
        """Return the frames in which ``actor`` begins one of ``kinds``."""
        return sorted(act.start // FRAME for act in self.script.acts if act.actor == actor and act.does in kinds)

    def watching(self, watcher: str, other: str) -> Mask:
        """Return in which frames ``watcher`` looks at ``other``, or at what ``other``'s hands are at."""
        seen = self.on(watcher, "look_at", to={other})
        for act in self.script.acts:
            if act.actor != other or act.does not in _HANDS:
                continue
            busy = {one for one in (act.thing, act.target) if one and one != watcher}
            there = self.on(watcher, "look_at", to=busy)
            part = slice(act.start // FRAME, act.end // FRAME)
            seen[part] |= there[part]
        # A head that is turned away takes its eyes along, and hands before them cover them.
        return seen & ~self.on(watcher, "turn_away") & ~self.blind(watcher)

    def blind(self, actor: str) -> Mask:
        """Return in which frames ``actor``'s eyes are covered, or shut for longer than a blink."""
        mask = self.on(actor, "hide", "yawn")
        for act in self.script.acts:
            if act.actor == actor and act.does == "blink" and act.end - act.start > 500_000:
                mask[act.start // FRAME : act.end // FRAME] = True
        return mask

    def words(self, actor: str, first: int, last: int) -> list[str]:
        """Return what ``actor`` utters in words or sounds that are heard in [first, last)."""
        return [
            act.text.lower()
            for act in self.script.acts
            if act.actor == actor and act.text and act.start // FRAME < last and act.end // FRAME > first
        ]


def _share(mask: Mask, beat: ScriptBeat) -> float:
    part = mask[beat.start // FRAME : beat.end // FRAME]
    return float(part.mean()) if len(part) else 0.0


def _some(*kinds: str) -> Callable[[Recount, ScriptBeat], bool]:
    return lambda film, beat: _share(film.shown(beat.actor, *kinds), beat) > 0


def _heard(film: Recount, beat: ScriptBeat) -> bool:
    return _share(film.on(beat.actor, *_VOICE), beat) > 0


def _eyes(film: Recount, beat: ScriptBeat, least: float) -> bool:
    return _share(film.watching(beat.actor, beat.target), beat) >= least - 1e-6


def _silent(film: Recount, beat: ScriptBeat) -> bool:
    return _share(film.on(beat.actor, *_VOICE), beat) == 0


def _closed(film: Recount, beat: ScriptBeat) -> bool:
    """A blank or cross face stands there for more than a third of the beat."""
    return _share(film.shown(beat.actor, "blank", "frown"), beat) > 0.34


def _said(film: Recount, beat: ScriptBeat) -> list[str]:
    return film.words(beat.actor, beat.start // FRAME, beat.end // FRAME)


def _gives_back(film: Recount, beat: ScriptBeat) -> bool:
    """Something in the actor's words was in the other's mouth in the eight seconds before."""
    first, last = beat.start // FRAME, beat.end // FRAME
    theirs = " ".join(film.words(beat.target, max(0, first - 200), last))
    tokens = set(re.findall(r"[^\W\d_]{2,}", theirs))
    mine = set(re.findall(r"[^\W\d_]{2,}", " ".join(film.words(beat.actor, first, last))))
    return bool(tokens & mine) or any(a[:3] == b[:3] for a in tokens for b in mine)


def _turns(film: Recount, beat: ScriptBeat) -> list[str]:
    """Return whose turn it is, turn after turn: who begins to speak or to use the hands in the beat."""
    first, last = beat.start // FRAME, beat.end // FRAME
    events = sorted(
        (frame, who)
        for who in (beat.actor, beat.target)
        for frame in film.begins(who, *_VOICE, "shake", "offer", "put", "knock", "clap")
        if first <= frame < last
    )
    return [who for i, (_, who) in enumerate(events) if i == 0 or events[i - 1][1] != who]


def _together(film: Recount, beat: ScriptBeat) -> bool:
    return _share(film.shown(beat.actor, *_GLAD) & film.shown(beat.target, *_GLAD), beat) > 0


def _both_speak(film: Recount, beat: ScriptBeat) -> bool:
    return all(_share(film.on(who, "say"), beat) > 0 for who in (beat.actor, beat.target))


def _toned(film: Recount, beat: ScriptBeat, *tones: str) -> bool:
    return any(
        act.actor == beat.actor and act.does == "say" and act.tone in tones and act.overlaps(beat.start, beat.end)
        for act in film.script.acts
    )


def _asked(film: Recount, beat: ScriptBeat) -> bool:
    return any(words.rstrip().endswith("?") for words in _said(film, beat))


def _same_thing(film: Recount, beat: ScriptBeat) -> bool:
    hands: dict[str, set[str]] = {beat.actor: set(), beat.target: set()}
    for act in film.script.acts:
        if act.actor in hands and act.does in _HANDS and act.overlaps(beat.start, beat.end):
            hands[act.actor] |= {one for one in (act.thing, act.target) if one}
    return bool(hands[beat.actor] & hands[beat.target])


def _hands_off(film: Recount, beat: ScriptBeat) -> bool:
    return _share(film.on(beat.actor, "take", "offer", "touch", "stroke", "put", "reach"), beat) == 0


_RECEIVES = ("look_at", "nod", "smile", "say", "surprise", "lean", "laugh", "open_arms", "stroke", "clap")
CLAIMS: dict[str, Callable[[Recount, ScriptBeat], bool]] = {
    "initiative.look": _some("look_at"),
    "initiative.voice": _heard,
    "initiative.reach": _some("reach", "point", "offer"),
    "initiative.smile": _some(*_GLAD),
    "initiative.move": _some("lean", "bounce", "kick", "clap", "wave", "shake", "open_arms", "knock"),
    "initiative.pause": _some("look_away", "turn_away"),
    "1.1": lambda film, beat: (
        _eyes(film, beat, 0.6) and _some("smile", "lean", "nod", "tilt", "surprise")(film, beat)
    ),
    "1.2": lambda film, beat: _eyes(film, beat, 0.6) and _silent(film, beat) and _hands_off(film, beat)
    and not _closed(film, beat),
    "1.3": _some("lean", "look_at"),
    "1.4": lambda film, beat: _toned(film, beat, "wondering") and _eyes(film, beat, 0.5),
    "1.5": lambda film, beat: _eyes(film, beat, 0.6) and _some(*_GLAD)(film, beat),
    "2.1": lambda film, beat: _silent(film, beat) and _eyes(film, beat, 0.8) and not _closed(film, beat),
    "2.2": lambda film, beat: (
        _eyes(film, beat, 0.6)
        and _share(film.on(beat.target, *_VOICE), beat) > 0
        and _some("nod", "tilt", "smile", "lean")(film, beat)
    ),
    "2.3": lambda film, beat: _toned(film, beat, "warm"),
    "2.4": lambda film, beat: _toned(film, beat, "playful"),
    "2.5": _some("say"),
    "2.6": _some("say"),
    "2.7": lambda film, beat: (
        _eyes(film, beat, 0.6) and _some("lean", "tilt", "surprise", "wait")(film, beat)
    ),
    "3.1": _some(*_RECEIVES),
    "3.2": _some("lean", "reach", "open_arms", "nod", "touch", "stroke", "take", "bounce", "clap"),
    "3.3": lambda film, beat: _some(*_GLAD)(film, beat) or _toned(film, beat, "playful"),
    "3.4": _some("smile", "nod", "look_at"),
    "3.5": _some("say"),
    "3.6": _gives_back,
    "4.1": lambda film, beat: _some(*_RECEIVES)(film, beat) and (_heard(film, beat) or _some(*_HANDS)(film, beat)),
    "4.2": _asked,
    "4.3": lambda film, beat: _silent(film, beat) and _eyes(film, beat, 0.8),
    "4.4": _together,
    "4.5": lambda film, beat: len(_turns(film, beat)) >= 3,
    "4.6": lambda film, beat: len(_turns(film, beat)) >= 4,
    "4.7": lambda film, beat: len(_turns(film, beat)) >= 4,
    "4.8": _same_thing,
    "5.1": _some("offer", "put", "point", "touch", "stroke", "take"),
    "5.2": lambda film, beat: _toned(film, beat, "limit") and _some("smile", "nod", "offer")(film, beat),
    "5.3": _some("say", "put", "shake", "offer", "clap", "point"),
    "5.4": _some(*_HANDS),
    "5.5": _some("say"),
    "5.6": _some("offer", "put", "take", "touch", "stroke"),
    "5.7": lambda film, beat: any(" or " in words for words in _said(film, beat)),
    "5.8": _some("say", "point", "offer"),
    **{f"6.{n}": _both_speak for n in range(1, 9)},
    "turn.information": lambda film, beat: any(not words.rstrip().endswith("?") for words in _said(film, beat)),
    "turn.space": _silent,
    "turn.activate": lambda film, beat: _asked(film, beat) or _some("point")(film, beat),
    "step.1": lambda film, beat: any("because" in words for words in _said(film, beat)),
    "step.2": lambda film, beat: _asked(film, beat) or "i see" in " ".join(_said(film, beat)),
    "step.3": lambda film, beat: _silent(film, beat) and beat.end - beat.start >= 1_000_000,
    "step.4": lambda film, beat: bool(_said(film, beat)) and _gives_back(film, beat),
    "step.5": _asked,
    "step.6": lambda film, beat: len(_turns(film, beat)) >= 4,
    "step.7": _both_speak,
}  # fmt: skip
"""What each code claims, counted in frames. Lanes and evidence for a scale claim what their acts do."""


def recount(script: Script) -> list[str]:
    """Return what the frames do not bear out, a sentence each; empty: the truth holds."""
    film = Recount(script)
    wrong = []
    beats = {beat.id: beat for beat in script.beats}
    for beat in script.beats:
        wrong += [
            f"{beat.id}: no frame bears out {code!r}"
            for code in beat.codes
            if code in CLAIMS and not CLAIMS[code](film, beat)
        ]
        if beat.answers:
            wait = (beat.start - beats[beat.answers].start) / 1e6
            late = beat.start - beats[beat.answers].end
            if wait < 0 or late > 3_000_000:
                wrong.append(f"{beat.id}: begins {wait:g} s after what it answers began")
        if beat.not_for_parent and any(code.startswith("initiative") for code in beat.codes):
            seen = _share(film.watching(beat.target, beat.actor), beat)
            if seen > 0.34:
                wrong.append(f"{beat.id}: said to go unseen, and {beat.target} looks there in {seen:.0%} of the frames")
        wrong += _edges(film, beat)
    return wrong


def _edges(film: Recount, beat: ScriptBeat) -> list[str]:
    """Something of the two begins or ends where a beat does, as near as its edge says."""
    changes = {
        moment for act in film.script.acts if act.actor in (beat.actor, beat.target) for moment in (act.start, act.end)
    } | {0, film.script.duration}
    return [
        f"{beat.id}: nothing begins or ends within {beat.edge / 1e6:g} s of {moment / 1e6:g} s"
        for moment in (beat.start, beat.end)
        if min(abs(moment - change) for change in changes) > beat.edge
    ]
