"""exporters/styles/colours.yaml, the closed list -> what may stand on what, and how far apart two colours are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from tinycss2 import ast, color4

from exporters.validate.text import Problem

LIST = Path(__file__).parents[1] / "styles" / "colours.yaml"
NEEDS = {"text": 4.5, "large": 3.0, "graphic": 3.0, "ornament": 1.0}  # WCAG 2.2, 1.4.3 and 1.4.11
SERVES = {  # what a place in a file asks for -> the rows of the list that answer it; a line may be either
    "text": ("text",),
    "large": ("text", "large"),
    "graphic": ("text", "large", "graphic"),
    "line": ("text", "large", "graphic", "ornament"),
}
OVER = " over "


class Colour(NamedTuple):
    """sRGB, 0 to 255, and how much of it covers what is beneath."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    def __str__(self) -> str:
        solid = f"#{self.red:02x}{self.green:02x}{self.blue:02x}"
        return solid if self.alpha == 1 else f"{solid} at {self.alpha:.0%}"


class Paint(NamedTuple):
    """A colour by its name in the list, or by its value; None is what can't be computed."""

    name: str
    colour: Colour | None


class Mode(NamedTuple):
    """What a file lies on, and text without a colour of its own."""

    page: Colour
    text: Colour


class Row(NamedTuple):
    """One pair of the list: the name of an ink, and of a ground with what is beneath it."""

    ink: str
    ground: str
    use: str
    mode: str


class ClosedList(NamedTuple):
    """All that may be used. `harm`: the inks that say “side effects”."""

    colours: Mapping[str, Colour]
    modes: Mapping[str, Mode]
    rows: frozenset[Row]
    reasons: Mapping[Row, str]
    harm: frozenset[str]

    def name(self, colour: Colour) -> str:
        """The name of a colour; of one that has none, its value."""
        return next((name for name, known in self.colours.items() if known == colour), str(colour))

    def paint(self, colour: Colour) -> Paint:
        """A colour as it is used."""
        return Paint(self.name(colour), colour)

    def holds(self, paint: Paint) -> bool:
        """Whether a paint is one of the list, or the reader's own."""
        return paint.name in self.colours or paint.name in Mode._fields

    def row(self, ink: Paint, ground: Sequence[Paint], use: str, mode: str) -> Row | None:
        """The row that allows a pair for a use (see `SERVES`)."""
        wanted = (Row(ink.name, ground_name(ground), served, mode) for served in SERVES[use])
        return next((row for row in wanted if row in self.rows), None)


def ground_name(ground: Iterable[Paint]) -> str:
    """A ground as the list writes it: the uppermost layer first."""
    return OVER.join(layer.name for layer in ground)


def parse(value: str | ast.Node) -> Colour | str | None:
    """A colour of CSS; "currentcolor"; None for what is no colour, or none that can be computed."""
    try:
        found = color4.parse_color(value)
        if found is None or isinstance(found, str):
            return found
        red, green, blue = (round(255 * float(part or 0)) for part in found.to("srgb").coordinates)
    except NotImplementedError:
        return None
    return Colour(red, green, blue, round(found.alpha, 3))


def over(top: Colour, beneath: Colour) -> Colour:
    """What is seen of a translucent colour on an opaque one (Compositing and Blending 1, 5.1)."""
    red, green, blue = (
        round(one * top.alpha + other * (1 - top.alpha)) for one, other in zip(top[:3], beneath[:3], strict=True)
    )
    return Colour(red, green, blue)


def flattened(layers: Sequence[Paint]) -> Colour | None:
    """What is seen of layers, the uppermost first and the last one opaque."""
    seen: Colour | None = None
    for layer in reversed(layers):
        if layer.colour is None:
            return None
        seen = over(layer.colour, seen or layer.colour)
    return seen


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = (_linear(part / 255) for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

    (L1 + 0.05) / (L2 + 0.05), L1 being the relative luminance of the lighter colour.
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def grey(colour: Colour) -> Colour:
    """The grey that a black-and-white device prints: 0.3 R + 0.59 G + 0.11 B (ISO 32000-1:2008, 10.3.2).

    Not the grey of equal luminance, which would keep every contrast: red becomes darker than it looks, green lighter.
    """
    level = round(0.3 * colour.red + 0.59 * colour.green + 0.11 * colour.blue)
    return Colour(level, level, level)


def distances(ink: Paint, ground: Sequence[Paint]) -> Iterator[tuple[str, float]]:
    """The contrast of an ink on its ground as it is seen, and as greys; nothing where it can't be computed."""
    beneath = flattened(ground)
    if beneath and ink.colour:
        seen = over(ink.colour, beneath)
        yield "", contrast(seen, beneath)
        yield " as greys", contrast(grey(seen), grey(beneath))


@cache
def closed_list(file: Path = LIST) -> ClosedList:
    """The list of a file. Raises ValueError for a colour that has two names."""
    data: Mapping[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    colours = {name: _colour(value) for name, value in data["colours"].items()}
    if len(set(colours.values())) < len(colours):
        raise ValueError(f"{file}: a colour has two names")
    modes = {name: Mode(_colour(one["page"]), _colour(one["text"])) for name, one in data["modes"].items()}
    reasons = {row: entry.get("because", "") for entry in data["pairs"] for row in _rows(entry)}
    return ClosedList(colours, modes, frozenset(reasons), reasons, frozenset(data["harm"]))


def _colour(value: str) -> Colour:
    colour = parse(value)
    if not isinstance(colour, Colour):
        raise ValueError(f"{value} is no colour")
    return colour


def _rows(entry: Mapping[str, Any]) -> Iterator[Row]:
    for mode in entry["modes"]:
        for ground in entry["grounds"]:
            yield Row(entry["ink"], ground, entry["use"], mode)


def faults(closed: ClosedList) -> tuple[Problem, ...]:
    """What is wrong with the list itself: each row must keep the distance that its use needs, in colour and in grey."""
    return tuple(problem for row in sorted(closed.rows) for problem in _row_faults(row, closed))


def _row_faults(row: Row, closed: ClosedList) -> Iterator[Problem]:
    if row.use == "ornament" and not closed.reasons[row]:
        yield (
            "contrast-low",
            f"the closed list does not say why {row.ink} on {row.ground} needs no contrast",
        )
    ground = [_named(name, row.mode, closed) for name in row.ground.split(OVER)]
    for how, distance in distances(_named(row.ink, row.mode, closed), ground):
        if distance < NEEDS[row.use]:
            yield (
                "contrast-low",
                f"the closed list allows {row.ink} on {row.ground} for {row.use} in {row.mode}: "
                f"{distance:.2f}:1{how}, {NEEDS[row.use]}:1 is needed",
            )


def _named(name: str, mode: str, closed: ClosedList) -> Paint:
    own = closed.modes[mode]._asdict()
    return Paint(name, own[name] if name in own else closed.colours[name])
