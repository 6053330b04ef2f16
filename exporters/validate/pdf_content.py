"""The content of a PDF's pages -> what is drawn, one marked sequence after the other, as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf

UNKNOWN = "\ufffd"
TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINT = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"})
POINTS = {"m": (0,), "l": (0,), "c": (0, 2, 4), "v": (0, 2), "y": (0, 2), "re": (0,)}
LOOKED_AT = " ".join([*TEXT, *PAINT, *POINTS, "BI ID EI BT BDC BMC EMC Tf Do q Q cm"])
IDENTITY = pikepdf.Matrix()


@dataclass(eq=False)
class Content:
    """One marked sequence, or what stands outside of any: then `tag` is "". `page` is counted from 0.

    `glyphs` is what the fonts say, `actual` what the sequence says it reads like. `nested`: a mark within a mark."""

    page: int
    tag: str
    mcid: int | None = None
    side: str = ""
    glyphs: str = ""
    actual: str | None = None
    nested: bool = False
    painted: bool = False
    points: list[tuple[float, float]] = field(default_factory=list)

    @property
    def artifact(self) -> bool:
        return self.tag == "Artifact"

    @property
    def text(self) -> str:
        """What a reader gets of it."""
        return self.glyphs if self.actual is None else self.actual

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Where its lines and shapes are, in points from the lower left of the page."""
        across, up = zip(*self.points, strict=True) if self.points else ((0.0,), (0.0,))
        return min(across), min(up), max(across), max(up)


def drawn(page: Any, number: int) -> list[Content]:
    """Everything that is drawn on a page, in the order in which it is drawn."""
    reader = _Reader(number)
    reader.read(page.obj, page.obj.get("/Resources", pikepdf.Dictionary()))
    return [one for one in reader.found if one.painted or one.mcid is not None]


class _Reader:
    """One way through the operators of a page: the marks that are open, the font, and where lines are drawn."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.found: list[Content] = []
        self.open: list[Content] = []
        self.font: dict[int, str] = {}
        self.width = 1
        self.matrix = IDENTITY
        self.kept: list[pikepdf.Matrix] = []

    def read(self, stream: Any, resources: Any) -> None:
        """Follow the operators of a page or of a form."""
        for instruction in pikepdf.parse_content_stream(stream, LOOKED_AT):
            operands, name = instruction.operands, str(instruction.operator)
            if name in TEXT:
                self.paint().glyphs += "".join(self.decoded(operands))
            elif name in PAINT:
                self.paint()
            elif name in POINTS:
                self.draw(POINTS[name], operands)
            else:
                self.change(name, operands, resources)

    def change(self, name: str, operands: Any, resources: Any) -> None:
        """Operators that draw nothing themselves."""
        match name:
            case "BDC" | "BMC":
                self.begin(operands, resources)
            case "EMC" if self.open:
                self.open.pop()
            case "BT" if self.open and self.open[-1].tag == "Figure":
                self.open[-1].glyphs += "\n"
            case "Tf":
                self.font, self.width = _letters(resources.get("/Font", {}).get(str(operands[0])))
            case "q":
                self.kept.append(self.matrix)
            case "Q" if self.kept:
                self.matrix = self.kept.pop()
            case "cm":
                self.matrix = pikepdf.Matrix(*map(float, operands)) @ self.matrix
            case "Do":
                self.show(resources.get("/XObject", {}).get(str(operands[0])), resources)

    def begin(self, operands: Any, resources: Any) -> None:
        """Open a mark; one inside another that says nothing new belongs to it."""
        tag, said = str(operands[0]).removeprefix("/"), operands[1] if len(operands) > 1 else {}
        if isinstance(said, pikepdf.Name):
            said = resources.get("/Properties", {}).get(str(said), {})
        mcid, actual = said.get("/MCID"), said.get("/ActualText")
        content = Content(self.page, tag, None if mcid is None else int(mcid), str(said.get("/Subtype", ""))[1:])
        content.actual = None if actual is None else str(actual)
        if self.open:
            self.open[0].nested |= content.artifact or mcid is not None
            content = self.open[0]
        else:
            self.found.append(content)
        self.open.append(content)

    def paint(self) -> Content:
        """The mark that what is drawn now belongs to."""
        if not self.open and not (self.found and self.found[-1].tag == ""):
            self.found.append(Content(self.page, ""))
        content = self.open[-1] if self.open else self.found[-1]
        content.painted = True
        return content

    def draw(self, places: Iterable[int], operands: Any) -> None:
        """Remember where a picture is."""
        if self.open and self.open[-1].tag == "Figure":
            numbers = [float(one) for one in operands]
            self.open[-1].points += [self.matrix.transform((numbers[at], numbers[at + 1])) for at in places]

    def show(self, object: Any, resources: Any) -> None:
        self.paint()
        if object is not None and object.get("/Subtype") == "/Form":
            before = self.matrix
            self.read(object, object.get("/Resources", resources))
            self.matrix = before

    def decoded(self, operands: Any) -> Iterator[str]:
        """The letters of a string that is shown; what the font can't tell is U+FFFD."""
        shown = operands[-1]
        for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(piece, pikepdf.String):
                data = bytes(piece)
                for at in range(0, len(data), self.width):
                    yield self.font.get(int.from_bytes(data[at : at + self.width], "big"), UNKNOWN)


def _letters(font: Any) -> tuple[dict[int, str], int]:
    """What each code of a font reads like, and how many bytes a code has."""
    if font is None or "/ToUnicode" not in font:
        return {}, 2 if font is not None and font.get("/Subtype") == "/Type0" else 1
    return letters(font.ToUnicode.read_bytes().decode("latin-1")), 2 if font.get("/Subtype") == "/Type0" else 1


@lru_cache(64)
def letters(cmap: str) -> dict[int, str]:
    """A ToUnicode CMap as a dictionary (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            found[int(code, 16)] = _utf16(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, one, several in re.findall(r"<(\w+)>\s*<(\w+)>\s*(?:<(\w*)>|\[(.*?)\])", block, re.DOTALL):
            texts = [_utf16(text) for text in re.findall(r"<(\w*)>", several)]
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = _after(_utf16(one), step) if one else "".join(texts[step : step + 1])
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")


def _after(text: str, step: int) -> str:
    return text[:-1] + chr(ord(text[-1]) + step)
