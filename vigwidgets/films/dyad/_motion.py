"""From acts to poses: what both people look like at any moment of the film."""

from __future__ import annotations

import math
import random

from vigwidgets.films.dyad._ease import bump, clamp, envelope, mix, wander
from vigwidgets.films.dyad._gaze import BlinkTrack, GazeTrack, aim_head
from vigwidgets.films.dyad._hands import HandTrack
from vigwidgets.films.dyad._kinds import ACTS, HANDS, VOICE
from vigwidgets.films.dyad._model import Act, Script
from vigwidgets.films.dyad._pose import Face, Hand, Pose, Seat
from vigwidgets.films.dyad._seats import ADULT, BABY, to_room
from vigwidgets.films.dyad._spots import SPOTS
from vigwidgets.films.dyad._syllables import syllables
from vigwidgets.films.dyad._things import ThingTracks

__all__ = ["Motion"]

Point = tuple[float, float]


class _Player:
    """One person's acts, sorted for quick asking."""

    def __init__(self, script: Script, actor: str, seat: Seat) -> None:
        self.id, self.seat = actor, seat
        acts = sorted((act for act in script.acts if act.actor == actor), key=lambda act: act.start)
        self.by_kind: dict[str, list[Act]] = {kind: [] for kind in ACTS}
        for act in acts:
            self.by_kind[act.does].append(act)
        self.voice = [act for act in acts if ACTS[act.does].part == VOICE]
        self.hands = [act for act in acts if ACTS[act.does].part == HANDS]
        self.gaze = GazeTrack(script, actor)
        self.blink = BlinkTrack(script, actor, self.gaze)
        self.phase = random.Random(f"{script.seed}/{actor}").uniform(0, 6.28)  # noqa: S311 - idle life needs no secret

    def level(self, kind: str, t: float, rise: float, fall: float) -> float:
        """Return how strongly an act of ``kind`` is on at ``t`` seconds, 0 to 1; its fall lies within it."""
        return max(
            (
                act.amount * envelope(t, act.start / 1e6, act.end / 1e6, rise, fall)
                for act in self.by_kind[kind]
                if act.start / 1e6 < t < act.end / 1e6
            ),
            default=0.0,
        )


def _nodding(since: float, seconds: float) -> float:
    return 0.2 * math.sin(2 * math.pi * 1.7 * since) * envelope(since, 0, seconds, 0.15, 0.3)


