"""What is said, in further languages: ``words/<language>.yaml`` beside the scripts, by film and act."""

from __future__ import annotations

import re
from pathlib import Path

from vigwidgets.films.dyad._model import Script
from vigwidgets.yamls import Lines, read_file

__all__ = ["with_translations"]

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOST = 400


def with_translations(script: Script, folder: Path | None) -> Script:
    """Return a script with the captions of every language that there are words for.

    Args:
        script: The script as its file has it.
        folder: Where it lies.

    Raises:
        Refusal: A file of words is wrong, names an act that says nothing, or leaves a sentence out.
    """
    if folder is None:
        return script
    found = {}
    for path in sorted((folder / "words").glob("*.yaml")):
        if path.stem == script.language or not _LANGUAGE.fullmatch(path.stem):
            continue
        data, lines = read_file(path)
        words = data.get(script.id) if isinstance(data, dict) else None
        if words is not None:
            _check(script, words, lines)
            found[path.stem] = words
    return script.model_copy(update={"translations": found}) if found else script


def _check(script: Script, words: object, lines: Lines) -> None:
    here = (script.id,)
    if not isinstance(words, dict):
        raise lines.refusal(here, f"the words of {script.id!r} are not acts with texts; write `act: text`.")
    said = {act.id: act for act in script.acts if act.text}
    for name, text in words.items():
        if name not in said:
            raise lines.refusal((*here, name), f"{script.id!r} has no act {name!r} that says something; take it out.")
        if not isinstance(text, str) or not 0 < len(text) <= _MOST:
            raise lines.refusal((*here, name), f"{name!r} is not a text of 1 to {_MOST} characters; put it in quotes.")
    missing = [act.id for act in said.values() if act.does == "say" and act.id not in words]
    if missing:
        raise lines.refusal(here, f"{script.id!r} lacks {', '.join(missing[:5])}; translate every sentence.")
