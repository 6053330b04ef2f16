"""Places -> the things people use, as SVG: couch, chair, table, ball and the rest."""

from __future__ import annotations

from collections.abc import Sequence

from drawings.pen import (
    CLOSE,
    DOWN,
    INK,
    MIST,
    OCHRE,
    PETROL,
    RIGHT,
    TERRACOTTA,
    UP,
    WHITE,
    Path,
    Point,
    Step,
    box,
    capsule,
    disc,
    oval,
    polygon,
    polyline,
    rounded,
    shape,
    smooth,
    stroke,
    unit,
)

FLOOR = 284.0
COUCH = 200.0  # the upper side of a couch


def sun(centre: float, radius: float, sunk: float, floor: float, colour: str) -> str:
    """A disc whose lower end is below the floor; `sunk` is half the width at which it meets the floor."""
    rise = Step("A", (complex(centre + sunk, floor),), (radius, radius, 0, 1, 1))
    return shape((Step("M", (complex(centre - sunk, floor),)), rise, CLOSE), colour, line="none")


def ground() -> str:
    """The same pale sun behind every treatment, and the floor."""
    return sun(200, 164, 142, FLOOR, MIST) + stroke(polyline(10 + FLOOR * 1j, 390 + FLOOR * 1j))


def bar(width: float, *points: Point) -> str:
    """A round bar through points."""
    return stroke(polyline(*points), width=width)


# -- to lie on


def couch(left: float, right: float, inset: float = 34) -> str:
    """A treatment couch from the side."""
    feet = [complex(left + inset, FLOOR - 2), complex(right - inset, FLOOR - 2)]
    parts = [bar(8, foot.real + (COUCH + 12) * 1j, foot) + bar(7, foot - 15, foot + 15) for foot in feet]
    parts.append(bar(5, feet[0] - 26j, feet[1] - 26j))
    parts.append(shape(box(complex(left + 14, COUCH + 12), right - left - 28, 9, 3), INK))
    return "".join(parts) + shape(box(complex(left, COUCH), right - left, 16, 7), WHITE)


def pillow(x: float, width: float = 44) -> str:
    """A flat pillow on a couch."""
    return shape(box(complex(x - width / 2, COUCH - 11), width, 12, 5), WHITE)


def towel(edge: Sequence[Point], colour: str) -> str:
    """A cloth over what is undressed: its upper edge, from one end to the other; it hangs down to the couch."""
    first, last = edge[0], edge[-1]
    hem = polyline(last.real + COUCH * 1j, first.real + COUCH * 1j)[1:]
    path: Path = (*smooth(edge, closed=False), Step("L", (last.real + COUCH * 1j,)), *hem, CLOSE)
    return shape(path, colour)


# -- to sit on


def stool(x: float, top: float) -> str:
    """A round stool on one foot."""
    foot = complex(x, FLOOR - 3)
    return (
        bar(6, complex(x, top), foot)
        + bar(6, foot - 20, foot + 20)
        + shape(box(complex(x - 23, top), 46, 10, 5), PETROL)
    )


def chair(x: float, facing: int, colour: str = WHITE) -> str:
    """A plain chair from the side; `x` is under the hip of who sits on it."""
    back, seat = complex(x - facing * 24, 226), box(complex(x - 28 + facing * 4, 224), 56, 9, 4)
    legs = bar(5, back + facing * 4, complex(x - facing * 25, FLOOR)) + bar(
        5, back + facing * 50, complex(x + facing * 30, FLOOR)
    )
    return legs + shape(capsule(back, back - facing * 8 - 62j, 4.5, 4.5), colour) + shape(seat, colour)


