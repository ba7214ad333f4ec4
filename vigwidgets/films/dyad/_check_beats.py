"""Whether the acts show what the beats claim: a beat whose acts do not show it is refused."""

from __future__ import annotations

from difflib import get_close_matches

from vigwidgets.errors import Refusal
from vigwidgets.films.dyad._evidence import EVIDENCE, Rule
from vigwidgets.films.dyad._evidence_adbb import WITHDRAWAL
from vigwidgets.films.dyad._evidence_review import REVIEW
from vigwidgets.films.dyad._kinds import ACTS, BODY, FACE, GAZE
from vigwidgets.films.dyad._model import Script, ScriptBeat
from vigwidgets.films.dyad._watch import Case
from vigwidgets.schemes import Codebook, load_scheme

__all__ = ["LATEST_ANSWER", "check_beats", "needs_of"]

LATEST_ANSWER = 3_000_000
"""An answer begins at most this long (µs) after what it answers has ended."""


_TABLES: dict[str, dict[str, Rule]] = {
    "paig": EVIDENCE,
    "seven-steps": REVIEW,
    "adbb": WITHDRAWAL,
    "m-adbb": WITHDRAWAL,
}


def needs_of(scheme: str) -> list[tuple[str, str, str]]:
    """Return for each code of a scheme its id, its name, and what the acts of a beat must show for it; a lane: none.

    Raises:
        Refusal: There is no such scheme, or films are not coded in it.
    """
    if scheme not in _TABLES:
        raise Refusal(f"There is no table of what {scheme!r} needs; choose one of {', '.join(_TABLES)}.")
    table = _TABLES[scheme]
    return [
        (code.id, code.label["en"], table[code.id].needs if code.id in table else "")
        for code in load_scheme(scheme).scheme.codes
    ]


def check_beats(script: Script) -> None:
    """Check every beat and open stretch.

    Raises:
        Refusal: A beat names what is not there, lies outside the film, or is not shown by its acts.
    """
    books = {}
    for key, scheme in (("scheme", script.scheme), *(("also", one) for one in script.also)):
        try:
            books[scheme] = load_scheme(scheme)
        except Refusal as error:
            raise _no(script, key, str(error)) from None
    beats = {beat.id: beat for beat in script.beats}
    for beat in script.beats:
        codebook = books.get(beat.scheme or script.scheme)
        if codebook is None:
            raise _no(
                script,
                f"beat:{beat.id}",
                f"beat {beat.id!r} is in scheme {beat.scheme!r}; the film's are {', '.join(books)} "
                "(`scheme:` and `also:`).",
            )
        _check_names(script, codebook, beat)
        _check_span(script, f"beat:{beat.id}", f"beat {beat.id!r}", beat.start, beat.end)
        _check_answer(script, beat, beats)
        _check_shown(script, codebook, beat)
    for i, stretch in enumerate(script.open):
        _check_span(script, f"open:{i}", "this open stretch", stretch.start, stretch.end)
    _check_initiatives(script)


def _no(script: Script, key: str, sentence: str) -> Refusal:
    return Refusal(f"{script.source}, line {script.lines.get(key, 1)}: {sentence}")


