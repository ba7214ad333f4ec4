"""What a store hands out: nobody who changes it changes what is kept."""

from __future__ import annotations

import copy

from vigwidgets.contract import Drop, Edit, Observation, Put, Tag

__all__ = ["own_edit", "own_observation"]


def own_observation(observation: Observation) -> Observation:
    """Return an observation that shares nothing that could be changed with the one given."""
    return observation.model_copy(
        update={"tags": [_own_tag(tag) for tag in observation.tags], "cast": list(observation.cast)}
    )


def own_edit(edit: Edit) -> Edit:
    """Return an edit that shares nothing that could be changed with the one given."""
    return edit.model_copy(update={"changes": [_own_change(one) for one in edit.changes]})


def _own_change(change: Put | Drop) -> Put | Drop:
    named = ("tag", "was", "knew") if isinstance(change, Put) else ("was", "knew")
    tags = {name: tag for name in named if (tag := getattr(change, name)) is not None}
    return change.model_copy(update={name: _own_tag(tag) for name, tag in tags.items()})


def _own_tag(tag: Tag) -> Tag:
    # Fields are frozen and so are links and looks, but not the lists that hold them. Half the time of a deep copy.
    own = copy.copy(tag)
    own.__dict__.update(modifiers=dict(tag.modifiers), links=list(tag.links), looks=list(tag.looks))
    return own
