"""The fonts of every format: files from a package, never from the system; and which letters they lack."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from lbp_content import inline
from lbp_content.finding import ContentError, Finding, Location
from lbp_content.messages import texts
from lbp_content.translate import Edition

FAMILY = "Atkinson Hyperlegible"


class Face(NamedTuple):
    """One font file; `weight` as in CSS."""

    name: str
    weight: int


FACES = (Face("AtkinsonHyperlegible-Regular", 400), Face("AtkinsonHyperlegible-Bold", 700))


def folder() -> Path:
    """Where the font package has its files."""
    spec = find_spec("fontpkg_atkinson_hyperlegible")
    return Path(spec.origin).parent if spec and spec.origin else Path("fontpkg_atkinson_hyperlegible")


def file(face: Face) -> Path:
    """The TTF of a face. Raises ContentError when it is gone."""
    path = folder() / "files" / f"{face.name}.ttf"
    if not path.is_file():
        raise _unusable("font-missing", f"the font {face.name} is not there", path)
    return path


def _unusable(code: str, said: str, path: Path) -> ContentError:
    remedy = "Install the fonts again: pip install --force-reinstall fontpkg-atkinson-hyperlegible"
    return ContentError([Finding(code, said, remedy, Location(str(path)))])


@contextmanager
def _opened(face: Face) -> Iterator[Any]:
    """The tables of a face. Raises ContentError when they can't be read."""
    from fontTools.ttLib import TTFont, TTLibError

    path = file(face)
    try:
        with TTFont(path, recalcTimestamp=False) as font:
            yield font
    except TTLibError as error:
        raise _unusable("font-broken", f"the font {face.name} can't be read: {error}", path) from None


def licence() -> str:
    """The text of the fonts' licence (SIL OFL 1.1), which travels with whole fonts."""
    return (folder() / "LICENSE").read_text("utf-8")


@cache
def woff2(face: Face) -> bytes:
    """The whole face as WOFF 2.0, the same bytes each time."""
    out = io.BytesIO()
    with _opened(face) as font:
        font.flavor = "woff2"
        font.save(out, reorderTables=False)
    return out.getvalue()


@cache
def letters(face: Face) -> frozenset[int]:
    """The code points that a face can draw."""
    with _opened(face) as font:
        return frozenset(font.getBestCmap())


def check(edition: Edition) -> Iterator[Finding]:
    """A finding for each text with a letter that one of our faces lacks."""
    known = frozenset.intersection(*(letters(face) for face in FACES))
    for text in texts(edition.leaflet):
        if missing := sorted({char for char in inline.plain(text.text) if ord(char) not in known}):
            names = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in missing)
            remedy = "Write it another way, or give the exporter a font that has it."
            yield Finding("glyph-missing", f"{text.id}: {FAMILY} can't draw {names}", remedy, text.where)
