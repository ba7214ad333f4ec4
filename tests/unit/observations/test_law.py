"""The law of several windows, in Python: what is saved changes only by whom who saw it.

What a merge takes away is in what it made, words and all, and of a split there are both halves or none. The page's own
model is held to the same in ``frontend/src/store/law.test.ts``.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vigwidgets.contract import Drop, Edit, Link, Member, Observation, Put, Tag
from vigwidgets.observations import ObservationFile, apply_changes, apply_edit, new_observation
from vigwidgets.schemes import load_scheme

PAIG = load_scheme("paig")
CAST = [Member(id="ana", role="parent", name="Ana"), Member(id="bo", role="child", name="Bo")]
START = new_observation("blocks", 4_000_000, PAIG.ref, "p-1", CAST, id="obs-1")
FIRST = Tag(id="a", code="3", actor="ana", target="bo", start=0, end=400_000)
SECOND = FIRST.model_copy(update={"id": "b", "start": 400_000, "end": 800_000, "note": "she"})
#: One moment, two, and two of which the same is said.
BEGUN = st.sampled_from([[FIRST], [FIRST, SECOND], [FIRST.model_copy(update={"note": "she"}), SECOND]])

FIELDS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"note": st.sampled_from(["", "she", "she waits"])}),
    st.fixed_dictionaries({"certainty": st.sampled_from([None, "sure", "unsure"])}),
    st.fixed_dictionaries({"start": st.sampled_from([0, 80_000]), "end": st.sampled_from([400_000, 800_000])}),
    st.fixed_dictionaries({"end": st.sampled_from([60_000, 500_000])}),
    st.fixed_dictionaries({"modifiers": st.dictionaries(st.sampled_from(["hand", "side"]), st.sampled_from("ab"))}),
    st.fixed_dictionaries(
        {"links": st.sets(st.sampled_from("xyz")).map(lambda to: [Link(kind="answers", to=one) for one in sorted(to)])}
    ),
)
#: A window, what happens in it, and to which tag: it sends what waits first, hears how all stands, or does something.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(st.sampled_from(["send", "send", "hear", "drop", "give", "make", "merge", "merge", "split"]), FIELDS),
        st.sampled_from("ab"),
    ),
    max_size=30,
)


@dataclass
class Window:
    """What a page holds: what it was told, what it shows, and what it has not sent yet."""

    told: dict[str, Tag]
    shown: dict[str, Tag]
    gone: dict[str, Tag] = field(default_factory=dict)
    waiting: list[tuple[Edit, dict[str, Tag], dict[str, Tag]]] = field(default_factory=list)

    def do(self, what: str | dict[str, Any], name: str) -> None:
        """Change a tag, or two, as the page's model does."""
        changes = self._together(what, name) if what in ("merge", "split") else self._alone(what, name)
        if not changes:
            return
        edit = Edit(id="e", changes=changes, whole=what in ("merge", "split"))
        self.waiting.append((edit, dict(self.told), dict(self.shown)))
        apply_changes(self.shown, edit)

    def _together(self, what: str | dict[str, Any], name: str) -> list[Put | Drop]:
        first, *others = sorted(self.shown.values(), key=lambda tag: (tag.start, tag.end, tag.id)) or [None]
        if first is None:
            return []
        if what == "merge" and others:
            [second] = others
            end = max(first.end or 0, second.end or 0)
            note = "\n".join(dict.fromkeys(filter(None, (first.note, second.note))))
            merged = first.model_copy(update={"end": end, "note": note})
            return [Put(tag=merged, was=first, how="change"), Drop(id=second.id, was=second)]
        cut = first.start + 20_000
        if what == "merge" or others or first.end is None or cut >= first.end:
            return []
        half = first.model_copy(update={"id": "b" if first.id == "a" else "a", "start": cut, "links": []})
        return [Put(tag=first.model_copy(update={"end": cut}), was=first, how="change"), Put(tag=half, how="make")]

    def _alone(self, what: str | dict[str, Any], name: str) -> list[Put | Drop]:
        was, knew = self.shown.get(name), self.told.get(name)
        knew = None if knew == was else knew
        change: Put | Drop
        if what == "make" and was is None:
            change = Put(tag=FIRST.model_copy(update={"id": name}), how="make")
        elif what == "give" and was is None and name in self.gone:
            change = Put(tag=self.gone[name], was=self.gone[name], how="make")
        elif what == "drop" and was is not None:
            change, self.gone[name] = Drop(id=name, was=was, knew=knew), was
        elif isinstance(what, dict) and was is not None:
            tag = was.model_copy(update=what)
            if tag.end is None or tag.start >= tag.end:
                return []
            change = Put(tag=tag, was=was, knew=knew, how="change")
        else:
            return []
        return [change]

    def hear(self, tags: Mapping[str, Tag]) -> None:
        """Be told how all stands; what waits lies on top of it."""
        self.told, self.shown = dict(tags), dict(tags)
        for edit, _, _ in self.waiting:
            apply_changes(self.shown, edit)


