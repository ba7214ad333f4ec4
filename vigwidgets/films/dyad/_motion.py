"""From acts to poses: what both people look like at any moment of the film."""

from __future__ import annotations

import math
from dataclasses import replace

from vigwidgets.films.dyad._ease import EASE, clamp, envelope, mix, smooth, wander
from vigwidgets.films.dyad._feeling import face_at
from vigwidgets.films.dyad._gaze import MOST_YAW, aim_head
from vigwidgets.films.dyad._hands import HandTrack
from vigwidgets.films.dyad._layouts import Layout, layout_of
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.dyad._player import Player
from vigwidgets.films.dyad._pose import Hand, Pose, Seat
from vigwidgets.films.dyad._seats import bowed, face_of, head_of, to_room
from vigwidgets.films.dyad._speech import speech_at
from vigwidgets.films.dyad._things import ThingTracks
from vigwidgets.films.dyad._view import HeadView

__all__ = ["Motion"]

Point = tuple[float, float]

_NEAR, _SCREEN, _DOWN = 0.7, 0.8, 120.0
_FAR_UP = frozenset({"window", "ceiling"})
# How far one leans back, in radians: against a back of a seat further than on a floor.
_BACK = {"chair": 0.58}
_TOY = 34.0
# How far lids follow eyes that look down: at people and things, and at places. Further would be tiredness.
_LIDS, _LIDS_AT, _LIDS_AWAY = 0.42, 0.5, 0.58
_RIGHTED = 0.3
# A small child's own lap is right below its face: what stands on a tray before it is another goal.
_SHORT_LAP = 0.4
# A goal in the room that lies lower than this under the eyes, for how far off it is, bows the head.
_BELOW, _BOWS = 0.38, 0.2
_LOW = 150.0
_ASIDE, _FEET = 0.4, 0.1
# Where things are held out to a child who lies, from the hips: higher than such a child keeps them.
_LYING = (112.0, -78.0)
_PASSING = frozenset({"take", "offer", "put", "point"})
# How far a chin is lifted, in radians, by a small child who lies and looks up at a face.
_CHIN_UP = -0.16
_TILT, _LEAN, _FOLD = 0.3, 0.32, 0.1
# How far a head goes down in a nod, and how far down it goes at most, in radians.
_NOD, _LOWEST = 0.24, 0.62
# How far a grown head bends at most to a child, and how level it is towards a grown person.
_MOST_BENT, _LEVEL = 0.43, 0.06
_SMALL_FACE = 11.0
"""How far under the eyes of a small child, in degrees of the head, the eyes of others rest."""
# Who sits on a chair and does nothing sits upright, in radians: else a bow, or an arm held out, would be a lean.
_UPRIGHT = {"chair": 0.05}
# From the hips: the own lap, and the floor before it.
_OWN: dict[str, Point] = {"lap": (80.0, 12.0), "rug": (124.0, 50.0)}


def _beside_face(seat: Seat, at: Point) -> Point:
    """Return ``at``, or the place nearest to it where a thing held out does not cover a face."""
    head = head_of(seat, 0.0, 0.0)[0]
    clear, far = 1.18 * seat.radius[0] + _TOY, math.dist(head, at) or 1.0
    if far >= clear:
        return at
    return head[0] + (at[0] - head[0]) * clear / far, head[1] + (at[1] - head[1]) * clear / far


def _nodding(since: float, seconds: float) -> float:
    """Return how far a nod has the head down, in radians: from rest and back, and never up over it."""
    return _NOD * math.sin(math.pi * 1.7 * since) ** 2 * envelope(since, 0, seconds, 0.1, 0.2)


def _bent(pitch: float, lower: float) -> float:
    """Return the pitch, in radians, of a grown head that attends to a small child.

    Grown people sit so near a child that the way from face to face goes down little, and heads that are nearly level
    seem to be turned to one another: whose face lies ``lower`` (a share of how far off it is) is bent to plainly.
    """
    return clamp(pitch + 0.12 + 0.2 * smooth(lower / 0.25), 0.24, _MOST_BENT)


