"""Joint angles, or points to reach -> where every joint of a body is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from drawings.pen import DOWN, RIGHT, UP, Point, turned, unit

# Lengths in heights of the body, which is seven heads tall
HEAD = 0.142
TORSO = 0.3  # hip to the base of the neck
SHOULDER = 0.85  # how far up the spine
UPPER_ARM, FOREARM = 0.165, 0.145
THIGH, SHIN, ANKLE = 0.245, 0.235, 0.045  # the last above the sole
HIP = THIGH + SHIN + ANKLE


class Girth(NamedTuple):
    """How far the trunk reaches at a place on the spine (0 hip, 1 neck), in heights of the body."""

    place: float
    side: float  # to either side, seen from the front
    back: float
    belly: float


@dataclass(frozen=True)
class Build:
    """A body shape; `limb` 1 is a limb of 7 % of the height, `shoulders` and `hips` are where limbs begin."""

    height: float
    limb: float
    girths: tuple[Girth, ...]
    shoulders: float
    hips: float


SLIM = Build(
    0.97,
    0.94,
    (
        Girth(-0.10, 0.094, 0.060, 0.048),
        Girth(0.14, 0.086, 0.064, 0.052),
        Girth(0.42, 0.068, 0.046, 0.050),
        Girth(0.70, 0.080, 0.056, 0.066),
        Girth(0.87, 0.094, 0.054, 0.052),
        Girth(0.95, 0.070, 0.044, 0.036),
        Girth(1.00, 0.038, 0.028, 0.024),
    ),
    0.084,
    0.042,
)
MEDIUM = Build(
    1.0,
    1.0,
    (
        Girth(-0.10, 0.100, 0.062, 0.054),
        Girth(0.14, 0.091, 0.066, 0.058),
        Girth(0.42, 0.082, 0.052, 0.060),
        Girth(0.70, 0.094, 0.060, 0.068),
        Girth(0.87, 0.106, 0.058, 0.054),
        Girth(0.95, 0.078, 0.048, 0.038),
        Girth(1.00, 0.042, 0.030, 0.026),
    ),
    0.092,
    0.045,
)
STOUT = Build(
    0.96,
    1.14,
    (
        Girth(-0.10, 0.118, 0.070, 0.074),
        Girth(0.14, 0.114, 0.072, 0.098),
        Girth(0.42, 0.114, 0.060, 0.104),
        Girth(0.70, 0.110, 0.068, 0.084),
        Girth(0.87, 0.112, 0.066, 0.058),
        Girth(0.95, 0.082, 0.052, 0.040),
        Girth(1.00, 0.046, 0.034, 0.028),
    ),
    0.094,
    0.056,
)


@dataclass(frozen=True)
class Angles:
    """A limb by its two joints, in degrees: 0 hangs straight along the body, forwards (or outwards) is positive."""

    upper: float
    lower: float = 0
    end: Point | None = None  # where hand or foot points, else as it grows
    short: tuple[float, float] = (1, 1)  # how much of each bone is seen when it points to the reader


@dataclass(frozen=True)
class Reach:
    """A limb by the point where wrist or ankle should be; `bend` turns the joint to the other side."""

    target: Point
    end: Point | None = None
    short: tuple[float, float] = (1, 1)
    bend: int = 1


Limb = Angles | Reach


@dataclass(frozen=True)
class Pose:
    """How a body stands, sits or lies. Arms and legs: the far one first, or the one on the reader's left."""

    hip: Point
    view: str = "side"  # or front, or back
    facing: int = 1  # from the side: 1 looks right, -1 left
    lean: float = 0  # degrees forwards; 90 lies face down, -90 on the back; from the front, clockwise
    curl: float = 0  # how far the spine rounds, in lengths of the torso
    nod: float = 0  # degrees of the head forwards, beyond the spine
    deep: float = 1  # how much of the torso is seen when it leans towards the reader
    arms: tuple[Limb, Limb] = (Angles(4, 8), Angles(-4, 8))
    legs: tuple[Limb, Limb] = (Angles(4), Angles(-4))

    @property
    def turn(self) -> int:
        """1 if what is ahead is on the right."""
        return self.facing if self.view == "side" else 1


class Trunk(NamedTuple):
    """Spine and head on paper; `up` and `front` are directions of the trunk, `crown` of the head."""

    tall: float
    hip: Point
    bow: Point  # control point of the spine
    neck: Point
    head: Point
    up: Point
    front: Point
    crown: Point

    def spine(self, place: float) -> Point:
        """A place on the spine, from 0 at the hip to 1 at the neck."""
        rest = 1 - place
        return rest * rest * self.hip + 2 * rest * place * self.bow + place * place * self.neck

    def across(self, place: float) -> Point:
        """The direction from back to front at a place on the spine."""
        side = unit((1 - place) * (self.bow - self.hip) + place * (self.neck - self.bow)) * 1j
        return side if (side * self.front.conjugate()).real > 0 else -side


