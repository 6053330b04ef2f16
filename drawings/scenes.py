"""The ten drawings, one small function each: people and things -> SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drawings import props
from drawings.pen import (
    BROWN,
    DARK,
    DEEP,
    DOWN,
    GINGER,
    GREY,
    LEFT,
    OCHRE,
    PALE,
    PETROL,
    RIGHT,
    TAN,
    TERRACOTTA,
    UP,
    WHITE,
    polyline,
    smooth,
    stroke,
    svg,
    turned,
    unit,
)
from drawings.people import TALL, Figure, Look, figure, foot_on
from drawings.props import COUCH, FLOOR
from drawings.rig import ANKLE, HIP, MEDIUM, SHIN, SLIM, STOUT, Angles, Pose, Reach

SEAT = FLOOR - (SHIN + ANKLE + 0.025) * TALL  # the hip of who sits


def exercise() -> str:
    """Three people train together: one stretches, one sits on a ball, one lifts weights in a wheelchair."""
    older = standing(
        Look(SLIM, PALE, GREY, "bun", OCHRE),
        62,
        view="front",
        lean=7,
        arms=(Angles(168, -16), Angles(16, -34)),
        legs=(Angles(4), Angles(13)),
    )
    man = sitting(Look(MEDIUM, DEEP, DARK), 160, 1, arms=(Reach(212 + 96j), Reach(214 + 198j)))
    step = Reach(complex(340 - 0.285 * TALL, FLOOR - 20), end=LEFT)
    rider = sitting(
        Look(STOUT, TAN, GINGER, top=PETROL, bottom=WHITE, beard=True),
        340,
        -1,
        arms=(Angles(82, 50), Angles(8, 104)),
        legs=(step, step),
    )
    frame, wheel = props.wheelchair(340, -1)
    far, near = (props.dumbbell(arm.tip + arm.end * 10) for arm in rider.bones.arms)
    ball = accent(props.ball(158 + 254j, 30))
    return scene(
        older.whole(), man.far_arm, ball, man.armless(), man.near_arm,
        far, rider.far_arm, frame, rider.armless(), wheel, near, rider.near_arm,
    )  # fmt: skip


def patient_education() -> str:
    """A small class looks at a flip chart."""
    teacher = standing(
        Look(MEDIUM, BROWN, DARK, top=PETROL, bottom=WHITE, neckline="v"),
        352,
        view="front",
        arms=(Reach(282 + 126j, bend=-1), Angles(6, -10)),
        legs=(Angles(1), Angles(3)),
    )
    man = sitting(Look(STOUT, PALE, GREY, "fringe", OCHRE, 1.8), 50, 1, arms=(Reach(96 + 197j), Reach(90 + 200j)))
    woman = sitting(Look(SLIM, TAN, PETROL, "scarf", WHITE, 1.9), 126, 1, arms=(Reach(172 + 196j), Reach(168 + 200j)))
    hand = teacher.bones.arms[0].tip + teacher.bones.arms[0].end * 11
    marker = stroke(polyline(hand + 8 + 1j, hand - 15 - 5j), line=TERRACOTTA, width=5.5)
    chairs = props.chair(126, 1), props.chair(50, 1)
    chart = props.flip_chart(262)
    return scene(chart, teacher.whole(), accent(marker), chairs[0], woman.whole(), chairs[1], man.whole())


def occupational_therapy() -> str:
    """Somebody sets a kettle on a worktop, a therapist stands by."""
    therapist = standing(
        Look(MEDIUM, DEEP, DARK, "curls", PETROL, bottom=WHITE),
        96,
        arms=(Reach(130 + 142j), Reach(150 + 140j, unit(RIGHT - 0.3j))),
    )
    person = standing(
        Look(STOUT, PALE, GREY, "bob", OCHRE, 1.7), 204, arms=(Reach(258 + 146j), Reach(254 + 123j)), nod=12
    )
    board = props.clipboard(121 + 142j, turned(-14))
    return scene(
        therapist.armless(), therapist.far_arm, board, therapist.near_arm,
        props.worktop(236, 158), props.mug(344 + 158j), person.far_arm,
        accent(props.kettle(272 + 158j)), person.armless(), person.near_arm,
    )  # fmt: skip


def multidisciplinary() -> str:
    """Four people of different professions sit round a table with somebody."""
    doctor = at_table(Look(MEDIUM, DEEP, DARK, top=WHITE, sleeve=1.9, neckline="coat"), 126 + 210j)
    psychologist = at_table(Look(SLIM, TAN, OCHRE, "scarf", PETROL, 1.9), 200 + 208j)
    physio = at_table(Look(MEDIUM, PALE, GINGER, top=OCHRE, neckline="v", beard=True), 274 + 210j)
    patient = sitting(Look(STOUT, PALE, GREY, "bob", WHITE, 1.8), 54, 1, arms=(Reach(112 + 192j), Reach(96 + 206j)))
    nurse = sitting(Look(MEDIUM, BROWN, DARK, "bun"), 346, -1, arms=(Reach(288 + 192j), Reach(304 + 206j)))
    behind = [who.trunk_and_arms() for who in (doctor, physio, psychologist)]
    return scene(
        *behind, props.round_table(200 + 212j, 116, 20), props.chair(346, -1), nurse.whole(),
        accent(props.chair(54, 1, TERRACOTTA)), patient.whole(),
    )  # fmt: skip


def manual_therapy() -> str:
    """A therapist moves the bent leg of somebody who lies on the back."""
    patient = lying(
        Look(STOUT, DEEP, GREY, top=OCHRE, shoe=WHITE),
        180,
        1,
        arms=(Angles(-8, 10), Angles(-6, 12)),
        legs=(Reach(290 + 193j, unit(UP + 0.3)), Reach(244 + 140j, unit(RIGHT + UP))),
    )
    therapist = standing(
        Look(SLIM, PALE, DARK, "tail"), 292, facing=-1, lean=16, nod=10, arms=(Reach(210 + 124j), Reach(250 + 152j))
    )
    return scene(
        therapist.armless(), props.couch(52, 324, 62), props.pillow(92), patient.whole(),
        therapist.far_arm, therapist.near_arm, accent(*therapist.hands),
    )  # fmt: skip


def massage() -> str:
    """A therapist massages the bare back of somebody who lies face down."""
    rest = Reach(106 + 194j, short=(0.75, 0.6))
    patient = lying(
        Look(MEDIUM, BROWN, DARK, bare=1, sleeve=0, leg=0, shoe=BROWN), 205, -1, prone=True, nod=-8, arms=(rest, rest)
    )
    therapist = standing(
        Look(STOUT, PALE, GREY, top=PETROL, bottom=WHITE, neckline="v"),
        170,
        view="front",
        deep=0.86,
        arms=(Reach(152 + 160j, unit(DOWN + 0.4)), Reach(188 + 160j, unit(DOWN - 0.4))),
    )
    cloth = props.towel([192 + 174j, 204 + 170j, 226 + 171j, 258 + 178j, 280 + 184j], OCHRE)
    return scene(
        therapist.armless(), props.side_table(338, 384, 206), props.bottle(361 + 206j), props.couch(62, 322),
        patient.far_arm, patient.legs, patient.trunk, patient.near_arm, patient.head, cloth,
        therapist.far_arm, therapist.near_arm, accent(*therapist.hands),
    )  # fmt: skip


def osteopathy() -> str:
    """An osteopath sits at the head of somebody who lies on the back, and feels with both hands."""
    patient = lying(
        Look(SLIM, TAN, DARK, top=WHITE, shoe=WHITE),
        146,
        -1,
        arms=(Angles(-6, 10), Reach(168 + 176j, LEFT, (0.75, 0.62))),
    )
    osteopath = sitting(
        Look(MEDIUM, PALE, GINGER, top=PETROL, bottom=WHITE, beard=True),
        330,
        -1,
        lean=20,
        nod=14,
        arms=(Reach(268 + 176j, unit(LEFT + 0.2j)), Reach(270 + 195j, LEFT)),
    )
    return scene(
        props.stool(332, 224), osteopath.armless(), props.couch(30, 284), patient.whole(),
        osteopath.far_arm, osteopath.near_arm, accent(*osteopath.hands),
    )  # fmt: skip


def electrotherapy() -> str:
    """Two electrodes on the lower back of somebody who sits, and a small device."""
    hang = Angles(0, short=(0.1, 1))
    patient = figure(
        Look(MEDIUM, TAN, DARK, "bun", OCHRE, bare=0.56),
        Pose(128 + 190j, "back", arms=(Reach(88 + 186j), Reach(168 + 186j)), legs=(hang, hang)),
    )
    therapist = standing(Look(MEDIUM, DEEP, GREY), 346, facing=-1, nod=14, arms=(Reach(300 + 148j), Reach(302 + 152j)))
    pads = [patient.bones.trunk.spine(0.28) + aside for aside in (-11, 11)]
    ways = [(pad, [pad + 14 + 16j, 206 + y * 1j, 254 + y * 1j - 18j]) for pad, y in zip(pads, (194, 182), strict=True)]
    leads = [stroke(smooth([pad + 8j, *way], closed=False)) for pad, way in ways]
    return scene(
        patient.legs, props.couch(40, 226), patient.trunk, patient.head, *leads, patient.far_arm, patient.near_arm,
        therapist.far_arm, props.side_table(246, 308, 180), props.stimulator(254 + 150j),
        therapist.armless(), therapist.near_arm, accent(*map(props.electrode, pads)),
    )  # fmt: skip


def acupuncture() -> str:
    """A therapist holds a thin needle above the back of somebody who lies face down."""
    rest = Reach(298 + 194j, short=(0.75, 0.6))
    patient = lying(
        Look(STOUT, PALE, GINGER, "bob", bare=1, sleeve=0, bottom=WHITE, shoe=WHITE),
        196,
        1,
        prone=True,
        nod=-8,
        arms=(rest, rest),
    )
    therapist = standing(
        Look(SLIM, TAN, DARK, top=OCHRE),
        146,
        lean=4,
        nod=12,
        arms=(Reach(182 + 152j), Reach(206 + 110j, unit(RIGHT + 0.25j))),
    )
    return scene(
        therapist.armless(), props.couch(76, 336),
        patient.far_arm, patient.legs, patient.trunk, patient.near_arm, patient.head,
        props.dish(194 + 144j), therapist.far_arm, accent(props.needle(222 + 151j)), therapist.near_arm,
    )  # fmt: skip


def cover() -> str:
    """Three people come towards the reader out of a large sun."""
    tall, floor = 296.0, 397.0
    older = figure(
        Look(SLIM, PALE, GREY, "bob", WHITE, 1.8, skirt=0.3, leg=0, neckline="v"),
        Pose(
            complex(122, floor - HIP * 0.97 * tall),
            "front",
            arms=(Reach(72 + 252j, DOWN), Angles(13, -20)),
            legs=(Angles(0), Angles(2, short=(1, 0.75))),
        ),
        tall,
    )
    younger = figure(
        Look(MEDIUM, BROWN, PETROL, "scarf", WHITE, 1.9, hem=-0.42),
        Pose(
            complex(402, floor - HIP * tall),
            "front",
            arms=(Angles(14, -22), Angles(14, -6)),
            legs=(Angles(0, short=(1, 0.74)), Angles(2)),
        ),
        tall,
    )
    ahead = Angles(20, 20, short=(0.42, 0.86))
    rims = [Reach(complex(261 + side * 0.185 * tall, floor - 0.35 * tall), DOWN) for side in (-1, 1)]
    rider = figure(
        Look(STOUT, DEEP, DARK, top=PETROL, beard=True, bottom=WHITE),
        Pose(complex(261, floor - 0.335 * tall), "front", arms=(rims[0], rims[1]), legs=(ahead, ahead)),
        tall,
    )
    frame, rest = props.wheelchair_ahead(261, floor, tall)
    stick = props.bar(4.5, complex(72, 258), complex(66, floor))
    sun = props.sun(260, 235, 200, 403, OCHRE)
    return svg(
        520,
        403,
        [
            sun, older.far_arm, older.armless(), older.near_arm, stick, younger.whole(),
            frame, rest, rider.legs, rider.trunk, rider.head, rider.far_arm, rider.near_arm,
        ],
    )  # fmt: skip


SCENES: dict[str, Callable[[], str]] = {
    "cover.svg": cover,
    "exercise.svg": exercise,
    "patient-education.svg": patient_education,
    "occupational-therapy.svg": occupational_therapy,
    "multidisciplinary.svg": multidisciplinary,
    "manual-therapy.svg": manual_therapy,
    "massage.svg": massage,
    "osteopathy.svg": osteopathy,
    "electrotherapy.svg": electrotherapy,
    "acupuncture.svg": acupuncture,
}


def scene(*elements: str) -> str:
    """A drawing of a treatment: all on the same ground, all of the same size."""
    return svg(400, 300, [props.ground(), *elements])


def accent(*elements: str) -> str:
    """The one detail in terracotta: the point of contact."""
    return f"<g>{''.join(elements)}</g>"


def standing(look: Look, x: float, **pose: Any) -> Figure:
    """Somebody whose feet are on the floor; seen from the side both of them, whatever the trunk does."""
    facing, hip = pose.get("facing", 1), complex(x, FLOOR - HIP * TALL * look.build.height)
    feet = [Reach(foot_on(FLOOR, x + ahead * facing), complex(facing)) for ahead in (7, -5)]
    given: dict[str, Any] = pose if "view" in pose else {"legs": (feet[0], feet[1]), **pose}
    return figure(look, Pose(hip, **given))


def sitting(look: Look, x: float, facing: int, **pose: Any) -> Figure:
    """Somebody on a seat, from the side, feet on the floor."""
    legs = tuple(Reach(foot_on(FLOOR, x + facing * ahead * TALL), complex(facing)) for ahead in (0.27, 0.245))
    return figure(look, Pose(complex(x, SEAT), facing=facing, **{"legs": legs, "curl": 0.06, "nod": -4, **pose}))


def at_table(look: Look, hip: complex) -> Figure:
    """Somebody behind a table, both forearms on it."""
    arms = tuple(Reach(complex(hip.real + side * 17, 193), short=(0.76, 0.62)) for side in (-1, 1))
    return figure(look, Pose(hip, "front", arms=(arms[0], arms[1])))


def lying(look: Look, x: float, facing: int, *, prone: bool = False, **pose: Any) -> Figure:
    """Somebody on a couch, on the back or face down; `x` is the hip."""
    away = -facing if prone else facing  # where the feet are
    ankle = complex(x + away * 0.475 * TALL * look.build.height, COUCH - 0.032 * TALL)
    foot = Reach(ankle, DOWN if prone else unit(UP + away * 0.3))
    hip = complex(x, COUCH - 0.064 * TALL)
    return figure(look, Pose(hip, facing=facing, lean=90 if prone else -90, **{"legs": (foot, foot), **pose}))
