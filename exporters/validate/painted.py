"""A finished PDF -> problems: colours that its pages name, and text on its ground as pdfium draws it.

The style sheet is no longer in the file, but what it asked for is: every colour is one of the closed list, and the
ground of a text is the last area that was painted where its middle is.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from exporters.validate.colours import Colour, Paint, closed_list
from exporters.validate.contrast import LARGE, LARGE_BOLD, Pair, Seen, judged
from exporters.validate.text import Problem

NAMING = "rg RG g G k K cs CS sc SC scn SCN sh"  # every operator that names a colour (ISO 32000-1:2008, 8.6.8)
SPACES = {"/DeviceGray", "/DeviceRGB"}
PIXELS = 96 / 72
NEAR = 3  # the shape of harms is not further from their heading than so many sizes of its text

Point = tuple[float, float]


class Area(NamedTuple):
    """Something that was filled: its outline in points of the page, one ring after the other."""

    paint: Paint
    box: tuple[float, float, float, float]
    rings: Sequence[Sequence[Point]]
    alternate: bool


class Text(NamedTuple):
    """A piece of text: its colour, the middle of it, its size in points."""

    paint: Paint
    middle: Point
    size: float
    bold: bool


def problems(data: bytes) -> Iterator[Problem]:
    """Hold the colours of a file against the closed list."""
    seen = Seen({}, {}, {}, {})
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            for number, page in enumerate(document.pages, 1):
                _note_named(page, number, seen)
        with pypdfium2.PdfDocument(data) as opened:
            for number, drawn in enumerate(opened, 1):
                _note_drawn(drawn, number, seen)
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        yield "pdf-broken", f"its colours can't be read: {error}"
        return
    yield from judged(seen, closed_list())


# What is named


def _note_named(page: Any, number: int, seen: Seen) -> None:
    for stream in (page, *_forms(page.resources, set())):
        for one in pikepdf.parse_content_stream(stream, NAMING):
            if paint := _named(str(one.operator), list(one.operands)):
                seen.fills.setdefault(paint, f"page {number}")


def _forms(resources: Any, known: set[tuple[int, int]]) -> Iterator[Any]:
    """The drawings within a page, and within these."""
    for form in resources.get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form" and form.objgen not in known:
            known.add(form.objgen)
            yield form
            yield from _forms(form.get("/Resources", pikepdf.Dictionary()), known)


def _named(operator: str, operands: Sequence[Any]) -> Paint | None:
    """The colour that an operator names; a space that is not RGB or grey by its name."""
    if operator in ("cs", "CS"):
        return None if str(operands[0]) in SPACES else Paint(f"a colour in {operands[0]}", None)
    if operator in ("k", "K", "sh") or any(isinstance(one, pikepdf.Name) for one in operands):
        return Paint(f"{' '.join(map(str, operands))} {operator}", None)
    parts = [round(255 * float(part)) for part in operands]
    if len(parts) not in (1, 3):
        return Paint(f"a colour of {len(parts)} parts", None)
    return closed_list().paint(Colour(*(parts * 3)[:3]))


# What is drawn


def _note_drawn(page: Any, number: int, seen: Seen) -> None:
    """Each text of a page on what was painted before it."""
    areas: list[Area] = []
    texts: list[tuple[Text, Paint]] = []
    for one in page.get_objects(max_depth=4):
        if one.type == pdfium.FPDF_PAGEOBJ_PATH and one.level == 0:
            areas += _area(one)
        elif one.type == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += [(text, _ground(text, areas, one.level)) for text in _text(one)]
    for text, ground in texts:
        large = text.size * PIXELS >= (LARGE_BOLD if text.bold else LARGE)
        seen.pairs.setdefault(Pair(text.paint, (ground,), "large" if large else "text", "pdf"), f"page {number}")
    _note_harms(texts, number, seen)


def _note_harms(texts: Sequence[tuple[Text, Paint]], number: int, seen: Seen) -> None:
    """A text in the colour of harms has their shape beside it: a sign on a disc of that colour."""
    harm = closed_list().harm
    signs = [text.middle for text, ground in texts if ground.name in harm]
    for text, _ in texts:
        if text.paint.name in harm and not any(abs(text.middle[1] - up) < NEAR * text.size for _, up in signs):
            seen.problems.setdefault(("shape-missing", f"page {number}: a text says harm by its colour alone"))


def _ground(text: Text, areas: Sequence[Area], level: int) -> Paint:
    if level:
        return Paint("a drawing in a drawing", None)
    beneath = (area.paint for area in reversed(areas) if _inside(text.middle, area))
    return next(beneath, Paint("page", closed_list().modes["pdf"].page))


def _text(one: Any) -> Iterator[Text]:
    """A piece of text with at least one mark on the paper."""
    left, low, right, high = one.get_bounds()
    if right > left and high > low:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(one.raw, size)
        scale = _matrix(one).d
        yield Text(_fill(one), ((left + right) / 2, (low + high) / 2), size.value * abs(scale), _is_bold(one))


def _is_bold(one: Any) -> bool:
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(one.raw), name, 128)
    return b"Bold" in name.value


def _fill(one: Any) -> Paint:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(one.raw, *map(ctypes.byref, parts)):
        return Paint("a colour that pdfium can't read", None)
    red, green, blue, alpha = (part.value for part in parts)
    return closed_list().paint(Colour(red, green, blue, round(alpha / 255, 3)))


def _matrix(one: Any) -> Any:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(one.raw, matrix)
    return matrix


def _area(one: Any) -> Iterator[Area]:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(one.raw, mode, stroke)
    if mode.value != pdfium.FPDF_FILLMODE_NONE:
        yield Area(_fill(one), one.get_bounds(), _rings(one), mode.value == pdfium.FPDF_FILLMODE_ALTERNATE)


def _rings(one: Any) -> list[list[Point]]:
    """The corners of an outline; of curves, where they begin and end."""
    matrix, rings = _matrix(one), list[list[Point]]()
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(one.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(one.raw, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            rings.append([])
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        rings[-1].append((across, matrix.b * x.value + matrix.d * y.value + matrix.f))
    return rings


def _inside(point: Point, area: Area) -> bool:
    """Whether a point is in what was filled, by the rule that filled it (ISO 32000-1:2008, 8.5.3.3)."""
    left, low, right, high = area.box
    if not (left <= point[0] <= right and low <= point[1] <= high):
        return False
    turns = [_crossings(point, ring) for ring in area.rings]
    crossed, wound = sum(number for number, _ in turns), sum(winding for _, winding in turns)
    return crossed % 2 == 1 if area.alternate else wound != 0


def _crossings(point: Point, ring: Sequence[Point]) -> tuple[int, int]:
    """How often a ray to the right crosses a ring, and how often more upwards than downwards."""
    number, winding = 0, 0
    for (x, y), (to_x, to_y) in pairwise([*ring, ring[0]]):
        if (y > point[1]) != (to_y > point[1]) and point[0] < x + (point[1] - y) / (to_y - y) * (to_x - x):
            number, winding = number + 1, winding + (1 if to_y > y else -1)
    return number, winding
