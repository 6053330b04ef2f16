"""A look and a pose -> a person in layers, so that a scene can put a couch or a table between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from drawings import heads
from drawings.pen import (
    CLOSE,
    DARK,
    INK,
    LINE,
    PALE,
    PETROL,
    RIGHT,
    TERRACOTTA,
    WHITE,
    Path,
    Point,
    Step,
    capsule,
    limb,
    merged,
    polygon,
    polyline,
    shape,
    smooth,
    stroke,
)
from drawings.rig import ANKLE, HEAD, MEDIUM, THIGH, Bones, Build, Girth, Pose, Skeleton, Trunk, skeleton

TALL = 236.0  # units: how tall a medium build stands in every drawing of a treatment


@dataclass(frozen=True)
class Look:
    """Who it is: body, skin, hair and clothes."""

    build: Build = MEDIUM
    skin: str = PALE
    hair: str = DARK
    style: str = "short"  # a row of heads.STYLES
    top: str = WHITE
    sleeve: float = 0.6  # how much of the arm is covered: 1 to the elbow, 2 to the wrist
    bottom: str = PETROL
    leg: float = 2  # likewise for the leg
    shoe: str = INK
    neckline: str = ""  # v or coat, seen from the front
    skirt: float = 0  # how long, in heights of the body, seen from the front
    hem: float = -0.08  # where the top ends on the spine
    bare: float = 0  # how much of the trunk is undressed, from the hip up
    beard: bool = False


class Figure(NamedTuple):
    """A person's layers, each a piece of SVG, from far to near."""

    bones: Skeleton
    far_arm: str
    legs: str
    trunk: str
    head: str
    near_arm: str
    hands: tuple[str, str]  # their outlines once more, in the accent

    def whole(self) -> str:
        """All of it, nothing in between."""
        return "\n".join((self.far_arm, self.legs, self.trunk, self.head, self.near_arm))

    def trunk_and_arms(self) -> str:
        """What is seen of somebody behind a table: both arms before the trunk."""
        return "\n".join((self.trunk, self.head, self.far_arm, self.near_arm))

    def armless(self) -> str:
        """All but the arms."""
        return "\n".join((self.legs, self.trunk, self.head))


def figure(look: Look, pose: Pose, tall: float = TALL) -> Figure:
    """Draw a person."""
    bones = skeleton(pose, look.build, tall)
    trunk, (far, near) = bones.trunk, bones.arms
    return Figure(
        bones,
        _arm(look, pose, trunk, far, -1),
        _legs(look, pose, bones),
        _trunk(look, pose, trunk),
        _head(look, pose, trunk),
        _arm(look, pose, trunk, near, 1),
        (_hand_in_accent(pose, trunk, far, -1), _hand_in_accent(pose, trunk, near, 1)),
    )


def foot_on(floor: float, x: float, tall: float = TALL) -> Point:
    """Where an ankle is when the foot stands on the floor."""
    return complex(x, floor - ANKLE * tall)


# -- trunk and head


def _trunk(look: Look, pose: Pose, trunk: Trunk) -> str:
    """From the hair that falls behind the neck to what is worn."""
    frame = _frame(pose, trunk)
    neck = heads.neck(trunk.spine(0.97), frame, pose.view, look.skin)
    parts = [heads.behind(frame, pose.view, look.style, look.hair)]
    parts += [neck] if pose.view != "back" else []
    if look.bare:
        parts.append(shape(_outline(look.build, pose, trunk, -0.1, 1), look.skin))
    if look.bare < 1:
        parts.append(shape(_outline(look.build, pose, trunk, look.bare or look.hem, 1), look.top))
    parts += [neck] if pose.view == "back" else []
    return "\n".join(filter(None, [*parts, _neckline(look, pose, trunk)]))


def _outline(build: Build, pose: Pose, trunk: Trunk, low: float, high: float) -> Path:
    """The trunk between two places on the spine."""
    places = [low, *(girth.place for girth in build.girths if low + 0.03 < girth.place < high - 0.03), high]
    reaches = [_reach(build, place, pose.view) for place in places]
    ahead = [trunk.spine(u) + trunk.across(u) * r[1] * trunk.tall for u, r in zip(places, reaches, strict=True)]
    behind = [trunk.spine(u) - trunk.across(u) * r[0] * trunk.tall for u, r in zip(places, reaches, strict=True)]
    return (*smooth([*ahead, *reversed(behind)], closed=False), CLOSE)


