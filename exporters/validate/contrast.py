"""A finished page, or a page of a book -> problems: colours on their grounds that the closed list does not allow.

The pairs are worked out as a browser would draw them, in every mode that a reader may choose and at every width that
the style sheets tell apart. What is out of flow is taken to lie on what it stands in. The PDF has no style sheet in it
any more: `painted` reads its pairs as they were drawn.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from exporters.validate import document
from exporters.validate.cascade import Circumstances, Node, Sheets, Style, compiled, root_style, style, tree, widths
from exporters.validate.colours import (
    NEEDS,
    ClosedList,
    Paint,
    closed_list,
    distances,
    faults,
    ground_name,
)
from exporters.validate.text import Problem

WEB = (  # printed as browsers do by default, without grounds, and with them
    ("light", Circumstances("screen", "light", 0, economy=False)),
    ("dark", Circumstances("screen", "dark", 0, economy=False)),
    ("print", Circumstances("print", "light", 0, economy=True)),
    ("print", Circumstances("print", "light", 0, economy=False)),
)
BOOK = (
    ("book-white", Circumstances("screen", "light", 0, economy=False)),
    ("book-sepia", Circumstances("screen", "light", 0, economy=False)),
    ("book-night", Circumstances("screen", "dark", 0, economy=False)),
)
LARGE, LARGE_BOLD = 24.0, 18.66  # CSS pixels; 18 and 14 points (WCAG 2.2, large-scale)
SHAPES = frozenset({"rect", "circle", "ellipse", "line", "path", "polygon", "polyline", "text", "tspan"})
UNDRAWN = frozenset({"defs", "clipPath", "clippath", "mask", "symbol", "title", "desc", "metadata"})
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
START = re.compile(rf"\s*M?\s*({NUMBER.pattern})[\s,]*({NUMBER.pattern})", re.IGNORECASE)
SVG_ADDRESS = "data:image/svg+xml"
SHAPE = "!"


class Pair(NamedTuple):
    """An ink on a ground, the uppermost layer first, as one mode shows it. `use`: see `colours.SERVES`."""

    ink: Paint
    ground: tuple[Paint, ...]
    use: str
    mode: str


class Seen(NamedTuple):
    """What a file uses, with the first place of each: pairs, fills of drawings, and problems found on the way."""

    pairs: dict[Pair, str]
    fills: dict[Paint, str]
    problems: dict[Problem, None]
    pictures: dict[Any, tuple[Drawn, ...]]


class View(NamedTuple):
    """One way to look at a page. `looks` are those of elements alike, on every page with these style sheets."""

    sheets: Sheets
    mode: str
    shown: Circumstances
    seen: Seen
    looks: dict[Any, Look]


@dataclass(frozen=True, eq=False)
class Look:
    """An element as it is seen; `shape`: its sign for harms, `harm`: whether it is drawn in their colour."""

    style: Style
    pairs: tuple[Pair, ...]
    shape: Style | None
    harm: bool


class Marks(NamedTuple):
    """Below an element: whether there is a shape for harms, and what is drawn in their colour and still needs one."""

    shaped: bool
    waiting: tuple[str, ...]


class Drawn(NamedTuple):
    """A shape of a picture, and a point of it; not a number where a transformation hides it."""

    node: Node
    style: Style
    x: float
    y: float


# A file


def page(root: etree._Element) -> Iterator[Problem]:
    """The web page, in light and dark, and printed."""
    yield from _document(root, _own_sheets(root), WEB)


def leaf(root: etree._Element, css: Sequence[str]) -> Iterator[Problem]:
    """A page of a book and its style sheets, on the white, sepia and black of reading systems."""
    yield from _document(root, (*css, *_own_sheets(root)), BOOK)


def _own_sheets(root: etree._Element) -> tuple[str, ...]:
    found = ((sheet.get("media", ""), sheet.text or "") for sheet in root.iter("style"))
    return tuple(f"@media {media} {{ {text} }}" if media else text for media, text in found)


def _document(
    root: etree._Element, css: tuple[str, ...], modes: Iterable[tuple[str, Circumstances]]
) -> Iterator[Problem]:
    sheets, closed, seen = compiled(css), closed_list(), Seen({}, {}, {}, {})
    node = tree(root, sheets)
    for mode, shown in modes:
        for width in widths(sheets):
            view = _view(sheets, mode, shown._replace(width=width), seen)
            waiting = _walk(node, root_style(*closed.modes[mode]), view).waiting
            for place in waiting:
                seen.problems.setdefault(("shape-missing", f"{place} says harm by its colour alone"))
    yield from (("css-unread", f"“{what}” is more than the gate for contrast can read") for what in sheets.unread)
    yield from judged(seen, closed)


def _view(sheets: Sheets, mode: str, shown: Circumstances, seen: Seen) -> View:
    return View(sheets, mode, shown, seen, sheets.looks.setdefault((mode, shown), {}))


def judged(seen: Seen, closed: ClosedList) -> Iterator[Problem]:
    """Hold what a file uses against the list, and the list against WCAG."""
    yield from _list_faults()
    yield from seen.problems
    for paint, place in seen.fills.items():
        yield from _unnamed(paint, place, closed)
    unlisted: dict[tuple[str, str, str], dict[str, Pair]] = defaultdict(dict)
    for pair in seen.pairs:
        if not closed.row(*pair):
            unlisted[pair.ink.name, ground_name(pair.ground), pair.use][pair.mode] = pair
    for modes in unlisted.values():
        yield from _unlisted(modes, seen, closed)


@cache
def _list_faults() -> tuple[Problem, ...]:
    return tuple(faults(closed_list()))


def _unlisted(modes: Mapping[str, Pair], seen: Seen, closed: ClosedList) -> Iterator[Problem]:
    """One ink on one ground that has no row in the list, in each mode where it was seen."""
    first = next(iter(modes.values()))
    place, said = seen.pairs[first], f"{first.ink.name} on {ground_name(first.ground)}"
    strange = [problem for paint in (first.ink, *first.ground) for problem in _unnamed(paint, place, closed)]
    yield from strange
    if not strange:
        yield "colour-unlisted", f"{place}: {said} is no pair of the closed list for {first.use} in {', '.join(modes)}"
    need = NEEDS.get(first.use, NEEDS["graphic"])
    for mode, pair in modes.items():
        for how, distance in distances(pair.ink, pair.ground):
            if distance < need:
                yield "contrast-low", f"{place}: {said} is {distance:.2f}:1{how} in {mode}; {need}:1 is needed"


def _unnamed(paint: Paint, place: str, closed: ClosedList) -> Iterator[Problem]:
    if paint.colour is None:
        yield "colour-unlisted", f"{place}: “{paint.name}” is no colour that can be computed"
    elif not closed.holds(paint):
        yield "colour-unlisted", f"{place}: {paint.name} is none of the colours of the closed list"


# Elements


def _walk(node: Node, parent: Style, view: View) -> Marks:
    """Note every pair of an element and what is in it."""
    look = _look(node, parent, view)
    if not look.style.shown:
        return Marks(False, ())
    _note(look.pairs, node.place, view)
    if node.tag == "svg":
        _picture(node, look.style, view)
        return Marks(False, ())
    if _is_harms(node):
        _harms(node, look, view)
    return _marks(node, look, [_walk(child, look.style, view) for child in node.children])


def _look(node: Node, parent: Style, view: View) -> Look:
    key = (node.matched, parent, node.words)
    if key not in view.looks:
        one = style(node, parent, view.sheets, view.shown)
        pairs = tuple(dict.fromkeys(_pairs(node, one, parent, view)))
        harm = not closed_list().harm.isdisjoint(pair.ink.name for pair in pairs)
        view.looks[key] = Look(one, pairs, _shape(node, one, view), harm)
    return view.looks[key]


def _note(pairs: Iterable[Pair], place: str, view: View) -> None:
    for pair in pairs:
        view.seen.pairs.setdefault(pair, place)


def _pairs(node: Node, one: Style, parent: Style, view: View) -> Iterator[Pair]:
    """The pairs of an element, in each of its states, and of its pseudo-elements."""
    yield from _box(one, parent, node.words, view)
    for states in node.matched.states:
        yield from _box(style(node, parent, view.sheets, view.shown, states=states), parent, node.words, view)
    for pseudo in node.matched.pseudos:
        before = style(node, one, view.sheets, view.shown, pseudo=pseudo)
        words = bool(before.content.strip()) if pseudo in ("before", "after") else node.words
        if before.shown and (words or before.content):
            yield from _box(before, one, words, view)


def _box(one: Style, parent: Style, words: bool, view: View) -> Iterator[Pair]:
    if words and one.seen:
        yield Pair(_ink(one.color, one), one.grounds, _text_use(one), view.mode)
    for line in one.lines:
        yield Pair(_ink(line, one), parent.grounds, "line", view.mode)
        yield Pair(_ink(line, one), one.grounds, "line", view.mode)
    if one.outline:
        yield Pair(_ink(one.outline, one), parent.grounds, "graphic", view.mode)
    ground = tuple(layer for layer in one.grounds if layer.colour)
    for mark in (mark for address in one.images for mark in _symbol(address)):
        yield Pair(mark, ground, "graphic", view.mode)


def _ink(paint: Paint, one: Style) -> Paint:
    """A colour as it is seen: not at all known under an opacity or a filter."""
    return Paint(one.veil, None) if one.veil else paint


def _text_use(one: Style) -> str:
    return "large" if one.size >= (LARGE_BOLD if one.bold else LARGE) else "text"


# The shape of harms


def _shape(node: Node, one: Style, view: View) -> Style | None:
    """The "!" before an element, on a ground of its own."""
    if "before" not in node.matched.pseudos:
        return None
    before = style(node, one, view.sheets, view.shown, pseudo="before")
    drawn = before.shown and before.seen and SHAPE in before.content and before.grounds != one.grounds
    return before if drawn else None


def _is_harms(node: Node) -> bool:
    return "harms" in node.attributes.get("class", "").split()


def _harms(node: Node, look: Look, view: View) -> None:
    """The heading of harms has its shape; its disc may be faint, since the sign on it is not."""
    headings = [child for child in node.children if child.tag in document.HEADINGS]
    for heading in headings or [node]:
        around = _look(heading, look.style, view) if headings else look
        if around.shape is None:
            said = f"{heading.place} has no shape with a “{SHAPE}” in {view.mode}"
            view.seen.problems.setdefault(("shape-missing", said))
        else:
            _note([Pair(around.shape.grounds[0], around.style.grounds, "line", view.mode)], heading.place, view)


def _marks(node: Node, look: Look, below: Sequence[Marks]) -> Marks:
    """What is drawn in the colour of harms stands with its shape: in it, in one table, or among the harms."""
    shaped = look.shape is not None or any(marks.shaped for marks in below)
    if shaped and (look.harm or node.tag == "table" or _is_harms(node)):
        return Marks(True, ())
    return Marks(shaped, tuple(place for marks in below for place in marks.waiting) + (node.place,) * look.harm)


# Pictures


def _picture(svg: Node, one: Style, view: View) -> None:
    """A picture with words is read shape by shape; a drawing has only to stand out from its ground."""
    drawn = _shapes(svg, one, view)
    for shape in drawn:
        for paint in filter(None, (_fill(shape), shape.style.stroke)):
            view.seen.fills.setdefault(_ink(paint, shape.style), svg.place)
    read = _diagram if any(shape.node.tag == "text" for shape in drawn) else _outline
    _note(read(drawn, one, view), svg.place, view)


def _shapes(svg: Node, one: Style, view: View) -> tuple[Drawn, ...]:
    """The shapes of a picture. They are the same in every view unless a style sheet speaks of them."""
    key = (svg, one.color, one.fill, one.stroke, one.seen, one.veil) if svg.plain else (svg, one)
    if key not in view.seen.pictures:
        found = [shape for child in svg.children for shape in _drawn(child, one, (0.0, 0.0), {}, view)]
        view.seen.pictures[key] = tuple(found)
    return view.seen.pictures[key]


def _drawn(
    node: Node, parent: Style, offset: tuple[float, float], around: Mapping[str, str], view: View
) -> Iterator[Drawn]:
    """The shapes of a picture, the lowest first."""
    one = style(node, parent, view.sheets, view.shown)
    if not one.shown or node.tag in UNDRAWN:
        return
    offset = _moved(node, offset)
    here = {**around, **node.attributes}
    if node.tag in SHAPES and one.seen and (node.words or node.tag not in ("text", "tspan")):
        x, y = _point(node.tag, here)
        yield Drawn(node, one, offset[0] + x, offset[1] + y)
    for child in node.children:
        yield from _drawn(child, one, offset, here if node.tag in ("text", "tspan") else {}, view)


def _moved(node: Node, offset: tuple[float, float]) -> tuple[float, float]:
    transform = node.attributes.get("transform", "")
    if not transform:
        return offset
    if moved := re.fullmatch(r"\s*translate\(([^)]*)\)\s*", transform):
        x, y = (*map(float, NUMBER.findall(moved[1])), 0.0)[:2]
        return offset[0] + x, offset[1] + y
    return math.nan, math.nan


def _point(tag: str, attributes: Mapping[str, str]) -> tuple[float, float]:
    """A point of a shape, in its own coordinates."""

    def number(name: str) -> float:
        found = NUMBER.match(attributes.get(name, ""))
        return float(found[0]) if found else 0.0

    if tag in ("path", "polygon", "polyline"):
        first = START.match(attributes.get("d") or attributes.get("points", ""))
        return (float(first[1]), float(first[2])) if first else (math.nan, math.nan)
    if tag == "rect":
        return number("x") + number("width") / 2, number("y") + number("height") / 2
    x, y = {"text": ("x", "y"), "tspan": ("x", "y"), "line": ("x1", "y1")}.get(tag, ("cx", "cy"))
    return number(x), number(y)


def _fill(shape: Drawn) -> Paint | None:
    return None if shape.node.tag == "line" else shape.style.fill


def _diagram(drawn: Sequence[Drawn], one: Style, view: View) -> Iterator[Pair]:
    """Words, lines and symbols, each on the rectangles beneath it."""
    rects: list[Drawn] = []
    for shape in drawn:
        ground = _beneath(shape, rects, one)
        words, rect = shape.node.tag in ("text", "tspan"), shape.node.tag == "rect"
        if (fill := _fill(shape)) and not rect:
            yield Pair(_ink(fill, shape.style), ground, "text" if words else "graphic", view.mode)
        if stroke := shape.style.stroke:
            yield Pair(_ink(stroke, shape.style), ground, "line" if rect else "graphic", view.mode)
        if rect and shape.style.fill:
            rects.append(shape)


def _beneath(shape: Drawn, rects: Sequence[Drawn], one: Style) -> tuple[Paint, ...]:
    """The ground of a shape: the rectangles that hold its point, down to an opaque one."""
    if math.isnan(shape.x):
        return (Paint("a place that a transformation hides", None),)
    layers = [rect.style.fill for rect in reversed(rects) if rect.style.fill and _holds(rect, shape)]
    opaque = next((at for at, layer in enumerate(layers) if layer.colour and layer.colour.alpha == 1), None)
    return tuple(layers + list(one.grounds)) if opaque is None else tuple(layers[: opaque + 1])


def _holds(rect: Drawn, shape: Drawn) -> bool:
    width, height = (float(rect.node.attributes.get(name, "0")) for name in ("width", "height"))
    return abs(shape.x - rect.x) <= width / 2 and abs(shape.y - rect.y) <= height / 2


def _outline(drawn: Sequence[Drawn], one: Style, view: View) -> Iterator[Pair]:
    """The colour of most lines of a drawing, on the drawing's ground."""
    lines = Counter(_ink(shape.style.stroke, shape.style) for shape in drawn if shape.style.stroke)
    yield from (Pair(line, one.grounds, "line", view.mode) for line, _ in lines.most_common(1))


@lru_cache(maxsize=64)
def _symbol(address: str) -> tuple[Paint, ...]:
    """The colours of a drawing that is written in its address."""
    if not address.startswith(SVG_ADDRESS):
        return (Paint(address[:40], None),)
    sheets, closed = compiled(()), closed_list()
    node = tree(document.xml(unquote(address.partition(",")[2]).encode()), sheets)
    view = _view(sheets, *WEB[0], Seen({}, {}, {}, {}))
    drawn = _shapes(node, style(node, root_style(*closed.modes["light"]), sheets, view.shown), view)
    return tuple(dict.fromkeys(paint for shape in drawn for paint in (_fill(shape), shape.style.stroke) if paint))
