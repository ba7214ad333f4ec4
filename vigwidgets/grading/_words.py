"""What feedback says, and in which tone: strengths first, kind, and never about a family."""

from __future__ import annotations

from collections.abc import Sequence

from vigwidgets.contract import Beat, Code, Tag
from vigwidgets.grading._mark import Figures, LaneMark
from vigwidgets.schemes import Codebook

__all__ = [
    "CAUTION",
    "again_sentence",
    "clock",
    "code_name",
    "figures_sentence",
    "opening",
    "seen_sentence",
    "summary",
    "verbal_count",
]

CAUTION = (
    "This is agreement between two pairs of eyes, in training. It says nothing about any family, it is no basis "
    "for a clinical decision, and it certifies nobody."
)

_NOT_COUNTED = "Nothing here is counted. It says nothing about any family, and it certifies nobody."

_FEW = 20
_TOO_FEW = 5
_NEARBY = 6_000_000  # farther off, the expert's nearest moment says nothing about a tag
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def clock(moment: int) -> str:
    """Write film time in microseconds as every page and report writes it: ``0:07.3``, ``1:00:07.3``; rounded."""
    tenths = (moment + 50_000) // 100_000
    minutes, seconds = tenths // 600, f"{tenths // 10 % 60:02d}.{tenths % 10}"
    return f"{minutes}:{seconds}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02d}:{seconds}"


def verbal_count(n: int, thing: str, things: str | None = None) -> str:
    """Write a count as one reads it: ``one moment``, ``three moments``, ``14 moments``."""
    number = _NUMBERS[n] if n < len(_NUMBERS) else str(n)
    return f"{number} {thing if n == 1 else things or thing + 's'}"


def code_name(code: str, codebook: Codebook) -> str:
    """Return a code's name for a sentence: ``Receiving initiatives (gives back eye contact, a smile, a nod)``."""
    lane = codebook.lane_of(code)
    label = lane.label["en"]
    return label if lane.id == code else f"{label} ({codebook.code(code).label['en']})"


def figures_sentence(figures: Figures, label: str | None) -> str:
    """Say a lane's figures (or, without a label, all) in one plain sentence, with what so few can say."""
    where = f"{label}: " if label else "All together: "
    beats = figures.seen + figures.missed
    moments = "moment" if beats == 1 else "moments"
    if beats == 0:
        return f"{where}the expert marked nothing here, and you marked {verbal_count(figures.extra, 'moment')}."
    if figures.seen == beats:
        text = f"{where}you saw {'the one moment' if beats == 1 else f'all {beats} moments'} that the expert saw"
    elif figures.seen:
        text = f"{where}you saw {figures.seen} of the expert's {beats} {moments}"
    else:
        text = f"{where}the expert saw {verbal_count(beats, 'moment')} to look at again"
    if figures.nearly:
        what = "more" if figures.seen else "of them"
        text += ", you came near " + ("it" if beats == 1 else verbal_count(figures.nearly, what, what))
    if figures.alone:
        text += f", and {verbal_count(figures.alone, 'is', 'are')} yours alone"
    share = figures.recall
    if share.low is not None and share.high is not None and _TOO_FEW <= beats < _FEW:
        low, high = round(share.low * 100), round(share.high * 100)
        return f"{text}. With so few moments, your share in other films may lie anywhere from {low} to {high} %."
    return text + (". That is too few to say more." if beats < _TOO_FEW else ".")


def seen_sentence(beat: Beat, tag: Tag, also: list[Tag], exact: bool, codebook: Codebook) -> str:
    """Name a moment that was seen as the expert saw it."""
    text = f"{code_name(tag.code, codebook)}: {beat.says}"
    finer = [code for code in beat.codes if tag.code in (above.id for above in _parents(code, codebook))]
    if not exact and finer:
        text += f" The expert also names the behaviour: {codebook.code(finer[0]).label['en']}."
    for other in also:
        text += f" Your {code_name(other.code, codebook)} is a right name for it too."
    return text


def _parents(code: str, codebook: Codebook) -> list[Code]:
    parent = codebook.code(code).parent
    return [] if parent is None else [codebook.code(parent), *_parents(parent, codebook)]


def again_sentence(
    kind: str, beat: Beat | None, tag: Tag | None, codebook: Codebook, around: Sequence[Tag] | Sequence[Beat] = ()
) -> str:
    """Say in one kind sentence what to look at again, and nothing that shames.

    Args:
        kind: What the difference is, as `Again` names it.
        beat: The expert's moment, where there is one.
        tag: The trainee's, where there is one.
        codebook: The scheme of both.
        around: What the other one of the two saw in the film: for a missed moment the trainee's tags, for a tag
            of the trainee's alone the expert's moments. The sentence differs by what of it lies there.
    """
    if kind == "missed" and beat:
        name = code_name(beat.codes[0], codebook)
        there = any(_meet(beat, other) for other in around)
        where = "Beside what you tagged here, the expert saw" if there else "Here the expert saw"
        return f"{where} {name}: {beat.says}"
    if kind == "extra" and tag:
        return f"{code_name(tag.code, codebook)}: {_alone(tag, around, codebook)}"
    if beat is None or tag is None:
        raise ValueError(f"A difference of kind {kind!r} needs a beat and a tag.")
    if kind == "other_boundary":
        return f"You saw this one, {_boundary(beat, tag)}: {beat.says}"
    theirs, yours = code_name(beat.codes[0], codebook), code_name(tag.code, codebook)
    if tag.actor != beat.actor:
        return f"You saw {yours} at the right moment; look again at whose it is: {beat.says}"
    if codebook.lane_of(tag.code) == codebook.lane_of(beat.codes[0]):
        return f"Right moment, right principle; you called it {yours}, the expert would say {theirs}: {beat.says}"
    return f"You were at the right moment and called it {yours}; the expert would call it {theirs}: {beat.says}"


