"""From a YAML file to a script that has been checked; every error names the file and the line."""

from __future__ import annotations

from bisect import bisect_right
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._beats import beat_end, beat_start
from vigwidgets.films.dyad._check import check_script
from vigwidgets.films.dyad._kinds import ACTS, GAZE
from vigwidgets.films.dyad._model import (
    FRAME,
    Act,
    ActLine,
    Clip,
    Described,
    Script,
    ScriptBeat,
    ScriptFile,
    ScriptOpen,
    Shot,
)
from vigwidgets.films.dyad._phrases import play
from vigwidgets.films.dyad._sentences import TYPOGRAPHIC, refusal
from vigwidgets.films.dyad._translations import with_translations
from vigwidgets.films.dyad._when import Clock, Unclear, to_frame
from vigwidgets.resources import resource_path
from vigwidgets.yamls import Lines, read_file, read_yaml

__all__ = ["load_script", "parse_script"]


def load_script(path: Path) -> Script:
    """Read and check a film script.

    Args:
        path: A YAML file.

    Returns:
        The script with every time worked out, in microseconds on frame edges.

    Raises:
        Refusal: The file cannot be read, or something in it is not allowed; the sentence names the line.
    """
    return _checked(*read_file(path), path.parent)


def parse_script(text: str | bytes, source: str = "the script", folder: Path | None = None) -> Script:
    """Read and check a film script from text, as :func:`load_script` does.

    Args:
        text: The script.
        source: What messages call it.
        folder: Where it lies, whose ``phrases`` it may play; the course's alone when left out.

    Raises:
        Refusal: Something in it is not allowed; the sentence names the line.
    """
    return _checked(*read_yaml(text, source), folder)


def _checked(data: Any, lines: Lines, folder: Path | None = None) -> Script:
    if not isinstance(data, dict):
        raise Refusal(f"{lines.source} does not hold a film script; begin with `id:`, `title:`, `cast:` and `acts:`.")
    played = play(data, lines, folder)
    try:
        written = ScriptFile.model_validate(played.data)
    except ValidationError as error:
        raise refusal(error, played.lines, played.data, _model_at) from None
    _check_quotes(written, played.lines)
    script = _work_out(written, played.lines, played.groups)
    if written.screen is not None:
        script = script.model_copy(update={"clip": _clip(written, played.lines, folder)})
    check_script(script)
    return with_translations(script, folder)


def _clip(written: ScriptFile, lines: Lines, folder: Path | None) -> Clip:
    """Return the moment that the screen shows, from a script beside this one or from the course's."""
    line = written.screen
    assert line is not None  # noqa: S101
    if written.scene != "review":
        raise lines.refusal(("screen",), f"only the scene 'review' has a screen, and this is {written.scene!r}.")
    places = [*([folder] if folder else []), resource_path("course/films")]
    path = next((one for place in places if (one := place / f"{line.film}.yaml").is_file()), None)
    if path is None or line.film == written.id:
        known = ", ".join(sorted(one.stem for one in places[-1].glob("*.yaml") if one.stem != written.id))
        raise lines.refusal(("screen", "film"), f"there is no film {line.film!r} to show; the course has {known}.")
    shown, where = read_file(path)
    if not isinstance(shown, dict) or "screen" in shown:
        raise lines.refusal(
            ("screen", "film"), f"{line.film!r} is a review itself; choose a film of a parent and a child."
        )
    script = _checked(shown, where, path.parent)
    at = to_frame(line.at)
    if at >= script.duration:
        most = script.duration / 1e6
        raise lines.refusal(("screen", "at"), f"{line.film!r} lasts {most:g} s; choose a moment inside.")
    return Clip(script=script, at=at)