def _reach(build: Build, place: float, view: str) -> tuple[float, float]:
    """How far the trunk reaches behind and ahead of the spine, or to either side of it."""
    upper = next((i for i, girth in enumerate(build.girths) if girth.place >= place), len(build.girths) - 1)
    low, high = build.girths[max(upper - 1, 0)], build.girths[upper]
    share = (place - low.place) / (high.place - low.place) if upper else 0
    here = Girth(*(a + (b - a) * share for a, b in zip(low, high, strict=True)))
    flare = 1 + max(0, low.place - place) * 0.3  # what hangs below the hip stands off
    return (here.back, here.belly) if view == "side" else (here.side * flare, here.side * flare)


def _neckline(look: Look, pose: Pose, trunk: Trunk) -> str:
    """What is seen in the opening of a shirt or a coat."""
    if pose.view != "front" or not look.neckline:
        return ""
    coat = look.neckline == "coat"
    low = trunk.spine(0.42 if coat else 0.74)
    (left, right), (above, beyond) = (
        [trunk.spine(place) + side * trunk.front * aside * trunk.tall for side in (-1, 1)]
        for place, aside in ((1.0, 0.036), (1.04, 0.020))
    )
    opening = shape(polygon(left, above, beyond, right, low), PETROL if coat else look.skin, line="none")
    button_line = stroke(polyline(low, trunk.spine(-0.06))) if coat else ""
    return opening + stroke(polyline(left, low, right)) + button_line


def _frame(pose: Pose, trunk: Trunk) -> heads.Frame:
    return heads.Frame(trunk.head, trunk.crown, trunk.crown * 1j * pose.turn, HEAD / 2 * trunk.tall)


def _head(look: Look, pose: Pose, trunk: Trunk) -> str:
    return heads.head(_frame(pose, trunk), pose.view, look.style, look.skin, look.hair, beard=look.beard)


# -- limbs


def _arm(look: Look, pose: Pose, trunk: Trunk, bones: Bones, side: int) -> str:
    thick = trunk.tall * look.build.limb
    radii = [part * thick for part in (0.032, 0.027, 0.020)]
    arm = shape(limb(bones[:3], radii, 0.002 * thick, _hand(pose, trunk, bones, side)), look.skin)
    if not look.sleeve:
        return arm
    return arm + "\n" + shape(_covered(bones, look.sleeve, (0.037, 0.033, 0.028), thick), look.top)


def _covered(bones: Bones, part: float, radii: tuple[float, float, float], thick: float) -> Path:
    """A sleeve or a trouser leg over so much of a limb."""
    a, b, c = (radius * thick for radius in radii)
    if part <= 1:
        end = bones.root + (bones.middle - bones.root) * part
        return limb((bones.root, (bones.root + end) / 2, end), (a, (a + b) / 2, b))
    end = bones.middle + (bones.tip - bones.middle) * (part - 1)
    return limb((bones.root, bones.middle, end), (a, b, b + (c - b) * (part - 1)))


# from the wrist along the fingers, and towards the thumb; in heights of the body
MITTEN = (
    (0.010, 0.023), (0.032, 0.038), (0.053, 0.042), (0.052, 0.028), (0.072, 0.026), (0.090, 0.012),
    (0.092, -0.008), (0.072, -0.025), (0.036, -0.028), (0.008, -0.022),
)  # fmt: skip


def _hand(pose: Pose, trunk: Trunk, bones: Bones, side: int) -> list[Point]:
    """A hand from its left to its right; the thumb is on the side to which the body faces."""
    turn = {"side": -pose.facing, "front": side, "back": -side}[pose.view]
    points = [bones.tip + bones.end * (along + aside * 1j * turn) * trunk.tall for along, aside in MITTEN]
    return points if turn < 0 else points[::-1]


def _hand_in_accent(pose: Pose, trunk: Trunk, bones: Bones, side: int) -> str:
    """From one side of the wrist to the other, open: a hand, not a glove."""
    return stroke(smooth(_hand(pose, trunk, bones, side), closed=False), line=TERRACOTTA, width=LINE * 1.4)