class Motion:
    """The whole film as a function of time.

    Args:
        script: A script that has been checked.
        layout: Where everybody is; the scene's own by default.
    """

    def __init__(self, script: Script, layout: Layout | None = None) -> None:
        self.script = script
        self.layout = layout or layout_of(script)
        self.things = ThingTracks(script, self.layout)
        self._players = {actor: Player(script, actor, seat) for actor, seat in self.layout.seats.items()}
        self._hands = {actor: self._hand_track(player) for actor, player in self._players.items()}

    def _hand_track(self, player: Player) -> HandTrack:
        def offered(target: str, thing: str, t: float) -> Point:
            if target in self._players and self.things.things[thing].kind == "spoon":
                # Food goes to the mouth; the bowl of the spoon is ahead of the hand.
                x, y = self._mouth_of(target, t)
                return x - player.seat.facing * 29.0, y + 25.0
            if target not in self._players:
                return self.point_of(target, 0.0)
            seat = self._players[target].seat
            mine = to_room(player.seat, player.seat.hold, 0.0)
            if player.seat.baby:
                return mix(mine, to_room(seat, seat.hold, 0.0), 0.38)
            # The hands of one who lies the other way are behind their head from here: that far one does not reach.
            away = bool(seat.tilt) and seat.facing == player.seat.facing
            if not seat.tilt and (player.seat.hip[0] - seat.hip[0]) * seat.facing < 0:
                # To one who sits with the back to the giver it is held out beside the cheek: there they turn to it.
                (hx, hy), (rx, ry) = head_of(seat, 0.0, 0.0)[0], seat.radius
                return hx - seat.facing * (1.3 * rx + _TOY), hy + 0.62 * ry
            wished = seat.posture == "tray" and not self._takes(target, thing)
            share = 0.5 if away or wished else 0.62 if seat.tilt else 0.74
            x, y = mix(mine, to_room(seat, _LYING if seat.tilt else seat.hold, 0.0), share)
            # Past a child on one's own lap: under the one on drawn-up knees, over the one in crossed legs.
            past = 90.0 if player.seat.posture == "knees" else -48.0
            # Clear of what stands on the table; what is only reached for is farther from the face, and lower.
            over = -30.0 if wished else -70.0 if seat.posture == "tray" else 18.0
            low = 46.0 if away else past if player.seat.holds else over
            return _beside_face(seat, (x, y + low * seat.scale))

        people = frozenset(self._players)
        track = HandTrack(player.id, player.seat, player.hands, self.things, self._point_for_hand, people, offered)
        track.talks = player.talks
        track.heeds = lambda thing, t: player.gaze.heeds(thing, t) if thing else 0.0
        return track

    def passes(self, actor: str, t: float) -> bool:
        """Return whether a hand goes past the child on the own lap at ``t`` seconds: behind them, not over a face."""
        acts = (act for act in self._players[actor].hands if act.does in _PASSING)
        return bool(self._players[actor].seat.holds) and any(act.start / 1e6 <= t < act.end / 1e6 for act in acts)

    def _takes(self, actor: str, thing: str) -> bool:
        return any(act.does == "take" and act.actor == actor and act.thing == thing for act in self.script.acts)

    def poses(self, t: float) -> dict[str, Pose]:
        """Return the pose of each person at ``t`` seconds, by id."""
        return {actor: self._pose(player, t) for actor, player in self._players.items()}

    def thing_at(self, thing: str, t: float) -> tuple[Point, float]:
        """Return the middle of a thing and its turn in radians at ``t`` seconds."""
        holder = self.things.placed(thing, t).holder
        if holder is None:
            return self.things.lying(thing, t)
        hand = self._near_hand(self._players[holder], t)
        # What lay on its side is put upright by the hand that takes it.
        lay = self.things.placed(thing, self.things.placed(thing, t).start - 0.001).turn
        return hand.at, hand.turn + lay * (1 - smooth(self.things.since(thing, t) / _RIGHTED))

    def eyes_of(self, actor: str, t: float) -> Point:
        """Return the point between a person's eyes, or a little under a small child's, at which others aim theirs."""
        player = self._players[actor]
        seat, (head, _, lean, _) = player.seat_at(t), self._head(player, t)
        before, now, _, turned = player.gaze.at(t)
        was, is_now = self._roughly(before, t, player), self._roughly(now, t, player)
        yaw, pitch = self._turned(player, head, (before, was), (now, is_now), turned)
        away = player.level("turn_away", t, 0.5, 0.6)
        yaw += (-seat.facing * 0.62 - yaw) * away
        (x, y), roll = self._tilted(player, t, bowed(seat, head, pitch), lean)
        pitch *= 1 - player.level("hide", t, 0.5, 0.4)
        hung = player.hung(pitch, t)
        # Of a small face the middle is looked at: so pupils go down to it that would go straight across.
        return HeadView((x, y), seat.radius, yaw, hung, roll).at(
            0.0, seat.eye_lat - (_SMALL_FACE if seat.baby else 0.0)
        )

    def _tilted(self, player: Player, t: float, head: Point, lean: float) -> tuple[Point, float]:
        """Return the middle and the roll of a head that is put to one side, or hangs."""
        seat, tilt, sunk = player.seat, player.level("tilt", t, 0.45, 0.45), player.sunk(t)
        there = head[0] + seat.facing * 0.2 * seat.radius[0] * tilt, head[1] + 0.05 * seat.radius[1] * tilt
        # A small child's head stays level over a trunk that sinks: brows and mouth on one that hangs look sorry.
        lean -= 0.0 if player.grown else _FOLD * sunk
        return there, seat.facing * (_TILT * tilt + 0.25 * lean) + seat.roll

    def _mouth_of(self, actor: str, t: float) -> Point:
        # Where the mouth is at rest: a spoon that followed every nod would make the two chase one another.
        seat = self._players[actor].seat_at(t)
        head = head_of(seat, 0.0, 0.0)[0]
        return HeadView(head, seat.radius, seat.facing * 0.4, 0.0, seat.roll).at(0.0, seat.form.mouth[0])

    def _depth_of(self, target: str, head: Point, at: Point) -> float:
        """Return how far in front of the picture's plane a target is, for the turn of the head.

        Who sits close by is in the same plane, so that one turns fully to them; a screen is in front of everybody, so
        that looking at it is plainly another thing than looking at whoever sits before it.
        """
        far = math.dist(head, at)
        if target == "screen":
            return max(self.layout.depth, _SCREEN * far)
        if target in _OWN:
            return _DOWN
        near = target in self._players or target in self.things.things
        return min(self.layout.depth, max(_NEAR * far, 110.0)) if near else self.layout.depth

    def _turned(
        self, player: Player, head: Point, before: tuple[str, Point], now: tuple[str, Point], turned: float
    ) -> tuple[float, float]:
        """Return yaw and pitch of a head that has gone ``turned`` of the way from one target to the next."""
        roll = player.seat.roll
        ends = []
        for target, at in (before, now):
            yaw, pitch = aim_head(head, at, roll, self._depth_of(target, head, at))
            if player.grown and target in self._players:
                pitch = self._to_person(player, target, pitch, (at[1] - head[1]) / (math.dist(head, at) or 1.0))
            elif player.grown and (target in self.things.things or target == "screen") and at[1] > head[1] + _LOW:
                pitch = clamp(pitch + 0.18, 0.0, 0.6)  # what lies is looked down at, further than a child beside it
                if target != "screen":  # and from the side: a head that came to the front would turn aside
                    yaw = player.seat.facing * max(player.seat.facing * yaw, _ASIDE)
            elif target in self.things.things and not roll and at[1] > head[1] + _LOW:
                steep = (at[1] - head[1]) / (math.dist(head, at) or 1.0)
                # What lies at a small child's feet is looked down at further than a tower.
                pitch += _FEET * smooth((steep - 0.8) / 0.12) * smooth((at[1] - head[1] - _LOW) / 90.0)
            elif roll and target in self._players and at[1] < head[1]:
                pitch = min(pitch, _CHIN_UP)  # who lies lifts the chin to a face above: tucked, it would be to the lap
            elif target in self.layout.spots and at[1] - head[1] > _BELOW * math.dist(head, at):
                pitch = clamp(pitch + _BOWS, 0.3, 0.54)  # down to one side is another look than to that side
            elif target in _FAR_UP:
                # Eyes that wander off go over everybody's head and to one side, plainly.
                yaw = clamp(yaw + math.copysign(0.34, at[0] - head[0]), -MOST_YAW, MOST_YAW)
                pitch -= 0.1
            ends.append((yaw, pitch))
        return mix(ends[0], ends[1], turned)

    def _to_person(self, player: Player, target: str, pitch: float, lower: float) -> float:
        """Return the pitch of a grown head that attends to somebody, of whom one must see who it is."""
        if self._players[target].grown:  # level; and over the child on one's own lap
            return min(pitch - 0.12, _LEVEL) if player.seat.holds else clamp(pitch, -0.5, _LEVEL)
        if target == player.seat.holds:
            return clamp(pitch + 0.24, 0.42, 0.5)
        if player.seat.holds:  # down to them, and yet over the one on the lap
            return clamp(pitch + 0.12, 0.24, 0.27)
        return _bent(pitch, lower)

    def _roughly(self, target: str, t: float, looker: Player) -> Point:
        """Return where a target is, of a person the usual place of the eyes: who looks where must not go in rings."""
        if target not in self._players:
            return self.point_of(target, t, looker.id)
        player = self._players[target]
        return face_of(player.seat_at(t), self._head(player, t)[0])

    def point_of(self, target: str, t: float, looker: str | None = None) -> Point:
        """Return where a person's eyes, a thing or a place is at ``t`` seconds.

        Args:
            target: What is looked at.
            t: Seconds from the start of the film.
            looker: Who looks: the lap is one's own, and the rug that in front of oneself.
        """
        if target in self._players:
            return self.eyes_of(target, t)
        if looker and target in _OWN:
            seat, (x, y) = self._players[looker].seat_at(t), _OWN[target]
            x *= _SHORT_LAP if seat.baby and target == "lap" else 1.0
            return seat.hip[0] + seat.facing * x * seat.scale, seat.hip[1] + y * seat.scale
        if target in self.layout.spots:
            return self.layout.spots[target]
        return self.thing_at(target, t)[0]

    def _point_for_hand(self, target: str, t: float, actor: str) -> Point:
        part, _, name = target.partition(":")
        if name:
            seat = self._players[name].seat_at(t)
            if part == "foot":
                return to_room(seat, (146.0, -14.0) if seat.baby else (206.0, -44.0), 0.0)
            if seat.tilt:  # the cheek of one who lies face to face is all that is seen of the face
                return to_room(seat, (34.0, -104.0), 0.0)
            x, y = head_of(seat, 0.0, 0.0)[0]
            side = math.copysign(0.62, self._players[actor].seat.hip[0] - x)
            return x + side * seat.radius[0], y + 0.42 * seat.radius[1]
        if target in self._players:
            seat = self._players[target].seat_at(t)
            # Hands that lie back on a tray are met by their fingers, so that nobody lies across the table.
            return to_room(seat, (88.0, -84.0) if seat.posture == "tray" else seat.rest, 0.0)
        if target in self.layout.spots:
            return self.layout.spots[target]
        holder = self.things.placed(target, t).holder
        return self.things.lying(target, t)[0] if holder in (None, actor) else self.thing_at(target, t)[0]

    def _lean_lift(self, player: Player, t: float) -> tuple[float, float]:
        lean = _LEAN * player.level("lean", t, *EASE["lean"]) ** 0.8 - _BACK.get(
            player.seat.posture, 0.34
        ) * player.level("lean_back", t, *EASE["lean_back"])
        stretch = self._hands[player.id].stretch(t)
        lean = max(lean, stretch + min(lean, 0.0)) + 0.008 * wander(t, player.phase)
        lean -= _UPRIGHT.get(player.seat.posture, 0.0) * (1 - clamp(stretch / 0.4))
        # A small body that sinks folds over its own lap.
        lean += (_FOLD if player.seat.baby else 0.0) * player.sunk(t) - 0.1 * player.level("turn_away", t, 0.5, 0.6)
        if player.seat.tilt:
            lean *= 0.3
        lift = 0.0
        for kind, rate, size in (("bounce", 2.6, 12.0), ("laugh", 4.4, 4.0)):
            for act in player.by_kind[kind]:
                since = t - act.start / 1e6
                if 0 < since < act.seconds:
                    on = envelope(since, 0, act.seconds, 0.25, 0.35)
                    lift += size * on * abs(math.sin(math.pi * rate * since))
        return lean, lift

    def _head(self, player: Player, t: float) -> tuple[Point, Point, float, float]:
        lean, lift = self._lean_lift(player, t)
        seat = player.seat_at(t)
        breath = 1.4 * math.sin(2 * math.pi * t * player.breathes + player.phase)
        (x, y), neck = head_of(seat, lean, lift, player.sunk(t))
        return (x + 1.6 * wander(t * 0.8, player.phase), y - breath), neck, lean, lift

    def _near_hand(self, player: Player, t: float) -> Hand:
        head, _, lean, lift = self._head(player, t)
        self._hands[player.id].seat = player.seat_at(t)
        self._hands[player.id].sink = player.sunk(t)
        return self._hands[player.id].near(t, lean, lift, head)

    def _pose(self, player: Player, t: float) -> Pose:
        seat = player.seat_at(t)
        head, neck, lean, lift = self._head(player, t)
        yaw, pitch, gaze, shift = self._attention(player, seat, head, t)
        head = bowed(seat, head, pitch)
        speech = speech_at(player.voice, t)
        nod = sum(_nodding(t - act.start / 1e6, act.seconds) for act in player.by_kind["nod"]) + speech.nod
        laugh = player.laughing(t)
        # Behind the hands the head comes up, so that they lie over the eyes.
        pitch *= 1 - player.level("hide", t, 0.5, 0.4)
        slump = player.sunk(t)
        head, roll = self._tilted(player, t, head, lean)
        roll += 0.012 * (1 - player.level("tilt", t, 0.45, 0.45)) * wander(t * 0.7, player.phase + 1)
        kick = player.level("kick", t, 0.2, 0.3) * math.sin(2 * math.pi * 2.4 * t)
        hands = self._ready_hands(player, seat, HeadView(head, seat.radius, yaw, pitch, seat.roll), t)
        return Pose(
            seat=seat,
            lean=lean,
            lift=lift,
            breath=math.sin(2 * math.pi * t * player.breathes + player.phase),
            head=head,
            neck=neck,
            yaw=yaw,
            pitch=clamp(player.hung(pitch, t) + nod - 0.1 * laugh, -0.5, _LOWEST),
            roll=roll + speech.tilt,
            gaze=gaze,
            face=face_at(player, t, laugh, speech, self._lids),
            near=hands.near(t, lean, lift, head),
            far=hands.far(t, lean, lift, head),
            kick=kick + 0.06 * wander(t * 1.3, player.phase),
            sway=wander(t, player.phase),
            step=player.stepping(t),
            slump=slump,
            shift=shift,
        )

    def _ready_hands(self, player: Player, seat: Seat, view: HeadView, t: float) -> HandTrack:
        """Return a person's hands, told where the own face is."""
        hands = self._hands[player.id]
        hands.seat, hands.sink = seat, player.sunk(t)
        hands.eyes = hands.mouth = None
        if player.by_kind["self_soothe"]:
            bent = replace(view, pitch=player.hung(view.pitch, t))
            hands.mouth = bent.at(0.0, seat.form.mouth[0] - 4.0)
        if player.by_kind["hide"]:
            apart = seat.form.eye[0]
            hands.eyes = (view.at(-apart, seat.eye_lat), view.at(apart, seat.eye_lat))
        return hands

    def _attention(
        self, player: Player, seat: Seat, head: Point, t: float
    ) -> tuple[float, float, Point, tuple[Point, Point, float] | None]:
        """Return yaw and pitch of the head, the point at which the eyes are aimed, and from where to where they go."""
        before, now, eyes, turned = player.gaze.at(t)
        was, is_now = self.point_of(before, t, player.id), self.point_of(now, t, player.id)
        # The head goes by where somebody is, and not by where they turn theirs.
        ends = (before, self._roughly(before, t, player)), (now, self._roughly(now, t, player))
        yaw, pitch = self._turned(player, head, *ends, turned)
        gaze = mix(was, is_now, eyes)
        away = player.level("turn_away", t, 0.5, 0.6)
        if away:
            # The whole head goes to the other side, and down; the eyes go with it.
            yaw, pitch = yaw + (-seat.facing * 0.62 - yaw) * away, pitch + (0.16 - pitch) * away
            aside = (head[0] - seat.facing * 420.0, head[1] + 120.0)
            gaze = mix(gaze, aside, smooth(away * 2.2))
        return yaw, pitch, gaze, (was, is_now, eyes) if eyes < 1 and not away else None

    def _lids(self, target: str) -> float:
        return _LIDS if target in self._players else _LIDS_AT if target in self.things.things else _LIDS_AWAY
