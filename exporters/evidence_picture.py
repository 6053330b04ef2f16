"""Bands of findings -> one SVG: a band for each certainty, words first, all bands alike, so that nothing is ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from exporters.symbols import symbol

INK, PETROL, MIST, SAND = "#1A2B33", "#0B5563", "#E4F0EF", "#FBF6EC"
COLUMN, GAP = 312, 16  # units; 312 units at 83 mm make 1 unit 0.75 pt
PAD, INDENT, LEADING, SIZE, AIR = 12, 44, 19, 15, 7  # 15 units are 11.3 pt at that width


@dataclass(frozen=True)
class Row:
    """One treatment and one outcome, with words on time span and limits."""

    treatment: str
    outcome: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Band:
    """The rows that one certainty describes, under its words."""

    certainty: str
    words: str
    rows: tuple[Row, ...]


class Fonts(NamedTuple):
    """The files of the two faces: text is broken by their real widths."""

    regular: Path
    bold: Path


class Line(NamedTuple):
    """A line of text; `y` is its baseline from the top of the band."""

    text: str
    bold: bool
    y: int
    color: str


def evidence_picture(
    bands: Sequence[Band], apart: Band | None, *, columns: int, title: str, title_id: str, fonts: Fonts
) -> str:
    """The picture, in one column (83 mm wide and more) or two (170 mm); `title` is its alternative text."""
    drawn = [draw(band, fonts, apart=False) for band in bands] + ([draw(apart, fonts, apart=True)] if apart else [])
    placed, height = _place(drawn, columns)
    width = columns * COLUMN + (columns - 1) * GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{title_id}"'
        f' viewBox="0 0 {width} {height}"'
        f' font-family="Atkinson Hyperlegible" font-size="{SIZE}">'
        f'<title id="{title_id}">{escape(title)}</title>{placed}</svg>'
    )


def draw(band: Band, fonts: Fonts, *, apart: bool) -> tuple[str, int]:
    """One band as SVG elements, and its height."""
    lines = list(_lines(band, fonts))
    height = lines[-1].y + PAD
    ground, edge = (SAND, f' stroke="{PETROL}" stroke-width="1.5" stroke-dasharray="5 4"') if apart else (MIST, "")
    box = f'<rect x="1" y="1" width="{COLUMN - 2}" height="{height - 2}" rx="6" fill="{ground}"{edge}/>'
    hairlines = "".join(
        f'<path d="M{INDENT} {line.y - 17}H{COLUMN - PAD}" fill="none" stroke="{PETROL}" stroke-width="0.7"/>'
        for line in lines
        if line.color == PETROL
    )
    words = "".join(_text(line) for line in lines)
    return f'{box}<g transform="translate({PAD} {PAD - 3})">{symbol(band.certainty)}</g>{hairlines}{words}', height


def _lines(band: Band, fonts: Fonts) -> Iterator[Line]:
    y = PAD + 2
    for words in wrap(band.words, fonts.bold):
        y += LEADING
        yield Line(words, True, y - 4, INK)
    for row in band.rows:
        y += AIR
        for words in wrap(row.treatment, fonts.bold):
            y += LEADING
            yield Line(words, True, y, PETROL)
        for words in wrap("; ".join((row.outcome, *row.notes)), fonts.regular):
            y += LEADING
            yield Line(words, False, y, INK)


def _text(line: Line) -> str:
    weight = ' font-weight="700"' if line.bold else ""
    return f'<text x="{INDENT}" y="{line.y}" fill="{line.color}"{weight}>{escape(line.text)}</text>'


def wrap(text: str, font: Path) -> Iterator[str]:
    """Cut a text into lines that fit a band; a word that is wider than a line is cut too."""
    line = ""
    for word in text.split():
        while measure(word, font) > COLUMN - INDENT - PAD:
            cut = next(n for n in range(len(word), 0, -1) if measure(word[:n], font) <= COLUMN - INDENT - PAD)
            yield from filter(None, (line, word[:cut]))
            line, word = "", word[cut:]
        if line and measure(f"{line} {word}", font) > COLUMN - INDENT - PAD:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def measure(text: str, font: Path) -> float:
    """The width of a text in units."""
    widths, em = _widths(font)
    return sum(widths.get(ord(char), em) for char in text) * SIZE / em


@cache
def _widths(font: Path) -> tuple[dict[int, int], int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as face:
        metrics = face["hmtx"]
        return {code: metrics[glyph][0] for code, glyph in face.getBestCmap().items()}, face["head"].unitsPerEm


def _place(drawn: Sequence[tuple[str, int]], columns: int) -> tuple[str, int]:
    """Bands one below the other, the second column beginning where the first is as long as what is left."""
    total = sum(height + AIR for _, height in drawn)
    x, y, tallest, placed = 0, 0, 0, []
    for number, (band, height) in enumerate(drawn):
        if columns == 2 and x == 0 and number and y + height / 2 > total / 2:
            x, y = COLUMN + GAP, 0
        placed.append(f'<g transform="translate({x} {y})">{band}</g>')
        y += height + AIR
        tallest = max(tallest, y)
    return "".join(placed), tallest - AIR