def wheelchair(x: float, facing: int) -> tuple[str, str]:
    """A wheelchair from the side, what is behind the person and what is before; `x` is under the hip."""
    back, hub = complex(x - facing * 22, 230), complex(x - facing * 8, FLOOR - 38)
    handle = [back - facing * 16 - 78j, back - facing * 4 - 78j, back]
    frame = bar(5, *handle, back + facing * 66, back + facing * 82 + 42j, back + facing * 98 + 42j)
    caster = hub + facing * 60 + 27j
    front = bar(5, back + facing * 58, caster) + shape(disc(caster, 10), WHITE, width=4)
    spokes = "".join(
        bar(1.4, hub - way * 35, hub + way * 35) for way in map(unit, (RIGHT, UP, RIGHT + UP, RIGHT + DOWN))
    )
    wheel = stroke(disc(hub, 36), width=5) + spokes + stroke(disc(hub, 29), width=2) + shape(disc(hub, 5), INK)
    return frame + front, wheel


def wheelchair_ahead(middle: float, floor: float, tall: float) -> tuple[str, str]:
    """A wheelchair that comes towards the reader: frame and wheels behind the person, and the rest for the feet."""

    def pair(aside: float, height: float) -> tuple[Point, Point]:
        return complex(middle - aside * tall, floor - height * tall), complex(
            middle + aside * tall, floor - height * tall
        )

    wheels = [shape(oval(hub, 0.168 * tall, 0.021 * tall, UP), WHITE, width=5) for hub in pair(0.185, 0.172)]
    casters = [shape(oval(hub, 0.040 * tall, 0.014 * tall, UP), INK) for hub in pair(0.120, 0.044)]
    posts = [bar(5, top, low) for top, low in zip(pair(0.13, 0.56), pair(0.13, 0.24), strict=True)]
    forks = [bar(5, top, low) for top, low in zip(pair(0.125, 0.24), pair(0.12, 0.05), strict=True)]
    bars = [bar(6, *pair(0.165, 0.172)), bar(6, *pair(0.13, 0.25))]
    rest = shape(box(pair(0.10, 0.040)[0], 0.20 * tall, 0.022 * tall, 3), INK)
    return "".join([*posts, *bars, *forks, *casters, *wheels]), rest


# -- to train with


def ball(centre: Point, radius: float) -> str:
    """A large ball."""
    return shape(disc(centre, radius), TERRACOTTA)


def dumbbell(centre: Point) -> str:
    """A small weight, its bar level."""
    ends = (shape(box(centre + x - 4 - 8j, 8, 16, 3), INK) for x in (-14, 14))
    return bar(5, centre - 12, centre + 12) + "".join(ends)


# -- to learn and to talk with


def flip_chart(x: float) -> str:
    """A board with a sheet that shows the plain curve of a back."""
    legs = "".join(bar(4.5, complex(x + k, 64), complex(x + k * 2.3, FLOOR)) for k in (-16, 16))
    sheet = shape(box(complex(x - 38, 66), 76, 112, 4), WHITE)
    rail = shape(box(complex(x - 41, 60), 82, 11, 4), INK)
    middle = complex(x - 12, 124)
    curve = smooth([middle + step for step in (2 - 38j, -6 - 18j, 1 + 3j, 7 + 18j, -2 + 38j)], closed=False)
    return legs + sheet + rail + stroke(curve, line=PETROL, width=5)


def clipboard(corner: Point, way: Point) -> str:
    """A board with a sheet, by its lower corner; `way` runs along its lower edge."""
    up = way * UP
    board = rounded([corner, corner + way * 28, corner + way * 28 + up * 38, corner + up * 38], 3)
    lines = (bar(2, corner + way * 6 + up * y, corner + way * w + up * y) for y, w in ((27, 21), (19, 21), (11, 15)))
    return shape(board, WHITE) + "".join(lines)


