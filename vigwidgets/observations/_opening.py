"""Whether what a file holds can be gone on with: it is this film's, in this scheme, and every tag in it is allowed."""

from __future__ import annotations

from collections import Counter

from vigwidgets.contract import Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations._apply import MAX_TAGS, check_tag
from vigwidgets.observations._time import timecode
from vigwidgets.observations._words import check_links
from vigwidgets.schemes import Codebook

__all__ = ["check_opened"]


def check_opened(found: Observation, start: Observation, codebook: Codebook, name: str) -> None:
    """Check what was read from a file before anybody goes on with it.

    Where a tag begins and ends is not held against the edges of frames: what was coded on an earlier copy of the
    film can still be opened.

    Args:
        found: What was read.
        start: What would be begun with, were there no file: it says the film, its length and who is in it.
        codebook: The scheme that is coded.
        name: The file's name, or whose it is.

    Raises:
        Refusal: It is another film's or another scheme's, or a tag in it is not allowed; the sentence names the tag.
    """
    _check_film(found, start, name)
    if found.scheme != codebook.ref:
        raise Refusal(
            f"{name} is coded with {found.scheme.id} version {found.scheme.version}, not {codebook.ref.id} version "
            f"{codebook.ref.version}; choose another file, or that scheme."
        )
    if len(found.tags) > MAX_TAGS:
        raise Refusal(f"{name} holds {len(found.tags)} tags; an observation holds {MAX_TAGS} at most.")
    twice = [tag for tag, times in Counter(tag.id for tag in found.tags).items() if times > 1]
    if twice:
        raise Refusal(f"{name} holds the tag {twice[0]!r} more than once; give each its own id, or take one out.")
    for tag in found.tags:
        try:
            check_tag(tag, found, codebook)
        except Refusal as refused:
            raise Refusal(f"The tag {tag.id!r} in {name} is not allowed: {refused}") from None
    tags = {tag.id: tag for tag in found.tags}
    try:
        check_links(tags, tags)
    except Refusal as refused:
        raise Refusal(f"{name} holds links that are not allowed: {refused}") from None


def _check_film(found: Observation, start: Observation, name: str) -> None:
    if found.film != start.film:
        raise Refusal(f"{name} holds an observation of film {found.film!r}, not {start.film!r}; choose another file.")
    if found.duration != start.duration:
        raise Refusal(
            f"{name} was coded on a film that lasts {timecode(found.duration)}, and {start.film!r} lasts "
            f"{timecode(start.duration)}; choose another file, or the film that it was coded on."
        )
    # A name may have been written better since; who there is, and as what, may not differ.
    before, now = ({member.id: member.role for member in one.cast} for one in (found, start))
    if before != now or len(found.cast) != len(before):
        raise Refusal(
            f"{name} was coded with {_people(found)} in the film, and {start.film!r} has {_people(start)}; choose "
            "another file, or put the film's cast right."
        )


def _people(one: Observation) -> str:
    return ", ".join(f"{member.id} ({member.role})" for member in one.cast) or "nobody"