class Bones(NamedTuple):
    """One limb: root, middle, tip, and the direction of hand or foot."""

    root: Point
    middle: Point
    tip: Point
    end: Point


class Skeleton(NamedTuple):
    """Every joint on paper; limbs in the order of the pose."""

    trunk: Trunk
    arms: tuple[Bones, Bones]
    legs: tuple[Bones, Bones]


def skeleton(pose: Pose, build: Build, tall: float) -> Skeleton:
    """All joints of a body; `tall` is how tall it would be with a medium build."""
    trunk = _trunk(pose, tall * build.height)
    arms = [_arm(pose, build, trunk, limb, side) for limb, side in zip(pose.arms, (-1, 1), strict=True)]
    legs = [_leg(pose, build, trunk, limb, side) for limb, side in zip(pose.legs, (-1, 1), strict=True)]
    return Skeleton(trunk, (arms[0], arms[1]), (legs[0], legs[1]))


def _trunk(pose: Pose, tall: float) -> Trunk:
    up = UP * turned(pose.lean * pose.turn)
    front = RIGHT * turned(pose.lean * pose.turn) * pose.turn
    neck = pose.hip + up * TORSO * tall * pose.deep
    bow = (pose.hip + neck) / 2 - front * pose.curl * TORSO * tall
    crown = unit(neck - bow) * turned(pose.nod * pose.turn)
    ahead = 0.014 if pose.view == "side" else 0
    head = neck + (crown * (0.098 - 0.09 * (1 - pose.deep)) + front * ahead) * tall
    return Trunk(tall, pose.hip, bow, neck, head, up, front, crown)


def _arm(pose: Pose, build: Build, trunk: Trunk, limb: Limb, side: int) -> Bones:
    """Elbows bend forwards and give way backwards; seen from the front, they give way outwards."""
    root = trunk.spine(SHOULDER) + _beside(pose, trunk, side, build.shoulders, 0.006)
    outwards = pose.facing if pose.view == "side" else side
    gives = pose.facing if pose.view == "side" else -side
    middle, tip = _bones(limb, root, -trunk.up, (UPPER_ARM * trunk.tall, FOREARM * trunk.tall), outwards, gives)
    return Bones(root, middle, tip, limb.end if limb.end is not None else unit(tip - middle))


def _leg(pose: Pose, build: Build, trunk: Trunk, limb: Limb, side: int) -> Bones:
    """Knees bend backwards and give way forwards; seen from the front, they give way outwards."""
    root = trunk.hip + _beside(pose, trunk, side, build.hips, 0)
    outwards = pose.facing if pose.view == "side" else side
    bent = Angles(limb.upper, -limb.lower, limb.end, limb.short) if isinstance(limb, Angles) else limb
    middle, tip = _bones(bent, root, -trunk.up, (THIGH * trunk.tall, SHIN * trunk.tall), outwards, -outwards)
    square = unit(tip - middle) * turned(-90 * pose.facing) if pose.view == "side" else DOWN
    return Bones(root, middle, tip, limb.end if limb.end is not None else square)


def _beside(pose: Pose, trunk: Trunk, side: int, width: float, behind: float) -> Point:
    """From the spine to where a limb begins; seen from the side, the far one is a little ahead."""
    if pose.view == "side":
        return -trunk.front * (side * 0.014 + behind) * trunk.tall
    return trunk.front * side * width * trunk.tall


def _bones(
    limb: Limb, root: Point, down: Point, lengths: tuple[float, float], outwards: int, gives: int
) -> tuple[Point, Point]:
    """Middle and tip of a limb that is `lengths` long."""
    upper, lower = (length * seen for length, seen in zip(lengths, limb.short, strict=True))
    if isinstance(limb, Reach):
        middle = joint(root, limb.target, upper, lower, gives * limb.bend)
        return middle, middle + unit(limb.target - middle) * lower
    middle = root + down * turned(-outwards * limb.upper) * upper
    return middle, middle + down * turned(-outwards * (limb.upper + limb.lower)) * lower


def joint(root: Point, target: Point, upper: float, lower: float, bend: int) -> Point:
    """Where elbow or knee is when two bones reach from root to target; 1 bends clockwise, -1 the other way.

    What is out of reach is pointed at.
    """
    span = min(max(abs(target - root), abs(upper - lower) + 1e-6), upper + lower)
    inner = (upper * upper + span * span - lower * lower) / (2 * upper * span)
    angle = math.degrees(math.acos(max(-1.0, min(1.0, inner))))
    return root + unit(target - root) * turned(bend * angle) * upper