def _check_names(script: Script, codebook: Codebook, beat: ScriptBeat) -> None:
    roles = {person.id: person.role for person in script.cast}
    for part, who in (("actor", beat.actor), ("target", beat.target)):
        if who not in roles:
            raise _no(
                script,
                f"beat:{beat.id}",
                f"the {part} {who!r} is not in the cast; choose one of {', '.join(roles)}.",
            )
    if beat.actor == beat.target:
        raise _no(
            script,
            f"beat:{beat.id}",
            f"{beat.actor!r} is both actor and target; name the other as the target.",
        )
    for code in beat.codes:
        if code not in codebook:
            known = [one.id for one in codebook.scheme.codes]
            near = get_close_matches(code, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"its lanes are {', '.join(c.id for c in codebook.lanes)}."
            raise _no(script, f"beat:{beat.id}", f"code {code!r} is not in scheme {codebook.scheme.id!r}; {hint}")
        actors = codebook.code(code).actors
        if actors is not None and roles[beat.actor] not in actors:
            raise _no(
                script,
                f"beat:{beat.id}",
                f"code {code!r} cannot be shown by {beat.actor!r}, who is {roles[beat.actor]}; "
                f"it is for {', '.join(actors)}.",
            )


def _check_span(script: Script, key: str, what: str, start: int, end: int) -> None:
    if start < 0 or end > script.duration:
        raise _no(
            script,
            key,
            f"{what} lasts from {start / 1e6:g} to {end / 1e6:g} s, outside the film, which lasts "
            f"{script.duration / 1e6:g} s; move it inside.",
        )
    if end <= start:
        raise _no(
            script,
            key,
            f"{what} ends at {end / 1e6:g} s, not after its start at {start / 1e6:g} s; make it longer.",
        )


def _check_answer(script: Script, beat: ScriptBeat, beats: dict[str, ScriptBeat]) -> None:
    receives = (beat.scheme or script.scheme) == "paig" and any(
        code == "3" or code.startswith("3.") for code in beat.codes
    )
    if beat.answers is None:
        if receives:
            raise _no(
                script,
                f"beat:{beat.id}",
                f"beat {beat.id!r} receives an initiative and does not say which; add `answers:` with that beat's id.",
            )
        return
    first = beats.get(beat.answers)
    if first is None:
        raise _no(
            script,
            f"beat:{beat.id}",
            f"`answers` names {beat.answers!r}, which is not a beat; name one by its id.",
        )
    if first.actor == beat.actor:
        raise _no(
            script,
            f"beat:{beat.id}",
            f"beat {beat.id!r} answers {first.id!r}, which is the same person's; it must be the other's.",
        )
    if not first.start <= beat.start <= first.end + LATEST_ANSWER:
        raise _no(
            script,
            f"beat:{beat.id}",
            f"beat {beat.id!r} starts at {beat.start / 1e6:g} s; an answer to "
            f"{first.id!r} starts between {first.start / 1e6:g} and {(first.end + LATEST_ANSWER) / 1e6:g} s.",
        )


def _check_shown(script: Script, codebook: Codebook, beat: ScriptBeat) -> None:
    case = Case(script, beat)
    outside = set(beat.acts) - {act.id for act in case.shown}
    if outside:
        raise _no(
            script,
            f"beat:{beat.id}",
            f"beat {beat.id!r} names the act {sorted(outside)[0]!r}, which does not overlap it; "
            "move one or leave it out.",
        )
    facing = codebook.scheme.id not in ("adbb", "m-adbb")
    for act in case.shown:
        if ACTS[act.does].part in (GAZE, FACE, BODY) and not case.seen(act, facing=facing):
            raise _no(
                script,
                f"beat:{beat.id}",
                f"beat {beat.id!r} rests on what is not to be seen: {case.unseen() or repr(act.id)}; "
                "show it plainly or leave it out.",
            )
    table = _TABLES.get(codebook.scheme.id, {})
    for code in beat.codes:
        rules = (
            [table[code]]
            if code in table
            else [table[child.id] for child in codebook.children(code) if child.id in table]
        )
        if not rules:
            raise _no(
                script,
                f"beat:{beat.id}",
                f"nothing is known here of how {code!r} would be seen; use another code.",
            )
        if not any(rule.holds(case) for rule in rules):
            needs = rules[0].needs if code in table else _one_of(codebook, table, beat, code)
            why = case.unseen()
            raise _no(
                script,
                f"beat:{beat.id}",
                f"the acts of beat {beat.id!r} do not show {code!r}; it needs {needs}, "
                f"within {beat.start / 1e6:g} to {beat.end / 1e6:g} s{f'; {why}' if why else ''}.",
            )


def _one_of(codebook: Codebook, table: dict[str, Rule], beat: ScriptBeat, code: str) -> str:
    """Return what a lane needs: the rules of its behaviours, of those alone that the beat names if it names some."""
    known = [child.id for child in codebook.children(code) if child.id in table]
    named = [child for child in known if child in beat.codes] or known
    return "one of these: " + "; ".join(f"for {child} {table[child].needs}" for child in named)


def _check_initiatives(script: Script) -> None:
    answered = {beat.answers for beat in script.beats}
    for beat in script.beats:
        if not any(code.startswith("initiative") for code in beat.codes):
            continue
        if beat.not_for_parent:
            _check_overlooked(script, beat, answered)
        elif beat.id not in answered and not any(o.start <= beat.start and beat.end <= o.end for o in script.open):
            raise _no(
                script,
                f"beat:{beat.id}",
                f"no beat answers the initiative {beat.id!r}; add one with "
                f"`answers: {beat.id}`, or mark it `not_for_parent: true`.",
            )


def _check_overlooked(script: Script, beat: ScriptBeat, answered: set[str | None]) -> None:
    watched = Case(script, beat).share_watched(beat.target, beat.actor, beat.start, beat.end)
    if beat.id in answered or watched > 0.34:
        why = "a beat answers it" if beat.id in answered else f"{beat.target!r} looks there for {watched:.0%} of it"
        raise _no(
            script,
            f"beat:{beat.id}",
            f"initiative {beat.id!r} is marked `not_for_parent`, but {why}; take the mark away or let it go unseen.",
        )