def _legs(look: Look, pose: Pose, bones: Skeleton) -> str:
    """Both legs, the seat of the trousers with the near one (or behind both), and a skirt over them."""
    far, near = bones.legs
    seat = _outline(look.build, pose, bones.trunk, -0.1, 0.2)
    if pose.view == "side":
        return "\n".join([_leg(look, pose, bones.trunk, far, None), _leg(look, pose, bones.trunk, near, seat)])
    legs = [_leg(look, pose, bones.trunk, leg, None) for leg in (far, near)]
    return "\n".join([shape(seat, look.bottom), *legs, *([_skirt(look, bones.trunk)] if look.skirt else [])])


def _leg(look: Look, pose: Pose, trunk: Trunk, bones: Bones, seat: Path | None) -> str:
    thick = trunk.tall * look.build.limb
    parts = []
    if look.leg < 2:
        radii = [part * thick for part in (0.056, 0.040, 0.026)]
        parts.append(shape(limb(bones[:3], radii, 0.004 * thick), look.skin))
    parts.append(_foot(look, pose, trunk, bones))
    if _towards_reader(trunk, bones):
        parts += _knee_ahead(look, bones, thick)
    elif look.leg:
        cloth = _covered(bones, look.leg, (0.057, 0.043, 0.033), thick)
        parts.append(merged([seat, cloth], look.bottom) if seat else shape(cloth, look.bottom))
    return "\n".join(parts)


def _towards_reader(trunk: Trunk, bones: Bones) -> bool:
    """A thigh that is seen from its end, as of somebody who sits opposite."""
    return abs(bones.middle - bones.root) < 0.6 * THIGH * trunk.tall


def _knee_ahead(look: Look, bones: Bones, thick: float) -> list[str]:
    """The shin first, then the thigh that comes forward over it."""
    root, knee, tip, _ = bones
    shin = limb((knee, (knee + tip) / 2, tip), (0.046 * thick, 0.042 * thick, 0.036 * thick))
    return [shape(shin, look.bottom), shape(capsule(root, knee, 0.052 * thick, 0.054 * thick), look.bottom)]


# from the ankle towards the toes, and towards the sole; in heights of the body
SHOE = (
    (-0.030, -0.020), (-0.040, 0.012), (-0.034, 0.038), (0.000, 0.042), (0.080, 0.042), (0.106, 0.033),
    (0.092, 0.013), (0.040, -0.004), (0.026, -0.024),
)  # fmt: skip
# the same from the front: to its right, and down
TOECAP = (
    (0.024, -0.012), (0.028, 0.008), (0.037, 0.026), (0.034, 0.038), (0.000, 0.041), (-0.034, 0.038), (-0.037, 0.026),
    (-0.028, 0.008), (-0.024, -0.012),
)  # fmt: skip


def _foot(look: Look, pose: Pose, trunk: Trunk, bones: Bones) -> str:
    toe = bones.end
    if pose.view != "side":
        return shape(smooth([bones.tip + (x * RIGHT + y * toe) * trunk.tall for x, y in TOECAP]), look.shoe)
    below = ((toe * 1j) * (bones.tip - bones.middle).conjugate()).real
    sole = toe * 1j if below > 0 else -toe * 1j
    return shape(smooth([bones.tip + (x * toe + y * sole) * trunk.tall for x, y in SHOE]), look.shoe)


def _skirt(look: Look, trunk: Trunk) -> str:
    """A skirt that widens towards its hem."""
    waist, hem = trunk.spine(0.3), trunk.hip - trunk.up * look.skirt * trunk.tall
    width = _reach(look.build, 0.2, "front")[0]
    sides = [(waist, width * 0.9), (trunk.hip, width * 1.1), (hem, width * 1.4)]
    left, right = ([place + side * trunk.front * wide * trunk.tall for place, wide in sides] for side in (-1, 1))
    bottom = Step("Q", (hem - trunk.up * 0.03 * trunk.tall, right[-1]))
    return shape((*smooth(left, closed=False), bottom, *smooth(right[::-1], closed=False)[1:], CLOSE), look.bottom)