def _check_quotes(written: ScriptFile, lines: Lines) -> None:
    """Refuse words that begin with a typographic quote: somebody meant it for YAML's, and it would be seen."""
    told = [(("acts", i, "text"), act.text) for i, act in enumerate(written.acts)]
    told += [(("beats", i, "says"), beat.says) for i, beat in enumerate(written.beats)]
    told += [(("described", i, "text"), one.text) for i, one in enumerate(written.described)]
    told += [(("open", i, "why"), one.why) for i, one in enumerate(written.open)]
    for place, text in told:
        if text and text[0] in TYPOGRAPHIC:
            raise lines.refusal(
                place, f'{text[:60]!r} begins with a typographic quote, which would be shown; write straight ones, ".'
            )


def _model_at(place: tuple[Any, ...]) -> dict[str, Any]:
    model: Any = ScriptFile
    for part in place[:-1]:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        inner = getattr(annotation, "__args__", (annotation,))[0]
        model = inner if hasattr(inner, "model_fields") else model
    fields: dict[str, Any] = model.model_fields
    return fields


def _named(
    written: ScriptFile, lines: Lines, groups: dict[str, list[str]]
) -> tuple[dict[str, ActLine], dict[str, int | str]]:
    """Return the acts by name, and where everything that a refusal may speak of stands in the file."""
    named: dict[str, ActLine] = {}
    where: dict[str, int | str] = {}
    for i, line in enumerate(written.acts):
        act_id = line.id or f"act-{i + 1}"
        if act_id in named or act_id in groups:
            raise lines.refusal(("acts", i), f"two acts are called {act_id!r}; give each its own id.")
        named[act_id] = line
        where[f"act:{act_id}"] = _told(lines, ("acts", i))
    for i in range(len(written.ratings)):
        where[f"rating:{i}"] = _told(lines, ("ratings", i))
    for i, thing in enumerate(written.things):
        where[f"thing:{thing.id}"] = _told(lines, ("things", i))
    for i, person in enumerate(written.cast):
        where[f"cast:{person.id}"] = _told(lines, ("cast", i))
    for name in ("cast", "scheme", "duration", "scene", "second_view", "also", "ratings", "described", "poster"):
        where[name] = _told(lines, (name,))
    return named, where


def _work_out(written: ScriptFile, lines: Lines, groups: dict[str, list[str]]) -> Script:
    named, where = _named(written, lines, groups)
    clock = Clock(named, groups)
    acts = _acts(clock, named, to_frame(written.duration), lines)
    known = {act.id: act for act in acts}
    unending = {name for name, line in named.items() if line.duration is None}
    beats = [_beat(clock, written, i, known, unending, lines, where) for i in range(len(written.beats))]
    poster = None
    if written.poster is not None:
        try:
            poster = clock.moment(written.poster)
        except Unclear as error:
            raise lines.refusal(("poster",), f"the poster's moment is unclear: {error}") from None
    shots = [_shot(clock, written, i, lines, where) for i in range(len(written.shots))]
    opens = [_open(clock, written, i, lines, where) for i in range(len(written.open))]
    return Script(
        id=written.id,
        title=written.title,
        scheme=written.scheme,
        question=written.question,
        language=written.language,
        duration=to_frame(written.duration),
        seed=written.seed,
        poster=poster,
        scene=written.scene,
        shots=shots,
        second_view=written.second_view,
        cast=written.cast,
        things=written.things,
        acts=acts,
        beats=beats,
        open=opens,
        also=written.also,
        ratings=written.ratings,
        described=[_described(clock, written, i, lines, where) for i in range(len(written.described))],
        source=lines.source,
        lines=where,
    )


def _told(lines: Lines, place: tuple[str | int, ...]) -> int | str:
    line = lines.told(place)
    return int(line) if line.isdigit() else line