class Motion:
    """The whole film as a function of time.

    Args:
        script: A script that has been checked.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.things = ThingTracks(script)
        self._players = {
            script.adult.id: _Player(script, script.adult.id, ADULT),
            script.child.id: _Player(script, script.child.id, BABY),
        }
        meeting = (686.0, 522.0)
        self._hands = {
            player.id: HandTrack(player.id, player.seat, player.hands, self.things, self._point_for_hand, meeting)
            for player in self._players.values()
        }

    def poses(self, t: float) -> dict[str, Pose]:
        """Return the pose of each person at ``t`` seconds, by id."""
        return {actor: self._pose(player, t) for actor, player in self._players.items()}

    def thing_at(self, thing: str, t: float) -> tuple[Point, float]:
        """Return the middle of a thing and its turn in radians at ``t`` seconds."""
        holder = self.things.placed(thing, t).holder
        if holder is None:
            return self.things.lying(thing, t)
        hand = self._near_hand(self._players[holder], t)
        return hand.at, hand.turn

    def eyes_of(self, actor: str, t: float) -> Point:
        """Return the point between a person's eyes, at which others aim theirs."""
        seat = self._players[actor].seat
        head = self._head(self._players[actor], t)[0]
        up = math.sin(math.radians(seat.eye_lat)) * seat.radius[1]
        return head[0] + seat.facing * 0.42 * seat.radius[0], head[1] - up

    def point_of(self, target: str, t: float) -> Point:
        """Return where a person's eyes, a thing or a place is at ``t`` seconds."""
        if target in self._players:
            return self.eyes_of(target, t)
        if target in SPOTS:
            return (780.0, 640.0) if target == "rug" else SPOTS[target]
        return self.thing_at(target, t)[0]

    def _point_for_hand(self, target: str, t: float, actor: str) -> Point:
        if target in self._players:
            seat = self._players[target].seat
            return to_room(seat, seat.rest, 0.0)
        if target in SPOTS:
            return SPOTS[target]
        holder = self.things.placed(target, t).holder
        return self.things.lying(target, t)[0] if holder in (None, actor) else self.thing_at(target, t)[0]

    def _lean_lift(self, player: _Player, t: float) -> tuple[float, float]:
        lean = 0.17 * player.level("lean", t, 0.6, 0.6) - 0.12 * player.level("lean_back", t, 0.6, 0.6)
        lean += self._hands[player.id].stretch(t) + 0.008 * wander(t, player.phase)
        lift = 0.0
        for kind, rate, size in (("bounce", 2.6, 12.0), ("laugh", 4.4, 4.0)):
            for act in player.by_kind[kind]:
                since = t - act.start / 1e6
                if 0 < since < act.seconds:
                    on = envelope(since, 0, act.seconds, 0.25, 0.35)
                    lift += size * on * abs(math.sin(math.pi * rate * since))
        return lean, lift

    def _head(self, player: _Player, t: float) -> tuple[Point, Point, float, float]:
        seat = player.seat
        lean, lift = self._lean_lift(player, t)
        breath = 1.4 * math.sin(2 * math.pi * t * (0.45 if seat is BABY else 0.27) + player.phase)
        neck = to_room(seat, seat.neck, lean, lift)
        turned = lean * 0.55
        x, y = seat.head
        head = (
            neck[0] + seat.facing * (x * math.cos(turned) - y * math.sin(turned)) + 1.6 * wander(t * 0.8, player.phase),
            neck[1] + y * math.cos(turned) + x * math.sin(turned) - breath,
        )
        return head, neck, lean, lift

    def _near_hand(self, player: _Player, t: float) -> Hand:
        head, _, lean, lift = self._head(player, t)
        return self._hands[player.id].near(t, lean, lift, head)

    def _pose(self, player: _Player, t: float) -> Pose:
        seat = player.seat
        head, neck, lean, lift = self._head(player, t)
        before, now, eyes, turned = player.gaze.at(t)
        was, is_now = self.point_of(before, t), self.point_of(now, t)
        yaw0, pitch0 = aim_head(head, was)
        yaw1, pitch1 = aim_head(head, is_now)
        nod = sum(_nodding(t - act.start / 1e6, act.seconds) for act in player.by_kind["nod"])
        laugh = player.level("laugh", t, 0.25, 0.35)
        roll = 0.16 * player.level("tilt", t, 0.45, 0.45) * seat.facing + 0.012 * wander(t * 0.7, player.phase + 1)
        kick = player.level("kick", t, 0.2, 0.3) * math.sin(2 * math.pi * 2.4 * t)
        hands = self._hands[player.id]
        return Pose(
            seat=seat,
            lean=lean,
            lift=lift,
            breath=math.sin(2 * math.pi * t * (0.45 if seat is BABY else 0.27) + player.phase),
            head=head,
            neck=neck,
            yaw=yaw0 + (yaw1 - yaw0) * turned,
            pitch=clamp(pitch0 + (pitch1 - pitch0) * turned + nod - 0.1 * laugh, -0.5, 0.6),
            roll=roll + seat.facing * 0.25 * lean,
            gaze=mix(was, is_now, eyes),
            face=self._face(player, t, laugh),
            near=hands.near(t, lean, lift, head),
            far=hands.far(t, lean, lift, head),
            kick=kick + 0.06 * wander(t * 1.3, player.phase),
            sway=wander(t, player.phase),
        )

    def _face(self, player: _Player, t: float, laugh: float) -> Face:
        opened = rounded = fuss = 0.0
        for act in player.voice:
            start = act.start / 1e6
            if not start < t < act.end / 1e6 or act.does == "laugh":
                continue
            since = t - start
            if act.does == "fuss":
                fuss = envelope(since, 0, act.seconds, 0.2, 0.3)
                opened = max(opened, fuss * (0.55 + 0.2 * math.sin(5 * since)))
            for part in syllables(act.text or "", act.seconds):
                hill = bump((since - part.start + 0.04) / (part.end - part.start + 0.06))
                opened = max(opened, hill * part.open * (0.72 if act.does == "say" else 0.8))
                rounded = max(rounded, hill * max(part.round, 0.55 if act.does == "coo" else 0.0))
        opened = max(opened, laugh * (0.62 + 0.16 * math.sin(2 * math.pi * 4.4 * t)))
        surprise = player.level("surprise", t, 0.16, 0.4)
        return Face(
            smile=clamp(max(player.level("smile", t, 0.3, 0.45), laugh)),
            laugh=laugh,
            frown=max(player.level("frown", t, 0.35, 0.4), fuss),
            surprise=surprise,
            blink=player.blink.at(t),
            open=max(opened, 0.35 * surprise),
            round=max(rounded, 0.5 * surprise * (1 - player.level("smile", t, 0.3, 0.45))),
        )