def round_table(centre: Point, width: float, height: float) -> str:
    """A round table from a little above, closed below, with sheets of paper on it."""
    below = [centre - width * 0.62, complex(centre.real - width * 0.54, FLOOR - 2)]
    drum = polygon(*below, complex(centre.real + width * 0.54, FLOOR - 2), centre + width * 0.62)
    corners = (-13 - 5j, 11 - 5j, 14 + 5j, -12 + 5j)
    sheets = (
        shape(polygon(*(centre + aside + corner for corner in corners)), MIST, width=2) for aside in (-40 + 5j, 36 + 6j)
    )
    top = shape(oval(centre + 6j, width, height), WHITE) + shape(oval(centre, width, height), WHITE)
    return shape(drum, WHITE) + top + "".join(sheets)


# -- to work with


def kettle(base: Point) -> str:
    """A kettle by the middle of its base, its spout to the right, its handle above."""
    belly = [base + step for step in (-17 + 0j, -19 - 12j, -10 - 25j, 10 - 25j, 19 - 12j, 17 + 0j)]
    spout = polygon(*(base + step for step in (16 - 16j, 29 - 26j, 32 - 19j, 18 - 5j)))
    grip = smooth([base + step for step in (-13 - 22j, -9 - 39j, 9 - 39j, 13 - 22j)], closed=False)
    body: Path = (*smooth(belly, closed=False), CLOSE)
    return stroke(grip, line=TERRACOTTA, width=5) + "".join(
        shape(part, TERRACOTTA) for part in (spout, body, disc(base - 27j, 3))
    )


def mug(base: Point) -> str:
    """A mug by the middle of its base."""
    return stroke(disc(base + 9 - 10j, 5)) + shape(box(base - 8 - 19j, 16, 19, 3), WHITE)


def worktop(left: float, top: float) -> str:
    """A kitchen worktop with its cupboard, up to the right side of the picture."""
    side, width = left + 12, 372 - left
    middle = side + width / 2
    cupboard = shape(box(complex(side, top + 9), width, FLOOR - top - 9), WHITE)
    doors = bar(2.6, complex(middle, top + 34), complex(middle, FLOOR)) + bar(
        2.6, complex(side, top + 34), complex(side + width, top + 34)
    )
    knobs = "".join(bar(4, complex(middle + d, top + 46), complex(middle + d, top + 58)) for d in (-9, 9))
    return cupboard + doors + knobs + shape(box(complex(left, top), 390 - left, 10, 4), PETROL)


def side_table(left: float, right: float, top: float) -> str:
    """A small table."""
    legs = "".join(bar(4.5, complex(x, top + 8), complex(x, FLOOR)) for x in (left + 7, right - 7))
    return legs + shape(box(complex(left, top), right - left, 8, 3), PETROL)


def bottle(base: Point) -> str:
    """A small bottle of oil."""
    return shape(box(base - 4.5 - 34j, 9, 10, 2), INK) + shape(box(base - 10 - 26j, 20, 26, 5), OCHRE)


def stimulator(corner: Point) -> str:
    """A small device with a window and a dial."""
    window = shape(box(corner + 6 + 7j, 15, 9, 2), MIST, width=2)
    return shape(box(corner, 42, 30, 5), WHITE) + window + shape(disc(corner + 31 + 15j, 5.5), PETROL, width=2)


def electrode(centre: Point) -> str:
    """A pad that sticks to the skin."""
    return shape(box(centre - 6.5 - 9j, 13, 18, 4), TERRACOTTA)


def needle(tip: Point) -> str:
    """One thin needle, upright, with its handle."""
    shaft = stroke(polyline(tip, tip - 26j), line=TERRACOTTA, width=2)
    return shaft + stroke(polyline(tip - 26j, tip - 46j), line=TERRACOTTA, width=5)


def dish(centre: Point) -> str:
    """A small dish with needles in it."""
    pins = "".join(bar(1.8, centre + d - 2j, centre + d * 1.9 - 15j) for d in (-6, 0, 6))
    bowl = smooth([centre + step for step in (-15 - 3j, -11 + 5j, 11 + 5j, 15 - 3j)], closed=False)
    return pins + shape((*bowl, CLOSE), WHITE)