def _meet(one: Beat | Tag, other: Beat | Tag) -> bool:
    """Tell whether two events share a moment; a point lasts for its first microsecond."""
    one_end, other_end = one.end or one.start + 1, other.end or other.start + 1
    return one.start < other_end and other.start < one_end


def _alone(tag: Tag, around: Sequence[Tag] | Sequence[Beat], codebook: Codebook) -> str:
    """Say of a tag that is the trainee's alone when it is, and what the expert saw there or nearby."""
    lasts = "" if tag.end is None else f" for {max((tag.end - tag.start) / 1_000_000, 0.1):.1f} s"
    yours = f"yours begins at {clock(tag.start)}{lasts}" if lasts else f"yours is at {clock(tag.start)}"
    beats = [other for other in around if isinstance(other, Beat)]
    there = next((beat for beat in beats if _meet(beat, tag)), None)
    if there is not None:
        return f"{yours}; at that time the expert saw {code_name(there.codes[0], codebook)}."
    lane = codebook.lane_of(tag.code).id
    same = [beat for beat in beats if codebook.lane_of(beat.codes[0]).id == lane and beat.actor == tag.actor]
    near = min(same, key=lambda beat: abs(beat.start - tag.start), default=None)
    if near is not None and abs(near.start - tag.start) <= _NEARBY:
        return f"{yours}; the expert's nearest {_off(tag.start - near.start, 'begins') or 'begins with it'}."
    return f"{yours}; the expert marked nothing there."


def _boundary(beat: Beat, tag: Tag) -> str:
    start = _off(tag.start - beat.start, "begins")
    if tag.end is None or beat.end is None:
        return f"and for the expert it {start or 'begins there too'}"
    end = _off(tag.end - beat.end, "ends")
    both = " and ".join(part for part in (start, end) if part)
    return f"and for the expert it {both or 'lies a little beside'}"


def _off(off: int, verb: str) -> str:
    seconds = abs(off) / 1_000_000
    if seconds < 0.05:
        return ""
    return f"{verb} {seconds:.1f} s {'earlier' if off > 0 else 'later'}"


def opening(seen: int, beats: int, tags: int, counted: bool) -> str:
    """Return the first sentence of feedback: what went well."""
    if beats == 0:
        return "The expert marked nothing in this film, so there is nothing to compare; what you saw is yours."
    if seen:
        return _opening_of_the_seen(seen, beats, counted)
    if tags:
        return "You looked closely and said what you saw; that is where the trained eye begins."
    return "You have watched the film without marking a moment, and that is a fair way to begin."


def _opening_of_the_seen(seen: int, beats: int, counted: bool) -> str:
    if seen == beats:
        every = "the one moment" if beats == 1 else f"{f'all {beats}' if counted else 'every one'} of the moments"
        return f"You saw {every} that the expert saw."
    first = "it is listed first" if seen == 1 else "they are listed first"
    if counted:
        return f"You saw {'one' if seen == 1 else seen} of the expert's {beats} moments too; {first}."
    return f"{'One' if seen == 1 else 'Some'} of the expert's moments you saw too; {first}."


def _still(overall: Figures, counted: bool) -> list[str]:
    """Say what was nearly seen and what can still be found, by how many there are of each."""
    nearly, missed = overall.nearly, overall.missed - overall.nearly
    sentences = []
    if nearly:
        many = verbal_count(nearly, "moment") if counted or nearly == 1 else "a few moments"
        many = many.partition(" moment")[0] + " more" if overall.seen else many
        sentences.append(f"You nearly saw {many} the same: {_differs(nearly)}.")
    more = " more" if overall.seen or nearly else ""
    if missed == 1:
        sentences.append(f"One{more or ' moment'} can be found; play it and look.")
    elif missed:
        many = verbal_count(missed, "moment").partition(" ")[0].capitalize() if counted else "Several"
        sentences.append(f"{many}{more or ' moments'} can be found; play each and look.")
    return sentences


def _differs(n: int) -> str:
    return "with another name, or another edge" if n == 1 else "with another name each, or another edge"


def summary(overall: Figures, lanes: list[LaneMark], aside: int, tags: int, counted: bool) -> list[str]:
    """Return feedback's few opening sentences, strengths first.

    Args:
        overall: All figures.
        lanes: Those of each lane.
        aside: How many tags count neither way.
        tags: How many tags count; `aside` comes on top of it.
        counted: Whether figures are shown; a try-out has none.
    """
    beats = overall.seen + overall.missed
    sentences = [opening(overall.seen, beats, tags + aside, counted)]
    if overall.seen and counted:
        # By the interval's lower end, so that one lucky moment does not outweigh five of six.
        best = max(lanes, key=lambda lane: (lane.recall.low or 0, lane.seen))
        if best.seen and len(lanes) > 1:
            sentences.append(f"Your eye was nearest the expert's for {best.label}.")
    sentences += _still(overall, counted)
    if aside and counted:
        what = verbal_count(aside, "tag counts", "tags count").capitalize()
        sentences.append(f"{what} neither way: nobody can be sure there, or this exercise is about other lanes.")
    elif aside and lanes:
        names = " and ".join(filter(None, [", ".join(lane.label for lane in lanes[:-1]), lanes[-1].label]))
        sentences.append(f"Only {names} come back here; whatever else you tagged stays on your timeline.")
    sentences.append(CAUTION if counted else _NOT_COUNTED)
    return sentences
