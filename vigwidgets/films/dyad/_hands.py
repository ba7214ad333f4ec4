"""Where hands go: to rest, to hold, to reach, to offer, to hide a face."""

from __future__ import annotations

import math
from collections.abc import Callable

from vigwidgets.films.dyad._ease import bump, clamp, envelope, mix, smooth
from vigwidgets.films.dyad._model import Act
from vigwidgets.films.dyad._pose import Hand, Seat
from vigwidgets.films.dyad._seats import to_room
from vigwidgets.films.dyad._speech import talk_at
from vigwidgets.films.dyad._things import ThingTracks, grab_time, knock_time, release_time

__all__ = ["HandTrack"]

Point = tuple[float, float]
_BOTH = {"clap", "hide", "open_arms"}
# How far a body follows its hand, in radians: a reach that asks for help stays short of what it wants.
_PAST = 3.2
_MOST_LEAN = {"knock": 0.7, "offer": 0.5, "reach": 0.2, "point": 0.3, "touch": 1.15, "stroke": 1.15}
_LEANING = {"reach", "take", "put", "offer", "knock", "touch", "stroke"}
_LEAN_SPEED, _BEFORE = 0.5, 0.5
_SHORT_LEAN = 0.16
_CHEEK, _HAND = 410.0, 480.0
_OFTEN = 0.45
_FINGER = 84.0
"""From the palm to shortly before what its finger points at."""
_GAP = 50.0
"""From the palm to the middle of what a hand reaches for and does not get."""
_RAISED = 0.2
_ABOVE = 56.0
"""How far above a thing a hand is that comes down to it: the thing stays in sight."""
_OFF = 0.3
"""Which share of that it is above what it has let go: a hand that comes back goes low, or it would reach out again."""
_OPEN_BACK = 0.25
"""For which share of its way back a hand is open still."""
_SINKS, _AT_ONCE = 0.4, 1e-3
"""For how long a hand that holds nothing any more is still where it held it, in seconds."""
_IN_LAP, _KEPT = 44.0, 0.85
"""How far over a resting hand one is that keeps something, and how far a grown hand goes there that is not busy."""
_ATOP = 24.0
"""How much higher a hand is that points at what stands on something else."""
_BENT = 0.74
"""How far an arm is stretched that points into the room: all of it, held out across a chest, would seem a lean."""
_FALL = 0.42
_WINDS, _WOUND, _THROUGH = 64.0, 0.62, 10.0
"""How high a hand that knocks goes up, for which share of its way there, and how far it goes on."""


