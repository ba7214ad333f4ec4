"""What is said and heard, as WebVTT."""

from __future__ import annotations

from vigwidgets.films.dyad._model import Act, Script

__all__ = ["captions"]

_HEARD = {
    "laugh": "{name} laughs",
    "fuss": "{name} fusses",
    "shake": "rattle",
    "clap": "{name} claps",
    "knock": "blocks tumble",
}


def captions(script: Script) -> str:
    """Return a film's captions as WebVTT: words with their speaker, other sounds in brackets."""
    names = {person.id: person.name for person in script.cast}
    cues = []
    for act in sorted(script.acts, key=lambda act: (act.start, act.id)):
        text = _text(act, names[act.actor])
        if text:
            cues.append(f"{_time(act.start)} --> {_time(act.end)}\n{text}\n")
    return "\n".join(["WEBVTT\n", *cues])


def _text(act: Act, name: str) -> str | None:
    if act.does == "say":
        return f"<v {_plain(name)}>{_plain(act.text or '')}</v>"
    if act.does in ("coo", "babble"):
        return f"<v {_plain(name)}>({act.does}s) {_plain(act.text or '')}</v>"
    if act.does in _HEARD:
        return f"[{_HEARD[act.does].format(name=_plain(name))}]"
    return None


def _plain(text: str) -> str:
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def _time(moment: int) -> str:
    milliseconds = moment // 1000
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
