"""A head's place and a hair style -> the shapes of a faceless head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from drawings.hair import BEARDS, FACE, NAPE, PROFILE, STYLES, Pair, Pairs
from drawings.pen import Path, Point, capsule, oval, shape, smooth


class Frame(NamedTuple):
    """Where a head is: its middle, where its crown is, where it looks (or its right), half its height."""

    centre: Point
    up: Point
    front: Point
    half: float

    def place(self, pair: Pair) -> Point:
        """From half heights to a point on paper."""
        return self.centre + (pair[0] * self.front + pair[1] * self.up) * self.half

    def outline(self, pairs: Pairs) -> Path:
        """A smooth shape through pairs."""
        return smooth([self.place(pair) for pair in pairs])


def head(frame: Frame, view: str, style: str, skin: str, hair: str, *, beard: bool = False) -> str:
    """A head from the chin up, over the neck."""
    over = [shape(frame.outline(pairs), hair) for pairs in STYLES[style][view].over]
    if style == "scarf" and view == "front":
        return "\n".join([*over, _face_in_scarf(frame, skin)])
    bearded = [shape(frame.outline(BEARDS[view]), hair)] if beard and view in BEARDS else []
    ear = [_ear(frame, (-0.14, -0.08), skin)] if view == "side" and style not in ("scarf", "bob") else []
    return "\n".join([*_skull(frame, view, skin), *bearded, *over, *ear])


def behind(frame: Frame, view: str, style: str, hair: str) -> str:
    """The hair behind head and neck."""
    return "\n".join(shape(frame.outline(pairs), hair) for pairs in STYLES[style][view].behind)


def neck(base: Point, frame: Frame, view: str, skin: str) -> str:
    """From between the shoulders up into the head."""
    nape = frame.place((-0.18 if view == "side" else 0, -0.35))
    return shape(capsule(base, nape, 0.42 * frame.half, 0.38 * frame.half), skin)


def _skull(frame: Frame, view: str, skin: str) -> Iterator[str]:
    if view == "side":
        yield shape(frame.outline(PROFILE), skin)
        return
    yield from (_ear(frame, (x, -0.02), skin) for x in (-0.78, 0.78))
    yield shape(frame.outline(FACE if view == "front" else NAPE), skin)


def _ear(frame: Frame, pair: Pair, skin: str) -> str:
    return shape(oval(frame.place(pair), 0.20 * frame.half, 0.13 * frame.half, frame.up), skin)


def _face_in_scarf(frame: Frame, skin: str) -> str:
    """The face in the opening of a headscarf."""
    return shape(oval(frame.place((0, -0.06)), 0.84 * frame.half, 0.63 * frame.half, frame.up), skin)
