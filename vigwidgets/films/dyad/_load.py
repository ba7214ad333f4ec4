"""From a YAML file to a script that has been checked; every error names the file and the line."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._check import check_script
from vigwidgets.films.dyad._model import Act, ActLine, Script, ScriptBeat, ScriptFile, ScriptOpen
from vigwidgets.films.dyad._when import Clock, Unclear, to_frame
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
    return _checked(*read_file(path))


def parse_script(text: str | bytes, source: str = "the script") -> Script:
    """Read and check a film script from text, as :func:`load_script` does.

    Raises:
        Refusal: Something in it is not allowed; the sentence names the line.
    """
    return _checked(*read_yaml(text, source))


def _checked(data: Any, lines: Lines) -> Script:
    if not isinstance(data, dict):
        raise Refusal(f"{lines.source} does not hold a film script; begin with `id:`, `title:`, `cast:` and `acts:`.")
    try:
        written = ScriptFile.model_validate(data)
    except ValidationError as error:
        raise _refusal(error, lines) from None
    script = _work_out(written, lines)
    check_script(script)
    return script


def _refusal(error: ValidationError, lines: Lines) -> Refusal:
    first = error.errors(include_url=False)[0]
    loc = first["loc"]
    # A union adds the name of the branch that it tried: keep what the author wrote.
    place = tuple(part for part in loc if not (isinstance(part, str) and ("[" in part or part in ("float", "str"))))
    name = ".".join(str(part) for part in place) or "the script"
    if first["type"] == "missing":
        return lines.refusal(place[:-1], f"{place[-1]!r} is missing here; add it.")
    if first["type"] == "extra_forbidden":
        known = [field.alias or key for key, field in _model_at(place).items()]
        near = get_close_matches(str(place[-1]), known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known here are {', '.join(known)}."
        return lines.refusal(place, f"{place[-1]!r} is not a known name; {hint}")
    value = repr(first["input"])
    value = value if len(value) <= 60 else value[:57] + "…"
    wanted = first["msg"].replace("Input should", "it should")
    return lines.refusal(place, f"{name} is {value}; {wanted[0].lower() + wanted[1:]}.")


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


def _work_out(written: ScriptFile, lines: Lines) -> Script:
    named: dict[str, ActLine] = {}
    where: dict[str, int] = {}
    for i, line in enumerate(written.acts):
        act_id = line.id or f"act-{i + 1}"
        if act_id in named:
            raise lines.refusal(("acts", i), f"two acts are called {act_id!r}; give each its own id.")
        named[act_id] = line
        where[f"act:{act_id}"] = lines.of(("acts", i))
    clock = Clock(named)
    acts = [_act(clock, act_id, line, i, lines) for i, (act_id, line) in enumerate(named.items())]
    beats = [_beat(clock, written, i, {act.id: act for act in acts}, lines, where) for i in range(len(written.beats))]
    poster = None
    if written.poster is not None:
        try:
            poster = clock.moment(written.poster)
        except Unclear as error:
            raise lines.refusal(("poster",), f"the poster's moment is unclear: {error}") from None
    where["poster"] = lines.of(("poster",))
    opens = [_open(clock, written, i, lines, where) for i in range(len(written.open))]
    for i, thing in enumerate(written.things):
        where[f"thing:{thing.id}"] = lines.of(("things", i))
    for name in ("cast", "scheme", "duration"):
        where[name] = lines.of((name,))
    return Script(
        id=written.id,
        title=written.title,
        scheme=written.scheme,
        question=written.question,
        language=written.language,
        duration=to_frame(written.duration),
        seed=written.seed,
        poster=poster,
        cast=written.cast,
        things=written.things,
        acts=acts,
        beats=beats,
        open=opens,
        source=lines.source,
        lines=where,
    )


def _act(clock: Clock, act_id: str, line: ActLine, i: int, lines: Lines) -> Act:
    try:
        start, end = clock.act(act_id)
    except Unclear as error:
        raise lines.refusal(("acts", i, "start"), f"the start of {act_id!r} is unclear: {error}") from None
    told = line.model_dump(exclude={"id", "start", "duration", "amount"})
    return Act(id=act_id, start=start, end=end, amount=line.amount or 1.0, **told)


def _beat(
    clock: Clock, written: ScriptFile, i: int, acts: dict[str, Act], lines: Lines, where: dict[str, int]
) -> ScriptBeat:
    line = written.beats[i]
    if f"beat:{line.id}" in where:
        raise lines.refusal(("beats", i), f"two beats are called {line.id!r}; give each its own id.")
    where[f"beat:{line.id}"] = lines.of(("beats", i))
    unknown = [name for name in line.acts if name not in acts]
    if unknown:
        near = get_close_matches(unknown[0], list(acts), 1)
        hint = f"did you mean {near[0]!r}?" if near else "name acts by their ids."
        raise lines.refusal(
            ("beats", i, "acts"), f"beat {line.id!r} names the act {unknown[0]!r}, which is not there; {hint}"
        )
    shown = [acts[name] for name in line.acts]
    try:
        start = clock.moment(line.start) if line.start is not None else min(act.start for act in shown)
        end = clock.moment(line.end) if line.end is not None else max(act.end for act in shown)
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
    )


def _open(clock: Clock, written: ScriptFile, i: int, lines: Lines, where: dict[str, int]) -> ScriptOpen:
    line = written.open[i]
    where[f"open:{i}"] = lines.of(("open", i))
    try:
        return ScriptOpen(start=clock.moment(line.start), end=clock.moment(line.end), why=line.why)
    except Unclear as error:
        raise lines.refusal(("open", i), f"the time of this open stretch is unclear: {error}") from None
