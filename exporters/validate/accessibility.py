"""The files of a book -> what it may say of its accessibility: each value stands for a rule that was tried on it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from exporters.validate import document, styles

TYPE = "{http://www.idpf.org/2007/ops}type"


class Pages(NamedTuple):
    """The documents of a book in reading order, and its style sheets."""

    documents: Mapping[str, etree._Element]
    styles: Sequence[str]


def claims(files: Mapping[str, bytes], spine: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What the metadata may say: the values of each property of schema.org."""
    found = features(files, spine)
    return {
        "schema:accessMode": ("textual", "visual"),
        "schema:accessModeSufficient": ("textual",) if "alternativeText" in found else (),
        "schema:accessibilityFeature": found,
        "schema:accessibilityHazard": (hazard([files[name] for name in spine]),),
    }


def features(files: Mapping[str, bytes], spine: Sequence[str]) -> tuple[str, ...]:
    """The values of `schema:accessibilityFeature` that hold."""
    documents = {name: document.xml(files[name]) for name in spine}
    sheets = [data.decode() for name, data in files.items() if name.endswith(".css")]
    book = Pages(documents, sheets)
    return tuple(name for name, holds in FEATURES.items() if holds(book))


def hazard(pages: Sequence[bytes]) -> str:
    """Without a moving or sounding thing there is no hazard; otherwise a person has to look."""
    moving = re.compile(rb"<(?:\w+:)?(?:script|video|audio|animate\w*|set|object|embed|iframe)\b|\.gif\b")
    return "unknown" if any(moving.search(page) for page in pages) else "none"


def _structured(book: Pages) -> bool:
    levels = [document.levels(page) for page in book.documents.values()]
    return all(levels[1:]) and not any(list(document.headings(found)) for found in levels)


def _listed(book: Pages) -> bool:
    """Every chapter stands in the table of contents, in the order of the book."""
    for name, page in book.documents.items():
        for nav in (one for one in page.iter("nav") if one.get(TYPE) == "toc"):
            links = [posixpath.join(posixpath.dirname(name), link.get("href", "")) for link in nav.iter("a")]
            return links == [other for other in book.documents if other not in ("cover.xhtml", name)]
    return False


def _ordered(book: Pages) -> bool:
    return not any(styles.reordered(sheet) for sheet in book.styles)


def _named(book: Pages) -> bool:
    pictures = [(picture, page) for page in book.documents.values() for picture in document.pictures(page)]
    return bool(pictures) and all(document.spoken(picture, page) for picture, page in pictures)


def _described(book: Pages) -> bool:
    """The picture of all findings is followed by a table that says the same."""
    tables = [page for page in book.documents.values() if page.find(".//table") is not None]
    return bool(tables) and all(
        page.find(".//table/caption") is not None and _named(Pages({"": page}, ())) for page in tables
    )


def _transformable(book: Pages) -> bool:
    return not any(list(styles.problems(sheet)) for sheet in book.styles)


FEATURES: dict[str, Callable[[Pages], bool]] = {
    "structuralNavigation": _structured,
    "tableOfContents": _listed,
    "readingOrder": _ordered,
    "alternativeText": _named,
    "longDescription": _described,
    "displayTransformability": _transformable,
}