class HandTrack:
    """Both hands of one person.

    Args:
        actor: Whose hands.
        seat: Where they are; set anew when they walk.
        acts: That person's acts of hands, in order.
        things: The tracks of all things.
        point_of: Gives the middle of a person, thing or place at a time in seconds.
        people: The ids of the cast.
        offer_to: Gives where a thing offered to a person is held out at a time in seconds.
    """

    def __init__(
        self,
        actor: str,
        seat: Seat,
        acts: list[Act],
        things: ThingTracks,
        point_of: Callable[[str, float, str], Point],
        people: frozenset[str],
        offer_to: Callable[[str, str, float], Point],
    ) -> None:
        self._actor, self.seat, self._acts, self._things = actor, seat, acts, things
        self._point_of, self._offer_to = point_of, offer_to
        self._is_person = people.__contains__
        self.sink = 0.0
        """How far the body is sunk into itself: its hands lie lower then."""
        self.eyes: tuple[Point, Point] | None = None
        """Where the own eyes are in the picture, from left to right: hands that hide a face lie over them."""
        self.mouth: Point | None = None
        """Where the own mouth is in the picture: a hand that comforts goes there."""
        self.heeds: Callable[[str | None, float], float] = lambda _, __: 0.0
        """How far the own eyes are on a thing at a time in seconds: what is looked at is held up to them."""
        self.talks: list[tuple[float, float]] = []
        """When the hand goes along with what is said: start and end in seconds."""
        self._held: list[tuple[float, float, float]] = []
        for track in things.tracks.values():
            for i, placed in enumerate(track):
                if placed.holder == actor:
                    following = track[i + 1] if i + 1 < len(track) else None
                    # Who has put something down goes home from there; who has given it, from where they held it out.
                    sinks = _SINKS if following is None or following.holder else _AT_ONCE
                    self._held.append((placed.start, following.start if following else math.inf, sinks))

    def _active(self, t: float) -> Act | None:
        return next((act for act in self._acts if act.start / 1e6 <= t < act.end / 1e6), None)

    def stretch(self, t: float) -> float:
        """Return how much further the body must lean for the hand to arrive, in radians, at ``t`` seconds."""
        near = (act for act in self._acts if act.start / 1e6 - _BEFORE < t < act.end / 1e6 + _BEFORE)
        return max((self._lean_for(act, t) for act in near if self._leans(act)), default=0.0)

    def _leans(self, act: Act) -> bool:
        return act.does in _LEANING or (act.does == "point" and act.target in self._things.things)

    def _lean_for(self, act: Act, t: float) -> float:
        sx, sy = to_room(self.seat, self.seat.shoulder, 0.0)
        start, end = act.start / 1e6, act.end / 1e6
        gx, gy = self._goal(act, clamp(t, start, end - 0.001))
        missing = math.hypot(gx - sx, gy - sy) - 0.93 * sum(self.seat.arm)
        # A body that leans far also comes down and forward less than its angle says.
        missing *= 1.35 if missing > 150 * self.seat.scale and act.does in ("touch", "stroke") else 1.0
        need = clamp(missing / (-self.seat.shoulder[1] * self.seat.scale), 0.0, _MOST_LEAN.get(act.does, 0.42))
        if self.seat.baby and act.does == "take":
            need = min(need, _SHORT_LEAN)  # a big head that comes far down to the hand would be behind the arm
        need *= 0.25 if self.seat.tilt else 1.0
        need *= 0.5 if self.seat.holds else 1.0  # one's face stays above whom one holds
        need = min(need, 0.4 * act.seconds)  # nobody throws themselves forward
        slow = clamp(0.45 * act.seconds, 0.5, 0.9 + max(need - 0.42, 0.0))
        # A body that has far to go sets out before its hand does, and is back after it.
        before = clamp(need / _LEAN_SPEED - slow, 0.0, _BEFORE)
        return need * envelope(t, start - before, end + before, slow + before, 0.9 * slow + before)

    def _base(self, t: float, lean: float, lift: float) -> tuple[Point, str]:
        rest = self._resting(self.seat.rest, lean, lift)
        hold = to_room(self.seat, self.seat.hold, lean, lift)
        if not self.seat.baby:  # what one has, and does nothing with, sinks to the lap: held up it would be held out
            x, y = self.seat.rest
            kept = _KEPT * self._free(t) * (1 - self.heeds(self._things.held_by(self._actor, t), t))
            hold = mix(hold, to_room(self.seat, (x, y - _IN_LAP), lean, lift), kept)
        w = max((envelope(t, g, r + s, 0.5, s) if t < r + s else 0.0 for g, r, s in self._held), default=0.0)
        holding = any(g <= t < r for g, r, _ in self._held)
        if holding or self.seat.holds or self.seat.tilt:
            return mix(rest, hold, w), "hold" if holding else "rest"
        up, beat = talk_at(self.talks, t)
        up *= self._free(t)
        x, y = self.seat.rest
        # Before a body that is sunk the hand talks lower, and farther out: else it would be at the chin.
        told = to_room(self.seat, (x + 34.0 + 24.0 * self.sink, y - 74.0 - 16.0 * beat + 44.0 * self.sink), lean, lift)
        return mix(mix(rest, told, up), hold, w), "open" if up > 0.3 else "rest"

    def _resting(self, at: Point, lean: float, lift: float) -> Point:
        if self.seat.baby and not self.seat.tilt:  # arms that hang: the hands lie beside the hips
            hang = (at[0] - 34.0 * self.sink, at[1] + 62.0 * self.sink)
            return to_room(self.seat, hang, 0.0, lift * 0.5)
        low = (at[0] + 14.0 * self.sink, at[1] + 30.0 * self.sink)
        return to_room(self.seat, low, lean * 0.5, lift * 0.5)

    def _free(self, t: float) -> float:
        """Return 0 while the hand does something, 1 long before and after it."""
        gaps = (max(act.start / 1e6 - t, t - act.end / 1e6, 0.0) for act in self._acts)
        return smooth((min(gaps, default=9.0) - 0.1) / 0.45)

    def _goal(self, act: Act, t: float) -> Point:
        if act.does == "put":
            return self._things.placed(str(act.thing), release_time(act) + 0.001).at
        if act.does == "offer":
            return self._offer_to(str(act.target), str(act.thing), t)
        if act.does in ("stroke", "touch") and self._is_person(str(act.target)):
            return self._skin_of(str(act.target), t, tender=act.does == "stroke")
        # Once taken, a thing goes with the hand: the body stays stretched to where it was.
        if act.does == "take":
            t = min(t, grab_time(act) - 0.001)
        return self._point_of(str(act.thing or act.target), t, self._actor)

    def _skin_of(self, target: str, t: float, *, tender: bool) -> Point:
        """Return where a person is touched: the cheek, a hand or a foot, whichever can be reached from here."""
        sx, sy = to_room(self.seat, self.seat.shoulder, 0.0)
        far = self.seat.scale
        for part, most in (("cheek:", _CHEEK if tender else 0.0), ("", _HAND)):
            x, y = self._point_of(part + target, t, self._actor)
            if math.hypot(x - sx, y - sy) < most * far:
                return x, y
        return self._point_of("foot:" + target, t, self._actor)

    def near(self, t: float, lean: float, lift: float, head: Point) -> Hand:
        """Return the nearer hand at ``t`` seconds."""
        base, shape = self._base(t, lean, lift)
        act = self._active(t)
        if act is None:
            return Hand(base, shape)
        ways = {"take": self._take, "put": self._put, "knock": self._knock}
        if act.does in ways:
            return ways[act.does](act, t, base)
        if act.does in _BOTH:
            return self._both(act, t, base, head, lean, near=True)
        start, end = act.start / 1e6, self._until(act)
        w = envelope(t, start, end, _OFTEN, _FALL)
        if act.does in ("shake", "wave", "self_soothe"):
            return self._by_itself(act, t, base, head, (lean, lift))
        goal = self._goal(act, t)
        # On its way back a hand closes: an open one that is raised would reach out once more.
        busy = w > (1 - _OPEN_BACK if t > end - _FALL else 0.25)
        aim = goal if act.does in ("point", "reach") and busy else None
        if act.does == "point":
            goal = self._pointing(goal, str(act.target), start)
        elif act.does == "reach" and not self._is_person(str(act.target)):
            goal = self._wished(goal)
        x, y = mix(base, self._limit(goal, lean), w)
        if act.does == "stroke":
            y += (22 if self.seat.holds else 11) * w * math.sin(2 * math.pi * 0.55 * (t - start))
        # Before it goes forward a hand draws back a little.
        x -= self.seat.facing * 8 * self.seat.scale * bump((t - start) / 0.3)
        given = act.does == "offer" and self._things.placed(str(act.thing), t).holder != self._actor
        spread = {"offer": "open" if given else "hold", "reach": "open", "point": "point"}.get(act.does, "flat")
        tremble = 4 * w * math.sin(7 * (t - start)) if act.does == "reach" else 0.0
        return Hand((x, y + tremble), spread if busy or spread == "hold" else shape, aim=aim)

    def _until(self, act: Act) -> float:
        """Return when a hand is back, in seconds: at the end of its act, or soon after what it offered was taken."""
        end = act.end / 1e6
        taken = (r for g, r, _ in self._held if g < r and act.start / 1e6 < r < end)
        return min(end, next(taken, end) + _FALL) if act.does == "offer" else end

    def _pointing(self, goal: Point, target: str, t: float) -> Point:
        """Return where a hand is that points: at a thing shortly before it, into the room from a bent arm."""
        x, y = self._short_of(goal, _FINGER)
        if target in self._things.things:
            # What stands on another is pointed at from above, so that the lower one is not meant.
            return x, y - (_ATOP * self.seat.scale if self._things.stands(target, t) else 0.0)
        if self._is_person(target):
            return x, y
        sx, sy = to_room(self.seat, self.seat.shoulder, 0.0)
        far, most = math.hypot(x - sx, y - sy), _BENT * sum(self.seat.arm)
        return (x, y) if far <= most else mix((sx, sy), (x, y), most / far)

    def _wished(self, goal: Point) -> Point:
        """Return where a hand is that wishes for something: with a gap, and higher for what is far."""
        x, y = self._short_of(goal, _GAP)
        sx, sy = to_room(self.seat, self.seat.shoulder, 0.0)
        missing = math.hypot(goal[0] - sx, goal[1] - sy) - sum(self.seat.arm)
        return x, y - clamp(_RAISED * (missing - 80.0 * self.seat.scale), 0.0, 20.0 * self.seat.scale)

    def _short_of(self, goal: Point, by: float) -> Point:
        """Return where a hand is that stays ``by`` (for a body of size 1) short of what it points at or reaches for."""
        sx, sy = to_room(self.seat, self.seat.shoulder, 0.0)
        far = math.hypot(goal[0] - sx, goal[1] - sy) or 1.0
        return mix(goal, (sx, sy), min(by * self.seat.scale / far, 0.5))

    def _by_itself(self, act: Act, t: float, base: Point, head: Point, body: tuple[float, float]) -> Hand:
        """Return a hand that goes to no target: it shakes, waves, or comforts its owner."""
        start = act.start / 1e6
        w = envelope(t, start, act.end / 1e6, _OFTEN, _FALL)
        if act.does == "shake":
            beat = math.sin(2 * math.pi * 3.6 * (t - start)) * w
            return Hand((base[0] + 9 * beat, base[1] - 16 * w - 13 * abs(beat)), "hold", turn=0.5 * beat)
        if act.does == "self_soothe":
            suck = 1.6 * math.sin(2 * math.pi * 1.1 * (t - start)) * w
            x, y = mix(base, self.mouth or self._on_face(head, 0.30, 0.56), w)
            return Hand((x, y + suck), "fist" if w > 0.2 else "rest")
        up = to_room(self.seat, (self.seat.shoulder[0] + 74, self.seat.shoulder[1] - 40), *body)
        return Hand(mix(base, up, w), "open" if w > 0.3 else "rest", turn=0.45 * w * math.sin(9 * (t - start)))

    def far(self, t: float, lean: float, lift: float, head: Point) -> Hand:
        """Return the hand behind at ``t`` seconds."""
        rest = self._resting(self.seat.far_rest, lean, lift)
        act = self._active(t)
        if act is None or act.does not in _BOTH:
            return Hand(rest, "rest", front=False)
        return self._both(act, t, rest, head, lean, near=False)

    def _on_face(self, head: Point, across: float, down: float) -> Point:
        rx, ry = self.seat.radius
        x, y = self.seat.facing * rx * across, ry * down
        c, s = math.cos(self.seat.roll), math.sin(self.seat.roll)
        return head[0] + x * c - y * s, head[1] + x * s + y * c

    def _limit(self, goal: Point, lean: float) -> Point:
        sx, sy = to_room(self.seat, self.seat.shoulder, lean)
        dx, dy = goal[0] - sx, goal[1] - sy
        far = math.hypot(dx, dy)
        most = (1.1 if self.seat.holds else 0.97) * sum(self.seat.arm)
        return goal if far <= most else (sx + dx * most / far, sy + dy * most / far)

    def _take(self, act: Act, t: float, base: Point) -> Hand:
        start, end, grab = act.start / 1e6, act.end / 1e6, grab_time(act)
        there = self._point_of(str(act.thing), min(t, grab - 0.001), self._actor)
        rest = to_room(self.seat, self.seat.rest, 0.0)
        if t < grab:
            w = smooth((t - start) / (grab - start))
            x, y = mix(rest, there, w)
            # Past whom one holds a hand goes high and closed: an open one at their cheek would stroke it.
            past = self.seat.holds is not None
            there = x, y - (_PAST if past else 1.0) * _ABOVE * self.seat.scale * math.sin(math.pi * w)
            return Hand(there, ("open" if t < grab - 0.12 else "hold") if w > (0.75 if past else 0.2) else "rest")
        hold = to_room(self.seat, self.seat.hold, 0.0)
        w = smooth((t - grab) / max(min(end - grab, 0.6), 0.2))
        # `base` already carries lean and idle life; near the end the hand is exactly there.
        return Hand(mix(there, mix(hold, base, w), w), "hold")

    def _put(self, act: Act, t: float, base: Point) -> Hand:
        start, end, let_go = act.start / 1e6, act.end / 1e6, release_time(act)
        there = self._goal(act, t)
        if t < let_go:
            w = smooth((t - start) / (let_go - start))
            x, y = mix(base, there, w)
            return Hand((x, y - 40 * math.sin(math.pi * w) * (1 if act.on else 0.4)), "hold")
        w = smooth(((t - let_go) / (end - let_go)) ** 0.6)  # off what was put down at once: it is to be seen
        x, y = mix(there, base, w)
        return Hand((x, y - _OFF * _ABOVE * self.seat.scale * bump(w)), "open" if w < _OPEN_BACK else "rest")

    def _knock(self, act: Act, t: float, base: Point) -> Hand:
        start, end, hit = act.start / 1e6, act.end / 1e6, knock_time(act)
        x, y = self._point_of(str(act.thing), min(t, hit - 0.001), self._actor)
        if t < hit:
            # Up and back, and then down upon it at speed: a hand that sank onto it slowly would touch it.
            up = x - self.seat.facing * 0.3 * _WINDS * self.seat.scale, y - _WINDS * self.seat.scale
            w = (t - start) / (hit - start)
            if w < _WOUND:
                return Hand(mix(base, up, smooth(w / _WOUND)), "flat")
            return Hand(mix(up, (x, y), ((w - _WOUND) / (1 - _WOUND)) ** 2), "flat")
        # The arm stays out where the tower stood until what it hit has come down.
        x += self.seat.facing * _THROUGH * self.seat.scale * smooth((t - hit) / 0.12)
        w = smooth(((t - hit) / (end - hit) - 0.5) / 0.5)
        return Hand(mix((x, y), base, w), "flat" if w < _OPEN_BACK else "rest")

    def _both(self, act: Act, t: float, base: Point, head: Point, lean: float, *, near: bool) -> Hand:
        start, end = act.start / 1e6, act.end / 1e6
        seat = self.seat
        w = envelope(t, start, end, *((0.6, 0.48) if act.does == "hide" else (0.4, 0.32)))
        if act.does == "hide":
            across = 0.06 if near else 0.74
            goal = self._on_face(head, across, 0.1)
            if self.eyes is not None:
                x, y = self.eyes[0 if near == (seat.facing > 0) else 1]
                c, s = math.cos(seat.roll), math.sin(seat.roll)
                low = 0.3 * seat.radius[1] if seat.baby else 0.16 * seat.radius[1]
                goal = (x - s * low, y + c * low)
            return Hand(mix(base, goal, w), "cover" if w > 0.2 else "rest")
        if act.does == "open_arms":
            goal = to_room(seat, (seat.hold[0] + (-40 if near else 40), seat.hold[1] - (20 if near else 70)), lean)
            return Hand(mix(base, goal, w), "open" if w > 0.2 else "rest")
        gap = 26 * abs(math.sin(math.pi * 2.2 * (t - start))) * (seat.radius[0] / 90)
        side = -1 if near else 1
        goal = to_room(seat, (seat.hold[0] - 18 + side * gap * 0.7, seat.hold[1] - 24 - side * gap * 0.4), lean)
        return Hand(mix(base, goal, w), "flat" if w > 0.2 else "rest")
