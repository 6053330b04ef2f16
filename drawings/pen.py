"""Outlines -> SVG: plain shapes in flat colours, written in whole numbers."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Point = complex  # x + y·1j, y downwards as in SVG; a direction is a point of length 1

INK, PETROL, TERRACOTTA, MIST, SAND, OCHRE = "#1A2B33", "#0B5563", "#A63D1F", "#E4F0EF", "#FBF6EC", "#E2A93B"
WHITE = "#FFFFFF"
PALE, TAN, BROWN, DEEP = "#F8DCC6", "#E0B088", "#AD7449", "#70462F"  # skin
DARK, GREY, GINGER = "#3B2F2B", "#C3CACC", "#C47F3C"  # hair
PALETTE = frozenset({INK, PETROL, TERRACOTTA, MIST, SAND, OCHRE, WHITE, PALE, TAN, BROWN, DEEP, DARK, GREY, GINGER})

LINE = 2.6  # 0.25 mm when 400 units are 38 mm wide
FINE = 4  # steps in a unit: coordinates are written in quarters, as whole numbers
RIGHT, LEFT, UP, DOWN = 1 + 0j, -1 + 0j, -1j, 1j


class Step(NamedTuple):
    """One command of a path and the points it names; `arc` is radii, turn and flags of an elliptical arc."""

    letter: str
    points: tuple[Point, ...] = ()
    arc: tuple[float, ...] = ()


Path = tuple[Step, ...]
CLOSE = Step("Z")


def svg(width: int, height: int, elements: Iterable[str]) -> str:
    """A whole drawing. Lines are ink, with round ends and corners, unless an element says otherwise."""
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width * FINE} {height * FINE}">'
    pen = f'<g fill="none" stroke="{INK}" stroke-width="{size(LINE)}" stroke-linecap="round" stroke-linejoin="round">'
    return "\n".join([start, pen, *elements, "</g>", "</svg>", ""])


def turned(degrees: float) -> Point:
    """What to multiply a direction by, to turn it clockwise as seen on paper."""
    return cmath.rect(1, math.radians(degrees))


def unit(vector: Point) -> Point:
    """The direction of a vector."""
    return vector / abs(vector)


# -- outlines


def polyline(*points: Point) -> Path:
    """Straight lines, open."""
    return (Step("M", points[:1]), *(Step("L", (point,)) for point in points[1:]))


def polygon(*points: Point) -> Path:
    """Straight lines, closed."""
    return (*polyline(*points), CLOSE)


def rounded(points: Sequence[Point], radius: float) -> Path:
    """A polygon with round corners."""
    steps = [step for i in range(len(points)) for step in _corner(points, i, radius)]
    return (Step("M", steps[0].points), *steps[1:], CLOSE)


def _corner(points: Sequence[Point], i: int, radius: float) -> tuple[Step, Step]:
    before, here, after = points[i - 1], points[i], points[(i + 1) % len(points)]
    cut = min(radius, abs(before - here) / 2, abs(after - here) / 2)
    return Step("L", (here + unit(before - here) * cut,)), Step("Q", (here, here + unit(after - here) * cut))


def box(corner: Point, width: float, height: float, radius: float = 0) -> Path:
    """A rectangle by its upper left corner."""
    points = [corner, corner + width, corner + width + height * 1j, corner + height * 1j]
    return rounded(points, radius) if radius else polygon(*points)


def disc(centre: Point, radius: float) -> Path:
    """A circle."""
    return oval(centre, radius, radius)


def oval(centre: Point, long: float, short: float, axis: Point = RIGHT) -> Path:
    """An ellipse, its long radius along the axis."""
    arc = (long, short, math.degrees(cmath.phase(axis)), 1, 0)
    a, b = centre - axis * long, centre + axis * long
    return Step("M", (a,)), Step("A", (b,), arc), Step("A", (a,), arc), CLOSE


def capsule(start: Point, end: Point, r0: float, r1: float) -> Path:
    """The hull of two circles."""
    lean = math.degrees(math.acos((r0 - r1) / abs(end - start)))
    left, right = unit(end - start) * turned(lean), unit(end - start) * turned(-lean)
    cap0, cap1 = (r0, r0, 0, int(r0 > r1), 0), (r1, r1, 0, int(r1 > r0), 0)
    return (
        *polyline(start + left * r0, end + left * r1),
        Step("A", (end + right * r1,), cap1),
        Step("L", (start + right * r0,)),
        Step("A", (start + left * r0,), cap0),
        CLOSE,
    )


def smooth(points: Sequence[Point], *, closed: bool = True) -> Path:
    """A curve through all points: at each, it goes as a circle through this point and its neighbours would."""
    count = len(points)
    ways = [_way(points, i, closed) for i in range(count)]

    def piece(i: int) -> Step:
        a, b = points[i], points[(i + 1) % count]
        pull = abs(b - a) * 0.37
        return Step("C", (a + ways[i] * pull, b - ways[(i + 1) % count] * pull, b))

    pieces = map(piece, range(count if closed else count - 1))
    return (Step("M", (points[0],)), *pieces, *([CLOSE] if closed else []))


def _way(points: Sequence[Point], i: int, closed: bool) -> Point:
    """The direction of the curve at a point."""
    count = len(points)
    before = points[i - 1] if closed or i else points[i]
    after = points[(i + 1) % count] if closed or i + 1 < count else points[i]
    came, goes = points[i] - before, after - points[i]
    if not came or not goes:
        return unit(came or goes)
    return unit(came / abs(came) ** 2 + goes / abs(goes) ** 2)


def limb(joints: Sequence[Point], radii: Sequence[float], swell: float = 0, tip: Sequence[Point] = ()) -> Path:
    """Two bones as one outline, round at the root; `swell` is the muscle of the lower one.

    It ends in a straight cut, or goes on through the points of `tip`, from its left to its right.
    """
    along = unit(joints[1] - joints[0])
    left, right = (_edge(joints, radii, swell, side) for side in (-1, 1))
    points = [*reversed(right), joints[0] - along * radii[0], *left, *tip]
    return smooth(points) if tip else (*smooth(points, closed=False), CLOSE)


def _edge(joints: Sequence[Point], radii: Sequence[float], swell: float, side: int) -> list[Point]:
    """One side of a limb, from root to tip; in the crook of the joint the outline stands off a little."""
    root, middle, tip = joints
    a, b = unit(middle - root), unit(tip - middle)
    half = unit(a + b)
    crook = min(1.4, 1 / max((half / a).real, 0.5)) if (b / a).imag * side > 0 else 1
    return [
        root + a * 1j * side * radii[0],
        (root + middle) / 2 + a * 1j * side * (radii[0] + radii[1]) / 2,
        middle + half * 1j * side * radii[1] * crook,
        middle + (tip - middle) * 0.4 + b * 1j * side * (radii[1] * 0.6 + radii[2] * 0.4 + swell),
        tip + b * 1j * side * radii[2],
    ]


# -- elements


def shape(path: Path, fill: str, *, line: str = "", width: float = 0) -> str:
    """A filled outline; `line` "none" leaves the outline away."""
    return f'<path d="{written(path)}" fill="{fill}"{_stroke(line, width)}/>'


def stroke(path: Path, *, line: str = "", width: float = 0) -> str:
    """A line alone."""
    return f'<path d="{written(path)}"{_stroke(line, width)}/>'


def _stroke(line: str, width: float) -> str:
    colour = f' stroke="{line}"' if line else ""
    return colour + (f' stroke-width="{size(width)}"' if width else "")


def merged(paths: Iterable[Path], fill: str) -> str:
    """Several outlines as one silhouette: first every outline, then every fill."""
    drawn = "".join(f'<path d="{written(path)}"/>' for path in paths)
    under = f'<g fill="{fill}" stroke-width="{size(LINE * 1.6)}">{drawn}</g>'
    return f'{under}\n<g fill="{fill}" stroke="none">{drawn}</g>'


def size(value: float) -> str:
    """A length as it is written: one decimal at most, no trailing zero."""
    return f"{value * FINE:.1f}".removesuffix(".0")


def written(path: Path) -> str:
    """Path data, in steps from point to point: shorter than places, and as exact."""
    here, text = (0, 0), ""
    for step in path:
        letter = step.letter if step.letter in "MZ" else step.letter.lower()
        places = [(round(point.real * FINE), round(point.imag * FINE)) for point in step.points]
        start = (0, 0) if letter == "M" else here
        values = [part - origin for place in places for part, origin in zip(place, start, strict=True)]
        text += letter + _numbers([*_arc(step.arc), *values])
        here = places[-1] if places else here
    return text


def _arc(arc: tuple[float, ...]) -> list[int]:
    if not arc:
        return []
    return [round(arc[0] * FINE), round(arc[1] * FINE), *(round(value) for value in arc[2:])]


def _numbers(values: Iterable[int]) -> str:
    """Numbers with no more between them than is needed."""
    return " ".join(map(str, values)).replace(" -", "-")