def _parts(tag: Tag | None) -> dict[str, Any]:
    if tag is None:
        return {}
    one = tag.model_dump(exclude={"modifiers", "links", "looks"})
    return one | {f"modifier {k}": v for k, v in tag.modifiers.items()} | {f"link {one.to}": 1 for one in tag.links}


def _whole(edit: Edit, before: Mapping[str, Tag], after: Mapping[str, Tag]) -> None:
    """Check that all of an edit was done, to what was there, and that nothing is gone or back by it."""
    assert abs(len(after) - len(before)) == 1
    wanted = {change.tag.id: change.tag for change in edit.changes if isinstance(change, Put)}
    assert set(wanted) == set(after)
    for name, tag in wanted.items():
        assert after[name].model_copy(update={"links": []}) == tag.model_copy(update={"links": []})
    stretches = sorted((tag.start, tag.end or 0) for tag in after.values())
    held = sorted((tag.start, tag.end or 0) for tag in before.values())
    assert (stretches[0][0], stretches[-1][1]) == (held[0][0], max(end for _, end in held))
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(stretches))
    lines, said = ({line for tag in tags.values() for line in tag.note.split("\n") if line} for tags in (after, before))
    assert lines == said


def _by_id(observation: Observation) -> dict[str, Tag]:
    return {tag.id: tag for tag in observation.tags}


@settings(max_examples=500)
@given(BEGUN, STEPS)
@example([FIRST, SECOND], [(0, "merge", "a"), (1, "drop", "a"), (1, "send", "a")])
@example([FIRST, SECOND], [(0, "merge", "a"), (1, "drop", "b"), (1, "send", "a")])
@example([FIRST], [(0, "split", "a"), (1, "drop", "a"), (1, "send", "a")])
def test_what_is_saved_changes_only_by_whom_who_saw_it(
    begun: list[Tag], steps: list[tuple[int, str | dict[str, Any], str]]
) -> None:
    saved = START.model_copy(update={"tags": begun})
    windows = [Window(_by_id(saved), _by_id(saved)) for _ in range(3)]
    ends = [(place, "send", "a") for place in range(3) for _ in steps]
    for count, (place, what, name) in enumerate([*steps, *ends]):
        window = windows[place]
        if what == "hear":
            window.hear(_by_id(saved))
        elif what != "send":
            window.do(what, name)
        elif window.waiting:
            edit, told, shown = window.waiting.pop(0)
            after = apply_edit(saved, edit.model_copy(update={"id": f"e{count}"}), PAIG)
            for one, tag in _by_id(saved).items():
                before, then = _parts(tag), _parts(_by_id(after).get(one))
                for part in before.keys() | then.keys():
                    if before.get(part) != then.get(part):
                        assert before.get(part) in (_parts(shown.get(one)).get(part), _parts(told.get(one)).get(part))
            back = _by_id(after).keys() - _by_id(saved).keys()
            assert not back or any(isinstance(change, Put) and change.how == "make" for change in edit.changes)
            if edit.whole and after != saved:
                _whole(edit, _by_id(saved), _by_id(after))
            saved = after
    for window in windows:
        window.hear(_by_id(saved))
        assert (window.shown, window.waiting) == (_by_id(saved), [])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=FIELDS, python=FIELDS)
def test_what_python_saved_is_not_undone_by_a_page_that_deletes_and_gives_back(
    tmp_path: Path, fields: dict[str, Any], python: dict[str, Any]
) -> None:
    path = tmp_path / "a.json"
    path.unlink(missing_ok=True)
    file = ObservationFile(path, START, PAIG)
    file.apply(Edit(id="e1", changes=[Put(tag=FIRST)]))
    changed = FIRST.model_copy(update=fields)
    page = Window(_by_id(file.held), _by_id(file.held))
    for what in (fields, "drop", "give"):
        page.do(what, "a")
    theirs = FIRST.model_copy(update=python)
    file.edit(lambda _: [Put(tag=theirs)] if theirs != FIRST else [])
    for count, (edit, _, _) in enumerate(page.waiting):
        file.apply(edit.model_copy(update={"id": f"edit-{'a' * 16}-{count + 1}"}))
    [after] = file.held.tags
    for name in python:
        if name not in fields or getattr(changed, name) == getattr(FIRST, name):
            assert getattr(after, name) == getattr(theirs, name)
