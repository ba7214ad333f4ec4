"""What is said and heard, as WebVTT."""

from __future__ import annotations

from vigwidgets.films.dyad._model import Act, Script

__all__ = ["captions", "plain", "timestamp"]

_HEARD = {
    "en": {
        "laugh": "{name} laughs",
        "fuss": "{name} fusses",
        "cry": "{name} cries",
        "shake": "rattling",
        "clap": "{name} claps",
        "knock": "something tumbles",
        "coo": "coos",
        "babble": "babbles",
    },
    "de": {
        "laugh": "{name} lacht",
        "fuss": "{name} quengelt",
        "cry": "{name} weint",
        "shake": "es rasselt",
        "clap": "{name} klatscht",
        "knock": "etwas poltert",
        "coo": "gurrt",
        "babble": "plappert",
    },
    "fr": {
        "laugh": "{name} rit",
        "fuss": "{name} s’agite",
        "cry": "{name} pleure",
        "shake": "bruit de hochet",
        "clap": "{name} tape des mains",
        "knock": "quelque chose tombe",
        "coo": "gazouille",
        "babble": "babille",
    },
}


def captions(script: Script, language: str | None = None) -> str:
    """Return a film's captions as WebVTT: words with their speaker, other sounds in brackets.

    Args:
        script: A script that has been checked.
        language: One of its translations; its own language when left out.
    """
    names = {person.id: person.name for person in script.cast}
    words = script.translations.get(language or "", {})
    heard = _HEARD.get((language or script.language).split("-")[0], _HEARD["en"])
    cues = []
    for act in sorted(script.acts, key=lambda act: (act.start, act.id)):
        said = act.model_copy(update={"text": words[act.id]}) if act.id in words else act
        text = _text(said, names[act.actor], heard)
        if text:
            cues.append(f"{timestamp(act.start)} --> {timestamp(act.end)}\n{text}\n")
    return "\n".join(["WEBVTT\n", *cues])


def _text(act: Act, name: str, heard: dict[str, str]) -> str | None:
    if act.does == "say":
        return f"<v {plain(name)}>{plain(act.text or '')}</v>"
    if act.does in ("coo", "babble"):
        return f"<v {plain(name)}>({heard[act.does]}) {plain(act.text or '')}</v>"
    if act.does in heard:
        return f"[{heard[act.does].format(name=plain(name))}]"
    return None


def plain(text: str) -> str:
    """Return ``text`` on one line, with nothing in it that WebVTT would read as markup."""
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def timestamp(moment: int) -> str:
    """Return a moment in microseconds as WebVTT writes it."""
    milliseconds = moment // 1000
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