def _acts(clock: Clock, named: dict[str, ActLine], film: int, lines: Lines) -> list[Act]:
    spans: dict[str, tuple[int, int | None]] = {}
    looks: dict[str, list[int]] = {}
    for i, (act_id, line) in enumerate(named.items()):
        gaze = line.does in ACTS and ACTS[line.does].part == GAZE
        if line.duration is None and line.does in ACTS and not gaze:
            raise lines.refusal(("acts", i), f"{act_id!r} has no duration; only eyes may be without one: add it.")
        try:
            spans[act_id] = clock.act(act_id)
        except Unclear as error:
            raise lines.refusal(("acts", i, "start"), f"the start of {act_id!r} is unclear: {error}") from None
        if gaze:
            looks.setdefault(line.actor, []).append(spans[act_id][0])
    for starts in looks.values():
        starts.sort()
    acts = []
    for act_id, line in named.items():
        start, end = spans[act_id]
        if end is None:  # eyes stay where they are until they go elsewhere
            starts = looks.get(line.actor, [])
            after = bisect_right(starts, start)
            end = starts[after] if after < len(starts) else film
        told = line.model_dump(exclude={"id", "start", "duration", "amount"})
        acts.append(Act(id=act_id, start=start, end=max(end, start + FRAME), amount=line.amount or 1.0, **told))
    return acts


def _beat(
    clock: Clock,
    written: ScriptFile,
    i: int,
    acts: dict[str, Act],
    unending: set[str],
    lines: Lines,
    where: dict[str, int | str],
) -> ScriptBeat:
    line = written.beats[i]
    if f"beat:{line.id}" in where:
        raise lines.refusal(("beats", i), f"two beats are called {line.id!r}; give each its own id.")
    where[f"beat:{line.id}"] = _told(lines, ("beats", i))
    unknown = [name for name in line.acts if name not in acts]
    if unknown:
        near = get_close_matches(unknown[0], list(acts), 1)
        hint = f"did you mean {near[0]!r}?" if near else "name acts by their ids."
        raise lines.refusal(
            ("beats", i, "acts"), f"beat {line.id!r} names the act {unknown[0]!r}, which is not there; {hint}"
        )
    shown = [acts[name] for name in line.acts]
    try:
        start = clock.moment(line.start) if line.start is not None else beat_start(shown)
        end = clock.moment(line.end) if line.end is not None else beat_end(shown, unending)
    except Unclear as error:
        raise lines.refusal(("beats", i), f"the time of beat {line.id!r} is unclear: {error}") from None
    return ScriptBeat(
        id=line.id,
        codes=line.codes,
        actor=line.actor,
        target=line.target,
        acts=line.acts,
        start=start,
        end=end,
        edge=round(line.edge * 1e6),
        says=line.says,
        answers=line.answers,
        not_for_parent=line.not_for_parent,
        scheme=line.scheme,
    )


def _described(clock: Clock, written: ScriptFile, i: int, lines: Lines, where: dict[str, int | str]) -> Described:
    line = written.described[i]
    where[f"described:{i}"] = _told(lines, ("described", i))
    try:
        return Described(at=clock.moment(line.at), text=line.text)
    except Unclear as error:
        raise lines.refusal(("described", i), f"the time of this description is unclear: {error}") from None


def _open(clock: Clock, written: ScriptFile, i: int, lines: Lines, where: dict[str, int | str]) -> ScriptOpen:
    line = written.open[i]
    where[f"open:{i}"] = _told(lines, ("open", i))
    try:
        return ScriptOpen(start=clock.moment(line.start), end=clock.moment(line.end), why=line.why)
    except Unclear as error:
        raise lines.refusal(("open", i), f"the time of this open stretch is unclear: {error}") from None


def _shot(clock: Clock, written: ScriptFile, i: int, lines: Lines, where: dict[str, int | str]) -> Shot:
    line = written.shots[i]
    where[f"shot:{i}"] = _told(lines, ("shots", i))
    try:
        start = clock.moment(line.start)
    except Unclear as error:
        raise lines.refusal(("shots", i), f"the time of this shot is unclear: {error}") from None
    return Shot(start=start, camera=line.camera, of=line.of, second=line.second)
