"""What is said and heard, as WebVTT."""

from __future__ import annotations

from vigwidgets.films.dyad._model import Act, Script

__all__ = ["captions", "plain", "timestamp"]

_HEARD = {
    "laugh": "{name} laughs",
    "fuss": "{name} fusses",
    "cry": "{name} cries",
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
            cues.append(f"{timestamp(act.start)} --> {timestamp(act.end)}\n{text}\n")
    return "\n".join(["WEBVTT\n", *cues])


def _text(act: Act, name: str) -> str | None:
    if act.does == "say":
        return f"<v {plain(name)}>{plain(act.text or '')}</v>"
    if act.does in ("coo", "babble"):
        return f"<v {plain(name)}>({act.does}s) {plain(act.text or '')}</v>"
    if act.does in _HEARD:
        return f"[{_HEARD[act.does].format(name=plain(name))}]"
    return None


def plain(text: str) -> str:
    """Return ``text`` on one line, with nothing in it that WebVTT would read as markup."""
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def timestamp(moment: int) -> str:
    """Return a moment in microseconds as WebVTT writes it."""
    milliseconds = moment // 1000
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
